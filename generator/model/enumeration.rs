//! Lists of values: `enum` and `const`.

use std::fmt;

use crate::document::{Node, Number};

/// A closed or open list of scalars. Lists of arrays and objects are
/// [`Constraints::one_of`](super::Constraints::one_of) instead.
#[derive(Debug, Clone)]
pub struct Enumeration {
    /// What its values have in common.
    pub base: EnumBase,
    /// The values, in document order, without duplicates and without `null`.
    pub values: Vec<EnumValue>,
    /// Whether every other string is as valid as those that are listed.
    pub open: bool,
}

/// What the values of an [`Enumeration`] have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EnumBase {
    /// They are strings.
    Strings,
    /// They are whole numbers that 64 bits hold.
    Integers,
    /// It is one of `true` and `false`.
    Booleans,
    /// They are scalars of several kinds, or numbers with a fraction.
    Scalars,
}

/// One value of an [`Enumeration`].
#[derive(Debug, Clone, PartialEq)]
pub struct EnumValue {
    /// What stands on the wire.
    pub wire: Scalar,
    /// A name given by `x-enum-varnames` or the like.
    pub name: Option<String>,
    /// A text given by `x-enum-descriptions` or the like.
    pub description: Option<String>,
}

/// A JSON value that is no `null`, array or object.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Scalar {
    /// `true` or `false`.
    Bool(bool),
    /// A number; equal by value.
    Number(Number),
    /// A string.
    String(String),
}

impl Scalar {
    /// The scalar that a node is, if it is one.
    #[must_use]
    pub fn of(node: &Node) -> Option<Self> {
        match node {
            Node::Bool(value) => Some(Self::Bool(*value)),
            Node::Number(number) => Some(Self::Number(*number)),
            Node::String(text) => Some(Self::String(text.clone())),
            Node::Null | Node::Array(_) | Node::Object(_) => None,
        }
    }

    /// The text of a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            Self::Bool(_) | Self::Number(_) => None,
        }
    }
}

impl fmt::Display for Scalar {
    /// A string as it is, anything else as JSON.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool(value) => value.fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::String(text) => text.fmt(f),
        }
    }
}

impl Enumeration {
    /// What a tag or parameter of each value reads.
    pub fn texts(&self) -> impl Iterator<Item = String> {
        self.values.iter().map(|value| value.wire.to_string())
    }

    /// The only value that there can be.
    #[must_use]
    pub fn only(&self) -> Option<&EnumValue> {
        match self.values.as_slice() {
            [only] if !self.open => Some(only),
            _ => None,
        }
    }

    /// The strings among the values.
    pub fn strings(&self) -> impl Iterator<Item = &str> {
        self.values.iter().filter_map(|value| value.wire.as_str())
    }
}
