//! Module `types`: structs, enums, names, and their tables.

use proc_macro2::TokenStream;
use quote::quote;

use crate::output::{FileJob, Part, Table};
use crate::plan::{
    EnumItem, ExtraItem, FieldItem, RustPlan, RustType, StructItem, TypeItem, TypeKind,
};

use crate::text::code_span;

use super::literal::{argument, ident, string, ty};
use super::rules::{Macros, joined};
use super::{CHUNK, docs, unions};

pub(super) fn job(plan: &RustPlan) -> FileJob<'_> {
    let mut job = FileJob::new("src/types.rs", "The schemas of the document as Rust types.")
        .chunk(|| vec![Part::Items(imports(plan))]);
    for chunk in plan.types.chunks(CHUNK) {
        job.push(move || chunk.iter().flat_map(item).collect());
    }
    job
}

/// Only what the items use: an unused import would be a warning.
fn imports(plan: &RustPlan) -> TokenStream {
    let mut used = Used::default();
    for item in &plan.types {
        used.see_item(item);
    }
    let std = used.map.then(|| {
        quote!(
            use std::collections::BTreeMap;
        )
    });
    let mut json = Vec::new();
    if used.object {
        json.push(quote!(Map));
    }
    if used.object || used.value {
        json.push(quote!(Value));
    }
    let json = (!json.is_empty()).then(|| quote!(use serde_json::{#(#json),*};));
    let maybe = used.maybe.then(|| {
        quote!(
            use crate::support::maybe::Maybe;
        )
    });
    let object = used.objects.then(|| {
        quote!(
            use crate::support::object_table::object;
        )
    });
    let strings = used.enums.then(|| {
        quote!(
            use crate::support::string_enum::string_enum;
        )
    });
    let unions = used.unions.then(|| {
        quote!(
            use crate::support::union_table::union;
        )
    });
    let macros = used.macros.imports();
    quote!(#std #json #maybe #object #strings #unions #macros)
}

#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "a set of imports")]
struct Used {
    map: bool,
    object: bool,
    value: bool,
    maybe: bool,
    objects: bool,
    enums: bool,
    unions: bool,
    macros: Macros,
}

impl Used {
    fn see_item(&mut self, item: &TypeItem) {
        match &item.kind {
            TypeKind::Struct(item) => {
                self.objects = true;
                for field in &item.fields {
                    self.see(&field.ty);
                    self.macros.see(&field.rules);
                }
                if let ExtraItem::Keep(_, ty) = &item.extra {
                    self.see(ty);
                }
            }
            TypeKind::Union(item) => {
                self.unions = true;
                for variant in &item.variants {
                    self.see(&variant.ty);
                    self.macros.see(&variant.rules);
                }
            }
            TypeKind::Enum(_) => self.enums = true,
            TypeKind::Alias(ty) => self.see(ty),
        }
    }

    fn see(&mut self, ty: &RustType) {
        ty.walk(&mut |ty| match ty {
            RustType::Map(_) => self.map = true,
            RustType::Object => self.object = true,
            RustType::Value => self.value = true,
            RustType::Maybe(_) => self.maybe = true,
            _ => {}
        });
    }
}

fn item(item: &TypeItem) -> Vec<Part> {
    let attributes = docs::attributes(&item.docs, &item.fallback);
    let name = ident(&item.name);
    match &item.kind {
        TypeKind::Struct(structure) => {
            let mut parts = vec![
                Part::Items(struct_item(&attributes, &item.name, structure)),
                Part::Table(object_table(&item.name, structure)),
            ];
            parts.extend(constructor(&item.name, structure).map(Part::Items));
            parts
        }
        TypeKind::Union(union) => {
            vec![
                Part::Items(unions::item(&attributes, &item.name, union)),
                Part::Table(unions::table(&item.name, union)),
            ]
        }
        TypeKind::Enum(list) => {
            vec![
                Part::Items(enum_item(&attributes, &item.name, list)),
                Part::Table(enum_table(&item.name, list)),
            ]
        }
        TypeKind::Alias(target) => {
            let target = ty(target);
            vec![Part::Items(quote!(#attributes pub type #name = #target;))]
        }
    }
}

fn struct_item(attributes: &TokenStream, name: &str, item: &StructItem) -> TokenStream {
    let name = ident(name);
    let default = item.is_default().then(|| quote!(Default,));
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
        table.push(format!("{} => {}{mark},", string(&field.wire), field.ident));
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

/// `new`, with an argument for each required field.
fn constructor(name: &str, item: &StructItem) -> Option<TokenStream> {
    if !item.has_constructor() {
        return None;
    }
    let mut arguments = Vec::new();
    let mut fields = Vec::new();
    for field in &item.fields {
        let name = ident(&field.ident);
        if field.required {
            let (of, value) = argument(&name, &field.ty, ty(&field.ty));
            arguments.push(quote!(#name: #of));
            let short = field.ty != RustType::String;
            fields.push(if short {
                quote!(#name)
            } else {
                quote!(#name: #value)
            });
        } else if matches!(field.ty, RustType::Maybe(_)) {
            fields.push(quote!(#name: Maybe::Absent));
        } else {
            fields.push(quote!(#name: None));
        }
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
    Some(quote! {
        impl #name {
            #[doc = " With what is required; the rest is absent."]
            #[must_use]
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#fields),* }
            }
        }
    })
}

fn enum_item(attributes: &TokenStream, name: &str, item: &EnumItem) -> TokenStream {
    let name = ident(name);
    let copy = (!item.open).then(|| quote!(Copy,));
    let variants = item.values.iter().map(|(wire, name, description)| {
        let docs = crate::model::Docs {
            description: description.clone(),
            ..crate::model::Docs::default()
        };
        let attributes = docs::attributes(&docs, &format!("`{}`", code_span(wire)));
        let name = ident(name);
        quote!(#attributes #name,)
    });
    let unknown = item.open.then(|| {
        quote! {
            #[doc = " A value that the document does not list."]
            Unknown(String),
        }
    });
    quote! {
        #attributes
        #[derive(Debug, Clone, #copy PartialEq, Eq, Hash)]
        pub enum #name { #(#variants)* #unknown }
    }
}

fn enum_table(name: &str, item: &EnumItem) -> Table {
    let mut table = Table::new("string_enum");
    table.push_open(format!("{name} {{"));
    for (wire, name, _) in &item.values {
        table.push(format!("{} => {name},", string(wire)));
    }
    if item.open {
        table.push(".. => Unknown,");
    }
    table.push_close("}");
    table
}
