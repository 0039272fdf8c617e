//! From variants to a decode tree: a pure function, tried rung by rung and again on what remains.
//!
//! The ladder is JSON kind, tag, key, kind of one key, weaker keys, trial. Each rung either splits the set into
//! smaller ones, on which the ladder starts anew, or leaves it to the next. Every step shrinks the set of variants or
//! the properties that are left to ask for, and all steps together have a bound on their cost.

use super::budget::Budget;
use super::facts::{Facts, Kinds};
use super::objects::Objects;
use super::{Decision, DecodeTree};

/// What a listed value costs: it becomes a line of Rust in each union that it is in.
const LISTED: usize = 20;

/// Forms of arrays that are held against each other, at most.
const MAX_FORMS: usize = 200;

/// Decides how to tell `variants` apart; `discriminator` is the property that the document names. The forms of a
/// variant stand together. Where the budget ends, trial begins.
#[must_use]
pub fn classify(variants: &[Facts], discriminator: Option<&str>, budget: &Budget) -> DecodeTree {
    let all: Vec<&Facts> = variants.iter().collect();
    budget.next_union();
    tree_for(&all, discriminator, budget)
}

fn tree_for(set: &[&Facts], discriminator: Option<&str>, budget: &Budget) -> DecodeTree {
    tree_of(|kind| {
        let mut taking: Vec<&Facts> = set
            .iter()
            .copied()
            .filter(|facts| facts.kinds.contains(kind))
            .collect();
        if kind == Kinds::INTEGER {
            prefer_narrow(&mut taking);
        }
        (!taking.is_empty()).then(|| decide(&taking, kind, discriminator, budget))
    })
}

pub(super) fn tree_of(of: impl Fn(Kinds) -> Option<Decision>) -> DecodeTree {
    DecodeTree {
        boolean: of(Kinds::BOOLEAN),
        integer: of(Kinds::INTEGER),
        number: of(Kinds::FRACTION),
        string: of(Kinds::STRING),
        array: of(Kinds::ARRAY),
        object: of(Kinds::OBJECT),
    }
}

/// The variants of a set, each once, in order.
pub(super) fn owners(set: &[&Facts]) -> Vec<usize> {
    let mut owners: Vec<usize> = set.iter().map(|facts| facts.owner).collect();
    owners.sort_unstable();
    owners.dedup();
    owners
}

/// How many variants a set has, whose forms stand together.
pub(super) fn count_owners(set: &[&Facts]) -> usize {
    let mut last = None;
    set.iter()
        .filter(|facts| last.replace(facts.owner) != Some(facts.owner))
        .count()
}

/// Among an integer and a number variant, a whole number is the integer's.
fn prefer_narrow(taking: &mut Vec<&Facts>) {
    let narrow = |facts: &&Facts| !facts.kinds.overlaps(Kinds::FRACTION);
    if taking.iter().any(narrow) {
        taking.retain(narrow);
    }
}

fn decide(set: &[&Facts], kind: Kinds, discriminator: Option<&str>, budget: &Budget) -> Decision {
    let owners = owners(set);
    if let [only] = owners.as_slice() {
        return Decision::Variant(*only);
    }
    match kind {
        Kinds::STRING => by_value(set, budget),
        Kinds::OBJECT => Objects::new(budget).decide(set, discriminator),
        Kinds::ARRAY => by_items(set, budget),
        _ => first(set),
    }
}

/// Scalars of one kind: those that a format or bounds restrict come before those that take any.
fn first(set: &[&Facts]) -> Decision {
    let restricted: Vec<&Facts> = set
        .iter()
        .copied()
        .filter(|facts| facts.restricted)
        .collect();
    let open = set.iter().find(|facts| !facts.restricted);
    let mut order = owners(&restricted);
    if let Some(open) = open
        && !order.contains(&open.owner)
    {
        order.push(open.owner);
    }
    match order.as_slice() {
        [only] => Decision::Variant(*only),
        _ => Decision::First(order),
    }
}

/// Strings: closed lists lead to their variant, everything else to the one that is open.
fn by_value(set: &[&Facts], budget: &Budget) -> Decision {
    let listed = set
        .iter()
        .map(|facts| facts.strings.as_ref().map_or(0, Vec::len));
    if !budget.pay(LISTED * listed.sum::<usize>()) {
        return Decision::Trial(owners(set));
    }
    let open: Vec<&Facts> = set
        .iter()
        .copied()
        .filter(|facts| facts.strings.is_none())
        .collect();
    let otherwise = (!open.is_empty()).then(|| first(&open));
    let mut owners: indexmap::IndexMap<&str, usize> = indexmap::IndexMap::new();
    for facts in set {
        for value in facts.strings.iter().flatten() {
            // A value that two lists share goes to the one declared first.
            owners.entry(value).or_insert(facts.owner);
        }
    }
    let mut cases: indexmap::IndexMap<usize, Vec<String>> = indexmap::IndexMap::new();
    for (value, owner) in owners {
        if otherwise != Some(Decision::Variant(owner)) {
            cases.entry(owner).or_default().push(value.to_owned());
        }
    }
    match otherwise {
        Some(otherwise) if cases.is_empty() => otherwise,
        otherwise => Decision::Value {
            cases: cases
                .into_iter()
                .map(|(owner, values)| (values, Decision::Variant(owner)))
                .collect(),
            otherwise: otherwise.map(Box::new),
        },
    }
}

/// Whether forms of two variants may take the same value.
fn share_a_value(forms: &[&Facts]) -> bool {
    let share = |one: &Facts, other: &Facts| match (&one.strings, &other.strings) {
        (Some(values), Some(others)) if one.kinds == Kinds::STRING => {
            values.iter().any(|value| others.contains(value))
        }
        _ => one.kinds.overlaps(other.kinds),
    };
    if forms.len() > MAX_FORMS {
        return true;
    }
    forms.iter().enumerate().any(|(at, one)| {
        let others = forms.iter().skip(at + 1);
        others
            .filter(|other| other.owner != one.owner)
            .any(|other| share(one, other))
    })
}

/// Arrays of scalars of which several may begin alike: `[1, 2.5]` is one of numbers, though it begins as one of
/// integers does. Those of narrow items come first.
fn each_scalar(items: &[&Facts], kind: Kinds) -> Option<Decision> {
    let mut taking: Vec<&Facts> = items
        .iter()
        .copied()
        .filter(|facts| facts.kinds.contains(kind))
        .collect();
    if !share_a_value(&taking) {
        return None;
    }
    taking.sort_by_key(|facts| {
        let narrow = kind == Kinds::INTEGER && !facts.kinds.overlaps(Kinds::FRACTION);
        !(facts.restricted || facts.strings.is_some() || narrow)
    });
    let mut order: Vec<usize> = taking.iter().map(|facts| facts.owner).collect();
    let mut seen = std::collections::HashSet::new();
    order.retain(|owner| seen.insert(*owner));
    (order.len() > 1).then_some(Decision::First(order))
}

/// A first item that is an array without items does not tell of which kind the others are.
fn empty_first(items: &[&Facts], decision: Decision) -> Decision {
    let taking = items.iter().filter(|facts| facts.empty).copied();
    match (decision, owners(&taking.collect::<Vec<_>>())) {
        (Decision::Items { tree, .. }, owners) if owners.len() > 1 => Decision::Items {
            tree,
            otherwise: Some(Box::new(Decision::First(owners))),
        },
        (decision, _) => decision,
    }
}

/// Arrays by what their first item is.
fn by_items(set: &[&Facts], budget: &Budget) -> Decision {
    let trial = || Decision::Trial(owners(set));
    if set.iter().any(|facts| facts.items.is_empty()) {
        return trial();
    }
    let items: Vec<Facts> = set
        .iter()
        .flat_map(|facts| {
            facts.items.iter().map(|item| Facts {
                owner: facts.owner,
                ..item.clone()
            })
        })
        .collect();
    let items: Vec<&Facts> = items.iter().collect();
    // What follows the first item is no help here, so that it has to tell them apart alone.
    if set.iter().any(|facts| facts.positional) && share_a_value(&items) {
        return trial();
    }
    let tree = tree_for(&items, None, budget);
    let tree = DecodeTree {
        boolean: each_scalar(&items, Kinds::BOOLEAN).or(tree.boolean),
        integer: each_scalar(&items, Kinds::INTEGER).or(tree.integer),
        number: each_scalar(&items, Kinds::FRACTION).or(tree.number),
        string: each_scalar(&items, Kinds::STRING).or(tree.string),
        array: tree.array.map(|decision| empty_first(&items, decision)),
        ..tree
    };
    let empty = set.iter().find(|facts| facts.empty).or(set.first());
    let otherwise = empty.map(|facts| Box::new(Decision::Variant(facts.owner)));
    let same = {
        let mut decisions = tree.kinds().map(|(_, decision)| decision);
        decisions
            .next()
            .filter(|first| {
                matches!(first, Decision::Variant(_)) && decisions.all(|other| other == *first)
            })
            .cloned()
    };
    same.unwrap_or_else(|| Decision::Items {
        tree: Box::new(tree),
        otherwise,
    })
}
