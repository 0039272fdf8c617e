//! Reads a request into its type, and keeps every violation it meets.

use std::borrow::Cow;
use std::ops::Range;

use bytes::Bytes;
use http::header::COOKIE;

use crate::support::codec::Decode;
use crate::support::params::{Parameter, cookie_pairs, decode_query, decode_segment, query_pairs};
use crate::support::read::{ReadError, read_json};
use crate::support::rejection::Rejection;
use crate::support::request_head::RequestHead;
use crate::support::rules::Check;
use crate::support::violation::{Location, Violation};

/// The raw parts of a request on their way into its type.
#[derive(Debug)]
pub struct RequestReader<'a> {
    head: &'a RequestHead,
    path: &'a [(&'static str, Range<usize>)],
    body: Option<&'a Bytes>,
    violations: Vec<Violation>,
    rejection: Option<Rejection>,
}

/// A parameter as it was found.
#[derive(Debug)]
pub struct Found<'r, 'a> {
    reader: &'r mut RequestReader<'a>,
    location: Location,
    name: &'static str,
    value: Raw<'a>,
}

#[derive(Debug)]
enum Raw<'a> {
    Absent,
    Text(Cow<'a, str>),
    NotText,
    Repeated(usize),
}

impl<'a> RequestReader<'a> {
    /// Reads from the head, the ranges of the path parameters, and the body.
    pub fn new(
        head: &'a RequestHead,
        path: &'a [(&'static str, Range<usize>)],
        body: Option<&'a Bytes>,
    ) -> Self {
        Self {
            head,
            path,
            body,
            violations: Vec::new(),
            rejection: None,
        }
    }

    /// Returns why nothing came of the request.
    pub fn into_rejection(self) -> Rejection {
        self.rejection.unwrap_or(Rejection::Invalid {
            violations: self.violations,
        })
    }

    /// Finds a path parameter.
    pub fn path(&mut self, name: &'static str) -> Found<'_, 'a> {
        let range = self
            .path
            .iter()
            .find(|(found, _)| *found == name)
            .map(|(_, range)| range.clone());
        let raw = range.and_then(|range| self.head.uri.path().get(range));
        let value = raw.map_or(Raw::Absent, |raw| Raw::decoded(decode_segment(raw)));
        self.found(Location::Path, name, value)
    }

    /// Finds a query parameter.
    pub fn query(&mut self, name: &'static str) -> Found<'_, 'a> {
        let pairs = query_pairs(self.head.uri.query().unwrap_or_default());
        let values =
            pairs.filter(|(found, _)| decode_query(found).is_some_and(|found| found == name));
        let value = Raw::single(values.map(|(_, raw)| Raw::decoded(decode_query(raw))));
        self.found(Location::Query, name, value)
    }

    /// Finds a header.
    pub fn header(&mut self, name: &'static str) -> Found<'_, 'a> {
        let values = self.head.headers.get_all(name).iter();
        let texts = values.map(|value| {
            std::str::from_utf8(value.as_bytes())
                .ok()
                .map(Cow::Borrowed)
        });
        let value = Raw::single(texts.map(Raw::decoded));
        self.found(Location::Header, name, value)
    }

    /// Finds a cookie.
    pub fn cookie(&mut self, name: &'static str) -> Found<'_, 'a> {
        let headers = self.head.headers.get_all(COOKIE).iter();
        let texts = headers.filter_map(|value| std::str::from_utf8(value.as_bytes()).ok());
        let values = texts
            .flat_map(cookie_pairs)
            .filter(|(found, _)| *found == name);
        let value = Raw::single(values.map(|(_, raw)| Raw::decoded(decode_segment(raw))));
        self.found(Location::Cookie, name, value)
    }

    /// Whether there is a body of at least one byte.
    pub fn has_body(&self) -> bool {
        self.body.is_some_and(|body| !body.is_empty())
    }

    /// Reads the body as JSON; `None` if anything is at fault.
    pub fn json<T: Decode + Check>(&mut self) -> Option<T> {
        if !self.has_body() {
            self.rejection = Some(Rejection::MissingBody);
            return None;
        }
        match read_json(self.body?) {
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
            Err(ReadError::Invalid(violations)) => {
                self.violations.extend(violations);
                None
            }
        }
    }

    fn found(&mut self, location: Location, name: &'static str, value: Raw<'a>) -> Found<'_, 'a> {
        Found {
            reader: self,
            location,
            name,
            value,
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

impl Found<'_, '_> {
    /// Reads a parameter that must be there.
    pub fn required<T: Parameter>(self) -> Option<T> {
        match self.value {
            Raw::Absent => self.violated("required", "is required".to_owned()),
            _ => self.present(),
        }
    }

    /// Reads a parameter that may be absent; the outer `None` is a fault.
    #[allow(
        clippy::option_option,
        reason = "the field is an `Option`, and may be at fault"
    )]
    pub fn optional<T: Parameter>(self) -> Option<Option<T>> {
        match self.value {
            Raw::Absent => Some(None),
            _ => self.present().map(Some),
        }
    }

    fn present<T: Parameter>(self) -> Option<T> {
        let text = match &self.value {
            Raw::Text(text) => text,
            Raw::Repeated(times) => {
                let message = format!("is given {times} times, expected once");
                return self.violated("type", message);
            }
            Raw::NotText | Raw::Absent => return self.violated("type", "is not UTF-8".to_owned()),
        };
        match T::parse(text, true) {
            Ok(value) => Some(value),
            Err(mismatch) => self.violated(mismatch.rule, mismatch.message),
        }
    }

    /// Keeps a violation of this parameter, whose pointer is its name.
    fn violated<T>(self, rule: &'static str, message: String) -> Option<T> {
        let pointer = format!("/{}", self.name.replace('~', "~0").replace('/', "~1"));
        let value = match self.value {
            Raw::Text(text) => Some(text.into_owned().into()),
            _ => None,
        };
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
