//! The door through which a document's text becomes a Rust token: literals and checked names.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use crate::model::Number;
use crate::plan::RustType;
use crate::text::{grouped, is_hidden};

/// A string literal for a table. What cannot be seen is escaped.
pub(super) fn string(text: &str) -> String {
    Literal::string(text).to_string()
}

/// A string literal without escapes, where that reads better and hides nothing.
pub(super) fn raw_string(text: &str) -> String {
    if !text.contains(['\\', '"']) || text.contains(is_hidden) {
        return string(text);
    }
    let mut fence = String::new();
    while text.contains(&format!("\"{fence}")) {
        fence.push('#');
    }
    format!("r{fence}\"{text}\"{fence}")
}

/// A number literal for a table: an integer where an `i64` holds it, else a float.
pub(super) fn number(value: Number) -> String {
    match value.as_i64() {
        Some(value) => grouped(&value.to_string()),
        None => grouped(&format!("{:?}", value.as_f64())),
    }
}

/// A name that the plan has made an identifier.
pub(super) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// A type expression outside module `types`: generated types by their path, so that none of them can
/// clash with a name of the module.
pub(super) fn outer_ty(ty: &RustType) -> TokenStream {
    spelled(ty, &quote!(types::))
}

/// A type expression in module `types`.
pub(super) fn ty(ty: &RustType) -> TokenStream {
    spelled(ty, &TokenStream::new())
}

fn spelled(ty: &RustType, prefix: &TokenStream) -> TokenStream {
    match ty {
        RustType::Vec(inner) => {
            let inner = spelled(inner, prefix);
            quote!(Vec<#inner>)
        }
        RustType::Map(inner) => {
            let inner = spelled(inner, prefix);
            quote!(BTreeMap<String, #inner>)
        }
        RustType::Option(inner) => {
            let inner = spelled(inner, prefix);
            quote!(Option<#inner>)
        }
        RustType::Maybe(inner) => {
            let inner = spelled(inner, prefix);
            quote!(Maybe<#inner>)
        }
        RustType::Defaulted(inner) => {
            let inner = spelled(inner, prefix);
            quote!(Defaulted<#inner>)
        }
        RustType::Boxed(inner) => {
            let inner = spelled(inner, prefix);
            quote!(Box<#inner>)
        }
        RustType::Lines(inner) => {
            let inner = spelled(inner, prefix);
            quote!(Lines<#inner>)
        }
        RustType::Events(inner) => {
            let inner = spelled(inner, prefix);
            quote!(Events<#inner>)
        }
        RustType::Object => quote!(Map<String, Value>),
        RustType::Bool
        | RustType::Integer(_)
        | RustType::Number(_)
        | RustType::Formatted(_)
        | RustType::Secret
        | RustType::String
        | RustType::Value
        | RustType::Null
        | RustType::Bytes
        | RustType::Content
        | RustType::ByteStream
        | RustType::File
        | RustType::Multipart(_)
        | RustType::Body(_) => {
            // Names of ours, and paths that the configuration was checked for.
            ty.path("").parse().unwrap_or_default()
        }
        RustType::Named(name) => {
            let name = ident(name);
            quote!(#prefix #name)
        }
    }
}

/// The argument of a field, `name: Type`, and the value of the field where it is not the argument itself.
pub(super) fn argument_text(name: &str, of: &RustType, prefix: &str) -> (String, Option<String>) {
    let ty = of.path(prefix);
    if converts(of) {
        (
            format!("{name}: impl Into<{ty}>"),
            Some(format!("{name}.into()")),
        )
    } else {
        (format!("{name}: {ty}"), None)
    }
}

/// Whether an argument is taken as what turns into its type.
pub(super) fn converts(of: &RustType) -> bool {
    matches!(
        of,
        RustType::String
            | RustType::Bytes
            | RustType::ByteStream
            | RustType::File
            | RustType::Multipart(_)
            | RustType::Formatted(_)
            | RustType::Secret
    )
}
