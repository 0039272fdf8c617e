//! Takes multipart bodies apart as they come (RFC 2046 §5.1), and holds no part whole.

use bytes::{Bytes, BytesMut};

use crate::support::part_head::{PartHead, boundary};

/// How long the head of a part may be.
const MAX_HEAD: usize = 16 << 10;

/// How many parts a form may have.
const MAX_PARTS: usize = 1_000;

/// What comes next.
#[derive(Debug)]
pub(crate) enum Event {
    /// A part begins.
    Head(PartHead),
    /// A piece of its body.
    Data(Bytes),
    /// It ends.
    Tail,
    /// The form ends.
    End,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Preamble,
    /// Behind a boundary.
    Boundary,
    Head,
    Body,
    End,
}

/// A form of which any number of bytes have come so far.
#[derive(Debug)]
pub(crate) struct PartSplitter {
    /// A line break, two dashes and the boundary.
    delimiter: Vec<u8>,
    buffer: BytesMut,
    state: State,
    parts: usize,
}

impl PartSplitter {
    /// Takes a body of this media type apart.
    pub(crate) fn new(media_type: &str) -> Result<Self, String> {
        let boundary = boundary(media_type).ok_or("its media type names no boundary")?;
        Ok(Self {
            delimiter: [b"\r\n--", boundary.as_bytes()].concat(),
            // So the first boundary, which may begin the body, is like all others.
            buffer: BytesMut::from(&b"\r\n"[..]),
            state: State::Preamble,
            parts: 0,
        })
    }

    /// Takes the next piece of the body.
    pub(crate) fn push(&mut self, piece: &[u8]) {
        self.buffer.extend_from_slice(piece);
    }

    /// Returns what comes next; `None` if that takes more of the body.
    pub(crate) fn next(&mut self) -> Result<Option<Event>, String> {
        loop {
            match self.state {
                State::Preamble => match self.before_delimiter() {
                    (_, false) => return Ok(None),
                    (_, true) => self.pass_delimiter(),
                },
                State::Body => {
                    let (data, at_delimiter) = self.before_delimiter();
                    if !data.is_empty() {
                        return Ok(Some(Event::Data(data)));
                    }
                    if !at_delimiter {
                        return Ok(None);
                    }
                    self.pass_delimiter();
                    return Ok(Some(Event::Tail));
                }
                State::Boundary => {
                    if self.buffer.starts_with(b"--") {
                        self.state = State::End;
                        continue;
                    }
                    let padding = self.buffer.iter();
                    let padding = padding
                        .take_while(|byte| matches!(byte, b' ' | b'\t'))
                        .count();
                    match self.buffer.get(padding..) {
                        Some([b'\r', b'\n', ..]) => {
                            // The line break stays: a head without any line ends as others do.
                            let _ = self.buffer.split_to(padding);
                            self.state = State::Head;
                        }
                        Some([] | [b'\r']) if padding <= MAX_HEAD => return Ok(None),
                        Some([b'-']) if padding == 0 => return Ok(None),
                        _ => return Err("a boundary is followed by something else".to_owned()),
                    }
                }
                State::Head => {
                    const END: &[u8] = b"\r\n\r\n";
                    let end = self.buffer.windows(END.len()).position(|it| it == END);
                    if end.unwrap_or(self.buffer.len()) > MAX_HEAD {
                        return Err(format!(
                            "the head of a part is longer than {MAX_HEAD} bytes"
                        ));
                    }
                    let Some(end) = end else { return Ok(None) };
                    self.parts += 1;
                    if self.parts > MAX_PARTS {
                        return Err(format!("it has more than {MAX_PARTS} parts"));
                    }
                    let head = self.buffer.split_to(end);
                    let _ = self.buffer.split_to(END.len());
                    self.state = State::Body;
                    return PartHead::parse(&head).map(|head| Some(Event::Head(head)));
                }
                State::End => {
                    self.buffer.clear();
                    return Ok(Some(Event::End));
                }
            }
        }
    }

    /// What stands before the next delimiter as far as it is here, and whether that is next.
    fn before_delimiter(&mut self) -> (Bytes, bool) {
        let mut from = 0;
        let found = loop {
            let rest = self.buffer.get(from..).unwrap_or_default();
            let Some(at) = rest.iter().position(|byte| *byte == b'\r') else {
                break (self.buffer.len(), false);
            };
            let here = rest.get(at..).unwrap_or_default();
            let length = here.len().min(self.delimiter.len());
            if here.get(..length) == self.delimiter.get(..length) {
                break (from + at, length == self.delimiter.len());
            }
            from += at + 1;
        };
        let data = self.buffer.split_to(found.0).freeze();
        let is_next = found.1 && data.is_empty();
        // Pieces before the first boundary are nothing.
        if self.state == State::Preamble {
            return (Bytes::new(), found.1);
        }
        (data, is_next)
    }

    fn pass_delimiter(&mut self) {
        let _ = self.buffer.split_to(self.delimiter.len());
        self.state = State::Boundary;
    }
}
