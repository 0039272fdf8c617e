//! Parameters and headers.

use indexmap::IndexMap;

use super::{Examples, MediaType, Node, RefOr, Schema};
use crate::diag::Place;

/// Where a parameter or an API key travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ParameterIn {
    /// A segment of the path.
    Path,
    /// One member of the query string.
    Query,
    /// The whole query string (3.2).
    QueryString,
    /// A request header.
    Header,
    /// A cookie.
    Cookie,
}

impl ParameterIn {
    /// Every location, in the specification's order.
    pub const ALL: [Self; 5] = [
        Self::Query,
        Self::QueryString,
        Self::Header,
        Self::Path,
        Self::Cookie,
    ];

    /// As written in a document: `querystring` for [`ParameterIn::QueryString`].
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::QueryString => "querystring",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }

    /// The location written so.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|place| place.name() == name)
    }
}

/// The Parameter Object.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "they are the specification's fields"
)]
pub struct Parameter {
    /// Where it is written.
    pub place: Place,
    /// Its name on the wire.
    pub name: String,
    /// Where it travels.
    pub location: ParameterIn,
    /// Markdown.
    pub description: Option<String>,
    /// Whether it must be sent; always true in a path.
    pub required: bool,
    /// Callers should stop using it.
    pub deprecated: bool,
    /// A query parameter may be sent without a value.
    pub allow_empty_value: bool,
    /// How a value is written out, as written; `None` when not stated.
    pub style: Option<String>,
    /// Whether arrays and objects become several parameters; `None` when not stated.
    pub explode: Option<bool>,
    /// Reserved characters are sent as they are.
    pub allow_reserved: bool,
    /// What the value is; `content` is the other way to say it.
    pub schema: Option<Schema>,
    /// A media type (at most one is allowed) in which the value is written.
    pub content: IndexMap<String, RefOr<MediaType>>,
    /// Examples of the value.
    pub examples: Examples,
    /// The `x-` members.
    pub extensions: IndexMap<String, Node>,
}

/// The Header Object.
#[derive(Debug, Clone)]
pub struct Header {
    /// Where it is written.
    pub place: Place,
    /// Markdown.
    pub description: Option<String>,
    /// Whether it is always sent.
    pub required: bool,
    /// Callers should stop using it.
    pub deprecated: bool,
    /// As written; only `simple` is allowed.
    pub style: Option<String>,
    /// As written; `None` when not stated.
    pub explode: Option<bool>,
    /// What the value is.
    pub schema: Option<Schema>,
    /// A media type (at most one is allowed) in which the value is written.
    pub content: IndexMap<String, RefOr<MediaType>>,
    /// Examples of the value.
    pub examples: Examples,
    /// The `x-` members.
    pub extensions: IndexMap<String, Node>,
}
