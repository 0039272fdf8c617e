//! Module `server`: what every tag shares, a trait per tag, and the routes.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::OperationKind;
use crate::output::{Block, FileJob, Function, Part, Table};
use crate::plan::{Access, Credential, OperationItem, RustPlan, SchemeItem, TagItem};

use crate::text::code_span;

use super::literal::ident;
use super::operations::{operation_lines, scheme_constant};
use super::{Of, docs};

pub(super) fn job<'p>(plan: &'p RustPlan, of: Of<'p>) -> FileJob<'p> {
    let words = "The server: a trait per tag, to be implemented over [`Service`], and [`Server`], which serves them.";
    let words = of.docs(words, "The trait");
    let mut job = FileJob::new(of.path("server"), words).chunk(move || {
        let imports = imports(plan, of);
        if of.is_part() {
            return vec![Part::Items(imports)];
        }
        let service = service(plan);
        let modules = of.modules(|plan| !plan.operations.is_empty());
        vec![
            Part::Items(quote!(#imports #modules #service)),
            Part::Table(schemes(plan)),
        ]
    });
    for tag in &plan.tags {
        job.push(move || {
            vec![
                Part::Block(tag_trait(plan, tag)),
                Part::Table(routes(plan, tag)),
            ]
        });
    }
    job
}

fn imports(plan: &RustPlan, of: Of<'_>) -> TokenStream {
    let schemes: &[SchemeItem] = if of.is_part() { &[] } else { &plan.schemes };
    let future = (!plan.operations.is_empty() || !schemes.is_empty()).then(|| {
        if plan.joins_credentials && !of.is_part() {
            quote!(
                use std::future::{Future, ready};
            )
        } else {
            quote!(
                use std::future::Future;
            )
        }
    });
    let mut used: Vec<String> = schemes
        .iter()
        .map(|scheme| scheme_constant(scheme).to_string())
        .collect();
    for operation in &plan.operations {
        used.push(operation.request.clone());
        used.push(operation.response.name.clone());
    }
    used.sort();
    let used: Vec<_> = used.iter().map(|name| ident(name)).collect();
    let operations = (!used.is_empty()).then(|| quote!(use crate::operations::{#(#used),*};));
    let routes = (!plan.tags.is_empty()).then(|| {
        quote!(
            use crate::support::route::routes;
        )
    });
    if of.is_part() {
        return quote! {
            #future

            #operations
            use crate::server::{Caller, Service};
            #routes
        };
    }
    let basic = has_basic(plan).then(|| {
        quote!(
            pub use crate::support::basic_credentials::BasicCredentials;
        )
    });
    quote! {
        #future

        use axum::response::Response;

        #operations
        use crate::support::guard::schemes;
        #routes

        #basic
        pub use crate::support::endpoint::Settings;
        pub use crate::support::failure::Failure;
        pub use crate::support::operation::OperationInfo;
        pub use crate::support::rejection::{Cause, Denied, IntoFailure, Rejection};
        pub use crate::support::request_head::{Caller, RequestHead};
        pub use crate::support::server::{ApiService, DEFAULT_BODY_LIMIT, Server};
    }
}

fn service(plan: &RustPlan) -> TokenStream {
    let methods = plan.schemes.iter().map(scheme_method);
    let together = plan.joins_credentials.then(|| {
        quote! {
            #[doc = " What several credentials that an operation asks for together turn into, in the document's order: the first one's"]
            #[doc = " principal, unless this is overridden."]
            fn together(
                &self,
                first: Self::Principal,
                others: Vec<Self::Principal>,
                head: &RequestHead,
            ) -> impl Future<Output = Result<Self::Principal, Denied>> + Send {
                let _ = (others, head);
                ready(Ok(first))
            }
        }
    });
    quote! {
        #[doc = " What all tags share: who may call, and how failures look."]
        pub trait Service: Send + Sync + 'static {
            #[doc = " What a good credential turns into, such as a user; handlers get it with the [`Caller`]."]
            type Principal: Send + Sync + 'static;

            #[doc = " The error of the handlers, for what is no documented response."]
            type Error: IntoFailure + Send;

            #(#methods)*

            #together

            #[doc = " Renders what the server refuses before a handler runs; as problem details unless overridden."]
            fn reject(&self, rejection: Rejection, head: &RequestHead) -> Response {
                let _ = head;
                rejection.problem()
            }
        }
    }
}

/// The first line of a scheme's documentation, with what `prefixed` says of its prefix.
pub(super) fn scheme_lines(scheme: &SchemeItem, does: &str, prefixed: &str) -> Vec<String> {
    let prefix = match &scheme.credential {
        Credential::Header { prefix, .. } if !prefix.is_empty() => {
            prefixed.replace("{prefix}", &code_span(prefix))
        }
        _ => String::new(),
    };
    let mut lines = docs::prose(&format!(
        "{does} of the scheme `{}`{prefix}.",
        code_span(&scheme.name)
    ));
    if let Some(description) = &scheme.docs.description {
        lines.push(String::new());
        lines.extend(docs::prose(description));
    }
    lines
}

/// Whether some scheme has a user and a password for its credential.
pub(super) fn has_basic(plan: &RustPlan) -> bool {
    let mut schemes = plan.schemes.iter();
    schemes.any(|scheme| scheme.credential == Credential::Basic)
}

/// What the method of a scheme checks: names and types.
pub(super) fn credential(scheme: &SchemeItem) -> Vec<(TokenStream, TokenStream)> {
    match scheme.credential {
        Credential::Basic => vec![(quote!(credential), quote!(&BasicCredentials))],
        Credential::Bearer { scoped: true } => vec![
            (quote!(token), quote!(&str)),
            (quote!(scopes), quote!(&'static [&'static str])),
        ],
        _ => vec![(quote!(credential), quote!(&str))],
    }
}

fn scheme_method(scheme: &SchemeItem) -> TokenStream {
    let name = ident(&scheme.ident);
    let does = match scheme.credential {
        Credential::Bearer { scoped: true } => "Checks a token for all of `scopes`",
        _ => "Checks a credential",
    };
    let lines = scheme_lines(scheme, does, ", with the prefix `{prefix}` taken off");
    let attributes = docs::lines_as_attributes(&lines);
    let credential = credential(scheme);
    let credential = credential.iter().map(|(name, ty)| quote!(#name: #ty,));
    quote! {
        #attributes
        fn #name(
            &self,
            #(#credential)*
            head: &RequestHead,
        ) -> impl Future<Output = Result<Self::Principal, Denied>> + Send;
    }
}

fn schemes(plan: &RustPlan) -> Table {
    let mut table = Table::new("schemes");
    table.push_open("Service {");
    for scheme in &plan.schemes {
        let kind = match scheme.credential {
            Credential::Basic => "(BasicCredentials)",
            Credential::Bearer { scoped: true } => "(scoped)",
            _ => "",
        };
        table.push(format!(
            "{} => {}{kind},",
            scheme_constant(scheme),
            scheme.ident
        ));
    }
    table.push_close(if plan.joins_credentials {
        "} joined by together"
    } else {
        "}"
    });
    table
}

/// What is said of a tag, on its trait and on its view of the client.
pub(super) fn tag_lines(tag: &TagItem) -> Vec<String> {
    let mut lines = vec![tag_line(tag)];
    if let Some(description) = tag
        .docs
        .description
        .as_deref()
        .filter(|text| !text.trim().is_empty())
    {
        lines.push(String::new());
        lines.extend(docs::prose(description));
    }
    if let Some(link) = &tag.link {
        lines.push(String::new());
        lines.extend(docs::prose(&format!("See also {link}.")));
    }
    lines
}

/// The one line that names a tag.
pub(super) fn tag_line(tag: &TagItem) -> String {
    match tag.kind {
        OperationKind::Call => {}
        OperationKind::Webhook => return "The webhooks: requests that the API makes.".to_owned(),
        OperationKind::Callback => {
            return "The callbacks: requests that the API makes in answer to others.".to_owned();
        }
    }
    match &tag.name {
        Some(name) => format!("The operations of the tag `{}`.", code_span(name)),
        None => "The operations without a tag.".to_owned(),
    }
}

fn tag_trait(plan: &RustPlan, tag: &TagItem) -> Block {
    let head = format!("pub trait {}: Service", tag.trait_name);
    let mut block = Block::new(head, tag_lines(tag));
    let operations = tag.operations.iter();
    for operation in operations.filter_map(|index| plan.operations.get(*index)) {
        block.push(method(operation));
    }
    block
}

fn method(operation: &OperationItem) -> Function {
    let principal = match operation.access {
        Access::Required => "Self::Principal",
        Access::Optional => "Option<Self::Principal>",
        Access::Open => "()",
    };
    let response = &operation.response.name;
    let result = format!("impl Future<Output = Result<{response}, Self::Error>> + Send");
    let docs = operation_lines(operation, "{place}");
    Function::new(format!("fn {}", operation.ident), result, docs)
        .argument("&self")
        .argument(format!("caller: Caller<{principal}>"))
        .argument(format!("request: {}", operation.request))
}

/// What tables call the caller of an operation.
pub(super) fn access(access: Access) -> &'static str {
    match access {
        Access::Required => "required",
        Access::Optional => "optional",
        Access::Open => "open",
    }
}

fn routes(plan: &RustPlan, tag: &TagItem) -> Table {
    let mut table = Table::new("routes");
    table.push_open(format!("{} as {} {{", tag.trait_name, tag.ident));
    for operation in tag
        .operations
        .iter()
        .filter_map(|index| plan.operations.get(*index))
    {
        let access = access(operation.access);
        table.push(format!(
            "{} => {access} {},",
            operation.request, operation.ident
        ));
    }
    table.push_close("}");
    table
}
