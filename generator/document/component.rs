//! The Components Object.

use std::collections::HashMap;

use indexmap::IndexMap;

use super::{
    Callback, Example, Header, MediaType, Parameter, PathItem, RefOr, RequestBody, Response,
    Schema, SecurityScheme,
};
use crate::diag::Place;

/// What references name.
#[derive(Debug, Clone, Default)]
pub struct Components {
    /// A schema carries its own `$ref`.
    pub schemas: IndexMap<String, Schema>,
    /// Responses.
    pub responses: IndexMap<String, RefOr<Response>>,
    /// Parameters.
    pub parameters: IndexMap<String, RefOr<Parameter>>,
    /// Examples.
    pub examples: IndexMap<String, RefOr<Example>>,
    /// Request bodies.
    pub request_bodies: IndexMap<String, RefOr<RequestBody>>,
    /// Headers.
    pub headers: IndexMap<String, RefOr<Header>>,
    /// Security schemes.
    pub security_schemes: IndexMap<String, RefOr<SecurityScheme>>,
    /// A path item carries its own `$ref` (3.1).
    pub path_items: IndexMap<String, PathItem>,
    /// Media types (3.2).
    pub media_types: IndexMap<String, RefOr<MediaType>>,
    /// Where links are written.
    pub links: Vec<Place>,
    /// Callbacks.
    pub callbacks: IndexMap<String, RefOr<Callback>>,
    /// What references name that is no component.
    pub elsewhere: Elsewhere,
}

/// What references name in other files, or in this one where no component stands.
#[derive(Debug, Clone, Default)]
pub struct Elsewhere {
    pub(super) schemas: HashMap<Place, Schema>,
    pub(super) responses: HashMap<Place, RefOr<Response>>,
    pub(super) parameters: HashMap<Place, RefOr<Parameter>>,
    pub(super) examples: HashMap<Place, RefOr<Example>>,
    pub(super) request_bodies: HashMap<Place, RefOr<RequestBody>>,
    pub(super) headers: HashMap<Place, RefOr<Header>>,
    pub(super) security_schemes: HashMap<Place, RefOr<SecurityScheme>>,
    pub(super) path_items: HashMap<Place, PathItem>,
    pub(super) media_types: HashMap<Place, RefOr<MediaType>>,
    pub(super) callbacks: HashMap<Place, RefOr<Callback>>,
}
