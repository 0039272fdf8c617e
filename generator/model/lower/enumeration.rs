//! `enum` and `const`.

use std::collections::HashMap;

use indexmap::IndexMap;

use crate::diag::{Code, Diagnostic};
use crate::document::{JsonType, Node, Number, Schema, TypeSet};

use super::super::enumeration::{EnumBase, EnumValue, Enumeration, Scalar};
use super::super::types::Shape;
use super::Lower;
use super::schema::allows_null;

/// Extensions that name the values, or describe them: a list, or an object by value.
const NAMES: &[&str] = &["x-enum-varnames", "x-enumNames", "x-enum-names"];
const DESCRIPTIONS: &[&str] = &["x-enum-descriptions", "x-enumDescriptions"];

impl Lower<'_> {
    /// A list of scalars, where the schema is one. Others keep the type that they restrict.
    pub(super) fn enumeration(&mut self, schema: &Schema) -> Option<Shape> {
        let values = self.possible(schema);
        // A value that is listed again adds nothing.
        let mut indices: IndexMap<Scalar, usize> = IndexMap::with_capacity(values.len());
        for (index, node) in &values {
            indices.entry(Scalar::of(node)?).or_insert(*index);
        }
        let [names, descriptions] = [NAMES, DESCRIPTIONS].map(|keys| Texts::find(schema, keys));
        let microsoft = Microsoft::find(schema);
        let list: Vec<EnumValue> = indices
            .into_iter()
            .map(|(wire, index)| EnumValue {
                name: names
                    .of(index, &wire)
                    .or_else(|| microsoft.text(&wire, "name")),
                description: descriptions
                    .of(index, &wire)
                    .or_else(|| microsoft.text(&wire, "description")),
                wire,
            })
            .collect();
        let base = base(&list)?;
        if base == EnumBase::Booleans && list.len() == 2 {
            return Some(Shape::Bool);
        }
        Some(Shape::Enum(Enumeration {
            base,
            values: list,
            open: false,
        }))
    }

    /// The listed values that the schema's own `type` leaves possible, with their indices; `null` aside.
    fn possible(&mut self, schema: &Schema) -> Vec<(usize, Node)> {
        let written = written(schema);
        let mut possible = Vec::with_capacity(written.len());
        let mut odd = Vec::new();
        for (index, node) in written.iter().enumerate() {
            match schema.types.map_or(Fit::Whole, |types| fit(node, types)) {
                _ if node.is_null() => {
                    if !allows_null(schema) && schema.types.is_some() {
                        odd.push("`null` is left out".to_owned());
                    }
                }
                Fit::Whole => possible.push((index, node.clone())),
                Fit::Taken(taken) => {
                    let shown: String = as_text(node).chars().take(40).collect();
                    odd.push(format!("`{shown}` is taken as {}", taken.kind_name()));
                    possible.push((index, taken));
                }
                Fit::None => {
                    odd.push(format!("{} is left out", node.kind_name()));
                }
            }
        }
        if let Some(first) = odd.first() {
            let more = match odd.len() - 1 {
                0 => String::new(),
                more => format!(", and {more} more"),
            };
            self.sink.push(
                Diagnostic::new(
                    Code::ENUM_TYPE_MISMATCH,
                    schema.place.clone(),
                    format!("a listed value is not of the schema's `type`: {first}{more}"),
                )
                .help("list values of that type, or add their type"),
            );
        }
        possible
    }
}

/// The values that a schema lists, where some of them are arrays or objects: its type stays what it is, and a
/// rule compares.
pub(super) fn listed(schema: &Schema) -> Option<Vec<Node>> {
    let values: Vec<&Node> = written(schema)
        .iter()
        .filter(|node| !matches!(schema.types.map(|types| fit(node, types)), Some(Fit::None)))
        .collect();
    let composite = |node: &&Node| matches!(node, Node::Array(_) | Node::Object(_));
    values
        .iter()
        .any(composite)
        .then(|| values.into_iter().cloned().collect())
}

/// The names that a schema of names lists.
pub(super) fn listed_names(schema: &Schema) -> Option<Vec<Node>> {
    let names = written(schema).iter();
    let names: Vec<Node> = names
        .filter(|node| matches!(node, Node::String(_)))
        .cloned()
        .collect();
    (!names.is_empty()).then_some(names)
}

pub(super) fn written(schema: &Schema) -> &[Node] {
    match (&schema.constant, &schema.enumeration) {
        (Some(constant), _) => std::slice::from_ref(constant),
        (None, Some(values)) => values,
        (None, None) => &[],
    }
}

/// How a listed value goes with the schema's `type`.
enum Fit {
    /// It is of that type.
    Whole,
    /// It is of another, but what is meant is beyond doubt: `1` in a list of strings.
    Taken(Node),
    /// It is of another.
    None,
}

fn fit(node: &Node, types: TypeSet) -> Fit {
    let number = types.contains(JsonType::Number);
    let whole = match node {
        Node::Null => types.contains(JsonType::Null),
        Node::Bool(_) => types.contains(JsonType::Boolean),
        Node::Number(value) => number || types.contains(JsonType::Integer) && value.is_whole(),
        Node::String(_) => types.contains(JsonType::String),
        Node::Array(_) => types.contains(JsonType::Array),
        Node::Object(_) => types.contains(JsonType::Object),
    };
    if whole {
        return Fit::Whole;
    }
    let taken = match node {
        Node::Bool(_) | Node::Number(_) if types.contains(JsonType::String) => {
            Some(Node::String(as_text(node)))
        }
        Node::String(text) if types.contains(JsonType::Integer) || number => text
            .parse::<i64>()
            .ok()
            .map(|value| Node::Number(Number::Int(value))),
        Node::String(text) if types.contains(JsonType::Boolean) => {
            text.parse().ok().map(Node::Bool)
        }
        _ => None,
    };
    taken.map_or(Fit::None, Fit::Taken)
}

/// What an unquoted value was before it was read: YAML has `1.0` for a number.
fn as_text(node: &Node) -> String {
    match node {
        Node::Number(Number::Float(value)) => format!("{value:?}"),
        Node::Number(number) => number.to_string(),
        Node::Bool(value) => value.to_string(),
        Node::String(text) => text.clone(),
        other => other.kind_name().to_owned(),
    }
}

/// What the values have in common; `None` where there are none.
fn base(list: &[EnumValue]) -> Option<EnumBase> {
    let all = |holds: fn(&Scalar) -> bool| list.iter().all(|value| holds(&value.wire));
    if list.is_empty() {
        None
    } else if all(|scalar| matches!(scalar, Scalar::String(_))) {
        Some(EnumBase::Strings)
    } else if all(|scalar| matches!(scalar, Scalar::Number(number) if number.as_i64().is_some())) {
        Some(EnumBase::Integers)
    } else if all(|scalar| matches!(scalar, Scalar::Bool(_))) {
        Some(EnumBase::Booleans)
    } else {
        Some(EnumBase::Scalars)
    }
}

/// Texts that an extension gives to the values of a list.
struct Texts<'a>(Option<&'a Node>);

impl<'a> Texts<'a> {
    /// The first of `extensions` that the schema has.
    fn find(schema: &'a Schema, extensions: &[&str]) -> Self {
        Self(
            extensions
                .iter()
                .find_map(|name| schema.extensions.get(*name)),
        )
    }

    fn of(&self, index: usize, wire: &Scalar) -> Option<String> {
        let node = match self.0? {
            Node::Array(list) => list.get(index),
            Node::Object(by_value) => by_value.get(&wire.to_string()),
            _ => None,
        };
        node?
            .as_str()
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    }
}

/// The entries of `values` in an `x-ms-enum`, by their value.
struct Microsoft<'a>(HashMap<Scalar, &'a Node>);

impl<'a> Microsoft<'a> {
    fn find(schema: &'a Schema) -> Self {
        let extension = schema.extensions.get("x-ms-enum");
        let values = extension
            .and_then(|node| node.get("values"))
            .and_then(Node::as_array);
        let mut entries = HashMap::new();
        for entry in values.into_iter().flatten() {
            if let Some(value) = entry.get("value").and_then(Scalar::of) {
                entries.entry(value).or_insert(entry);
            }
        }
        Self(entries)
    }

    fn text(&self, wire: &Scalar, key: &str) -> Option<String> {
        Some(self.0.get(wire)?.get(key)?.as_str()?.to_owned())
    }
}
