//! Decimal numbers, by `rust_decimal`.

use std::fmt;

use rust_decimal::Decimal;
use serde::{
    Deserializer, Serializer,
    de::{self, Unexpected, Visitor},
};

use crate::support::{
    codec::{Cx, Decode, Encode},
    report::Report,
    rules::{Check, Rules},
};

struct DecimalVisitor;

impl Visitor<'_> for DecimalVisitor {
    type Value = Decimal;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number that a decimal of 28 digits holds")
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Decimal, E> {
        Ok(value.into())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Decimal, E> {
        Ok(value.into())
    }

    /// The digits that were written: those of the shortest text that reads as the same float. They are
    /// exact up to 15 of them.
    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Decimal, E> {
        let text = format!("{value:e}");
        Decimal::from_scientific(&text)
            .map_err(|_| E::invalid_value(Unexpected::Float(value), &self))
    }
}

impl Decode for Decimal {
    fn decode<'de, D: Deserializer<'de>>(source: D, _: Cx<'_>) -> Result<Self, D::Error> {
        source.deserialize_f64(DecimalVisitor)
    }
}

impl Encode for Decimal {
    fn encode<S: Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
        match float_or_whole(self) {
            Ok(whole) => target.serialize_i64(whole),
            Err(float) => float.encode(target),
        }
    }
}

/// What JSON writers take: a whole number where it is one, else the nearest float.
fn float_or_whole(value: &Decimal) -> Result<i64, f64> {
    let normal = value.normalize();
    let float = || normal.to_string().parse().unwrap_or(f64::NAN);
    if normal.scale() == 0 {
        i64::try_from(normal).map_err(|_| float())
    } else {
        Err(float())
    }
}

impl Check for Decimal {
    fn check(&self, rules: &Rules, report: &Report) {
        match float_or_whole(self) {
            Ok(whole) => whole.check(rules, report),
            Err(float) => float.check(rules, report),
        }
    }
}
