//! `null`, booleans, numbers and strings.

use std::fmt;

use serde::{
    Deserializer, Serializer,
    de::{self, Unexpected, Visitor},
    ser,
};

use crate::support::codec::{Cx, Decode, Encode};

struct NullVisitor;

impl Visitor<'_> for NullVisitor {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("null")
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        Ok(())
    }
}

impl Decode for () {
    const NULLABLE: bool = true;

    fn decode<'de, D: Deserializer<'de>>(source: D, _: Cx<'_>) -> Result<Self, D::Error> {
        source.deserialize_unit(NullVisitor)
    }
}

impl Encode for () {
    fn encode<S: Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
        target.serialize_unit()
    }
}

struct BoolVisitor;

impl Visitor<'_> for BoolVisitor {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a boolean")
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<bool, E> {
        Ok(value)
    }
}

impl Decode for bool {
    fn decode<'de, D: Deserializer<'de>>(source: D, _: Cx<'_>) -> Result<Self, D::Error> {
        source.deserialize_bool(BoolVisitor)
    }
}

impl Encode for bool {
    fn encode<S: Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
        target.serialize_bool(*self)
    }
}

struct StringVisitor;

impl Visitor<'_> for StringVisitor {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<String, E> {
        Ok(value.to_owned())
    }

    fn visit_string<E: de::Error>(self, value: String) -> Result<String, E> {
        Ok(value)
    }
}

impl Decode for String {
    fn decode<'de, D: Deserializer<'de>>(source: D, _: Cx<'_>) -> Result<Self, D::Error> {
        source.deserialize_string(StringVisitor)
    }
}

impl Encode for String {
    fn encode<S: Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
        target.serialize_str(self)
    }
}

impl Encode for str {
    fn encode<S: Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
        target.serialize_str(self)
    }
}

/// First magnitude that an `i64` does not hold: 2^63.
const BEYOND_I64: f64 = 9_223_372_036_854_775_808.0;

/// The integer that `value` is, if it is one: `1.0` and `1e3` are integers to JSON Schema.
#[allow(
    clippy::cast_possible_truncation,
    reason = "whole and within the range, so nothing is lost"
)]
pub(crate) fn whole(value: f64) -> Option<i64> {
    (value.fract() == 0.0 && value.abs() < BEYOND_I64).then_some(value as i64)
}

macro_rules! integers {
    ($($type:ident $deserialize:ident $serialize:ident $visitor:ident,)*) => {$(
        struct $visitor;

        impl Visitor<'_> for $visitor {
            type Value = $type;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "an integer between {} and {}", $type::MIN, $type::MAX)
            }

            fn visit_i64<E: de::Error>(self, value: i64) -> Result<$type, E> {
                $type::try_from(value).map_err(|_| E::invalid_value(Unexpected::Signed(value), &self))
            }

            fn visit_u64<E: de::Error>(self, value: u64) -> Result<$type, E> {
                $type::try_from(value).map_err(|_| E::invalid_value(Unexpected::Unsigned(value), &self))
            }

            fn visit_f64<E: de::Error>(self, value: f64) -> Result<$type, E> {
                match whole(value) {
                    Some(value) => self.visit_i64(value),
                    None => Err(E::invalid_type(Unexpected::Float(value), &self)),
                }
            }
        }

        impl Decode for $type {
            fn decode<'de, D: Deserializer<'de>>(source: D, _: Cx<'_>) -> Result<Self, D::Error> {
                source.$deserialize($visitor)
            }
        }

        impl Encode for $type {
            fn encode<S: Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
                target.$serialize(*self)
            }
        }
    )*};
}

integers! {
    i8 deserialize_i8 serialize_i8 I8Visitor,
    i16 deserialize_i16 serialize_i16 I16Visitor,
    i32 deserialize_i32 serialize_i32 I32Visitor,
    i64 deserialize_i64 serialize_i64 I64Visitor,
    u8 deserialize_u8 serialize_u8 U8Visitor,
    u16 deserialize_u16 serialize_u16 U16Visitor,
    u32 deserialize_u32 serialize_u32 U32Visitor,
    u64 deserialize_u64 serialize_u64 U64Visitor,
}

struct F64Visitor;

impl Visitor<'_> for F64Visitor {
    type Value = f64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    #[allow(
        clippy::cast_precision_loss,
        reason = "a number is an f64; the exact types are the integers"
    )]
    fn visit_i64<E: de::Error>(self, value: i64) -> Result<f64, E> {
        Ok(value as f64)
    }

    #[allow(
        clippy::cast_precision_loss,
        reason = "a number is an f64; the exact types are the integers"
    )]
    fn visit_u64<E: de::Error>(self, value: u64) -> Result<f64, E> {
        Ok(value as f64)
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<f64, E> {
        Ok(value)
    }
}

impl Decode for f64 {
    fn decode<'de, D: Deserializer<'de>>(source: D, _: Cx<'_>) -> Result<Self, D::Error> {
        source.deserialize_f64(F64Visitor)
    }
}

impl Encode for f64 {
    /// Writes a whole number as one: `404`, not `404.0`. Minus zero keeps its sign.
    fn encode<S: Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
        match whole(*self) {
            Some(0) if self.is_sign_negative() => target.serialize_f64(*self),
            Some(value) => target.serialize_i64(value),
            None if self.is_finite() => target.serialize_f64(*self),
            None => Err(ser::Error::custom(format_args!(
                "{self} is not a JSON number"
            ))),
        }
    }
}

impl Decode for f32 {
    #[allow(
        clippy::cast_possible_truncation,
        reason = "rounds to the nearest, which is what a float field asks for"
    )]
    fn decode<'de, D: Deserializer<'de>>(source: D, _: Cx<'_>) -> Result<Self, D::Error> {
        let value = source.deserialize_f64(F64Visitor)?;
        let rounded = value as f32;
        if rounded.is_finite() {
            Ok(rounded)
        } else {
            Err(de::Error::invalid_value(
                Unexpected::Float(value),
                &"a number that a 32-bit float holds",
            ))
        }
    }
}

impl Encode for f32 {
    fn encode<S: Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
        match whole(f64::from(*self)) {
            Some(0) if self.is_sign_negative() => target.serialize_f32(*self),
            Some(value) => target.serialize_i64(value),
            None if self.is_finite() => target.serialize_f32(*self),
            None => Err(ser::Error::custom(format_args!(
                "{self} is not a JSON number"
            ))),
        }
    }
}
