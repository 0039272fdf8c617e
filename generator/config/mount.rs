//! Where a module tree hangs in the crate that includes it.

use std::fmt;

use serde::{Serialize, Serializer};

/// A module path from the root of a crate: `api`, or `generated::novu`.
///
/// Generated code and the support modules name each other by `crate::…`; written for a mount, the
/// same paths start at `crate::api::…`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mount(String);

/// Not a module path.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a module path such as `api` or `generated::novu`")]
pub struct MountError(String);

impl Mount {
    /// Reads a module path; a leading `crate::` may be left out.
    ///
    /// # Errors
    /// A segment that is not an identifier, or a keyword.
    pub fn parse(text: &str) -> Result<Self, MountError> {
        let path = text.strip_prefix("crate::").unwrap_or(text);
        let fine = path.split("::").all(is_identifier);
        if fine {
            Ok(Self(path.to_owned()))
        } else {
            Err(MountError(text.to_owned()))
        }
    }

    /// The path without `crate::`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a text is an ASCII identifier of Rust 2024 (`syn` does not know that `gen` is reserved).
pub(super) fn is_identifier(text: &str) -> bool {
    text.is_ascii() && text != "gen" && syn::parse_str::<syn::Ident>(text).is_ok()
}

impl fmt::Display for Mount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Mount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}
