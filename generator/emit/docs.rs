//! The door through which a document's prose becomes documentation.
//!
//! Markdown is kept as far as it is harmless. What rustdoc would run, resolve or warn about is
//! turned into plain text: code blocks are `text`, links lead to web addresses or nowhere, HTML is
//! shown as it is written. Control characters and those that change the direction of text are left
//! out, so that what a reviewer sees is what stands there.

use std::borrow::Cow;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::Docs;
use crate::text::is_hidden;

/// Columns of prose, the comment marker aside.
const WIDTH: usize = 92;

/// The doc attributes of an item: its own words, or `fallback` where it has none.
pub(super) fn attributes(docs: &Docs, fallback: &str) -> TokenStream {
    lines_as_attributes(&lines(docs, fallback))
}

/// Doc attributes of ready lines.
pub(super) fn lines_as_attributes(lines: &[String]) -> TokenStream {
    lines
        .iter()
        .map(|line| {
            let text = if line.is_empty() {
                String::new()
            } else {
                format!(" {line}")
            };
            quote!(#[doc = #text])
        })
        .collect()
}

/// Title and description as lines of documentation.
pub(super) fn lines(docs: &Docs, fallback: &str) -> Vec<String> {
    let title = docs
        .title
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty());
    let description = docs
        .description
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty());
    let mut lines = Vec::new();
    match (title, description) {
        (Some(title), Some(text)) if text.starts_with(title) => lines.extend(prose(text)),
        (Some(title), Some(text)) => {
            lines.extend(prose(title));
            lines.push(String::new());
            lines.extend(prose(text));
        }
        (Some(text), None) | (None, Some(text)) => lines.extend(prose(text)),
        (None, None) => {}
    }
    if lines.iter().all(String::is_empty) && !fallback.is_empty() {
        // Our own words may link to other items; names of the document in them are in code spans.
        lines = vec![fallback.to_owned()];
    }
    if docs.deprecated {
        lines.push(String::new());
        lines.push("**Deprecated.**".to_owned());
    }
    lines
}

/// Markdown made harmless, wrapped, without blank lines at the ends or twice in a row.
pub(super) fn prose(text: &str) -> Vec<String> {
    let mut writer = Writer::default();
    for line in text.lines() {
        writer.line(&visible(line));
    }
    writer.finish()
}

/// Without what is hidden; tabs and line separators as spaces.
fn visible(line: &str) -> Cow<'_, str> {
    if line.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Cow::Borrowed(line);
    }
    line.chars()
        .filter_map(|c| match c {
            // Separators count as line ends for some readers and not for others.
            '\t' | '\u{2028}' | '\u{2029}' | '\u{85}' => Some(' '),
            c if is_hidden(c) => None,
            c => Some(c),
        })
        .collect()
}

#[derive(Default)]
struct Writer {
    lines: Vec<String>,
    /// The marker that ends the open code block.
    fence: Option<String>,
    /// Open list items: indentation as written, column of their text as printed.
    items: Vec<(usize, usize)>,
    /// Whether the line before was blank.
    blank: bool,
    /// The paragraph so far, and the columns of its first line and of the others.
    paragraph: Option<(String, usize, usize)>,
}

impl Writer {
    fn line(&mut self, line: &str) {
        let content = line.trim();
        if let Some(fence) = &self.fence {
            if content.starts_with(fence.as_str()) && content.chars().all(|c| fence.starts_with(c))
            {
                let fence = fence.clone();
                self.push_indented(&fence);
                self.fence = None;
            } else {
                self.push_indented(line.trim_end());
            }
            return;
        }
        let indent = line.len() - line.trim_start().len();
        if content.is_empty() {
            self.end_paragraph();
            self.blank = true;
            self.push(String::new());
            return;
        }
        if self.blank && !self.items.is_empty() && indent < 2 && marker(content).is_none() {
            self.items.clear();
        }
        self.blank = false;
        if let Some(fence) = fence_of(content) {
            self.end_paragraph();
            self.push_indented(&format!("{fence}text"));
            self.fence = Some(fence);
        } else if let Some((mark, rest)) = marker(content) {
            while self
                .items
                .last()
                .is_some_and(|(written, _)| *written >= indent)
            {
                self.items.pop();
            }
            let column = self.items.last().map_or(0, |(_, column)| *column);
            let hanging = column + mark.len() + 1;
            self.items.push((indent, hanging));
            self.end_paragraph();
            self.paragraph = Some((format!("{mark} {}", inline(rest)), column, hanging));
        } else if content.starts_with(['|', '#', '>', '=', '-', '+', '*'])
            && !content.starts_with("**")
        {
            // A line of its own: a row, a heading, a quotation, a rule.
            self.end_paragraph();
            let column = self.items.last().map_or(0, |(_, column)| *column);
            self.wrap(&inline(content), column, column);
        } else if let Some((text, ..)) = &mut self.paragraph {
            text.push(' ');
            text.push_str(&inline(content));
        } else {
            // Text right after a quotation would count as part of it.
            if self
                .lines
                .last()
                .is_some_and(|line| line.trim_start().starts_with('>'))
            {
                self.push(String::new());
            }
            let column = self.items.last().map_or(0, |(_, column)| *column);
            self.paragraph = Some((inline(content), column, column));
        }
    }

    fn push_indented(&mut self, text: &str) {
        let column = self.items.last().map_or(0, |(_, column)| *column);
        self.push(if text.is_empty() {
            String::new()
        } else {
            format!("{:column$}{text}", "")
        });
    }

    fn push(&mut self, line: String) {
        if line.is_empty() && self.fence.is_none() && self.lines.last().is_none_or(String::is_empty)
        {
            return;
        }
        self.lines.push(line);
    }

    /// Breaks between words, but never so that the next line would begin a block of its own.
    fn wrap(&mut self, text: &str, first: usize, hanging: usize) {
        let mut line = " ".repeat(first);
        let mut width = first;
        let mut empty = true;
        // A table's row is one line, as are a heading and a quotation, whose next line would be another.
        let whole = text.starts_with(['|', '#', '>']);
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let length = word.chars().count();
            if !empty && !whole && width + 1 + length > WIDTH && !begins_block(word) {
                self.push(std::mem::take(&mut line));
                line = " ".repeat(hanging);
                width = hanging;
                empty = true;
            }
            if !empty {
                line.push(' ');
                width += 1;
            }
            line.push_str(word);
            width += length;
            empty = false;
        }
        self.push(line);
    }

    fn end_paragraph(&mut self) {
        if let Some((text, first, hanging)) = self.paragraph.take() {
            self.wrap(&text, first, hanging);
        }
    }

    fn finish(mut self) -> Vec<String> {
        self.end_paragraph();
        if let Some(fence) = self.fence.take() {
            self.push_indented(&fence);
        }
        while self.lines.last().is_some_and(String::is_empty) {
            self.lines.pop();
        }
        self.lines
    }
}

/// The marker of a code block, without its language.
fn fence_of(content: &str) -> Option<String> {
    let mark = content.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = content.chars().take_while(|c| *c == mark).count();
    let rest = &content[length..];
    (length >= 3 && !rest.contains('`')).then(|| mark.to_string().repeat(length))
}

/// A list marker and the text after it.
fn marker(content: &str) -> Option<(&str, &str)> {
    let (mark, rest) = content.split_once(' ')?;
    let ordered = mark.len() <= 4
        && mark.ends_with(['.', ')'])
        && mark.len() > 1
        && mark[..mark.len() - 1].bytes().all(|b| b.is_ascii_digit());
    (matches!(mark, "-" | "*" | "+") || ordered).then(|| (mark, rest.trim_start()))
}

/// Whether a line that starts with this word would be read as a list, a heading, a quotation or a rule.
fn begins_block(word: &str) -> bool {
    word.starts_with(['#', '>', '|', '=', '~'])
        || matches!(word, "-" | "+" | "*")
        || word.starts_with("---")
        || word.starts_with("***")
        || word.starts_with("```")
        || (word.ends_with(['.', ')'])
            && word[..word.len() - 1].bytes().all(|b| b.is_ascii_digit()))
}

/// One line of text: links, addresses, brackets and HTML outside code spans.
fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text;
    let is_special = |byte| matches!(byte, b'`' | b'\\' | b'[' | b']' | b'<' | b'h');
    while let Some(at) = rest.bytes().position(is_special) {
        let (plain, special) = rest.split_at(at);
        out.push_str(plain);
        let (piece, length) = next_piece(special, out.chars().last());
        out.push_str(&piece);
        rest = &special[length..];
    }
    out.push_str(rest);
    out
}

/// What starts with a character that may mean something: as written out, and how many bytes of `rest` it covers.
fn next_piece(rest: &str, before: Option<char>) -> (Cow<'_, str>, usize) {
    let (piece, length) = match rest.chars().next().unwrap_or_default() {
        '`' => {
            let ticks = rest.bytes().take_while(|b| *b == b'`').count();
            let mark = &rest[..ticks];
            match rest[ticks..].find(mark) {
                Some(end) => (rest[..ticks + end + ticks].to_owned(), ticks + end + ticks),
                None => ("\\`".repeat(ticks), ticks),
            }
        }
        '\\' => {
            let next = rest[1..].chars().next().filter(char::is_ascii_punctuation);
            match next {
                Some(next) => (format!("\\{next}"), 2),
                None => ("\\\\".to_owned(), 1),
            }
        }
        '[' => match web_link(rest) {
            Some(length) => (rest[..length].to_owned(), length),
            None => ("\\[".to_owned(), 1),
        },
        ']' => ("\\]".to_owned(), 1),
        '<' => match rest.find('>') {
            Some(end) if is_web(&rest[1..end]) && !rest[1..end].contains([' ', '<', '`']) => {
                (rest[..=end].to_owned(), end + 1)
            }
            _ => ("\\<".to_owned(), 1),
        },
        'h' if is_web(rest) && before.is_none_or(|c| !c.is_alphanumeric()) => {
            let length = address(rest);
            (format!("<{}>", &rest[..length]), length)
        }
        c => return (Cow::Borrowed(&rest[..c.len_utf8()]), c.len_utf8()),
    };
    (Cow::Owned(piece), length)
}

fn is_web(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// Bytes of the address at the start of `text`, punctuation that ends a sentence left out.
fn address(text: &str) -> usize {
    let end = text
        .find(|c: char| {
            c.is_whitespace()
                || matches!(
                    c,
                    '<' | '>' | '"' | '`' | ')' | ']' | '\'' | '*' | '|' | '\\'
                )
        })
        .unwrap_or(text.len());
    let trimmed = text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '_']);
    // An ellipsis is part of an address that only hints at one.
    if text[..end].ends_with("...") {
        end
    } else {
        trimmed.len().max("http://".len()).min(end)
    }
}

/// Bytes of `[words](https://…)` at the start of `text`, if that is what stands there.
fn web_link(text: &str) -> Option<usize> {
    let close = text.find("](")?;
    let words = &text[1..close];
    if words.contains(['[', ']', '<', '`', '\\']) || words.is_empty() {
        return None;
    }
    let target = &text[close + 2..];
    let end = target.find(')')?;
    let good = is_web(target) && !target[..end].contains([' ', '<', '>', '(', '"', '`', '\\']);
    good.then_some(close + 2 + end + 1)
}
