//! Puts the value of a parameter or header into text.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, utf8_percent_encode};

use crate::support::codec::Encode;
use crate::support::parameter::{Parameter, Style};
use crate::support::params::COMPONENT;
use crate::support::plain::Fault;
use crate::support::to_tree::{json, to_tree};
use crate::support::tree::Tree;
use crate::support::violation::Location;

/// A value as it travels: pairs of a name and a text, both encoded. A path parameter and a header have
/// one pair at most, unless the header has a line for each item.
pub(crate) type Pairs<'p> = Vec<(Cow<'p, str>, String)>;

/// What a query may hold besides, without changing what it means.
const RESERVED: &AsciiSet = &LISTED.remove(b',');

/// The same without the delimiter of lists.
const LISTED: &AsciiSet = &COMPONENT
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b';');

/// What a path segment may hold besides.
const IN_PATH: &AsciiSet = &LISTED.add(b'/').add(b'?').add(b';');

/// Puts a value into text, or says why it cannot be.
pub(crate) fn spell<T: Encode + ?Sized>(
    parameter: &Parameter,
    value: &T,
) -> Result<Pairs<'static>, Fault> {
    let spelling = Spelling(parameter);
    let name = spelling.encode(parameter.name, COMPONENT);
    if matches!(parameter.style, Style::Json | Style::WholeJson) {
        let text = spelling.encode_own(json(value)?, COMPONENT);
        return Ok(vec![(name, text)]);
    }
    match to_tree(value)? {
        Tree::Null => Ok(Vec::new()),
        Tree::Array(items) => spelling.list(name, &items),
        Tree::Object(entries) => spelling.object(name, &entries),
        scalar => {
            let set = spelling.reserved(RESERVED);
            let text = match scalar {
                Tree::String(text) => text,
                other => text_of(&other)?,
            };
            Ok(spelling.one(name, spelling.encode_own(text, set)))
        }
    }
}

struct Spelling<'p>(&'p Parameter);

impl Spelling<'_> {
    /// The characters that are encoded.
    fn reserved(&self, set: &'static AsciiSet) -> &'static AsciiSet {
        match self.0.location {
            _ if !self.0.reserved => COMPONENT,
            Location::Path => IN_PATH,
            _ => set,
        }
    }

    fn encode<'t>(&self, text: &'t str, set: &'static AsciiSet) -> Cow<'t, str> {
        let plain = self.0.location == Location::Header || self.0.style == Style::Cookie;
        if plain {
            text.into()
        } else {
            utf8_percent_encode(text, set).into()
        }
    }

    /// The same, without a copy of what is encoded already.
    fn encode_own(&self, text: String, set: &'static AsciiSet) -> String {
        match self.encode(&text, set) {
            // What is encoded is longer.
            encoded if encoded.len() == text.len() => text,
            encoded => encoded.into_owned(),
        }
    }

    /// A value that is one text.
    fn one<'p>(&self, name: Cow<'p, str>, text: String) -> Pairs<'p> {
        let text = match self.0.style {
            Style::Label => format!(".{text}"),
            Style::Matrix if text.is_empty() => format!(";{name}"),
            Style::Matrix => format!(";{name}={text}"),
            _ => text,
        };
        vec![(name, text)]
    }

    /// What stands between the parts of a value, and the character that it must not be mistaken for.
    fn delimiter(&self) -> (&'static str, char) {
        match self.0.style {
            Style::Label if self.0.explode => (".", '.'),
            Style::Space => ("%20", ' '),
            Style::Pipe => ("%7C", '|'),
            _ => (",", ','),
        }
    }

    /// The text of a part. Where the delimiter cannot be encoded, a part must not hold it.
    fn part(&self, tree: &Tree) -> Result<String, Fault> {
        self.part_text(&text_of(tree)?)
    }

    fn part_text(&self, text: &str) -> Result<String, Fault> {
        let in_header = self.0.location == Location::Header;
        if in_header && text.trim_matches([' ', '\t']) != text {
            let message = "a part of it has space around it, which would be lost";
            return Err(Fault(message.to_owned()));
        }
        if self.0.is_spread() || matches!(self.0.style, Style::Deep | Style::Lines) {
            return Ok(self.encode(text, self.reserved(LISTED)).into_owned());
        }
        let (_, delimiter) = self.delimiter();
        let can_hold =
            !in_header && !matches!(self.0.style, Style::Space | Style::Pipe | Style::Cookie);
        if !can_hold && text.contains(delimiter) {
            let message = format!("a part of it holds `{delimiter}`, which would split it");
            return Err(Fault(message));
        }
        let encoded = self.encode(text, self.reserved(LISTED));
        Ok(if delimiter == '.' {
            encoded.replace('.', "%2E")
        } else {
            encoded.into_owned()
        })
    }

    fn list<'p>(&self, name: Cow<'p, str>, items: &[Tree]) -> Result<Pairs<'p>, Fault> {
        if self.0.style == Style::Deep {
            let mut pairs = Vec::new();
            for (index, item) in items.iter().enumerate() {
                self.deep(&format!("{}[{index}]", self.0.name), item, &mut pairs)?;
            }
            return Ok(or_empty(name, pairs));
        }
        let items = items.iter().filter(|item| !matches!(item, Tree::Null));
        let parts: Vec<String> = items
            .map(|item| self.part(item))
            .collect::<Result<_, _>>()?;
        if self.0.style == Style::Lines {
            return Ok(parts.into_iter().map(|part| (name.clone(), part)).collect());
        }
        if matches!(parts.as_slice(), [only] if only.is_empty()) {
            let message = "a list of one empty text cannot be told from an empty list";
            return Err(Fault(message.to_owned()));
        }
        if !self.0.is_spread() {
            return Ok(self.one(name, parts.join(self.delimiter().0)));
        }
        let pairs = parts.into_iter().map(|part| (name.clone(), part)).collect();
        Ok(self.spread(name.clone(), or_empty(name, pairs)))
    }

    fn object<'p>(
        &self,
        name: Cow<'p, str>,
        entries: &[(String, Tree)],
    ) -> Result<Pairs<'p>, Fault> {
        let entries = entries
            .iter()
            .filter(|(_, value)| !matches!(value, Tree::Null));
        let mut pairs = Vec::new();
        for (key, value) in entries {
            if self.0.style == Style::Deep {
                self.deep(&format!("{}[{key}]", self.0.name), value, &mut pairs)?;
                continue;
            }
            let key: Cow<'_, str> = self.part_text(key)?.into();
            match value {
                Tree::Array(items) if self.0.is_spread() => {
                    for item in items {
                        pairs.push((key.clone(), self.part(item)?));
                    }
                }
                value => pairs.push((key, self.part(value)?)),
            }
        }
        if self.0.style == Style::Deep || self.0.style == Style::WholeForm {
            return Ok(pairs);
        }
        if self.0.is_spread() {
            return Ok(self.spread(name, pairs));
        }
        let (delimiter, _) = self.delimiter();
        let between = if self.0.explode { "=" } else { delimiter };
        let parts: Vec<String> = pairs
            .into_iter()
            .map(|(key, value)| format!("{key}{between}{value}"))
            .collect();
        Ok(self.one(name, parts.join(delimiter)))
    }

    /// Pairs that stand on their own; in a path, and in a cookie of style `form`, they are one text.
    fn spread<'p>(&self, name: Cow<'p, str>, pairs: Pairs<'p>) -> Pairs<'p> {
        if self.0.style == Style::Matrix {
            let texts = pairs.into_iter().map(|(key, value)| {
                if value.is_empty() {
                    format!(";{key}")
                } else {
                    format!(";{key}={value}")
                }
            });
            return vec![(name, texts.collect())];
        }
        if self.0.location != Location::Cookie || self.0.style != Style::Form {
            return pairs;
        }
        let mut pairs = pairs.into_iter();
        let Some((name, mut text)) = pairs.next() else {
            return Vec::new();
        };
        for (key, value) in pairs {
            for piece in ["&", &key, "=", &value] {
                text.push_str(piece);
            }
        }
        vec![(name, text)]
    }

    /// A value whose name has its place in brackets.
    fn deep(&self, name: &str, tree: &Tree, pairs: &mut Pairs<'_>) -> Result<(), Fault> {
        match tree {
            Tree::Null => {}
            Tree::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.deep(&format!("{name}[{index}]"), item, pairs)?;
                }
            }
            Tree::Object(entries) => {
                for (key, value) in entries {
                    self.deep(&format!("{name}[{key}]"), value, pairs)?;
                }
            }
            scalar => {
                let name = self.encode(name, COMPONENT).into_owned();
                pairs.push((name.into(), self.part(scalar)?));
            }
        }
        Ok(())
    }
}

/// An empty list is an empty value.
fn or_empty<'p>(name: Cow<'p, str>, mut pairs: Pairs<'p>) -> Pairs<'p> {
    if pairs.is_empty() {
        pairs.push((name, String::new()));
    }
    pairs
}

/// A scalar as text; a list or an object, for which no style has a place there, as a JSON text.
fn text_of(tree: &Tree) -> Result<String, Fault> {
    match tree {
        Tree::String(text) => Ok(text.clone()),
        Tree::Signed(number) => Ok(number.to_string()),
        Tree::Unsigned(number) => Ok(number.to_string()),
        other => serde_json::to_string(other).map_err(|error| Fault(error.to_string())),
    }
}
