//! Values of a type.

use std::collections::HashMap;

use crate::document::Document;
use crate::model::{Node, Shape, Type, TypeId, Types, Use};
use crate::pattern::{Matcher, Pattern};

use super::spell::Carrier;

/// How many values may be looked at for one: unions of unions could be tried again and again.
const MAX_STEPS: usize = 50_000;

/// How deep a value may be nested.
const MAX_DEPTH: usize = 40;

/// How many properties are made up that need not be there, beside those of the outermost object.
const EXTRAS: usize = 40;

/// How many items of a list that the document shows are kept.
const MAX_ITEMS: usize = 100;

/// Makes values of the types of a document.
pub(super) struct Sampler<'a> {
    pub(super) document: &'a Document,
    pub(super) types: &'a Types,
    /// How the value travels.
    pub(super) carrier: Carrier,
    /// Whether it is part of a request.
    pub(super) in_request: bool,
    /// Makes equal places of a list different.
    pub(super) turn: usize,
    /// Parts of what guides the value that did not fit.
    pub(super) repairs: usize,
    pub(super) matchers: HashMap<Pattern, Matcher>,
    pub(super) texts: HashMap<(Pattern, usize), Vec<String>>,
    left: usize,
    extras: usize,
    /// The types that the value is inside of, and how deep inside.
    inside: Vec<(TypeId, usize)>,
}

impl<'a> Sampler<'a> {
    pub(super) fn new(document: &'a Document, types: &'a Types) -> Self {
        Self {
            document,
            types,
            carrier: Carrier::Json,
            in_request: false,
            turn: 0,
            repairs: 0,
            matchers: HashMap::new(),
            texts: HashMap::new(),
            left: 0,
            extras: 0,
            inside: Vec::new(),
        }
    }

    /// A value of a type, guided by `shown`; `None` if none can be found.
    pub(super) fn value(
        &mut self,
        used: Use,
        shown: Option<&Node>,
        carrier: Carrier,
        in_request: bool,
    ) -> Option<Node> {
        self.carrier = carrier;
        self.in_request = in_request;
        let mut value = None;
        if shown.is_some() {
            self.start();
            value = self.at(used, shown, 0);
        }
        if value.is_none() {
            self.start();
            value = self.at(used, None, 0);
        }
        value
    }

    fn start(&mut self) {
        self.left = MAX_STEPS;
        self.extras = EXTRAS;
        self.turn = 0;
        self.repairs = 0;
        self.inside.clear();
    }

    /// A value below the outermost, which is inside of `depth` objects and lists.
    pub(super) fn at(&mut self, used: Use, shown: Option<&Node>, depth: usize) -> Option<Node> {
        self.left = self.left.checked_sub(1)?;
        if depth > MAX_DEPTH {
            return None;
        }
        let (id, nullable) = self.types.resolve(used);
        let shown = match shown {
            Some(shown) => Some(shown),
            None => self.shown_by_schema(used),
        };
        if shown.is_some_and(Node::is_null) && nullable && self.carrier.has_null() {
            return Some(Node::Null);
        }
        // A type that goes on forever does so through itself; with a value, it must come back to it at the same depth.
        let endless = match shown {
            None => self.inside.iter().filter(|(known, _)| *known == id).count() > 1,
            Some(_) => self.inside.contains(&(id, depth)),
        };
        if endless {
            return None;
        }
        self.inside.push((id, depth));
        let value = self.of_shape(id, shown, depth);
        self.inside.pop();
        value.or_else(|| (nullable && self.carrier.has_null()).then_some(Node::Null))
    }

    /// The example or default that a schema has of its own, or from what it is another name of.
    fn shown_by_schema(&self, used: Use) -> Option<&'a Node> {
        let mut id = used.id;
        // An alias chain is never longer than the arena.
        for _ in 0..self.types.len() {
            let ty = self.types.get(id);
            let schema = ty.has_examples.then(|| self.document.schema_at(&ty.place));
            let examples = schema.flatten().map(|schema| schema.examples.iter());
            let example = examples.and_then(|mut examples| examples.find(|it| !it.is_null()));
            if let Some(shown) = example.or(ty.default.as_ref()) {
                return Some(shown);
            }
            let Shape::Alias(next) = ty.shape else { break };
            id = next.id;
        }
        None
    }

    fn of_shape(&mut self, id: TypeId, shown: Option<&Node>, depth: usize) -> Option<Node> {
        let types = self.types;
        let ty = types.get(id);
        if let Some(values) = &ty.constraints.one_of {
            let found = values.iter().find(|value| Some(*value) == shown);
            return found
                .or(values.get(self.turn % values.len().max(1)))
                .cloned();
        }
        let value = match &ty.shape {
            Shape::Any => shown
                .filter(|shown| self.carrier.carries(shown))
                .cloned()
                .or_else(|| Some(Node::String("value".to_owned()))),
            Shape::File => Some(match shown {
                Some(Node::String(text)) => Node::String(text.clone()),
                _ => Node::String("file".to_owned()),
            }),
            Shape::Null => Some(Node::Null),
            Shape::Bool => Some(match shown {
                Some(Node::Bool(value)) => Node::Bool(*value),
                _ => Node::Bool(self.turn.is_multiple_of(2)),
            }),
            Shape::Integer(format) => self.integer(&ty.constraints, *format, shown),
            Shape::Number(_) => self.number(&ty.constraints, shown),
            Shape::Text(format) => self.text(&ty.constraints, format.as_deref(), shown),
            Shape::Enum(list) => self.listed(list, shown),
            Shape::Array(item) => self.array(ty, *item, shown, depth),
            Shape::Tuple(tuple) => self.tuple(ty, tuple, shown, depth),
            Shape::Map(item) => self.map(ty, *item, shown, depth),
            Shape::Object(object) => self.object(ty, object, shown, depth),
            Shape::Union(union) => self.union(union, shown, depth),
            Shape::Alias(next) => self.at(*next, shown, depth + 1),
        }?;
        // What was shown and is something else now did not fit.
        self.repairs += usize::from(shown.is_some_and(|shown| !alike(shown, &value)));
        Some(value)
    }

    /// Whether a part that need not be there is made up at this depth.
    pub(super) fn may_add(&mut self, depth: usize) -> bool {
        match depth {
            0 => true,
            1 if self.extras > 0 => {
                self.extras -= 1;
                true
            }
            _ => false,
        }
    }

    /// Whether a list or map gets something in it at this depth.
    fn is_filled(&self, depth: usize) -> bool {
        depth < 4 || !self.carrier.has_empty()
    }

    fn array(&mut self, ty: &Type, item: Use, shown: Option<&Node>, depth: usize) -> Option<Node> {
        let constraints = &ty.constraints;
        let least = bound(constraints.min_items).unwrap_or(0);
        let most = bound(constraints.max_items).unwrap_or(usize::MAX);
        let mut items: Vec<Node> = Vec::new();
        let unique = constraints.unique_items;
        if let Some(Node::Array(values)) = shown {
            for value in values.iter().take(most.min(MAX_ITEMS)) {
                let made = self.at(item, Some(value), depth + 1)?;
                if !(unique && items.contains(&made)) {
                    items.push(made);
                }
            }
        }
        let is_shown = matches!(shown, Some(Node::Array(_)));
        let filled = !is_shown || !self.carrier.has_empty();
        let wanted = least.max(usize::from(filled && self.is_filled(depth)).min(most));
        let before = self.turn;
        let mut tries = wanted.saturating_mul(2).min(2 * MAX_ITEMS);
        while items.len() < wanted && tries > 0 {
            tries -= 1;
            let Some(made) = self.at(item, None, depth + 1) else {
                break;
            };
            if unique && items.contains(&made) {
                self.turn += 1;
                continue;
            }
            items.push(made);
            self.turn += usize::from(unique);
        }
        self.turn = before;
        (items.len() >= least).then_some(Node::Array(items))
    }

    fn tuple(
        &mut self,
        ty: &Type,
        tuple: &crate::model::Tuple,
        shown: Option<&Node>,
        depth: usize,
    ) -> Option<Node> {
        let shown = match shown {
            Some(Node::Array(values)) => Some(values.as_slice()),
            _ => None,
        };
        let least = bound(ty.constraints.min_items)
            .unwrap_or(0)
            .max(tuple.required);
        let most = bound(ty.constraints.max_items).unwrap_or(usize::MAX);
        let wanted = match shown {
            Some(values) => values.len().max(least).min(MAX_ITEMS.max(least)),
            None if self.is_filled(depth) => tuple.items.len().max(least),
            None => least,
        };
        let mut items = Vec::new();
        for index in 0..wanted.min(most) {
            let Some(used) = tuple.items.get(index).map(|item| item.ty).or(tuple.rest) else {
                break;
            };
            let value = shown.and_then(|values| values.get(index));
            match self.at(used, value, depth + 1) {
                Some(value) => items.push(value),
                None => break,
            }
        }
        (items.len() >= least).then_some(Node::Array(items))
    }

    fn map(&mut self, ty: &Type, item: Use, shown: Option<&Node>, depth: usize) -> Option<Node> {
        let constraints = &ty.constraints;
        let least = bound(constraints.min_properties).unwrap_or(0);
        let most = bound(constraints.max_properties).unwrap_or(usize::MAX);
        let mut members = crate::document::Object::new();
        if let Some(Node::Object(values)) = shown {
            for (name, value) in values.iter().take(most.min(MAX_ITEMS)) {
                if self.is_name(constraints, name) {
                    let made = self.at(item, Some(value), depth + 1)?;
                    members.insert(name.clone(), made);
                }
            }
        }
        let filled = !matches!(shown, Some(Node::Object(_))) || !self.carrier.has_empty();
        let wanted = least.max(usize::from(filled && self.is_filled(depth)).min(most));
        self.more_names(constraints, item, wanted, &mut members, depth);
        (members.len() >= least).then_some(Node::Object(Box::new(members)))
    }
}

/// A bound on how many there are, as far as one can be kept.
pub(super) fn bound(written: Option<u64>) -> Option<usize> {
    written.map(|count| usize::try_from(count).unwrap_or(usize::MAX))
}

/// Whether two values are equal but for what is inside of them, which was looked at before.
fn alike(shown: &Node, made: &Node) -> bool {
    match (shown, made) {
        (Node::Array(shown), Node::Array(made)) => shown.len() == made.len(),
        (Node::Object(shown), Node::Object(made)) => {
            shown.len() == made.len() && shown.keys().all(|name| made.contains_key(name))
        }
        _ => shown == made,
    }
}
