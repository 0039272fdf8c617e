//! A struct or enum as lines of text.
//!
//! Most of a crate are definitions with a member a line. Making tokens of them, parsing those and laying the
//! tree out takes ten times as long as writing the lines, and gives the same: a line that
//! `prettyplease` might break, or spell in another way, sends the whole definition through it.

use std::fmt::{self, Write as _};

/// Lines as long as this are not broken by the printer.
const WIDTH: usize = 89;

/// A public struct or enum, its attributes and documentation.
///
/// The texts come from pieces that emission has already made safe; nothing is escaped here.
///
/// ```
/// use specwright::output::Definition;
///
/// let mut definition = Definition::new("struct", "Pet", vec!["A pet.".to_owned()]);
/// definition.derive(&["Debug", "Clone"]);
/// definition.member(vec!["Its name.".to_owned()], "pub name: String");
/// assert_eq!(
///     definition.to_string(),
///     "/// A pet.\n#[derive(Debug, Clone)]\npub struct Pet {\n    /// Its name.\n    pub name: String,\n}\n",
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    docs: Vec<String>,
    derives: String,
    head: String,
    members: Vec<(Vec<String>, String)>,
}

impl Definition {
    /// `pub struct Pet` or `pub enum Pet`, without members yet. `docs` are lines without markers.
    #[must_use]
    pub fn new(keyword: &str, name: &str, docs: Vec<String>) -> Self {
        Self {
            docs,
            derives: String::new(),
            head: format!("pub {keyword} {name}"),
            members: Vec::new(),
        }
    }

    /// Sets the derived traits.
    pub fn derive(&mut self, traits: &[&str]) {
        self.derives = traits.join(", ");
    }

    /// Adds a member: its documentation, and its text without a comma.
    pub fn member(&mut self, docs: Vec<String>, text: impl Into<String>) {
        self.members.push((docs, text.into()));
    }

    /// Whether the printer would lay it out line by line as it is written here.
    pub(super) fn is_plain(&self) -> bool {
        // `    ` and `,`, and `#[derive()]`.
        self.derives.len() + 11 <= WIDTH
            && self
                .members
                .iter()
                .all(|(_, text)| text.len() + 5 <= WIDTH && is_spelled_plainly(text))
    }
}

/// Whether a text has space only where the printer puts it, and nothing but names, paths and their
/// arguments.
fn is_spelled_plainly(text: &str) -> bool {
    let bytes = text.strip_prefix("pub ").unwrap_or(text).as_bytes();
    let at = |index: usize| bytes.get(index).copied();
    bytes.iter().enumerate().all(|(index, byte)| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'#' | b'<' | b'>' | b'(' | b')' => true,
        // `name: Type` or `path::Type`.
        b':' => {
            matches!(at(index + 1), Some(b':' | b' ')) || index > 0 && at(index - 1) == Some(b':')
        }
        b',' => at(index + 1) == Some(b' '),
        b' ' => index > 0 && matches!(at(index - 1), Some(b',' | b':')),
        _ => false,
    })
}

impl fmt::Display for Definition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        docs(f, "", &self.docs)?;
        if !self.derives.is_empty() {
            writeln!(f, "#[derive({})]", self.derives)?;
        }
        f.write_str(&self.head)?;
        if self.members.is_empty() {
            return f.write_str(" {}\n");
        }
        f.write_str(" {\n")?;
        for (lines, text) in &self.members {
            docs(f, "    ", lines)?;
            writeln!(f, "    {text},")?;
        }
        f.write_str("}\n")
    }
}

fn docs(f: &mut fmt::Formatter<'_>, indent: &str, lines: &[String]) -> fmt::Result {
    for line in lines {
        f.write_str(indent)?;
        f.write_str("///")?;
        let line = line.trim_end_matches(' ');
        if !line.is_empty() {
            f.write_char(' ')?;
            f.write_str(line)?;
        }
        f.write_char('\n')?;
    }
    Ok(())
}

#[cfg(test)]
#[path = "definition_tests.rs"]
mod tests;
