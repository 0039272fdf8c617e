//! From a text to a tree of [`Node`]s.

mod bounds;
mod build;
mod fault;
mod json;
mod yaml;

use super::Node;
use crate::diag::{Format, Pointer};

pub(super) use fault::Fault;

/// Objects and arrays may lie this deep in each other.
const DEPTH_LIMIT: usize = 120;

/// What was read.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) root: Node,
    /// Members that were there more than once; the last one is in the tree.
    pub(super) duplicates: Vec<Pointer>,
}

/// Reads a whole text.
pub(super) fn parse(text: &str, format: Format) -> Result<Tree, Fault> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(Fault::syntax("the text is empty", None));
    }
    match format {
        Format::Json => json::parse(text),
        Format::Yaml => yaml::parse(text),
    }
}

#[cfg(test)]
#[path = "tree_tests.rs"]
mod tests;
