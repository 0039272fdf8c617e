//! Bytes as base64 (RFC 4648, section 4).

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::support::formatted::Textual;

/// Bytes that are written as base64.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Base64(pub Vec<u8>);

impl Textual for Base64 {
    const EXPECTED: &'static str = "base64";

    fn parse(text: &str) -> Option<Self> {
        STANDARD.decode(text).ok().map(Self)
    }

    fn text(&self) -> String {
        STANDARD.encode(&self.0)
    }
}

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}
