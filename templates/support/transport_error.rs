//! Why something did not arrive.

use std::error::Error as StdError;
use std::fmt;

/// Why a transport brought no response, or a body broke off.
#[derive(Debug)]
pub struct TransportError {
    source: Box<dyn StdError + Send + Sync>,
    timeout: bool,
}

impl TransportError {
    /// An error on the way.
    pub fn new(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            source: source.into(),
            timeout: false,
        }
    }

    /// Time ran out.
    pub fn timeout(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            source: source.into(),
            timeout: true,
        }
    }

    /// Takes an error of any kind; one that is a `TransportError` already stays what it is.
    pub fn of(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        match source.into().downcast() {
            Ok(known) => *known,
            Err(other) => Self::new(other),
        }
    }

    /// Whether time ran out.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.timeout
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.source)
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.source()
    }
}
