//! Enumerations of scalars of several kinds, and of numbers with a fraction.

use serde::{Deserialize, Deserializer, Serializer, de};
use serde_json::Value;

use crate::support::{
    codec::{Cx, Encode},
    string_enum::UnknownValue,
    tree::Tree,
};

/// A declared value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Scalar {
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// A string.
    String(&'static str),
}

impl Scalar {
    /// As tables name [`Scalar::Boolean`].
    #[must_use]
    pub const fn boolean(value: bool) -> Self {
        Self::Boolean(value)
    }

    /// As tables name [`Scalar::Integer`].
    #[must_use]
    pub const fn integer(value: i64) -> Self {
        Self::Integer(value)
    }

    /// As tables name [`Scalar::Number`].
    #[must_use]
    pub const fn number(value: f64) -> Self {
        Self::Number(value)
    }

    /// As tables name [`Scalar::String`].
    #[must_use]
    pub const fn string(value: &'static str) -> Self {
        Self::String(value)
    }

    /// Whether it is this value; numbers are equal whatever their notation.
    #[allow(
        clippy::cast_precision_loss,
        clippy::float_cmp,
        reason = "a float is equal to the integer that it is the nearest to"
    )]
    fn is(self, value: &Value) -> bool {
        match (self, value) {
            (Self::Boolean(own), Value::Bool(value)) => own == *value,
            (Self::Integer(own), Value::Number(value)) => value
                .as_i64()
                .map_or_else(|| value.as_f64() == Some(own as f64), |value| own == value),
            (Self::Number(own), Value::Number(value)) => value.as_f64() == Some(own),
            (Self::String(own), Value::String(value)) => own == value,
            _ => false,
        }
    }

    /// Whether a parameter's text stands for it.
    fn reads(self, text: &str) -> bool {
        match self {
            Self::String(own) => own == text,
            _ => serde_json::from_str(text).is_ok_and(|value| self.is(&value)),
        }
    }

    fn to_value(self) -> Value {
        match self {
            Self::Boolean(value) => value.into(),
            Self::Integer(value) => value.into(),
            Self::Number(value) => value.into(),
            Self::String(value) => value.into(),
        }
    }
}

/// An enum with a table, written by [`scalar_enum!`].
pub trait ScalarEnum: Sized + Clone + PartialEq + 'static {
    /// The declared values and their variants.
    const TABLE: &'static [(Scalar, Self)];
    /// The declared values, as text.
    const TEXTS: &'static [&'static str];

    /// The variant that keeps an undeclared value, where there is one.
    fn undeclared(_: Value) -> Option<Self> {
        None
    }

    /// The undeclared value that this keeps.
    fn kept(&self) -> Option<&Value> {
        None
    }
}

/// The variant that stands for a declared value.
fn find<T: ScalarEnum>(stands: impl Fn(Scalar) -> bool) -> Option<T> {
    let mut table = T::TABLE.iter();
    table
        .find(|(scalar, _)| stands(*scalar))
        .map(|(_, variant)| variant.clone())
}

/// Reads an enumerated scalar.
pub fn decode<'de, T: ScalarEnum, D: Deserializer<'de>>(
    source: D,
    cx: Cx<'_>,
) -> Result<T, D::Error> {
    let tree = Tree::deserialize(source)?;
    let Some(value) = tree.scalar().filter(|value| !value.is_null()) else {
        return Err(de::Error::invalid_type(
            tree.unexpected(),
            &"a string, a number or a boolean",
        ));
    };
    if let Some(variant) = find(|scalar| scalar.is(&value)) {
        return Ok(variant);
    }
    let text = value.to_string();
    let kept = if cx.is_strict() {
        None
    } else {
        T::undeclared(value)
    };
    kept.ok_or_else(|| de::Error::unknown_variant(&text, T::TEXTS))
}

/// The value of a variant.
pub fn value<T: ScalarEnum>(of: &T) -> Value {
    let declared = T::TABLE.iter().find(|(_, variant)| variant == of);
    declared
        .map(|(scalar, _)| scalar.to_value())
        .or_else(|| of.kept().cloned())
        .unwrap_or_default()
}

/// Writes an enumerated scalar.
pub fn encode<T: ScalarEnum, S: Serializer>(of: &T, target: S) -> Result<S::Ok, S::Error> {
    match T::TABLE.iter().find(|(_, variant)| variant == of) {
        Some((Scalar::Boolean(value), _)) => value.encode(target),
        Some((Scalar::Integer(value), _)) => value.encode(target),
        Some((Scalar::Number(value), _)) => value.encode(target),
        Some((Scalar::String(value), _)) => value.encode(target),
        None => value(of).encode(target),
    }
}

/// The variant of a text, as `FromStr` gives it.
///
/// # Errors
/// A text that the enum neither lists nor keeps.
pub fn parse<T: ScalarEnum>(text: &str) -> Result<T, UnknownValue> {
    find(|scalar| scalar.reads(text))
        .or_else(|| T::undeclared(text.into()))
        .ok_or(UnknownValue { expected: T::TEXTS })
}

/// Gives an enum of scalars its codec, `value`, `Display` and `FromStr`.
///
/// ```ignore
/// scalar_enum! { Limit { string "none" => None, integer 10 => N10, number 0.5 => N0Point5, boolean true => True } }
/// scalar_enum! { Limit { string "none" => None, integer 10 => N10, .. => Unknown } }   // keeps others in `Unknown(Value)`
/// ```
macro_rules! scalar_enum {
    ($type:ident { $($kind:ident $value:literal => $variant:ident),* $(, .. => $unknown:ident)? $(,)? }) => {
        impl $type {
            /// The value as it is on the wire.
            #[must_use]
            pub fn value(&self) -> ::serde_json::Value {
                $crate::support::scalar_enum::value(self)
            }
        }

        impl $crate::support::scalar_enum::ScalarEnum for $type {
            const TABLE: &'static [($crate::support::scalar_enum::Scalar, Self)] =
                &[$(($crate::support::scalar_enum::Scalar::$kind($value), Self::$variant)),*];
            const TEXTS: &'static [&'static str] = &[$(stringify!($value)),*];

            $(fn undeclared(value: ::serde_json::Value) -> ::core::option::Option<Self> {
                ::core::option::Option::Some(Self::$unknown(value))
            }

            fn kept(&self) -> ::core::option::Option<&::serde_json::Value> {
                match self {
                    Self::$unknown(value) => ::core::option::Option::Some(value),
                    _ => ::core::option::Option::None,
                }
            })?
        }

        impl ::core::fmt::Display for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                match self.value() {
                    ::serde_json::Value::String(text) => f.write_str(&text),
                    value => ::core::fmt::Display::fmt(&value, f),
                }
            }
        }

        impl ::core::str::FromStr for $type {
            type Err = $crate::support::string_enum::UnknownValue;

            fn from_str(value: &str) -> ::core::result::Result<Self, $crate::support::string_enum::UnknownValue> {
                $crate::support::scalar_enum::parse(value)
            }
        }

        impl $crate::support::codec::Decode for $type {
            fn decode<'de, D: ::serde::Deserializer<'de>>(
                source: D,
                cx: $crate::support::codec::Cx<'_>,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::support::scalar_enum::decode(source, cx)
            }
        }

        impl $crate::support::codec::Encode for $type {
            fn encode<S: ::serde::Serializer>(&self, target: S) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::support::scalar_enum::encode(self, target)
            }
        }

        impl $crate::support::rules::Check for $type {}

        $crate::support::codec::serde!($type);
    };
}

pub(crate) use scalar_enum;
