//! Unions: which variant a value is of, and the tag that says so.

use crate::model::Node;
use crate::model::union::{Decision, DecodeTree, Union};

use super::draw::Sampler;

impl Sampler<'_> {
    pub(super) fn union(
        &mut self,
        union: &Union,
        shown: Option<&Node>,
        depth: usize,
    ) -> Option<Node> {
        if let Some(shown) = shown {
            let candidates = decided(&union.decode, shown);
            let mut best: Option<(usize, Node)> = None;
            for index in candidates {
                let Some(variant) = union.variants.get(index) else {
                    continue;
                };
                let before = self.repairs;
                let made = self.at(variant.ty, Some(shown), depth);
                let repairs = self.repairs - before;
                self.repairs = before;
                if let Some(made) = made
                    && best.as_ref().is_none_or(|(least, _)| repairs < *least)
                {
                    best = Some((repairs, made));
                    if repairs == 0 {
                        break;
                    }
                }
            }
            if let Some((repairs, made)) = best {
                self.repairs += repairs;
                return Some(made);
            }
        }
        let count = union.variants.len();
        for turn in 0..count {
            let index = (turn + self.turn) % count;
            let Some(variant) = union.variants.get(index) else {
                continue;
            };
            // A union stands for its variants: it is no level of its own.
            if let Some(mut made) = self.at(variant.ty, None, depth) {
                if let (Node::Object(members), Some(decision)) = (&mut made, &union.decode.object) {
                    tag(decision, index, members);
                }
                return Some(made);
            }
        }
        None
    }
}

/// The variants that a value could be of, the likeliest first.
fn decided(tree: &DecodeTree, value: &Node) -> Vec<usize> {
    let decision = match value {
        Node::Null => None,
        Node::Bool(_) => tree.boolean.as_ref(),
        Node::Number(number) if number.is_whole() => tree.integer.as_ref().or(tree.number.as_ref()),
        Node::Number(_) => tree.number.as_ref(),
        Node::String(_) => tree.string.as_ref(),
        Node::Array(_) => tree.array.as_ref(),
        Node::Object(_) => tree.object.as_ref(),
    };
    decision.map_or_else(Vec::new, |decision| chosen(decision, value))
}

fn chosen(decision: &Decision, value: &Node) -> Vec<usize> {
    let go = |decision: Option<&Decision>| {
        decision.map_or_else(Vec::new, |decision| chosen(decision, value))
    };
    match decision {
        Decision::Variant(index) => vec![*index],
        Decision::First(all) | Decision::Trial(all) => all.clone(),
        Decision::Tag {
            property,
            cases,
            otherwise,
        } => {
            let tag = value.get(property).map(text);
            let case = cases
                .iter()
                .find(|(tags, _)| tag.as_ref().is_some_and(|tag| tags.contains(tag)));
            go(case.map(|(_, next)| next).or(otherwise.as_deref()))
        }
        Decision::Value { cases, otherwise } => {
            let text = text(value);
            let case = cases.iter().find(|(values, _)| values.contains(&text));
            go(case.map(|(_, next)| next).or(otherwise.as_deref()))
        }
        Decision::Key { cases, otherwise } => {
            let case = cases.iter().find(|(key, _)| value.get(key).is_some());
            go(case.map(|(_, next)| next).or(otherwise.as_deref()))
        }
        Decision::KindOf {
            property,
            tree,
            otherwise,
        } => match value.get(property).filter(|value| !value.is_null()) {
            Some(inner) => decided(tree, inner),
            None => go(otherwise.as_deref()),
        },
        Decision::ItemOf {
            property,
            tree,
            otherwise,
        } => match value.get(property).and_then(first) {
            Some(item) => decided(tree, item),
            None => go(otherwise.as_deref()),
        },
        Decision::Items { tree, otherwise } => match first(value) {
            Some(item) => decided(tree, item),
            None => go(otherwise.as_deref()),
        },
    }
}

fn first(value: &Node) -> Option<&Node> {
    value.as_array()?.first()
}

/// What a tag reads.
fn text(value: &Node) -> String {
    match value {
        Node::String(text) => text.clone(),
        Node::Number(number) => number.to_string(),
        Node::Bool(value) => value.to_string(),
        _ => String::new(),
    }
}

/// Gives an object the tags that lead to a variant; `false` if none does.
fn tag(decision: &Decision, variant: usize, members: &mut crate::document::Object) -> bool {
    match decision {
        Decision::Variant(index) => *index == variant,
        Decision::First(all) | Decision::Trial(all) => all.contains(&variant),
        Decision::Tag {
            property,
            cases,
            otherwise,
        } => {
            for (tags, next) in cases {
                if tag(next, variant, members) {
                    let known = members.get(property).map(text);
                    // What the schema says of the tag is as good as what the discriminator does.
                    if !known.is_some_and(|known| tags.contains(&known))
                        && let Some(first) = tags.first()
                    {
                        members.insert(property.clone(), Node::String(first.clone()));
                    }
                    return true;
                }
            }
            otherwise
                .as_deref()
                .is_some_and(|next| tag(next, variant, members))
        }
        Decision::Key { cases, otherwise } => {
            cases.iter().any(|(_, next)| tag(next, variant, members))
                || otherwise
                    .as_deref()
                    .is_some_and(|next| tag(next, variant, members))
        }
        Decision::KindOf { .. }
        | Decision::ItemOf { .. }
        | Decision::Items { .. }
        | Decision::Value { .. } => true,
    }
}
