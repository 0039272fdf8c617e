//! The catalogue of codes.

use std::fmt;

use super::{Severity, codes};

/// A handle to an entry of the catalogue: `Code::UNKNOWN_TYPE`.
///
/// The codes themselves are in [`codes`], one file per stage.
#[derive(Clone, Copy)]
pub struct Code(pub(super) &'static Entry);

/// What the catalogue says about a code.
#[derive(Debug)]
pub struct Entry {
    /// Kebab-case; never changes once released.
    pub name: &'static str,
    /// How bad it is by default.
    pub severity: Severity,
    /// One line.
    pub summary: &'static str,
    /// What it means and why it matters.
    pub meaning: &'static str,
    /// Documents that raise it, each with its mended form; none where no short text can show it.
    pub examples: &'static [Example],
    /// How to mend it.
    pub mend: &'static str,
}

/// A fragment of a document in YAML that raises a code, and one that does not.
///
/// `openapi`, `info` and `paths` are left out where they do not matter: [`Example::complete`]
/// puts them back.
#[derive(Debug, Clone, Copy)]
pub struct Example {
    /// Raises the code.
    pub rejected: &'static str,
    /// Does not.
    pub accepted: &'static str,
}

impl Example {
    /// A fragment with `openapi: 3.1.0`, `info` and empty `paths` put before it where it has none.
    #[must_use]
    pub fn complete(fragment: &str) -> String {
        let has = |key: &str| fragment.lines().any(|line| line.starts_with(key));
        let mut text = String::new();
        if !has("openapi:") && !has("{") && !has("swagger:") {
            text.push_str("openapi: 3.1.0\n");
            if !has("info:") {
                text.push_str("info: { title: Example, version: '1' }\n");
            }
            if !has("paths:") && !has("components:") && !has("webhooks:") {
                text.push_str("paths: {}\n");
            }
        }
        text.push_str(fragment);
        text
    }
}

impl Code {
    /// The kebab-case name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// How bad it is by default.
    #[must_use]
    pub fn severity(self) -> Severity {
        self.0.severity
    }

    /// One line.
    #[must_use]
    pub fn summary(self) -> &'static str {
        self.0.summary
    }

    /// The whole entry.
    #[must_use]
    pub fn entry(self) -> &'static Entry {
        self.0
    }

    /// What it means, an example that raises it, and how to mend it, as plain text.
    #[must_use]
    pub fn explanation(self) -> String {
        let entry = self.0;
        let mut text = format!(
            "{} ({}): {}\n\n{}\n",
            entry.name, entry.severity, entry.summary, entry.meaning
        );
        for example in entry.examples {
            for (title, snippet) in [
                ("This raises it:", example.rejected),
                ("This does not:", example.accepted),
            ] {
                text.extend(["\n", title, "\n\n"]);
                for line in snippet.trim_end().lines() {
                    text.push_str(format!("    {line}").trim_end());
                    text.push('\n');
                }
            }
        }
        text.extend(["\nTo mend it: ", entry.mend, "\n"]);
        text
    }

    /// The code of that name.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        Self::all().find(|code| code.name() == name)
    }

    /// The whole catalogue, stage by stage.
    pub fn all() -> impl Iterator<Item = Self> {
        codes::AREAS.iter().flat_map(|area| area.iter().copied())
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.0.name == other.0.name
    }
}

impl Eq for Code {}

impl fmt::Debug for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0.name)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0.name)
    }
}

#[cfg(test)]
#[path = "code_tests.rs"]
mod tests;
