//! References, unresolved.

use std::sync::Arc;

use crate::diag::Place;

/// A place that holds either a thing or a `$ref` to one.
#[derive(Debug, Clone)]
pub enum RefOr<T> {
    /// A `$ref`.
    Ref(Reference),
    /// The thing itself.
    Item(T),
}

impl<T> RefOr<T> {
    /// The thing, unless this is a reference.
    pub fn item(&self) -> Option<&T> {
        match self {
            Self::Ref(_) => None,
            Self::Item(item) => Some(item),
        }
    }

    /// The reference, if this is one.
    pub fn reference(&self) -> Option<&Reference> {
        match self {
            Self::Ref(reference) => Some(reference),
            Self::Item(_) => None,
        }
    }
}

/// The Reference Object.
#[derive(Debug, Clone)]
pub struct Reference {
    /// The object that holds the `$ref` (the value itself is at its child `$ref`).
    pub place: Place,
    /// The URI reference as written, such as `#/components/schemas/Pet`.
    pub target: String,
    /// What it is relative to, where that is not the file: the nearest `$id` around it.
    pub base: Option<Arc<str>>,
    /// A sibling that takes the place of the target's (3.1).
    pub summary: Option<String>,
    /// A sibling that takes the place of the target's (3.1).
    pub description: Option<String>,
}
