//! Telling objects apart: by a tag, by a key, by the kind of one.

use std::cell::Cell;
use std::collections::HashMap;

use indexmap::IndexMap;

use super::Decision;
use super::classify::{owners, tree_of};
use super::facts::{Facts, Kinds, ObjectFacts, PropertyFacts};

/// Pairs of variants that are held against each other, at most; real unions have hundreds.
const MAX_PAIRS: usize = 10_000;

/// Required properties of one variant that are asked for before it is preferred to one that takes any object.
const MAX_CHAIN: usize = 4;

/// Values, and the variants that each may stand for.
type Owners<'f> = IndexMap<&'f str, Vec<&'f Facts>>;

/// A property that may serve as a tag.
struct Tag<'f> {
    /// The less, the better: whether some lack it, the largest set that a value leaves, and how many need no value.
    score: (bool, usize, usize),
    property: &'f str,
    values: Owners<'f>,
    /// Where none of the values is there.
    rest: Vec<&'f Facts>,
}

/// The ladder for objects.
pub(super) struct Objects<'s, 'f> {
    steps: &'s Cell<usize>,
    /// Properties that are settled: their value is known, or that they are absent.
    settled: Vec<&'f str>,
}

impl<'s, 'f> Objects<'s, 'f> {
    pub(super) fn new(steps: &'s Cell<usize>) -> Self {
        Self {
            steps,
            settled: Vec::new(),
        }
    }

    pub(super) fn decide(&mut self, set: &[&'f Facts], discriminator: Option<&'f str>) -> Decision {
        let owners = owners(set);
        if let [only] = owners.as_slice() {
            return Decision::Variant(*only);
        }
        let Some(left) = self.steps.get().checked_sub(1) else {
            return Decision::Trial(owners);
        };
        self.steps.set(left);
        if let Some(property) = discriminator
            && let Some(decision) = self.by_discriminator(set, property)
        {
            return decision;
        }
        self.by_tag(set, true)
            .or_else(|| self.by_required_key(set))
            .or_else(|| self.by_kind_of_key(set))
            .or_else(|| self.by_tag(set, false))
            .or_else(|| self.by_items_of_key(set))
            .or_else(|| self.by_weaker_key(set))
            .or_else(|| self.widest(set))
            .unwrap_or(Decision::Trial(owners))
    }

    /// The same, with what is known of one property left out from here on.
    fn decide_beyond(&mut self, property: &'f str, set: &[&'f Facts]) -> Decision {
        self.settled.push(property);
        let decision = self.decide(set, None);
        self.settled.pop();
        decision
    }

    fn property(&self, facts: &'f Facts, name: &str) -> Option<&'f PropertyFacts> {
        if self.settled.contains(&name) {
            return None;
        }
        object(facts).properties.get(name)
    }

    /// Properties that are left to ask for.
    fn properties(&self, facts: &'f Facts) -> impl Iterator<Item = (&'f str, &'f PropertyFacts)> {
        object(facts)
            .properties
            .iter()
            .map(|(name, facts)| (name.as_str(), facts))
            .filter(|(name, _)| !self.settled.contains(name))
    }

    /// The document's own discriminator; what it leaves undecided goes on without it.
    fn by_discriminator(&mut self, set: &[&'f Facts], property: &'f str) -> Option<Decision> {
        let mut values: Owners<'f> = IndexMap::new();
        for facts in set {
            for tag in &facts.tags {
                values.entry(tag).or_default().push(facts);
            }
        }
        if values.is_empty() {
            return None;
        }
        let fallback: Vec<&Facts> = set.iter().copied().filter(|facts| facts.fallback).collect();
        let untagged = set.iter().copied().filter(|facts| facts.tags.is_empty());
        let rest: Vec<&Facts> = if fallback.is_empty() {
            untagged.collect()
        } else {
            fallback
        };
        Some(self.tag(property, values, &rest))
    }

    /// Values that lead to the same set share one case.
    fn tag(&mut self, property: &'f str, values: Owners<'f>, rest: &[&'f Facts]) -> Decision {
        let mut by_set: IndexMap<Vec<usize>, (Vec<&'f Facts>, Vec<String>)> = IndexMap::new();
        for (value, set) in values {
            let key: Vec<usize> = set
                .iter()
                .map(|facts| std::ptr::from_ref(*facts) as usize)
                .collect();
            let entry = by_set.entry(key).or_insert_with(|| (set, Vec::new()));
            entry.1.push(value.to_owned());
        }
        // Variants that are reached by different sets of values may still be the same one.
        let mut cases: Vec<(Vec<String>, Decision)> = Vec::new();
        for (set, values) in by_set.into_values() {
            let decision = self.decide_beyond(property, &set);
            match cases.iter_mut().find(|(_, other)| *other == decision) {
                Some((others, _)) => others.extend(values),
                None => cases.push((values, decision)),
            }
        }
        let otherwise = (!rest.is_empty()).then(|| Box::new(self.decide_beyond(property, rest)));
        Decision::Tag {
            property: property.to_owned(),
            cases,
            otherwise,
        }
    }

    /// A property whose scalars are closed lists that differ. It may be optional: then its absence leads on. Unless
    /// `whole`, it may be missing from some variants too.
    fn by_tag(&mut self, set: &[&'f Facts], whole: bool) -> Option<Decision> {
        let mut best: Option<Tag<'f>> = None;
        let mut names: IndexMap<&'f str, ()> = IndexMap::new();
        for facts in set {
            let closed = self
                .properties(facts)
                .filter(|(_, facts)| facts.strings.is_some());
            names.extend(closed.map(|(name, _)| (name, ())));
        }
        for name in names.into_keys() {
            let mut values: Owners<'f> = IndexMap::new();
            let mut rest: Vec<&'f Facts> = Vec::new();
            let mut listing: Vec<&'f Facts> = Vec::new();
            for facts in set {
                let property = self.property(facts, name);
                let strings = property.and_then(|property| property.strings.as_ref());
                for value in strings.into_iter().flatten() {
                    values.entry(value).or_default().push(facts);
                }
                if strings.is_some() {
                    listing.push(facts);
                }
                if strings.is_none()
                    || property.is_some_and(|found| !found.required || found.nullable)
                {
                    rest.push(facts);
                }
            }
            // The bar is the largest set that a value leaves: 1 is decided, all of them is no help.
            let Some(largest) = values.values().map(|set| owners(set).len()).max() else {
                continue;
            };
            let count = owners(set).len();
            let tells = owners(&listing).len();
            // Among those that list it, it tells at least two apart; or it tells those from the others.
            let splits = largest < tells || tells < count && self.declared_by_all(set, name);
            let score = (tells < count, largest, rest.len());
            if largest < count
                && splits
                && (tells == count || !whole)
                && best.as_ref().is_none_or(|best| score < best.score)
            {
                best = Some(Tag {
                    score,
                    property: name,
                    values,
                    rest,
                });
            }
        }
        let best = best?;
        Some(self.tag(best.property, best.values, &best.rest))
    }

    fn declared_by_all(&self, set: &[&'f Facts], name: &str) -> bool {
        set.iter().all(|facts| self.property(facts, name).is_some())
    }

    /// The variants that declare each property: one pass, so that no rung is quadratic.
    fn declarations(&self, set: &[&'f Facts]) -> HashMap<&'f str, Vec<usize>> {
        let mut found: HashMap<&'f str, Vec<usize>> = HashMap::new();
        for facts in set {
            for (name, _) in self.properties(facts) {
                let owners = found.entry(name).or_default();
                if owners.last() != Some(&facts.owner) && !owners.contains(&facts.owner) {
                    owners.push(facts.owner);
                }
            }
        }
        found
    }

    /// Properties that one variant requires and no other declares.
    fn by_required_key(&mut self, set: &[&'f Facts]) -> Option<Decision> {
        let mut cases: Vec<(String, Decision)> = Vec::new();
        let mut rest: Vec<&'f Facts> = Vec::new();
        let declarations = self.declarations(set);
        let open = set.iter().find(|facts| object(facts).open);
        for facts in set {
            let mut own = self
                .properties(facts)
                .filter(|(name, property)| property.required && declarations[name].len() == 1)
                .map(|(name, _)| name);
            let Some(name) = own.next() else {
                rest.push(facts);
                continue;
            };
            if cases.iter().any(|(other, _)| other == name) {
                continue;
            }
            let mut decision = Decision::Variant(facts.owner);
            if let Some(open) = open.filter(|open| open.owner != facts.owner) {
                // An object that lacks one of the others is the variant's that takes any.
                for next in own.take(MAX_CHAIN - 1) {
                    decision = Decision::Key {
                        cases: vec![(next.to_owned(), decision)],
                        otherwise: Some(Box::new(Decision::Variant(open.owner))),
                    };
                }
            }
            cases.push((name.to_owned(), decision));
        }
        if cases.is_empty() {
            return None;
        }
        let otherwise = (!rest.is_empty()).then(|| Box::new(self.decide(&rest, None)));
        Some(Decision::Key { cases, otherwise })
    }

    /// A property that all declare, whose JSON kinds differ.
    fn by_kind_of_key(&mut self, set: &[&'f Facts]) -> Option<Decision> {
        let (property, kinds) = self.split_by(set, |property| property.kinds)?;
        let rest = self.without(set, property);
        let tree = self.by_kinds(set, &kinds, property);
        let otherwise = (!rest.is_empty()).then(|| Box::new(self.decide_beyond(property, &rest)));
        Some(Decision::KindOf {
            property: property.to_owned(),
            tree: Box::new(tree),
            otherwise,
        })
    }

    /// A property that all declare, an array whose items are of different kinds.
    fn by_items_of_key(&mut self, set: &[&'f Facts]) -> Option<Decision> {
        let (property, kinds) = self.split_by(set, |property| property.items)?;
        let arrays = |facts: &&Facts| {
            self.property(facts, property)
                .is_some_and(|property| property.kinds == Kinds::ARRAY)
        };
        if !set.iter().all(arrays) {
            return None;
        }
        let tree = self.by_kinds(set, &kinds, property);
        let otherwise = Some(Box::new(self.decide_beyond(property, set)));
        Some(Decision::ItemOf {
            property: property.to_owned(),
            tree: Box::new(tree),
            otherwise,
        })
    }

    /// A property that all declare and of whose kinds none is everyone's, with the kinds of each.
    fn split_by(
        &self,
        set: &[&'f Facts],
        of: impl Fn(&PropertyFacts) -> Kinds,
    ) -> Option<(&'f str, Vec<Kinds>)> {
        let count = owners(set).len();
        let mut found: Vec<(usize, &'f str, Vec<Kinds>)> = Vec::new();
        for (name, _) in self.properties(set.first()?) {
            let kinds: Option<Vec<Kinds>> = set
                .iter()
                .map(|facts| {
                    let kinds = of(self.property(facts, name)?);
                    (kinds != Kinds::NONE).then_some(kinds)
                })
                .collect();
            let Some(kinds) = kinds else { continue };
            let most = Kinds::EACH.iter().map(|kind| {
                let taking: Vec<&Facts> = set
                    .iter()
                    .zip(&kinds)
                    .filter(|(_, kinds)| kinds.contains(*kind))
                    .map(|(facts, _)| *facts)
                    .collect();
                owners(&taking).len()
            });
            let most = most.max().unwrap_or(count);
            if most < count {
                let optional = self.without(set, name).len();
                found.push((most + optional, name, kinds));
            }
        }
        let (_, name, kinds) = found.into_iter().min_by_key(|(bar, ..)| *bar)?;
        Some((name, kinds))
    }

    /// The variants that may do without a property.
    fn without(&self, set: &[&'f Facts], name: &str) -> Vec<&'f Facts> {
        let may = |facts: &&Facts| {
            self.property(facts, name)
                .is_none_or(|property| !property.required || property.nullable)
        };
        set.iter().filter(|facts| may(facts)).copied().collect()
    }

    fn by_kinds(
        &mut self,
        set: &[&'f Facts],
        kinds: &[Kinds],
        property: &'f str,
    ) -> super::DecodeTree {
        let this = std::cell::RefCell::new(self);
        tree_of(|kind| {
            let taking: Vec<&'f Facts> = set
                .iter()
                .zip(kinds)
                .filter(|(_, kinds)| kinds.contains(kind))
                .map(|(facts, _)| *facts)
                .collect();
            (!taking.is_empty()).then(|| this.borrow_mut().decide_beyond(property, &taking))
        })
    }

    /// A property that only some variants declare: weaker, since objects are open. Where it is there, it is one of
    /// those; where it is not, one of those that do not require it.
    fn by_weaker_key(&mut self, set: &[&'f Facts]) -> Option<Decision> {
        let count = owners(set).len();
        let declarations = self.declarations(set);
        let mut cases: Vec<(String, Decision)> = Vec::new();
        // Properties of one variant alone share a step.
        let mut own: Vec<&'f str> = Vec::new();
        for facts in set {
            for (name, _) in self.properties(facts) {
                if declarations[name].len() == 1 && !own.contains(&name) {
                    own.push(name);
                    cases.push((name.to_owned(), Decision::Variant(facts.owner)));
                }
            }
        }
        if !cases.is_empty() {
            let settled = self.settled.len();
            self.settled.extend(&own);
            let otherwise = Some(Box::new(self.decide(set, None)));
            self.settled.truncate(settled);
            return Some(Decision::Key { cases, otherwise });
        }
        let mut order: Vec<&'f str> = Vec::new();
        for facts in set {
            order.extend(self.properties(facts).map(|(name, _)| name));
        }
        // The fewer declare it, the more it tells; a required one tells more than an optional one.
        let split = order
            .into_iter()
            .filter(|name| declarations[name].len() < count)
            .min_by_key(|name| (self.without(set, name).len(), declarations[name].len()))?;
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

    /// The variant that holds whatever the others hold, if there is one: nothing is lost by taking it.
    fn widest(&self, set: &[&'f Facts]) -> Option<Decision> {
        if set.len() * set.len() > MAX_PAIRS {
            return None;
        }
        let wide = set.iter().filter(|wide| {
            set.iter()
                .all(|other| wide.owner == other.owner || self.holds(wide, other))
        });
        // Among several, the one that has the least besides.
        let wide = wide.min_by_key(|wide| object(wide).properties.len())?;
        Some(Decision::Variant(wide.owner))
    }

    /// Whether every value that `other` takes is one for `wide` too, and keeps all of its properties.
    fn holds(&self, wide: &'f Facts, other: &'f Facts) -> bool {
        let all = self
            .properties(wide)
            .all(|(name, ours)| match self.property(other, name) {
                Some(theirs) => {
                    (!ours.required || theirs.required)
                        && ours.kinds.contains(theirs.kinds)
                        && (ours.nullable || !theirs.nullable)
                        && within(ours.strings.as_ref(), theirs.strings.as_ref())
                        && (ours.form.is_none() || ours.form == theirs.form)
                }
                None => !ours.required,
            });
        all && self
            .properties(other)
            .all(|(name, _)| self.property(wide, name).is_some() || object(wide).open)
    }
}

/// Whether a list, if there is one, has all values of another.
fn within(wide: Option<&Vec<String>>, narrow: Option<&Vec<String>>) -> bool {
    wide.is_none_or(|wide| {
        narrow.is_some_and(|narrow| narrow.iter().all(|value| wide.contains(value)))
    })
}

fn object(facts: &Facts) -> &ObjectFacts {
    static ANY: std::sync::LazyLock<ObjectFacts> = std::sync::LazyLock::new(|| ObjectFacts {
        open: true,
        ..ObjectFacts::default()
    });
    facts.object.as_ref().unwrap_or(&ANY)
}
