//! `oneOf`, `anyOf` and lists of types.

use crate::diag::{Code, Diagnostic, Place};
use crate::document::{Discriminator, JsonType, Schema, TypeSet};

use super::super::enumeration::Scalar;
use super::super::types::{Extra, Origin, Role, Shape, TypeId, Use};
use super::super::union::{
    DecodeTree, Facts, Kinds, ObjectFacts, PropertyFacts, Union, Variant, classify,
};
use super::Lower;
use super::join::is_null;

impl<'a> Lower<'a> {
    /// A schema with `oneOf` or `anyOf`. The spelling makes no difference to the type.
    pub(super) fn union(&mut self, schema: &'a Schema, id: TypeId) -> Shape {
        let branches = if schema.one_of.is_empty() {
            &schema.any_of
        } else {
            &schema.one_of
        };
        let mut variants: Vec<Variant> = Vec::new();
        for (index, branch) in branches.iter().enumerate() {
            if is_null(branch) {
                self.ty(id).nullable = true;
                continue;
            }
            let used = self.schema(branch, Origin::Inside(id, Role::Variant(index)));
            let (target, nullable) = self.settled(used);
            self.ty(id).nullable |= nullable;
            if target == id || variants.iter().any(|variant| variant.ty.id == used.id) {
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
            [] => Shape::Any,
            [only] => Shape::Alias(only.ty),
            _ => {
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
        for (id, discriminator) in std::mem::take(&mut self.unions) {
            let Shape::Union(union) = self.shape_of(id) else {
                continue;
            };
            let variants = union.variants.clone();
            let discriminator = discriminator.as_ref();
            let facts: Vec<Facts> = variants
                .iter()
                .map(|variant| self.facts(variant, discriminator))
                .collect();
            let nullable = variants.iter().any(|variant| self.settled(variant.ty).1);
            let decode = classify(&facts, discriminator.map(|d| d.property.as_str()));
            self.report_trials(id, &variants, &decode);
            let ty = self.ty(id);
            // `null` belongs to the place of the union, not to one of its variants.
            ty.nullable |= nullable;
            ty.shape = Shape::Union(Union { variants, decode });
        }
    }

    fn report_trials(&mut self, id: TypeId, variants: &[Variant], decode: &DecodeTree) {
        let place = self.ty(id).place.clone();
        for trial in decode.trials() {
            let mut diagnostic = Diagnostic::new(
                Code::UNION_UNDECIDED,
                place.clone(),
                format!("nothing tells {} variants of this union apart: each is tried", trial.len()),
            )
            .help("give each variant a required property with a value of its own, or a `discriminator`");
            for &index in trial {
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

    fn kinds(&self, used: Use) -> Kinds {
        self.kinds_at(used, 0)
    }

    fn kinds_at(&self, used: Use, depth: usize) -> Kinds {
        let (id, _) = self.settled(used);
        match self.shape_of(id) {
            Shape::Any | Shape::Alias(_) => Kinds::ALL,
            Shape::Bool => Kinds::BOOLEAN,
            Shape::Integer(_) => Kinds::INTEGER,
            Shape::Number(_) => Kinds::NUMBER,
            Shape::Text(_) => Kinds::STRING,
            Shape::Enum(list) => list.values.iter().fold(Kinds::NONE, |kinds, value| {
                kinds.union(match &value.wire {
                    Scalar::Bool(_) => Kinds::BOOLEAN,
                    Scalar::Number(number) if number.is_whole() => Kinds::INTEGER,
                    Scalar::Number(_) => Kinds::FRACTION,
                    Scalar::String(_) => Kinds::STRING,
                })
            }),
            Shape::Array(_) => Kinds::ARRAY,
            Shape::Map(_) | Shape::Object(_) => Kinds::OBJECT,
            Shape::Union(union) => self.kinds_of_all(&union.variants, depth),
        }
    }

    fn kinds_of_all(&self, variants: &[Variant], depth: usize) -> Kinds {
        // A union that is a variant of itself adds nothing; the bound ends such a circle.
        if depth > 16 {
            return Kinds::NONE;
        }
        variants.iter().fold(Kinds::NONE, |kinds, variant| {
            kinds.union(self.kinds_at(variant.ty, depth + 1))
        })
    }

    fn strings(&self, used: Use) -> Option<Vec<String>> {
        match self.shape_of(self.settled(used).0) {
            Shape::Enum(list) => Some(list.strings().map(str::to_owned).collect()),
            _ => None,
        }
    }

    /// The values of a property that is a closed list, as a tag has them.
    fn tag_values(&self, used: Use) -> Option<Vec<String>> {
        match self.shape_of(self.settled(used).0) {
            Shape::Enum(list) => Some(list.texts().collect()),
            _ => None,
        }
    }

    fn facts(&self, variant: &Variant, discriminator: Option<&Discriminator>) -> Facts {
        let used = variant.ty;
        let (id, _) = self.settled(used);
        let object = match self.shape_of(id) {
            Shape::Object(object) if !matches!(object.extra, Extra::Keep(_)) => Some(ObjectFacts {
                properties: object
                    .fields
                    .iter()
                    .map(|(name, field)| {
                        let facts = PropertyFacts {
                            required: field.required,
                            kinds: self.kinds(field.ty),
                            nullable: self.settled(field.ty).1,
                            strings: self.tag_values(field.ty),
                        };
                        (name.clone(), facts)
                    })
                    .collect(),
            }),
            _ => None,
        };
        let tags = discriminator
            .map(|d| self.tags(variant, d))
            .unwrap_or_default();
        Facts {
            kinds: self.kinds(used),
            strings: self.strings(used),
            object,
            tags,
        }
    }

    /// The name that a discriminator has for what stands at a place: the component's.
    fn component_named(&self, place: &Place) -> Option<String> {
        match self.origin_of(place) {
            Origin::Component(name) => Some(name),
            _ => None,
        }
    }

    /// The discriminator's values for a variant: those mapped to it, else its component's name.
    fn tags(&self, variant: &Variant, discriminator: &Discriminator) -> Vec<String> {
        let own = if let Some(target) = &variant.target {
            target
        } else {
            let ty = &self.types[variant.ty.id.0 as usize];
            match ty.origin {
                Origin::Request(of) => &self.types[of.0 as usize].place,
                _ => &ty.place,
            }
        };
        let end = self.end_of(own);
        let mapped: Vec<String> = discriminator
            .mapping
            .iter()
            .filter(|(_, target)| self.mapped(&discriminator.place, target) == end)
            .map(|(value, _)| value.clone())
            .collect();
        if mapped.is_empty() {
            self.component_named(own).into_iter().collect()
        } else {
            mapped
        }
    }
}
