//! Schemas that hold at once: `allOf`, keywords beside `$ref`, and keywords beside `oneOf` or `anyOf`.
//!
//! Joining happens before a schema has a type: what several say becomes one schema that has no `allOf`, no `$ref`,
//! and at most one list of branches with nothing beside it. The rest of the model knows only such schemas.

mod branches;
mod children;
mod circles;
mod meant;
mod merge;
mod shelf;
mod words;

pub(super) use children::Children;
pub(super) use circles::Circles;
pub(super) use shelf::{Shelf, Slot};
pub(super) use words::{has_form, has_null, has_union, is_null, names_null_alone};

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::diag::{Code, Diagnostic, Place};
use crate::document::{JsonType, Schema, TypeSet};

use super::super::types::{Origin, TypeId, Use};
use super::Lower;
use super::schema::allows_null;
use words::{
    both, is_within, restricts_unseen, same_scalar, says_anything, says_more_than_types, says_null,
    stated, within,
};

/// `allOf`s nest no deeper than this; real documents stay below ten.
const MAX_NESTING: usize = 128;

/// Schemas that joining may make of one document; real ones have thousands.
const MAX_JOINED: usize = 100_000;

/// Parts that are held against each other, at most; real documents have tens.
const MAX_COMPARED: usize = 200;

/// Properties of joined schemas that a document of any length may have, and the length of text that stands for another.
const MAX_INHERITED: usize = 100_000;
const BYTES_OF_PROPERTY: usize = 20;

/// What a schema comes to.
pub(super) enum Joined<'a> {
    /// One schema that joins nothing.
    Schema(&'a Schema),
    /// Another schema's type, under other words.
    Alias(Use),
    /// No value satisfies it, or it holds only itself.
    Nothing,
}

/// A schema without a word, for a type that is another's.
pub(super) fn nothing() -> &'static Schema {
    static NOTHING: LazyLock<Schema> = LazyLock::new(Schema::default);
    &NOTHING
}

/// What a walk over an `allOf` has met.
#[derive(Default)]
struct Walk<'a> {
    parts: Vec<&'a Schema>,
    seen: HashSet<Place>,
    /// From the `allOf` down to where the walk is.
    path: Vec<&'a Schema>,
}

impl<'a> Lower<'a> {
    /// What `schema`, whose type is `id`, joins.
    pub(super) fn joined(&mut self, schema: &'a Schema, id: TypeId) -> Joined<'a> {
        if schema.all_of.is_empty() && schema.reference.is_none() {
            return if has_union(schema) {
                self.branches(&[schema], schema)
            } else {
                Joined::Schema(self.base_of_children(schema, schema))
            };
        }
        let mut walk = Walk::default();
        let null = self.walk(schema, &mut walk).unwrap_or_default();
        let mut parts = walk.parts;
        if schema.types == Some(TypeSet::only(JsonType::Null)) {
            parts.retain(|part| !std::ptr::eq(*part, schema));
        }
        drop_repeated(&mut parts);
        self.drop_unmeant(&mut parts, schema);
        if self.made.contains(&schema.place)
            && let Some(known) = self.known_joined(&parts, id)
        {
            return Joined::Alias(known.or_null(null));
        }
        match parts.as_slice() {
            [] => Joined::Nothing,
            [only]
                if !std::ptr::eq(*only, schema)
                    && self.has_type(only)
                    && !self.is_child(schema, only) =>
            {
                let origin = self.origin_of(&only.place);
                let used = self.schema(only, origin);
                if used.id == id {
                    Joined::Nothing
                } else {
                    Joined::Alias(used.or_null(null))
                }
            }
            _ => match self.as_one(&parts, schema, null) {
                Joined::Schema(merged) if schema.discriminator.is_some() => {
                    Joined::Schema(self.base_of_children(merged, schema))
                }
                joined => joined,
            },
        }
    }

    /// Whether the type of the schema is one that others use too.
    fn has_type(&self, schema: &Schema) -> bool {
        self.known.contains_key(&schema.place)
            || matches!(self.origin_of(&schema.place), Origin::Component(_))
    }

    /// The type of a place where the same schemas met before. Without it, schemas that hold each other would be
    /// joined without end.
    fn known_joined(&mut self, parts: &[&'a Schema], id: TypeId) -> Option<Use> {
        let mut places: Vec<Place> = parts.iter().map(|part| part.place.clone()).collect();
        places.sort();
        match self.met.entry(places) {
            std::collections::hash_map::Entry::Occupied(entry) => {
                Some(Use::of(*entry.get())).filter(|used| used.id != id)
            }
            std::collections::hash_map::Entry::Vacant(entry) => {
                entry.insert(id);
                None
            }
        }
    }

    fn as_one(&mut self, parts: &[&'a Schema], schema: &'a Schema, null: bool) -> Joined<'a> {
        if self.made.len() >= MAX_JOINED || self.inherited >= self.most_inherited() {
            self.note(
                Code::TOO_DEEP,
                schema,
                "more schemas are joined in this document than can be carried",
            );
            return Joined::Nothing;
        }
        let mut merged = merge::merge(parts, schema);
        self.note_formats(parts, &merged);
        let impossible = merged.types.is_some_and(TypeSet::is_empty)
            || merged.enumeration.as_ref().is_some_and(Vec::is_empty);
        if impossible {
            return self.contradiction(parts, schema);
        }
        if null {
            merged.nullable = true;
            merged.types = merged.types.map(|types| types.with(JsonType::Null));
        }
        self.inherited += merged.properties.len();
        self.note_made(&merged);
        let groups = parts.iter().any(|part| has_union(part));
        let merged = self.keep(merged);
        if groups {
            let mut all = vec![merged];
            all.extend(parts.iter().filter(|part| has_union(part)));
            self.branches(&all, schema)
        } else {
            Joined::Schema(merged)
        }
    }

    /// Says where two formats meet of which none is a part of the other.
    fn note_formats(&mut self, parts: &[&'a Schema], merged: &Schema) {
        let Some(taken) = &merged.format else { return };
        let other = parts.iter().find(|part| {
            part.format
                .as_ref()
                .is_some_and(|format| format != taken && !is_within(taken, format))
                && merge::speaks_of(part, merged.types)
        });
        let by = parts
            .iter()
            .find(|part| part.format.as_ref() == Some(taken));
        if let (Some(other), Some(by)) = (other, by) {
            let name = other.format.as_deref().unwrap_or_default();
            self.sink.push(
                Diagnostic::new(
                    Code::FORMAT_CONFLICT,
                    by.place.child("format"),
                    format!("the format is `{taken}` here and `{name}` in another schema that has to hold too; `{taken}` is used"),
                )
                .related(other.place.child("format"), "the other format")
                .help("state one format"),
            );
        }
    }

    /// Properties that joined schemas may have together: more for a long document, but a short one must not become a
    /// long crate.
    fn most_inherited(&self) -> usize {
        let text: usize = self
            .sink
            .files()
            .iter()
            .map(|(_, file)| file.text.len())
            .sum();
        MAX_INHERITED + text / BYTES_OF_PROPERTY
    }

    /// Puts a schema that joining made where it lasts.
    fn keep(&mut self, schema: Schema) -> &'a Schema {
        shelf::keep(&mut self.shelf, schema)
    }

    /// Remembers the places that joining made inside a schema: no reference can name them.
    fn note_made(&mut self, merged: &Schema) {
        let inner = merged
            .properties
            .values()
            .chain(&merged.items)
            .chain(&merged.additional_properties)
            .chain(&merged.rare().prefix_items)
            .chain(merged.rare().pattern_properties.values());
        let under = merged.place.child("allOf");
        for schema in inner {
            if schema.all_of.len() > 1
                && schema
                    .place
                    .pointer
                    .as_str()
                    .starts_with(under.pointer.as_str())
            {
                self.made.insert(schema.place.clone());
            }
        }
    }

    fn contradiction(&mut self, parts: &[&'a Schema], schema: &'a Schema) -> Joined<'a> {
        let last = parts.last().copied();
        let declared = self.made.contains(&schema.place);
        let mut diagnostic = if declared {
            let name = schema.place.pointer.last().unwrap_or_default();
            Diagnostic::new(
                Code::PROPERTY_CONFLICT,
                last.map_or(&schema.place, |last| &last.place).clone(),
                format!("no value satisfies every declaration of `{name}`; the last one is used"),
            )
            .help("declare it once, or make the declarations agree")
        } else {
            Diagnostic::new(
                Code::CONTRADICTORY_ALL_OF,
                schema.place.clone(),
                "no value satisfies every branch of this `allOf`; it holds any value",
            )
            .help("let the branches agree on a type, or use `oneOf`")
        };
        for part in parts.iter().filter(|part| part.place != schema.place) {
            diagnostic = diagnostic.related(part.place.clone(), "one of them");
        }
        self.sink.push(diagnostic);
        match last {
            Some(last) if declared && self.has_type(last) => match self.known.get(&last.place) {
                Some(&known) => Joined::Alias(known),
                None => Joined::Nothing,
            },
            Some(last) if declared && last.all_of.is_empty() && last.reference.is_none() => {
                Joined::Schema(last)
            }
            _ => Joined::Nothing,
        }
    }

    /// Every schema that adds to `schema`: references followed, nested `allOf`s opened, and those
    /// that only describe left out. Of a schema with `allOf`, only its own keywords count. A schema
    /// that is reached twice adds nothing the second time, so that the walk is as long as what it
    /// walks over. Answers whether `null` is a value, if anything is said of it.
    fn walk(&mut self, schema: &'a Schema, walk: &mut Walk<'a>) -> Option<bool> {
        if walk.path.iter().any(|above| above.place == schema.place) {
            self.note(
                Code::REFERENCE_CYCLE,
                schema,
                "this `allOf` contains itself",
            );
            return None;
        }
        if !walk.seen.insert(schema.place.clone()) {
            return None;
        }
        if walk.path.len() >= MAX_NESTING {
            self.sink.push(
                Diagnostic::new(
                    Code::TOO_DEEP,
                    schema.place.clone(),
                    "`allOf`s are nested too deeply here: what this one adds is left out",
                )
                .help("let a schema join its parts in one `allOf`"),
            );
            return None;
        }
        let mut nulls = Vec::new();
        walk.path.push(schema);
        if let Some(reference) = &schema.reference
            && let Some((target, origin)) = self.target(reference)
        {
            // The target's own types are named after it, not after the schema that includes it.
            self.schema_of_reference(target, origin);
            nulls.extend(self.walk(target, walk));
        }
        for branch in &schema.all_of {
            nulls.extend(self.walk(branch, walk));
        }
        let own = if has_union(schema) && walk.path.len() > 1 {
            self.without_circle(schema, &walk.path)
        } else {
            schema
        };
        walk.path.pop();
        if says_anything(own) {
            walk.parts.push(own);
        } else {
            self.note_restrictions(schema);
        }
        if has_form(schema) {
            nulls.push(allows_null(schema) || has_null(schema));
        }
        // `null` named beside an `allOf`, or by a branch that says nothing else, is meant to be a value, though no
        // other branch may have it.
        let is_meant = allows_null(schema) || schema.all_of.iter().any(|branch| says_null(branch));
        let all = || nulls.iter().all(|null| *null);
        (is_meant || !nulls.is_empty()).then(|| is_meant || all())
    }
}

/// Leaves out the parts that add nothing to the others. It makes the words fewer and no other difference.
fn drop_repeated(parts: &mut Vec<&Schema>) {
    if parts.len() > MAX_COMPARED {
        return;
    }
    let mut index = 0;
    while index < parts.len() {
        let part = parts[index];
        let others = || {
            parts
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != index)
                .map(|(_, other)| *other)
        };
        let repeated = others().any(|other| same_scalar(part, other));
        let implied = !says_more_than_types(part)
            && !restricts_unseen(part)
            && part.types.is_some_and(|types| {
                others()
                    .filter_map(stated)
                    .reduce(both)
                    .is_some_and(|stated| within(stated.without(JsonType::Null), types))
            });
        if repeated || implied {
            parts.remove(index);
        } else {
            index += 1;
        }
    }
}
