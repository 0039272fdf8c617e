//! What restricts a value beyond its shape (JSON Schema 2020-12 validation, §6).

use crate::document::{KeySets, Node, Number, TypeSet};
use crate::pattern::Pattern;

/// The assertions of one schema; all absent means that its shape is all there is to check.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Constraints {
    /// `minLength`, in Unicode scalar values.
    pub min_length: Option<u64>,
    /// `maxLength`, in Unicode scalar values.
    pub max_length: Option<u64>,
    /// `pattern`: a text matches all of them.
    pub patterns: Vec<Pattern>,
    /// `minimum`.
    pub minimum: Option<Number>,
    /// `maximum`.
    pub maximum: Option<Number>,
    /// `exclusiveMinimum`.
    pub exclusive_minimum: Option<Number>,
    /// `exclusiveMaximum`.
    pub exclusive_maximum: Option<Number>,
    /// `multipleOf`.
    pub multiple_of: Option<Number>,
    /// `minItems`.
    pub min_items: Option<u64>,
    /// `maxItems`.
    pub max_items: Option<u64>,
    /// `uniqueItems`.
    pub unique_items: bool,
    /// `contains`, where the items can be held against it.
    pub contains: Option<Box<Contains>>,
    /// What holds of the name of each property: `propertyNames`, and a pattern that all of them match.
    pub names: Option<Box<Constraints>>,
    /// `minProperties`.
    pub min_properties: Option<u64>,
    /// `maxProperties`.
    pub max_properties: Option<u64>,
    /// Properties of which an object has some set: at most one of each kind.
    pub key_sets: Vec<KeySets>,
    /// `enum` or `const`, where it lists arrays or objects: the value is one of these.
    pub one_of: Option<Vec<Node>>,
}

/// How many items of a list there have to be of a kind: `contains`, `minContains`, `maxContains`.
#[derive(Debug, Clone, PartialEq)]
pub struct Contains {
    /// At least so many.
    pub least: u64,
    /// At most so many.
    pub most: Option<u64>,
    /// Their types, where the items are of any.
    pub types: Option<TypeSet>,
    /// What else holds of them.
    pub item: Constraints,
}

impl Constraints {
    /// Whether there is nothing to check.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
