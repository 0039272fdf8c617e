//! Why a text cannot be read.

use super::DEPTH_LIMIT;
use crate::diag::{Code, Diagnostic, Place};

/// Why a text cannot be read, and where.
#[derive(Debug)]
pub(in crate::document) struct Fault {
    pub(super) code: Code,
    pub(super) message: String,
    pub(super) help: Option<&'static str>,
    /// Line and column in characters, both from 1.
    pub(super) position: Option<(usize, usize)>,
}

impl Fault {
    pub(super) fn syntax(message: impl Into<String>, position: Option<(usize, usize)>) -> Self {
        Self {
            code: Code::SYNTAX_ERROR,
            message: message.into(),
            help: None,
            position,
        }
    }

    pub(super) fn too_deep(position: Option<(usize, usize)>) -> Self {
        Self {
            code: Code::TOO_DEEP,
            message: format!("the text nests deeper than {DEPTH_LIMIT} levels"),
            help: Some("move inner schemas to `components` and refer to them"),
            position,
        }
    }

    pub(super) fn too_large(position: Option<(usize, usize)>) -> Self {
        Self {
            code: Code::TOO_LARGE,
            message: "the text holds more values than can be read".to_owned(),
            help: Some("if it uses YAML aliases, refer to components with `$ref` instead"),
            position,
        }
    }

    pub(super) fn too_slow() -> Self {
        Self {
            code: Code::TOO_LARGE,
            message: "the text takes too long to read".to_owned(),
            help: Some("no real document does; if this is one, write it as JSON"),
            position: None,
        }
    }

    pub(super) fn help(mut self, help: &'static str) -> Self {
        self.help = Some(help);
        self
    }

    /// The same as a diagnostic.
    pub(in crate::document) fn diagnostic(self, place: Place, text: &str) -> Diagnostic {
        let span = self
            .position
            .map(|(line, column)| crate::diag::locate::at(text, line, column));
        let diagnostic = Diagnostic::new(self.code, place, self.message).span(span);
        match self.help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }
}
