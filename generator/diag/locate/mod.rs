//! From a JSON pointer to line and column, by one scan of the text.
//!
//! Nothing is kept while a document is read: only when something is shown is its text scanned
//! again, so a document without faults pays nothing. A text that cannot be scanned to its end
//! (it is at fault, after all) gives what stands before the fault.

mod json;
mod outline;
mod trie;
mod yaml;

use std::ops::Range;

use super::{Format, Pointer};
use trie::Trie;

/// A stretch of a text, within one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
    /// The first byte, from 0.
    pub offset: usize,
    /// How many bytes; 0 where only a point is known.
    pub length: usize,
}

/// Where a node is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Location {
    /// Its key; `None` for the root and in an array.
    pub key: Option<Span>,
    /// Its value; for an object or array, the start of it.
    pub value: Span,
    /// Whether the value is an object or an array.
    pub container: bool,
    /// Whether this is the node itself, and not the nearest one above it.
    pub exact: bool,
}

impl Location {
    /// What to show for the node as a whole: the key of an object or array, the value of a scalar.
    /// Of a node that is not there, the key of the one above.
    #[must_use]
    pub fn span(&self) -> Span {
        match self.key {
            Some(key) if self.container || !self.exact => key,
            _ => self.value,
        }
    }
}

/// The first and the last occurrence of a node; they differ where a key is there twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occurrences {
    /// The first one.
    pub first: Location,
    /// The last one, the one that counts.
    pub last: Location,
}

/// Finds all `pointers` in one scan, in their order. Where a pointer leads nowhere, the nearest
/// node above it is found; `None` only when the text has no node at all.
#[must_use]
pub fn locate(text: &str, format: Format, pointers: &[&Pointer]) -> Vec<Option<Occurrences>> {
    if pointers.is_empty() {
        return Vec::new();
    }
    // The scanners see no byte order mark; offsets are those of the whole text.
    let content = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut trie = Trie::new(pointers);
    match format {
        Format::Json => json::scan(content, &mut trie),
        Format::Yaml => yaml::scan(content, &mut trie),
    }
    let found: Vec<_> = trie.found().collect();
    let ranges = found
        .iter()
        .flatten()
        .flat_map(|(first, last, _)| [first, last]);
    let ranges = ranges
        .flat_map(|raw| [Some(raw.value.clone()), raw.key.clone()])
        .flatten();
    let spans = Spans::new(text, text.len() - content.len(), ranges.collect());
    found
        .into_iter()
        .map(|found| {
            let (first, last, exact) = found?;
            let location = |raw: &Raw| Location {
                key: raw.key.as_ref().map(|range| spans.of(range)),
                value: spans.of(&raw.value),
                container: raw.container,
                exact,
            };
            Some(Occurrences {
                first: location(first),
                last: location(last),
            })
        })
        .collect()
}

/// The span of the character at a line and column, both from 1; at the end of the line or text
/// where they lie beyond it.
#[must_use]
pub fn at(text: &str, line: usize, column: usize) -> Span {
    let start = line
        .checked_sub(2)
        .map_or(Some(0), |breaks| {
            Some(text.match_indices('\n').nth(breaks)?.0 + 1)
        })
        .unwrap_or(text.len());
    let rest = &text[start..];
    let rest = rest.split('\n').next().unwrap_or(rest);
    let bom = if start == 0 && rest.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    };
    let skipped: usize = rest[bom..]
        .chars()
        .take(column.saturating_sub(1))
        .map(char::len_utf8)
        .sum();
    let length = rest[bom + skipped..]
        .chars()
        .next()
        .map_or(0, char::len_utf8);
    Span {
        line: line.try_into().unwrap_or(u32::MAX),
        column: column.try_into().unwrap_or(u32::MAX),
        offset: start + bom + skipped,
        length,
    }
}

/// A node's byte ranges, in the text without its byte order mark.
#[derive(Debug, Clone)]
struct Raw {
    key: Option<Range<usize>>,
    value: Range<usize>,
    container: bool,
}

/// Lines and columns of many ranges, found in one pass over the text.
struct Spans {
    shift: usize,
    /// Sorted by range, each with its span.
    known: Vec<(Range<usize>, Span)>,
}

impl Spans {
    fn new(text: &str, shift: usize, mut ranges: Vec<Range<usize>>) -> Self {
        ranges.sort_unstable_by_key(|range| (range.start, range.end));
        ranges.dedup();
        let (mut line, mut column, mut offset) = (1, 1, shift);
        let mut known = Vec::with_capacity(ranges.len());
        for range in ranges {
            let start = (range.start + shift).min(text.len());
            let end = (range.end + shift).clamp(start, text.len());
            for character in text.get(offset..start).unwrap_or_default().chars() {
                (line, column) = if character == '\n' {
                    (line + 1, 1)
                } else {
                    (line, column + 1)
                };
            }
            offset = start;
            let within = text.get(start..end).unwrap_or_default();
            let length = within.split(['\n', '\r']).next().unwrap_or_default().len();
            known.push((
                range,
                Span {
                    line,
                    column,
                    offset,
                    length,
                },
            ));
        }
        Self { shift, known }
    }

    fn of(&self, range: &Range<usize>) -> Span {
        let key = (range.start, range.end);
        match self
            .known
            .binary_search_by_key(&key, |(known, _)| (known.start, known.end))
        {
            Ok(index) => self.known[index].1,
            Err(_) => Span {
                line: 1,
                column: 1,
                offset: self.shift,
                length: 0,
            },
        }
    }
}

#[cfg(test)]
#[path = "locate_tests.rs"]
mod tests;
