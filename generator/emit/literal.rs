//! The door through which a document's text becomes a Rust token: literals and checked names.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use crate::plan::RustType;

/// A string literal for a table. What cannot be seen is escaped.
pub(super) fn string(text: &str) -> String {
    Literal::string(text).to_string()
}

/// A name that the plan has made an identifier.
pub(super) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// A type expression.
pub(super) fn ty(ty: &RustType) -> TokenStream {
    match ty {
        RustType::Vec(inner) => {
            let inner = self::ty(inner);
            quote!(Vec<#inner>)
        }
        RustType::Map(inner) => {
            let inner = self::ty(inner);
            quote!(BTreeMap<String, #inner>)
        }
        RustType::Option(inner) => {
            let inner = self::ty(inner);
            quote!(Option<#inner>)
        }
        RustType::Maybe(inner) => {
            let inner = self::ty(inner);
            quote!(Maybe<#inner>)
        }
        RustType::Boxed(inner) => {
            let inner = self::ty(inner);
            quote!(Box<#inner>)
        }
        RustType::Object => quote!(Map<String, Value>),
        RustType::Bool
        | RustType::Integer(_)
        | RustType::Number(_)
        | RustType::String
        | RustType::Value => {
            let name = ident(&ty.path(""));
            quote!(#name)
        }
        RustType::Named(name) => {
            let name = ident(name);
            quote!(#name)
        }
    }
}

/// The type of an argument, and the expression that turns the argument into the field.
pub(super) fn argument(name: &Ident, of: &RustType) -> (TokenStream, TokenStream) {
    if *of == RustType::String {
        (quote!(impl Into<String>), quote!(#name.into()))
    } else {
        (ty(of), quote!(#name))
    }
}
