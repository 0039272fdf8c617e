//! Several schemas that hold at once, as one.

use std::collections::HashSet;
use std::sync::Arc;

use indexmap::{IndexMap, IndexSet};

use crate::diag::Place;
use crate::document::{Constraints, JsonType, KeyRule, KeySets, Node, Number, Schema, TypeSet};

use super::words::{both, has_union, is_within, kind};

/// Everything that the parts say themselves, but for their branches. What two parts say of the same
/// property, item or the like becomes an `allOf` of both, at a place of its own under `place`.
pub(super) fn merge(parts: &[&Schema], outer: &Schema) -> Schema {
    let place = outer.place.child("allOf");
    let mut merged = Schema {
        place: outer.place.clone(),
        nullable: outer.nullable,
        deprecated: outer.deprecated,
        title: outer.title.clone(),
        description: outer.description.clone(),
        default: outer.default.clone(),
        extensions: outer.extensions.clone(),
        types: types(parts),
        enumeration: values(parts),
        ..Schema::default()
    };
    let mut required: IndexSet<&String> = IndexSet::new();
    for part in parts {
        merged.read_only |= part.read_only;
        merged.write_only |= part.write_only;
        if part.boolean == Some(false) {
            merged.boolean = part.boolean;
        }
        if merged.default.is_none() {
            merged.default.clone_from(&part.default);
        }
        for (name, value) in &part.extensions {
            merged
                .extensions
                .entry(name.clone())
                .or_insert_with(|| value.clone());
        }
        if let Some(format) = &part.format
            && speaks_of(part, merged.types)
            && !merged
                .format
                .as_ref()
                .is_some_and(|narrow| is_within(narrow, format))
        {
            merged.format = Some(format.clone());
        }
        if merged.discriminator.is_none() && has_union(part) {
            merged.discriminator.clone_from(&part.discriminator);
        }
        required.extend(&part.required);
        rare(&mut merged, part);
    }
    merged.required = required.into_iter().cloned().collect();
    merged.properties = joined_maps(parts, &place.child("properties"), |part| &part.properties);
    let patterns = joined_maps(parts, &place.child("patternProperties"), |part| {
        &part.rare().pattern_properties
    });
    if !patterns.is_empty() {
        merged.rare_mut().pattern_properties = patterns;
    }
    let one = |keyword: &str, of: fn(&Schema) -> Option<&Arc<Schema>>| {
        let found: Vec<&Arc<Schema>> = parts.iter().filter_map(|part| of(part)).collect();
        joined(found, || place.child(keyword))
    };
    merged.items = one("items", |part| part.items.as_ref());
    merged.additional_properties = one("additionalProperties", |part| {
        part.additional_properties.as_ref()
    });
    if let Some(names) = one("propertyNames", |part| part.rare().property_names.as_ref()) {
        merged.rare_mut().property_names = Some(names);
    }
    prefix_items(&mut merged, parts, &place);
    let mut constraints = Constraints::default();
    for part in parts {
        restrict(&mut constraints, part.constraints(), &mut merged);
    }
    *merged.constraints_mut() = constraints;
    merged
}

/// Whether what the part says of a `format` is about values that are left.
pub(super) fn speaks_of(part: &Schema, types: Option<TypeSet>) -> bool {
    match (part.types, types) {
        (Some(own), Some(left)) => !own
            .without(JsonType::Null)
            .intersection(left.without(JsonType::Null))
            .is_empty(),
        _ => true,
    }
}

fn types(parts: &[&Schema]) -> Option<TypeSet> {
    parts.iter().filter_map(|part| part.types).reduce(both)
}

/// The values that every list has.
fn values(parts: &[&Schema]) -> Option<Vec<Node>> {
    let types = types(parts);
    let mut lists = parts.iter().filter_map(|part| {
        let constant = part.constant.as_ref().map(std::slice::from_ref);
        constant.or(part.enumeration.as_deref())
    });
    let first = lists.next()?;
    let others: Vec<HashSet<&Node>> = lists.map(|list| list.iter().collect()).collect();
    let alone = parts.len() == 1;
    let kept = first.iter().filter(|value| {
        others.iter().all(|list| list.contains(value))
            && (alone
                || types
                    .is_none_or(|types| both(types, TypeSet::only(kind(value))) != TypeSet::EMPTY))
    });
    Some(kept.cloned().collect())
}

/// Entries of maps by name; a name that several have holds what all of them say.
fn joined_maps<'s>(
    parts: &[&'s Schema],
    place: &Place,
    of: impl Fn(&'s Schema) -> &'s IndexMap<String, Arc<Schema>>,
) -> IndexMap<String, Arc<Schema>> {
    let mut found: IndexMap<&str, Vec<&Arc<Schema>>> = IndexMap::new();
    for part in parts {
        for (name, schema) in of(part) {
            found.entry(name).or_default().push(schema);
        }
    }
    found
        .into_iter()
        .filter_map(|(name, schemas)| {
            Some((name.to_owned(), joined(schemas, || place.child(name))?))
        })
        .collect()
}

/// The schema of all; the one itself where there is only one. What restricts nothing is left out.
fn joined(mut schemas: Vec<&Arc<Schema>>, place: impl FnOnce() -> Place) -> Option<Arc<Schema>> {
    if schemas.len() > 1 && schemas.iter().any(|schema| schema.boolean == Some(false)) {
        schemas.retain(|schema| schema.boolean == Some(false));
        schemas.truncate(1);
    }
    if schemas.len() > 1 && schemas.iter().any(|schema| schema.boolean != Some(true)) {
        schemas.retain(|schema| schema.boolean != Some(true));
    }
    let last = *schemas.last()?;
    if schemas.len() == 1 {
        return Some(Arc::clone(last));
    }
    Some(Arc::new(Schema {
        place: place(),
        title: schemas.iter().rev().find_map(|schema| schema.title.clone()),
        description: schemas
            .iter()
            .rev()
            .find_map(|schema| schema.description.clone()),
        deprecated: last.deprecated,
        default: schemas
            .iter()
            .rev()
            .find_map(|schema| schema.default.clone()),
        read_only: schemas.iter().any(|schema| schema.read_only),
        write_only: schemas.iter().any(|schema| schema.write_only),
        all_of: schemas.into_iter().cloned().collect(),
        ..Schema::default()
    }))
}

/// Item after item; behind the end of a shorter list stands what its `items` say.
fn prefix_items(merged: &mut Schema, parts: &[&Schema], place: &Place) {
    let most = parts
        .iter()
        .map(|part| part.rare().prefix_items.len())
        .max()
        .unwrap_or_default();
    if most == 0 {
        return;
    }
    let place = place.child("prefixItems");
    let items = (0..most).filter_map(|index| {
        let found = parts
            .iter()
            .filter_map(|part| part.rare().prefix_items.get(index).or(part.items.as_ref()))
            .collect();
        joined(found, || place.index(index))
    });
    merged.rare_mut().prefix_items = items.collect();
}

fn rare(merged: &mut Schema, part: &Schema) {
    let from = part.rare();
    let into = merged.rare_mut();
    into.more_patterns
        .extend(from.more_patterns.iter().cloned());
    for keyword in &from.restrictions {
        if !into.restrictions.contains(keyword) {
            into.restrictions.push(keyword.clone());
        }
    }
    for sets in &from.key_sets {
        let same = |known: &&mut KeySets| known.rule == sets.rule;
        match into.key_sets.iter_mut().find(same) {
            None => into.key_sets.push(sets.clone()),
            Some(known) if known.rule == KeyRule::Dependent => {
                let new = sets.sets.iter().filter(|set| !known.sets.contains(set));
                let new: Vec<_> = new.cloned().collect();
                known.sets.extend(new);
            }
            Some(known) if known == sets => {}
            Some(_) => into.restrictions.push(sets.keyword().to_owned()),
        }
    }
    match (&into.not, &from.not) {
        (None, Some(_)) => into.not.clone_from(&from.not),
        (Some(_), Some(_)) => into.restrictions.push("not".to_owned()),
        (_, None) => {}
    }
    match (&into.contains, &from.contains) {
        (None, Some(_)) => into.contains.clone_from(&from.contains),
        (Some(_), Some(_)) => into.restrictions.push("contains".to_owned()),
        (_, None) => {}
    }
    for (name, schema) in &from.definitions {
        into.definitions
            .entry(name.clone())
            .or_insert_with(|| schema.clone());
    }
    let texts = [
        (&mut into.content_encoding, &from.content_encoding),
        (&mut into.content_media_type, &from.content_media_type),
    ];
    for (into, from) in texts {
        if from.is_some() {
            into.clone_from(from);
        }
    }
    if from.content_schema.is_some() {
        into.content_schema.clone_from(&from.content_schema);
    }
    into.xml |= from.xml;
}

/// The narrower of each pair of bounds.
fn restrict(into: &mut Constraints, from: &Constraints, merged: &mut Schema) {
    let least = |into: &mut Option<u64>, from: Option<u64>| *into = (*into).max(from);
    let most = |into: &mut Option<u64>, from: Option<u64>| {
        *into = match (*into, from) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
    };
    let bound = |into: &mut Option<Number>, from: Option<Number>, upper: bool| {
        *into = match (*into, from) {
            (Some(a), Some(b)) if (a.as_f64() < b.as_f64()) == upper => Some(a),
            (_, Some(b)) => Some(b),
            (a, None) => a,
        };
    };
    least(&mut into.min_length, from.min_length);
    least(&mut into.min_items, from.min_items);
    least(&mut into.min_contains, from.min_contains);
    least(&mut into.min_properties, from.min_properties);
    most(&mut into.max_length, from.max_length);
    most(&mut into.max_items, from.max_items);
    most(&mut into.max_contains, from.max_contains);
    most(&mut into.max_properties, from.max_properties);
    bound(&mut into.minimum, from.minimum, false);
    bound(&mut into.exclusive_minimum, from.exclusive_minimum, false);
    bound(&mut into.maximum, from.maximum, true);
    bound(&mut into.exclusive_maximum, from.exclusive_maximum, true);
    into.unique_items |= from.unique_items;
    match (&into.pattern, &from.pattern) {
        (None, Some(_)) => into.pattern.clone_from(&from.pattern),
        (Some(a), Some(b)) if a != b => merged.rare_mut().more_patterns.push(b.clone()),
        _ => {}
    }
    match (into.multiple_of, from.multiple_of) {
        (None, Some(_)) => into.multiple_of = from.multiple_of,
        (Some(a), Some(b)) if a.as_f64() % b.as_f64() == 0.0 => {}
        (Some(a), Some(b)) if b.as_f64() % a.as_f64() == 0.0 => into.multiple_of = Some(b),
        (Some(_), Some(_)) => {
            let restrictions = &mut merged.rare_mut().restrictions;
            restrictions.push("multipleOf".to_owned());
        }
        (_, None) => {}
    }
}
