//! Tuple structs: their items, tables and constructors.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::output::{Part, Table};
use crate::plan::{RustType, TupleItem};

use super::docs;
use super::literal::{argument, ident, ty};
use super::rules::joined;

/// A tuple struct, its table, and how it is made.
pub(super) fn parts(attributes: &TokenStream, name: &str, item: &TupleItem) -> Vec<Part> {
    let mut parts = vec![
        Part::Items(tuple_item(attributes, name, item)),
        Part::Table(table(name, item)),
    ];
    if item.has_constructor() {
        parts.push(Part::Items(constructor(name, item)));
    }
    parts
}

fn tuple_item(attributes: &TokenStream, name: &str, item: &TupleItem) -> TokenStream {
    let name = ident(name);
    let default = item.is_default().then(|| quote!(Default,));
    let parts = item.parts.iter().map(|part| {
        let attributes = docs::attributes(&part.docs, "");
        let ty = ty(&part.ty);
        quote!(#attributes pub #ty,)
    });
    let rest = item.rest.as_ref().map(|rest| {
        let ty = ty(&rest.ty);
        quote!(#[doc = " What follows."] pub #ty,)
    });
    quote! {
        #attributes
        #[derive(Debug, Clone, #default PartialEq)]
        pub struct #name(#(#parts)* #rest);
    }
}

fn table(name: &str, item: &TupleItem) -> Table {
    let mut table = Table::new("tuple");
    table.push_open(format!("{name} {{"));
    let parts = item.parts.iter().map(|part| {
        let kind = if part.required {
            "required"
        } else {
            "optional"
        };
        (kind, &part.rules)
    });
    let rest = item.rest.iter().map(|rest| ("rest", &rest.rules));
    for (at, (kind, rules)) in parts.chain(rest).enumerate() {
        let colon = if rules.is_empty() { "" } else { ": " };
        table.push(format!("{at} => {kind}{colon}{};", joined(rules)));
    }
    table.push_close("}");
    if !item.rules.is_empty() {
        table.push(format!("where {{ {} }}", joined(&item.rules)));
    }
    table
}

/// `new`, with an argument for each item that has to be there.
fn constructor(name: &str, item: &TupleItem) -> TokenStream {
    let mut arguments = Vec::new();
    let mut values = Vec::new();
    for (at, part) in item.parts.iter().enumerate() {
        if !part.required {
            values.push(if matches!(part.ty, RustType::Maybe(_)) {
                quote!(Maybe::Absent)
            } else {
                quote!(None)
            });
            continue;
        }
        let name = format_ident!("item_{at}");
        let (of, value) = argument(&name, &part.ty, ty(&part.ty));
        arguments.push(quote!(#name: #of));
        values.push(value);
    }
    if item.rest.is_some() {
        values.push(quote!(Vec::new()));
    }
    let name = ident(name);
    quote! {
        impl #name {
            #[doc = " With the items that have to be there; there are no others."]
            #[must_use]
            pub fn new(#(#arguments),*) -> Self {
                Self(#(#values),*)
            }
        }
    }
}
