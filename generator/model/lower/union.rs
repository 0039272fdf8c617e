//! `oneOf`, `anyOf` and lists of types.

use crate::diag::{Code, Diagnostic};
use crate::document::{JsonType, Schema, TypeSet};

use super::super::enumeration::Scalar;
use super::super::types::{Extra, Origin, Role, Shape, TypeId, Use};
use super::super::union::{
    DecodeTree, Facts, Kinds, ObjectFacts, PropertyFacts, Union, Variant, classify,
};
use super::Lower;

impl<'a> Lower<'a> {
    /// A schema with `oneOf` or `anyOf`. The spelling makes no difference to the type.
    pub(super) fn union(&mut self, schema: &'a Schema, id: TypeId) -> Shape {
        let branches = if schema.one_of.is_empty() {
            &schema.any_of
        } else {
            &schema.one_of
        };
        if !schema.one_of.is_empty() && !schema.any_of.is_empty() {
            self.note(
                Code::UNSUPPORTED_UNION,
                schema,
                "`anyOf` beside `oneOf` is not carried",
            );
        }
        if !schema.properties.is_empty() {
            self.note(
                Code::UNSUPPORTED_UNION,
                schema,
                "properties beside `oneOf` or `anyOf` are not carried",
            );
        }
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
            let name = branch.title.clone();
            variants.push(Variant {
                place: branch.place.clone(),
                ty: Use::of(used.id),
                name,
            });
        }
        self.united(schema, variants, id)
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
                .map(|variant| self.facts(variant.ty, discriminator))
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

    fn facts(&self, used: Use, discriminator: Option<&crate::document::Discriminator>) -> Facts {
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
            .map(|d| self.tags(used, d))
            .unwrap_or_default();
        Facts {
            kinds: self.kinds(used),
            strings: self.strings(used),
            object,
            tags,
        }
    }

    /// The discriminator's values for a variant: those mapped to it, else its component's name.
    fn tags(&self, used: Use, discriminator: &crate::document::Discriminator) -> Vec<String> {
        let mut ty = &self.types[used.id.0 as usize];
        if let Origin::Request(of) = ty.origin {
            ty = &self.types[of.0 as usize];
        }
        let Origin::Component(name) = &ty.origin else {
            return Vec::new();
        };
        let pointer = ty.place.pointer.as_str();
        let mapped: Vec<String> = discriminator
            .mapping
            .iter()
            .filter(|(_, target)| *target == name || target.strip_prefix('#') == Some(pointer))
            .map(|(value, _)| value.clone())
            .collect();
        if mapped.is_empty() {
            vec![name.clone()]
        } else {
            mapped
        }
    }
}

/// Whether a branch allows `null` alone.
fn is_null(branch: &Schema) -> bool {
    branch
        .types
        .is_some_and(|types| types == TypeSet::only(JsonType::Null))
        || branch
            .enumeration
            .as_ref()
            .is_some_and(|list| !list.is_empty() && list.iter().all(crate::document::Node::is_null))
        || branch
            .constant
            .as_ref()
            .is_some_and(crate::document::Node::is_null)
}
