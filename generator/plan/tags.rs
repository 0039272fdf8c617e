//! Groups of operations, one for each tag.

use indexmap::IndexMap;

use crate::model::{Api, Docs, OperationKind};

use super::names::{Scope, Words, identifier};

/// Operations with one tag.
#[derive(Debug, Clone)]
pub struct TagItem {
    /// Who makes their requests; webhooks and callbacks are grouped by this alone.
    pub kind: OperationKind,
    /// Name in the document; none for operations without a tag.
    pub name: Option<String>,
    /// Its text.
    pub docs: Docs,
    /// A web page that says more.
    pub link: Option<String>,
    /// Name of the trait and of the client's handle.
    pub trait_name: String,
    /// Name of the methods that lead to it.
    pub ident: String,
    /// Indices of its operations.
    pub operations: Vec<usize>,
}

/// Names of traits and handles that generated modules, or the macros that they call, use themselves.
const RESERVED_TRAITS: &[&str] = &[
    "Arc",
    "BoxFuture",
    "BuildError",
    "CachedTokens",
    "Box",
    "Call",
    "Caller",
    "Client",
    "ClientBuilder",
    "Credential",
    "Default",
    "Denied",
    "Duration",
    "Clone",
    "Debug",
    "Err",
    "Error",
    "From",
    "Future",
    "Hints",
    "HttpTransport",
    "IntoFailure",
    "Items",
    "Operation",
    "Outcome",
    "Paged",
    "Pages",
    "Paging",
    "Payload",
    "Into",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "PartialEq",
    "Rejection",
    "Reply",
    "RequestHead",
    "Response",
    "ResponseHead",
    "RetryPolicy",
    "SecretString",
    "Result",
    "Self",
    "Send",
    "Server",
    "ServerUrl",
    "Service",
    "Succeeds",
    "Some",
    "String",
    "Sync",
    "Token",
    "TokenError",
    "TokenProvider",
    "Transport",
    "TransportError",
    "Variable",
    "ToString",
    "Vec",
];

/// Names of the methods that clients, builders and servers have of their own.
const RESERVED_HANDLES: &[&str] = &[
    "base_of",
    "base_url",
    "body_limit",
    "attach_secrets",
    "attempt",
    "attempts",
    "builder",
    "build",
    "clone",
    "drop",
    "exchange",
    "execute",
    "http",
    "into_router",
    "into_service",
    "new",
    "persist",
    "send",
    "transport",
];

/// Groups operations by their first tag, in order of first use.
pub(super) fn tags(api: &Api, words: &Words) -> Vec<TagItem> {
    let mut groups: IndexMap<(OperationKind, Option<&str>), Vec<usize>> = IndexMap::new();
    for (index, operation) in api.operations.iter().enumerate() {
        let tag = operation.tag.as_deref();
        let tag = tag.filter(|_| operation.kind == OperationKind::Call);
        groups.entry((operation.kind, tag)).or_default().push(index);
    }
    let mut traits = Scope::default();
    let mut handles = Scope::default();
    groups
        .into_iter()
        .map(|((kind, name), operations)| {
            let word = match kind {
                OperationKind::Call => name.unwrap_or("Operations"),
                OperationKind::Webhook => "Webhooks",
                OperationKind::Callback => "Callbacks",
            };
            let tag = name.and_then(|name| api.tags.get(name));
            let mut camel = words.camel(word);
            if RESERVED_TRAITS.contains(&camel.as_str()) {
                camel.push_str("Api");
            }
            let mut ident = words.snake(word);
            if RESERVED_HANDLES.contains(&ident.as_str()) {
                ident.push_str("_api");
            }
            TagItem {
                kind,
                name: name.map(str::to_owned),
                docs: Docs {
                    description: tag.and_then(|tag| tag.description.clone()),
                    ..Docs::default()
                },
                link: tag.and_then(|tag| tag.link.clone()),
                trait_name: traits.claim(&camel),
                ident: identifier(&handles.claim_snake(&ident)),
                operations,
            }
        })
        .collect()
}
