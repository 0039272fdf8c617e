//! Security schemes: a method of the service and a setter of the client each.

use crate::config::ApiConfig;
use crate::model::{Api, Docs, Location, Operation, Requirement, SchemeKind};

use super::names::{Scope, Words, identifier};

/// One scheme.
#[derive(Debug, Clone)]
pub struct SchemeItem {
    /// Name in the document.
    pub name: String,
    /// Rust name of the method that checks it, and of the client's setter.
    pub ident: String,
    /// Its text.
    pub docs: Docs,
    /// Where its credential travels.
    pub credential: Credential,
}

/// Where a credential travels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credential {
    /// A header, after a prefix that the configuration gives (empty without one).
    Header {
        /// As written.
        name: String,
        /// Before the key, its own space included.
        prefix: String,
    },
    /// A query parameter.
    Query(String),
    /// A cookie.
    Cookie(String),
    /// `Authorization: Basic` (RFC 7617).
    Basic,
    /// `Authorization: Bearer` (RFC 6750).
    Bearer {
        /// Whether operations ask for scopes with it (`OAuth` 2, `OpenID` Connect).
        scoped: bool,
    },
}

/// Every scheme that some operation asks for, declared or not. Mutual TLS is settled below HTTP and has no method.
pub(super) fn items(api: &Api, words: &Words, config: &ApiConfig) -> Vec<SchemeItem> {
    let mut scope = Scope::reserving([
        "reject",
        "base_url",
        "build",
        "connect_timeout",
        "credential",
        "documented",
        "follow_redirects",
        "http",
        "new",
        "on_request",
        "on_request_async",
        "on_response",
        "on_response_async",
        "read_timeout",
        "response_limit",
        "retries",
        "server",
        "timeout",
        "together",
        "transport",
    ]);
    let asked = |name: &str| {
        api.operations.iter().any(|op| {
            op.security
                .iter()
                .flatten()
                .any(|asked| asked.scheme == name)
        })
    };
    let declared = api
        .schemes
        .iter()
        .filter(|scheme| asked(&scheme.name))
        .filter_map(|scheme| {
            let prefix = config
                .security
                .get(&scheme.name)
                .and_then(|scheme| scheme.prefix.clone());
            let credential = credential(&scheme.kind, prefix)?;
            Some((scheme.name.clone(), scheme.docs.clone(), credential))
        });
    // What a requirement names and nothing declares: a server has to decide about it all the same.
    let mut undeclared: Vec<String> = Vec::new();
    for asked in api
        .operations
        .iter()
        .flat_map(|operation| operation.security.iter().flatten())
    {
        let name = &asked.scheme;
        if !undeclared.contains(name) && !api.schemes.iter().any(|scheme| scheme.name == *name) {
            undeclared.push(name.clone());
        }
    }
    let undeclared = undeclared.into_iter().map(|name| {
        let credential = Credential::Header {
            name: "Authorization".to_owned(),
            prefix: String::new(),
        };
        let description =
            "The document does not declare this scheme: its credential is the whole header.";
        (
            name,
            Docs {
                description: Some(description.to_owned()),
                ..Docs::default()
            },
            credential,
        )
    });
    declared
        .chain(undeclared)
        .map(|(name, docs, credential)| {
            let ident = identifier(&scope.claim_snake(&words.snake(&name)));
            SchemeItem {
                name,
                ident,
                docs,
                credential,
            }
        })
        .collect()
}

fn credential(kind: &SchemeKind, prefix: Option<String>) -> Option<Credential> {
    Some(match kind {
        SchemeKind::ApiKey {
            location: Location::Query,
            name,
        } => Credential::Query(name.clone()),
        SchemeKind::ApiKey {
            location: Location::Cookie,
            name,
        } => Credential::Cookie(name.clone()),
        SchemeKind::ApiKey { name, .. } => Credential::Header {
            name: name.clone(),
            prefix: prefix.unwrap_or_default(),
        },
        SchemeKind::Http { scheme } if scheme == "basic" => Credential::Basic,
        SchemeKind::Http { scheme } if scheme == "bearer" => Credential::Bearer { scoped: false },
        SchemeKind::Http { scheme } => Credential::Header {
            name: "Authorization".to_owned(),
            prefix: prefix.unwrap_or_else(|| format!("{} ", capitalised(scheme))),
        },
        SchemeKind::Bearer => Credential::Bearer { scoped: true },
        SchemeKind::MutualTls => return None,
    })
}

/// The requirements without the schemes that are settled below HTTP.
pub(super) fn requirements(api: &Api, operation: &Operation) -> Vec<Vec<Requirement>> {
    let below = |asked: &Requirement| {
        api.schemes
            .iter()
            .any(|scheme| scheme.name == asked.scheme && scheme.kind == SchemeKind::MutualTls)
    };
    let alternatives = operation.security.iter();
    alternatives
        .map(|all| all.iter().filter(|asked| !below(asked)).cloned().collect())
        .collect()
}

fn capitalised(scheme: &str) -> String {
    let mut chars = scheme.chars();
    chars
        .next()
        .map(|c| c.to_ascii_uppercase())
        .into_iter()
        .chain(chars)
        .collect()
}
