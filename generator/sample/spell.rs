//! What of a value its place can carry, and the text of a response header.

use crate::model::{Codec, Location, Node, Style, Writing};

/// How a value travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Carrier {
    /// As JSON.
    Json,
    /// In a form, or in a query.
    Form,
    /// In the path.
    Path,
    /// In a header or a cookie, as it is.
    Line,
}

impl Carrier {
    /// That of a body.
    pub(super) fn of_body(codec: Codec) -> Self {
        match codec {
            Codec::Form { .. } | Codec::Encoded | Codec::Parts { .. } => Self::Form,
            _ => Self::Json,
        }
    }

    /// That of a parameter or header.
    pub(super) fn of(location: Location, writing: Writing) -> Self {
        match (location, writing.style) {
            (Location::Path, Style::Json) => Self::Form,
            (Location::Path, _) => Self::Path,
            (_, Style::WholeJson) => Self::Json,
            (Location::Query, _) => Self::Form,
            (Location::Header | Location::Cookie, _) => Self::Line,
        }
    }

    /// Whether `null` is told apart from other texts.
    pub(super) fn has_null(self) -> bool {
        self == Self::Json
    }

    /// Whether a list or object with nothing in it is told apart from none.
    pub(super) fn has_empty(self) -> bool {
        self == Self::Json
    }

    /// Whether it can carry a text, alone or as a part.
    pub(super) fn holds(self, text: &str) -> bool {
        match self {
            Self::Json => true,
            Self::Form => !text.contains(['|', ' ']),
            Self::Path => !matches!(text, "" | "." | ".."),
            Self::Line => {
                let is_plain =
                    |c: char| c.is_ascii_graphic() && !matches!(c, ',' | ';' | '"' | '%');
                !text.is_empty()
                    && text.chars().all(|c| is_plain(c) || c == ' ')
                    && text.trim() == text
            }
        }
    }

    /// Whether it can carry a value of any kind.
    pub(super) fn carries(self, value: &Node) -> bool {
        match value {
            Node::String(text) => self.holds(text),
            _ => self == Self::Json,
        }
    }
}

/// The texts of a header, which is `style: simple` unless it has a line for each item; `None` where it has none.
pub(super) fn header(value: &Node, writing: Writing) -> Option<Vec<String>> {
    if writing.style == Style::Json {
        return Some(vec![value.to_json().to_string()]);
    }
    match value {
        Node::Array(items) if writing.style == Style::Lines => items.iter().map(scalar).collect(),
        Node::Array(items) => {
            let parts: Option<Vec<String>> = items.iter().map(scalar).collect();
            parts.map(|parts| vec![parts.join(",")])
        }
        Node::Object(members) => {
            let between = if writing.explode { "=" } else { "," };
            let pair = |(name, value): (&String, &Node)| {
                scalar(value).map(|value| [name, between, &value].concat())
            };
            let pairs: Option<Vec<String>> = members.iter().map(pair).collect();
            pairs.map(|pairs| vec![pairs.join(",")])
        }
        value => scalar(value).map(|text| vec![text]),
    }
}

fn scalar(value: &Node) -> Option<String> {
    match value {
        Node::Bool(value) => Some(value.to_string()),
        Node::Number(number) => Some(number.to_string()),
        Node::String(text) => Some(text.clone()),
        Node::Null | Node::Array(_) | Node::Object(_) => None,
    }
}
