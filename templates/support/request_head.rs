//! What a handler knows of a request besides its typed parts.

use std::sync::Arc;

use http::{Extensions, HeaderMap, Method, Uri};

use crate::support::operation::OperationInfo;

/// The head of a request: all of it but the body.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct RequestHead {
    /// The method.
    pub method: Method,
    /// The request target.
    pub uri: Uri,
    /// All headers. Those that carry credentials are marked sensitive, so `Debug` hides them.
    pub headers: HeaderMap,
    /// What layers attached to the request, and the operation.
    pub extensions: Extensions,
    /// The operation, once the request is matched to one.
    pub operation: Option<&'static OperationInfo>,
    /// Whether what is answered is held against the document's constraints.
    pub(crate) checks_responses: bool,
}

impl RequestHead {
    /// Takes the head of a request that is not matched yet.
    pub fn new(parts: http::request::Parts) -> Self {
        Self {
            method: parts.method,
            uri: parts.uri,
            headers: parts.headers,
            extensions: parts.extensions,
            operation: None,
            checks_responses: false,
        }
    }
}

/// Who calls: what the security method made of the credential, and the head of the request.
///
/// `P` is the service's principal, `Option` of it where security is optional, and `()` where an
/// operation asks for none.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Caller<P> {
    /// The principal.
    pub principal: P,
    /// The head of the request.
    pub head: Arc<RequestHead>,
}

impl<P> Caller<P> {
    /// Makes a caller, say to call a handler in a test.
    pub fn new(principal: P, head: Arc<RequestHead>) -> Self {
        Self { principal, head }
    }
}
