//! Components that others extend: where such a base names a discriminator, a value of it is one of its children.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use indexmap::{IndexMap, IndexSet};

use crate::diag::Place;
use crate::document::{Document, Reference, Schema};

use super::super::Lower;
use super::words::has_union;

/// References that lead from one to the next, at most.
const MAX_CHAIN: usize = 16;

/// Component schemas by the component that they name in an `allOf`, in document order.
#[derive(Default)]
pub(in crate::model::lower) struct Children {
    by_base: HashMap<Place, IndexSet<Place>>,
    /// The variants that are the bases themselves.
    pub(in crate::model::lower) themselves: HashSet<Place>,
}

impl<'a> Lower<'a> {
    /// Finds who extends whom.
    pub(in crate::model::lower) fn find_children(&mut self) {
        let document: &'a Document = self.document;
        let bases = document.components.schemas.values().any(is_base);
        if !bases {
            return;
        }
        for child in document.components.schemas.values() {
            for reference in child
                .all_of
                .iter()
                .filter_map(|part| part.reference.as_ref())
            {
                if let Some(base) = self.document.resolve(reference)
                    && base != child.place
                {
                    let children = self.children.by_base.entry(base).or_default();
                    children.insert(child.place.clone());
                }
            }
        }
    }

    /// Whether the union that stands for `base` has a component as one of its variants.
    pub(super) fn is_child(&self, component: &Schema, base: &Schema) -> bool {
        let children = self.children.by_base.get(&base.place);
        children.is_some_and(|children| children.contains(&component.place)) && is_base(base)
    }

    /// A base with a discriminator as the union of its children; any other schema as it is. Where the discriminator
    /// names no child, the value is the base itself.
    pub(super) fn base_of_children(
        &mut self,
        schema: &'a Schema,
        written: &'a Schema,
    ) -> &'a Schema {
        if !is_base(written) || has_union(schema) {
            return schema;
        }
        let found = self.descendants(&schema.place, written);
        if found.is_empty() {
            return schema;
        }
        let mut one_of: Vec<Arc<Schema>> = Vec::with_capacity(found.len() + 1);
        for (index, child) in found.iter().enumerate() {
            let place = schema.place.child("oneOf").index(index);
            // What stands in another file is named after its place.
            let title = match self.component_named(child) {
                Some(_) => None,
                None => child.pointer.last().map(Cow::into_owned),
            };
            one_of.push(Arc::new(Schema {
                place,
                title,
                reference: Some(Box::new(Reference {
                    place: child.clone(),
                    base: None,
                    target: format!("#{}", child.pointer.as_str().replace('%', "%25")),
                    summary: None,
                    description: None,
                })),
                ..Schema::default()
            }));
        }
        let base = schema.place.child("oneOf").index(found.len());
        self.children.themselves.insert(base.clone());
        one_of.push(Arc::new(Schema {
            place: base,
            title: Some("Base".to_owned()),
            discriminator: None,
            ..schema.clone()
        }));
        self.keep(Schema {
            place: schema.place.clone(),
            title: schema.title.clone(),
            description: schema.description.clone(),
            deprecated: schema.deprecated,
            nullable: schema.nullable,
            types: schema.types,
            discriminator: written.discriminator.clone(),
            one_of,
            ..Schema::default()
        })
    }

    /// Who extends the component, directly or by way of others; what has a discriminator of its own stands for its
    /// own children. Then the others that its discriminator names.
    fn descendants(&self, base: &Place, written: &Schema) -> Vec<Place> {
        let mut found: IndexMap<Place, ()> = IndexMap::new();
        let mut waiting: Vec<&Place> = vec![base];
        while let Some(place) = waiting.pop() {
            for child in self.children.by_base.get(place).into_iter().flatten() {
                if child == base || found.insert(child.clone(), ()).is_some() {
                    continue;
                }
                let stands_for_children = self
                    .document
                    .schema_at(child)
                    .is_some_and(|schema| schema.discriminator.is_some());
                if !stands_for_children {
                    waiting.push(child);
                }
            }
        }
        let mapping = written.discriminator.iter().flat_map(|own| {
            let targets = own.mapping.values().chain(&own.default_mapping);
            targets.map(|target| (self.mapped(&own.place, target), &own.place))
        });
        for (place, own) in mapping {
            if place != *own && place != *base && self.document.schema_at(&place).is_some() {
                found.insert(place, ());
            }
        }
        found.into_keys().collect()
    }

    /// The place that a discriminator's mapping names: a reference, or the name of a component.
    pub(in crate::model::lower) fn mapped(&self, at: &Place, target: &str) -> Place {
        if let Some(named) = self.document.components.schemas.get(target) {
            return self.end_of(&named.place);
        }
        let named = self.document.resolve_mapped(at, target);
        named.map_or_else(|| at.clone(), |place| self.end_of(&place))
    }

    /// The place at the end of a chain of references.
    pub(in crate::model::lower) fn end_of(&self, place: &Place) -> Place {
        let mut end = place.clone();
        for _ in 0..MAX_CHAIN {
            let next = self.document.schema_at(&end).and_then(|schema| {
                let reference = schema.reference.as_ref()?;
                self.document.resolve(reference)
            });
            match next {
                Some(next) => end = next,
                None => break,
            }
        }
        end
    }
}

/// Whether a component is a base: it names a discriminator, and no branches for it.
fn is_base(schema: &Schema) -> bool {
    schema.discriminator.is_some() && !has_union(schema)
}
