//! Names: gathered with the place of each thing, proposed from its words, then made to differ.

mod scope;
mod types;
mod words;

pub(super) use scope::{Scope, identifier};
pub(super) use types::{TypeNames, beginning, pinned};
pub(super) use words::Words;
