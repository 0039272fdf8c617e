//! Security schemes and what requires them.

use indexmap::IndexMap;

use super::{Node, ParameterIn};
use crate::diag::Place;

/// One alternative: all of these schemes, each with its scopes. Empty means anonymous.
#[derive(Debug, Clone)]
pub struct SecurityRequirement {
    /// Where it is written.
    pub place: Place,
    /// Scheme names (or, in 3.2, references) and scopes or roles.
    pub schemes: IndexMap<String, Vec<String>>,
}

/// The Security Scheme Object.
#[derive(Debug, Clone)]
pub struct SecurityScheme {
    /// Where it is written.
    pub place: Place,
    /// Markdown.
    pub description: Option<String>,
    /// What it is.
    pub kind: SecurityKind,
    /// Callers should stop using it (3.2).
    pub deprecated: bool,
    /// The `x-` members.
    pub extensions: IndexMap<String, Node>,
}

/// The types of security scheme.
#[derive(Debug, Clone)]
pub enum SecurityKind {
    /// A key in a header, the query or a cookie.
    ApiKey {
        /// The header's, parameter's or cookie's name.
        name: String,
        /// Where it travels.
        location: ParameterIn,
    },
    /// A scheme of the `Authorization` header (RFC 9110, section 11).
    Http {
        /// As written, such as `bearer`; compared without regard to case.
        scheme: String,
        /// What a bearer token looks like.
        bearer_format: Option<String>,
    },
    /// OAuth 2.0 (RFC 6749).
    OAuth2 {
        /// The OAuth Flows Object as written.
        flows: Node,
    },
    /// `OpenID` Connect Discovery.
    OpenIdConnect {
        /// The discovery URL.
        url: String,
    },
    /// A client certificate (3.1).
    MutualTls,
}
