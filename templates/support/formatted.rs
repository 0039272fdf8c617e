//! Strings of a format: the text as it came, and the value that it stands for.

use std::{
    fmt,
    hash::{Hash, Hasher},
    marker::PhantomData,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    str::FromStr,
};

use serde::{
    Deserializer, Serializer,
    de::{self, Unexpected},
};

use crate::support::{
    codec::{Cx, Decode, Encode},
    report::Report,
    rules::{Check, Rules},
};

/// A type whose values are written as texts of a format.
pub trait Textual: Sized {
    /// What such a text is called in messages: `an RFC 3339 date and time`.
    const EXPECTED: &'static str;

    /// The value of a text; `None` where it is not of the format.
    fn parse(text: &str) -> Option<Self>;

    /// The text of a value.
    fn text(&self) -> String;
}

/// A string of a format, such as a date.
///
/// It keeps its text, so that what is read is written back as it was: `2020-01-01T00:00:00.000+00:00` says the
/// same as `2020-01-01T00:00:00Z` and stays what it is. A client keeps texts that are not of the format too; a
/// server refuses them. Two are equal where their texts are.
pub struct Formatted<T> {
    text: String,
    marker: PhantomData<fn() -> T>,
}

impl<T> Formatted<T> {
    /// A text as it is, whether or not it is of the format.
    pub fn from_text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            marker: PhantomData,
        }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The text, owned.
    #[must_use]
    pub fn into_text(self) -> String {
        self.text
    }
}

impl<T: Textual> Formatted<T> {
    /// The value that the text stands for; `None` where it is not of the format.
    #[must_use]
    pub fn value(&self) -> Option<T> {
        T::parse(&self.text)
    }
}

impl<T: Textual> From<T> for Formatted<T> {
    fn from(value: T) -> Self {
        Self::from_text(value.text())
    }
}

impl<T: Textual> FromStr for Formatted<T> {
    type Err = NotOfFormat;

    fn from_str(text: &str) -> Result<Self, NotOfFormat> {
        match T::parse(text) {
            Some(_) => Ok(Self::from_text(text)),
            None => Err(NotOfFormat {
                expected: T::EXPECTED,
            }),
        }
    }
}

/// A text that is not of the format that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotOfFormat {
    /// What was expected.
    pub expected: &'static str,
}

impl fmt::Display for NotOfFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not {}", self.expected)
    }
}

impl std::error::Error for NotOfFormat {}

impl<T> Clone for Formatted<T> {
    fn clone(&self) -> Self {
        Self::from_text(self.text.clone())
    }
}

impl<T> PartialEq for Formatted<T> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<T> Eq for Formatted<T> {}

impl<T> Hash for Formatted<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl<T> fmt::Debug for Formatted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

impl<T> fmt::Display for Formatted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl<T: Textual> Decode for Formatted<T> {
    fn decode<'de, D: Deserializer<'de>>(source: D, cx: Cx<'_>) -> Result<Self, D::Error> {
        let text = String::decode(source, cx)?;
        // A client looks at the text when it asks for the value, and not before.
        if cx.is_strict() && T::parse(&text).is_none() {
            return Err(de::Error::invalid_value(
                Unexpected::Str(&text),
                &T::EXPECTED,
            ));
        }
        Ok(Self::from_text(text))
    }
}

impl<T> Encode for Formatted<T> {
    fn encode<S: Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
        target.serialize_str(&self.text)
    }
}

impl<T> Check for Formatted<T> {
    fn check(&self, rules: &Rules, report: &Report) {
        self.text.check(rules, report);
    }
}

/// Says that a type's values are texts of a format, by its own `FromStr` and `Display`.
macro_rules! textual {
    ($($type:ty => $expected:literal),+ $(,)?) => {$(
        impl $crate::support::formatted::Textual for $type {
            const EXPECTED: &'static str = $expected;

            fn parse(text: &str) -> ::core::option::Option<Self> {
                text.parse().ok()
            }

            fn text(&self) -> ::std::string::String {
                ::std::string::ToString::to_string(self)
            }
        }
    )+};
}

pub(crate) use textual;

textual! {
    IpAddr => "an IP address",
    Ipv4Addr => "an IPv4 address",
    Ipv6Addr => "an IPv6 address",
}
