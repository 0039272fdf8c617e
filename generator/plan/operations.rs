//! Operations: request and response types, grouped by tag.

use indexmap::IndexMap;

use crate::model::{Api, Docs, Operation, OperationKind, Requirement, Response, Status};

use super::bodies::{Bodies, BodyForm, BodyItem, ResponseBody};
use super::failures::{self, FailureItem};
use super::headers::HeaderSets;
use super::names::{Scope, Words, identifier};
use super::parameters::{self, ParameterItem};
use super::rust_type::Spelling;
use super::status::status_name;
use super::structs::Parts;

/// One operation.
#[derive(Debug, Clone)]
pub struct OperationItem {
    /// Its id.
    pub id: String,
    /// Its first tag, as the document has it.
    pub tag: Option<String>,
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
    /// OR of ANDs of schemes.
    pub security: Vec<Vec<Requirement>>,
    /// What the handler learns of the caller.
    pub access: Access,
    /// What a client gets when all goes well.
    pub success: Success,
}

impl OperationItem {
    /// Whether it has a body that is read as it comes.
    #[must_use]
    pub fn is_streamed(&self) -> bool {
        let responses = self.response.variants.iter();
        let responses = responses.filter_map(|variant| Some(&variant.body.as_ref()?.form));
        let request = self.body.iter().map(|body| &body.form);
        request.chain(responses).any(BodyForm::is_streamed)
    }
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

/// The response enum.
#[derive(Debug, Clone)]
pub struct ResponseItem {
    /// Rust name.
    pub name: String,
    /// In document order; where it has failures, all others.
    pub variants: Vec<ResponseVariant>,
    /// The failures.
    pub failure: Option<FailureItem>,
}

/// One documented response.
#[derive(Debug, Clone, PartialEq)]
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
    /// Several, or none that is documented: the response itself.
    Several,
}

impl ResponseItem {
    /// All responses, failures last.
    pub fn all(&self) -> impl Iterator<Item = &ResponseVariant> {
        let failures = self.failure.iter().flat_map(|failure| &failure.variants);
        self.variants.iter().chain(failures)
    }

    /// Those that are written with the operation: not failures whose type is another's.
    pub fn written(&self) -> impl Iterator<Item = &ResponseVariant> {
        let own = self.failure.iter();
        let own = own.filter(|failure| !failure.is_elsewhere && failure.like.is_none());
        self.variants
            .iter()
            .chain(own.flat_map(|failure| &failure.variants))
    }
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

/// Every operation, in Rust's terms.
pub(super) fn items(
    parts: &Parts<'_>,
    names: &[OperationName],
    headers: &mut HeaderSets<'_>,
) -> Vec<OperationItem> {
    let mut bodies = Bodies::new(parts);
    let operations = parts.spelling.api.operations.iter().zip(names);
    let mut items: Vec<OperationItem> = operations
        .map(|(operation, name)| item(parts, operation, name, headers, &mut bodies))
        .collect();
    failures::share(&mut items, &parts.spelling);
    items
}

fn item(
    parts: &Parts<'_>,
    operation: &Operation,
    name: &OperationName,
    headers: &mut HeaderSets<'_>,
    bodies: &mut Bodies<'_>,
) -> OperationItem {
    let spelling = &parts.spelling;
    let mut scope = Scope::default();
    // The body is there under its own name even where a parameter is called so.
    let body = operation
        .body
        .as_ref()
        .and_then(|body| bodies.request(body, scope.claim("body"), &name.base));
    let parameters = parameters::items(parts, operation, &mut scope);
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
    let (variants, failure) = failures::split(variants, &name.base);
    let security = super::security::requirements(spelling.api, operation);
    OperationItem {
        id: operation.id.clone(),
        tag: operation.tag.clone(),
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
            failure,
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
        body: bodies.response(
            &response.contents,
            &ident,
            base,
            response.status.is_success(),
        ),
        ident,
    }
}

fn success(variants: &[ResponseVariant]) -> Success {
    let good: Vec<usize> = (0..variants.len())
        .filter(|index| variants[*index].status.is_success())
        .collect();
    match good.as_slice() {
        // The reply of a range tells which of its statuses came; the variant keeps that.
        [one] if matches!(variants[*one].status, Status::Exact(_)) && variants.len() == 1 => {
            Success::One(*one)
        }
        _ => Success::Several,
    }
}

fn access(security: &[Vec<Requirement>]) -> Access {
    if security.iter().all(Vec::is_empty) {
        Access::Open
    } else if security.iter().any(Vec::is_empty) {
        Access::Optional
    } else {
        Access::Required
    }
}
