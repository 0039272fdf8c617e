//! Arrays: lists of one type, and those whose items differ by position.

use crate::document::Schema;

use super::super::types::{Docs, Origin, Part, Role, Shape, Tuple, TypeId, Use};
use super::Lower;
use super::schema::docs;

impl<'a> Lower<'a> {
    /// The shape of the arrays that a schema describes.
    pub(super) fn array(&mut self, schema: &'a Schema, id: TypeId) -> Shape {
        if schema.rare().prefix_items.is_empty() {
            Shape::Array(self.further_items(schema, id))
        } else {
            Shape::Tuple(self.tuple(schema, id))
        }
    }

    /// The type of the items that have no place of their own.
    fn further_items(&mut self, schema: &'a Schema, id: TypeId) -> Use {
        let origin = Origin::Inside(id, Role::Item);
        match &schema.items {
            Some(items) => self.schema(items, origin),
            None => self.synthetic(&schema.place, origin, Shape::Any),
        }
    }

    fn tuple(&mut self, schema: &'a Schema, id: TypeId) -> Tuple {
        let places = &schema.rare().prefix_items;
        let bounds = schema.constraints();
        let count = |bound: u64| usize::try_from(bound).unwrap_or(usize::MAX);
        // What `maxItems` excludes is nowhere, but one item is left: no struct is without.
        let most = bounds
            .max_items
            .map_or(usize::MAX, |most| count(most).max(1));
        let items: Vec<Part> = places
            .iter()
            .enumerate()
            .take(most)
            .map(|(index, place)| {
                let ty = self.schema(place, Origin::Inside(id, Role::Position(index)));
                // What has an item of its own in Rust is spoken of there.
                let docs = if place.reference.is_none() {
                    docs(place)
                } else {
                    Docs::default()
                };
                Part { ty, docs }
            })
            .collect();
        let closed = most <= places.len()
            || schema
                .items
                .as_ref()
                .is_some_and(|items| items.boolean == Some(false));
        let rest = (!closed).then(|| self.further_items(schema, id));
        Tuple {
            required: bounds.min_items.map_or(0, count).min(items.len()),
            items,
            rest,
        }
    }
}
