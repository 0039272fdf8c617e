//! Schemas that lead to each other by `$ref`, `allOf`, `oneOf` and `anyOf`, with no property or item in between.
//!
//! Some tools write a base that lists those who extend it: `Pet` is one of `Cat` and `Dog`, and each of them is a `Pet`
//! with more. Taken by the letter, that never ends; it is meant so that who extends a base has its words, but is not one
//! of the base's branches once more.

use std::collections::{HashMap, HashSet};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use crate::document::{Document, Schema};

use super::super::Lower;
use super::super::rings::Rings;

/// Schemas that are looked at to see whether a branch extends another schema.
const MAX_STEPS: usize = 100;

/// A schema, known by where it is in memory: those of the document and those that joining makes stay there.
#[derive(Clone, Copy)]
struct Known<'a>(&'a Schema);

impl PartialEq for Known<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Known<'_> {}

impl Hash for Known<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::ptr::from_ref(self.0).hash(state);
    }
}

/// Which schemas lead to each other, as far as they were looked at.
#[derive(Default)]
pub(in crate::model::lower) struct Circles<'a> {
    rings: Rings<Known<'a>>,
    /// Bases without their branches.
    opened: HashMap<Known<'a>, &'a Schema>,
}

impl<'a> Lower<'a> {
    /// The base as those have it who extend it: without the branches that lead back to one on the path to it.
    pub(super) fn without_circle(&mut self, base: &'a Schema, path: &[&'a Schema]) -> &'a Schema {
        let own = self.circle(base);
        let mut above = path.iter().filter(|above| !std::ptr::eq(**above, base));
        if !above.any(|above| self.circle(above) == own) {
            return base;
        }
        if let Some(known) = self.circles.opened.get(&Known(base)) {
            return known;
        }
        let mut leads_back =
            |branches: &'a [Arc<Schema>]| branches.iter().any(|branch| self.circle(branch) == own);
        let (one, any) = (leads_back(&base.one_of), leads_back(&base.any_of));
        if !one && !any {
            return base;
        }
        let mut opened = Schema {
            place: base.place.child("allOf").child("own"),
            discriminator: None,
            ..base.clone()
        };
        if one {
            opened.one_of.clear();
        }
        if any {
            opened.any_of.clear();
        }
        let opened = self.keep(opened);
        self.circles.opened.insert(Known(base), opened);
        opened
    }

    /// Whether a branch of a schema has all words of that schema already, by reference or `allOf`.
    pub(super) fn extends(&mut self, branch: &'a Schema, base: &'a Schema) -> bool {
        let own = self.circle(base);
        let mut waiting = vec![branch];
        let mut met = HashSet::new();
        while let Some(schema) = waiting.pop() {
            if std::ptr::eq(schema, base) {
                return true;
            }
            if met.len() < MAX_STEPS && self.circle(schema) == own && met.insert(Known(schema)) {
                waiting.extend(named(self.document, schema));
                waiting.extend(schema.all_of.iter().map(|part| &**part));
            }
        }
        false
    }

    /// The number of the circle that a schema is in.
    fn circle(&mut self, schema: &'a Schema) -> usize {
        let document = self.document;
        let next = |Known(schema): Known<'a>| {
            let inside = schema.all_of.iter().chain(&schema.one_of);
            let inside = inside.chain(&schema.any_of).map(|part| &**part);
            let all = inside.chain(named(document, schema));
            all.map(Known).collect()
        };
        self.circles.rings.of(Known(schema), next)
    }
}

/// What a schema's own reference names.
fn named<'a>(document: &'a Document, schema: &Schema) -> Option<&'a Schema> {
    document.schema_at(&document.resolve(schema.reference.as_ref()?)?)
}
