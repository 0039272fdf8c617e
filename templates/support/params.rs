//! Parameters and header values as text, and percent-encoding (RFC 3986 §2).

use std::{borrow::Cow, fmt::Display};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::support::string_enum::{StringEnum, UnknownValue};

/// A value that travels as text: in a path, a query, a header or a cookie.
pub trait Parameter {
    /// Returns the value as it travels, before any percent-encoding.
    fn text(&self) -> Cow<'_, str>;

    /// Reads the value back from its decoded text; `strict` as for a body, see [`Cx`](crate::support::codec::Cx).
    fn parse(text: &str, strict: bool) -> Result<Self, Mismatch>
    where
        Self: Sized;
}

/// Why a text is not the value that a parameter wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// The JSON Schema keyword that is not met, such as `type` or `enum`.
    pub rule: &'static str,
    /// What was expected, for people.
    pub message: String,
}

impl Mismatch {
    /// The text is not of the type that `expected` names, such as `an integer`.
    pub fn expected(expected: &str) -> Self {
        Self {
            rule: "type",
            message: format!("expected {expected}"),
        }
    }
}

impl Parameter for String {
    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }

    fn parse(text: &str, _strict: bool) -> Result<Self, Mismatch> {
        Ok(text.to_owned())
    }
}

impl Parameter for bool {
    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(if *self { "true" } else { "false" })
    }

    fn parse(text: &str, _strict: bool) -> Result<Self, Mismatch> {
        match text {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(Mismatch::expected("`true` or `false`")),
        }
    }
}

macro_rules! integers {
    ($($integer:ident)*) => {$(
        impl Parameter for $integer {
            fn text(&self) -> Cow<'_, str> {
                Cow::Owned(self.to_string())
            }

            fn parse(text: &str, _strict: bool) -> Result<Self, Mismatch> {
                // `FromStr` takes a leading `+`, JSON does not.
                let number = if text.starts_with('+') { None } else { text.parse().ok() };
                number.ok_or_else(|| Mismatch::expected(concat!("an integer (", stringify!($integer), ")")))
            }
        }
    )*};
}

integers! { i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 }

macro_rules! floats {
    ($($float:ident)*) => {$(
        impl Parameter for $float {
            fn text(&self) -> Cow<'_, str> {
                Cow::Owned(self.to_string())
            }

            fn parse(text: &str, _strict: bool) -> Result<Self, Mismatch> {
                // `FromStr` takes `inf`, `nan` and a leading `+`, JSON does not.
                let number = text.parse::<Self>().ok().filter(|number| number.is_finite());
                number
                    .filter(|_| text.starts_with(|first: char| first == '-' || first.is_ascii_digit()))
                    .ok_or_else(|| Mismatch::expected("a number"))
            }
        }
    )*};
}

floats! { f32 f64 }

impl<T: StringEnum + Display> Parameter for T {
    fn text(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_string())
    }

    fn parse(text: &str, strict: bool) -> Result<Self, Mismatch> {
        T::declared(text)
            .or_else(|| if strict { None } else { T::undeclared(text) })
            .ok_or_else(|| {
                let message = UnknownValue {
                    expected: T::VALUES,
                }
                .to_string();
                Mismatch {
                    rule: "enum",
                    message,
                }
            })
    }
}

/// Everything but the unreserved characters of RFC 3986 §2.3.
const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Appends `text` to `out` as one path segment or one query name or value.
pub fn encode_component(text: &str, out: &mut String) {
    out.extend(utf8_percent_encode(text, COMPONENT));
}

/// Decodes a path segment; `None` if it is not UTF-8.
pub fn decode_segment(raw: &str) -> Option<Cow<'_, str>> {
    percent_decode_str(raw).decode_utf8().ok()
}

/// Decodes a query name or value, in which `+` is a space; `None` if it is not UTF-8.
pub fn decode_query(raw: &str) -> Option<Cow<'_, str>> {
    if raw.contains('+') {
        let spaced = raw.replace('+', " ");
        return percent_decode_str(&spaced)
            .decode_utf8()
            .ok()
            .map(|text| Cow::Owned(text.into_owned()));
    }
    decode_segment(raw)
}

/// Iterates over the raw pairs of a query; a name without `=` has the empty value.
pub fn query_pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

/// Iterates over the pairs of a `Cookie` header (RFC 6265 §4.2.1), without the quotes of quoted values.
pub fn cookie_pairs(header: &str) -> impl Iterator<Item = (&str, &str)> {
    header.split(';').filter_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        let value = value.trim();
        let unquoted = value
            .strip_prefix('"')
            .and_then(|value| value.strip_suffix('"'));
        Some((name.trim(), unquoted.unwrap_or(value)))
    })
}
