//! Operations: request and response types, grouped by tag.

use indexmap::IndexMap;

use crate::model::{Api, Docs, Location, Operation, OperationKind, Response, Status};

use super::bodies::{Bodies, BodyItem, ResponseBody};
use super::headers::HeaderSets;
use super::names::{Scope, Words, identifier};
use super::rust_type::{RustType, Spelling};
use super::status::status_name;

/// One operation.
#[derive(Debug, Clone)]
pub struct OperationItem {
    /// Its id.
    pub id: String,
    /// Who makes its request.
    pub kind: OperationKind,
    /// Upper case.
    pub method: String,
    /// The path template.
    pub path: String,
    /// Name of its method on trait and client.
    pub ident: String,
    /// Name of the request struct.
    pub request: String,
    /// Its text.
    pub docs: Docs,
    /// Parameters in document order.
    pub parameters: Vec<ParameterItem>,
    /// The request body.
    pub body: Option<BodyItem>,
    /// The response enum.
    pub response: ResponseItem,
    /// OR of ANDs of scheme names.
    pub security: Vec<Vec<String>>,
    /// What the handler learns of the caller.
    pub access: Access,
    /// What a client gets when all goes well.
    pub success: Success,
}

/// What a handler learns of its caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// A principal: some scheme has to be met.
    Required,
    /// Perhaps a principal: one alternative asks for nothing.
    Optional,
    /// Nothing: no scheme is asked for.
    Open,
}

/// One parameter, a field of the request struct.
#[derive(Debug, Clone)]
pub struct ParameterItem {
    /// Rust name.
    pub ident: String,
    /// Name on the wire.
    pub wire: String,
    /// Where it travels.
    pub location: Location,
    /// Type, without `Option`.
    pub ty: RustType,
    /// Whether it must be there.
    pub required: bool,
    /// Its text.
    pub docs: Docs,
}

/// The response enum.
#[derive(Debug, Clone)]
pub struct ResponseItem {
    /// Rust name.
    pub name: String,
    /// In document order.
    pub variants: Vec<ResponseVariant>,
}

/// One documented response.
#[derive(Debug, Clone)]
pub struct ResponseVariant {
    /// The statuses that it stands for.
    pub status: Status,
    /// Rust name.
    pub ident: String,
    /// Its text.
    pub docs: Docs,
    /// Struct of its headers.
    pub headers: Option<String>,
    /// Its body.
    pub body: Option<ResponseBody>,
}

/// What a client gets when all goes well.
#[derive(Debug, Clone)]
pub enum Success {
    /// One response: its variant's index.
    One(usize),
    /// Several, or none that is documented: the response itself, in these variants.
    Several(Vec<usize>),
}

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

/// Names of one operation.
#[derive(Debug, Clone)]
pub(super) struct OperationName {
    /// `GenerateLinkUserOAuthUrl`.
    pub(super) base: String,
    /// `generate_link_user_oauth_url`.
    ident: String,
}

/// Names every operation; a prefix that is stripped comes back where names would clash without it.
pub(super) fn names(api: &Api, words: &Words, prefixes: &[String]) -> Vec<OperationName> {
    let short = |id: &str| -> String {
        let rest = prefixes
            .iter()
            .find_map(|prefix| id.strip_prefix(prefix.as_str()));
        rest.filter(|rest| !rest.is_empty())
            .unwrap_or(id)
            .to_owned()
    };
    let mut uses: IndexMap<String, usize> = IndexMap::new();
    for operation in &api.operations {
        *uses.entry(words.camel(&short(&operation.id))).or_default() += 1;
    }
    let mut scope = Scope::default();
    let mut idents = Scope::default();
    api.operations
        .iter()
        .map(|operation| {
            let name = short(&operation.id);
            let clashes = uses
                .get(&words.camel(&name))
                .is_some_and(|count| *count > 1);
            let name = if clashes { operation.id.clone() } else { name };
            OperationName {
                base: scope.claim(&words.camel(&name)),
                ident: identifier(&idents.claim_snake(&words.snake(&name))),
            }
        })
        .collect()
}

/// Names of traits and handles that generated modules use themselves.
const RESERVED_TRAITS: &[&str] = &[
    "Arc",
    "Call",
    "Caller",
    "Client",
    "ClientBuilder",
    "Default",
    "Denied",
    "Error",
    "Future",
    "IntoFailure",
    "Operation",
    "Rejection",
    "Reply",
    "RequestHead",
    "Response",
    "Self",
    "Send",
    "Server",
    "Service",
    "Sync",
    "Transport",
];

/// Names of the methods that clients, builders and servers have of their own.
const RESERVED_HANDLES: &[&str] = &[
    "base_url",
    "body_limit",
    "builder",
    "build",
    "clone",
    "drop",
    "execute",
    "http",
    "into_router",
    "into_service",
    "new",
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

/// Every operation, in Rust's terms.
pub(super) fn items(
    spelling: &Spelling<'_>,
    words: &Words,
    names: &[OperationName],
    headers: &mut HeaderSets<'_>,
) -> Vec<OperationItem> {
    let mut bodies = Bodies::new(*spelling, words);
    let operations = spelling.api.operations.iter().zip(names);
    operations
        .map(|(operation, name)| item(spelling, words, operation, name, headers, &mut bodies))
        .collect()
}

fn item(
    spelling: &Spelling<'_>,
    words: &Words,
    operation: &Operation,
    name: &OperationName,
    headers: &mut HeaderSets<'_>,
    bodies: &mut Bodies<'_>,
) -> OperationItem {
    let mut scope = Scope::default();
    // The body is there under its own name even where a parameter is called so.
    let body = operation
        .body
        .as_ref()
        .and_then(|body| bodies.request(body, scope.claim("body"), &name.base));
    let parameters = operation
        .parameters
        .iter()
        .map(|parameter| {
            let plain = words.snake(&parameter.name);
            let proposed = if scope.is_free(&plain) {
                plain
            } else {
                format!("{}_{plain}", parameter.location.as_str())
            };
            ParameterItem {
                ident: identifier(&scope.claim_snake(&proposed)),
                wire: parameter.name.clone(),
                location: parameter.location,
                ty: spelling.plain(parameter.ty.id),
                required: parameter.required,
                docs: parameter.docs.clone(),
            }
        })
        .collect();
    let mut variants: Vec<ResponseVariant> = operation
        .responses
        .iter()
        .map(|response| variant(spelling, response, &name.base, headers, bodies))
        .collect();
    // A reader takes the first that matches: exact statuses before ranges, and `default` last.
    variants.sort_by_key(|variant| match variant.status {
        Status::Exact(_) => 0,
        Status::Range(_) => 1,
        Status::Default => 2,
    });
    let security = super::security::requirements(spelling.api, operation);
    OperationItem {
        id: operation.id.clone(),
        kind: operation.kind,
        method: operation.method.clone(),
        path: operation.path.clone(),
        ident: name.ident.clone(),
        request: format!("{}Request", name.base),
        docs: operation.docs.clone(),
        parameters,
        body,
        success: success(&variants),
        response: ResponseItem {
            name: format!("{}Response", name.base),
            variants,
        },
        access: access(&security),
        security,
    }
}

fn variant(
    spelling: &Spelling<'_>,
    response: &Response,
    base: &str,
    headers: &mut HeaderSets<'_>,
    bodies: &mut Bodies<'_>,
) -> ResponseVariant {
    let ident = status_name(response.status);
    ResponseVariant {
        status: response.status,
        docs: response.docs.clone(),
        headers: headers.of(spelling, &response.headers),
        body: bodies.response(&response.contents, &ident, base),
        ident,
    }
}

fn success(variants: &[ResponseVariant]) -> Success {
    let is_good = |variant: &ResponseVariant| match variant.status {
        Status::Exact(code) => (200..400).contains(&code),
        Status::Range(hundred) => matches!(hundred, 2 | 3),
        Status::Default => false,
    };
    let good: Vec<usize> = (0..variants.len())
        .filter(|index| is_good(&variants[*index]))
        .collect();
    match good.as_slice() {
        // The reply of a range tells which of its statuses came; the variant keeps that.
        [one] if matches!(variants[*one].status, Status::Exact(_)) => Success::One(*one),
        _ => Success::Several(good),
    }
}

fn access(security: &[Vec<String>]) -> Access {
    if security.iter().all(Vec::is_empty) {
        Access::Open
    } else if security.iter().any(Vec::is_empty) {
        Access::Optional
    } else {
        Access::Required
    }
}
