//! Reads a response into its type.

use std::borrow::Cow;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

use crate::support::body::ReadBody;
use crate::support::codec::Decode;
use crate::support::envelope;
use crate::support::headers::{HeaderReader, Headers};
use crate::support::media::{self, Media};
use crate::support::payload::Payload;
use crate::support::read::from_slice;
use crate::support::rules::Check;
use crate::support::violation::Violation;

/// The raw parts of a response on their way into its type.
#[derive(Debug)]
pub struct ResponseReader<'a> {
    status: StatusCode,
    headers: &'a HeaderMap,
    body: &'a Bytes,
    /// A body that is read as it comes, and how large an item of it may be.
    payload: Option<(Payload, usize)>,
    fault: Option<Fault>,
    envelope: Option<&'static str>,
}

/// Why a response has no type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The document does not give its status.
    Undocumented,
    /// Its content is not what the document says.
    Decode {
        /// Where, as a JSON pointer.
        pointer: String,
        /// What is at fault.
        message: String,
    },
}

impl<'a> ResponseReader<'a> {
    /// Reads from the parts of `response`.
    pub fn new(response: &'a http::Response<Bytes>) -> Self {
        Self {
            status: response.status(),
            headers: response.headers(),
            body: response.body(),
            payload: None,
            fault: None,
            envelope: None,
        }
    }

    /// Reads the body as it comes, items of at most `limit` bytes.
    pub fn reading(mut self, payload: Payload, limit: usize) -> Self {
        self.payload = Some((payload, limit));
        self
    }

    /// Reads a success also where it is alone in an object under `property`.
    pub fn unwrapping(mut self, property: Option<&'static str>) -> Self {
        self.envelope = property.filter(|_| self.status.is_success());
        self
    }

    /// Returns why nothing came of the response.
    pub fn into_fault(self) -> Fault {
        self.fault.unwrap_or(Fault::Undocumented)
    }

    /// Returns the status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Reads the headers.
    pub fn headers<H: Headers>(&mut self) -> Option<H> {
        let mut reader = HeaderReader::new(self.headers);
        let headers = H::read(&mut reader);
        if let Some(message) = reader.into_fault() {
            return self.at_fault(String::new(), message);
        }
        headers
    }

    /// Holds the media type, where the response has one, against the documented one.
    fn of_type(&mut self, media: Media) -> Option<()> {
        let message = match self.received() {
            Some(received) if !media::matches_any(&received, media) => {
                format!("expected {}, received {received}", media.join(" or "))
            }
            _ => return Some(()),
        };
        self.fail(message)
    }

    /// Keeps the first of what is at fault.
    fn at_fault<T>(&mut self, pointer: String, message: String) -> Option<T> {
        self.fault.get_or_insert(Fault::Decode { pointer, message });
        None
    }
}

impl ReadBody for ResponseReader<'_> {
    const STRICT: bool = false;

    fn received(&self) -> Option<Cow<'_, str>> {
        let received = self.headers.get(CONTENT_TYPE)?;
        let text = std::str::from_utf8(received.as_bytes());
        Some(text.map_or_else(|_| String::from_utf8_lossy(received.as_bytes()), Cow::from))
    }

    fn bytes(&mut self, media: Media) -> Option<Bytes> {
        self.of_type(media)?;
        Some(self.body.clone())
    }

    fn payload(&mut self, media: Media) -> Option<(Payload, usize)> {
        self.of_type(media)?;
        let whole = || (Payload::from(self.body.clone()), self.body.len());
        Some(self.payload.take().unwrap_or_else(whole))
    }

    fn fail<T>(&mut self, message: String) -> Option<T> {
        self.at_fault(String::new(), message)
    }

    fn violated<T>(&mut self, violations: Vec<Violation>) -> Option<T> {
        let first = violations.into_iter().next()?;
        self.at_fault(first.pointer, first.message)
    }

    fn json<T: Decode + Check>(&mut self, media: Media) -> Option<T> {
        self.of_type(media::or_json(media))?;
        let body = match self.envelope {
            Some(property) => envelope::read(self.body, property),
            None => from_slice(self.body),
        };
        match body {
            Ok(body) => Some(body),
            Err(error) => {
                let message = format!(
                    "{} at line {} column {}",
                    error.message, error.line, error.column
                );
                self.at_fault(error.pointer, message)
            }
        }
    }
}
