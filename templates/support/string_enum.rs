//! Enumerations of strings.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserializer,
    de::{self, Visitor},
};

use crate::support::codec::Cx;

/// An enum of strings, written by [`string_enum!`].
pub trait StringEnum: Clone + 'static {
    /// The declared values, and their variants in the same order.
    const TABLE: Table<Self>;

    /// Whether undeclared values are as valid as declared ones.
    const OPEN: bool = false;

    /// The variant that keeps an undeclared value, where there is one.
    fn undeclared(_: &str) -> Option<Self> {
        None
    }
}

/// The table of an enum of strings: a list of variants costs less to compile than code that tells texts apart.
pub struct Table<T: 'static> {
    /// The declared values.
    pub values: &'static [&'static str],
    /// The variant of each.
    pub variants: &'static [T],
}

impl<T: Clone> Table<T> {
    /// The variant of a declared value.
    fn find(&self, value: &str) -> Option<T> {
        let at = self.values.iter().position(|declared| *declared == value)?;
        self.variants.get(at).cloned()
    }
}

/// Reads an enumerated string.
pub fn decode<'de, T: StringEnum, D: Deserializer<'de>>(
    source: D,
    cx: Cx<'_>,
) -> Result<T, D::Error> {
    source.deserialize_str(EnumVisitor {
        strict: cx.is_strict(),
        marker: PhantomData,
    })
}

struct EnumVisitor<T> {
    strict: bool,
    marker: PhantomData<T>,
}

impl<T: StringEnum> Visitor<'_> for EnumVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<T, E> {
        let mut found = T::TABLE.find(value);
        if found.is_none() && (T::OPEN || !self.strict) {
            found = T::undeclared(value);
        }
        found.ok_or_else(|| E::unknown_variant(value, T::TABLE.values))
    }
}

/// The variant of a text, as `FromStr` gives it.
///
/// # Errors
/// A text that the enum neither lists nor keeps.
pub fn parse<T: StringEnum>(text: &str) -> Result<T, UnknownValue> {
    let found = T::TABLE.find(text).or_else(|| T::undeclared(text));
    found.ok_or(UnknownValue {
        expected: T::TABLE.values,
    })
}

/// A string that an enumeration does not list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownValue {
    /// The values that it lists.
    pub expected: &'static [&'static str],
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must be one of")?;
        for (index, value) in self.expected.iter().enumerate() {
            write!(f, "{} `{value}`", if index == 0 { "" } else { "," })?;
        }
        Ok(())
    }
}

impl std::error::Error for UnknownValue {}

/// Gives an enum of strings its codec, `as_str`, `VALUES`, `Display` and `FromStr`.
///
/// ```ignore
/// string_enum! { Mode { "subscriber" => Subscriber, "shared" => Shared } }    // closed
/// string_enum! { Colour { "red" => Red, "green" => Green, .. => Unknown } }   // keeps others in `Unknown(String)`
/// string_enum! { Model { "small" => Small, _ => Unlisted } }  // others are valid too: `Unlisted(String)`
/// ```
macro_rules! string_enum {
    ($type:ident { $($value:literal => $variant:ident),* $(, .. => $unknown:ident)? $(, _ => $other:ident)? $(,)? }) => {
        impl $type {
            /// The values that the document lists.
            pub const VALUES: &'static [&'static str] = &[$($value),*];

            /// The value as it is on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    $(Self::$unknown(value) => value,)?
                    $(Self::$other(value) => value,)?
                }
            }
        }

        impl $crate::support::string_enum::StringEnum for $type {
            const TABLE: $crate::support::string_enum::Table<Self> = $crate::support::string_enum::Table {
                values: Self::VALUES,
                variants: &[$(Self::$variant),*],
            };

            $(fn undeclared(value: &str) -> Option<Self> {
                Some(Self::$unknown(value.to_owned()))
            })?

            $(
                const OPEN: bool = true;

                fn undeclared(value: &str) -> Option<Self> {
                    Some(Self::$other(value.to_owned()))
                }
            )?
        }

        impl ::core::fmt::Display for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl ::core::str::FromStr for $type {
            type Err = $crate::support::string_enum::UnknownValue;

            fn from_str(value: &str) -> Result<Self, $crate::support::string_enum::UnknownValue> {
                $crate::support::string_enum::parse(value)
            }
        }

        impl $crate::support::codec::Decode for $type {
            fn decode<'de, D: ::serde::Deserializer<'de>>(
                source: D,
                cx: $crate::support::codec::Cx<'_>,
            ) -> Result<Self, D::Error> {
                $crate::support::string_enum::decode(source, cx)
            }
        }

        impl $crate::support::codec::Encode for $type {
            fn encode<S: ::serde::Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
                target.serialize_str(self.as_str())
            }
        }

        impl $crate::support::rules::Check for $type {}

        $crate::support::codec::serde!($type);
    };
}

pub(crate) use string_enum;
