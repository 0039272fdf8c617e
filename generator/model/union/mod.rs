//! Unions: `oneOf` and `anyOf`, and how a decoder tells their variants apart without buffering.

mod budget;
mod choose;
mod classify;
#[cfg(test)]
mod classify_tests;
mod facts;
mod keys;
mod objects;
mod widest;

pub use budget::Budget;
pub use classify::classify;
pub use facts::{Facts, Kinds, ObjectFacts, PropertyFacts};

use crate::diag::Place;

use super::types::Use;

/// One of several types.
#[derive(Debug, Clone)]
pub struct Union {
    /// In declared order, without `null` and without repeats.
    pub variants: Vec<Variant>,
    /// How to tell them apart.
    pub decode: DecodeTree,
}

/// One branch of a union.
#[derive(Debug, Clone)]
pub struct Variant {
    /// Where the branch stands.
    pub place: Place,
    /// Its type.
    pub ty: Use,
    /// A name from the document: a discriminator's value or the branch's title.
    pub name: Option<String>,
    /// The schema that the branch refers to, if it does.
    pub target: Option<Place>,
}

/// What a decoder does with a value, by its JSON kind. `None` means that no variant takes the kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct DecodeTree {
    /// For `true` and `false`.
    pub boolean: Option<Decision>,
    /// For numbers without a fraction.
    pub integer: Option<Decision>,
    /// For numbers with one.
    pub number: Option<Decision>,
    /// For strings.
    pub string: Option<Decision>,
    /// For arrays.
    pub array: Option<Decision>,
    /// For objects.
    pub object: Option<Decision>,
}

/// How one variant is chosen among those of a kind.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Decision {
    /// This one.
    Variant(usize),
    /// By the value of a property that tells them apart.
    Tag {
        /// The property.
        property: String,
        /// Values and what they lead to.
        cases: Vec<(Vec<String>, Decision)>,
        /// For other values, and where the property is missing.
        otherwise: Option<Box<Decision>>,
    },
    /// By which property is there: the first that is decides.
    Key {
        /// Properties and what they lead to.
        cases: Vec<(String, Decision)>,
        /// Where none of them is there.
        otherwise: Option<Box<Decision>>,
    },
    /// By the JSON kind of one property's value.
    KindOf {
        /// The property.
        property: String,
        /// What each kind leads to.
        tree: Box<DecodeTree>,
        /// Where the property is absent or `null`.
        otherwise: Option<Box<Decision>>,
    },
    /// By the first item of one property's array.
    ItemOf {
        /// The property.
        property: String,
        /// What each kind of item leads to.
        tree: Box<DecodeTree>,
        /// Where there is no item.
        otherwise: Option<Box<Decision>>,
    },
    /// An array by its first item.
    Items {
        /// What the item leads to.
        tree: Box<DecodeTree>,
        /// Where there is none.
        otherwise: Option<Box<Decision>>,
    },
    /// The first whose format and constraints the value satisfies: narrow ones come before wide ones.
    First(Vec<usize>),
    /// A string by its value.
    Value {
        /// Values and what they lead to.
        cases: Vec<(Vec<String>, Decision)>,
        /// For other values.
        otherwise: Option<Box<Decision>>,
    },
    /// Each is tried: of those that decode, the one that keeps most of what is there.
    Trial(Vec<usize>),
}

impl DecodeTree {
    /// The decisions of every kind, with the kind's name.
    pub fn kinds(&self) -> impl Iterator<Item = (&'static str, &Decision)> {
        [
            ("boolean", &self.boolean),
            ("integer", &self.integer),
            ("number", &self.number),
            ("string", &self.string),
            ("array", &self.array),
            ("object", &self.object),
        ]
        .into_iter()
        .filter_map(|(name, decision)| Some((name, decision.as_ref()?)))
    }

    /// Sets of variants that only a trial can tell apart.
    #[must_use]
    pub fn trials(&self) -> Vec<&[usize]> {
        let mut found = Vec::new();
        for (_, decision) in self.kinds() {
            decision.collect_trials(&mut found);
        }
        found.dedup();
        found
    }

    /// The rungs of the ladder that this tree uses, joined by `+`: `kind`, `kind+tag`, `trial`.
    #[must_use]
    pub fn describe(&self) -> String {
        let mut rungs: Vec<&'static str> = Vec::new();
        let mut distinct: Vec<&Decision> = Vec::new();
        for (_, decision) in self.kinds() {
            if !distinct.contains(&decision) {
                distinct.push(decision);
            }
        }
        if distinct.len() > 1 {
            rungs.push("kind");
        }
        for decision in distinct {
            decision.collect_rungs(&mut rungs);
        }
        if rungs.is_empty() {
            "kind".to_owned()
        } else {
            rungs.join("+")
        }
    }
}

impl Decision {
    /// The variants that it may lead to, each once.
    #[must_use]
    pub fn variants(&self) -> Vec<usize> {
        let mut found = match self {
            Self::Variant(variant) => vec![*variant],
            Self::First(variants) | Self::Trial(variants) => variants.clone(),
            _ => self
                .children()
                .into_iter()
                .flat_map(Self::variants)
                .collect(),
        };
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The decisions that follow.
    pub(in crate::model) fn children(&self) -> Vec<&Decision> {
        match self {
            Self::Variant(_) | Self::First(_) | Self::Trial(_) => Vec::new(),
            Self::Tag {
                cases, otherwise, ..
            }
            | Self::Value { cases, otherwise } => cases
                .iter()
                .map(|(_, next)| next)
                .chain(otherwise.as_deref())
                .collect(),
            Self::Key { cases, otherwise } => cases
                .iter()
                .map(|(_, next)| next)
                .chain(otherwise.as_deref())
                .collect(),
            Self::KindOf {
                tree, otherwise, ..
            }
            | Self::ItemOf {
                tree, otherwise, ..
            }
            | Self::Items { tree, otherwise } => tree
                .kinds()
                .map(|(_, next)| next)
                .chain(otherwise.as_deref())
                .collect(),
        }
    }

    fn collect_trials<'a>(&'a self, into: &mut Vec<&'a [usize]>) {
        if let Self::Trial(variants) = self {
            into.push(variants);
        }
        for child in self.children() {
            child.collect_trials(into);
        }
    }

    fn collect_rungs(&self, into: &mut Vec<&'static str>) {
        let rung = match self {
            Self::Variant(_) => None,
            Self::Tag { .. } => Some("tag"),
            Self::Key { .. } => Some("key"),
            Self::KindOf { .. } => Some("kind"),
            Self::ItemOf { .. } | Self::Items { .. } => Some("items"),
            Self::Value { .. } => Some("value"),
            Self::First(_) => Some("first"),
            Self::Trial(_) => Some("trial"),
        };
        if let Some(rung) = rung
            && !into.contains(&rung)
        {
            into.push(rung);
        }
        for child in self.children() {
            child.collect_rungs(into);
        }
    }
}
