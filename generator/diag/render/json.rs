//! JSON, for scripts.

use serde_json::{Value, json};

use super::{Located, Report, Span};
use crate::diag::FileId;

impl Report {
    /// An array with an object for each diagnostic: `code`, `severity`, `message`, `pointer`,
    /// `file`, `line`, `column`, `help` and `related` (objects with `message`, `pointer`, `file`,
    /// `line`, `column`). What is not known is null.
    #[must_use]
    pub fn json(&self) -> Value {
        self.located
            .iter()
            .map(|entry| self.json_of(entry))
            .collect()
    }

    fn json_of(&self, entry: &Located) -> Value {
        let diagnostic = &entry.diagnostic;
        let related = diagnostic.related.iter().zip(&entry.related);
        let related = related.map(|((place, remark), span)| {
            self.with_position(json!({ "message": remark }), place, *span)
        });
        let related: Value = related.collect();
        let value = json!({
            "code": diagnostic.code.name(),
            "severity": diagnostic.severity.name(),
            "message": diagnostic.message,
            "help": diagnostic.help,
            "related": related,
        });
        self.with_position(value, &diagnostic.place, entry.span)
    }

    fn with_position(
        &self,
        mut value: Value,
        place: &crate::diag::Place,
        span: Option<Span>,
    ) -> Value {
        let file: FileId = place.file;
        value["pointer"] = json!(place.pointer.as_str());
        value["file"] = json!(self.file_name(file));
        value["line"] = json!(span.map(|span| span.line));
        value["column"] = json!(span.map(|span| span.column));
        value
    }
}
