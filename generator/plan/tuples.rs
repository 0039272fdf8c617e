//! Tuple structs: lists whose items differ by position.

use crate::model::{Docs, Tuple, TypeId};

use super::initial::{Initial, Maker, untouched};
use super::rules::Rule;
use super::rust_type::RustType;
use super::structs::{Parts, field_type};

/// A tuple struct.
#[derive(Debug, Clone, PartialEq)]
pub struct TupleItem {
    /// The items that have a place of their own.
    pub parts: Vec<PartItem>,
    /// What follows them.
    pub rest: Option<RestItem>,
    /// What is checked of the list as a whole.
    pub rules: Vec<Rule>,
}

/// One item.
#[derive(Debug, Clone, PartialEq)]
pub struct PartItem {
    /// Type, `Option` or `Maybe` included.
    pub ty: RustType,
    /// Whether it must be there.
    pub required: bool,
    /// What it holds if nobody sets it; none where its value has to be given.
    pub untouched: Option<Initial>,
    /// What is checked beyond its type.
    pub rules: Vec<Rule>,
    /// Its text.
    pub docs: Docs,
}

/// The items that follow.
#[derive(Debug, Clone, PartialEq)]
pub struct RestItem {
    /// The type of the list.
    pub ty: RustType,
    /// What is checked of each.
    pub rules: Vec<Rule>,
}

impl TupleItem {
    /// Whether a value needs no argument.
    #[must_use]
    pub fn is_default(&self) -> bool {
        self.parts.iter().all(|part| part.untouched.is_some())
    }

    /// Whether such a value is what `#[derive(Default)]` makes: nothing is there.
    #[must_use]
    pub fn derives_default(&self) -> bool {
        self.parts.iter().all(|part| !part.required)
    }

    /// Whether `new` is worth having: it takes some items, and others need no argument.
    #[must_use]
    pub fn has_constructor(&self) -> bool {
        let others = self.parts.iter().any(|part| part.untouched.is_some());
        !self.is_default() && (others || self.rest.is_some())
    }
}

pub(super) fn item(parts: &Parts<'_>, id: TypeId, tuple: &Tuple) -> TupleItem {
    let spelling = &parts.spelling;
    let places = tuple.items.iter().enumerate().map(|(index, item)| {
        let plain = spelling.plain(item.ty.id);
        let nullable = !plain.holds_null() && spelling.api.types.is_nullable(item.ty);
        let required = index < tuple.required;
        let boxed = parts.boxes.contains(id, index);
        let only = required.then(|| Maker::new(parts).only(item.ty)).flatten();
        PartItem {
            ty: field_type(plain, required, nullable, boxed, None),
            required,
            untouched: untouched(required, nullable, None, only.as_ref()),
            rules: parts.checked.rules(item.ty),
            docs: item.docs.clone(),
        }
    });
    TupleItem {
        parts: places.collect(),
        rest: tuple.rest.map(|rest| RestItem {
            ty: RustType::Vec(Box::new(spelling.of(rest))),
            rules: parts.checked.rules(rest),
        }),
        rules: parts.checked.whole_tuple(id, tuple),
    }
}
