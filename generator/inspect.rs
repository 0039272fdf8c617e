//! What a document becomes, for people and scripts to look at.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use crate::diag::{FileId, Files, Place};
use crate::model::{Api, Shape};
use crate::plan::{Planned, RustPlan};

/// The resolved API. The names of the fields are a contract with scripts.
#[derive(Debug, Clone, Serialize)]
pub struct Inspection {
    /// The `openapi` field.
    pub openapi: String,
    /// `info.title`.
    pub title: String,
    /// Every schema position, named and inline, in order of pointer.
    pub types: Vec<TypeEntry>,
    /// Every union.
    pub unions: Vec<UnionEntry>,
    /// Every operation, in document order.
    pub operations: Vec<OperationEntry>,
}

/// One schema position.
#[derive(Debug, Clone, Serialize)]
pub struct TypeEntry {
    /// The file that it stands in, where that is not the document itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// JSON pointer of the schema.
    pub pointer: String,
    /// Type expression, valid after `use CRATE::*`.
    pub rust: String,
    /// `object`, `union`, `enum`, `array`, `tuple`, `map`, `string`, `integer`, `number`, `boolean`, `null`, `any`.
    pub shape: &'static str,
}

/// One union.
#[derive(Debug, Clone, Serialize)]
pub struct UnionEntry {
    /// The file that it stands in, where that is not the document itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// JSON pointer of the schema.
    pub pointer: String,
    /// Its Rust type.
    pub rust: String,
    /// Names of its variants.
    pub variants: Vec<String>,
    /// The means by which variants are told apart, joined by `+`.
    pub decode: String,
}

/// One operation.
#[derive(Debug, Clone, Serialize)]
pub struct OperationEntry {
    /// JSON pointer.
    pub pointer: String,
    /// Its id, or the one made of method and path.
    pub operation_id: String,
    /// Upper case.
    pub method: String,
    /// Path template.
    pub path: String,
    /// `client.integrations().create(…)`, as a path of names.
    pub client: String,
    /// `Integrations::create`.
    pub server: String,
}

impl Inspection {
    pub(crate) fn of(api: &Api, planned: &Planned, files: &Files) -> Self {
        let mut types: BTreeMap<&Place, TypeEntry> = BTreeMap::new();
        for (place, used) in &api.positions {
            let entry = TypeEntry {
                file: other_file(place, files),
                pointer: place.pointer.as_str().to_owned(),
                rust: planned.expression(api, *used),
                shape: shape(&api.types.get(api.types.resolve(*used).0).shape),
            };
            types.insert(place, entry);
        }
        let plan = &planned.plan;
        Self {
            openapi: api.openapi.clone(),
            title: api.title.clone(),
            types: types.into_values().collect(),
            unions: unions(api, plan, files),
            operations: operations(api, plan),
        }
    }
}

/// The name of the file, where it is not the first.
fn other_file(place: &Place, files: &Files) -> Option<String> {
    let other = place.file != FileId::default();
    let file = other.then(|| files.get(place.file)).flatten()?;
    Some(file.name.clone())
}

fn unions(api: &Api, plan: &RustPlan, files: &Files) -> Vec<UnionEntry> {
    let entry = |item: &crate::plan::TypeItem| {
        let crate::plan::TypeKind::Union(union) = &item.kind else {
            return None;
        };
        let place = &api.types.get(item.id).place;
        Some(UnionEntry {
            file: other_file(place, files),
            pointer: place.pointer.as_str().to_owned(),
            rust: format!("types::{}", item.name),
            variants: union
                .variants
                .iter()
                .map(|variant| variant.ident.clone())
                .collect(),
            decode: union.decode.describe(),
        })
    };
    plan.types.iter().filter_map(entry).collect()
}

fn operations(api: &Api, plan: &RustPlan) -> Vec<OperationEntry> {
    let mut tags = HashMap::new();
    for tag in &plan.tags {
        tags.extend(tag.operations.iter().map(|index| (*index, tag)));
    }
    let mut entries = Vec::with_capacity(plan.operations.len());
    for (index, (operation, item)) in api.operations.iter().zip(&plan.operations).enumerate() {
        let tag = tags.get(&index);
        entries.push(OperationEntry {
            pointer: operation.place.pointer.as_str().to_owned(),
            operation_id: operation.id.clone(),
            method: operation.method.clone(),
            path: operation.path.clone(),
            client: tag.map_or_else(String::new, |tag| {
                format!("client.{}().{}", tag.ident, item.ident)
            }),
            server: tag.map_or_else(String::new, |tag| {
                format!("{}::{}", tag.trait_name, item.ident)
            }),
        });
    }
    entries
}

fn shape(shape: &Shape) -> &'static str {
    match shape {
        Shape::Any | Shape::Alias(_) => "any",
        Shape::Null => "null",
        Shape::Bool => "boolean",
        Shape::Integer(_) => "integer",
        Shape::Number(_) => "number",
        Shape::Text(_) => "string",
        Shape::File => "file",
        Shape::Enum(_) => "enum",
        Shape::Array(_) => "array",
        Shape::Tuple(_) => "tuple",
        Shape::Map(_) => "map",
        Shape::Object(_) => "object",
        Shape::Union(_) => "union",
    }
}
