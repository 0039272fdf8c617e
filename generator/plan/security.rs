//! Security schemes: a method of the service and a setter of the client each.

use crate::config::ApiConfig;
use crate::model::{Api, Docs, Location, SchemeKind};

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
    Bearer,
}

/// Every scheme that some operation asks for. Mutual TLS is settled below HTTP and has no method.
pub(super) fn items(api: &Api, words: &Words, config: &ApiConfig) -> Vec<SchemeItem> {
    let mut scope = Scope::reserving(["reject", "base_url", "build", "http", "transport", "timeout"]);
    let asked = |name: &str| api.operations.iter().any(|op| op.security.iter().flatten().any(|asked| asked == name));
    api.schemes
        .iter()
        .filter(|scheme| asked(&scheme.name))
        .filter_map(|scheme| {
            let prefix = config.security.get(&scheme.name).and_then(|scheme| scheme.prefix.clone());
            let credential = match &scheme.kind {
                SchemeKind::ApiKey { location: Location::Query, name } => Credential::Query(name.clone()),
                SchemeKind::ApiKey { location: Location::Cookie, name } => Credential::Cookie(name.clone()),
                SchemeKind::ApiKey { name, .. } => {
                    Credential::Header { name: name.clone(), prefix: prefix.unwrap_or_default() }
                }
                SchemeKind::Http { scheme } if scheme == "basic" => Credential::Basic,
                SchemeKind::Http { scheme } if scheme == "bearer" => Credential::Bearer,
                SchemeKind::Http { scheme } => Credential::Header {
                    name: "Authorization".to_owned(),
                    prefix: prefix.unwrap_or_else(|| format!("{} ", capitalised(scheme))),
                },
                SchemeKind::Bearer => Credential::Bearer,
                SchemeKind::MutualTls => return None,
            };
            Some(SchemeItem {
                name: scheme.name.clone(),
                ident: identifier(&scope.claim_snake(&words.snake(&scheme.name))),
                docs: scheme.docs.clone(),
                credential,
            })
        })
        .collect()
}

fn capitalised(scheme: &str) -> String {
    let mut chars = scheme.chars();
    chars.next().map(|c| c.to_ascii_uppercase()).into_iter().chain(chars).collect()
}
