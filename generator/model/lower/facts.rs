//! What is known of the variants of a union, for telling them apart.

use std::collections::HashMap;
use std::fmt::Write;

use crate::document::Discriminator;

use super::super::enumeration::Scalar;
use super::super::types::{Extra, IntegerFormat, NumberFormat, Object, Origin, Shape, TypeId, Use};
use super::super::union::{Facts, Kinds, ObjectFacts, PropertyFacts, Variant};
use super::Lower;

/// Unions within unions, or lists within lists, that are looked into.
const MAX_DEPTH: usize = 8;

/// Forms of one union; real ones have up to a few hundred.
const MAX_FORMS: usize = 4_000;

/// Formats that a strict reader checks, so that they tell strings apart.
const CHECKED_FORMATS: [&str; 17] = [
    "date-time",
    "date",
    "time",
    "duration",
    "uuid",
    "ipv4",
    "ipv6",
    "ip",
    "email",
    "hostname",
    "uri",
    "uri-reference",
    "uri-template",
    "iri",
    "iri-reference",
    "json-pointer",
    "relative-json-pointer",
];

impl Lower<'_> {
    /// The forms of all variants.
    pub(super) fn forms(
        &self,
        variants: &[Variant],
        discriminator: Option<&Discriminator>,
        discriminators: &HashMap<TypeId, &Discriminator>,
    ) -> Vec<Facts> {
        let mut forms = Vec::new();
        for (owner, variant) in variants.iter().enumerate() {
            let first = forms.len();
            self.forms_of(variant.ty, 0, &mut forms);
            let Some(discriminator) = discriminator else {
                for form in &mut forms[first..] {
                    form.owner = owner;
                }
                continue;
            };
            let end = self.end_of(self.place_of_variant(variant));
            let fallback = discriminator
                .default_mapping
                .as_ref()
                .is_some_and(|target| self.mapped(&discriminator.place, target) == end);
            let mut mapped = self.mapped_to(&end, discriminator);
            if let Some(inner) = discriminators.get(&self.settled(variant.ty).0)
                && inner.property == discriminator.property
                && let Shape::Union(union) = self.shape_of(self.settled(variant.ty).0)
            {
                for inside in &union.variants {
                    let end = self.end_of(self.place_of_variant(inside));
                    mapped.extend(self.mapped_to(&end, inner));
                }
            }
            let named = self.component_named(self.place_of_variant(variant));
            for form in &mut forms[first..] {
                form.owner = owner;
                form.fallback = fallback;
                form.tags.clone_from(&mapped);
                // Values of its own count too, unless they are mapped to another.
                let own = form.object.as_ref().and_then(|object| {
                    object
                        .properties
                        .get(&discriminator.property)?
                        .strings
                        .as_ref()
                });
                for value in own.into_iter().flatten() {
                    if !form.tags.contains(value) && !discriminator.mapping.contains_key(value) {
                        form.tags.push(value.clone());
                    }
                }
                if form.tags.is_empty() && !fallback {
                    form.tags.extend(named.clone());
                }
            }
        }
        forms
    }

    fn place_of_variant<'s>(&'s self, variant: &'s Variant) -> &'s crate::diag::Place {
        if let Some(target) = &variant.target {
            return target;
        }
        let ty = &self.types[variant.ty.id.0 as usize];
        match ty.origin {
            Origin::Request(of) => &self.types[of.0 as usize].place,
            _ => &ty.place,
        }
    }

    /// The values that a discriminator maps to what stands at a place.
    fn mapped_to(&self, end: &crate::diag::Place, discriminator: &Discriminator) -> Vec<String> {
        discriminator
            .mapping
            .iter()
            .filter(|(_, target)| self.mapped(&discriminator.place, target) == *end)
            .map(|(value, _)| value.clone())
            .collect()
    }

    /// The forms of one type: of a union, those of its variants.
    fn forms_of(&self, used: Use, depth: usize, into: &mut Vec<Facts>) {
        let (id, _) = self.settled(used);
        let ty = &self.types[id.0 as usize];
        let mut facts = Facts {
            kinds: self.kinds(used),
            restricted: !self.is_plain(used),
            empty: ty.constraints.min_items.unwrap_or_default() == 0,
            ..Facts::default()
        };
        match &ty.shape {
            Shape::Union(union) if depth < MAX_DEPTH && into.len() < MAX_FORMS => {
                for variant in &union.variants {
                    self.forms_of(variant.ty, depth + 1, into);
                }
                return;
            }
            Shape::Enum(list) if !list.open => {
                facts.strings = Some(list.strings().map(str::to_owned).collect());
            }
            Shape::Object(object) => facts.object = Some(self.object_facts(object)),
            Shape::Array(items) if depth < MAX_DEPTH => {
                self.forms_of(*items, depth + 1, &mut facts.items);
            }
            Shape::Tuple(tuple) if depth < MAX_DEPTH => {
                facts.positional = true;
                facts.empty &= tuple.required == 0;
                // A first item that may be `null` tells nothing.
                let first = tuple.items.first().map(|item| item.ty);
                if let Some(first) = first.filter(|first| !self.settled(*first).1) {
                    self.forms_of(first, depth + 1, &mut facts.items);
                }
            }
            _ => {}
        }
        into.push(facts);
    }

    fn object_facts(&self, object: &Object) -> ObjectFacts {
        let properties = object.fields.iter().map(|(name, field)| {
            let (id, nullable) = self.settled(field.ty);
            let shape = self.shape_of(id);
            let facts = PropertyFacts {
                required: field.required,
                kinds: self.kinds(field.ty),
                nullable,
                strings: match shape {
                    Shape::Enum(list) if !list.open => Some(list.texts().collect()),
                    _ => None,
                },
                form: (!self.is_plain(field.ty)).then(|| self.form(field.ty, 0)),
                items: match shape {
                    Shape::Array(items) => self.kinds(*items),
                    _ => Kinds::NONE,
                },
            };
            (name.clone(), facts)
        });
        ObjectFacts {
            properties: properties.collect(),
            open: matches!(object.extra, Extra::Keep(_)),
        }
    }

    /// Whether a type takes every value of its kinds.
    fn is_plain(&self, used: Use) -> bool {
        let (id, _) = self.settled(used);
        let constrained = [used.id, id]
            .iter()
            .any(|id| !self.types[id.0 as usize].constraints.is_empty());
        !constrained
            && match self.shape_of(id) {
                Shape::Any
                | Shape::Bool
                | Shape::Integer(IntegerFormat::I64)
                | Shape::Number(NumberFormat::Double | NumberFormat::Any)
                | Shape::Enum(_) => true,
                Shape::Text(format) => format
                    .as_deref()
                    .is_none_or(|format| !CHECKED_FORMATS.contains(&format)),
                _ => false,
            }
    }

    /// A text that is the same for types that take the same values into the same Rust.
    fn form(&self, used: Use, depth: usize) -> String {
        let (id, nullable) = self.settled(used);
        let mut text = String::from(if nullable { "?" } else { "" });
        let constraints = &self.types[id.0 as usize].constraints;
        let shape = self.shape_of(id);
        match shape {
            Shape::Array(inner) if depth < MAX_DEPTH => {
                let _ = write!(text, "[{}]", self.form(*inner, depth + 1));
            }
            Shape::Map(inner) if depth < MAX_DEPTH => {
                let _ = write!(text, "{{{}}}", self.form(*inner, depth + 1));
            }
            Shape::Any | Shape::Bool | Shape::Integer(_) | Shape::Number(_) | Shape::Text(_) => {
                let _ = write!(text, "{shape:?}");
            }
            Shape::Enum(list) => {
                let values: Vec<String> = list.texts().collect();
                let _ = write!(text, "{values:?}{}", if list.open { ".." } else { "" });
            }
            _ => {
                let _ = write!(text, "#{}", id.0);
            }
        }
        if !constraints.is_empty() {
            let _ = write!(text, "{constraints:?}");
        }
        text
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
            Shape::Array(_) | Shape::Tuple(_) => Kinds::ARRAY,
            Shape::Map(_) | Shape::Object(_) => Kinds::OBJECT,
            // A union that is a variant of itself adds nothing; the bound ends such a circle.
            Shape::Union(_) if depth > 16 => Kinds::NONE,
            Shape::Union(union) => union.variants.iter().fold(Kinds::NONE, |kinds, variant| {
                kinds.union(self.kinds_at(variant.ty, depth + 1))
            }),
        }
    }
}
