//! Enums of types: a variant per branch, named by what it holds.

use std::collections::HashMap;

use crate::model::union::{Decision, DecodeTree, Union};
use crate::model::{Api, EnumBase, Extra, Origin, Shape, TypeId};

use super::enums;
use super::names::{Scope, Words, identifier};
use super::rules::Rule;
use super::rust_type::RustType;
use super::structs::Parts;

/// An enum of types.
#[derive(Debug, Clone, PartialEq)]
pub struct UnionItem {
    /// In declared order.
    pub variants: Vec<VariantItem>,
    /// How a decoder tells them apart; numbers are indices of variants.
    pub decode: DecodeTree,
    /// The variant that keeps an object whose tag is none of the others', for clients.
    pub unknown: Option<usize>,
    /// The tag, where variants do not declare it, and so the union writes it.
    pub tag: Option<Tag>,
}

/// A property that a union writes into its variants.
#[derive(Debug, Clone, PartialEq)]
pub struct Tag {
    /// The property.
    pub property: String,
    /// Indices of variants, and the value that stands for each.
    pub values: Vec<(usize, String)>,
}

/// One variant.
#[derive(Debug, Clone, PartialEq)]
pub struct VariantItem {
    /// Rust name.
    pub ident: String,
    /// What it holds.
    pub ty: RustType,
    /// What is checked beyond its type.
    pub rules: Vec<Rule>,
    /// Its text, where the branch has one of its own.
    pub docs: Option<String>,
}

pub(super) fn item(parts: &Parts<'_>, id: TypeId, union: &Union) -> UnionItem {
    let spelling = &parts.spelling;
    let names = parts.variant_names(id);
    let mut variants: Vec<VariantItem> = union
        .variants
        .iter()
        .enumerate()
        .map(|(index, variant)| {
            let plain = spelling.plain(variant.ty.id);
            let ty = &spelling.api.types.get(variant.ty.id);
            VariantItem {
                ident: identifier(names.get(&variant.ty.id).map_or("Value", String::as_str)),
                ty: if parts.boxes.contains(id, index) {
                    RustType::Boxed(Box::new(plain))
                } else {
                    plain
                },
                rules: own_rules(parts.checked.rules(variant.ty)),
                docs: ty
                    .docs
                    .description
                    .clone()
                    .filter(|_| !spelling.is_component(variant.ty.id)),
            }
        })
        .collect();
    let open = spelling.api.types.get(id).in_response && is_open(&union.decode);
    let unknown = open.then_some(variants.len());
    if open {
        let mut scope = Scope::reserving(variants.iter().map(|variant| variant.ident.as_str()));
        variants.push(VariantItem {
            ident: scope.claim("Unknown"),
            ty: RustType::Value,
            rules: Vec::new(),
            docs: Some("A value with an unknown tag, as it was read.".to_owned()),
        });
    }
    UnionItem {
        variants,
        decode: union.decode.clone(),
        unknown,
        tag: undeclared_tag(spelling.api, union),
    }
}

/// The tag of variants that neither declare it nor keep what they do not declare: read, it would be gone.
fn undeclared_tag(api: &Api, union: &Union) -> Option<Tag> {
    let Some(Decision::Tag {
        property, cases, ..
    }) = &union.decode.object
    else {
        return None;
    };
    let loses = |index: &usize| {
        let variant = union.variants.get(*index)?;
        match &api.types.get(api.types.resolve(variant.ty).0).shape {
            Shape::Object(object) => Some(
                !object.fields.contains_key(property) && !matches!(object.extra, Extra::Keep(_)),
            ),
            _ => None,
        }
    };
    let mut values: Vec<(usize, String)> = Vec::new();
    for (tags, next) in cases {
        for index in next.variants() {
            let known = values.iter().any(|(known, _)| *known == index);
            if let Some(tag) = tags.first()
                && !known
                && loses(&index) == Some(true)
            {
                values.push((index, tag.clone()));
            }
        }
    }
    values.sort_by_key(|(index, _)| *index);
    let property = property.clone();
    (!values.is_empty()).then_some(Tag { property, values })
}

/// Whether a service may add tags: objects go by their tag, and by nothing else where it is another.
fn is_open(decode: &DecodeTree) -> bool {
    matches!(
        &decode.object,
        Some(Decision::Tag {
            otherwise: None,
            ..
        })
    )
}

/// The tag of every type that a union knows by one.
pub(super) fn tags(api: &Api) -> HashMap<TypeId, &str> {
    let mut tags = HashMap::new();
    for (_, ty) in api.types.iter() {
        if let Shape::Union(union) = &ty.shape
            && let Some(Decision::Tag { property, .. }) = &union.decode.object
        {
            for variant in &union.variants {
                tags.entry(api.types.resolve(variant.ty).0)
                    .or_insert(property.as_str());
            }
        }
    }
    tags
}

/// A payload checks itself; only rules about it as a whole need a line.
fn own_rules(mut rules: Vec<Rule>) -> Vec<Rule> {
    rules.retain(|rule| rule.name != "nested");
    rules
}

/// Names of a union's variants, by their type.
pub(super) fn variant_names(api: &Api, words: &Words, id: TypeId) -> HashMap<TypeId, String> {
    let Shape::Union(union) = &api.types.get(id).shape else {
        return HashMap::new();
    };
    let mut scope = Scope::default();
    union
        .variants
        .iter()
        .map(|variant| {
            let ty = api.types.get(api.types.original(variant.ty.id));
            let proposed = match (&ty.origin, &variant.name) {
                (Origin::Component(name), _) => words.camel(name),
                (_, Some(title)) if is_name(title) => words.camel(title),
                _ => by_tag(api, words, variant.ty.id)
                    .unwrap_or_else(|| kind_name(api, variant.ty.id).to_owned()),
            };
            (variant.ty.id, scope.claim(&proposed))
        })
        .collect()
}

/// A title that can be a name, rather than a sentence.
fn is_name(title: &str) -> bool {
    title.len() <= 40
        && title.split_whitespace().count() <= 4
        && title.contains(|c: char| c.is_ascii_alphabetic())
}

/// The value of a property that can have only one: what sets this variant apart.
fn by_tag(api: &Api, words: &Words, id: TypeId) -> Option<String> {
    let Shape::Object(object) = &api.types.get(id).shape else {
        return None;
    };
    object
        .fields
        .values()
        .filter(|field| field.required)
        .find_map(
            |field| match &api.types.get(api.types.resolve(field.ty).0).shape {
                Shape::Enum(list) => list.only().map(|only| enums::name(words, only)),
                _ => None,
            },
        )
}

fn kind_name(api: &Api, id: TypeId) -> &'static str {
    match &api.types.get(id).shape {
        Shape::Any | Shape::Alias(_) => "Value",
        Shape::Null => "Null",
        Shape::Bool => "Boolean",
        Shape::Integer(_) => "Integer",
        Shape::Number(_) => "Number",
        Shape::Text(_) => "String",
        Shape::File => "File",
        Shape::Enum(list) if list.base == EnumBase::Booleans => "Boolean",
        Shape::Enum(_) => "Enum",
        Shape::Array(_) => "Array",
        Shape::Tuple(_) => "Tuple",
        Shape::Map(_) | Shape::Object(_) => "Object",
        Shape::Union(_) => "Union",
    }
}
