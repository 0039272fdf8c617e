//! The `default` of each property and parameter: its own, else that of the schema that it refers to, where it is a value of the
//! property's type.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use crate::diag::{Code, Diagnostic, Place, Sink};
use crate::document::Node;

use super::super::Api;
use super::super::enumeration::{Enumeration, Scalar};
use super::super::types::{Extra, Field, Object, Shape, TypeId, Types, Use};
use super::respelled::respelled;

/// How often each part of a value may be held against a type; real ones are held against a handful.
const LOOKS: usize = 100;

/// Values nested deeper than this fit nothing.
const MAX_DEPTH: usize = 64;

/// Keeps the defaults that can stand for an absent property, and says which cannot.
pub(super) fn settle(api: &mut Api, sink: &mut Sink) {
    let mut settled = Vec::new();
    let mut built = Built::default();
    let lists = Lists::default();
    for (id, ty) in api.types.iter() {
        let Shape::Object(object) = &ty.shape else {
            continue;
        };
        for (index, field) in object.fields.values().enumerate() {
            let Some((default, place)) = written(&api.types, field) else {
                continue;
            };
            // What is absent is none: that is `null` where the type has no `null` of its own.
            let absent = default.is_null() && !field.required;
            let mut fitting = Fitting::new(&api.types, &lists, default);
            let fits = absent || fitting.fits(field.ty, default, 0);
            let (objects, dropped) = (fitting.objects, fitting.dropped);
            let kept = fits && built.add(id, &objects);
            if !kept {
                let meant = respelled(&api.types, field.ty, default).filter(|_| !fits);
                sink.push(match &meant {
                    Some(_) => spelled(place),
                    None => unfit(place, fits),
                });
                settled.push((id, index, meant));
                continue;
            }
            if !dropped.is_empty() {
                sink.push(cut(place, &dropped));
            }
            settled.push((id, index, (kept && !absent).then(|| default.clone())));
        }
    }
    for (id, index, default) in settled {
        if let Shape::Object(object) = &mut api.types.all[id.0 as usize].shape
            && let Some((_, field)) = object.fields.get_index_mut(index)
        {
            field.default = default;
        }
    }
    for operation in &mut api.operations {
        for parameter in operation
            .parameters
            .iter_mut()
            .filter(|found| !found.required)
        {
            let written = of_type(&api.types, parameter.ty);
            let Some((default, place)) = written.filter(|(default, _)| !default.is_null()) else {
                continue;
            };
            let mut fitting = Fitting::new(&api.types, &lists, default);
            if fitting.fits(parameter.ty, default, 0) {
                if !fitting.dropped.is_empty() {
                    sink.push(cut(place, &fitting.dropped));
                }
                parameter.default = Some(default.clone());
                continue;
            }
            let meant = respelled(&api.types, parameter.ty, default);
            sink.push(match &meant {
                Some(_) => spelled(place),
                None => unfit(place, false),
            });
            parameter.default = meant;
        }
    }
}

fn spelled(place: Place) -> Diagnostic {
    let message =
        "the default is written as another kind of value; it is taken as one of its schema";
    Diagnostic::new(Code::DEFAULT_SPELLING, place, message).help("write it as its schema has it")
}

fn unfit(place: Place, fits: bool) -> Diagnostic {
    let (message, help) = if fits {
        (
            "the default holds itself: filling it in would never end",
            "take one of the defaults in the circle away",
        )
    } else {
        (
            "the default is no value of its schema: what is absent stays absent",
            "write a default that the schema allows",
        )
    };
    Diagnostic::new(Code::DEFAULT_MISMATCH, place, message).help(help)
}

/// More names than this are not listed.
const MAX_NAMES: usize = 10;

fn cut(place: Place, dropped: &[&str]) -> Diagnostic {
    let names: Vec<String> = dropped.iter().map(|name| format!("`{name}`")).collect();
    let more = names.len().saturating_sub(MAX_NAMES);
    let mut listed = names[..names.len() - more].join(", ");
    if more > 0 {
        listed.push_str(&format!(" and {more} more"));
    }
    let message = format!("the type of this default does not keep {listed}");
    Diagnostic::new(Code::DEFAULT_NOT_CARRIED, place, message)
        .help("declare the properties, or state `additionalProperties: true`")
}

/// The default of a property, and where it is written.
fn written<'a>(types: &'a Types, field: &'a Field) -> Option<(&'a Node, Place)> {
    if let Some(default) = &field.default {
        return Some((default, field.place.child("default")));
    }
    of_type(types, field.ty)
}

/// The default that a type has of its own, or from what it is another name of.
fn of_type(types: &Types, used: Use) -> Option<(&Node, Place)> {
    let mut id = used.id;
    // An alias chain is never longer than the arena.
    for _ in 0..types.len() {
        let ty = types.get(id);
        if let Some(default) = &ty.default {
            return Some((default, ty.place.child("default")));
        }
        let Shape::Alias(next) = ty.shape else { break };
        id = next.id;
    }
    None
}

/// Which objects are built as a part of which, by way of defaults.
#[derive(Default)]
struct Built {
    parts: HashMap<TypeId, HashSet<TypeId>>,
}

impl Built {
    /// Takes up that building a `whole` builds `parts`; `false` if that would never end.
    fn add(&mut self, whole: TypeId, parts: &HashSet<TypeId>) -> bool {
        let mut waiting: Vec<TypeId> = parts.iter().copied().collect();
        let mut seen: HashSet<TypeId> = parts.clone();
        while let Some(id) = waiting.pop() {
            if id == whole {
                return false;
            }
            let inner = self.parts.get(&id).into_iter().flatten();
            waiting.extend(inner.filter(|part| seen.insert(**part)));
        }
        if !parts.is_empty() {
            self.parts.entry(whole).or_default().extend(parts);
        }
        true
    }
}

/// The values of lists that defaults were looked up in.
type Lists = RefCell<HashMap<TypeId, HashSet<Scalar>>>;

/// Looks whether a value is one of a type.
struct Fitting<'a> {
    types: &'a Types,
    lists: &'a Lists,
    /// Looks that are left: unions in unions could be asked for the same again and again.
    left: usize,
    /// The objects that the value is made of.
    objects: HashSet<TypeId>,
    /// Properties that no field is for.
    dropped: Vec<&'a str>,
}

impl<'a> Fitting<'a> {
    fn new(types: &'a Types, lists: &'a Lists, value: &Node) -> Self {
        Self {
            types,
            lists,
            left: LOOKS * (1 + size(value)),
            objects: HashSet::new(),
            dropped: Vec::new(),
        }
    }

    fn fits(&mut self, used: Use, value: &'a Node, depth: usize) -> bool {
        let types = self.types;
        let (id, nullable) = types.resolve(used);
        let depth = depth + 1;
        let Some(left) = self.left.checked_sub(1) else {
            return false;
        };
        self.left = left;
        if depth > MAX_DEPTH {
            return false;
        }
        match (&types.get(id).shape, value) {
            (Shape::Any, _)
            | (Shape::Bool, Node::Bool(_))
            | (Shape::Number(_), Node::Number(_))
            | (Shape::Text(_), Node::String(_)) => true,
            (_, Node::Null) => nullable,
            (Shape::Integer(format), Node::Number(number)) => format.holds(*number),
            (Shape::Enum(list), Node::String(_)) if list.open => true,
            (Shape::Enum(list), value) => {
                Scalar::of(value).is_some_and(|scalar| self.lists(id, list, &scalar))
            }
            (Shape::Array(item), Node::Array(values)) => {
                values.iter().all(|value| self.fits(*item, value, depth))
            }
            (Shape::Tuple(tuple), Node::Array(values)) => {
                let places = tuple.items.iter().map(|item| Some(item.ty));
                let mut places = places.chain(std::iter::repeat(tuple.rest));
                self.objects.insert(id);
                values.len() >= tuple.required
                    && values.iter().all(|value| {
                        let place = places.next().flatten();
                        place.is_some_and(|used| self.fits(used, value, depth))
                    })
            }
            (Shape::Map(item), Node::Object(values)) => {
                values.values().all(|value| self.fits(*item, value, depth))
            }
            (Shape::Object(object), Node::Object(values)) => {
                self.objects.insert(id);
                self.object_fits(object, values, depth)
            }
            (Shape::Union(union), value) => {
                let candidates = union.decode.candidates(value).into_iter();
                let mut variants = candidates.filter_map(|index| union.variants.get(index));
                variants.any(|variant| {
                    let dropped = self.dropped.len();
                    let fits = self.fits(variant.ty, value, depth);
                    if !fits {
                        self.dropped.truncate(dropped);
                    }
                    fits
                })
            }
            _ => false,
        }
    }

    fn lists(&self, id: TypeId, list: &Enumeration, scalar: &Scalar) -> bool {
        let mut lists = self.lists.borrow_mut();
        let values = lists.entry(id).or_insert_with(|| {
            let values = list.values.iter();
            values.map(|value| value.wire.clone()).collect()
        });
        values.contains(scalar)
    }

    fn object_fits(
        &mut self,
        object: &Object,
        values: &'a indexmap::IndexMap<String, Node>,
        depth: usize,
    ) -> bool {
        let missing = |(name, field): (&String, &Field)| {
            field.required && field.default.is_none() && !values.contains_key(name)
        };
        !object.fields.iter().any(missing)
            && values.iter().all(
                |(name, value)| match (object.fields.get(name), object.extra) {
                    (Some(field), _) => {
                        (value.is_null() && !field.required) || self.fits(field.ty, value, depth)
                    }
                    (None, Extra::Drop) => {
                        self.dropped.push(name);
                        true
                    }
                    (None, Extra::Forbid) => false,
                    (None, Extra::Keep(item)) => self.fits(item, value, depth),
                },
            )
    }
}

/// How many values a value is made of, itself included.
fn size(value: &Node) -> usize {
    1 + match value {
        Node::Array(values) => values.iter().map(size).sum(),
        Node::Object(members) => members.values().map(size).sum(),
        _ => 0,
    }
}
