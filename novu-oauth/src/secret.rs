//! Values that must not be printed, and the hash by which an API key is found.

use std::fmt;

use ctutils::CtEq as _;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use crate::signature::hex;

/// An API key, client secret or the like. [`fmt::Debug`] shows only that there is one.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Wraps `text`.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The secret itself, for the one place that needs it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The hash under which the key is looked up.
    #[must_use]
    pub fn hash(&self) -> KeyHash {
        KeyHash::of(&self.0)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// SHA-256 of an API key. Two are compared in constant time.
#[derive(Clone, Copy)]
pub struct KeyHash([u8; 32]);

impl KeyHash {
    /// The hash of the key `text`.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self(Sha256::digest(text.as_bytes()).into())
    }
}

impl KeyHash {
    /// The hash in hexadecimal, as the storage keeps it.
    #[must_use]
    pub fn to_text(self) -> String {
        hex(&self.0)
    }

    /// The hash of this text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut hash = [0; 32];
        for (at, byte) in hash.iter_mut().enumerate() {
            *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
        }
        (text.len() == 64).then_some(Self(hash))
    }
}

impl PartialEq for KeyHash {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).to_bool()
    }
}

impl Eq for KeyHash {}

impl fmt::Debug for KeyHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyHash")
    }
}

#[cfg(test)]
mod tests {
    use super::{KeyHash, Secret};

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(
            format!("{:?}", Some(Secret::new("sk_live_1"))),
            "Some([redacted])"
        );
    }

    #[test]
    fn hash_is_sha_256() {
        // printf '%s' sk_test_123 | openssl dgst -sha256
        let expected = "7ba88f380e2bd2b3a94f74a0f3cdb2b502fdf251f829ad44cd009de9f632ed96";
        assert_eq!(KeyHash::of("sk_test_123").to_text(), expected);
        assert_eq!(KeyHash::parse(expected), Some(KeyHash::of("sk_test_123")));
        for text in [
            "",
            "7b",
            &expected.replace('7', "g"),
            &format!("{expected}00"),
        ] {
            assert_eq!(KeyHash::parse(text), None);
        }
        assert_eq!(
            Secret::new("sk_test_123").hash(),
            KeyHash::of("sk_test_123")
        );
        assert_ne!(KeyHash::of("sk_test_123"), KeyHash::of("sk_test_124"));
    }
}
