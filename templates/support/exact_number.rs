//! Numbers that are whole or floating, whichever was written.

use std::fmt;

use serde::{
    Deserializer, Serialize, Serializer,
    de::{self, Unexpected, Visitor},
};

use crate::support::{
    codec::{Cx, Decode, Encode},
    report::Report,
    rules::{Check, Rules},
};

/// A number that keeps every whole number of 64 bits as it is, where a float starts to round at 2^53.
pub type ExactNumber = serde_json::Number;

struct NumberVisitor;

impl Visitor<'_> for NumberVisitor {
    type Value = ExactNumber;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<ExactNumber, E> {
        Ok(value.into())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<ExactNumber, E> {
        Ok(value.into())
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<ExactNumber, E> {
        ExactNumber::from_f64(value)
            .ok_or_else(|| E::invalid_value(Unexpected::Float(value), &self))
    }
}

impl Decode for ExactNumber {
    fn decode<'de, D: Deserializer<'de>>(source: D, _: Cx<'_>) -> Result<Self, D::Error> {
        source.deserialize_f64(NumberVisitor)
    }
}

impl Encode for ExactNumber {
    fn encode<S: Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
        match self.as_f64().filter(|_| self.is_f64()) {
            Some(float) => float.encode(target),
            None => self.serialize(target),
        }
    }
}

impl Check for ExactNumber {
    fn check(&self, rules: &Rules, report: &Report) {
        if let Some(whole) = self.as_i64() {
            whole.check(rules, report);
        } else if let Some(whole) = self.as_u64() {
            whole.check(rules, report);
        } else if let Some(float) = self.as_f64() {
            float.check(rules, report);
        }
    }
}
