//! What emission hands over: files made of items and of tables, not yet laid out.

use std::fmt::Write as _;

use proc_macro2::TokenStream;

use super::block::Block;
use super::definition::Definition;

/// One Rust source file before it is laid out.
#[derive(Debug, Default)]
pub struct SourceFile {
    /// Path from the root of the crate, with `/` between segments: `src/types.rs`.
    pub path: String,
    /// Documentation of the module, without comment markers; empty for none.
    pub docs: String,
    /// Its contents, in order; a blank line goes between two parts.
    pub parts: Vec<Part>,
}

/// A stretch of a source file.
#[derive(Debug)]
pub enum Part {
    /// Any number of items (and, in the first part of a file, inner attributes), laid out by
    /// `prettyplease` with a blank line between items.
    Items(TokenStream),
    /// A struct, enum or alias, laid out by [`Definition`] itself where `prettyplease` would do the same.
    Definition(Definition),
    /// A block of functions, likewise.
    Block(Block),
    /// A declarative table, laid out by [`Table`] itself.
    Table(Table),
}

impl From<TokenStream> for Part {
    fn from(tokens: TokenStream) -> Self {
        Self::Items(tokens)
    }
}

impl From<Definition> for Part {
    fn from(definition: Definition) -> Self {
        Self::Definition(definition)
    }
}

impl From<Block> for Part {
    fn from(block: Block) -> Self {
        Self::Block(block)
    }
}

impl From<Table> for Part {
    fn from(table: Table) -> Self {
        Self::Table(table)
    }
}

/// A macro invocation with braces, one entry a line.
///
/// `prettyplease` fills the body of a macro like prose, and parsing it would be the dearest step of
/// formatting, so tables are written as text. The text comes from pieces that emission has already
/// made safe; nothing is escaped here.
///
/// ```
/// use specwright::output::Table;
///
/// let table = Table::new("object")
///     .open("ErrorDto {")
///     .line("\"statusCode\" => status_code,")
///     .close("}");
/// assert_eq!(
///     table.to_string(),
///     "object! {\n    ErrorDto {\n        \"statusCode\" => status_code,\n    }\n}\n",
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Name of the macro, without `!`.
    pub name: &'static str,
    /// The lines between the braces.
    pub body: Vec<Line>,
    /// How deep the next line is.
    depth: u8,
}

/// A line of a [`Table`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Steps of four spaces, counted from the body of the macro.
    pub indent: u8,
    /// The line without its indentation and line end.
    pub text: String,
}

impl Table {
    /// An empty table for the macro `name`.
    #[must_use]
    pub fn new(name: &'static str) -> Self {
        Self {
            name,
            body: Vec::new(),
            depth: 0,
        }
    }

    /// A line at the present depth.
    #[must_use]
    pub fn line(mut self, text: impl Into<String>) -> Self {
        self.push(text);
        self
    }

    /// A line for each of `texts` at the present depth.
    #[must_use]
    pub fn lines<T: Into<String>>(mut self, texts: impl IntoIterator<Item = T>) -> Self {
        for text in texts {
            self.push(text);
        }
        self
    }

    /// A line that opens a block (`ErrorDto {`); what follows is one step deeper.
    #[must_use]
    pub fn open(mut self, text: impl Into<String>) -> Self {
        self.push_open(text);
        self
    }

    /// A line that ends a block (`}`, `},`), one step less deep than what was before it.
    #[must_use]
    pub fn close(mut self, text: impl Into<String>) -> Self {
        self.push_close(text);
        self
    }

    /// [`line`](Self::line) for loops.
    pub fn push(&mut self, text: impl Into<String>) {
        self.body.push(Line {
            indent: self.depth,
            text: text.into(),
        });
    }

    /// [`open`](Self::open) for loops.
    pub fn push_open(&mut self, text: impl Into<String>) {
        self.push(text);
        self.depth = self.depth.saturating_add(1);
    }

    /// [`close`](Self::close) for loops.
    pub fn push_close(&mut self, text: impl Into<String>) {
        self.depth = self.depth.saturating_sub(1);
        self.push(text);
    }
}

impl std::fmt::Display for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.body.is_empty() {
            return writeln!(f, "{}! {{}}", self.name);
        }
        writeln!(f, "{}! {{", self.name)?;
        for line in &self.body {
            if line.text.is_empty() {
                f.write_char('\n')?;
            } else {
                let width = 4 * (usize::from(line.indent) + 1);
                writeln!(f, "{:width$}{}", "", line.text)?;
            }
        }
        f.write_str("}\n")
    }
}

/// Makes some parts of a file: run on whichever thread is free.
pub type Chunk<'a> = Box<dyn FnOnce() -> Vec<Part> + Send + 'a>;

/// A source file as work still to do.
///
/// Token streams cannot cross threads, so what crosses is a closure over a piece of the plan: the
/// worker that takes it emits the tokens, lays them out and hands back text. A file with thousands
/// of types should be cut into chunks of some dozens.
pub struct FileJob<'a> {
    /// Path from the root of the crate: `src/types.rs`.
    pub path: String,
    /// Documentation of the module, without comment markers; empty for none.
    pub docs: String,
    /// Its contents, in order, however the chunks are scheduled.
    pub chunks: Vec<Chunk<'a>>,
}

impl<'a> FileJob<'a> {
    /// A file with nothing in it yet.
    pub fn new(path: impl Into<String>, docs: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            docs: docs.into(),
            chunks: Vec::new(),
        }
    }

    /// Adds a chunk at the end.
    #[must_use]
    pub fn chunk(mut self, make: impl FnOnce() -> Vec<Part> + Send + 'a) -> Self {
        self.push(make);
        self
    }

    /// [`chunk`](Self::chunk) for loops.
    pub fn push(&mut self, make: impl FnOnce() -> Vec<Part> + Send + 'a) {
        self.chunks.push(Box::new(make));
    }
}

impl std::fmt::Debug for FileJob<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FileJob")
            .field("path", &self.path)
            .field("chunks", &self.chunks.len())
            .finish_non_exhaustive()
    }
}
