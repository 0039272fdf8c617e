//! Module `client`: a view of the client per tag, and a call per operation.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::output::{FileJob, Part, Table};
use crate::plan::{
    Credential, Initial, OperationItem, RustPlan, RustType, SchemeItem, Success, TagItem,
};

use super::bodies::choice;
use super::initial::outer_tokens;
use super::literal::{argument, ident, outer_ty};
use super::operations::{Seen, operation_lines, parameter_docs, scheme_constant};
use super::server::{scheme_lines, tag_line, tag_lines};
use super::{calls, docs};

pub(super) fn job(plan: &RustPlan) -> FileJob<'_> {
    let mut job = FileJob::new(
        "src/client.rs",
        "The client: [`Client`], and a view of it per tag.",
    )
    .chunk(|| {
        let imports = imports(plan);
        let client = client(plan);
        let builder = (!plan.schemes.is_empty()).then(|| {
            let setters = plan.schemes.iter().map(setter);
            quote!(impl ClientBuilder { #(#setters)* })
        });
        let calls = calls::items(plan);
        vec![Part::Items(quote!(#imports #client #builder #calls))]
    });
    for tag in &plan.tags {
        job.push(move || {
            let mut parts = vec![Part::Items(view(plan, tag))];
            let operations = tag.operations.iter();
            for (index, operation) in
                operations.filter_map(|index| Some((*index, plan.operations.get(*index)?)))
            {
                let pages = plan.hints.pages(index);
                parts.extend(call(operation, pages.is_some()).map(Part::Items));
                parts.extend(pages.map(|pages| Part::Items(calls::paged(operation, pages))));
                parts.push(Part::Table(success(operation)));
            }
            parts
        });
    }
    job
}

fn imports(plan: &RustPlan) -> TokenStream {
    let mut seen = Seen::default();
    let mut used: BTreeSet<String> = plan
        .schemes
        .iter()
        .map(|scheme| scheme_constant(scheme).to_string())
        .collect();
    for operation in &plan.operations {
        used.insert(operation.request.clone());
        used.insert(operation.response.name.clone());
        operation
            .parameters
            .iter()
            .for_each(|parameter| seen.see(&parameter.ty));
        if let Some(body) = &operation.body {
            seen.see(&body.ty);
            used.extend(choice(&body.form).map(|choice| choice.name.clone()));
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
    seen.texts.secret &= plan.schemes.is_empty();
    let types = seen.imports();
    let calls = calls::imports(plan);
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
    let views = plan.tags.iter().map(|tag| {
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
    });
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

fn view(plan: &RustPlan, tag: &TagItem) -> TokenStream {
    let attributes = docs::lines_as_attributes(&tag_lines(tag));
    let name = ident(&tag.trait_name);
    let methods = tag
        .operations
        .iter()
        .filter_map(|index| Some(method(plan.operations.get(*index)?, plan.hints.of(*index))));
    quote! {
        #attributes
        #[derive(Debug, Clone, Copy)]
        pub struct #name<'c> {
            client: &'c Client,
        }

        impl<'c> #name<'c> { #(#methods)* }
    }
}

/// Starts a call: what is required is an argument.
fn method(operation: &OperationItem, hint: Option<usize>) -> TokenStream {
    let attributes = docs::lines_as_attributes(&operation_lines(operation, "{place}"));
    let name = ident(&operation.ident);
    let request = ident(&operation.request);
    let mut arguments = Vec::new();
    let mut fields = Vec::new();
    let mut part = |ident_text: &str, of: &RustType, required: bool, default: Option<&Initial>| {
        let name = ident(ident_text);
        if let Some(default) = default {
            let default = outer_tokens(default);
            fields.push(quote!(#name: Defaulted::absent(#default)));
            return;
        }
        if !required {
            fields.push(quote!(#name: None));
            return;
        }
        let (argument_type, value) = argument(&name, of, outer_ty(of));
        arguments.push(quote!(#name: #argument_type));
        let plain = quote!(#name).to_string() == value.to_string();
        fields.push(if plain {
            quote!(#name)
        } else {
            quote!(#name: #value)
        });
    };
    for parameter in &operation.parameters {
        part(
            &parameter.ident,
            &parameter.ty,
            parameter.required,
            parameter.default.as_ref(),
        );
    }
    if let Some(body) = &operation.body {
        part(&body.ident, &body.ty, body.required, None);
    }
    let start = calls::start(hint, &quote!(#request { #(#fields),* }));
    quote! {
        #attributes
        pub fn #name(&self, #(#arguments),*) -> Call<'c, #request> {
            #start
        }
    }
}

/// What is optional is chained.
fn call(operation: &OperationItem, has_pages: bool) -> Option<TokenStream> {
    let request = ident(&operation.request);
    let mut setters = Vec::new();
    for parameter in operation
        .parameters
        .iter()
        .filter(|parameter| !parameter.required)
    {
        setters.push(chained(
            &parameter_docs(parameter),
            &parameter.ident,
            &parameter.ty,
            parameter.default.is_some(),
            has_pages,
        ));
    }
    for body in operation.body.iter().filter(|body| !body.required) {
        setters.push(chained(
            &docs::attributes(&body.docs, "The body."),
            &body.ident,
            &body.ty,
            false,
            has_pages,
        ));
    }
    (!setters.is_empty()).then(|| quote!(impl Call<'_, #request> { #(#setters)* }))
}

fn chained(
    attributes: &TokenStream,
    name: &str,
    of: &RustType,
    has_default: bool,
    has_pages: bool,
) -> TokenStream {
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
    let method = if is_own || has_pages && matches!(name, "items" | "pages") {
        ident(&format!("set_{name}"))
    } else {
        ident(name)
    };
    let field = ident(name);
    let value = ident("value");
    let (argument_type, value) = argument(&value, of, outer_ty(of));
    let value = if has_default {
        quote!(Defaulted::from(#value))
    } else {
        quote!(Some(#value))
    };
    quote! {
        #attributes
        pub fn #method(mut self, value: #argument_type) -> Self {
            self.request.#field = #value;
            self
        }
    }
}

fn success(operation: &OperationItem) -> Table {
    let mut table = Table::new("success");
    let head = format!("{} -> {} {{", operation.request, operation.response.name);
    let one = match operation.success {
        Success::One(index) => operation.response.variants.get(index),
        Success::Several(_) => None,
    };
    let Some(variant) = one else {
        table.push(format!("{head} .. }}"));
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
    table.push_close("}");
    table
}
