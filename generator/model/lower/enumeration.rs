//! `enum` and `const`.

use crate::diag::Code;
use crate::document::{Node, Schema};

use super::super::types::{EnumValue, Enumeration, Shape};
use super::Lower;

impl Lower<'_> {
    /// A list of strings, where the schema is one; other lists keep the type that they restrict.
    pub(super) fn enumeration(&mut self, schema: &Schema) -> Option<Shape> {
        let one;
        let values: &[Node] = match (&schema.enumeration, &schema.constant) {
            (Some(values), _) => values,
            (None, Some(constant)) => {
                one = [constant.clone()];
                &one
            }
            (None, None) => return None,
        };
        let strings: Option<Vec<&str>> = values
            .iter()
            .filter(|value| !value.is_null())
            .map(Node::as_str)
            .collect();
        let Some(strings) = strings.filter(|strings| !strings.is_empty()) else {
            self.note(
                Code::UNSUPPORTED_ENUM,
                schema,
                "only lists of strings become an enum; the values of this one are not checked",
            );
            return None;
        };
        let names = texts(schema, "x-enum-varnames");
        let descriptions = texts(schema, "x-enum-descriptions");
        let mut list: Vec<EnumValue> = Vec::with_capacity(strings.len());
        for (index, wire) in strings.into_iter().enumerate() {
            if list.iter().any(|value| value.wire == wire) {
                continue;
            }
            list.push(EnumValue {
                wire: wire.to_owned(),
                name: names.get(index).cloned().flatten(),
                description: descriptions.get(index).cloned().flatten(),
            });
        }
        Some(Shape::Enum(Enumeration { values: list }))
    }
}

fn texts(schema: &Schema, extension: &str) -> Vec<Option<String>> {
    let Some(Node::Array(list)) = schema.extensions.get(extension) else {
        return Vec::new();
    };
    list.iter()
        .map(|node| node.as_str().map(str::to_owned))
        .collect()
}
