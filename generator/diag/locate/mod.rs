//! From a JSON pointer to line and column, by one scan of the text.
//!
//! Nothing is kept while a document is read: only when something is shown is its text scanned
//! again, so a document without faults pays nothing.

use super::{Format, Pointer};

/// A stretch of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
    /// The first byte, from 0.
    pub offset: usize,
    /// How many bytes; 0 where only a point is known.
    pub length: usize,
}

/// Where a node is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Location {
    /// Its key; `None` for the root and in an array.
    pub key: Option<Span>,
    /// Its value; for an object or array, its first character.
    pub value: Span,
    /// Whether the value is an object or an array.
    pub container: bool,
}
