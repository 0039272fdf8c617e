//! From nodes to a [`Document`]: version differences, and what is not as it should be.
//!
//! Every object is read by one loop over its members, so that a member that is not known cannot go
//! unnoticed. What is wrong costs one diagnostic and the smallest thing that holds it.

mod at;
mod bounds;
mod component;
mod detour;
mod info;
mod media;
mod operation;
mod parameter;
mod resource;
mod response;
mod root;
mod schema;
mod security;
mod shelf;
mod through;
mod types;
mod values;
mod wanted;

use std::sync::Arc;

use indexmap::IndexMap;

use super::{Node, Version};
use crate::diag::{Code, Diagnostic, Place, Severity, Sink, closest};

pub(super) use at::At;
pub(super) use root::document;
pub(super) use shelf::Shelf;
pub(super) use wanted::Kind;

/// Reads nodes at their places.
pub(super) struct Reader<'a> {
    sink: &'a mut Sink,
    /// That of the file that is read at present.
    version: Version,
    root_version: Version,
    shelf: &'a mut Shelf,
    wanted: wanted::Wanted,
    /// The nearest `$id` or `$self` around what is read, and what it is the address of.
    resource: Option<(Arc<str>, Place)>,
    /// The nearest schema around what is read that says `$recursiveAnchor` (2019-09).
    recursive: Option<Place>,
    /// Places that stand in for references which the specification does not have.
    following: Vec<Place>,
}

impl Reader<'_> {
    fn report(&mut self, code: Code, at: At<'_>, message: impl Into<String>) {
        self.sink.push(Diagnostic::new(code, at.place(), message));
    }

    /// Whether there is room for something that becomes Rust; says so the first time that there is none.
    fn has_room(&mut self, needed: usize, at: At<'_>) -> bool {
        let Some(room) = self.shelf.room else {
            return false;
        };
        self.shelf.room = room.checked_sub(needed);
        if self.shelf.room.is_none() {
            let message = "the document has more schemas, operations and so on than are read";
            let help = "split it into several documents";
            self.report_with_help(Code::TOO_LARGE, at, message, help);
        }
        self.shelf.room.is_some()
    }

    fn report_with_help(
        &mut self,
        code: Code,
        at: At<'_>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.sink
            .push(Diagnostic::new(code, at.place(), message).help(help));
    }

    /// A field of a later version than the document states is taken all the same.
    fn since(&mut self, version: Version, at: At<'_>) {
        if self.version < version {
            let message = format!(
                "{} is a field of OpenAPI {}, and this document states {}",
                at.field(),
                version.name(),
                self.version.name()
            );
            let diagnostic = Diagnostic::new(Code::VERSION_MISMATCH, at.place(), message)
                .on_key()
                .help(format!(
                    "it is honoured; state `openapi: {}.0` if that is meant",
                    version.name()
                ));
            self.sink.push(diagnostic);
        }
    }

    /// A required field is missing from the object at `at`.
    fn missing(&mut self, at: At<'_>, thing: &str, field: &str) {
        let message = format!("{thing} lacks the required field `{field}`");
        self.report_with_help(Code::MISSING_FIELD, at, message, format!("add `{field}`"));
    }

    /// A member that the loop over an object's members did not know.
    fn other(&mut self, key: &str, at: At<'_>, known: &[&str]) {
        if key.starts_with("x-") {
            return;
        }
        if key == "$ref" {
            let message = "a `$ref` has no meaning here";
            self.sink.push(
                Diagnostic::new(Code::MISPLACED_REFERENCE, at.place(), message)
                    .help("write out what it refers to"),
            );
            return;
        }
        let message = format!("unknown field `{}`", shorten(key));
        let diagnostic = Diagnostic::new(Code::UNKNOWN_KEYWORD, at.place(), message).on_key();
        let near = |key| closest(key, known.iter().copied());
        self.sink.push(
            match Some(key).filter(|_| !self.sink.is_full()).and_then(near) {
                // A near miss is most likely a slip that loses something.
                Some(meant) => diagnostic
                    .severity(Severity::Warning)
                    .help(format!("did you mean `{meant}`?")),
                None => diagnostic,
            },
        );
    }

    /// As [`Reader::other`], keeping extensions.
    fn extension(
        &mut self,
        key: &str,
        node: Node,
        at: At<'_>,
        known: &[&str],
        extensions: &mut IndexMap<String, Node>,
    ) {
        if key.starts_with("x-") {
            extensions.insert(key.to_owned(), node);
        } else {
            self.other(key, at, known);
        }
    }
}

/// A word of the document for a message, cut where it is very long.
fn shorten(word: &str) -> String {
    match word.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &word[..end]),
        None => word.to_owned(),
    }
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;

#[cfg(test)]
mod schema_tests;
