//! What a request did wrong, as data.

use std::fmt;

use serde_json::Value;

/// The part of a request that a [`Violation`] is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Location {
    /// The body.
    Body,
    /// A path parameter.
    Path,
    /// A query parameter.
    Query,
    /// A header.
    Header,
    /// A cookie.
    Cookie,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Body => "body",
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        })
    }
}

/// One way in which a value departs from its schema.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Violation {
    /// The part of the request.
    pub location: Location,
    /// Where in it the value is, or should be where a property is missing, as a JSON pointer (RFC 6901):
    /// `/context/app/id`. Empty for the whole of a body.
    pub pointer: String,
    /// The JSON Schema keyword that the value breaks: `type`, `required`, `enum`, `minLength`…
    pub rule: &'static str,
    /// What is wrong, for people.
    pub message: String,
    /// The value, where it is a scalar and, if a string, a short one.
    pub value: Option<Value>,
}

impl Violation {
    /// A violation of `rule` without a value.
    #[must_use]
    pub fn new(
        location: Location,
        pointer: impl Into<String>,
        rule: &'static str,
        message: impl Into<String>,
    ) -> Self {
        Self {
            location,
            pointer: pointer.into(),
            rule,
            message: message.into(),
            value: None,
        }
    }

    /// The same with the value that breaks the rule.
    #[must_use]
    pub fn with_value(mut self, value: impl Into<Value>) -> Self {
        self.value = Some(value.into());
        self
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.pointer.is_empty() {
            write!(f, "{}: {}", self.location, self.message)
        } else {
            write!(f, "{} {}: {}", self.location, self.pointer, self.message)
        }
    }
}
