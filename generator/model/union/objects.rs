//! Telling objects apart: by a tag, by a key, by the kind of one.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::Decision;
use super::budget::Budget;
use super::classify::{count_owners, owners, tree_of};
use super::facts::{Facts, Kinds, ObjectFacts, PropertyFacts};

/// Questions that follow each other, at most: the tree is compiled by macros, which nest no deeper than this.
const MAX_DEPTH: usize = 24;

/// Values, and the variants that each may stand for.
type Owners<'f> = IndexMap<&'f str, Vec<&'f Facts>>;

/// What a set of variants says of a property.
#[derive(Default)]
pub(super) struct Tally<'f> {
    /// Forms that declare it.
    declaring: usize,
    /// Variants that declare it.
    pub(super) owners: usize,
    last: Option<usize>,
    /// Forms in which it is always there and never `null`.
    pub(super) firm: usize,
    /// Forms in which it is one of a closed list.
    listing: Vec<&'f Facts>,
    /// Of those, the ones in which it is always there.
    listing_firm: usize,
    values: Owners<'f>,
}

/// A property that may serve as a tag.
struct Tag<'f> {
    /// The less, the better: whether some lack it, the largest set that a value leaves, and how many need no value.
    score: (bool, usize, usize),
    property: &'f str,
    values: Owners<'f>,
}

/// The ladder for objects. Every rung is one pass over the properties of the set, and pays for it.
pub(super) struct Objects<'s, 'f> {
    pub(super) budget: &'s Budget,
    /// Properties that are settled: their value is known, or that they are absent.
    pub(super) settled: HashSet<&'f str>,
    /// Properties that were asked for: they are absent, or of a value that none of the lists has.
    pub(super) asked: HashSet<&'f str>,
    depth: usize,
}

impl<'s, 'f> Objects<'s, 'f> {
    pub(super) fn new(budget: &'s Budget) -> Self {
        Self {
            budget,
            settled: HashSet::new(),
            asked: HashSet::new(),
            depth: 0,
        }
    }

    pub(super) fn decide(&mut self, set: &[&'f Facts], discriminator: Option<&'f str>) -> Decision {
        let owners = owners(set);
        if let [only] = owners.as_slice() {
            return Decision::Variant(*only);
        }
        if self.depth >= MAX_DEPTH || !self.budget.pay(weight(set)) {
            return Decision::Trial(owners);
        }
        self.depth += 1;
        let decision = self.ladder(set, discriminator);
        self.depth -= 1;
        decision.unwrap_or(Decision::Trial(owners))
    }

    fn ladder(&mut self, set: &[&'f Facts], discriminator: Option<&'f str>) -> Option<Decision> {
        if let Some(property) = discriminator
            && let Some(decision) = self.by_discriminator(set, property)
        {
            return Some(decision);
        }
        self.by_tag(set, true)
            .or_else(|| self.by_required_key(set))
            .or_else(|| self.by_kind_of_key(set))
            .or_else(|| self.by_tag(set, false))
            .or_else(|| self.by_items_of_key(set))
            .or_else(|| self.by_weaker_key(set))
            .or_else(|| self.widest(set))
    }

    /// The same, with what is known of one property left out from here on.
    pub(super) fn decide_beyond(&mut self, property: &'f str, set: &[&'f Facts]) -> Decision {
        let new = self.settled.insert(property);
        let decision = self.decide(set, None);
        if new {
            self.settled.remove(property);
        }
        decision
    }

    /// The same, where a property is absent or none of the lists has its value.
    fn decide_otherwise(&mut self, property: &'f str, set: &[&'f Facts]) -> Decision {
        let new = self.asked.insert(property);
        let decision = self.decide(set, None);
        if new {
            self.asked.remove(property);
        }
        decision
    }

    pub(super) fn property(&self, facts: &'f Facts, name: &str) -> Option<&'f PropertyFacts> {
        if self.settled.contains(name) || self.asked.contains(name) {
            return None;
        }
        object(facts).properties.get(name)
    }

    /// Properties that are left to ask for.
    pub(super) fn properties(
        &self,
        facts: &'f Facts,
    ) -> impl Iterator<Item = (&'f str, &'f PropertyFacts)> {
        self.unsettled(facts)
            .filter(|(name, _)| !self.asked.contains(*name))
    }

    /// Properties of which not all is known.
    pub(super) fn unsettled(
        &self,
        facts: &'f Facts,
    ) -> impl Iterator<Item = (&'f str, &'f PropertyFacts)> {
        object(facts)
            .properties
            .iter()
            .map(|(name, facts)| (name.as_str(), facts))
            .filter(|(name, _)| !self.settled.contains(*name))
    }

    /// What the set says of each property, in one pass. The forms of a variant stand together.
    pub(super) fn tallies(&self, set: &[&'f Facts]) -> IndexMap<&'f str, Tally<'f>> {
        let mut tallies: IndexMap<&'f str, Tally<'f>> = IndexMap::new();
        for &facts in set {
            for (name, property) in self.properties(facts) {
                let tally = tallies.entry(name).or_default();
                tally.declaring += 1;
                if tally.last.replace(facts.owner) != Some(facts.owner) {
                    tally.owners += 1;
                }
                let firm = usize::from(property.required && !property.nullable);
                tally.firm += firm;
                let Some(strings) = &property.strings else {
                    continue;
                };
                tally.listing.push(facts);
                tally.listing_firm += firm;
                for value in strings.iter() {
                    tally.values.entry(value).or_default().push(facts);
                }
            }
        }
        tallies
    }

    /// The document's own discriminator; what it leaves undecided goes on without it.
    fn by_discriminator(&mut self, set: &[&'f Facts], property: &'f str) -> Option<Decision> {
        let mut values: Owners<'f> = IndexMap::new();
        for facts in set {
            for tag in facts.tags.iter() {
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
        let mut cases: IndexMap<Decision, Vec<String>> = IndexMap::new();
        for (set, values) in by_set.into_values() {
            let decision = self.decide_beyond(property, &set);
            cases.entry(decision).or_default().extend(values);
        }
        let cases = cases.into_iter().map(|(next, values)| (values, next));
        let otherwise = (!rest.is_empty()).then(|| Box::new(self.decide_otherwise(property, rest)));
        Decision::Tag {
            property: property.to_owned(),
            cases: cases.collect(),
            otherwise,
        }
    }

    /// A property whose scalars are closed lists that differ. It may be optional: then its absence leads on. Unless
    /// `whole`, it may be missing from some variants too.
    fn by_tag(&mut self, set: &[&'f Facts], whole: bool) -> Option<Decision> {
        let count = owners(set).len();
        let mut best: Option<Tag<'f>> = None;
        for (property, tally) in self.tallies(set) {
            // The bar is the largest set that a value leaves: 1 is decided, all of them is no help.
            let Some(largest) = tally.values.values().map(|set| count_owners(set)).max() else {
                continue;
            };
            let tells = count_owners(&tally.listing);
            // Among those that list it, it tells at least two apart; or it tells those from the others.
            let splits = largest < tells || tells < count && tally.declaring == set.len();
            let score = (tells < count, largest, set.len() - tally.listing_firm);
            if largest < count
                && splits
                && (tells == count || !whole)
                && best.as_ref().is_none_or(|best| score < best.score)
            {
                best = Some(Tag {
                    score,
                    property,
                    values: tally.values,
                });
            }
        }
        let Tag {
            property, values, ..
        } = best?;
        let needs_none = |facts: &&'f Facts| {
            self.property(facts, property)
                .is_none_or(|found| found.strings.is_none() || !found.required || found.nullable)
        };
        let rest: Vec<&'f Facts> = set.iter().copied().filter(needs_none).collect();
        Some(self.tag(property, values, &rest))
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
                count_owners(&taking)
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
}

pub(super) fn object(facts: &Facts) -> &ObjectFacts {
    static ANY: std::sync::LazyLock<ObjectFacts> = std::sync::LazyLock::new(|| ObjectFacts {
        open: true,
        ..ObjectFacts::default()
    });
    facts.object.as_deref().unwrap_or(&ANY)
}

/// What one pass over the properties of a set costs.
pub(super) fn weight(set: &[&Facts]) -> usize {
    let of = |facts: &&Facts| 1 + facts.tags.len() + object(facts).weight();
    set.iter().map(of).sum()
}
