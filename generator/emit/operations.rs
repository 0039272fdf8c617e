//! Module `operations`: request and response types with their tables, and the security schemes.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::model::Requirement;
use crate::output::{Definition, FileJob, Part, Table};
use crate::plan::{
    Credential, HeaderSet, OperationItem, ParameterItem, RustPlan, RustType, SchemeItem,
};

use crate::text::code_span;

use super::literal::{ident, string};
use super::rules::Macros;
use super::texts::Texts;
use super::{CHUNK, Of, bodies, docs, forms, parameters, responses};

pub(super) fn job<'p>(plan: &'p RustPlan, of: Of<'p>) -> FileJob<'p> {
    let words = "The operations: a request and a response type for each, and the tables that put them on the wire.";
    let words = of.docs(words, "The operations");
    let mut job = FileJob::new(of.path("operations"), words).chunk(move || {
        let imports = imports(plan, of);
        if of.is_part() {
            return vec![Part::Items(imports)];
        }
        let schemes = plan.schemes.iter().map(scheme);
        let modules = of.modules(|plan| !plan.operations.is_empty());
        vec![Part::Items(quote!(#imports #modules #(#schemes)*))]
    });
    for chunk in plan.operations.chunks(CHUNK) {
        job.push(move || {
            chunk
                .iter()
                .flat_map(|operation| items(plan, operation))
                .collect()
        });
    }
    for shared in of.failures() {
        job.push(move || responses::shared(shared));
    }
    for chunk in plan.headers.chunks(CHUNK) {
        job.push(move || chunk.iter().flat_map(header_set).collect());
    }
    job
}

fn imports(plan: &RustPlan, of: Of<'_>) -> TokenStream {
    let headers = (!plan.headers.is_empty()).then(|| {
        quote!(
            use crate::support::headers::headers;
        )
    });
    let tables = !plan.operations.is_empty() || !of.failures().is_empty();
    let tables = tables.then(|| {
        quote! {
            use crate::support::prelude::*;
        }
    });
    let mut seen = Seen::default();
    let mut has_choice = false;
    for operation in &plan.operations {
        operation
            .parameters
            .iter()
            .for_each(|parameter| seen.see(&parameter.ty));
        bodies::written_types(operation).for_each(|ty| seen.see(ty));
        has_choice |= bodies::forms(operation).any(|form| bodies::choice(form).is_some());
    }
    for variant in of
        .failures()
        .iter()
        .flat_map(|shared| &shared.item.variants)
    {
        variant.each_type(&mut |ty| seen.see(ty));
        let form = variant.body.as_ref().map(|body| &body.form);
        has_choice |= form.and_then(bodies::choice).is_some();
    }
    for field in plan.headers.iter().flat_map(|set| &set.fields) {
        seen.see(&field.ty);
    }
    let mut macros = Macros::default();
    let parameters = || {
        plan.operations
            .iter()
            .flat_map(|operation| &operation.parameters)
    };
    parameters().for_each(|parameter| macros.see(&parameter.rules));
    let forms = forms::imports(plan, &mut seen, &mut macros);
    let macros = macros.imports();
    let defaulted = parameters()
        .any(|parameter| parameter.default.is_some())
        .then(|| {
            quote!(
                use crate::support::defaulted::Defaulted;
            )
        });
    let used = seen.imports();
    let streams = (seen.stream || seen.lines || seen.events).then(|| {
        quote!(
            #[allow(unused_imports, reason = "each half reads or writes")]
            use crate::support::streams::{ReadStreams, WriteStreams};
        )
    });
    let choices = has_choice.then(|| {
        quote!(
            use crate::support::choice::choice;
        )
    });
    let used = quote! {
        #choices
        #headers
        #macros
        #tables
        #used
        #streams
        #forms
        #defaulted
    };
    if of.is_part() {
        let outer = outer(plan);
        return quote!(#outer #used);
    }
    quote! {
        #used

        pub use crate::support::operation::{BodyInfo, Operation, OperationInfo, ResponseInfo};
        pub use crate::support::security::{Place, Requirement, Scheme};
    }
}

/// What the operations of a part name of the rest of this module.
fn outer(plan: &RustPlan) -> Option<TokenStream> {
    let mut names = BTreeSet::new();
    for operation in &plan.operations {
        let asked = operation.security.iter().flatten();
        names.extend(asked.filter_map(|asked| {
            let mut schemes = plan.schemes.iter();
            let scheme = schemes.find(|scheme| scheme.name == asked.scheme)?;
            Some(scheme_constant(scheme).to_string())
        }));
        let headers = operation.response.written();
        names.extend(headers.filter_map(|variant| variant.headers.clone()));
        if let Some(failure) = &operation.response.failure {
            names.extend(failure.is_elsewhere.then(|| failure.name.clone()));
            names.extend(failure.like.clone());
        }
    }
    for item in &plan.operations {
        item.response
            .failure
            .iter()
            .filter(|it| !it.is_elsewhere)
            .for_each(|it| {
                names.remove(&it.name);
            });
    }
    for set in &plan.headers {
        names.remove(&set.name);
    }
    let names: Vec<_> = names.iter().map(|name| ident(name)).collect();
    (!names.is_empty()).then(|| quote!(use crate::operations::{#(#names),*};))
}

/// What signatures mention, for a module that is not `types`.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "a set of imports")]
pub(super) struct Seen {
    named: bool,
    map: bool,
    object: bool,
    value: bool,
    pub(super) bytes: bool,
    pub(super) content: bool,
    pub(super) stream: bool,
    pub(super) lines: bool,
    pub(super) events: bool,
    pub(super) multipart: bool,
    pub(super) texts: Texts,
}

impl Seen {
    pub(super) fn see(&mut self, ty: &RustType) {
        ty.walk(&mut |ty| match ty {
            RustType::Named(_) => self.named = true,
            RustType::Map(_) => self.map = true,
            RustType::Object => self.object = true,
            RustType::Value => self.value = true,
            RustType::Bytes => self.bytes = true,
            RustType::Content => self.content = true,
            RustType::ByteStream => self.stream = true,
            RustType::Lines(_) => self.lines = true,
            RustType::Events(_) => self.events = true,
            RustType::Multipart(_) => self.multipart = true,
            other => self.texts.see(other),
        });
    }

    pub(super) fn imports(&self) -> TokenStream {
        let std = self.map.then(|| {
            quote!(
                use std::collections::BTreeMap;
            )
        });
        let mut json = Vec::new();
        if self.object {
            json.push(quote!(Map));
        }
        if self.object || self.value {
            json.push(quote!(Value));
        }
        let json = (!json.is_empty()).then(|| quote!(use serde_json::{#(#json),*};));
        let types = self.named.then(|| {
            quote!(
                use crate::types;
            )
        });
        let bytes = self.bytes.then(|| {
            quote!(
                use bytes::Bytes;
            )
        });
        let content = self.content.then(|| {
            quote!(
                use crate::support::content::Content;
            )
        });
        let texts = self.texts.imports();
        let stream = self.stream.then(|| {
            quote!(
                use crate::support::byte_stream::ByteStream;
            )
        });
        let mut items = Vec::new();
        if self.events {
            items.push(quote!(Events));
        }
        if self.lines {
            items.push(quote!(Lines));
        }
        let items = (!items.is_empty()).then(|| quote!(use crate::support::items::{#(#items),*};));
        let multipart = self.multipart.then(|| {
            quote!(
                use crate::support::multipart::Multipart;
            )
        });
        quote!(#std #bytes #json #texts #stream #content #items #multipart #types)
    }
}

/// The constant of a scheme, in upper case.
pub(super) fn scheme_constant(scheme: &SchemeItem) -> proc_macro2::Ident {
    format_ident!("{}", scheme.ident.trim_start_matches("r#").to_uppercase())
}

fn scheme(scheme: &SchemeItem) -> TokenStream {
    let constant = scheme_constant(scheme);
    let name = &scheme.name;
    let mut lines = vec![format!("Security scheme `{}`.", code_span(name))];
    if let Some(description) = &scheme.docs.description {
        lines.push(String::new());
        lines.extend(docs::prose(description));
    }
    let attributes = docs::lines_as_attributes(&lines);
    let value = match &scheme.credential {
        Credential::Header {
            name: header,
            prefix,
        } if prefix.is_empty() => quote!(Scheme::header(#name, #header)),
        Credential::Header {
            name: header,
            prefix,
        } => quote!(Scheme::header(#name, #header).with_prefix(#prefix)),
        Credential::Query(parameter) => quote!(Scheme::query(#name, #parameter)),
        Credential::Cookie(cookie) => quote!(Scheme::cookie(#name, #cookie)),
        Credential::Basic => quote!(Scheme::basic(#name)),
        Credential::Bearer { .. } => quote!(Scheme::bearer(#name)),
    };
    quote!(#attributes pub const #constant: Scheme = #value;)
}

fn items(plan: &RustPlan, operation: &OperationItem) -> Vec<Part> {
    let mut parts = vec![
        Part::Definition(request(operation)),
        Part::Table(request_table(plan, operation)),
    ];
    parts.extend(responses::items(operation));
    parts.extend(bodies::forms(operation).flat_map(bodies::items));
    parts
}

/// The operation's own words, and where it is.
pub(super) fn operation_lines(operation: &OperationItem, last: &str) -> Vec<String> {
    let place = format!("`{} {}`", operation.method, code_span(&operation.path));
    let last = last.replace("{place}", &place);
    let docs = &operation.docs;
    let silent = docs.title.is_none() && docs.description.is_none() && !docs.deprecated;
    let mut lines = if silent {
        Vec::new()
    } else {
        docs::lines(docs, "")
    };
    if !lines.is_empty() {
        lines.push(String::new());
    }
    lines.push(last);
    lines
}

fn request(operation: &OperationItem) -> Definition {
    let docs = operation_lines(operation, "The request of {place}.");
    let mut definition = Definition::new("struct", &operation.request, docs);
    let is_streamed = operation
        .body
        .as_ref()
        .is_some_and(|body| body.form.is_streamed());
    definition.derive(bodies::derives(is_streamed));
    for parameter in &operation.parameters {
        let ty = parameter_ty(parameter);
        definition.member(
            parameter_docs(parameter),
            format!("pub {}: {ty}", parameter.ident),
        );
    }
    if let Some(body) = &operation.body {
        let ty = optional(&body.ty, body.required);
        let docs = docs::lines(&body.docs, bodies::fallback(&body.form));
        definition.member(docs, format!("pub {}: {ty}", body.ident));
    }
    definition
}

pub(super) fn parameter_docs(parameter: &ParameterItem) -> Vec<String> {
    let place =
        if parameter.location.as_str() == "cookie" || parameter.location.as_str() == "header" {
            format!(
                "The {} `{}`.",
                parameter.location.as_str(),
                code_span(&parameter.wire)
            )
        } else {
            format!(
                "The {} parameter `{}`.",
                parameter.location.as_str(),
                code_span(&parameter.wire)
            )
        };
    docs::lines(&parameter.docs, &place)
}

fn parameter_ty(parameter: &ParameterItem) -> String {
    if parameter.default.is_some() {
        format!("Defaulted<{}>", parameter.ty.path("types::"))
    } else {
        optional(&parameter.ty, parameter.required)
    }
}

fn optional(of: &RustType, required: bool) -> String {
    let ty = of.path("types::");
    // A body that is `null` and one that is not there are told apart by what follows the headers.
    if required {
        ty
    } else {
        format!("Option<{ty}>")
    }
}

fn request_table(plan: &RustPlan, operation: &OperationItem) -> Table {
    let mut table = Table::new("request");
    table.push_open(format!(
        "{} -> {} {{",
        operation.request, operation.response.name
    ));
    let tag = operation
        .tag
        .as_ref()
        .map_or_else(String::new, |tag| format!(" in {}", string(tag)));
    table.push(format!(
        "{} {} {}{tag};",
        operation.method,
        string(&operation.path),
        string(&operation.id)
    ));
    table.push(format!("security [{}];", security(plan, operation)));
    if !operation.parameters.is_empty() {
        table.push_open("parameters {");
        for parameter in &operation.parameters {
            table.push(parameters::line(parameter));
        }
        table.push_close("}");
    }
    if let Some(body) = &operation.body {
        table.push(bodies::line(body));
    }
    table.push_close("}");
    table
}

/// `[SECRET_KEY], []`
fn security(plan: &RustPlan, operation: &OperationItem) -> String {
    let asked = |asked: &Requirement| {
        let scheme = plan
            .schemes
            .iter()
            .find(|scheme| scheme.name == asked.scheme)?;
        let constant = scheme_constant(scheme);
        let scopes: Vec<String> = asked.scopes.iter().map(|scope| string(scope)).collect();
        Some(if scopes.is_empty() {
            constant.to_string()
        } else {
            format!("{constant}({})", scopes.join(", "))
        })
    };
    let constants = |all: &Vec<Requirement>| -> String {
        let all: Vec<String> = all.iter().filter_map(asked).collect();
        all.join(", ")
    };
    let alternatives: Vec<String> = operation
        .security
        .iter()
        .map(|all| format!("[{}]", constants(all)))
        .collect();
    alternatives.join(", ")
}

fn header_set(set: &HeaderSet) -> Vec<Part> {
    let names: Vec<String> = set
        .fields
        .iter()
        .map(|field| format!("`{}`", code_span(&field.wire)))
        .collect();
    let words = match names.as_slice() {
        [one] => format!("The response header {one}."),
        [most @ .., last] => format!("The response headers {} and {last}.", most.join(", ")),
        [] => String::new(),
    };
    let mut definition = Definition::new("struct", &set.name, docs::prose(&words));
    definition.derive(if set.fields.iter().all(|field| !field.required) {
        &["Debug", "Clone", "Default", "PartialEq"]
    } else {
        &["Debug", "Clone", "PartialEq"]
    });
    for field in &set.fields {
        let fallback = format!("The header `{}`.", code_span(&field.wire));
        let ty = field.ty.path("types::");
        definition.member(
            docs::lines(&field.docs, &fallback),
            format!("pub {}: {ty}", field.ident),
        );
    }
    let mut table = Table::new("headers");
    table.push_open(format!("{} {{", set.name));
    for field in &set.fields {
        let mark = if field.required { "" } else { "?" };
        let modes = parameters::modes(&field.modes);
        table.push(format!(
            "{}{modes} => {}{mark},",
            string(&field.wire),
            field.ident
        ));
    }
    table.push_close("}");
    vec![definition.into(), table.into()]
}
