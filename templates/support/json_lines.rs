//! JSON texts one after the other: on lines of their own, or as a sequence (RFC 7464).

use bytes::{Bytes, BytesMut};

use crate::support::items::{ItemError, Splitter};

/// What each text of a sequence starts with: the character RS.
pub(crate) const RECORD: u8 = 0x1e;

/// Reads a text.
type ReadText<T> = fn(&[u8]) -> Result<T, ItemError>;

/// Splits a body into texts.
pub(crate) struct LineSplitter<T> {
    buffer: BytesMut,
    /// How much of the buffer has no end of a text in it.
    scanned: usize,
    separator: u8,
    limit: usize,
    read: ReadText<T>,
}

impl<T> LineSplitter<T> {
    /// Reads texts of at most `limit` bytes with `read`, those of a sequence if the body is of type `media_type`.
    pub(crate) fn new(media_type: &str, limit: usize, read: ReadText<T>) -> Self {
        Self {
            buffer: BytesMut::new(),
            scanned: 0,
            separator: if is_sequence(media_type) {
                RECORD
            } else {
                b'\n'
            },
            limit,
            read,
        }
    }
}

impl<T> Splitter<T> for LineSplitter<T> {
    fn push(&mut self, piece: Bytes) {
        self.buffer.extend_from_slice(&piece);
    }

    fn next(&mut self, ended: bool) -> Option<Result<T, ItemError>> {
        loop {
            let rest = self.buffer.get(self.scanned..).unwrap_or_default();
            let end = rest.iter().position(|byte| *byte == self.separator);
            let text = match end {
                Some(end) => self.buffer.split_to(self.scanned + end + 1),
                None if ended && !self.buffer.is_empty() => self.buffer.split(),
                None => {
                    self.scanned = self.buffer.len();
                    let limit = self.limit;
                    return (self.scanned > limit).then_some(Err(ItemError::TooLong { limit }));
                }
            };
            self.scanned = 0;
            let text = text.strip_suffix(&[self.separator]).unwrap_or(&text);
            let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text);
            let text = text.trim_ascii();
            if text.len() > self.limit {
                return Some(Err(ItemError::TooLong { limit: self.limit }));
            }
            if !text.is_empty() {
                return Some((self.read)(text));
            }
        }
    }
}

/// Whether a media type is a sequence, and not lines.
pub(crate) fn is_sequence(media_type: &str) -> bool {
    let essence = crate::support::media::essence(media_type);
    essence.to_ascii_lowercase().ends_with("json-seq")
}
