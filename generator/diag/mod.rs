//! Diagnostics: what was found, where, and how to mend it.
//!
//! Stages never print and never stop at the first fault: they push into a [`Sink`] and go on, so
//! that a user sees everything at once. A [`Diagnostic`] names its place by file and JSON pointer;
//! line and column are found only when it is shown, by one scan of the text (see [`locate`]).

use std::fmt;

/// How bad a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nothing is lost.
    Note,
    /// Something in the document is not carried into Rust, or is probably a mistake.
    Warning,
    /// The document cannot be used: nothing is generated.
    Error,
}

/// Index of a file in a [`Document`](crate::document::Document); 0 is the one that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct FileId(pub u32);

/// A JSON Pointer (RFC 6901), in its string form: empty for the whole document, else `/a/b~1c/0`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Pointer(String);

/// Where in which file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The node in it.
    pub pointer: Pointer,
}
