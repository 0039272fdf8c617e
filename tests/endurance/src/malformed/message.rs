//! A request as its parts, which may be anything, and as the bytes that a server receives.

/// A request.
#[derive(Debug, Clone, Default)]
pub(crate) struct Message {
    pub(crate) method: Vec<u8>,
    pub(crate) target: Vec<u8>,
    pub(crate) version: Vec<u8>,
    pub(crate) headers: Vec<(Vec<u8>, Vec<u8>)>,
    pub(crate) body: Vec<u8>,
    /// How the end of the body is told.
    pub(crate) framing: Framing,
}

/// How the end of a body is told.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) enum Framing {
    /// By its length.
    #[default]
    Length,
    /// By chunks.
    Chunks,
    /// By what the headers say already, if anything.
    Told,
}

impl Message {
    /// Takes the headers of a name away.
    pub(crate) fn without(&mut self, name: &str) {
        self.headers
            .retain(|(known, _)| !known.eq_ignore_ascii_case(name.as_bytes()));
    }

    /// Sets a header in place of those of its name.
    pub(crate) fn set(&mut self, name: &str, value: impl Into<Vec<u8>>) {
        self.without(name);
        self.push(name, value);
    }

    /// Adds a header.
    pub(crate) fn push(&mut self, name: impl AsRef<[u8]>, value: impl Into<Vec<u8>>) {
        self.headers.push((name.as_ref().to_vec(), value.into()));
    }

    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&[u8]> {
        let mut headers = self.headers.iter();
        let found = headers.find(|(known, _)| known.eq_ignore_ascii_case(name.as_bytes()));
        found.map(|(_, value)| value.as_slice())
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut out = [&self.method[..], b" ", &self.target, b" ", &self.version].concat();
        out.extend_from_slice(b"\r\n");
        for (name, value) in &self.headers {
            out.extend_from_slice(&[&name[..], b": ", value, b"\r\n"].concat());
        }
        match self.framing {
            Framing::Length if !self.body.is_empty() => {
                let line = format!("content-length: {}\r\n", self.body.len());
                out.extend_from_slice(line.as_bytes());
            }
            Framing::Chunks => out.extend_from_slice(b"transfer-encoding: chunked\r\n"),
            _ => {}
        }
        out.extend_from_slice(b"\r\n");
        if let Framing::Chunks = self.framing {
            for chunk in self.body.chunks(100) {
                out.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
                out.extend_from_slice(chunk);
                out.extend_from_slice(b"\r\n");
            }
            out.extend_from_slice(b"0\r\n\r\n");
        } else {
            out.extend_from_slice(&self.body);
        }
        out
    }
}
