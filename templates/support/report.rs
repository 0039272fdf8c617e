//! Gathers every violation of one walk over a document or value.

use std::{
    cell::{Cell, RefCell},
    fmt::Display,
};

use serde_json::Value;

use crate::support::{
    pointer,
    violation::{Location, Violation},
};

/// Violations kept of one document; those after it are counted only.
pub const MAX_VIOLATIONS: usize = 1_000;

/// Bytes of pointers and messages kept of one document. At least one violation always is.
pub const MAX_REPORT_BYTES: usize = 1 << 20;

/// Longest message, and longest string kept as a violation's value, in bytes.
const MAX_TEXT_BYTES: usize = 512;

/// The violations found so far, and the place where the walk stands.
pub struct Report {
    location: Location,
    path: RefCell<String>,
    violations: RefCell<Vec<Violation>>,
    bytes: Cell<usize>,
    found: Cell<usize>,
    offered: RefCell<Option<Value>>,
    decoding: Cell<bool>,
    /// Whether violations are counted and nothing else.
    counting: bool,
}

/// A place in the document to which a walk comes back.
#[derive(Clone, Copy)]
pub(crate) struct Mark {
    path: usize,
    found: usize,
}

impl Report {
    /// An empty report on a part of a request.
    #[must_use]
    pub fn new(location: Location) -> Self {
        Self {
            location,
            path: RefCell::default(),
            violations: RefCell::default(),
            bytes: Cell::new(0),
            found: Cell::new(0),
            offered: RefCell::default(),
            decoding: Cell::new(false),
            counting: false,
        }
    }

    /// What a check finds. Nearly always that is nothing, so where each value is written is told by a second
    /// walk, once there is something to tell.
    pub(crate) fn violations(location: Location, check: impl Fn(&Self)) -> Vec<Violation> {
        if Self::finds_nothing(location, &check) {
            return Vec::new();
        }
        let report = Self::new(location);
        check(&report);
        report.into_violations()
    }

    /// Whether a check finds nothing.
    pub(crate) fn finds_nothing(location: Location, check: impl Fn(&Self)) -> bool {
        let mut report = Self::new(location);
        report.counting = true;
        check(&report);
        report.found() == 0
    }

    /// An empty report on a body that is being decoded: objects check their own properties as they are read.
    pub(crate) fn decoding(location: Location) -> Self {
        let report = Self::new(location);
        report.decoding.set(true);
        report
    }

    /// Whether the objects within a value have been checked already, as they were decoded.
    pub(crate) fn is_decoding(&self) -> bool {
        self.decoding.get()
    }

    /// Runs `check` on a value whose objects have not been checked yet.
    pub(crate) fn deep(&self, check: impl FnOnce(&Self)) {
        let decoding = self.decoding.replace(false);
        check(self);
        self.decoding.set(decoding);
    }

    /// Where the walk stands now.
    pub(crate) fn mark(&self) -> Mark {
        Mark {
            path: self.path.borrow().len(),
            found: self.found.get(),
        }
    }

    /// Steps from `mark` to its member `token`.
    pub(crate) fn enter(&self, mark: Mark, token: &dyn Display) {
        let mut path = self.path.borrow_mut();
        path.truncate(mark.path);
        pointer::push(&mut path, &token.to_string());
    }

    /// Steps back to `mark`.
    pub(crate) fn leave(&self, mark: Mark) {
        self.path.borrow_mut().truncate(mark.path);
    }

    /// Keeps the scalar that could not be decoded, for the violation that this leads to.
    pub(crate) fn offer(&self, value: Option<Value>) {
        *self.offered.borrow_mut() = value;
    }

    /// Takes up the error of the value where the walk stands, unless it comes from a fault further in, which is
    /// recorded already.
    pub(crate) fn fault(&self, error: &dyn Display, since: usize) {
        let value = self.offered.take();
        if self.found.get() > since {
            return;
        }
        let text = error.to_string();
        // What decides a union is read ahead, so that its fault comes with a place of its own.
        let (inner, message) = pointer::split(&text);
        let (rule, missing) = classify(message);
        let mark = self.mark();
        self.path.borrow_mut().push_str(&inner);
        if let Some(property) = missing {
            pointer::push(&mut self.path.borrow_mut(), &property);
        }
        self.record(rule, message.to_owned(), value);
        self.leave(mark);
    }

    /// Runs `walk` one level further in, at `token`.
    pub fn at(&self, token: &dyn Display, walk: impl FnOnce(&Self)) {
        if self.counting {
            return walk(self);
        }
        let mark = self.mark();
        self.enter(mark, token);
        walk(self);
        self.leave(mark);
    }

    /// Adds a violation where the walk stands.
    pub fn record(&self, rule: &'static str, mut message: String, value: Option<Value>) {
        self.found.set(self.found.get() + 1);
        if self.counting {
            return;
        }
        let mut violations = self.violations.borrow_mut();
        if violations.len() >= MAX_VIOLATIONS || self.bytes.get() >= MAX_REPORT_BYTES {
            return;
        }
        shorten(&mut message);
        let pointer = self.path.borrow().clone();
        self.bytes
            .set(self.bytes.get() + pointer.len() + message.len());
        let value = value.filter(|value| match value {
            Value::String(text) => text.len() <= MAX_TEXT_BYTES,
            Value::Array(_) | Value::Object(_) => false,
            Value::Null | Value::Bool(_) | Value::Number(_) => true,
        });
        violations.push(Violation {
            location: self.location,
            pointer,
            rule,
            message,
            value,
        });
    }

    /// Violations found so far, also those that were not kept.
    #[must_use]
    pub fn found(&self) -> usize {
        self.found.get()
    }

    /// The violations kept, in the order of the walk.
    #[must_use]
    pub fn into_violations(self) -> Vec<Violation> {
        self.violations.into_inner()
    }
}

/// Cuts a message that quotes a long value.
fn shorten(message: &mut String) {
    if message.len() > MAX_TEXT_BYTES {
        let end = (0..=MAX_TEXT_BYTES)
            .rev()
            .find(|&end| message.is_char_boundary(end))
            .unwrap_or(0);
        message.truncate(end);
        message.push('…');
    }
}

/// The JSON Schema keyword that an error's text is about, and the property where it is a missing one.
///
/// The texts are serde's and ours, and always start with our words, never with the document's.
pub(crate) fn classify(text: &str) -> (&'static str, Option<String>) {
    if let Some(rest) = text.strip_prefix("missing field `") {
        return (
            "required",
            rest.rsplit_once('`')
                .map(|(property, _)| property.to_owned()),
        );
    }
    let rule = [
        ("unknown variant", "enum"),
        ("unknown field", "additionalProperties"),
        ("duplicate field", "additionalProperties"),
        ("no variant", "anyOf"),
        ("invalid value", "format"),
    ]
    .iter()
    .find(|(prefix, _)| text.starts_with(prefix))
    .map_or("type", |(_, rule)| rule);
    (rule, None)
}
