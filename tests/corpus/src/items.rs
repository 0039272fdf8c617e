//! What a document holds that can be carried into Rust.

use std::ops::{AddAssign, Index, IndexMut};

use serde_json::Value;

use crate::raw::{Files, Kind, Node, is_restriction};

/// A kind of item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Item {
    /// Of paths, webhooks and callbacks.
    Operation,
    /// A schema position that is not a reference.
    Schema,
    Parameter,
    Header,
    RequestBody,
    Response,
    /// A keyword that restricts values.
    Constraint,
}

impl Item {
    pub(crate) const ALL: [Self; 7] = [
        Self::Operation,
        Self::Schema,
        Self::Parameter,
        Self::Header,
        Self::RequestBody,
        Self::Response,
        Self::Constraint,
    ];
}

/// How many there are of each kind.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Count([usize; 7]);

impl Count {
    pub(crate) fn total(&self) -> usize {
        self.0.iter().sum()
    }
}

impl Index<Item> for Count {
    type Output = usize;

    fn index(&self, item: Item) -> &usize {
        &self.0[item as usize]
    }
}

impl IndexMut<Item> for Count {
    fn index_mut(&mut self, item: Item) -> &mut usize {
        &mut self.0[item as usize]
    }
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        for item in Item::ALL {
            self[item] += other[item];
        }
    }
}

/// Counts the items; what is referred to is counted where it stands, and references are not.
pub(crate) fn count(files: &Files, nodes: &[Node]) -> Count {
    let mut count = Count::default();
    for node in nodes {
        let item = match node.kind {
            Kind::Operation => Item::Operation,
            Kind::Schema => Item::Schema,
            Kind::Parameter => Item::Parameter,
            Kind::Header => Item::Header,
            Kind::RequestBody => Item::RequestBody,
            Kind::Response => Item::Response,
            _ => continue,
        };
        if !node.is_reference {
            count[item] += 1;
        }
        if item == Item::Schema
            && let Some(Value::Object(schema)) = files.get(&node.site)
            && !(node.is_reference && files.is_3_0())
        {
            count[Item::Constraint] += schema
                .iter()
                .filter(|(keyword, value)| is_restriction(keyword, value))
                .count();
        }
    }
    count
}
