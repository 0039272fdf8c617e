//! A JSON value that keeps key order and whole numbers.

use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

use indexmap::IndexMap;

use crate::diag::Pointer;

/// The members of an object in document order.
pub type Object = IndexMap<String, Node>;

/// A JSON value, read from JSON or YAML.
///
/// Objects are equal whatever the order of their members; numbers are equal by value.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Node {
    /// `null`.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Node>),
    /// An object; boxed, since a map is three times the size of everything else.
    Object(Box<Object>),
}

/// A JSON number: whole where it fits 64 bits, else the nearest double.
#[derive(Debug, Clone, Copy)]
pub enum Number {
    /// A whole number.
    Int(i64),
    /// A whole number beyond `i64::MAX`.
    UInt(u64),
    /// A number with a fraction or an exponent, or a whole one out of range. Always finite.
    Float(f64),
}

impl Number {
    /// The nearest double.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "the nearest double is what is asked for"
    )]
    pub fn as_f64(self) -> f64 {
        match self {
            Self::Int(value) => value as f64,
            Self::UInt(value) => value as f64,
            Self::Float(value) => value,
        }
    }

    /// The whole number that it is, if it is one in range; `404.0` is 404.
    #[must_use]
    pub fn as_i64(self) -> Option<i64> {
        match self {
            Self::Int(value) => Some(value),
            Self::UInt(value) => i64::try_from(value).ok(),
            Self::Float(value) => whole(value).and_then(|value| i64::try_from(value).ok()),
        }
    }

    /// The whole number that it is, if it is one in range and not negative.
    #[must_use]
    pub fn as_u64(self) -> Option<u64> {
        match self {
            Self::Int(value) => u64::try_from(value).ok(),
            Self::UInt(value) => Some(value),
            Self::Float(value) => whole(value).and_then(|value| u64::try_from(value).ok()),
        }
    }

    /// Whether it has no fraction, however large it is.
    #[must_use]
    pub fn is_whole(self) -> bool {
        match self {
            Self::Int(_) | Self::UInt(_) => true,
            Self::Float(value) => value.fract() == 0.0,
        }
    }

    /// The nearest number to any whole one.
    pub(crate) fn from_i128(value: i128) -> Self {
        #[expect(
            clippy::cast_precision_loss,
            reason = "out of the range of whole numbers"
        )]
        i64::try_from(value)
            .map(Self::Int)
            .or_else(|_| u64::try_from(value).map(Self::UInt))
            .unwrap_or(Self::Float(value as f64))
    }
}

/// A double without a fraction, within the range in which `i128` holds it exactly.
fn whole(value: f64) -> Option<i128> {
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
    (value.fract() == 0.0 && value.abs() < 1e30).then_some(value as i128)
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        match (self.as_i64(), other.as_i64()) {
            (Some(a), Some(b)) => a == b,
            (None, None) => match (self.as_u64(), other.as_u64()) {
                (Some(a), Some(b)) => a == b,
                (None, None) => self.as_f64().total_cmp(&other.as_f64()).is_eq(),
                _ => false,
            },
            _ => false,
        }
    }
}

impl Eq for Number {}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        if let Some(value) = self.as_i64() {
            value.hash(state);
        } else if let Some(value) = self.as_u64() {
            value.hash(state);
        } else {
            self.as_f64().to_bits().hash(state);
        }
    }
}

impl Eq for Node {}

impl Hash for Node {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::mem::discriminant(self).hash(state);
        match self {
            Self::Null => {}
            Self::Bool(value) => value.hash(state),
            Self::Number(number) => number.hash(state),
            Self::String(text) => text.hash(state),
            Self::Array(items) => items.hash(state),
            // The order of members makes no difference.
            Self::Object(members) => members
                .iter()
                .map(|member| {
                    let mut own = DefaultHasher::new();
                    member.hash(&mut own);
                    own.finish()
                })
                .fold(0, u64::wrapping_add)
                .hash(state),
        }
    }
}

impl fmt::Display for Number {
    /// As JSON, without a fraction where there is none: `404` for 404.0.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(value) => value.fmt(formatter),
            Self::UInt(value) => value.fmt(formatter),
            Self::Float(value) => match whole(*value) {
                Some(value) if value.unsigned_abs() < 1 << 64 => value.fmt(formatter),
                // The shortest text that reads back, with an exponent where that is shorter.
                _ if (1e-5..1e16).contains(&value.abs()) => value.fmt(formatter),
                _ => fmt::LowerExp::fmt(value, formatter),
            },
        }
    }
}

impl Node {
    /// The text of a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The value of a boolean.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The number.
    #[must_use]
    pub fn as_number(&self) -> Option<Number> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The elements of an array.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Self]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The members of an object.
    #[must_use]
    pub fn as_object(&self) -> Option<&Object> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }

    /// Whether it is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The member `key` of an object.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.as_object()?.get(key)
    }

    /// The node that a pointer leads to from here.
    #[must_use]
    pub fn at(&self, pointer: &Pointer) -> Option<&Self> {
        pointer
            .segments()
            .try_fold(self, |node, segment| node.step(&segment))
    }

    /// The item or member that a segment of a pointer names.
    pub(super) fn step(&self, segment: &str) -> Option<&Self> {
        match self {
            Self::Array(items) => items.get(array_index(segment)?),
            Self::Object(members) => members.get(segment),
            _ => None,
        }
    }

    /// What it is, for a message: `a string`.
    #[must_use]
    pub fn kind_name(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::String(_) => "a string",
            Self::Array(_) => "an array",
            Self::Object(_) => "an object",
        }
    }

    /// The same value for `serde_json`. Members keep no order there.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        use serde_json::Value;
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(*value),
            Self::Number(Number::Int(value)) => Value::from(*value),
            Self::Number(Number::UInt(value)) => Value::from(*value),
            Self::Number(Number::Float(value)) => Value::from(*value),
            Self::String(text) => Value::String(text.clone()),
            Self::Array(items) => items.iter().map(Self::to_json).collect(),
            Self::Object(members) => {
                let members = members.iter();
                members
                    .map(|(key, node)| (key.clone(), node.to_json()))
                    .collect()
            }
        }
    }
}

/// An array index in a pointer: digits without a leading zero (RFC 6901, section 4).
pub(crate) fn array_index(segment: &str) -> Option<usize> {
    let plain = segment == "0" || segment.starts_with(|c: char| ('1'..='9').contains(&c));
    if plain { segment.parse().ok() } else { None }
}

#[cfg(test)]
#[path = "node_tests.rs"]
mod tests;
