//! The heads of the parts of a form (RFC 7578), and the boundary between them (RFC 2046 §5.1).

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};

use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue};

/// How many headers a part may have.
const MAX_HEADERS: usize = 32;

/// The longest boundary.
const MAX_BOUNDARY: usize = 70;

/// What stands before the body of a part.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PartHead {
    /// The name of its property.
    pub(crate) name: String,
    pub(crate) file_name: Option<String>,
    pub(crate) content_type: Option<String>,
    /// The other headers.
    pub(crate) headers: HeaderMap,
}

impl PartHead {
    /// Reads the lines of a head.
    pub(crate) fn parse(text: &[u8]) -> Result<Self, String> {
        let mut head = Self {
            name: String::new(),
            file_name: None,
            content_type: None,
            headers: HeaderMap::new(),
        };
        let mut disposition = None;
        let lines = text.split(|byte| *byte == b'\n');
        for (count, line) in lines.enumerate() {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if line.is_empty() {
                continue;
            }
            if count >= MAX_HEADERS {
                return Err(format!("a part has more than {MAX_HEADERS} headers"));
            }
            let at = line.iter().position(|byte| *byte == b':');
            let (name, value) = at.and_then(|at| line.split_at_checked(at)).unzip();
            let value = value.and_then(|value| value.get(1..)).unwrap_or_default();
            let name = HeaderName::from_bytes(name.unwrap_or_default());
            let (Ok(name), Ok(value)) = (name, HeaderValue::from_bytes(value.trim_ascii())) else {
                return Err("a part has a line that is no header".to_owned());
            };
            if name == CONTENT_DISPOSITION {
                disposition = Some(String::from_utf8_lossy(value.as_bytes()).into_owned());
            } else if name == CONTENT_TYPE {
                let text = String::from_utf8_lossy(value.as_bytes());
                head.content_type = Some(text.into_owned());
            } else {
                head.headers.append(name, value);
            }
        }
        let disposition = disposition.ok_or("a part has no `Content-Disposition`")?;
        let (kind, rest) = disposition
            .split_once(';')
            .unwrap_or((disposition.as_str(), ""));
        if !kind.trim().eq_ignore_ascii_case("form-data") {
            return Err("a part is no `form-data`".to_owned());
        }
        let mut name = None;
        for (key, value) in parameters(rest) {
            match key.to_ascii_lowercase().as_str() {
                "name" => name = Some(unescaped(&value)),
                "filename" => head.file_name = Some(unescaped(&value)),
                _ => {}
            }
        }
        head.name = name.ok_or("a part has no name")?;
        Ok(head)
    }

    /// Writes the head between boundaries.
    pub(crate) fn write(&self, boundary: &str, out: &mut Vec<u8>) {
        for piece in [
            "--",
            boundary,
            "\r\nContent-Disposition: form-data; name=\"",
        ] {
            out.extend_from_slice(piece.as_bytes());
        }
        out.extend_from_slice(escaped(&self.name).as_bytes());
        out.push(b'"');
        if let Some(file_name) = &self.file_name {
            let file_name = format!("; filename=\"{}\"", escaped(file_name));
            out.extend_from_slice(file_name.as_bytes());
        }
        if let Some(content_type) = &self.content_type {
            let line = format!("\r\nContent-Type: {}", escaped_line(content_type));
            out.extend_from_slice(line.as_bytes());
        }
        for (name, value) in &self.headers {
            for piece in [b"\r\n", name.as_str().as_bytes(), b": ", value.as_bytes()] {
                out.extend_from_slice(piece);
            }
        }
        out.extend_from_slice(b"\r\n\r\n");
    }
}

/// A name between quotes (WHATWG HTML, "multipart form data").
fn escaped(text: &str) -> String {
    text.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn escaped_line(text: &str) -> String {
    text.replace(['\r', '\n'], " ")
}

fn unescaped(text: &str) -> String {
    text.replace("%22", "\"")
        .replace("%0D", "\r")
        .replace("%0A", "\n")
}

/// The parameters of a header, without their quotes.
fn parameters(mut rest: &str) -> Vec<(&str, String)> {
    let mut found = Vec::new();
    while let Some((key, after)) = rest.split_once('=') {
        let key = key.trim_matches([' ', '\t', ';']);
        let after = after.trim_start();
        let mut value = String::new();
        let Some(quoted) = after.strip_prefix('"') else {
            let (text, next) = after.split_once(';').unwrap_or((after, ""));
            found.push((key, text.trim().to_owned()));
            rest = next;
            continue;
        };
        let mut characters = quoted.char_indices().peekable();
        let mut end = quoted.len();
        while let Some((at, character)) = characters.next() {
            match (character, characters.peek()) {
                ('"', _) => {
                    end = at + 1;
                    break;
                }
                // Browsers send the backslashes of a path as they are.
                ('\\', Some((_, next @ ('"' | '\\')))) => {
                    value.push(*next);
                    characters.next();
                }
                _ => value.push(character),
            }
        }
        found.push((key, value));
        rest = quoted.get(end..).unwrap_or_default();
    }
    found
}

/// The boundary that a media type names.
pub(crate) fn boundary(media_type: &str) -> Option<String> {
    let (_, rest) = media_type.split_once(';')?;
    let mut all = parameters(rest).into_iter();
    let (_, boundary) = all.find(|(key, _)| key.eq_ignore_ascii_case("boundary"))?;
    let fits = (1..=MAX_BOUNDARY).contains(&boundary.len()) && boundary.is_ascii();
    fits.then_some(boundary)
}

/// A boundary that is nowhere in what it is between: nobody who gives a file knows it.
pub(crate) fn fresh_boundary() -> String {
    let bits = || RandomState::new().build_hasher().finish();
    format!("part-{:016x}{:016x}", bits(), bits())
}
