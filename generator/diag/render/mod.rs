//! Diagnostics made readable: located, sorted, in several forms.

mod github;
#[cfg(feature = "cli")]
mod graphical;
mod json;
mod plain;

use std::collections::BTreeMap;

use super::{Diagnostic, FileId, Files, Place, Severity, Span, locate};

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
    /// Locates and sorts. Each text is scanned once.
    #[must_use]
    pub fn new(diagnostics: Vec<Diagnostic>, files: Files, dropped: usize) -> Self {
        let found = Found::new(&diagnostics, &files);
        let mut located: Vec<_> = diagnostics
            .into_iter()
            .map(|mut diagnostic| {
                // What says nothing of its own gets what its code says.
                if diagnostic.help.is_none() && diagnostic.severity == Severity::Error {
                    diagnostic.help = Some(diagnostic.code.entry().mend.to_owned());
                }
                let place = found.of(&diagnostic.place);
                let span = diagnostic.span.or_else(|| {
                    let place = place?;
                    Some(match place.key {
                        Some(key) if diagnostic.on_key => key,
                        _ => place.span(),
                    })
                });
                let related = diagnostic.related.iter();
                Located {
                    span,
                    related: related
                        .map(|(place, _)| found.of(place).map(locate::Location::span))
                        .collect(),
                    diagnostic,
                }
            })
            .collect();
        // Stable, so that findings at one place stay in order of discovery.
        located.sort_by(|a, b| {
            let position = |entry: &Located| {
                (
                    entry.diagnostic.place.file,
                    entry.span.map(|span| span.offset),
                )
            };
            let pointer = |entry: &Located| entry.diagnostic.place.pointer.clone();
            position(a)
                .cmp(&position(b))
                .then_with(|| pointer(a).cmp(&pointer(b)))
        });
        Self {
            located,
            files,
            dropped,
        }
    }

    /// `1 error, 2 warnings, 3 notes`; empty when there is nothing.
    #[must_use]
    pub fn summary(&self) -> String {
        let mut counts = BTreeMap::new();
        for entry in &self.located {
            *counts
                .entry(std::cmp::Reverse(entry.diagnostic.severity))
                .or_insert(0usize) += 1;
        }
        let mut parts: Vec<String> = counts
            .into_iter()
            .map(|(severity, count)| {
                let plural = if count == 1 { "" } else { "s" };
                format!("{count} {}{plural}", severity.0)
            })
            .collect();
        if self.dropped > 0 {
            parts.push(format!("{} more that are not shown", self.dropped));
        }
        parts.join(", ")
    }

    fn file_name(&self, file: FileId) -> Option<&str> {
        self.files.get(file).map(|file| file.name.as_str())
    }

    /// `file:line:column`, as much of it as is known.
    fn position(&self, file: FileId, span: Option<Span>) -> Option<String> {
        let name = self.file_name(file)?;
        Some(match span {
            Some(span) => format!("{name}:{}:{}", span.line, span.column),
            None => name.to_owned(),
        })
    }
}

/// The locations of all places of many diagnostics.
struct Found(BTreeMap<Place, locate::Location>);

impl Found {
    fn new(diagnostics: &[Diagnostic], files: &Files) -> Self {
        let mut wanted: BTreeMap<FileId, Vec<&Place>> = BTreeMap::new();
        for diagnostic in diagnostics {
            let own = diagnostic.span.is_none().then_some(&diagnostic.place);
            let related = diagnostic.related.iter().map(|(place, _)| place);
            for place in own.into_iter().chain(related) {
                wanted.entry(place.file).or_default().push(place);
            }
        }
        let mut found = BTreeMap::new();
        for (id, mut places) in wanted {
            let Some(file) = files.get(id) else { continue };
            places.sort_unstable();
            places.dedup();
            let pointers: Vec<_> = places.iter().map(|place| &place.pointer).collect();
            let locations = locate::locate(&file.text, file.format, &pointers);
            for (place, occurrences) in places.into_iter().zip(locations) {
                if let Some(occurrences) = occurrences {
                    found.insert(place.clone(), occurrences.last);
                }
            }
        }
        Self(found)
    }

    fn of(&self, place: &Place) -> Option<&locate::Location> {
        self.0.get(place)
    }
}

#[cfg(test)]
#[path = "render_tests.rs"]
mod tests;
