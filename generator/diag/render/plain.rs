//! Plain text, without colours or source lines: for build scripts and logs.

use std::fmt::Write as _;

use super::{Located, Report};

impl Report {
    /// All diagnostics as plain text:
    ///
    /// ```text
    /// warning[unknown-type]: there is no type `strnig`
    ///   --> api.yaml:6:19 (/components/schemas/Name/type)
    ///   help: did you mean `string`?
    /// ```
    #[must_use]
    pub fn plain(&self) -> String {
        let mut text = String::new();
        for entry in &self.located {
            self.write_plain(&mut text, entry);
        }
        text
    }

    fn write_plain(&self, text: &mut String, entry: &Located) {
        let diagnostic = &entry.diagnostic;
        // Writing to a `String` cannot fail.
        let _ = writeln!(
            text,
            "{}[{}]: {}",
            diagnostic.severity,
            diagnostic.code,
            one_line(&diagnostic.message)
        );
        if let Some(position) = self.position(diagnostic.place.file, entry.span) {
            let _ = write!(text, "  --> {}", one_line(&position));
            if !diagnostic.place.pointer.is_root() {
                let _ = write!(text, " ({})", one_line(diagnostic.place.pointer.as_str()));
            }
            text.push('\n');
        }
        for ((place, remark), span) in diagnostic.related.iter().zip(&entry.related) {
            let position = self.position(place.file, *span).unwrap_or_default();
            let _ = writeln!(text, "  see {}: {}", one_line(&position), one_line(remark));
        }
        if let Some(help) = &diagnostic.help {
            let _ = writeln!(text, "  help: {}", one_line(help));
        }
    }
}

/// Text of the document without anything that could move a terminal's cursor or change how the
/// text around it is read (control characters and those of bidirectional text).
pub(super) fn one_line(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '\n' | '\r' | '\t' => ' ',
            other if other.is_control() || is_bidirectional(other) => '\u{fffd}',
            other => other,
        })
        .collect()
}

fn is_bidirectional(character: char) -> bool {
    matches!(
        character,
        '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    )
}
