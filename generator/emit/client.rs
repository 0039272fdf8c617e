//! Module `client`: a view of the client per tag, and a call per operation.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::output::{Block, FileJob, Function, Part, Table, Value};
use crate::plan::{Credential, OperationItem, RustPlan, RustType, SchemeItem, Success, TagItem};

use super::bodies::choice;
use super::initial::outer_text;
use super::literal::{argument_text, ident};
use super::operations::{Seen, operation_lines, parameter_docs, scheme_constant};
use super::server::{scheme_lines, tag_line, tag_lines};
use super::{Of, calls, docs};

pub(super) fn job<'p>(plan: &'p RustPlan, of: Of<'p>) -> FileJob<'p> {
    let words = of.docs(
        "The client: [`Client`], and a view of it per tag.",
        "The calls",
    );
    let mut job = FileJob::new(of.path("client"), words).chunk(move || {
        let imports = imports(plan, of);
        if of.is_part() {
            let views = plan.tags.iter().map(handle);
            let hints = calls::hints(plan);
            return vec![Part::Items(
                quote!(#imports impl Client { #(#views)* } #hints),
            )];
        }
        let client = client(plan);
        let modules = of.modules(|plan| !plan.operations.is_empty());
        let builder = (!plan.schemes.is_empty()).then(|| {
            let setters = plan.schemes.iter().map(setter);
            quote!(impl ClientBuilder { #(#setters)* })
        });
        let calls = calls::items(plan);
        vec![Part::Items(
            quote!(#imports #modules #client #builder #calls),
        )]
    });
    for tag in &plan.tags {
        job.push(move || {
            let mut parts = vec![Part::Items(view(tag)), Part::Block(methods(plan, tag))];
            let operations = tag.operations.iter();
            for (index, operation) in
                operations.filter_map(|index| Some((*index, plan.operations.get(*index)?)))
            {
                let pages = plan.hints.pages(index);
                parts.extend(call(operation, pages.is_some()).map(Part::Block));
                parts.extend(pages.map(|pages| Part::Items(calls::paged(operation, pages))));
                parts.push(Part::Table(success(operation)));
            }
            parts
        });
    }
    job
}

fn imports(plan: &RustPlan, of: Of<'_>) -> TokenStream {
    let mut seen = Seen::default();
    let schemes: &[SchemeItem] = if of.is_part() { &[] } else { &plan.schemes };
    let mut used: BTreeSet<String> = schemes
        .iter()
        .map(|scheme| scheme_constant(scheme).to_string())
        .collect();
    for operation in &plan.operations {
        used.insert(operation.request.clone());
        used.insert(operation.response.name.clone());
        used.extend(
            operation
                .response
                .failure
                .iter()
                .map(|failure| failure.name.clone()),
        );
        operation
            .parameters
            .iter()
            .for_each(|parameter| seen.see(&parameter.ty));
        if let Some(body) = &operation.body {
            seen.see(&body.ty);
            used.extend(choice(&body.form).map(|choice| choice.name.clone()));
            if let RustType::Multipart(part) = &body.ty {
                used.insert(part.clone());
            }
        }
        if let Success::One(index) = operation.success
            && let Some(variant) = operation.response.variants.get(index)
        {
            used.extend(variant.headers.clone());
            if let Some(body) = &variant.body {
                seen.see(&body.ty);
                used.extend(choice(&body.form).map(|choice| choice.name.clone()));
            }
        }
    }
    let used: Vec<_> = used.iter().map(|name| ident(name)).collect();
    let operations = (!used.is_empty()).then(|| quote!(use crate::operations::{#(#used),*};));
    let success = (!plan.operations.is_empty()).then(|| {
        quote!(
            use crate::support::call::{Outcome, Succeeds, success};
        )
    });
    let defaulted = plan
        .operations
        .iter()
        .flat_map(|operation| &operation.parameters)
        .any(|parameter| parameter.default.is_some())
        .then(|| {
            quote!(
                use crate::support::defaulted::Defaulted;
            )
        });
    // Where there are credentials, it is re-exported below.
    seen.texts.secret &= schemes.is_empty();
    let types = seen.imports();
    if of.is_part() {
        let calls = calls::part_imports(plan);
        return quote!(#types #defaulted #operations #success #calls);
    }
    let calls = calls::imports(plan, of);
    let credentials = (!plan.schemes.is_empty()).then(|| {
        quote! {
            pub use crate::support::credentials::{Credential, Token, TokenError, TokenProvider};
            pub use crate::support::secret::SecretString;
            pub use crate::support::token_cache::CachedTokens;
        }
    });
    quote! {
        #types
        #defaulted
        #operations
        #success
        #calls
        #credentials

        pub use crate::support::call::{Call, Reply};
        pub use crate::support::client::Client;
        pub use crate::support::client_builder::{
            ClientBuilder, DEFAULT_CONNECT_TIMEOUT, DEFAULT_RESPONSE_LIMIT, DEFAULT_TIMEOUT,
        };
        pub use crate::support::error::{BuildError, Error, TransportError};
        pub use crate::support::future::BoxFuture;
        pub use crate::support::hooks::ResponseHead;
        pub use crate::support::payload::Payload;
        pub use crate::support::retry::RetryPolicy;
        pub use crate::support::transport::{HttpTransport, Transport};
    }
}

fn client(plan: &RustPlan) -> TokenStream {
    let servers = &plan.servers;
    let first = plan.servers.first().map_or("/", String::as_str);
    let views = plan.tags.iter().map(handle);
    let documented = calls::documented(plan);
    let which = if plan.servers.is_empty() {
        quote!(#[doc = " Starts a client; the document names no server, so it needs a base URL."])
    } else {
        quote!(#[doc = " Starts a client of the first of [`SERVERS`]."])
    };
    quote! {
        #[doc = " The servers that the document names; a client uses the first unless it is told otherwise."]
        pub const SERVERS: &[&str] = &[#(#servers),*];

        impl Client {
            #which
            pub fn builder() -> ClientBuilder {
                ClientBuilder::new(#first)#documented
            }

            #(#views)*
        }
    }
}

/// The method that leads to the operations of a tag.
fn handle(tag: &TagItem) -> TokenStream {
    let attributes = docs::lines_as_attributes(&[tag_line(tag)]);
    let method = ident(&tag.ident);
    let name = ident(&tag.trait_name);
    quote! {
        #attributes
        #[must_use]
        pub fn #method(&self) -> #name<'_> {
            #name { client: self }
        }
    }
}

fn setter(scheme: &SchemeItem) -> TokenStream {
    let name = ident(&scheme.ident);
    let constant = scheme_constant(scheme);
    let attributes = docs::lines_as_attributes(&scheme_lines(
        scheme,
        "Sets the credential",
        "; the prefix `{prefix}` is added",
    ));
    if scheme.credential == Credential::Basic {
        return quote! {
            #attributes
            pub fn #name(self, user: impl AsRef<str>, password: impl AsRef<str>) -> Self {
                self.credential(#constant, basic(user.as_ref(), password.as_ref()))
            }
        };
    }
    quote! {
        #attributes
        pub fn #name(self, credential: impl Into<Credential>) -> Self {
            self.credential(#constant, credential.into())
        }
    }
}

fn view(tag: &TagItem) -> TokenStream {
    let attributes = docs::lines_as_attributes(&tag_lines(tag));
    let name = ident(&tag.trait_name);
    quote! {
        #attributes
        #[derive(Debug, Clone, Copy)]
        pub struct #name<'c> {
            client: &'c Client,
        }
    }
}

fn methods(plan: &RustPlan, tag: &TagItem) -> Block {
    let mut block = Block::new(format!("impl<'c> {}<'c>", tag.trait_name), Vec::new());
    for index in &tag.operations {
        if let Some(operation) = plan.operations.get(*index) {
            block.push(method(operation, plan.hints.of(*index)));
        }
    }
    block
}

/// Starts a call: what is required is an argument.
fn method(operation: &OperationItem, hint: Option<usize>) -> Function {
    let mut function = Function::new(
        format!("pub fn {}", operation.ident),
        format!("Call<'c, {}>", operation.request),
        operation_lines(operation, "{place}"),
    )
    .argument("&self");
    let mut fields = Vec::new();
    let parameters = operation.parameters.iter().map(|parameter| {
        let default = parameter.default.as_ref();
        (&parameter.ident, &parameter.ty, parameter.required, default)
    });
    let body = operation.body.iter();
    let body = body.map(|body| (&body.ident, &body.ty, body.required, None));
    for (name, of, required, default) in parameters.chain(body) {
        let value = if let Some(default) = default {
            Some(format!("Defaulted::absent({})", outer_text(default)))
        } else if required {
            let (argument, value) = argument_text(name, of, "types::");
            function = function.argument(argument);
            value
        } else {
            Some("None".to_owned())
        };
        fields.push((name.clone(), value));
    }
    let request = Value::Struct(operation.request.clone(), fields);
    function.body(Vec::new(), calls::start(hint, request))
}

/// What is optional is chained.
fn call(operation: &OperationItem, has_pages: bool) -> Option<Block> {
    let mut block = Block::new(format!("impl Call<'_, {}>", operation.request), Vec::new());
    let mut is_empty = true;
    for parameter in operation
        .parameters
        .iter()
        .filter(|parameter| !parameter.required)
    {
        is_empty = false;
        block.push(chained(
            parameter_docs(parameter),
            &parameter.ident,
            &parameter.ty,
            parameter.default.is_some(),
            has_pages,
        ));
    }
    for body in operation.body.iter().filter(|body| !body.required) {
        is_empty = false;
        block.push(chained(
            docs::lines(&body.docs, "The body."),
            &body.ident,
            &body.ty,
            false,
            has_pages,
        ));
    }
    (!is_empty).then_some(block)
}

fn chained(
    docs: Vec<String>,
    name: &str,
    of: &RustType,
    has_default: bool,
    has_pages: bool,
) -> Function {
    // Some methods are the call's own; a parameter of that name is set by another.
    let is_own = matches!(
        name,
        "accept"
            | "base_url"
            | "hinted"
            | "new"
            | "request"
            | "retries"
            | "send"
            | "timeout"
            | "to"
            | "to_http"
            | "with_hints"
            | "write"
    );
    let prefix = if is_own || has_pages && matches!(name, "items" | "pages") {
        "set_"
    } else {
        ""
    };
    let (argument, value) = argument_text("value", of, "types::");
    let value = value.as_deref().unwrap_or("value");
    let wrapper = if has_default {
        "Defaulted::from"
    } else {
        "Some"
    };
    let set = format!("self.request.{name} = {wrapper}({value})");
    Function::new(format!("pub fn {prefix}{name}"), "Self", docs)
        .argument("mut self")
        .argument(argument)
        .body(vec![set], Value::Text("self".to_owned()))
}

fn success(operation: &OperationItem) -> Table {
    let mut table = Table::new("success");
    let head = format!("{} -> {} {{", operation.request, operation.response.name);
    let failure = operation.response.failure.as_ref();
    let failure = failure.map(|failure| format!("Failure({})", failure.name));
    let one = match operation.success {
        Success::One(index) => operation.response.variants.get(index),
        Success::Several => None,
    };
    let Some(variant) = one else {
        let failure = failure.map_or_else(String::new, |failure| format!(", {failure}"));
        table.push(format!("{head} ..{failure} }}"));
        return table;
    };
    let mut parts = Vec::new();
    if let Some(headers) = &variant.headers {
        parts.push(format!("headers: {headers}"));
    }
    if let Some(body) = &variant.body {
        parts.push(format!("body: {}", body.ty.path("types::")));
    }
    let parts = if parts.is_empty() {
        "{}".to_owned()
    } else {
        format!("{{ {} }}", parts.join(", "))
    };
    table.push_open(head);
    table.push(format!("{} {parts},", variant.ident));
    if let Some(failure) = failure {
        table.push(format!("{failure},"));
    }
    table.push_close("}");
    table
}
