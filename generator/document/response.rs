//! Request bodies and responses.

use indexmap::IndexMap;

use super::{Header, MediaType, Node, RefOr};
use crate::diag::Place;

/// The Request Body Object.
#[derive(Debug, Clone)]
pub struct RequestBody {
    /// Where it is written.
    pub place: Place,
    /// Markdown.
    pub description: Option<String>,
    /// Whether it must be sent.
    pub required: bool,
    /// By media type or range, as written.
    pub content: IndexMap<String, RefOr<MediaType>>,
    /// The `x-` members.
    pub extensions: IndexMap<String, Node>,
}

/// The Response Object.
#[derive(Debug, Clone)]
pub struct Response {
    /// Where it is written.
    pub place: Place,
    /// Markdown; empty when missing.
    pub description: String,
    /// One line (3.2).
    pub summary: Option<String>,
    /// By name as written.
    pub headers: IndexMap<String, RefOr<Header>>,
    /// By media type or range, as written.
    pub content: IndexMap<String, RefOr<MediaType>>,
    /// Where its links are written.
    pub links: Vec<Place>,
    /// The `x-` members.
    pub extensions: IndexMap<String, Node>,
}
