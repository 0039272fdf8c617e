//! Forms whose properties are written each in a way of its own.

use crate::document::Object;
use crate::model::{Codec, Content, FormPart, Node, Style};

/// What stands between the parts of a made-up form.
pub(super) const BOUNDARY: &str = "sample-boundary";

/// Whether a body goes in parts.
pub(super) fn is_of_parts(content: &Content) -> bool {
    match content.codec {
        Codec::Parts { .. } => true,
        Codec::Encoded => content.media_type.trim().starts_with("multipart/"),
        _ => false,
    }
}

/// A value as its parts, or the text of the form.
pub(super) fn spelled(content: &Content, value: &Node) -> Node {
    let Node::Object(members) = value else {
        return value.clone();
    };
    let mut pairs = Vec::new();
    for (name, value) in members.iter() {
        match content.parts.iter().find(|part| part.name == *name) {
            Some(part) if part.is_styled() => styled(part, value, &mut pairs),
            _ => each(name, value, &mut pairs),
        }
    }
    if !is_of_parts(content) {
        let pairs = pairs.iter().map(|pair| {
            let text: Vec<String> = pair.texts.iter().map(|text| encoded(text)).collect();
            format!("{}={}", encoded(&pair.name), text.join(pair.between))
        });
        return Node::String(pairs.collect::<Vec<_>>().join("&"));
    }
    let mut parts = Object::new();
    for pair in pairs {
        let between = match pair.between {
            "%20" => " ",
            "%7C" => "|",
            other => other,
        };
        let text = Node::String(pair.texts.join(between));
        match parts.get_mut(&pair.name) {
            Some(Node::Array(items)) => items.push(text),
            Some(first) => *first = Node::Array(vec![first.clone(), text]),
            None => {
                parts.insert(pair.name, text);
            }
        }
    }
    Node::Object(Box::new(parts))
}

/// A name and its text, whose pieces have something in between that is no text.
struct Pair {
    name: String,
    texts: Vec<String>,
    between: &'static str,
}

impl Pair {
    fn new(name: impl Into<String>, value: &Node) -> Self {
        Self {
            name: name.into(),
            texts: vec![text(value)],
            between: "",
        }
    }
}

fn text(value: &Node) -> String {
    match value {
        Node::String(text) => text.clone(),
        other => other.to_json().to_string(),
    }
}

/// A pair for a value, or for each item of a list.
fn each(name: &str, value: &Node, pairs: &mut Vec<Pair>) {
    match value {
        Node::Array(items) => pairs.extend(items.iter().map(|item| Pair::new(name, item))),
        value => pairs.push(Pair::new(name, value)),
    }
}

fn styled(part: &FormPart, value: &Node, pairs: &mut Vec<Pair>) {
    let name = &part.name;
    match (part.writing.style, value) {
        (Style::Json, value) => pairs.push(Pair {
            name: name.clone(),
            texts: vec![value.to_json().to_string()],
            between: "",
        }),
        (Style::DeepObject, value) => deep(name, value, pairs),
        (_, Node::Object(members)) if !part.spread.is_empty() => {
            for (name, value) in members.iter() {
                each(name, value, pairs);
            }
        }
        (style, Node::Array(items)) => pairs.push(Pair {
            name: name.clone(),
            texts: items.iter().map(text).collect(),
            between: between(style),
        }),
        (style, Node::Object(members)) => {
            let texts = members.iter();
            pairs.push(Pair {
                name: name.clone(),
                texts: texts
                    .flat_map(|(name, value)| [name.clone(), text(value)])
                    .collect(),
                between: between(style),
            });
        }
        (_, value) => pairs.push(Pair::new(name, value)),
    }
}

fn deep(name: &str, value: &Node, pairs: &mut Vec<Pair>) {
    match value {
        Node::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                deep(&format!("{name}[{index}]"), item, pairs);
            }
        }
        Node::Object(members) => {
            for (key, value) in members.iter() {
                deep(&format!("{name}[{key}]"), value, pairs);
            }
        }
        value => pairs.push(Pair::new(name, value)),
    }
}

fn between(style: Style) -> &'static str {
    match style {
        Style::SpaceDelimited => "%20",
        Style::PipeDelimited => "%7C",
        _ => ",",
    }
}

/// A text as it stands in a form (RFC 3986, section 2.3).
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out += &format!("%{byte:02X}");
        }
    }
    out
}
