//! GitHub's workflow commands, which show as annotations beside the lines of a pull request.

use std::fmt::Write as _;

use super::Report;
use crate::diag::Severity;

impl Report {
    /// One `::warning file=…,line=…,col=…,title=…::…` line for each diagnostic.
    #[must_use]
    pub fn github(&self) -> String {
        let mut text = String::new();
        for entry in &self.located {
            let diagnostic = &entry.diagnostic;
            let command = match diagnostic.severity {
                Severity::Note => "notice",
                Severity::Warning => "warning",
                Severity::Error => "error",
            };
            let mut properties = Vec::new();
            if let Some(name) = self.file_name(diagnostic.place.file) {
                properties.push(format!("file={}", property(name)));
            }
            if let Some(span) = entry.span {
                properties.push(format!("line={},col={}", span.line, span.column));
            }
            properties.push(format!("title={}", diagnostic.code));
            let mut message = diagnostic.message.clone();
            if let Some(help) = &diagnostic.help {
                message = format!("{message}\nhelp: {help}");
            }
            // Writing to a `String` cannot fail.
            let _ = writeln!(
                text,
                "::{command} {}::{}",
                properties.join(","),
                data(&message)
            );
        }
        text
    }
}

/// Escapes a command's text, so that no document can end it and start another.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Escapes the value of a property, where `:` and `,` have a meaning too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
