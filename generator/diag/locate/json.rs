//! A scanner for JSON that only finds where things are. It accepts more than JSON: whether the
//! text is correct has been told already.

use std::borrow::Cow;
use std::ops::Range;

use super::Raw;
use super::trie::Trie;

pub(super) fn scan(text: &str, trie: &mut Trie) {
    let mut scanner = Scanner {
        text,
        position: 0,
        trie,
    };
    // `None` only means that the text breaks off.
    let _ = scanner.value(Trie::ROOT, None);
}

struct Scanner<'a> {
    text: &'a str,
    position: usize,
    trie: &'a mut Trie,
}

impl Scanner<'_> {
    /// Scans a value in which something is wanted. Recursion is bounded by the depth of the trie.
    fn value(&mut self, node: usize, key: Option<Range<usize>>) -> Option<()> {
        let start = self.position_of_next()?;
        let open = self.text.as_bytes()[start];
        let container = matches!(open, b'{' | b'[');
        if !container || self.trie.is_leaf(node) {
            self.skip()?;
            let value = if container {
                start..start + 1
            } else {
                start..self.position
            };
            self.trie.record(
                node,
                Raw {
                    key,
                    value,
                    container,
                },
            );
            return Some(());
        }
        self.trie.record(
            node,
            Raw {
                key,
                value: start..start + 1,
                container,
            },
        );
        self.position = start + 1;
        let mut index = 0;
        loop {
            let next = self.position_of_next()?;
            match self.text.as_bytes()[next] {
                b'}' | b']' => {
                    self.position += 1;
                    return Some(());
                }
                b',' => self.position += 1,
                b'"' if open == b'{' => self.member(node)?,
                _ if open == b'{' => return None,
                _ => {
                    match self.trie.element(node, index) {
                        Some(child) => self.value(child, None)?,
                        None => self.skip()?,
                    }
                    index += 1;
                }
            }
        }
    }

    fn member(&mut self, node: usize) -> Option<()> {
        let key = self.string()?;
        let name = unescape(self.text.get(key.start + 1..key.end - 1)?);
        let child = self.trie.child(node, &name);
        let colon = self.position_of_next()?;
        if self.text.as_bytes()[colon] != b':' {
            return None;
        }
        self.position += 1;
        match child {
            Some(child) => self.value(child, Some(key)),
            None => self.skip(),
        }
    }

    /// Passes over white space.
    fn position_of_next(&mut self) -> Option<usize> {
        let rest = self.text.as_bytes().get(self.position..)?;
        self.position += rest.iter().position(|byte| !byte.is_ascii_whitespace())?;
        Some(self.position)
    }

    /// Passes over a string and gives its range, quotes included.
    fn string(&mut self) -> Option<Range<usize>> {
        let start = self.position;
        let bytes = self.text.as_bytes();
        self.position += 1;
        loop {
            match bytes.get(self.position)? {
                b'"' => break,
                b'\\' => self.position += 2,
                _ => self.position += 1,
            }
        }
        self.position += 1;
        Some(start..self.position)
    }

    /// Passes over a value, however deep it is.
    fn skip(&mut self) -> Option<()> {
        let mut depth = 0usize;
        loop {
            let next = self.position_of_next()?;
            match self.text.as_bytes()[next] {
                b'"' => {
                    self.string()?;
                }
                b'{' | b'[' => {
                    depth += 1;
                    self.position += 1;
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1)?;
                    self.position += 1;
                }
                b',' | b':' => {
                    if depth == 0 {
                        return None;
                    }
                    self.position += 1;
                }
                _ => {
                    let rest = &self.text.as_bytes()[next..];
                    let ends = |byte: &u8| byte.is_ascii_whitespace() || b",:]}[{\"".contains(byte);
                    self.position += rest.iter().position(ends).unwrap_or(rest.len());
                }
            }
            if depth == 0 {
                return Some(());
            }
        }
    }
}

/// A key without its escapes.
fn unescape(raw: &str) -> Cow<'_, str> {
    if raw.contains('\\') {
        serde_json::from_str(&format!("\"{raw}\"")).map_or(Cow::Borrowed(raw), Cow::Owned)
    } else {
        Cow::Borrowed(raw)
    }
}
