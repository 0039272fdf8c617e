//! Structs: their fields, tables and constructors.

use proc_macro2::TokenStream;
use quote::quote;

use crate::output::{Part, Table};
use crate::plan::{ExtraItem, FieldItem, RustType, StructItem};
use crate::text::code_span;

use super::literal::{argument, converts, ident, string, ty};
use super::rules::joined;
use super::{docs, initial};

/// A struct, its table, and how it is made.
pub(super) fn parts(attributes: &TokenStream, name: &str, item: &StructItem) -> Vec<Part> {
    let mut parts = vec![
        Part::Items(struct_item(attributes, name, item)),
        Part::Table(object_table(name, item)),
    ];
    parts.extend(constructor(name, item).map(Part::Items));
    parts
}

fn struct_item(attributes: &TokenStream, name: &str, item: &StructItem) -> TokenStream {
    let name = ident(name);
    let default = item.derives_default().then(|| quote!(Default,));
    let fields = item.fields.iter().map(|field| {
        let attributes = docs::attributes(
            &field.docs,
            &format!("The property `{}`.", code_span(&field.wire)),
        );
        let name = ident(&field.ident);
        let ty = ty(&field.ty);
        quote!(#attributes pub #name: #ty,)
    });
    let extra = match &item.extra {
        ExtraItem::Keep(field, map) => {
            let field = ident(field);
            let map = ty(map);
            Some(quote! {
                #[doc = " Properties that are not declared."]
                pub #field: #map,
            })
        }
        ExtraItem::Drop | ExtraItem::Forbid => None,
    };
    quote! {
        #attributes
        #[derive(Debug, Clone, #default PartialEq)]
        pub struct #name { #(#fields)* #extra }
    }
}

fn object_table(name: &str, item: &StructItem) -> Table {
    let mut table = Table::new("object");
    table.push_open(format!("{name} {{"));
    let tag = item.tag.and_then(|index| item.fields.get(index));
    let others = item
        .fields
        .iter()
        .enumerate()
        .filter(|(index, _)| Some(*index) != item.tag);
    for field in tag.into_iter().chain(others.map(|(_, field)| field)) {
        let mark = if field.required { "" } else { "?" };
        let default = field.default.as_ref().map(initial::text);
        let default = default.map_or_else(String::new, |value| format!(" = {value}"));
        table.push(format!(
            "{} => {}{mark}{default},",
            string(&field.wire),
            field.ident
        ));
    }
    match &item.extra {
        ExtraItem::Drop => {}
        ExtraItem::Forbid => table.push(".. => !"),
        ExtraItem::Keep(field, _) => table.push(format!(".. => {field}")),
    }
    table.push_close("}");
    let rules: Vec<&FieldItem> = item
        .fields
        .iter()
        .filter(|field| !field.rules.is_empty())
        .collect();
    if !rules.is_empty() {
        table.push_open("where {");
        for field in rules {
            table.push(format!(
                "{} => {}: {};",
                string(&field.wire),
                field.ident,
                joined(&field.rules)
            ));
        }
        table.push_close("}");
    }
    table
}

/// `new`, with an argument for each field that needs one; `default` where none does.
fn constructor(name: &str, item: &StructItem) -> Option<TokenStream> {
    let is_default = item.is_default();
    if item.derives_default() || !(is_default || item.has_constructor()) {
        return None;
    }
    let mut arguments = Vec::new();
    let mut fields = Vec::new();
    for field in &item.fields {
        let name = ident(&field.ident);
        if let Some(value) = &field.untouched {
            let value = initial::tokens(value);
            fields.push(quote!(#name: #value));
            continue;
        }
        let (of, value) = argument(&name, &field.ty, ty(&field.ty));
        arguments.push(quote!(#name: #of));
        let short = !converts(&field.ty);
        fields.push(if short {
            quote!(#name)
        } else {
            quote!(#name: #value)
        });
    }
    if let ExtraItem::Keep(field, map) = &item.extra {
        let field = ident(field);
        let new = if *map == RustType::Object {
            quote!(Map::new())
        } else {
            quote!(BTreeMap::new())
        };
        fields.push(quote!(#field: #new));
    }
    let name = ident(name);
    if is_default {
        return Some(quote! {
            impl Default for #name {
                fn default() -> Self {
                    Self { #(#fields),* }
                }
            }
        });
    }
    let has_values = item.fields.iter().any(|field| {
        (field.required && field.untouched.is_some())
            || (!field.required && field.default.is_some())
    });
    let docs = if has_values {
        " With what has to be given; the rest is as the document has it, or absent."
    } else {
        " With what is required; the rest is absent."
    };
    Some(quote! {
        impl #name {
            #[doc = #docs]
            #[must_use]
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#fields),* }
            }
        }
    })
}
