//! `allOf`: a reference with other words, or one object out of several.

use std::collections::HashSet;

use indexmap::IndexMap;

use crate::diag::{Code, Diagnostic, Place};
use crate::document::{JsonType, Schema};

use super::super::types::{Extra, Object, Origin, Role, Shape, TypeId};
use super::Lower;
use super::schema::types_of;

/// `allOf`s nested deeper than this add nothing more; real documents stay below ten.
const MAX_NESTING: usize = 64;

/// What a walk over an `allOf` has met.
#[derive(Default)]
struct Walk<'a> {
    parts: Vec<&'a Schema>,
    seen: HashSet<Place>,
    /// From the `allOf` down to where the walk is.
    path: Vec<Place>,
}

impl<'a> Lower<'a> {
    /// A schema with `allOf`, or with a reference beside other keywords.
    pub(super) fn all_of(&mut self, schema: &'a Schema, id: TypeId) -> Shape {
        let mut walk = Walk::default();
        self.walk(schema, &mut walk);
        let parts = walk.parts;
        match parts.as_slice() {
            [] => Shape::Any,
            // One part says something: the schema is that, under other words.
            [only] if !std::ptr::eq(*only, schema) => {
                let inside = only.place.file == schema.place.file
                    && only.place.pointer.is_within(&schema.place.pointer);
                let origin = if inside {
                    Origin::Inside(id, Role::Variant(0))
                } else {
                    self.origin_of(&only.place)
                };
                let used = self.schema(only, origin);
                if used.id == id {
                    Shape::Any
                } else {
                    Shape::Alias(used)
                }
            }
            _ if parts.iter().all(|part| is_object(part)) => self.merged(&parts, id),
            _ => {
                let mut diagnostic = Diagnostic::new(
                    Code::UNSUPPORTED_ALL_OF,
                    schema.place.clone(),
                    "this `allOf` joins more than objects; it holds any value",
                )
                .help("let every branch be an object, or name the joined schema and write it out");
                for part in parts.iter().filter(|part| !is_object(part)) {
                    diagnostic =
                        diagnostic.related(part.place.clone(), "this part is no plain object");
                }
                self.sink.push(diagnostic);
                Shape::Any
            }
        }
    }

    /// Every schema that adds to `schema`: references followed, nested `allOf`s opened, and those
    /// that only describe left out. Of a schema with `allOf`, only its own keywords count. A schema
    /// that is reached twice adds nothing the second time, so that the walk is as long as what it
    /// walks over.
    fn walk(&mut self, schema: &'a Schema, walk: &mut Walk<'a>) {
        if walk.path.contains(&schema.place) {
            self.note(
                Code::REFERENCE_CYCLE,
                schema,
                "this `allOf` contains itself",
            );
            return;
        }
        if walk.path.len() >= MAX_NESTING || !walk.seen.insert(schema.place.clone()) {
            return;
        }
        walk.path.push(schema.place.clone());
        if let Some(reference) = &schema.reference
            && let Some((target, origin)) = self.target(reference)
        {
            // The target's own types are named after it, not after the schema that includes it.
            self.schema(target, origin);
            self.walk(target, walk);
        }
        for branch in &schema.all_of {
            self.walk(branch, walk);
        }
        walk.path.pop();
        if says_anything(schema) {
            walk.parts.push(schema);
        }
    }

    /// One object with the properties of all parts; where two declare one, the last is used.
    fn merged(&mut self, parts: &[&'a Schema], id: TypeId) -> Shape {
        let mut fields = IndexMap::new();
        for part in parts {
            self.fields(part, id, &mut fields);
        }
        for part in parts {
            self.undeclared(part, &part.required, id, &mut fields);
        }
        let mut extra = Extra::Drop;
        for part in parts {
            match self.extra(part, id) {
                // Read strictly, `false` here would forbid what the other parts declare; what is
                // meant is that there is nothing beyond all of them.
                Extra::Forbid => extra = Extra::Forbid,
                Extra::Keep(used) if extra == Extra::Drop => extra = Extra::Keep(used),
                _ => {}
            }
        }
        if fields.is_empty() {
            return match extra {
                Extra::Keep(used) => Shape::Map(used),
                _ => Shape::Map(self.synthetic(
                    &parts[0].place,
                    Origin::Inside(id, Role::Value),
                    Shape::Any,
                )),
            };
        }
        Shape::Object(Object { fields, extra })
    }
}

/// Whether the schema's own keywords, `allOf` and `$ref` aside, say what values look like.
fn says_anything(schema: &Schema) -> bool {
    schema.types.is_some()
        || schema.boolean == Some(false)
        || !schema.properties.is_empty()
        || !schema.required.is_empty()
        || schema.additional_properties.is_some()
        || !schema.rare().pattern_properties.is_empty()
        || schema.items.is_some()
        || schema.enumeration.is_some()
        || schema.constant.is_some()
        || !schema.any_of.is_empty()
        || !schema.one_of.is_empty()
}

fn is_object(schema: &Schema) -> bool {
    let types = types_of(schema);
    types.contains(JsonType::Object)
        && types
            .iter()
            .all(|kind| matches!(kind, JsonType::Object | JsonType::Null))
        && schema.any_of.is_empty()
        && schema.one_of.is_empty()
        && schema.enumeration.is_none()
        && schema.constant.is_none()
}
