//! Which variant a value of the document is, as a decoder would have it.

use crate::document::Node;

use super::{Decision, DecodeTree};

impl DecodeTree {
    /// The variants that a decoder would take a value for, the first choice first.
    #[must_use]
    pub fn candidates(&self, value: &Node) -> Vec<usize> {
        self.of(value)
            .map(|decision| decision.follow(value))
            .unwrap_or_default()
    }

    fn of(&self, value: &Node) -> Option<&Decision> {
        match value {
            Node::Null => None,
            Node::Bool(_) => self.boolean.as_ref(),
            Node::Number(number) if number.is_whole() => self.integer.as_ref(),
            Node::Number(_) => self.number.as_ref(),
            Node::String(_) => self.string.as_ref(),
            Node::Array(_) => self.array.as_ref(),
            Node::Object(_) => self.object.as_ref(),
        }
    }
}

impl Decision {
    fn follow(&self, value: &Node) -> Vec<usize> {
        let mut decision = self;
        // Each step leads deeper into a tree that ends.
        loop {
            let property = |name: &String| match value {
                Node::Object(entries) => entries.get(name).filter(|value| !value.is_null()),
                _ => None,
            };
            let next = match decision {
                Self::Variant(variant) => return vec![*variant],
                Self::First(variants) | Self::Trial(variants) => return variants.clone(),
                Self::Tag {
                    property: name,
                    cases,
                    otherwise,
                } => property(name)
                    .and_then(|tag| case(cases, tag))
                    .or(otherwise.as_deref()),
                Self::Value { cases, otherwise } => case(cases, value).or(otherwise.as_deref()),
                Self::Key { cases, otherwise } => match value {
                    Node::Object(entries) => entries
                        .keys()
                        .find_map(|name| cases.iter().find(|(key, _)| key == name))
                        .map(|(_, next)| next)
                        .or(otherwise.as_deref()),
                    _ => None,
                },
                Self::KindOf {
                    property: name,
                    tree,
                    otherwise,
                } => match property(name) {
                    Some(value) => tree.of(value),
                    None => otherwise.as_deref(),
                },
                Self::ItemOf {
                    property: name,
                    tree,
                    otherwise,
                } => match property(name) {
                    Some(Node::Array(items)) if !items.is_empty() => {
                        items.first().and_then(|item| tree.of(item))
                    }
                    _ => otherwise.as_deref(),
                },
                Self::Items { tree, otherwise } => match value {
                    Node::Array(items) => match items.first() {
                        Some(item) => return tree.candidates(item),
                        None => otherwise.as_deref(),
                    },
                    _ => None,
                },
            };
            match next {
                Some(next) => decision = next,
                None => return Vec::new(),
            }
        }
    }
}

/// The case that lists a scalar, by its text.
fn case<'d>(cases: &'d [(Vec<String>, Decision)], value: &Node) -> Option<&'d Decision> {
    let text = match value {
        Node::String(text) => text.clone(),
        Node::Bool(value) => value.to_string(),
        Node::Number(number) => number.to_string(),
        Node::Null | Node::Array(_) | Node::Object(_) => return None,
    };
    cases
        .iter()
        .find(|(values, _)| values.contains(&text))
        .map(|(_, next)| next)
}
