//! Module `types`: structs, enums, names, and their tables.

use proc_macro2::TokenStream;
use quote::quote;

use crate::output::{FileJob, Part, Table};
use crate::plan::{EnumItem, ExtraItem, RustPlan, RustType, TypeItem, TypeKind};

use crate::text::code_span;

use super::literal::{ident, string, ty};
use super::rules::Macros;
use super::{CHUNK, docs, structs, unions};

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
    let defaulted = used.defaulted.then(|| {
        quote!(
            use crate::support::defaulted::Defaulted;
        )
    });
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
    quote!(#std #json #defaulted #maybe #object #strings #unions #macros)
}

/// Whether some property has a default.
pub(super) fn has_defaults(plan: &RustPlan) -> bool {
    let mut used = Used::default();
    for item in &plan.types {
        used.see_item(item);
    }
    used.defaulted
}

#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "a set of imports")]
struct Used {
    map: bool,
    object: bool,
    value: bool,
    defaulted: bool,
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
            RustType::Defaulted(_) => self.defaulted = true,
            RustType::Maybe(_) => self.maybe = true,
            _ => {}
        });
    }
}

fn item(item: &TypeItem) -> Vec<Part> {
    let attributes = docs::attributes(&item.docs, &item.fallback);
    let name = ident(&item.name);
    match &item.kind {
        TypeKind::Struct(structure) => structs::parts(&attributes, &item.name, structure),
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
