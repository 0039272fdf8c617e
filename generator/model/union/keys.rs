//! Telling objects apart by which properties are there.

use std::collections::HashMap;

use indexmap::IndexMap;

use super::Decision;
use super::classify::{owners, tree_of};
use super::facts::{Facts, PropertyFacts};
use super::objects::{Objects, object};

/// Required properties of one variant that are asked for before it is preferred to one that takes any object.
const MAX_CHAIN: usize = 4;

/// Optional properties of one variant that are held against one that takes any object, at most: each costs some lines.
const MAX_CLAIMED: usize = 16;

/// Values of a property that become cases of their own for that, at most.
const MAX_LISTED: usize = 100;

/// Variants that keep properties which they do not declare.
struct Open<'f> {
    decision: Decision,
    /// What such a property is.
    extra: &'f PropertyFacts,
}

/// By which property is there. Where a single one leads on by its value, that alone says it.
fn key(mut cases: Vec<(String, Decision)>, otherwise: Option<Decision>) -> Decision {
    if let [(name, next)] = cases.as_mut_slice()
        && let Decision::KindOf {
            property,
            otherwise: absent,
            ..
        }
        | Decision::Tag {
            property,
            otherwise: absent,
            ..
        } = &*next
        && property == name
        && absent.is_some()
        && absent.as_deref() == otherwise.as_ref()
    {
        return next.clone();
    }
    Decision::Key {
        cases,
        otherwise: otherwise.map(Box::new),
    }
}

impl<'f> Objects<'_, 'f> {
    /// How many variants declare each property.
    fn declarations(&self, set: &[&'f Facts]) -> HashMap<&'f str, usize> {
        let mut found: HashMap<&'f str, (usize, usize)> = HashMap::new();
        for facts in set {
            for (name, _) in self.properties(facts) {
                let (count, last) = found.entry(name).or_insert((0, usize::MAX));
                if *last != facts.owner {
                    (*count, *last) = (*count + 1, facts.owner);
                }
            }
        }
        found
            .into_iter()
            .map(|(name, (count, _))| (name, count))
            .collect()
    }

    /// Properties that one variant requires and no other declares.
    pub(super) fn by_required_key(&mut self, set: &[&'f Facts]) -> Option<Decision> {
        let mut cases: IndexMap<&'f str, Decision> = IndexMap::new();
        let mut rest: Vec<&'f Facts> = Vec::new();
        let declarations = self.declarations(set);
        for &facts in set {
            let own: Vec<&'f str> = self
                .properties(facts)
                .filter(|(name, property)| property.required && declarations[name] == 1)
                .map(|(name, _)| name)
                .take(MAX_CHAIN)
                .collect();
            let Some(name) = own.first() else {
                rest.push(facts);
                continue;
            };
            if cases.contains_key(name) {
                continue;
            }
            let mut decision = Decision::Variant(facts.owner);
            let open = self.open_beside(set, facts);
            if let Some(open) = &open {
                // An object that lacks one of the others is the variant's that takes any.
                for next in own.iter().skip(1) {
                    let claimed = self.claimed(next, decision, facts, open);
                    decision = key(
                        vec![((*next).to_owned(), claimed)],
                        Some(open.decision.clone()),
                    );
                }
                decision = self.claimed(name, decision, facts, open);
            }
            cases.insert(name, decision);
        }
        if cases.is_empty() {
            return None;
        }
        let otherwise = (!rest.is_empty()).then(|| self.decide(&rest, None));
        let cases = cases
            .into_iter()
            .map(|(name, next)| (name.to_owned(), next));
        Some(key(cases.collect(), otherwise))
    }

    /// What takes an object with properties that are not declared, beside one variant.
    fn open_beside(&mut self, set: &[&'f Facts], facts: &Facts) -> Option<Open<'f>> {
        let open = |other: &&&'f Facts| object(other).open && other.owner != facts.owner;
        let open: Vec<&'f Facts> = set.iter().filter(open).copied().collect();
        let extra = object(open.first()?).undeclared()?;
        Some(Open {
            decision: self.decide(&open, None),
            extra,
        })
    }

    /// Where a property leads that one variant declares: to that one, unless its value can only be an undeclared
    /// property of another.
    fn claimed(
        &self,
        name: &'f str,
        decision: Decision,
        facts: &'f Facts,
        open: &Open<'f>,
    ) -> Decision {
        let Some(own) = self.property(facts, name) else {
            return decision;
        };
        let (other, extra) = (&open.decision, open.extra);
        if let Some(list) = own.strings.as_ref().filter(|list| list.len() <= MAX_LISTED) {
            return Decision::Tag {
                property: name.to_owned(),
                cases: vec![(list.iter().cloned().collect(), decision)],
                otherwise: Some(Box::new(other.clone())),
            };
        }
        let null = if own.nullable {
            Some(&decision)
        } else {
            extra.nullable.then_some(other)
        };
        if own.kinds.contains(extra.kinds) && null != Some(other) {
            return decision;
        }
        let tree = tree_of(|kind| {
            if own.kinds.contains(kind) {
                Some(decision.clone())
            } else {
                extra.kinds.contains(kind).then(|| other.clone())
            }
        });
        Decision::KindOf {
            property: name.to_owned(),
            tree: Box::new(tree),
            otherwise: null.cloned().map(Box::new),
        }
    }

    /// A property that only some variants declare: weaker, since objects are open. Where it is there, it is one of
    /// those; where it is not, one of those that do not require it.
    pub(super) fn by_weaker_key(&mut self, set: &[&'f Facts]) -> Option<Decision> {
        let count = owners(set).len();
        let declarations = self.declarations(set);
        // Properties of one variant alone share a step.
        let mut own: IndexMap<&'f str, Decision> = IndexMap::new();
        for &facts in set {
            let names = self.properties(facts).map(|(name, _)| name);
            let names: Vec<&str> = names.filter(|name| declarations[name] == 1).collect();
            let open = (1..=MAX_CLAIMED)
                .contains(&names.len())
                .then(|| self.open_beside(set, facts))
                .flatten();
            for name in names {
                let decision = Decision::Variant(facts.owner);
                let decision = match &open {
                    Some(open) => self.claimed(name, decision, facts, open),
                    None => decision,
                };
                own.entry(name).or_insert(decision);
            }
        }
        if !own.is_empty() {
            self.settled.extend(own.keys());
            let otherwise = self.decide(set, None);
            for name in own.keys() {
                self.settled.remove(name);
            }
            let cases = own.into_iter().map(|(name, next)| (name.to_owned(), next));
            return Some(key(cases.collect(), Some(otherwise)));
        }
        // The fewer declare it, the more it tells; a required one tells more than an optional one.
        let (split, _) = self
            .tallies(set)
            .into_iter()
            .filter(|(_, tally)| tally.owners < count)
            .min_by_key(|(_, tally)| (set.len() - tally.firm, tally.owners))?;
        let declaring: Vec<&'f Facts> = set
            .iter()
            .copied()
            .filter(|facts| self.property(facts, split).is_some())
            .collect();
        let rest: Vec<&'f Facts> = set
            .iter()
            .copied()
            .filter(|facts| {
                self.property(facts, split)
                    .is_none_or(|property| !property.required)
            })
            .collect();
        let with = self.decide_beyond(split, &declaring);
        let otherwise = (!rest.is_empty()).then(|| Box::new(self.decide_beyond(split, &rest)));
        Some(Decision::Key {
            cases: vec![(split.to_owned(), with)],
            otherwise,
        })
    }
}
