//! Module `types`: structs, enums, names, and their tables.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::EnumBase;
use crate::output::{Definition, FileJob, Part};
use crate::plan::{ExtraItem, RustPlan, RustType, TypeItem, TypeKind};

use super::literal::ident;
use super::rules::Macros;
use super::texts::{self, Texts};
use super::{CHUNK, Of, docs, enums, structs, tuples, unions};

pub(super) fn job<'p>(plan: &'p RustPlan, of: Of<'p>) -> FileJob<'p> {
    let words = of.docs("The schemas of the document as Rust types.", "The types");
    let mut job = FileJob::new(of.path("types"), words).chunk(move || {
        let (imports, modules) = (imports(plan), of.modules(|plan| !plan.types.is_empty()));
        let outer = outer(of);
        let mut parts = vec![Part::Items(quote!(#outer #imports #modules))];
        parts.extend(texts::custom(plan).map(Part::Table));
        parts
    });
    for chunk in plan.types.chunks(CHUNK) {
        job.push(move || chunk.iter().flat_map(item).collect());
    }
    job
}

/// Types of other files.
fn outer(of: Of<'_>) -> Option<TokenStream> {
    let Of::Part(part) = of else { return None };
    let names: Vec<_> = part.outer_types.iter().map(|name| ident(name)).collect();
    (!names.is_empty()).then(|| quote!(use crate::types::{#(#names),*};))
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
    let integers = enums::import(plan, EnumBase::Integers);
    let scalars = enums::import(plan, EnumBase::Scalars);
    let strings = enums::import(plan, EnumBase::Strings);
    let tuples = used.tuples.then(|| {
        quote!(
            use crate::support::tuple::tuple;
        )
    });
    let unions = used.unions.then(|| {
        quote!(
            use crate::support::union_table::union;
        )
    });
    let wrappers = used.wrappers.then(|| {
        quote!(
            use crate::support::wrapper::wrapper;
        )
    });
    let macros = used.macros.imports();
    let texts = used.texts.imports();
    let textual = (!plan.custom.is_empty()).then(|| {
        quote!(
            use crate::support::formatted::textual;
        )
    });
    quote!(#std #json #texts #textual #defaulted #integers #maybe #object #scalars #strings #tuples #unions #wrappers #macros)
}

/// Whether some property has a default.
pub(super) fn has_defaults(plan: &RustPlan) -> bool {
    let mut used = Used::default();
    for item in &plan.types {
        used.see_item(item);
    }
    let mut parameters = plan
        .operations
        .iter()
        .flat_map(|operation| &operation.parameters);
    used.defaulted || parameters.any(|parameter| parameter.default.is_some())
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
    tuples: bool,
    unions: bool,
    wrappers: bool,
    macros: Macros,
    texts: Texts,
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
                for matching in &item.matching {
                    self.see(&matching.ty);
                    self.macros.see_pattern(&matching.pattern);
                    self.macros.see(&matching.rules);
                }
                self.macros.see(&item.extra_rules);
                self.macros.see(&item.rules);
            }
            TypeKind::Tuple(item) => {
                self.tuples = true;
                for part in &item.parts {
                    self.see(&part.ty);
                    self.macros.see(&part.rules);
                }
                if let Some(rest) = &item.rest {
                    self.see(&rest.ty);
                    self.macros.see(&rest.rules);
                }
                self.macros.see(&item.rules);
            }
            TypeKind::Union(item) => {
                self.unions = true;
                for variant in &item.variants {
                    self.see(&variant.ty);
                    self.macros.see(&variant.rules);
                }
            }
            TypeKind::Enum(_) => {}
            TypeKind::Alias(ty) => self.see(ty),
            TypeKind::Wrapper(ty, rules) => {
                self.wrappers = true;
                self.see(ty);
                self.macros.see(rules);
            }
        }
    }

    fn see(&mut self, ty: &RustType) {
        ty.walk(&mut |ty| match ty {
            RustType::Map(_) => self.map = true,
            RustType::Object => self.object = true,
            RustType::Value => self.value = true,
            RustType::Defaulted(_) => self.defaulted = true,
            RustType::Maybe(_) => self.maybe = true,
            other => self.texts.see(other),
        });
    }
}

fn item(item: &TypeItem) -> Vec<Part> {
    let docs = docs::lines(&item.docs, &item.fallback);
    match &item.kind {
        TypeKind::Struct(structure) => structs::parts(docs, &item.name, structure),
        TypeKind::Tuple(tuple) => {
            tuples::parts(&docs::lines_as_attributes(&docs), &item.name, tuple)
        }
        TypeKind::Union(union) => {
            vec![
                Part::Definition(unions::item(docs, &item.name, union)),
                Part::Table(unions::table(&item.name, union)),
            ]
        }
        TypeKind::Enum(list) => {
            vec![
                Part::Definition(enums::item(docs, &item.name, list)),
                Part::Table(enums::table(&item.name, list)),
            ]
        }
        TypeKind::Wrapper(inner, rules) => structs::wrapper(docs, &item.name, inner, rules),
        TypeKind::Alias(target) => {
            vec![Definition::alias(&item.name, target.path(""), docs).into()]
        }
    }
}
