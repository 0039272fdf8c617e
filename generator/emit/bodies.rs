//! Bodies: their lines in the tables, and the enums of those that have several media types.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::Codec;
use crate::output::{Part, Table};
use crate::plan::{
    BodyForm, BodyItem, ChoiceItem, ChoiceVariant, FormItem, OperationItem, RustType, Written,
};
use crate::text::code_span;

use super::literal::{ident, outer_ty as ty, string};
use super::{docs, forms};

/// How the bodies of an operation are written, that of its request first.
pub(super) fn forms(operation: &OperationItem) -> impl Iterator<Item = &BodyForm> {
    let request = operation.body.iter().map(|body| &body.form);
    let responses = operation.response.all();
    request.chain(responses.filter_map(|variant| Some(&variant.body.as_ref()?.form)))
}

/// The types of the bodies that are written with an operation, those of an enum's variants among them.
pub(super) fn written_types(operation: &OperationItem) -> impl Iterator<Item = &RustType> {
    let request = operation.body.iter();
    let request = request.map(|body| (&body.ty, &body.form));
    let responses = operation.response.written();
    let responses = responses.filter_map(|variant| variant.body.as_ref());
    let responses = responses.map(|body| (&body.ty, &body.form));
    request.chain(responses).flat_map(|(ty, form)| {
        let variants = choice(form).into_iter().flat_map(|choice| &choice.variants);
        std::iter::once(ty).chain(variants.map(|variant| &variant.ty))
    })
}

/// The types of the bodies of an operation, those of an enum's variants among them.
pub(super) fn types(operation: &OperationItem) -> impl Iterator<Item = &RustType> {
    let request = operation.body.iter().map(|body| &body.ty);
    let responses = operation.response.all();
    let responses = responses.filter_map(|variant| Some(&variant.body.as_ref()?.ty));
    let choices = forms(operation).filter_map(choice);
    let variants = choices.flat_map(|choice| choice.variants.iter().map(|variant| &variant.ty));
    request.chain(responses).chain(variants)
}

/// The enum of a body that has several media types.
pub(super) fn choice(form: &BodyForm) -> Option<&ChoiceItem> {
    match form {
        BodyForm::One(_) => None,
        BodyForm::Choice(choice) => Some(choice),
    }
}

/// What is said of a body of which the document says nothing.
pub(super) fn fallback(form: &BodyForm) -> &'static str {
    match form {
        BodyForm::One(written) => match written.codec {
            Codec::Json => "The JSON body.",
            Codec::Text => "The text body.",
            Codec::Form { .. } | Codec::Encoded | Codec::Parts { files: false } => "The form.",
            Codec::Parts { files: true } => "The form, whose files are read and sent as they come.",
            Codec::Stream => "The body, read and sent as it comes.",
            Codec::Lines => "JSON texts, one after the other.",
            Codec::Events { .. } => "Server-sent events.",
            Codec::Bytes => "The body, as bytes.",
            Codec::Content => "The body, as bytes of a media type.",
        },
        BodyForm::Choice(_) => "The body, in one of its media types.",
    }
}

/// The traits of a type: bodies that are read as they come can be neither copied nor compared.
pub(super) fn derives(is_streamed: bool) -> &'static [&'static str] {
    if is_streamed {
        &["Debug"]
    } else {
        &["Debug", "Clone", "PartialEq"]
    }
}

/// The line of a request's body.
pub(super) fn line(body: &BodyItem) -> String {
    let presence = if body.required { "" } else { "optional " };
    format!("{presence}body {} => {};", form(&body.form), body.ident)
}

/// `json`, a kind with the media types that it is not named after, or `choice` with the name of an enum.
pub(super) fn form(form: &BodyForm) -> String {
    match form {
        BodyForm::One(written) => media(written),
        BodyForm::Choice(choice) => format!("choice {}", choice.name),
    }
}

fn media(written: &Written) -> String {
    match written.media_types.as_slice() {
        [one] if written.codec == Codec::Json && one.eq_ignore_ascii_case("application/json") => {
            "json".to_owned()
        }
        _ => kind_and_media(written),
    }
}

fn kind_and_media(written: &Written) -> String {
    let kind = match written.codec {
        Codec::Json => "json",
        Codec::Text => "text",
        Codec::Form { deep: false } => "form",
        Codec::Form { deep: true } => "deep_form",
        Codec::Encoded => "encoded",
        Codec::Parts { files: false } => "parts",
        Codec::Parts { files: true } => "multipart",
        Codec::Stream => "stream",
        Codec::Lines => "lines",
        Codec::Events { text: false } => "events",
        Codec::Events { text: true } => "text_events",
        Codec::Bytes => "bytes",
        Codec::Content => "content",
    };
    let media_types: Vec<String> = written
        .media_types
        .iter()
        .map(|name| string(name))
        .collect();
    let form = written.form.as_ref();
    let form = form.map_or_else(String::new, |form| format!(" {}", form.name));
    format!("{kind}{form} {}", media_types.join(" "))
}

/// The ways in which a body is written.
pub(super) fn ways(form: &BodyForm) -> Vec<&Written> {
    match form {
        BodyForm::One(written) => vec![written],
        BodyForm::Choice(choice) => choice.variants.iter().map(|it| &it.written).collect(),
    }
}

/// The forms among the ways in which a body is written that have a table of their own.
pub(super) fn tables(form: &BodyForm) -> impl Iterator<Item = &FormItem> {
    ways(form)
        .into_iter()
        .filter_map(|written| written.form.as_ref())
}

/// The items of a body, with their tables: its forms, and the enum of one that has several media types.
pub(super) fn items(form: &BodyForm) -> Vec<Part> {
    let mut parts: Vec<Part> = tables(form).flat_map(forms::items).collect();
    let Some(choice) = choice(form) else {
        return parts;
    };
    let name = ident(&choice.name);
    let words = format!("The body of [`{}`].", choice.of);
    let attributes = docs::lines_as_attributes(&[words]);
    let variants = choice.variants.iter().map(variant);
    let derives = if choice.is_streamed() {
        quote!(Debug)
    } else {
        quote!(Debug, Clone, PartialEq)
    };
    let items = quote! {
        #attributes
        #[derive(#derives)]
        pub enum #name { #(#variants)* }
    };
    let mut table = Table::new("choice");
    let streamed = choice.variants.iter().map(|variant| &variant.written);
    let streamed = streamed.filter(|written| written.codec.is_streamed());
    let streamed: Vec<String> = streamed
        .flat_map(|written| &written.media_types)
        .map(|name| string(name))
        .collect();
    let mut peeking = tables(form).filter(|form| form.files);
    let peeking = peeking.next().map(|form| format!(" peeking {}", form.name));
    let peeking = peeking.unwrap_or_default();
    table.push_open(if streamed.is_empty() {
        format!("{} {{", choice.name)
    } else {
        format!(
            "{} streaming {}{peeking} {{",
            choice.name,
            streamed.join(" ")
        )
    });
    for variant in &choice.variants {
        let line = kind_and_media(&variant.written);
        table.push(format!("{line} => {},", variant.ident));
    }
    table.push_close("}");
    parts.extend([Part::Items(items), Part::Table(table)]);
    parts
}

fn variant(variant: &ChoiceVariant) -> TokenStream {
    let names: Vec<String> = variant
        .written
        .media_types
        .iter()
        .map(|name| format!("`{}`", code_span(name)))
        .collect();
    let attributes = docs::lines_as_attributes(&docs::prose(&format!("{}.", names.join(", "))));
    let name = ident(&variant.ident);
    let ty = ty(&variant.ty);
    quote!(#attributes #name(#ty),)
}
