//! Media types, their encodings and examples.

use std::sync::Arc;

use indexmap::IndexMap;

use super::{Header, Node, RefOr, Schema};
use crate::diag::Place;

/// The Media Type Object.
#[derive(Debug, Clone)]
pub struct MediaType {
    /// Where it is written.
    pub place: Place,
    /// What the whole content is.
    pub schema: Option<Schema>,
    /// What each item of a stream is (3.2).
    pub item_schema: Option<Schema>,
    /// Examples of the content.
    pub examples: Examples,
    /// How the members of a form are written, by member.
    pub encoding: IndexMap<String, Encoding>,
    /// How the items of a multipart content are written, by position (3.2).
    pub prefix_encoding: Vec<Encoding>,
    /// How every further item is written (3.2).
    pub item_encoding: Option<Box<Encoding>>,
    /// The `x-` members.
    pub extensions: IndexMap<String, Node>,
}

/// The Encoding Object.
#[derive(Debug, Clone)]
pub struct Encoding {
    /// Where it is written.
    pub place: Place,
    /// A media type, or several with commas between.
    pub content_type: Option<String>,
    /// Headers of the part.
    pub headers: IndexMap<String, RefOr<Header>>,
    /// As written; `None` when not stated.
    pub style: Option<String>,
    /// As written; `None` when not stated.
    pub explode: Option<bool>,
    /// Reserved characters are sent as they are.
    pub allow_reserved: bool,
    /// Where the encodings of a part's own parts are written (3.2).
    pub nested: Vec<Place>,
}

/// `example` and `examples` in one: name and example. `example` has the name `""`. What is made of a document
/// shares them with it.
#[derive(Debug, Clone, Default)]
pub struct Examples(pub Arc<Vec<(String, RefOr<Example>)>>);

impl Examples {
    /// Adds more.
    pub(super) fn extend(&mut self, more: impl IntoIterator<Item = (String, RefOr<Example>)>) {
        Arc::make_mut(&mut self.0).extend(more);
    }
}

/// The Example Object.
#[derive(Debug, Clone)]
pub struct Example {
    /// Where it is written; for a bare `example`, the value itself.
    pub place: Place,
    /// One line.
    pub summary: Option<String>,
    /// Markdown.
    pub description: Option<String>,
    /// The value: `value`, or 3.2's `dataValue`.
    pub value: Option<Node>,
    /// The value as it stands on the wire (3.2's `serializedValue`).
    pub serialized: Option<String>,
    /// The URL of the value.
    pub external: Option<String>,
}
