//! Enumerations of whole numbers.

use serde::{Deserializer, de};

use crate::support::{
    codec::{Cx, Decode},
    string_enum::UnknownValue,
};

/// An enum with a table, written by [`integer_enum!`].
pub trait IntegerEnum: Sized {
    /// The declared values, as text.
    const TEXTS: &'static [&'static str];

    /// The variant of a declared value.
    fn declared(value: i64) -> Option<Self>;

    /// The variant that keeps an undeclared value, where there is one.
    fn undeclared(_: i64) -> Option<Self> {
        None
    }
}

/// Reads an enumerated number.
pub fn decode<'de, T: IntegerEnum, D: Deserializer<'de>>(
    source: D,
    cx: Cx<'_>,
) -> Result<T, D::Error> {
    let value = i64::decode(source, cx)?;
    T::declared(value)
        .or_else(|| {
            if cx.is_strict() {
                None
            } else {
                T::undeclared(value)
            }
        })
        .ok_or_else(|| de::Error::unknown_variant(&value.to_string(), T::TEXTS))
}

/// The variant of a text, as `FromStr` gives it.
///
/// # Errors
/// A text that the enum neither lists nor keeps.
pub fn parse<T: IntegerEnum>(text: &str) -> Result<T, UnknownValue> {
    let value: Option<i64> = text.parse().ok();
    value
        .and_then(|value| T::declared(value).or_else(|| T::undeclared(value)))
        .ok_or(UnknownValue { expected: T::TEXTS })
}

/// Gives an enum of whole numbers its codec, `value`, `VALUES`, `Display` and `FromStr`.
///
/// ```ignore
/// integer_enum! { Level { 1 => Low, 2 => High } }                   // closed
/// integer_enum! { Level { 1 => Low, 2 => High, .. => Unknown } }    // keeps others in `Unknown(i64)`
/// ```
macro_rules! integer_enum {
    ($type:ident { $($value:literal => $variant:ident),* $(, .. => $unknown:ident)? $(,)? }) => {
        impl $type {
            /// The values that the document lists.
            pub const VALUES: &'static [i64] = &[$($value),*];

            /// The value as it is on the wire.
            #[must_use]
            pub fn value(&self) -> i64 {
                match self {
                    $(Self::$variant => $value,)*
                    $(Self::$unknown(value) => *value,)?
                }
            }
        }

        impl $crate::support::integer_enum::IntegerEnum for $type {
            const TEXTS: &'static [&'static str] = &[$(stringify!($value)),*];

            fn declared(value: i64) -> ::core::option::Option<Self> {
                match value {
                    $($value => ::core::option::Option::Some(Self::$variant),)*
                    _ => ::core::option::Option::None,
                }
            }

            $(fn undeclared(value: i64) -> ::core::option::Option<Self> {
                ::core::option::Option::Some(Self::$unknown(value))
            })?
        }

        impl ::core::fmt::Display for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                self.value().fmt(f)
            }
        }

        impl ::core::str::FromStr for $type {
            type Err = $crate::support::string_enum::UnknownValue;

            fn from_str(value: &str) -> ::core::result::Result<Self, $crate::support::string_enum::UnknownValue> {
                $crate::support::integer_enum::parse(value)
            }
        }

        impl $crate::support::codec::Decode for $type {
            fn decode<'de, D: ::serde::Deserializer<'de>>(
                source: D,
                cx: $crate::support::codec::Cx<'_>,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::support::integer_enum::decode(source, cx)
            }
        }

        impl $crate::support::codec::Encode for $type {
            fn encode<S: ::serde::Serializer>(&self, target: S) -> ::core::result::Result<S::Ok, S::Error> {
                target.serialize_i64(self.value())
            }
        }

        impl $crate::support::rules::Check for $type {}

        $crate::support::codec::serde!($type);
    };
}

pub(crate) use integer_enum;
