//! `oneOf`, `anyOf` and lists of types.

use std::collections::{HashMap, HashSet};

use crate::diag::{Code, Diagnostic, Place};
use crate::document::{Discriminator, JsonType, Schema, TypeSet};

use super::super::types::{Origin, Role, Shape, TypeId, Use};
use super::super::union::{Budget, DecodeTree, Union, Variant, classify};
use super::Lower;
use super::join::is_null;

/// Variants that a diagnostic points at, and diagnostics of one union, at most.
const MAX_SHOWN: usize = 20;

impl<'a> Lower<'a> {
    /// A schema with `oneOf` or `anyOf`. The spelling makes no difference to the type.
    pub(super) fn union(&mut self, schema: &'a Schema, id: TypeId) -> Shape {
        if let Some(open) = self.open_enumeration(schema, id) {
            return open;
        }
        let branches = if schema.one_of.is_empty() {
            &schema.any_of
        } else {
            &schema.one_of
        };
        let mut variants: Vec<Variant> = Vec::new();
        let mut met = HashSet::new();
        for (index, branch) in branches.iter().enumerate() {
            if is_null(branch) {
                self.ty(id).nullable = true;
                continue;
            }
            let used = self.schema(branch, Origin::Inside(id, Role::Variant(index)));
            let (target, nullable) = self.settled(used);
            self.ty(id).nullable |= nullable;
            if matches!(self.shape_of(target), Shape::Null) {
                continue;
            }
            if target == id || !met.insert(used.id) {
                continue;
            }
            let target = self.branch_target(branch);
            let name = branch
                .title
                .clone()
                .or_else(|| self.component_named(target.as_ref()?));
            variants.push(Variant {
                place: branch.place.clone(),
                ty: Use::of(used.id),
                name,
                target,
            });
        }
        self.united(schema, variants, id)
    }

    /// The schema that a branch refers to, be it with words beside it.
    fn branch_target(&self, branch: &Schema) -> Option<Place> {
        let mut references = branch
            .all_of
            .iter()
            .filter_map(|part| part.reference.as_ref());
        let reference = match &branch.reference {
            Some(reference) => reference,
            None => references.next()?,
        };
        if references.next().is_some() {
            return None;
        }
        self.document.resolve(reference)
    }

    /// `type: [string, integer]` and the like: a variant per type.
    pub(super) fn several_kinds(
        &mut self,
        schema: &'a Schema,
        types: TypeSet,
        id: TypeId,
    ) -> Shape {
        let has_integer = types.contains(JsonType::Number);
        let mut variants = Vec::new();
        let kinds = types
            .iter()
            .filter(|kind| *kind != JsonType::Null && !(has_integer && *kind == JsonType::Integer));
        for (index, kind) in kinds.enumerate() {
            let inner = self.push(
                &schema.place,
                Origin::Inside(id, Role::Variant(index)),
                super::super::types::Docs::default(),
            );
            let shape = self.of_kind(schema, kind, inner);
            let constraints = self.constraints(schema);
            let ty = self.ty(inner);
            ty.shape = shape;
            ty.constraints = constraints;
            variants.push(Variant {
                place: schema.place.clone(),
                ty: Use::of(inner),
                name: None,
                target: None,
            });
        }
        self.united(schema, variants, id)
    }

    fn united(&mut self, schema: &'a Schema, variants: Vec<Variant>, id: TypeId) -> Shape {
        match variants.as_slice() {
            [] if self.ty(id).nullable => Shape::Null,
            [] => Shape::Any,
            [only] => Shape::Alias(only.ty),
            _ => {
                if schema.one_of.is_empty() {
                    self.overlapping.insert(id);
                }
                self.unions
                    .push((id, schema.discriminator.as_deref().cloned()));
                Shape::Union(Union {
                    variants,
                    decode: DecodeTree::default(),
                })
            }
        }
    }

    /// Decides how to tell variants apart, once every type is known: a variant may refer back to
    /// the type that its union is part of.
    pub(super) fn classify_unions(&mut self) {
        let unions = std::mem::take(&mut self.unions);
        let discriminators: HashMap<TypeId, &Discriminator> = unions
            .iter()
            .filter_map(|(id, discriminator)| Some((*id, discriminator.as_ref()?)))
            .collect();
        // `null` belongs to the place of the union, not to one of its variants.
        for (id, _) in &unions {
            if let Shape::Union(union) = self.shape_of(*id) {
                let mut variants = union.variants.iter();
                let nullable = variants.any(|variant| {
                    let (target, nullable) = self.settled(variant.ty);
                    nullable || matches!(self.shape_of(target), Shape::Any)
                });
                self.ty(*id).nullable |= nullable;
            }
        }
        let found = self.kinds_of_unions(unions.iter().map(|(id, _)| *id));
        let budget = Budget::default();
        let mut reported = HashSet::new();
        for (id, discriminator) in &unions {
            let Shape::Union(union) = self.shape_of(*id) else {
                continue;
            };
            let variants = union.variants.clone();
            let discriminator = discriminator.as_ref();
            if let Some(discriminator) = discriminator
                && reported.insert(&discriminator.place)
            {
                self.report_mapping(&variants, discriminator);
            }
            let forms = self.forms(&variants, discriminator, &discriminators, &found);
            let property = discriminator.map(|discriminator| discriminator.property.as_str());
            let decode = classify(&forms, property, &budget);
            self.report_trials(*id, &variants, &decode);
            if self.overlapping.contains(id) && discriminator.is_none() {
                self.keep_of_others(&variants, &decode);
            }
            self.ty(*id).shape = Shape::Union(Union { variants, decode });
        }
    }

    fn report_trials(&mut self, id: TypeId, variants: &[Variant], decode: &DecodeTree) {
        let place = self.ty(id).place.clone();
        for trial in decode.trials().into_iter().take(MAX_SHOWN) {
            let mut diagnostic = Diagnostic::new(
                Code::UNION_UNDECIDED,
                place.clone(),
                format!("nothing tells {} variants of this union apart: each is tried", trial.len()),
            )
            .help("give each variant a required property with a value of its own, or a `discriminator`");
            for &index in trial.iter().take(MAX_SHOWN) {
                diagnostic =
                    diagnostic.related(variants[index].place.clone(), "one of the variants");
            }
            self.sink.push(diagnostic);
        }
    }

    /// The type behind aliases, while the arena is still growing.
    pub(super) fn settled(&self, used: Use) -> (TypeId, bool) {
        let (mut id, mut nullable) = (used.id, used.nullable);
        for _ in 0..self.types.len() {
            let ty = &self.types[id.0 as usize];
            nullable |= ty.nullable;
            let Shape::Alias(next) = ty.shape else { break };
            id = next.id;
            nullable |= next.nullable;
        }
        (id, nullable)
    }

    /// The name that a discriminator has for what stands at a place: the component's.
    pub(super) fn component_named(&self, place: &Place) -> Option<String> {
        match self.origin_of(place) {
            Origin::Component(name) => Some(name),
            _ => None,
        }
    }
}
