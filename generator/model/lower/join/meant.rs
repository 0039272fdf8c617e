//! A `type` beside a reference that excludes what the reference names.

use crate::diag::{Code, Diagnostic};
use crate::document::{JsonType, Schema};

use super::super::Lower;
use super::words::{both, restricts_unseen, says_more_than_types, stated};

impl Lower<'_> {
    /// Leaves out of `parts` the types of `schema` itself where it says no more than those, and they exclude all that
    /// the others hold: editors put a `type` beside every reference, and readers of OpenAPI 3.0 overlook it.
    pub(super) fn drop_unmeant(&mut self, parts: &mut Vec<&Schema>, schema: &Schema) {
        let own = parts.iter().position(|part| std::ptr::eq(*part, schema));
        let Some(own) = own.filter(|_| parts.len() > 1) else {
            return;
        };
        if says_more_than_types(schema) || restricts_unseen(schema) {
            return;
        }
        let others = parts.iter().enumerate().filter(|(at, _)| *at != own);
        let meant = others.filter_map(|(_, part)| stated(part)).reduce(both);
        let meant = meant.map(|types| types.without(JsonType::Null));
        let (Some(types), Some(meant)) = (schema.types, meant) else {
            return;
        };
        if meant.is_empty() || !both(types, meant).without(JsonType::Null).is_empty() {
            return;
        }
        let what = if schema.reference.is_some() {
            "the reference"
        } else {
            "the `allOf`"
        };
        self.sink.push(
            Diagnostic::new(
                Code::EXCLUDED_BRANCH,
                schema.place.child("type"),
                format!("the `type` beside {what} excludes what it names; it is left out"),
            )
            .help("take the `type` away"),
        );
        parts.remove(own);
    }
}
