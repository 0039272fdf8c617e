//! The properties that an object does not declare.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::support::codec::{Decode, Encode};

/// What becomes of the properties that an object does not declare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extra {
    /// They are dropped.
    Drop,
    /// They are kept in a map field.
    Keep,
    /// They are dropped, and a fault when reading strictly.
    Forbid,
}

/// A map that keeps undeclared properties.
pub trait ExtraMap: Default {
    /// The type of the properties.
    type Value: Decode + Encode;

    /// Whether the property is in the map.
    fn holds(&self, name: &str) -> bool;

    /// Adds a property.
    fn put(&mut self, name: String, value: Self::Value);

    /// All properties.
    fn entries(&self) -> impl Iterator<Item = (&String, &Self::Value)>;
}

impl<T: Decode + Encode> ExtraMap for BTreeMap<String, T> {
    type Value = T;

    fn holds(&self, name: &str) -> bool {
        self.contains_key(name)
    }

    fn put(&mut self, name: String, value: T) {
        self.insert(name, value);
    }

    fn entries(&self) -> impl Iterator<Item = (&String, &T)> {
        self.iter()
    }
}

impl ExtraMap for Map<String, Value> {
    type Value = Value;

    fn holds(&self, name: &str) -> bool {
        self.contains_key(name)
    }

    fn put(&mut self, name: String, value: Value) {
        self.insert(name, value);
    }

    fn entries(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.iter()
    }
}
