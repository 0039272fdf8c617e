//! Enums of values: a variant per value, named by the document or by the value itself.

use crate::model::{EnumBase, EnumValue, Enumeration, Scalar, Type};

use super::names::{Scope, Words, identifier};

/// An enum of values.
#[derive(Debug, Clone, PartialEq)]
pub struct EnumItem {
    /// What the values have in common.
    pub base: EnumBase,
    /// In document order.
    pub variants: Vec<EnumVariant>,
    /// What becomes of values that are not listed.
    pub others: Others,
}

/// What becomes of values that an enum does not list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Others {
    /// They are refused.
    Refused,
    /// A client keeps them; to a server they are faults.
    Kept,
    /// They are as valid as those that are listed.
    Valid,
}

impl Others {
    pub(super) fn of(ty: &Type, list: &Enumeration) -> Self {
        if list.open {
            Self::Valid
        } else if ty.in_response || !ty.in_request {
            // Only a client meets values that the document does not list.
            Self::Kept
        } else {
            Self::Refused
        }
    }

    /// The variant that keeps them.
    #[must_use]
    pub fn variant(self) -> Option<&'static str> {
        match self {
            Self::Refused => None,
            Self::Kept => Some("Unknown"),
            Self::Valid => Some("Unlisted"),
        }
    }
}

/// One value of an enum.
#[derive(Debug, Clone, PartialEq)]
pub struct EnumVariant {
    /// What stands on the wire.
    pub wire: Scalar,
    /// Rust name.
    pub ident: String,
    /// Its text.
    pub docs: Option<String>,
}

pub(super) fn item(words: &Words, list: &Enumeration, others: Others) -> EnumItem {
    let mut scope = Scope::default();
    if let Some(variant) = others.variant() {
        scope.claim(variant);
    }
    let variants = list
        .values
        .iter()
        .map(|value| EnumVariant {
            wire: value.wire.clone(),
            ident: identifier(&scope.claim(&name(words, value))),
            docs: value.description.clone(),
        })
        .collect();
    EnumItem {
        base: list.base,
        variants,
        others,
    }
}

/// What a value is called: `Minus1`, `N0Point5`, `True`, or the words of a string.
pub(super) fn name(words: &Words, value: &EnumValue) -> String {
    match (&value.name, &value.wire) {
        (Some(name), _) => words.camel(name),
        (None, Scalar::Number(number)) => words.camel(&number.to_string().replace('.', " point ")),
        (None, wire) => words.camel(&wire.to_string()),
    }
}
