//! Printing that survives a reader who left.

use std::env;
use std::fmt;
use std::io::{self, ErrorKind, IsTerminal as _, Write};

use specwright::diag::{Report, Sink};

use super::args::MessageFormat;

/// Standard output for results, standard error for diagnostics and remarks.
#[derive(Debug)]
pub(super) struct Console {
    format: MessageFormat,
    /// The reader of standard output left (`| head`): no fault, but nobody listens.
    closed: bool,
    failed: bool,
}

impl Console {
    pub(super) fn new(format: MessageFormat) -> Self {
        Self {
            format,
            closed: false,
            failed: false,
        }
    }

    /// A line, or several, on standard output.
    pub(super) fn say(&mut self, text: impl fmt::Display) {
        if self.closed {
            return;
        }
        let mut out = io::stdout().lock();
        let result = writeln!(out, "{text}").and_then(|()| out.flush());
        if let Err(error) = result {
            self.closed = true;
            if error.kind() != ErrorKind::BrokenPipe {
                self.failed = true;
                self.complain(format_args!("cannot write to standard output: {error}"));
            }
        }
    }

    /// A fault that is not about a document.
    #[allow(clippy::unused_self, reason = "whoever prints has the console")]
    pub(super) fn complain(&self, text: impl fmt::Display) {
        // There is nowhere to say that standard error is gone.
        let _ = writeln!(io::stderr().lock(), "error: {text}");
    }

    /// Whether diagnostics are printed for people, and not for a program that wants all of them.
    pub(super) fn is_for_people(&self) -> bool {
        self.format == MessageFormat::Text
    }

    /// A line beside the diagnostics.
    #[allow(clippy::unused_self, reason = "whoever prints has the console")]
    pub(super) fn remark(&self, text: impl fmt::Display) {
        // As above.
        let _ = writeln!(io::stderr().lock(), "{text}");
    }

    /// The diagnostics of one document, on standard error.
    pub(super) fn report(&self, report: &Report) {
        if report.located.is_empty() {
            return;
        }
        let text = match self.format {
            MessageFormat::Text => {
                let colour = io::stderr().is_terminal()
                    && env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
                let mut text = report.graphical(colour, width());
                text += &format!("{}\n", report.summary());
                text
            }
            MessageFormat::Github => report.github(),
            MessageFormat::Json => {
                let all = report.json();
                let lines: Vec<String> = all
                    .as_array()
                    .into_iter()
                    .flatten()
                    .map(|one| format!("{one}\n"))
                    .collect();
                lines.concat()
            }
        };
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }

    /// A sink's diagnostics, on standard error.
    pub(super) fn drain(&self, sink: Sink) {
        self.report(&sink.into_report());
    }

    /// Whether something could not be printed.
    pub(super) fn failed(&self) -> bool {
        self.failed
    }
}

/// Columns to fill: those of the terminal as the shell says, or a comfortable number.
fn width() -> usize {
    env::var("COLUMNS")
        .ok()
        .and_then(|columns| columns.parse().ok())
        .unwrap_or(100)
        .clamp(40, 200)
}
