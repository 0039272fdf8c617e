//! Properties that are both optional and nullable.

use serde::{Deserializer, Serializer};

use crate::support::codec::{Cx, Decode, Encode};

/// A property that may be absent, `null`, or a value, where the document tells the three apart.
///
/// A property that is only optional or only nullable is an [`Option`].
///
/// ```ignore
/// error.message = Maybe::Null;
/// error.message = "not found".to_owned().into();
/// if let Maybe::Value(message) = &error.message { .. }
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Maybe<T> {
    /// The property is not there.
    #[default]
    Absent,
    /// The property is `null`.
    Null,
    /// The property has a value.
    Value(T),
}

impl<T> Maybe<T> {
    /// Whether the property is not there.
    #[must_use]
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the property is `null`.
    #[must_use]
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The value, where there is one; absent and `null` become one.
    #[must_use]
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The value by reference, where there is one.
    #[must_use]
    pub const fn as_option(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Applies `f` to the value, where there is one.
    #[must_use]
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Maybe<U> {
        match self {
            Self::Absent => Maybe::Absent,
            Self::Null => Maybe::Null,
            Self::Value(value) => Maybe::Value(f(value)),
        }
    }
}

impl<T> From<T> for Maybe<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T: Decode> Decode for Maybe<T> {
    const NULLABLE: bool = true;

    #[inline]
    fn decode<'de, D: Deserializer<'de>>(source: D, cx: Cx<'_>) -> Result<Self, D::Error> {
        let (_, cx) = cx.take_optional();
        Option::decode(source, cx).map(|value| value.map_or(Self::Null, Self::Value))
    }

    fn absent() -> Option<Self> {
        Some(Self::Absent)
    }
}

impl<T: Encode> Encode for Maybe<T> {
    #[inline]
    fn encode<S: Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Value(value) => value.encode(target),
            Self::Absent | Self::Null => target.serialize_unit(),
        }
    }

    #[inline]
    fn is_absent(&self) -> bool {
        self.is_absent()
    }
}
