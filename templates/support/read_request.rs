//! Reads a request into its type, and keeps every violation it meets.

use std::borrow::Cow;
use std::ops::Range;
use std::slice;
use std::sync::Arc;

use bytes::Bytes;
use http::header::CONTENT_TYPE;

use crate::support::body::ReadBody;
use crate::support::codec::Decode;
use crate::support::defaulted::Defaulted;
use crate::support::media::Media;
use crate::support::parameter::Parameter;
use crate::support::payload::Payload;
use crate::support::read::{ReadError, read_json};
use crate::support::read_text::{Source, strict, violation};
use crate::support::rejection::Rejection;
use crate::support::request_head::RequestHead;
use crate::support::rules::Check;
use crate::support::violation::{Location, Violation};

/// The raw parts of a request on their way into its type.
#[derive(Debug)]
pub struct RequestReader {
    head: Arc<RequestHead>,
    path: Vec<(&'static str, Range<usize>)>,
    body: Option<Bytes>,
    /// A body that is read as it comes, and how large an item of it may be.
    payload: Option<(Payload, usize)>,
    /// What was read of it before.
    peeked: Bytes,
    parameters: slice::Iter<'static, Parameter>,
    violations: Vec<Violation>,
    rejection: Option<Rejection>,
}

impl RequestReader {
    /// Reads from the head, the ranges of the path parameters, and the body.
    pub fn new(
        head: Arc<RequestHead>,
        path: Vec<(&'static str, Range<usize>)>,
        body: Option<Bytes>,
    ) -> Self {
        Self {
            head,
            path,
            body,
            payload: None,
            peeked: Bytes::new(),
            parameters: [].iter(),
            violations: Vec::new(),
            rejection: None,
        }
    }

    /// Reads the body as it comes, items of at most `limit` bytes; `peeked` was read before.
    pub fn reading(mut self, peeked: Bytes, payload: Payload, limit: usize) -> Self {
        self.payload = Some((payload, limit));
        self.peeked = peeked;
        self
    }

    /// Returns the head of the request.
    pub fn head(&self) -> &Arc<RequestHead> {
        &self.head
    }

    /// Refuses the request.
    pub fn reject(&mut self, rejection: Rejection) {
        self.rejection.get_or_insert(rejection);
    }

    /// Returns why nothing came of the request.
    pub fn into_rejection(self) -> Rejection {
        self.rejection.unwrap_or(Rejection::Invalid {
            violations: self.violations,
        })
    }

    /// Reads these parameters, each by a call of its own, in this order.
    pub fn follow(&mut self, parameters: &'static [Parameter]) {
        self.parameters = parameters.iter();
    }

    /// Reads a parameter that must be there; `None` if anything is at fault.
    pub fn required<T: Decode + Check>(&mut self) -> Option<T> {
        let parameter = self.parameters.next()?;
        let (head, raw) = self.place(parameter);
        let source = source::<T>(parameter, &head, raw);
        let read = if source.is_absent() && !source.may_be_empty_object() {
            Err(vec![violation(parameter, "required", "is required")])
        } else {
            strict(&source)
        };
        self.keep(read)
    }

    /// Reads a parameter that may be absent; the outer `None` is a fault.
    #[allow(
        clippy::option_option,
        reason = "the field is an `Option`, and may be at fault"
    )]
    pub fn optional<T: Decode + Check>(&mut self) -> Option<Option<T>> {
        let parameter = self.parameters.next()?;
        let (head, raw) = self.place(parameter);
        let source = source::<T>(parameter, &head, raw);
        if source.is_absent() {
            return Some(None);
        }
        match strict(&source) {
            Err(_) if parameter.allow_empty && source.is_empty() => Some(None),
            read => self.keep(read).map(Some),
        }
    }

    /// Reads a parameter for which `default` stands where it is absent.
    pub fn defaulted<T: Decode + Check>(&mut self, default: T) -> Option<Defaulted<T>> {
        let read = self.optional()?;
        Some(Defaulted::read(read, || default))
    }

    /// The head of the request, and the place of a path parameter in its path.
    fn place(&self, parameter: &Parameter) -> (Arc<RequestHead>, Option<Range<usize>>) {
        let place = match parameter.location {
            Location::Path => self.path.iter().find(|(name, _)| *name == parameter.name),
            _ => None,
        };
        (
            Arc::clone(&self.head),
            place.map(|(_, range)| range.clone()),
        )
    }

    fn keep<T>(&mut self, read: Result<T, Vec<Violation>>) -> Option<T> {
        read.map_err(|violations| self.violations.extend(violations))
            .ok()
    }

    /// Whether there is a body of at least one byte, or one that is read as it comes.
    pub fn has_body(&self) -> bool {
        self.payload.is_some() || self.body.as_ref().is_some_and(|body| !body.is_empty())
    }
}

impl ReadBody for RequestReader {
    const STRICT: bool = true;

    fn received(&self) -> Option<Cow<'_, str>> {
        let received = self.head.headers.get(CONTENT_TYPE)?;
        Some(String::from_utf8_lossy(received.as_bytes()))
    }

    /// Their media type was held against the document before they were read.
    fn bytes(&mut self, _: Media) -> Option<Bytes> {
        Some(self.body.clone().unwrap_or_default())
    }

    fn payload(&mut self, _: Media) -> Option<(Payload, usize)> {
        let whole = || {
            let body = self.body.clone().unwrap_or_default();
            let limit = body.len();
            (Payload::from(body), limit)
        };
        Some(self.payload.take().unwrap_or_else(whole))
    }

    fn peeked(&mut self) -> Bytes {
        std::mem::take(&mut self.peeked)
    }

    fn malformed<T>(&mut self, message: String) -> Option<T> {
        self.reject(Rejection::MalformedForm { message });
        None
    }

    fn fail<T>(&mut self, message: String) -> Option<T> {
        let violation = Violation::new(Location::Body, String::new(), "type", message);
        self.violations.push(violation);
        None
    }

    fn violated<T>(&mut self, violations: Vec<Violation>) -> Option<T> {
        self.violations.extend(violations);
        None
    }

    fn json<T: Decode + Check>(&mut self, _: Media) -> Option<T> {
        if !self.has_body() {
            self.rejection = Some(Rejection::MissingBody);
            return None;
        }
        match read_json(self.body.as_deref()?) {
            Ok(body) => Some(body),
            Err(ReadError::Syntax {
                message,
                line,
                column,
            }) => {
                self.rejection = Some(Rejection::Malformed {
                    message,
                    line,
                    column,
                });
                None
            }
            Err(ReadError::Invalid(violations)) => self.violated(violations),
        }
    }
}

/// What the request has in the place of a parameter.
fn source<'a, T: Decode>(
    parameter: &'a Parameter,
    head: &'a RequestHead,
    place: Option<Range<usize>>,
) -> Source<'a> {
    match parameter.location {
        Location::Path => {
            let raw = place.and_then(|place| head.uri.path().get(place));
            Source::path::<T>(parameter, raw)
        }
        Location::Header => Source::header::<T>(parameter, &head.headers),
        Location::Cookie => Source::cookie::<T>(parameter, &head.headers),
        Location::Query | Location::Body => {
            Source::query::<T>(parameter, head.uri.query().unwrap_or_default())
        }
    }
}
