//! Why a form with files could not be read.

use std::fmt;

use crate::support::transport_error::TransportError;
use crate::support::violation::Violation;

/// Why a form could not be read.
#[derive(Debug)]
#[non_exhaustive]
pub enum MultipartError {
    /// It is no form, or breaks off.
    Malformed {
        /// What is at fault.
        message: String,
    },
    /// Its parts are not what the document says.
    Invalid {
        /// Every violation that was found.
        violations: Vec<Violation>,
    },
    /// The parts that are held in memory are longer than this many bytes.
    TooLarge {
        /// The most bytes that are held.
        limit: usize,
    },
    /// The connection broke off.
    Transport(TransportError),
}

impl fmt::Display for MultipartError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed { message } => write!(out, "the form cannot be read: {message}"),
            Self::Invalid { violations } => {
                for (index, violation) in violations.iter().enumerate() {
                    let separator = if index > 0 { "; " } else { "" };
                    write!(out, "{separator}{violation}")?;
                }
                Ok(())
            }
            Self::TooLarge { limit } => write!(out, "the form is longer than {limit} bytes"),
            Self::Transport(error) => write!(out, "{error}"),
        }
    }
}

impl std::error::Error for MultipartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Transport(error) => Some(error),
            _ => None,
        }
    }
}
