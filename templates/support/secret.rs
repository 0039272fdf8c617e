//! Strings that are not to be seen.

use std::fmt;

use serde::{Deserializer, Serializer};

use crate::support::{
    codec::{Cx, Decode, Encode},
    report::Report,
    rules::{Check, Rules},
    violation::Location,
};

/// A password or the like: `Debug` shows that there is one, and not which.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretString(String);

impl SecretString {
    /// The text itself.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for SecretString {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for SecretString {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Debug for SecretString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretString(..)")
    }
}

impl Decode for SecretString {
    fn decode<'de, D: Deserializer<'de>>(source: D, cx: Cx<'_>) -> Result<Self, D::Error> {
        String::decode(source, cx).map(Self)
    }
}

impl Encode for SecretString {
    fn encode<S: Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
        target.serialize_str(&self.0)
    }
}

impl Check for SecretString {
    /// Says which rules the text breaks, and not what it is.
    fn check(&self, rules: &Rules, report: &Report) {
        let inner = Report::new(Location::Body);
        self.0.check(rules, &inner);
        for violation in inner.into_violations() {
            report.record(violation.rule, violation.message, None);
        }
    }
}
