//! What is known of the variants of a union, for telling them apart.

use std::cell::RefCell;
use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::fmt::Write;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use indexmap::IndexSet;

use crate::diag::Place;

use super::super::enumeration::{EnumBase, Enumeration, Scalar};
use super::super::types::{Extra, IntegerFormat, NumberFormat, Object, Shape, TypeId, Use};
use super::super::union::{Facts, Kinds, ObjectFacts, PropertyFacts};
use super::Lower;
use super::tags::Mapped;

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
    pub(super) mapped: RefCell<HashMap<Place, Arc<Mapped>>>,
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

impl Lower<'_> {
    /// The forms of one type: of a union, those of its variants.
    pub(super) fn forms_of(&self, used: Use, depth: usize, found: &Found, into: &mut Vec<Facts>) {
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
                // Strings go by their values; a number or a boolean is held against the list.
                facts.restricted |= list.base != EnumBase::Strings;
                facts.strings = Some(list.strings().map(str::to_owned).collect());
            }
            Shape::Object(object) => facts.object = Some(self.object_facts(id, object, found)),
            Shape::Map(item) => {
                facts.object = Some(Arc::new(ObjectFacts {
                    open: true,
                    extra: self.extra_facts(*item, found),
                    ..ObjectFacts::default()
                }));
            }
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
            (
                name.clone(),
                self.property_facts(field.ty, field.required, found),
            )
        });
        let extra = match object.extra {
            Extra::Keep(item) => Some(item),
            Extra::Drop | Extra::Forbid => None,
        };
        let facts = Arc::new(ObjectFacts {
            properties: properties.collect(),
            open: extra.is_some(),
            extra: extra.and_then(|item| self.extra_facts(item, found)),
        });
        found.objects.borrow_mut().insert(id, Arc::clone(&facts));
        facts
    }

    /// What undeclared properties are, where they are not any values.
    fn extra_facts(&self, item: Use, found: &Found) -> Option<Box<PropertyFacts>> {
        let any = matches!(self.shape_of(self.settled(item).0), Shape::Any);
        (!any).then(|| Box::new(self.property_facts(item, false, found)))
    }

    fn property_facts(&self, used: Use, required: bool, found: &Found) -> PropertyFacts {
        let (id, nullable) = self.settled(used);
        let shape = self.shape_of(id);
        PropertyFacts {
            required,
            kinds: self.kinds(used, found),
            nullable,
            strings: match shape {
                Shape::Enum(list) if !list.open => Some(found.texts(id, list)),
                _ => None,
            },
            form: (!self.is_plain(used)).then(|| self.form(used, 0, found)),
            items: match shape {
                Shape::Array(items) => self.kinds(*items, found),
                _ => Kinds::NONE,
            },
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
        Shape::Any | Shape::File | Shape::Alias(_) => Kinds::ALL,
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
