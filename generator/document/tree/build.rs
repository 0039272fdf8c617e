//! The serde visitor that builds nodes, the same for JSON and YAML.

use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};

use super::DEPTH_LIMIT;
use crate::diag::Pointer;
use crate::document::{Node, Number, Object};

/// No tree may have more nodes, whatever the size of its text. An object counts as several.
pub(super) const NODE_LIMIT: usize = 6_000_000;

/// An object takes as much memory as this many numbers.
const OBJECT_WEIGHT: usize = 6;

/// A document with this many doubled keys is beyond listing them.
const DUPLICATE_LIMIT: usize = 1_000;

/// What all visitors of one text share.
pub(super) struct Context {
    /// Whether `<<` is a merge key.
    merge: bool,
    nodes_left: Cell<usize>,
    bytes_left: Cell<usize>,
    exceeded: Cell<Option<Limit>>,
    duplicates: RefCell<Vec<Pointer>>,
}

/// A limit that was passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Limit {
    Depth,
    Size,
}

impl Context {
    /// Without aliases a text of n bytes has at most n/3 objects or n other nodes, and n bytes of
    /// strings. What is allowed beyond that is for aliases.
    pub(super) fn new(text: &str, merge: bool) -> Self {
        Self {
            merge,
            nodes_left: Cell::new((2 * text.len() + 600_000).min(NODE_LIMIT)),
            bytes_left: Cell::new(text.len() + (16 << 20)),
            exceeded: Cell::new(None),
            duplicates: RefCell::default(),
        }
    }

    pub(super) fn exceeded(&self) -> Option<Limit> {
        self.exceeded.get()
    }

    pub(super) fn into_duplicates(self) -> Vec<Pointer> {
        self.duplicates.into_inner()
    }

    /// The visitor of the whole text.
    pub(super) fn root(&self) -> Build<'_> {
        Build {
            context: self,
            trail: &Trail {
                parent: None,
                step: Step::Root,
                depth: 0,
            },
        }
    }

    fn spend(&self, left: &Cell<usize>, amount: usize) -> bool {
        match left.get().checked_sub(amount) {
            Some(rest) => left.set(rest),
            None => self.exceeded.set(Some(Limit::Size)),
        }
        self.exceeded.get().is_none()
    }

    fn string<E: Error>(&self, text: String) -> Result<String, E> {
        if self.spend(&self.bytes_left, text.len()) {
            Ok(text)
        } else {
            Err(E::custom("too large"))
        }
    }
}

/// The way to a node, from the node up; lives on the stack and costs nothing until it is needed.
struct Trail<'a> {
    parent: Option<&'a Trail<'a>>,
    step: Step<'a>,
    depth: usize,
}

enum Step<'a> {
    Root,
    Key(&'a str),
    Index(usize),
}

impl Trail<'_> {
    fn below<'a>(&'a self, step: Step<'a>) -> Trail<'a> {
        Trail {
            parent: Some(self),
            step,
            depth: self.depth + 1,
        }
    }

    fn pointer(&self) -> Pointer {
        let parent = self.parent.map(Trail::pointer).unwrap_or_default();
        match self.step {
            Step::Root => parent,
            Step::Key(key) => parent.child(key),
            Step::Index(index) => parent.index(index),
        }
    }
}

/// Builds the node at one place.
pub(super) struct Build<'a> {
    context: &'a Context,
    trail: &'a Trail<'a>,
}

impl Build<'_> {
    fn enter<E: Error>(&self) -> Result<(), E> {
        if self.trail.depth < DEPTH_LIMIT {
            return Ok(());
        }
        self.context.exceeded.set(Some(Limit::Depth));
        Err(E::custom("too deep"))
    }
}

impl<'de> DeserializeSeed<'de> for Build<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        if self.context.spend(&self.context.nodes_left, 1) {
            deserializer.deserialize_any(self)
        } else {
            Err(D::Error::custom("too large"))
        }
    }
}

impl<'de> Visitor<'de> for Build<'_> {
    type Value = Node;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    /// A text of nothing but comments.
    fn visit_none<E: Error>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Number(Number::Int(value)))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Number(
            i64::try_from(value).map_or(Number::UInt(value), Number::Int),
        ))
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Node, E> {
        Ok(Node::Number(Number::from_i128(value)))
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Node, E> {
        #[expect(
            clippy::cast_precision_loss,
            reason = "the nearest double is what is wanted"
        )]
        let nearest = Number::Float(value as f64);
        Ok(Node::Number(
            i128::try_from(value).map_or(nearest, Number::from_i128),
        ))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Node, E> {
        Ok(if value.is_finite() {
            Node::Number(Number::Float(value))
        } else {
            // JSON has no such numbers: YAML's `.inf` and `.nan` stay words.
            Node::String(value.to_string())
        })
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Node, E> {
        self.context.string(text.to_owned()).map(Node::String)
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Node, E> {
        self.context.string(text).map(Node::String)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        self.enter()?;
        let mut items = Vec::new();
        while let Some(item) = access.next_element_seed(Build {
            context: self.context,
            trail: &self.trail.below(Step::Index(items.len())),
        })? {
            items.push(item);
        }
        items.shrink_to_fit();
        Ok(Node::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        self.enter()?;
        if !self
            .context
            .spend(&self.context.nodes_left, OBJECT_WEIGHT - 1)
        {
            return Err(A::Error::custom("too large"));
        }
        let mut members = Object::new();
        let mut merged = Vec::new();
        while let Some(key) = access.next_key_seed(Key(self.context))? {
            let node = access.next_value_seed(Build {
                context: self.context,
                trail: &self.trail.below(Step::Key(&key)),
            })?;
            if self.context.merge && key == "<<" && is_mergeable(&node) {
                merged.push(node);
            } else {
                self.insert(&mut members, key, node);
            }
        }
        for node in merged {
            merge(&mut members, node);
        }
        Ok(Node::Object(Box::new(members)))
    }

    /// A value with a YAML tag of the application's own: the tag means nothing here.
    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Node, A::Error> {
        let (IgnoredAny, value) = access.variant()?;
        value.newtype_variant_seed(self)
    }
}

impl Build<'_> {
    fn insert(&self, members: &mut Object, key: String, node: Node) {
        let (index, earlier) = members.insert_full(key, node);
        let mut duplicates = self.context.duplicates.borrow_mut();
        if earlier.is_some()
            && duplicates.len() < DUPLICATE_LIMIT
            && let Some((key, _)) = members.get_index(index)
        {
            duplicates.push(self.trail.below(Step::Key(key)).pointer());
        }
    }
}

/// Whether the value of a `<<` is an object or an array of objects.
fn is_mergeable(node: &Node) -> bool {
    match node {
        Node::Object(_) => true,
        Node::Array(items) => items.iter().all(|item| item.as_object().is_some()),
        _ => false,
    }
}

/// Adds the members that are not there yet; in an array, an earlier object comes before a later.
fn merge(members: &mut Object, node: Node) {
    match node {
        Node::Object(more) => {
            for (key, node) in *more {
                members.entry(key).or_insert(node);
            }
        }
        Node::Array(items) => items.into_iter().for_each(|item| merge(members, item)),
        _ => {}
    }
}

/// Reads a key as its text: `200`, `true` and `null` are themselves.
struct Key<'a>(&'a Context);

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = String;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key that is a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<String, E> {
        self.0.string(text.to_owned())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<String, E> {
        self.0.string(text)
    }
}
