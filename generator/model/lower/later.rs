//! References that lead from schema to schema nest as deep as there are schemas; what is deeper than this module allows
//! gets an id at once and is looked at later.

use std::collections::{HashMap, VecDeque};

use crate::diag::Place;
use crate::document::Schema;

use super::super::types::{Docs, Origin, TypeId, Use};
use super::Lower;

/// How deep schemas are nested where references are no longer followed at once.
const DEEP: usize = 60;

/// Schemas that wait.
#[derive(Default)]
pub(super) struct Later<'a> {
    ids: HashMap<Place, TypeId>,
    queue: VecDeque<(&'a Schema, Origin)>,
}

impl Later<'_> {
    /// Whether a place has an id already that it has to keep.
    pub(super) fn promised(&self, place: &Place) -> bool {
        self.ids.contains_key(place)
    }

    /// The id that was promised to a place; it is asked for once.
    pub(super) fn take(&mut self, place: &Place) -> Option<TypeId> {
        self.ids.remove(place)
    }
}

impl<'a> Lower<'a> {
    /// The type of a schema that a reference leads to.
    pub(super) fn schema_of_reference(&mut self, schema: &'a Schema, origin: Origin) -> Use {
        if self.depth < DEEP || self.known.contains_key(&schema.place) {
            return self.schema(schema, origin);
        }
        let id = self.push(&schema.place, origin.clone(), Docs::default());
        let used = Use::of(id);
        self.known.insert(schema.place.clone(), used);
        self.later.ids.insert(schema.place.clone(), id);
        self.later.queue.push_back((schema, origin));
        used
    }

    /// Looks at what waits, and at what that leads to.
    pub(super) fn look_at_the_others(&mut self) {
        while let Some((schema, origin)) = self.later.queue.pop_front() {
            self.depth += 1;
            self.look_at(schema, origin);
            self.depth -= 1;
        }
    }
}
