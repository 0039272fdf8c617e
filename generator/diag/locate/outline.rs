//! The lines of a YAML text that lead to what is wanted.
//!
//! A scan of a whole text takes about as long as reading it. Nearly all of a large document is block
//! mappings, in which a part that nothing is wanted of can be told by its indentation alone. What is not
//! understood here is left to the scan of the whole.

use std::ops::Range;

use super::trie::Trie;

/// A text with lines left out.
pub(super) struct Outline {
    /// The lines that are left.
    pub(super) text: String,
    /// Where each stretch of them starts, here and in the whole.
    stretches: Vec<(usize, usize)>,
}

impl Outline {
    /// The lines that lead to the wanted nodes; `None` where that cannot be told.
    pub(super) fn of(text: &str, trie: &Trie) -> Option<Self> {
        let mut reader = Reader {
            text,
            trie,
            at: 0,
            kept: Vec::new(),
        };
        if reader.peek()?.content == "---" {
            reader.keep();
        }
        reader.mapping(Trie::ROOT, None)?;
        let mut outline = Self {
            text: String::new(),
            stretches: Vec::new(),
        };
        for range in reader.kept {
            outline.stretches.push((outline.text.len(), range.start));
            outline.text.push_str(text.get(range)?);
        }
        Some(outline)
    }

    /// A range of the whole text.
    pub(super) fn whole(&self, range: Range<usize>) -> Range<usize> {
        let after = self
            .stretches
            .partition_point(|(here, _)| *here <= range.start);
        let stretch = after
            .checked_sub(1)
            .and_then(|index| self.stretches.get(index));
        let (here, whole) = stretch.copied().unwrap_or_default();
        let start = range.start.saturating_sub(here) + whole;
        start..start + range.len()
    }
}

/// A line that is neither empty nor a comment.
#[derive(Clone, Copy)]
struct Line<'a> {
    indent: usize,
    /// Without what is before and after it.
    content: &'a str,
}

impl<'a> Line<'a> {
    fn is_item(&self) -> bool {
        self.content == "-" || self.content.starts_with("- ")
    }

    /// Whether it belongs to the value of a key with this indentation. The items of a list may stand right
    /// below its key.
    fn is_below(&self, key: Option<usize>) -> bool {
        key.is_none_or(|key| self.indent > key || self.indent == key && self.is_item())
    }

    /// The key of a member, and what follows it in the line.
    fn member(&self) -> Option<(&'a str, &'a str)> {
        let content = self.content;
        let quote = content.chars().next()?;
        let (key, rest) = match quote {
            '"' | '\'' => {
                let (key, rest) = content.get(1..)?.split_once(quote)?;
                let rest = rest.trim_start().strip_prefix(':')?;
                if key.contains('\\') || !(rest.is_empty() || rest.starts_with(' ')) {
                    return None;
                }
                (key, rest)
            }
            '?' | '-' | '{' | '}' | '[' | ']' | ',' | '&' | '*' | '!' | '|' | '>' | '%' | '@'
            | '`' | '\t' => {
                return None;
            }
            _ => content
                .split_once(": ")
                .or_else(|| Some((content.strip_suffix(':')?, "")))?,
        };
        let (key, rest) = (key.trim_end(), rest.trim_start());
        let is_odd =
            key == "<<" || content.contains('\r') || key.contains(" #") || key.ends_with(':');
        let rest = if rest.starts_with('#') { "" } else { rest };
        (!is_odd).then_some((key, rest))
    }
}

struct Reader<'a> {
    text: &'a str,
    trie: &'a Trie,
    at: usize,
    kept: Vec<Range<usize>>,
}

impl<'a> Reader<'a> {
    /// The next line, unless what comes next is indented with something else than spaces.
    fn peek(&mut self) -> Option<Line<'a>> {
        loop {
            let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
            let line = rest.split('\n').next().unwrap_or(rest);
            let content = line.trim_start_matches(' ');
            let indent = line.len() - content.len();
            let content = content.trim_end();
            if !content.is_empty() && !content.starts_with('#') {
                return Some(Line { indent, content });
            }
            self.at = self.end();
        }
    }

    /// Where the next line ends, its line end included.
    fn end(&self) -> usize {
        let rest = self.text.get(self.at..).unwrap_or_default();
        rest.find('\n')
            .map_or(self.text.len(), |length| self.at + length + 1)
    }

    /// Keeps the line that [`peek`](Self::peek) found.
    fn keep(&mut self) {
        let range = self.at..self.end();
        self.at = range.end;
        match self.kept.last_mut() {
            Some(last) if last.end == range.start => last.end = range.end,
            _ => self.kept.push(range),
        }
    }

    fn skip_below(&mut self, key: Option<usize>) {
        while self.peek().is_some_and(|line| line.is_below(key)) {
            self.at = self.end();
        }
    }

    /// Keeps the value of a key, and the comments and empty lines in it.
    fn keep_below(&mut self, key: Option<usize>) {
        loop {
            let start = self.at;
            if !self.peek().is_some_and(|line| line.is_below(key)) {
                return;
            }
            self.at = start;
            self.keep();
        }
    }

    /// The value of a key of which something is wanted.
    fn mapping(&mut self, node: usize, key: Option<usize>) -> Option<()> {
        let Some(first) = self.peek().filter(|line| line.is_below(key)) else {
            return Some(());
        };
        if first.is_item() {
            self.keep_below(key);
            return Some(());
        }
        // The first member is where the mapping starts.
        let mut is_first = true;
        while let Some(line) = self.peek().filter(|line| line.is_below(key)) {
            if line.indent != first.indent {
                return None;
            }
            let (name, rest) = line.member()?;
            let wanted = self.trie.child(node, name);
            if wanted.is_none() && !is_first {
                self.at = self.end();
                self.skip_below(Some(line.indent));
                continue;
            }
            is_first = false;
            if rest.starts_with('*') {
                return None;
            }
            self.keep();
            match wanted.filter(|node| !self.trie.is_leaf(*node)) {
                _ if !rest.is_empty() => self.keep_below(Some(line.indent)),
                Some(node) => self.mapping(node, Some(line.indent))?,
                None => self.start(line.indent),
            }
        }
        Some(())
    }

    /// Keeps so much of a value that its kind can be told.
    fn start(&mut self, key: usize) {
        let mut inner = key;
        while let Some(line) = self.peek().filter(|line| line.is_below(Some(inner))) {
            if line.is_item() {
                self.keep();
                self.keep_below(Some(line.indent));
                break;
            }
            let member = line.member();
            if member.is_none_or(|(_, rest)| !rest.is_empty()) {
                // The first member, or the scalar; what follows is left out below.
                self.keep();
                self.keep_below(Some(if member.is_some() { line.indent } else { inner }));
                break;
            }
            self.keep();
            inner = line.indent;
        }
        self.skip_below(Some(key));
    }
}
