//! For a terminal: with the lines of the text, by `miette`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};

use super::plain::one_line;
use super::{Located, Report, Span};
use crate::diag::{File, Severity};

/// So much of a line is shown before and after what is at fault, in bytes.
const LINE_WINDOW: usize = 160;

/// Places farther apart than this are shown apart, in bytes.
const JOIN_LIMIT: usize = 4_000;

impl Report {
    /// All diagnostics with the lines that they point at, for a terminal of `width` columns.
    #[must_use]
    pub fn graphical(&self, colour: bool, width: usize) -> String {
        let styles = if colour {
            ThemeStyles::ansi()
        } else {
            ThemeStyles::none()
        };
        let theme = GraphicalTheme {
            characters: ThemeCharacters::unicode(),
            styles,
        };
        let handler = GraphicalReportHandler::new_themed(theme)
            .with_width(width)
            .with_links(false);
        let excerpts: BTreeMap<_, _> = self
            .files
            .iter()
            .map(|(id, file)| (id, Excerpts::new(file)))
            .collect();
        let mut text = String::new();
        for entry in &self.located {
            let excerpts = excerpts.get(&entry.diagnostic.place.file);
            let excerpts = excerpts.map(|excerpts| excerpts.around(entry));
            let view = View { entry, excerpts };
            // Writing to a `String` cannot fail.
            let _ = handler.render_report(&mut text, &view);
        }
        text
    }
}

/// A diagnostic as `miette` wants it.
#[derive(Debug)]
struct View<'a> {
    entry: &'a Located,
    excerpts: Option<Around<'a>>,
}

impl View<'_> {
    /// A span, cut where it is very long.
    fn range(&self, span: Span) -> (usize, usize) {
        let text = self
            .excerpts
            .as_ref()
            .map_or("", |around| &*around.excerpts.printable);
        let end = text.floor_char_boundary(span.offset + span.length.min(LINE_WINDOW));
        (span.offset, end.saturating_sub(span.offset))
    }
}

impl fmt::Display for View<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&one_line(&self.entry.diagnostic.message))
    }
}

impl std::error::Error for View<'_> {}

impl miette::Diagnostic for View<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.entry.diagnostic.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.entry.diagnostic.severity {
            Severity::Note => miette::Severity::Advice,
            Severity::Warning => miette::Severity::Warning,
            Severity::Error => miette::Severity::Error,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let help = self.entry.diagnostic.help.as_deref()?;
        Some(Box::new(one_line(help)))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        let excerpts = self.excerpts.as_ref()?;
        (!excerpts.spans.is_empty()).then_some(excerpts)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let diagnostic = &self.entry.diagnostic;
        let span = self.entry.span?;
        let pointer = diagnostic.place.pointer.as_str();
        let label = (!pointer.is_empty()).then(|| one_line(pointer));
        let own = LabeledSpan::new_primary_with_span(label, self.range(span));
        let related = diagnostic.related.iter().zip(&self.entry.related);
        let related = related.filter_map(|((place, remark), span)| {
            let span = span.filter(|_| place.file == diagnostic.place.file)?;
            let label = Some(one_line(remark));
            Some(LabeledSpan::new_with_span(label, self.range(span)))
        });
        Some(Box::new(std::iter::once(own).chain(related)))
    }
}

/// A text made fit to print, of the same length in bytes.
#[derive(Debug)]
struct Excerpts<'a> {
    file: &'a File,
    printable: Cow<'a, str>,
}

impl<'a> Excerpts<'a> {
    fn new(file: &'a File) -> Self {
        let keeps = |character: char| {
            matches!(character, ' '..='~' | '\n' | '\r' | '\t') || one_line_keeps(character)
        };
        if file.text.chars().all(keeps) {
            let printable = Cow::Borrowed(&*file.text);
            return Self { file, printable };
        }
        let mut printable = String::with_capacity(file.text.len());
        for character in file.text.chars() {
            if keeps(character) {
                printable.push(character);
            } else {
                printable.extend(std::iter::repeat_n('?', character.len_utf8()));
            }
        }
        let printable = Cow::Owned(printable);
        Self { file, printable }
    }

    fn around(&'a self, entry: &Located) -> Around<'a> {
        let related = entry.diagnostic.related.iter().zip(&entry.related);
        let related = related.filter_map(|((place, _), span)| {
            span.filter(|_| place.file == entry.diagnostic.place.file)
        });
        Around {
            excerpts: self,
            spans: entry.span.into_iter().chain(related).collect(),
        }
    }
}

fn one_line_keeps(character: char) -> bool {
    let mut buffer = [0; 4];
    let text: &str = character.encode_utf8(&mut buffer);
    one_line(text) == text
}

/// The lines around the spans of one diagnostic. `miette`'s own source code would scan the whole
/// text for each, and print the whole of a line, which in minified JSON is everything.
#[derive(Debug)]
struct Around<'a> {
    excerpts: &'a Excerpts<'a>,
    spans: Vec<Span>,
}

impl SourceCode for Around<'_> {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        lines_before: usize,
        lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let text = &*self.excerpts.printable;
        let known = self
            .spans
            .iter()
            .find(|known| known.offset == span.offset());
        let end = span.offset() + span.len();
        let near = span.len() <= JOIN_LIMIT && text.is_char_boundary(end.min(text.len()));
        let (Some(known), true) = (known, near) else {
            return Err(MietteError::OutOfBounds);
        };
        let (start, before) = start_of(text, span.offset(), lines_before);
        let stop = end_of(text, end.min(text.len()), lines_after);
        let data = text.get(start..stop).ok_or(MietteError::OutOfBounds)?;
        let line = (known.line as usize).saturating_sub(1 + before);
        let column = if lines_before == 0 {
            (known.column as usize).saturating_sub(1)
        } else {
            0
        };
        let name = one_line(&self.excerpts.file.name);
        Ok(Box::new(MietteSpanContents::new_named(
            name,
            data.as_bytes(),
            (start, stop - start).into(),
            line,
            column,
            data.lines().count(),
        )))
    }
}

/// The first byte to show, and how many line breaks lie between it and `offset`.
fn start_of(text: &str, offset: usize, lines: usize) -> (usize, usize) {
    let line_start = |end: usize| text[..end].rfind('\n').map_or(0, |at| at + 1);
    let own = line_start(offset);
    if offset - own > LINE_WINDOW {
        return (text.floor_char_boundary(offset - LINE_WINDOW), 0);
    }
    let (mut start, mut before) = (own, 0);
    while before < lines && start > 0 {
        let previous = line_start(start - 1);
        if start - previous > LINE_WINDOW {
            break;
        }
        (start, before) = (previous, before + 1);
    }
    (start, before)
}

/// The byte after the last one to show.
fn end_of(text: &str, offset: usize, lines: usize) -> usize {
    let line_end = |start: usize| text[start..].find('\n').map_or(text.len(), |at| start + at);
    let mut end = line_end(offset);
    if end - offset > LINE_WINDOW {
        return text.ceil_char_boundary(offset + LINE_WINDOW);
    }
    for _ in 0..lines {
        if end == text.len() {
            break;
        }
        let next = line_end(end + 1);
        if next - end > LINE_WINDOW {
            break;
        }
        end = next;
    }
    end
}
