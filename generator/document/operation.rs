//! Paths and operations.

use indexmap::IndexMap;

use super::{
    ExternalDocs, Node, Parameter, RefOr, Reference, RequestBody, Response, SecurityRequirement,
    Server,
};
use crate::diag::Place;

/// The Path Item Object.
#[derive(Debug, Clone)]
pub struct PathItem {
    /// Where it is written.
    pub place: Place,
    /// A path item that this one stands for; its own members are kept beside it.
    pub reference: Option<Reference>,
    /// One line, for all operations.
    pub summary: Option<String>,
    /// Markdown, for all operations.
    pub description: Option<String>,
    /// In place of the document's servers; empty when not stated.
    pub servers: Vec<Server>,
    /// Parameters of every operation here.
    pub parameters: Vec<RefOr<Parameter>>,
    /// In document order, `additionalOperations` (3.2) included.
    pub operations: Vec<Operation>,
    /// The `x-` members.
    pub extensions: IndexMap<String, Node>,
}

/// The Operation Object.
#[derive(Debug, Clone)]
pub struct Operation {
    /// Where it is written.
    pub place: Place,
    /// In upper case, such as `GET` or `QUERY`; as written under `additionalOperations`.
    pub method: String,
    /// The author's identifier.
    pub operation_id: Option<String>,
    /// The tags it is listed under, as written.
    pub tags: Vec<String>,
    /// One line.
    pub summary: Option<String>,
    /// Markdown.
    pub description: Option<String>,
    /// Callers should stop using it.
    pub deprecated: bool,
    /// Its own parameters, without those of the path item.
    pub parameters: Vec<RefOr<Parameter>>,
    /// What is sent.
    pub request_body: Option<RefOr<RequestBody>>,
    /// What is answered, by `200`, `4XX` or `default`.
    pub responses: IndexMap<String, RefOr<Response>>,
    /// In place of the document's security; `Some` and empty means none is needed.
    pub security: Option<Vec<SecurityRequirement>>,
    /// In place of the path item's servers; empty when not stated.
    pub servers: Vec<Server>,
    /// Further documentation.
    pub external_docs: Option<ExternalDocs>,
    /// Requests that the API makes in answer to it, by name.
    pub callbacks: IndexMap<String, RefOr<Callback>>,
    /// The `x-` members.
    pub extensions: IndexMap<String, Node>,
}

/// The Callback Object.
#[derive(Debug, Clone)]
pub struct Callback {
    /// Where it is written.
    pub place: Place,
    /// What is sent, by the expression that says where to.
    pub items: IndexMap<String, PathItem>,
}
