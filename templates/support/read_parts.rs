//! Reads the parts of a form (RFC 7578), files as they come.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use crate::support::byte_stream::{ByteStream, poll_piece};
use crate::support::file_part::FilePart;
use crate::support::form_value::{Pair, encoded};
use crate::support::media;
use crate::support::multipart_error::MultipartError;
use crate::support::part_head::PartHead;
use crate::support::part_splitter::{Event, PartSplitter};
use crate::support::parts::Part;
use crate::support::payload::Payload;
use crate::support::transport_error::TransportError;
use crate::support::violation::{Location, Violation};

/// A part as it was received.
#[derive(Debug)]
pub(crate) enum Received {
    /// The name of a file's property, and the file.
    File(String, FilePart),
    /// A text with its head.
    Text(PartHead, Bytes),
}

/// The pair that a text is.
pub(crate) fn pair(head: &PartHead, text: &[u8], part: Option<&Part>) -> Result<Pair, Violation> {
    allowed(&head.name, head.content_type.as_deref(), part)?;
    let Ok(text) = std::str::from_utf8(text) else {
        return Err(violation(&head.name, "type", "must be UTF-8".to_owned()));
    };
    let mut text = encoded(text);
    if part.is_some_and(|part| part.is_styled() && !part.parameter.explode) {
        text = text.replace("%2C", ",");
    }
    Ok(Pair {
        name: encoded(&head.name),
        text,
        json: head.content_type.as_deref().is_some_and(media::is_json),
    })
}

/// Whether a part has one of the media types that the document gives it, if it gives any.
pub(crate) fn allowed(
    name: &str,
    content_type: Option<&str>,
    part: Option<&Part>,
) -> Result<(), Violation> {
    let Some(part) = part.filter(|part| !part.media.is_empty()) else {
        return Ok(());
    };
    match content_type {
        Some(found) if !media::matches_any(found, part.media) => {
            let message = format!("must be {}, and is {found}", part.media.join(" or "));
            Err(violation(name, "contentType", message))
        }
        _ => Ok(()),
    }
}

/// A violation by one property.
pub(crate) fn violation(name: &str, rule: &'static str, message: String) -> Violation {
    let mut pointer = String::new();
    crate::support::pointer::push(&mut pointer, name);
    Violation::new(Location::Body, pointer, rule, message)
}

/// Reads one part after the other.
#[derive(Debug)]
pub(crate) struct PartReader {
    parts: &'static [Part],
    shared: Arc<Mutex<Shared>>,
    /// The text that is read at present.
    open: Option<(PartHead, Vec<u8>)>,
    /// How many bytes of texts may still come.
    left: usize,
    limit: usize,
}

fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a form and its files read from.
#[derive(Debug)]
struct Shared {
    payload: Payload,
    splitter: PartSplitter,
    ended: bool,
    /// How many files there were; the last is the one that is read.
    files: usize,
    /// Whether a file is not read to its end.
    in_file: bool,
    /// Whether only what is here already is read.
    waits: bool,
}

impl PartReader {
    /// Reads a body of this media type, of which `first` came before. Texts may have `limit` bytes together.
    pub(crate) fn new(
        parts: &'static [Part],
        media_type: &str,
        first: &[u8],
        payload: Payload,
        limit: usize,
    ) -> Result<Self, String> {
        let mut splitter = PartSplitter::new(media_type)?;
        splitter.push(first);
        Ok(Self {
            parts,
            shared: Arc::new(Mutex::new(Shared {
                payload,
                splitter,
                ended: false,
                files: 0,
                in_file: false,
                waits: false,
            })),
            open: None,
            left: limit,
            limit,
        })
    }

    /// Whether only what is here already is read, and nothing waited for.
    pub(crate) fn wait(&mut self, waits: bool) {
        lock(&self.shared).waits = waits;
    }

    /// Whether a part is a file: the document says so, or else, of what it does not know, a file name does.
    fn is_file(&self, head: &PartHead) -> bool {
        let mut parts = self.parts.iter();
        match parts.find(|part| part.parameter.name == head.name) {
            Some(part) => part.is_file(),
            None => head.file_name.is_some(),
        }
    }

    /// Returns the next part; a file that was not read to its end is passed over.
    pub(crate) fn poll(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Received, MultipartError>>> {
        loop {
            let polled = lock(&self.shared).poll(context);
            let event = match polled {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Err(error)) => return Poll::Ready(Some(Err(error))),
                Poll::Ready(Ok(event)) => event,
            };
            match event {
                Event::End => return Poll::Ready(None),
                Event::Head(head) if self.is_file(&head) => {
                    return Poll::Ready(Some(Ok(self.file(head))));
                }
                Event::Head(head) => self.open = Some((head, Vec::new())),
                Event::Data(data) => {
                    let Some((_, text)) = &mut self.open else {
                        continue;
                    };
                    let Some(left) = self.left.checked_sub(data.len()) else {
                        let limit = self.limit;
                        return Poll::Ready(Some(Err(MultipartError::TooLarge { limit })));
                    };
                    self.left = left;
                    text.extend_from_slice(&data);
                }
                Event::Tail => {
                    if let Some((head, text)) = self.open.take() {
                        return Poll::Ready(Some(Ok(Received::Text(head, text.into()))));
                    }
                }
            }
        }
    }

    fn file(&self, head: PartHead) -> Received {
        let mut shared = lock(&self.shared);
        shared.files += 1;
        shared.in_file = true;
        let pieces = FilePieces {
            number: Some(shared.files),
            shared: Arc::clone(&self.shared),
        };
        let mut file = FilePart::from(ByteStream::from_stream(pieces));
        file.file_name = head.file_name;
        file.content_type = head.content_type;
        file.headers = head.headers;
        Received::File(head.name, file)
    }
}

impl Shared {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Result<Event, MultipartError>> {
        loop {
            match self.splitter.next() {
                Err(message) => return Poll::Ready(Err(MultipartError::Malformed { message })),
                Ok(Some(event)) => {
                    self.in_file &= !matches!(event, Event::Tail);
                    return Poll::Ready(Ok(event));
                }
                Ok(None) if self.ended => {
                    let message = "it ends before its last boundary".to_owned();
                    return Poll::Ready(Err(MultipartError::Malformed { message }));
                }
                Ok(None) if self.waits => return Poll::Pending,
                Ok(None) => {}
            }
            match poll_piece(&mut self.payload, context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => self.ended = true,
                Poll::Ready(Some(Ok(piece))) => self.splitter.push(&piece),
                Poll::Ready(Some(Err(error))) => {
                    return Poll::Ready(Err(MultipartError::Transport(error)));
                }
            }
        }
    }
}

/// The body of a file.
struct FilePieces {
    /// Which of the files it is; none after it broke off.
    number: Option<usize>,
    shared: Arc<Mutex<Shared>>,
}

impl Stream for FilePieces {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        let Some(number) = this.number else {
            return Poll::Ready(None);
        };
        let mut shared = lock(&this.shared);
        if shared.files != number {
            this.number = None;
            let message = "the form was read on, and the file with it is gone";
            return Poll::Ready(Some(Err(TransportError::new(message))));
        }
        if !shared.in_file {
            return Poll::Ready(None);
        }
        shared.poll(context).map(|event| match event {
            Ok(Event::Data(data)) => Some(Ok(data)),
            Ok(_) => None,
            Err(error) => {
                this.number = None;
                Some(Err(TransportError::new(error)))
            }
        })
    }
}
