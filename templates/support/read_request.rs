//! Reads a request into its type, and keeps every violation it meets.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, COOKIE};
use serde_json::Value;

use crate::support::body::ReadBody;
use crate::support::codec::Decode;
use crate::support::media::Media;
use crate::support::params::{
    Mismatch, Parameter, cookie_pairs, decode_query, decode_segment, query_pairs,
};
use crate::support::read::{ReadError, read_json};
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
    violations: Vec<Violation>,
    rejection: Option<Rejection>,
}

/// A parameter, by where it travels and its name.
#[derive(Debug)]
pub struct Named<'r> {
    reader: &'r mut RequestReader,
    location: Location,
    name: &'static str,
}

/// What the request has in the place of a parameter.
#[derive(Debug)]
enum Raw<'a> {
    Absent,
    Text(Cow<'a, str>),
    NotText,
    Repeated(usize),
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
            violations: Vec::new(),
            rejection: None,
        }
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

    /// Names a path parameter.
    pub fn path(&mut self, name: &'static str) -> Named<'_> {
        Named {
            reader: self,
            location: Location::Path,
            name,
        }
    }

    /// Names a query parameter.
    pub fn query(&mut self, name: &'static str) -> Named<'_> {
        Named {
            reader: self,
            location: Location::Query,
            name,
        }
    }

    /// Names a header.
    pub fn header(&mut self, name: &'static str) -> Named<'_> {
        Named {
            reader: self,
            location: Location::Header,
            name,
        }
    }

    /// Names a cookie.
    pub fn cookie(&mut self, name: &'static str) -> Named<'_> {
        Named {
            reader: self,
            location: Location::Cookie,
            name,
        }
    }

    /// Finds a parameter.
    fn find(&self, location: Location, name: &str) -> Raw<'_> {
        match location {
            Location::Path => {
                let found = self.path.iter().find(|(found, _)| *found == name);
                let raw = found.and_then(|(_, range)| self.head.uri.path().get(range.clone()));
                raw.map_or(Raw::Absent, |raw| Raw::decoded(decode_segment(raw)))
            }
            Location::Query => {
                let pairs = query_pairs(self.head.uri.query().unwrap_or_default());
                let named = |found| decode_query(found).is_some_and(|found| found == name);
                let values = pairs.filter(|(found, _)| named(found));
                Raw::single(values.map(|(_, raw)| Raw::decoded(decode_query(raw))))
            }
            Location::Header => {
                let values = self.head.headers.get_all(name).iter();
                let texts = values.map(|value| std::str::from_utf8(value.as_bytes()).ok());
                Raw::single(texts.map(|text| Raw::decoded(text.map(Cow::Borrowed))))
            }
            Location::Cookie => {
                let headers = self.head.headers.get_all(COOKIE).iter();
                let texts = headers.filter_map(|value| std::str::from_utf8(value.as_bytes()).ok());
                let values = texts
                    .flat_map(cookie_pairs)
                    .filter(|(found, _)| *found == name);
                Raw::single(values.map(|(_, raw)| Raw::decoded(decode_segment(raw))))
            }
            Location::Body => Raw::Absent,
        }
    }

    /// Whether there is a body of at least one byte.
    pub fn has_body(&self) -> bool {
        self.body.as_ref().is_some_and(|body| !body.is_empty())
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

impl<'a> Raw<'a> {
    fn decoded(text: Option<Cow<'a, str>>) -> Self {
        text.map_or(Self::NotText, Self::Text)
    }

    fn single(mut values: impl Iterator<Item = Self>) -> Self {
        let Some(first) = values.next() else {
            return Self::Absent;
        };
        match values.count() {
            0 => first,
            more => Self::Repeated(more + 1),
        }
    }
}

impl Named<'_> {
    /// Reads a parameter that must be there.
    pub fn required<T: Parameter>(self) -> Option<T> {
        match self.read() {
            Ok(None) => self.violated("required", "is required".to_owned(), None),
            Ok(value) => value,
            Err((mismatch, value)) => self.violated(mismatch.rule, mismatch.message, value),
        }
    }

    /// Reads a parameter that may be absent; the outer `None` is a fault.
    #[allow(
        clippy::option_option,
        reason = "the field is an `Option`, and may be at fault"
    )]
    pub fn optional<T: Parameter>(self) -> Option<Option<T>> {
        match self.read() {
            Ok(value) => Some(value),
            Err((mismatch, value)) => self.violated(mismatch.rule, mismatch.message, value),
        }
    }

    fn read<T: Parameter>(&self) -> Result<Option<T>, (Mismatch, Option<Value>)> {
        let text = match self.reader.find(self.location, self.name) {
            Raw::Absent => return Ok(None),
            Raw::Text(text) => text,
            Raw::NotText => return Err((Mismatch::expected("UTF-8"), None)),
            Raw::Repeated(times) => {
                let expected = format!("one value, found {times}");
                return Err((Mismatch::expected(&expected), None));
            }
        };
        match T::parse(&text, true) {
            Ok(value) => Ok(Some(value)),
            Err(mismatch) => Err((mismatch, Some(text.into_owned().into()))),
        }
    }

    /// Keeps a violation of this parameter, whose pointer is its name.
    fn violated<T>(self, rule: &'static str, message: String, value: Option<Value>) -> Option<T> {
        let pointer = format!("/{}", self.name.replace('~', "~0").replace('/', "~1"));
        let location = self.location;
        self.reader.violations.push(Violation {
            location,
            pointer,
            rule,
            message,
            value,
        });
        None
    }
}
