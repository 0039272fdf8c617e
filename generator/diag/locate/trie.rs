//! The wanted pointers as a tree, so that a scan looks only where one of them leads.

use std::collections::HashMap;
use std::ops::Range;

use super::Raw;
use crate::diag::Pointer;

/// Deeper segments are not looked for: no document that is read nests so deep.
const DEPTH_LIMIT: usize = 250;

/// The wanted pointers.
pub(super) struct Trie {
    nodes: Vec<Branch>,
    /// For every pointer asked for, its node and whether that is the pointer itself.
    ends: Vec<(usize, bool)>,
}

#[derive(Default)]
struct Branch {
    parent: usize,
    children: HashMap<Box<str>, usize>,
    first: Option<Raw>,
    last: Option<Raw>,
}

impl Trie {
    pub(super) const ROOT: usize = 0;

    pub(super) fn new(pointers: &[&Pointer]) -> Self {
        let mut trie = Self {
            nodes: vec![Branch::default()],
            ends: Vec::new(),
        };
        for pointer in pointers {
            let mut node = Self::ROOT;
            let mut segments = pointer.segments();
            for segment in segments.by_ref().take(DEPTH_LIMIT) {
                node = trie
                    .child(node, &segment)
                    .unwrap_or_else(|| trie.add(node, &segment));
            }
            let whole = segments.next().is_none();
            trie.ends.push((node, whole));
        }
        trie
    }

    fn add(&mut self, parent: usize, segment: &str) -> usize {
        let node = self.nodes.len();
        self.nodes.push(Branch {
            parent,
            ..Branch::default()
        });
        self.nodes[parent].children.insert(segment.into(), node);
        node
    }

    /// The node below, if anything there is wanted.
    pub(super) fn child(&self, node: usize, segment: &str) -> Option<usize> {
        self.nodes[node].children.get(segment).copied()
    }

    /// The node of an array's element, if anything there is wanted.
    pub(super) fn element(&self, node: usize, index: usize) -> Option<usize> {
        if self.is_leaf(node) {
            None
        } else {
            self.child(node, &index.to_string())
        }
    }

    /// Whether nothing below the node is wanted.
    pub(super) fn is_leaf(&self, node: usize) -> bool {
        self.nodes[node].children.is_empty()
    }

    pub(super) fn record(&mut self, node: usize, raw: Raw) {
        let branch = &mut self.nodes[node];
        branch.first.get_or_insert_with(|| raw.clone());
        branch.last = Some(raw);
    }

    /// Whether every pointer was found.
    pub(super) fn is_complete(&self) -> bool {
        self.found()
            .all(|found| matches!(found, Some((_, _, true))))
    }

    /// Changes all that was recorded.
    pub(super) fn move_ranges(&mut self, to: impl Fn(Range<usize>) -> Range<usize>) {
        for branch in &mut self.nodes {
            for raw in [&mut branch.first, &mut branch.last].into_iter().flatten() {
                raw.value = to(raw.value.clone());
                raw.key = raw.key.take().map(&to);
            }
        }
    }

    /// Forgets what was recorded.
    pub(super) fn forget(&mut self) {
        for branch in &mut self.nodes {
            (branch.first, branch.last) = (None, None);
        }
    }

    /// For every pointer, the first and last occurrence of it or of the nearest node above.
    pub(super) fn found(&self) -> impl Iterator<Item = Option<(&Raw, &Raw, bool)>> {
        self.ends.iter().map(|(end, whole)| {
            let mut node = *end;
            loop {
                let branch = &self.nodes[node];
                if let (Some(first), Some(last)) = (&branch.first, &branch.last) {
                    return Some((first, last, *whole && node == *end));
                }
                if node == Self::ROOT {
                    return None;
                }
                node = branch.parent;
            }
        })
    }
}
