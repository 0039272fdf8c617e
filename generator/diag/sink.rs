//! Where the stages put what they find.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};

use super::{Diagnostic, File, FileId, Files, Report, Severity};

/// More than this and a document is beyond reading out; the rest is only counted.
const LIMIT: usize = 50_000;

/// More than this of one code, and the next one says nothing new.
const LIMIT_OF_ONE: usize = 1_000;

/// Collects diagnostics, and the files they point into.
#[derive(Debug, Default)]
pub struct Sink {
    files: Files,
    diagnostics: Vec<Diagnostic>,
    /// What was said where, hashed.
    said: HashSet<u64>,
    hasher: RandomState,
    dropped: usize,
    errors: usize,
    /// How many there are of each code, errors aside.
    of_code: HashMap<&'static str, usize>,
}

impl Sink {
    /// An empty sink.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a diagnostic, unless the same was said of the same place. Beyond 50,000, and beyond 1,000 of its code, only
    /// errors are kept; [`Sink::dropped`] counts the others.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let Diagnostic {
            code,
            message,
            place,
            span,
            ..
        } = &diagnostic;
        let said = self.hasher.hash_one((code.name(), message, place, span));
        if self.said.contains(&said) {
            return;
        }
        if self.said.len() < LIMIT {
            self.said.insert(said);
        }
        let error = diagnostic.severity == Severity::Error;
        self.errors += usize::from(error);
        let alike = self.of_code.entry(diagnostic.code.name()).or_default();
        *alike += usize::from(!error);
        let kept = if error {
            self.diagnostics.len() < LIMIT || self.errors <= LIMIT
        } else {
            self.diagnostics.len() < LIMIT && *alike <= LIMIT_OF_ONE
        };
        if kept {
            self.diagnostics.push(diagnostic);
        } else {
            self.dropped += 1;
        }
    }

    /// Whether only errors are kept from now on.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.diagnostics.len() >= LIMIT
    }

    /// Adds a file that diagnostics may point into.
    pub fn add_file(&mut self, file: File) -> FileId {
        self.files.add(file)
    }

    /// The files read so far.
    #[must_use]
    pub fn files(&self) -> &Files {
        &self.files
    }

    /// Whether an error was pushed: nothing is to be generated.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// What was pushed so far, in order of discovery.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// How many were not kept because there were too many.
    #[must_use]
    pub fn dropped(&self) -> usize {
        self.dropped
    }

    /// Changes severities, or removes those for which `keep` answers `false`.
    pub fn retain(&mut self, keep: impl FnMut(&mut Diagnostic) -> bool) {
        self.diagnostics.retain_mut(keep);
        let errors = |diagnostic: &&Diagnostic| diagnostic.severity == Severity::Error;
        self.errors = self.diagnostics.iter().filter(errors).count();
    }

    /// Locates everything and sorts it by file, then position.
    #[must_use]
    pub fn into_report(self) -> Report {
        Report::new(self.diagnostics, self.files, self.dropped)
    }

    /// The diagnostics alone, sorted by file, then position in the text.
    #[must_use]
    pub fn into_sorted(self) -> Vec<Diagnostic> {
        let located = self.into_report().located;
        located.into_iter().map(|entry| entry.diagnostic).collect()
    }
}
