//! Objects: their own properties, those of patterns and those of any name.

use std::collections::HashSet;

use crate::document::Object as Members;
use crate::model::{Constraints, Extra, KeyRule, Node, Object, Type, Use};

use super::draw::{Sampler, bound};

impl Sampler<'_> {
    pub(super) fn object(
        &mut self,
        ty: &Type,
        object: &Object,
        shown: Option<&Node>,
        depth: usize,
    ) -> Option<Node> {
        let shown = match shown {
            Some(Node::Object(members)) => Some(members.as_ref()),
            _ => None,
        };
        let constraints = &ty.constraints;
        let excluded = excluded(constraints, shown);
        let needed = needed(constraints, shown);
        let most = bound(constraints.max_properties).unwrap_or(usize::MAX);
        let required = object
            .fields
            .values()
            .filter(|field| field.required)
            .count();
        let mut others = most.saturating_sub(required);
        let mut members = Members::new();
        for (name, field) in &object.fields {
            let given = shown.and_then(|shown| shown.get(name));
            let is_foreign = if self.in_request {
                field.read_only
            } else {
                field.write_only
            };
            let needed = field.required || needed.contains(name.as_str());
            if !needed && (is_foreign || others == 0 || excluded.contains(name.as_str())) {
                continue;
            }
            let wanted = match shown {
                Some(_) => {
                    given.is_some_and(|given| !given.is_null() || self.is_null_kept(field.ty))
                }
                None => self.may_add(depth),
            };
            if !needed && !wanted {
                continue;
            }
            match self.at(field.ty, given, depth + 1) {
                Some(value) => {
                    others -= usize::from(!field.required && others > 0);
                    members.insert(name.clone(), value);
                }
                None if needed => return None,
                None => {}
            }
        }
        if let Some(shown) = shown {
            for (name, value) in shown.iter().take(most) {
                if let Some(used) = self.kept(object, constraints, name)
                    && !object.fields.contains_key(name)
                    && members.len() < most
                    && let Some(value) = self.at(used, Some(value), depth + 1)
                {
                    members.insert(name.clone(), value);
                }
            }
        }
        let least = bound(constraints.min_properties).unwrap_or(0);
        if let (true, Extra::Keep(used)) = (members.len() < least, object.extra) {
            self.more_names(constraints, used, least, &mut members, depth);
        }
        if members.len() < least {
            // What was left out since nothing asked for it.
            for (name, field) in &object.fields {
                if members.len() < least
                    && !members.contains_key(name)
                    && let Some(value) = self.at(field.ty, None, depth + 1)
                {
                    members.insert(name.clone(), value);
                }
            }
        }
        (members.len() >= least).then_some(Node::Object(Box::new(members)))
    }

    /// Whether a property that is `null` is told apart from one that is absent.
    fn is_null_kept(&self, used: Use) -> bool {
        self.types.is_nullable(used) && self.carrier.has_null()
    }

    /// The type of a property that is not declared, if it is kept.
    fn kept(&mut self, object: &Object, constraints: &Constraints, name: &str) -> Option<Use> {
        if !self.is_name(constraints, name) {
            return None;
        }
        let matching = object
            .patterns
            .iter()
            .find(|(pattern, _)| self.matches(pattern, name));
        matching.map(|(_, used)| *used).or(object.extra.kept())
    }

    /// Whether a property of an object may be called so.
    pub(super) fn is_name(&mut self, constraints: &Constraints, name: &str) -> bool {
        match &constraints.names {
            Some(names) => self.is_text(names, None, name),
            None => true,
        }
    }

    /// Adds properties of any name until there are `wanted`.
    pub(super) fn more_names(
        &mut self,
        constraints: &Constraints,
        used: Use,
        wanted: usize,
        members: &mut Members,
        depth: usize,
    ) {
        let before = self.turn;
        for _ in 0..wanted.saturating_mul(2).min(200) {
            if members.len() >= wanted {
                break;
            }
            let name = match &constraints.names {
                Some(names) => match self.text(names, None, None) {
                    Some(Node::String(name)) => name,
                    _ => break,
                },
                None if self.turn == 0 => "key".to_owned(),
                None => format!("key{}", self.turn),
            };
            if !members.contains_key(&name) {
                let Some(value) = self.at(used, None, depth + 1) else {
                    break;
                };
                members.insert(name, value);
            }
            self.turn += 1;
        }
        self.turn = before;
    }
}

/// The properties that must not be there since others are.
fn excluded<'c>(constraints: &'c Constraints, shown: Option<&Members>) -> HashSet<&'c str> {
    let mut excluded = HashSet::new();
    for keys in &constraints.key_sets {
        if let (KeyRule::One, Some(chosen)) = (keys.rule, chosen(&keys.sets, shown)) {
            let others = keys
                .sets
                .iter()
                .flatten()
                .filter(|name| !chosen.contains(name));
            excluded.extend(others.map(String::as_str));
        }
    }
    excluded
}

/// The properties that must be there since others are, or since some have to be.
fn needed<'c>(constraints: &'c Constraints, shown: Option<&Members>) -> HashSet<&'c str> {
    let mut needed = HashSet::new();
    for keys in &constraints.key_sets {
        match keys.rule {
            KeyRule::Any | KeyRule::One => {
                let chosen = chosen(&keys.sets, shown).into_iter().flatten();
                needed.extend(chosen.map(String::as_str));
            }
            KeyRule::Dependent => {
                for set in &keys.sets {
                    let asks = set
                        .first()
                        .is_some_and(|first| shown.is_none_or(|shown| shown.contains_key(first)));
                    if asks {
                        needed.extend(set.iter().map(String::as_str));
                    }
                }
            }
        }
    }
    needed
}

/// The set that is there, or else the first.
fn chosen<'c>(sets: &'c [Vec<String>], shown: Option<&Members>) -> Option<&'c Vec<String>> {
    let is_there = |set: &&Vec<String>| {
        shown.is_some_and(|shown| set.iter().all(|name| shown.contains_key(name)))
    };
    sets.iter().find(is_there).or(sets.first())
}
