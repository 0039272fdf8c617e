//! Enums of values: a variant per value, named by the document or by the value itself.

use crate::model::{EnumBase, EnumValue, Enumeration, Scalar};

use super::names::{Scope, Words, identifier};

/// An enum of values.
#[derive(Debug, Clone)]
pub struct EnumItem {
    /// What the values have in common.
    pub base: EnumBase,
    /// In document order.
    pub variants: Vec<EnumVariant>,
    /// Whether values that are not listed are kept.
    pub open: bool,
}

/// One value of an enum.
#[derive(Debug, Clone)]
pub struct EnumVariant {
    /// What stands on the wire.
    pub wire: Scalar,
    /// Rust name.
    pub ident: String,
    /// Its text.
    pub docs: Option<String>,
}

pub(super) fn item(words: &Words, list: &Enumeration, open: bool) -> EnumItem {
    let mut scope = Scope::default();
    if open {
        scope.claim("Unknown");
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
        open,
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
