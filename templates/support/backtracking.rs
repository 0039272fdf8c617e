//! Regular expressions with look-around or back-references, which take more than linear time.

use std::sync::OnceLock;

use fancy_regex::{Regex, RegexBuilder};

/// The most steps that one match may take back: a few milliseconds.
const BACKTRACK_LIMIT: usize = 50_000;

/// Longer texts are not looked at: each position of a text can cost as many steps as are left after it.
const MAX_LENGTH: usize = 64 << 10;

/// An expression that is compiled when it is first needed.
pub(crate) struct Pattern {
    expression: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    pub(crate) const fn new(expression: &'static str) -> Self {
        Self {
            expression,
            compiled: OnceLock::new(),
        }
    }

    /// Whether some part of `text` matches. A match that takes too many steps counts as none, as does an
    /// expression that does not compile.
    pub(crate) fn matches(&self, text: &str) -> bool {
        let compile = || {
            RegexBuilder::new(self.expression)
                .backtrack_limit(BACKTRACK_LIMIT)
                .build()
                .ok()
        };
        let compiled = self.compiled.get_or_init(compile);
        text.len() <= MAX_LENGTH
            && compiled
                .as_ref()
                .is_some_and(|regex| regex.is_match(text).unwrap_or(false))
    }
}

/// The predicate of a pattern: as written in the document, `=>`, as the engine reads it where that differs.
macro_rules! backtracking {
    ($expression:literal) => {
        $crate::support::backtracking::backtracking!($expression => $expression)
    };
    ($written:literal => $expression:literal) => {
        $crate::support::rules::Predicate {
            name: $written,
            holds: |text| {
                static PATTERN: $crate::support::backtracking::Pattern =
                    $crate::support::backtracking::Pattern::new($expression);
                PATTERN.matches(text)
            },
        }
    };
}

pub(crate) use backtracking;
