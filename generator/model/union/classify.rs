//! From variants to a decode tree: a pure function, tried rung by rung and again on what remains.
//!
//! The ladder is JSON kind, tag, key, kind of one key, trial. Each rung either splits the set into
//! smaller ones, on which the ladder starts anew, or leaves it to the next. Every step strictly
//! shrinks the set, so the recursion is bounded by the number of variants.

use std::collections::HashMap;

use indexmap::IndexMap;

use super::facts::{Facts, Kinds, ObjectFacts};
use super::{Decision, DecodeTree};

/// Pairs of variants that are held against each other, at most; real unions have hundreds.
const MAX_PAIRS: usize = 10_000;

/// Values, and the variants that each may stand for.
type Owners<'a> = IndexMap<&'a str, Vec<usize>>;

/// Decides how to tell `variants` apart; `discriminator` is the property that the document names.
#[must_use]
pub fn classify(variants: &[Facts], discriminator: Option<&str>) -> DecodeTree {
    let all: Vec<usize> = (0..variants.len()).collect();
    by_kind(variants, &all, |set, kind| {
        decide(variants, set, kind, discriminator)
    })
}

fn by_kind(
    variants: &[Facts],
    set: &[usize],
    decide: impl Fn(&[usize], Kinds) -> Decision,
) -> DecodeTree {
    let of = |kind: Kinds| {
        let mut taking: Vec<usize> = set
            .iter()
            .copied()
            .filter(|&i| variants[i].kinds.contains(kind))
            .collect();
        if kind == Kinds::INTEGER {
            prefer_narrow(variants, &mut taking);
        }
        (!taking.is_empty()).then(|| decide(&taking, kind))
    };
    tree_of(of)
}

fn tree_of(of: impl Fn(Kinds) -> Option<Decision>) -> DecodeTree {
    DecodeTree {
        boolean: of(Kinds::BOOLEAN),
        integer: of(Kinds::INTEGER),
        number: of(Kinds::FRACTION),
        string: of(Kinds::STRING),
        array: of(Kinds::ARRAY),
        object: of(Kinds::OBJECT),
    }
}

/// Among an integer and a number variant, a whole number is the integer's.
fn prefer_narrow(variants: &[Facts], taking: &mut Vec<usize>) {
    if taking
        .iter()
        .any(|&i| !variants[i].kinds.overlaps(Kinds::FRACTION))
    {
        taking.retain(|&i| !variants[i].kinds.overlaps(Kinds::FRACTION));
    }
}

fn decide(variants: &[Facts], set: &[usize], kind: Kinds, discriminator: Option<&str>) -> Decision {
    if let [only] = set {
        return Decision::Variant(*only);
    }
    if kind == Kinds::STRING {
        return by_value(variants, set);
    }
    if kind == Kinds::OBJECT {
        return by_object(variants, set, discriminator);
    }
    Decision::Trial(set.to_vec())
}

/// Strings: closed lists lead to their variant, everything else to the one that is open.
fn by_value(variants: &[Facts], set: &[usize]) -> Decision {
    let open: Vec<usize> = set
        .iter()
        .copied()
        .filter(|&i| variants[i].strings.is_none())
        .collect();
    if open.len() > 1 {
        return Decision::Trial(set.to_vec());
    }
    let mut owners: IndexMap<&str, usize> = IndexMap::new();
    for &i in set {
        for value in variants[i].strings.iter().flatten() {
            // A value that two lists share goes to the one declared first.
            owners.entry(value).or_insert(i);
        }
    }
    let mut cases: IndexMap<usize, Vec<String>> = IndexMap::new();
    for (value, owner) in owners {
        cases.entry(owner).or_default().push(value.to_owned());
    }
    Decision::Value {
        cases: cases
            .into_iter()
            .map(|(owner, values)| (values, Decision::Variant(owner)))
            .collect(),
        otherwise: open.first().map(|&i| Box::new(Decision::Variant(i))),
    }
}

fn by_object(variants: &[Facts], set: &[usize], discriminator: Option<&str>) -> Decision {
    if let [only] = set {
        return Decision::Variant(*only);
    }
    if let Some(property) = discriminator
        && let Some(decision) = by_discriminator(variants, set, property)
    {
        return decision;
    }
    let known: Option<Vec<&ObjectFacts>> =
        set.iter().map(|&i| variants[i].object.as_ref()).collect();
    if known.is_none() {
        return by_partly_known(set);
    }
    by_tag(variants, set)
        .or_else(|| by_required_key(variants, set))
        .or_else(|| by_kind_of_key(variants, set))
        .or_else(|| by_optional_key(variants, set))
        .unwrap_or_else(|| Decision::Trial(set.to_vec()))
}

/// The document's own discriminator; what it leaves undecided goes on without it.
fn by_discriminator(variants: &[Facts], set: &[usize], property: &str) -> Option<Decision> {
    let mut owners: Owners<'_> = IndexMap::new();
    for &i in set {
        for tag in &variants[i].tags {
            owners.entry(tag).or_default().push(i);
        }
    }
    if owners.is_empty() {
        return None;
    }
    let untagged: Vec<usize> = set
        .iter()
        .copied()
        .filter(|&i| variants[i].tags.is_empty())
        .collect();
    let otherwise = (!untagged.is_empty()).then(|| Box::new(by_object(variants, &untagged, None)));
    Some(Decision::Tag {
        property: property.to_owned(),
        cases: grouped(variants, property, owners),
        otherwise,
    })
}

/// Values that lead to the same set share one case. The property itself is settled then: the
/// variants of a case are told apart by others.
fn grouped(variants: &[Facts], property: &str, owners: Owners<'_>) -> Vec<(Vec<String>, Decision)> {
    let mut variants = variants.to_vec();
    for object in variants
        .iter_mut()
        .filter_map(|facts| facts.object.as_mut())
    {
        object.properties.shift_remove(property);
    }
    let mut by_set: IndexMap<Vec<usize>, Vec<String>> = IndexMap::new();
    for (value, set) in owners {
        by_set.entry(set).or_default().push(value.to_owned());
    }
    by_set
        .into_iter()
        .map(|(set, values)| (values, by_object(&variants, &set, None)))
        .collect()
}

fn object(variants: &[Facts], index: usize) -> Option<&ObjectFacts> {
    variants[index].object.as_ref()
}

/// Property names of the first variant. What every variant must have, the first one has.
fn candidates<'a>(variants: &'a [Facts], set: &[usize]) -> impl Iterator<Item = &'a str> {
    set.first()
        .and_then(|&first| object(variants, first))
        .into_iter()
        .flat_map(|facts| facts.properties.keys().map(String::as_str))
}

/// How many of the variants declare each property: one pass, so that no rung is quadratic.
fn declarations<'a>(variants: &'a [Facts], set: &[usize]) -> HashMap<&'a str, usize> {
    let mut counts = HashMap::new();
    for facts in set.iter().filter_map(|&i| object(variants, i)) {
        for name in facts.properties.keys() {
            *counts.entry(name.as_str()).or_default() += 1;
        }
    }
    counts
}

/// A property that every variant requires and whose strings are closed lists that differ.
fn by_tag(variants: &[Facts], set: &[usize]) -> Option<Decision> {
    let mut best: Option<(usize, &str, Owners<'_>)> = None;
    for property in candidates(variants, set) {
        let mut owners: Owners<'_> = IndexMap::new();
        let closed = set.iter().all(|&i| {
            let facts = object(variants, i).and_then(|facts| facts.properties.get(property));
            let Some(strings) = facts
                .filter(|facts| facts.required && !facts.nullable)
                .and_then(|f| f.strings.as_ref())
            else {
                return false;
            };
            for value in strings {
                owners.entry(value).or_default().push(i);
            }
            true
        });
        // The bar is the largest set that a value leaves: 1 is decided, all of them is no help.
        let largest = owners.values().map(Vec::len).max().unwrap_or(usize::MAX);
        if closed && largest < set.len() && best.as_ref().is_none_or(|(bar, ..)| largest < *bar) {
            best = Some((largest, property, owners));
        }
    }
    let (_, property, owners) = best?;
    Some(Decision::Tag {
        property: property.to_owned(),
        cases: grouped(variants, property, owners),
        otherwise: None,
    })
}

/// Properties that one variant requires and no other declares.
fn by_required_key(variants: &[Facts], set: &[usize]) -> Option<Decision> {
    let mut cases: Vec<(String, Decision)> = Vec::new();
    let mut rest: Vec<usize> = Vec::new();
    let declarations = declarations(variants, set);
    for &i in set {
        let unique = object(variants, i)?
            .properties
            .iter()
            .find(|(name, facts)| facts.required && declarations.get(name.as_str()) == Some(&1));
        match unique {
            Some((name, _)) => cases.push((name.clone(), Decision::Variant(i))),
            None => rest.push(i),
        }
    }
    if cases.is_empty() {
        return None;
    }
    let otherwise = (!rest.is_empty()).then(|| Box::new(by_object(variants, &rest, None)));
    Some(Decision::Key { cases, otherwise })
}

/// A property that all require, whose JSON kinds differ.
fn by_kind_of_key(variants: &[Facts], set: &[usize]) -> Option<Decision> {
    for property in candidates(variants, set) {
        let mut kinds: Vec<Kinds> = Vec::new();
        let usable = set.iter().all(|&i| {
            let facts = object(variants, i).and_then(|facts| facts.properties.get(property));
            match facts
                .filter(|facts| facts.required && !facts.nullable && facts.kinds != Kinds::NONE)
            {
                Some(facts) => {
                    kinds.push(facts.kinds);
                    true
                }
                None => false,
            }
        });
        let splits = Kinds::EACH
            .iter()
            .all(|kind| kinds.iter().filter(|k| k.contains(*kind)).count() < set.len());
        if !usable || !splits {
            continue;
        }
        let of = |kind: Kinds| {
            let taking: Vec<usize> = set
                .iter()
                .zip(&kinds)
                .filter(|(_, k)| k.contains(kind))
                .map(|(&i, _)| i)
                .collect();
            (!taking.is_empty()).then(|| by_object(variants, &taking, None))
        };
        let tree = tree_of(of);
        return Some(Decision::KindOf {
            property: property.to_owned(),
            tree: Box::new(tree),
        });
    }
    None
}

/// Properties that only one variant declares, though it does not require them: weaker, since
/// objects are open. What comes with none of them is left to the variants without keys of their
/// own, where that cannot be wrong, and to a trial of all where it can.
fn by_optional_key(variants: &[Facts], set: &[usize]) -> Option<Decision> {
    let mut cases: Vec<(String, Decision)> = Vec::new();
    let mut rest: Vec<usize> = Vec::new();
    let declarations = declarations(variants, set);
    for &i in set {
        let mut own = object(variants, i)?
            .properties
            .keys()
            .filter(|name| declarations.get(name.as_str()) == Some(&1))
            .peekable();
        if own.peek().is_none() {
            rest.push(i);
        }
        cases.extend(own.map(|name| (name.clone(), Decision::Variant(i))));
    }
    if cases.is_empty() {
        return None;
    }
    let candidates: &[usize] = if rest.is_empty() {
        set.get(..1)?
    } else {
        &rest
    };
    let few = candidates.len() * set.len() <= MAX_PAIRS;
    let safe = few
        && candidates
            .iter()
            .all(|&i| set.iter().all(|&j| i == j || takes_all_of(variants, i, j)));
    let otherwise = if safe {
        by_object(variants, candidates, None)
    } else {
        Decision::Trial(set.to_vec())
    };
    Some(Decision::Key {
        cases,
        otherwise: Some(Box::new(otherwise)),
    })
}

/// Whether every value that `other` takes without a key of its own is one for `wide` too.
fn takes_all_of(variants: &[Facts], wide: usize, other: usize) -> bool {
    let (Some(wide), Some(other)) = (object(variants, wide), object(variants, other)) else {
        return false;
    };
    wide.properties
        .iter()
        .all(|(name, facts)| match other.properties.get(name) {
            Some(theirs) => {
                (!facts.required || theirs.required)
                    && facts.kinds.contains(theirs.kinds)
                    && (facts.nullable || !theirs.nullable)
                    && (facts.strings.is_none() || facts.strings == theirs.strings)
            }
            None => !facts.required,
        })
}

/// Some variants take any object, so that no key excludes them: only a trial can tell.
fn by_partly_known(set: &[usize]) -> Decision {
    Decision::Trial(set.to_vec())
}
