//! Regular expressions that are matched in time linear in the text.

use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};

/// The most memory that a compiled expression may take, in bytes.
const SIZE_LIMIT: usize = 10 << 20;

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

    /// Whether some part of `text` matches. An expression that does not compile matches nothing.
    pub(crate) fn matches(&self, text: &str) -> bool {
        let compile = || {
            RegexBuilder::new(self.expression)
                .size_limit(SIZE_LIMIT)
                .build()
                .ok()
        };
        let compiled = self.compiled.get_or_init(compile);
        compiled.as_ref().is_some_and(|regex| regex.is_match(text))
    }
}

/// The predicate of a pattern: as written in the document, `=>`, as the engine reads it where that differs.
macro_rules! regex {
    ($expression:literal) => {
        $crate::support::pattern::regex!($expression => $expression)
    };
    ($written:literal => $expression:literal) => {
        $crate::support::rules::Predicate {
            name: $written,
            holds: |text| {
                static PATTERN: $crate::support::pattern::Pattern =
                    $crate::support::pattern::Pattern::new($expression);
                PATTERN.matches(text)
            },
        }
    };
}

pub(crate) use regex;
