//! What is known of the variants of a union, for telling them apart.

use std::cell::RefCell;
use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::fmt::Write;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use indexmap::IndexSet;

use crate::diag::Place;
use crate::document::Discriminator;

use super::super::enumeration::{Enumeration, Scalar};
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

/// What was found out already of types that several unions hold. Nothing but decode trees may change meanwhile.
#[derive(Default)]
pub(super) struct Found {
    kinds: RefCell<HashMap<TypeId, Kinds>>,
    objects: RefCell<HashMap<TypeId, Arc<ObjectFacts>>>,
    lists: RefCell<HashMap<TypeId, Arc<IndexSet<String>>>>,
    hashes: RefCell<HashMap<TypeId, u64>>,
    /// What each discriminator maps to a place, by where the discriminator stands.
    mapped: RefCell<HashMap<Place, Arc<Mapped>>>,
}

impl Found {
    /// The texts of a closed list.
    fn texts(&self, id: TypeId, list: &Enumeration) -> Arc<IndexSet<String>> {
        let mut lists = self.lists.borrow_mut();
        let texts = lists
            .entry(id)
            .or_insert_with(|| Arc::new(list.texts().collect()));
        Arc::clone(texts)
    }

    /// A number that is the same for lists of the same values.
    fn hash(&self, id: TypeId, list: &Enumeration) -> u64 {
        let mut hashes = self.hashes.borrow_mut();
        *hashes.entry(id).or_insert_with(|| {
            let mut values = DefaultHasher::new();
            for value in &list.values {
                value.wire.hash(&mut values);
            }
            values.finish()
        })
    }
}

/// Values of a discriminator by the place that they are mapped to.
type Mapped = HashMap<Place, Vec<String>>;

impl Lower<'_> {
    /// The forms of all variants.
    pub(super) fn forms(
        &self,
        variants: &[Variant],
        discriminator: Option<&Discriminator>,
        discriminators: &HashMap<TypeId, &Discriminator>,
        found: &Found,
    ) -> Vec<Facts> {
        let mut forms = Vec::new();
        for (owner, variant) in variants.iter().enumerate() {
            let first = forms.len();
            self.forms_of(variant.ty, 0, found, &mut forms);
            for form in &mut forms[first..] {
                form.owner = owner;
            }
            let Some(discriminator) = discriminator else {
                continue;
            };
            let end = self.end_of(self.place_of_variant(variant));
            let fallback = discriminator
                .default_mapping
                .as_ref()
                .is_some_and(|target| self.mapped(&discriminator.place, target) == end);
            let mut mapped: IndexSet<String> = self.mapped_to(&end, discriminator, found);
            if let Some(inner) = discriminators.get(&self.settled(variant.ty).0)
                && inner.property == discriminator.property
                && let Shape::Union(union) = self.shape_of(self.settled(variant.ty).0)
            {
                for inside in &union.variants {
                    let end = self.end_of(self.place_of_variant(inside));
                    mapped.extend(self.mapped_to(&end, inner, found));
                }
            }
            let mapped = Arc::new(mapped);
            let named = self.component_named(self.place_of_variant(variant));
            for form in &mut forms[first..] {
                form.fallback = fallback;
                form.tags = Arc::clone(&mapped);
                // Values of its own count too, unless they are mapped to another.
                let own = form.object.as_ref().and_then(|object| {
                    object
                        .properties
                        .get(&discriminator.property)?
                        .strings
                        .as_ref()
                });
                let own: Vec<&String> = own
                    .into_iter()
                    .flat_map(|own| own.iter())
                    .filter(|value| !discriminator.mapping.contains_key(*value))
                    .collect();
                if !own.is_empty() {
                    Arc::make_mut(&mut form.tags).extend(own.into_iter().cloned());
                }
                if form.tags.is_empty() && !fallback {
                    form.tags = Arc::new(named.iter().cloned().collect());
                }
            }
        }
        forms
    }

    fn place_of_variant<'s>(&'s self, variant: &'s Variant) -> &'s Place {
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
    fn mapped_to(
        &self,
        end: &Place,
        discriminator: &Discriminator,
        found: &Found,
    ) -> IndexSet<String> {
        let mut known = found.mapped.borrow_mut();
        let mapped = known.entry(discriminator.place.clone()).or_insert_with(|| {
            let mut mapped = Mapped::new();
            for (value, target) in &discriminator.mapping {
                let place = self.mapped(&discriminator.place, target);
                mapped.entry(place).or_default().push(value.clone());
            }
            Arc::new(mapped)
        });
        mapped.get(end).into_iter().flatten().cloned().collect()
    }

    /// The forms of one type: of a union, those of its variants.
    fn forms_of(&self, used: Use, depth: usize, found: &Found, into: &mut Vec<Facts>) {
        let (id, _) = self.settled(used);
        let ty = &self.types[id.0 as usize];
        let mut facts = Facts {
            kinds: self.kinds(used, found),
            restricted: !self.is_plain(used),
            empty: ty.constraints.min_items.unwrap_or_default() == 0,
            ..Facts::default()
        };
        match &ty.shape {
            Shape::Union(union) if depth < MAX_DEPTH && into.len() < MAX_FORMS => {
                for variant in &union.variants {
                    self.forms_of(variant.ty, depth + 1, found, into);
                }
                return;
            }
            Shape::Enum(list) if !list.open => {
                facts.strings = Some(list.strings().map(str::to_owned).collect());
            }
            Shape::Object(object) => facts.object = Some(self.object_facts(id, object, found)),
            Shape::Array(items) if depth < MAX_DEPTH => {
                self.forms_of(*items, depth + 1, found, &mut facts.items);
            }
            Shape::Tuple(tuple) if depth < MAX_DEPTH => {
                facts.positional = true;
                facts.empty &= tuple.required == 0;
                // A first item that may be `null` tells nothing.
                let first = tuple.items.first().map(|item| item.ty);
                if let Some(first) = first.filter(|first| !self.settled(*first).1) {
                    self.forms_of(first, depth + 1, found, &mut facts.items);
                }
            }
            _ => {}
        }
        into.push(facts);
    }

    fn object_facts(&self, id: TypeId, object: &Object, found: &Found) -> Arc<ObjectFacts> {
        if let Some(known) = found.objects.borrow().get(&id) {
            return Arc::clone(known);
        }
        let properties = object.fields.iter().map(|(name, field)| {
            let (id, nullable) = self.settled(field.ty);
            let shape = self.shape_of(id);
            let facts = PropertyFacts {
                required: field.required,
                kinds: self.kinds(field.ty, found),
                nullable,
                strings: match shape {
                    Shape::Enum(list) if !list.open => Some(found.texts(id, list)),
                    _ => None,
                },
                form: (!self.is_plain(field.ty)).then(|| self.form(field.ty, 0, found)),
                items: match shape {
                    Shape::Array(items) => self.kinds(*items, found),
                    _ => Kinds::NONE,
                },
            };
            (name.clone(), facts)
        });
        let facts = Arc::new(ObjectFacts {
            properties: properties.collect(),
            open: matches!(object.extra, Extra::Keep(_)),
        });
        found.objects.borrow_mut().insert(id, Arc::clone(&facts));
        facts
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
                | Shape::Null
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
    fn form(&self, used: Use, depth: usize, found: &Found) -> String {
        let (id, nullable) = self.settled(used);
        let mut text = String::from(if nullable { "?" } else { "" });
        let constraints = &self.types[id.0 as usize].constraints;
        let shape = self.shape_of(id);
        match shape {
            Shape::Array(inner) if depth < MAX_DEPTH => {
                let _ = write!(text, "[{}]", self.form(*inner, depth + 1, found));
            }
            Shape::Map(inner) if depth < MAX_DEPTH => {
                let _ = write!(text, "{{{}}}", self.form(*inner, depth + 1, found));
            }
            Shape::Any
            | Shape::Null
            | Shape::Bool
            | Shape::Integer(_)
            | Shape::Number(_)
            | Shape::Text(_) => {
                let _ = write!(text, "{shape:?}");
            }
            Shape::Enum(list) => {
                let open = if list.open { ".." } else { "" };
                let _ = write!(text, "={:x}{open}", found.hash(id, list));
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

    /// The kinds of a type: of a union, those of all variants that it leads to.
    fn kinds(&self, used: Use, found: &Found) -> Kinds {
        let (id, _) = self.settled(used);
        let mut known = found.kinds.borrow_mut();
        *known
            .entry(id)
            .or_insert_with(|| kinds_of(self.shape_of(id)))
    }

    /// The kinds of every union, also of those that hold each other.
    pub(super) fn kinds_of_unions(&self, unions: impl Iterator<Item = TypeId>) -> Found {
        let found = Found::default();
        let mut holders: HashMap<TypeId, Vec<TypeId>> = HashMap::new();
        let mut waiting = Vec::new();
        for id in unions {
            let Shape::Union(union) = self.shape_of(id) else {
                continue;
            };
            let mut kinds = Kinds::NONE;
            for variant in &union.variants {
                let (target, _) = self.settled(variant.ty);
                if matches!(self.shape_of(target), Shape::Union(_)) {
                    holders.entry(target).or_default().push(id);
                } else {
                    kinds = kinds.union(self.kinds(variant.ty, &found));
                }
            }
            found.kinds.borrow_mut().insert(id, kinds);
            waiting.push((id, kinds));
        }
        // A set grows six times at most, so that this ends soon.
        let mut known = found.kinds.borrow_mut();
        while let Some((id, kinds)) = waiting.pop() {
            for holder in holders.get(&id).into_iter().flatten() {
                let before = known.entry(*holder).or_insert(Kinds::NONE);
                if !before.contains(kinds) {
                    *before = before.union(kinds);
                    waiting.push((*holder, *before));
                }
            }
        }
        drop(known);
        found
    }
}

fn kinds_of(shape: &Shape) -> Kinds {
    match shape {
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
        // `null` is no kind to tell variants apart by: it is looked at before.
        Shape::Null | Shape::Union(_) => Kinds::NONE,
    }
}
