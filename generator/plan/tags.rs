//! Groups of operations, one for each tag.

use indexmap::IndexMap;

use crate::model::{Api, Docs, OperationKind};

use super::ServerItem;
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
    /// Its name, or what stands for it, in lower case with underscores.
    pub word: String,
    /// Indices of its operations.
    pub operations: Vec<usize>,
}

/// Names of traits and handles that generated modules, or the macros that they call, use themselves.
const RESERVED_TRAITS: &[&str] = &[
    "Arc",
    "BasicCredentials",
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
    "Settings",
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
    "add",
    "base_of",
    "base_url",
    "body_limit",
    "attach_secrets",
    "attempt",
    "attempts",
    "builder",
    "build",
    "catch_panics",
    "check_responses",
    "clone",
    "configure",
    "drop",
    "exchange",
    "execute",
    "http",
    "into_router",
    "into_service",
    "new",
    "only",
    "open",
    "optional",
    "persist",
    "required",
    "route",
    "send",
    "shared",
    "transport",
];

/// Groups operations by their first tag, in order of first use.
pub(super) fn tags(api: &Api, words: &Words, servers: &[ServerItem]) -> Vec<TagItem> {
    let mut groups: IndexMap<(OperationKind, Option<&str>), Vec<usize>> = IndexMap::new();
    for (index, operation) in api.operations.iter().enumerate() {
        let tag = operation.tag.as_deref();
        let tag = tag.filter(|_| operation.kind == OperationKind::Call);
        groups.entry((operation.kind, tag)).or_default().push(index);
    }
    let choices = servers.iter().flat_map(|server| &server.variables);
    let choices = choices.filter_map(|variable| Some(variable.choice.as_ref()?.name.as_str()));
    let names = servers.iter().map(|server| server.name.as_str());
    let mut traits = Scope::reserving(names.chain(choices));
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
            let word = match (kind, name) {
                (OperationKind::Call, None) => "untagged".to_owned(),
                _ => ident.clone(),
            };
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
                word,
                operations,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Methods of a type in the support modules.
    fn methods<'t>(text: &'t str, of: &str) -> Vec<&'t str> {
        let mut inside = false;
        let mut found = Vec::new();
        for line in text.lines() {
            if line.starts_with("impl") {
                inside = line.contains(of) && !line.contains(" for ");
            }
            let function = line.trim_start().trim_start_matches("pub(crate) ");
            let function = function.trim_start_matches("pub ");
            let function = function.trim_start_matches("async ");
            if let Some(rest) = function.strip_prefix("fn ")
                && line.starts_with("    ")
                && !line.starts_with("     ")
                && inside
            {
                let end = rest.find(['(', '<']).unwrap();
                found.push(&rest[..end]);
            }
        }
        found
    }

    #[test]
    fn a_handle_is_called_like_no_method() {
        let server = [
            include_str!("../../templates/support/server.rs"),
            include_str!("../../templates/support/route.rs"),
        ];
        let client = [
            include_str!("../../templates/support/client.rs"),
            include_str!("../../templates/support/exchange.rs"),
        ];
        let methods: Vec<&str> = server
            .iter()
            .flat_map(|text| methods(text, " Server<S>"))
            .chain(client.iter().flat_map(|text| methods(text, " Client ")))
            .collect();
        assert!(methods.contains(&"open") && methods.contains(&"exchange"));
        for method in methods {
            assert!(RESERVED_HANDLES.contains(&method), "`{method}`");
        }
    }
}
