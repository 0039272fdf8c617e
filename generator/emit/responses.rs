//! Responses: an enum of an operation's, another of its failures, and their tables.

use crate::model::{Docs, Status};
use crate::output::{Definition, Part, Table};
use crate::plan::{FailureItem, OperationItem, ResponseVariant, SharedFailure};

use super::{bodies, docs};

/// What is written of the responses of an operation.
pub(super) fn items(operation: &OperationItem) -> Vec<Part> {
    let response = &operation.response;
    let failure = response.failure.as_ref();
    let words = format!("The responses of [`{}`].", operation.request);
    let mut item = definition(&response.name, words, &response.variants);
    if let Some(failure) = failure {
        let text = format!("Failure({})", failure.name);
        item.member(vec!["A failure.".to_owned()], text);
    }
    let mut parts = vec![
        Part::Definition(item),
        Part::Table(table(&response.name, &response.variants, failure)),
    ];
    if let Some(failure) = failure.filter(|failure| !failure.is_elsewhere) {
        parts.extend(failures(failure, &operation.request));
    }
    parts
}

/// The failures that operations of several tags share, which may be there without the one that they are named after.
pub(super) fn shared(shared: &SharedFailure) -> Vec<Part> {
    let SharedFailure { request, item } = shared;
    let words = format!("The failures of `{request}`, and of other operations that fail alike.");
    let mut parts = vec![
        Part::Definition(definition(&item.name, words, &item.variants)),
        Part::Table(table(&item.name, &item.variants, None)),
    ];
    let forms = item
        .variants
        .iter()
        .filter_map(|variant| Some(&variant.body.as_ref()?.form));
    parts.extend(forms.flat_map(bodies::items));
    parts
}

/// The enum of the failures of `request`, or an alias of that of another operation with what is said of them here.
fn failures(failure: &FailureItem, request: &str) -> Vec<Part> {
    let words = format!("The failures of [`{request}`]");
    let Some(other) = &failure.like else {
        let words = if failure.is_shared {
            format!("{words}, and of other operations that fail alike.")
        } else {
            format!("{words}.")
        };
        return vec![
            Part::Definition(definition(&failure.name, words, &failure.variants)),
            Part::Table(table(&failure.name, &failure.variants, None)),
        ];
    };
    let mut lines = vec![format!("{words}.")];
    if !failure.variants.is_empty() {
        lines.push(String::new());
    }
    for variant in &failure.variants {
        let item = format!("- {}", said(variant).replace('\n', "\n  "));
        lines.extend(docs::prose(&item));
    }
    vec![Part::Definition(Definition::alias(
        &failure.name,
        other,
        lines,
    ))]
}

fn definition(name: &str, words: String, variants: &[ResponseVariant]) -> Definition {
    let mut definition = Definition::new("enum", name, vec![words]);
    let mut bodies = variants.iter().filter_map(|variant| variant.body.as_ref());
    let is_streamed = bodies.any(|body| body.form.is_streamed());
    definition.derive(bodies::derives(is_streamed));
    for variant in variants {
        let docs = Docs {
            description: Some(said(variant)),
            ..Docs::default()
        };
        let docs = docs::lines(&docs, "");
        definition.variant(docs, &variant.ident, fields(variant));
    }
    definition
}

/// The status of a response, and what is said of it.
fn said(variant: &ResponseVariant) -> String {
    let description = variant
        .docs
        .description
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty());
    let statuses = match variant.status {
        Status::Exact(code) => code.to_string(),
        Status::Range(hundred) => format!("{hundred}00 to {hundred}99"),
        Status::Default => "Any other status".to_owned(),
    };
    match description {
        Some(text) => format!("{statuses}: {text}"),
        None => statuses,
    }
}

fn fields(variant: &ResponseVariant) -> Vec<(Vec<String>, String)> {
    let mut fields = Vec::new();
    if !matches!(variant.status, Status::Exact(_)) {
        let docs = vec!["The status.".to_owned()];
        fields.push((docs, "status: http::StatusCode".to_owned()));
    }
    if let Some(headers) = &variant.headers {
        fields.push((
            vec!["The headers.".to_owned()],
            format!("headers: {headers}"),
        ));
    }
    if let Some(body) = &variant.body {
        let docs = docs::lines(&Docs::default(), bodies::fallback(&body.form));
        fields.push((docs, format!("body: {}", body.ty.path("types::"))));
    }
    fields
}

fn table(name: &str, variants: &[ResponseVariant], failure: Option<&FailureItem>) -> Table {
    let mut table = Table::new("responses");
    if variants.is_empty() && failure.is_none() {
        return table.line(format!("{name} {{}}"));
    }
    table.push_open(format!("{name} {{"));
    for variant in variants {
        let mut parts = Vec::new();
        if !matches!(variant.status, Status::Exact(_)) {
            parts.push("status".to_owned());
        }
        if variant.headers.is_some() {
            parts.push("headers".to_owned());
        }
        if let Some(body) = &variant.body {
            parts.push(format!("body: {}", bodies::form(&body.form)));
        }
        let parts = if parts.is_empty() {
            "{}".to_owned()
        } else {
            format!("{{ {} }}", parts.join(", "))
        };
        let code = match variant.status {
            Status::Exact(code) => code.to_string(),
            Status::Range(hundred) => format!("{hundred}00..={hundred}99"),
            Status::Default => "0..=999".to_owned(),
        };
        table.push(format!("{code} => {} {parts},", variant.ident));
    }
    if let Some(failure) = failure {
        table.push(format!(".. => Failure({}),", failure.name));
    }
    table.push_close("}");
    table
}
