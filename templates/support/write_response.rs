//! Writes a typed response.

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use crate::support::body::WriteBody;
use crate::support::codec::Encode;
use crate::support::headers::Headers;
use crate::support::media::{self, Media};
use crate::support::operation::ResponseInfo;
use crate::support::parameter::Parameter;
use crate::support::payload::Payload;
use crate::support::responses::Responses;
use crate::support::rules::{Check, Validate};
use crate::support::write_text::{Pairs, spell};

/// A response on its way to the wire. What is at fault is kept, and found by [`Self::finish`].
#[derive(Debug, Default)]
pub struct ResponseWriter {
    status: u16,
    headers: HeaderWriter,
    body: Payload,
    /// What the body may be written as, if that is open.
    media: Media,
    /// Whether the body is held against the document's constraints.
    checks: bool,
    /// What it was found to violate.
    violated: Option<String>,
}

/// The headers of a response on their way to the wire.
#[derive(Debug, Default)]
pub struct HeaderWriter {
    map: HeaderMap,
    fault: Option<String>,
}

impl ResponseWriter {
    /// Starts a response whose body is held against the document's constraints, if `checks` is true.
    pub fn checking(checks: bool) -> Self {
        Self {
            checks,
            ..Self::default()
        }
    }

    /// Overlooks what the body violates unless it is held against the document's constraints.
    pub fn held(mut self, checks: bool) -> Self {
        self.violated = self.violated.filter(|_| checks);
        self
    }

    /// Sets the status.
    pub fn status(&mut self, status: u16) {
        self.status = status;
    }

    /// Sets a status that the handler chose, which must lie in `range` and not be documented on its own.
    pub fn status_within(
        &mut self,
        status: StatusCode,
        range: (u16, u16),
        documented: &[ResponseInfo],
    ) {
        self.status = status.as_u16();
        let exact = documented
            .iter()
            .any(|info| info.statuses == (self.status, self.status));
        if exact || !(range.0..=range.1.min(599)).contains(&self.status) {
            self.headers.fault(format!(
                "status {status} belongs to another variant of the response"
            ));
        }
    }

    /// Writes a failure, whose status must be none of those `documented` beside it.
    pub fn failure<F: Responses>(&mut self, failure: &F, documented: &[ResponseInfo]) {
        failure.write(self);
        let status = self.status;
        if documented
            .iter()
            .any(|info| (info.statuses.0..=info.statuses.1).contains(&status))
        {
            self.headers
                .fault(format!("status {status} belongs to a success"));
        }
    }

    /// Writes the headers.
    pub fn headers<H: Headers>(&mut self, headers: &H) {
        headers.write(&mut self.headers);
    }

    fn media_type(&mut self, media_type: &str) {
        match HeaderValue::from_str(media_type) {
            Ok(media_type) => {
                self.headers.map.insert(CONTENT_TYPE, media_type);
            }
            Err(_) => self
                .headers
                .fault(format!("`{media_type}` is no media type")),
        }
    }

    /// Returns the response to a request with these headers, or what is at fault.
    pub fn finish(mut self, request: &HeaderMap) -> Result<Response, String> {
        if let Some(media_type) = negotiated(self.media, request) {
            self.media_type(media_type);
        }
        if let Some(fault) = self.headers.fault.or(self.violated) {
            return Err(fault);
        }
        let mut response = Response::new(match self.body.as_whole() {
            Some(bytes) => Body::from(bytes.clone()),
            None => Body::new(self.body),
        });
        *response.status_mut() =
            StatusCode::from_u16(self.status).map_err(|error| error.to_string())?;
        *response.headers_mut() = self.headers.map;
        Ok(response)
    }
}

/// Of the media types of one body, the first that the request accepts.
fn negotiated(media: Media, request: &HeaderMap) -> Option<&'static str> {
    let accept = request.get(ACCEPT)?.to_str().ok()?;
    let mut candidates = media.iter().filter(|known| !known.contains('*'));
    candidates
        .find(|known| media::accepts(accept, known))
        .copied()
}

impl WriteBody for ResponseWriter {
    fn put(&mut self, bytes: Bytes, media: Media, otherwise: &'static str) {
        self.put_as(bytes, media::written(media, otherwise));
        if media.len() > 1 {
            self.media = media;
        }
    }

    fn put_payload(&mut self, payload: Payload, media: Media, otherwise: &'static str) {
        self.put_payload_as(payload, media::written(media, otherwise));
    }

    fn put_payload_as(&mut self, payload: Payload, media_type: &str) {
        self.body = payload;
        self.media_type(media_type);
    }

    fn put_as(&mut self, bytes: Bytes, media_type: &str) {
        self.body = bytes.into();
        self.media_type(media_type);
    }

    fn check<T: Check>(&mut self, body: &T) {
        if self.checks
            && let Err(violations) = body.validate()
        {
            let all: Vec<String> = violations.iter().map(ToString::to_string).collect();
            let all = all.join("; ");
            self.violated = Some(format!("the body violates the document: {all}"));
        }
    }

    fn fail(&mut self, message: String) {
        self.headers.fault(message);
    }
}

impl HeaderWriter {
    /// Writes a header.
    pub fn header<T: Encode + ?Sized>(&mut self, header: &Parameter, value: &T) {
        match spell(header, value) {
            Ok(pairs) => self.lines(header.name, pairs),
            Err(fault) => self.fault(format!("header `{}`: {fault}", header.name)),
        }
    }

    fn lines(&mut self, name: &'static str, pairs: Pairs<'_>) {
        for (_, text) in pairs {
            let line = HeaderName::from_bytes(name.as_bytes())
                .ok()
                .zip(HeaderValue::try_from(text).ok());
            match line {
                Some((name, text)) => {
                    self.map.append(name, text);
                }
                None => self.fault(format!(
                    "header `{name}` holds a character that no header can"
                )),
            }
        }
    }

    fn fault(&mut self, fault: String) {
        self.fault.get_or_insert(fault);
    }
}
