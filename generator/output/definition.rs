//! A struct, enum or alias as lines of text.
//!
//! Most of a crate are definitions with a member a line; see [`super::spelling`] for why they are
//! not made of tokens. A line that `prettyplease` might break, or spell in another way, sends the whole
//! definition through it.

use std::fmt;

use super::spelling::{WIDTH, docs, is_plain_type};

/// A public struct, enum or alias, its attributes and documentation.
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
    body: Body,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Body {
    /// A type in place of members, between `= ` or `(pub ` and what ends it.
    Type(&'static str, String, &'static str),
    Members(Vec<Member>),
}

/// A field, or a variant with fields of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Member {
    docs: Vec<String>,
    text: String,
    fields: Option<Vec<(Vec<String>, String)>>,
}

impl Definition {
    /// `pub struct Pet` or `pub enum Pet`, without members yet. `docs` are lines without markers.
    #[must_use]
    pub fn new(keyword: &str, name: &str, docs: Vec<String>) -> Self {
        Self {
            docs,
            derives: String::new(),
            head: format!("pub {keyword} {name}"),
            body: Body::Members(Vec::new()),
        }
    }

    /// `pub type Pets = Vec<Pet>;`.
    #[must_use]
    pub fn alias(name: &str, of: impl Into<String>, docs: Vec<String>) -> Self {
        let body = Body::Type(" = ", of.into(), ";\n");
        Self {
            body,
            ..Self::new("type", name, docs)
        }
    }

    /// `pub struct Pets(pub Vec<Pet>);`.
    #[must_use]
    pub fn wrapper(name: &str, of: impl Into<String>, docs: Vec<String>) -> Self {
        let body = Body::Type("(pub ", of.into(), ");\n");
        Self {
            body,
            ..Self::new("struct", name, docs)
        }
    }

    /// Sets the derived traits.
    pub fn derive(&mut self, traits: &[&str]) {
        self.derives = traits.join(", ");
    }

    /// Adds a member: its documentation, and its text without a comma.
    pub fn member(&mut self, docs: Vec<String>, text: impl Into<String>) {
        self.push(docs, text.into(), None);
    }

    /// Adds a variant with fields: their documentation, and their texts.
    pub fn variant(&mut self, docs: Vec<String>, name: &str, fields: Vec<(Vec<String>, String)>) {
        self.push(docs, name.to_owned(), Some(fields));
    }

    fn push(
        &mut self,
        docs: Vec<String>,
        text: String,
        fields: Option<Vec<(Vec<String>, String)>>,
    ) {
        if let Body::Members(members) = &mut self.body {
            members.push(Member { docs, text, fields });
        }
    }

    /// Whether the printer would lay it out line by line as it is written here.
    pub(super) fn is_plain(&self) -> bool {
        let fits = |text: &str, around: usize| {
            text.len() + around <= WIDTH && is_plain_type(text.strip_prefix("pub ").unwrap_or(text))
        };
        // `#[derive()]`.
        self.derives.len() + 11 <= WIDTH
            && match &self.body {
                Body::Type(start, of, end) => {
                    fits(of, self.head.len() + start.len() + end.len() - 1)
                }
                // An indentation and a comma.
                Body::Members(members) => members.iter().all(|member| match &member.fields {
                    None => fits(&member.text, 5),
                    Some(fields) => fields.iter().all(|(_, text)| fits(text, 9)),
                }),
            }
    }
}

impl fmt::Display for Definition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        docs(f, 0, &self.docs)?;
        if !self.derives.is_empty() {
            writeln!(f, "#[derive({})]", self.derives)?;
        }
        f.write_str(&self.head)?;
        let members = match &self.body {
            Body::Members(members) if members.is_empty() => return f.write_str(" {}\n"),
            Body::Members(members) => members,
            Body::Type(start, of, end) => {
                f.write_str(start)?;
                f.write_str(of)?;
                return f.write_str(end);
            }
        };
        f.write_str(" {\n")?;
        for member in members {
            docs(f, 4, &member.docs)?;
            f.write_str("    ")?;
            f.write_str(&member.text)?;
            match &member.fields {
                None => {}
                Some(fields) if fields.is_empty() => f.write_str(" {}")?,
                Some(fields) => {
                    f.write_str(" {\n")?;
                    for (lines, text) in fields {
                        docs(f, 8, lines)?;
                        writeln!(f, "        {text},")?;
                    }
                    f.write_str("    }")?;
                }
            }
            f.write_str(",\n")?;
        }
        f.write_str("}\n")
    }
}

#[cfg(test)]
#[path = "definition_tests.rs"]
mod tests;
