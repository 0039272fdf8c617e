//! `contains`: how many items of a list there have to be of a kind.

use crate::document::{JsonType, Node, Schema, TypeSet};

use super::super::Constraints;
use super::super::constraint::Contains;
use super::super::types::Shape;
use super::Lower;
use super::enumeration::written;
use super::join::has_union;

impl<'a> Lower<'a> {
    /// What a list of this shape has to contain; a note where its items cannot be held against that.
    pub(super) fn contains(&mut self, schema: &'a Schema, shape: &Shape) -> Option<Box<Contains>> {
        let about_lists = matches!(
            shape,
            Shape::Any | Shape::Array(_) | Shape::Tuple(_) | Shape::Union(_) | Shape::Alias(_)
        );
        if !about_lists {
            return None;
        }
        let found = self.comparable(schema, shape);
        if found.is_none() {
            self.note_contains(schema);
        }
        found
    }

    /// Says that `contains` is not checked.
    pub(super) fn note_contains(&mut self, schema: &Schema) {
        if let Some(inner) = &schema.rare().contains {
            self.note_restriction_at(inner.place.clone(), "contains");
        }
    }

    fn comparable(&mut self, schema: &'a Schema, shape: &Shape) -> Option<Box<Contains>> {
        let inner = schema.rare().contains.as_deref()?;
        let target = inner.reference.as_ref().and_then(|it| self.target(it));
        let inner = target.map_or(inner, |(target, _)| target);
        if !is_plain(inner) {
            return None;
        }
        let of_any = match shape {
            Shape::Any => true,
            Shape::Array(items) => {
                let (id, nullable) = self.settled(*items);
                let kind = match self.shape_of(id) {
                    Shape::Any => None,
                    Shape::Text(None) if !nullable => Some(JsonType::String),
                    Shape::Integer(_) if !nullable => Some(JsonType::Integer),
                    Shape::Number(_) if !nullable => Some(JsonType::Number),
                    Shape::Bool if !nullable => Some(JsonType::Boolean),
                    _ => return None,
                };
                if kind.is_some_and(|kind| !inner.types.is_none_or(|types| holds(types, kind))) {
                    return None;
                }
                kind.is_none()
            }
            _ => return None,
        };
        let listed = inner.constant.is_some() || inner.enumeration.is_some();
        let values = || written(inner).iter().map(Node::clone).collect();
        let counts = schema.constraints();
        Some(Box::new(Contains {
            least: counts.min_contains.unwrap_or(1),
            most: counts.max_contains,
            types: inner.types.filter(|_| of_any),
            item: Constraints {
                one_of: listed.then(values),
                ..self.own_constraints(inner)
            },
        }))
    }
}

/// Whether all that a schema says can be held against a scalar, or against any value.
fn is_plain(schema: &Schema) -> bool {
    schema.reference.is_none()
        && schema.all_of.is_empty()
        && !has_union(schema)
        && schema.boolean != Some(false)
        && schema.format.is_none()
        && !schema.nullable
        && schema.properties.is_empty()
        && schema.required.is_empty()
        && schema.additional_properties.is_none()
        && schema.items.is_none()
        && schema.rare.is_none()
}

fn holds(types: TypeSet, kind: JsonType) -> bool {
    types.contains(kind) || kind == JsonType::Integer && types.contains(JsonType::Number)
}
