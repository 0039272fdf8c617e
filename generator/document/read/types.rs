//! The keyword `type`.

use super::{At, Reader};
use crate::diag::{Code, closest, one_of};
use crate::document::{JsonType, Node, TypeSet, Version};

/// What `type` may say, for a help text.
const TYPE_NAMES: [&str; 7] = [
    "string", "integer", "number", "boolean", "array", "object", "null",
];

impl Reader<'_> {
    pub(super) fn types(&mut self, node: Node, at: At<'_>) -> Option<TypeSet> {
        let Node::Array(items) = node else {
            return self.type_name(&node, at).map(TypeSet::only);
        };
        if self.version == Version::V30 {
            self.since(Version::V31, at);
        }
        let mut types = TypeSet::EMPTY;
        let mut understood = true;
        for (index, item) in items.iter().enumerate() {
            match self.type_name(item, at.index(index)) {
                Some(json) => types = types.with(json),
                None => understood = false,
            }
        }
        // A type that is not understood could be any: the others alone would forbid too much.
        (understood && !types.is_empty()).then_some(types)
    }

    fn type_name(&mut self, node: &Node, at: At<'_>) -> Option<JsonType> {
        match node {
            Node::String(name) => {
                let json = JsonType::of(name);
                match json {
                    None => self.unknown_type(name, at),
                    Some(JsonType::Null) => self.since(Version::V31, at),
                    Some(_) => {}
                }
                json
            }
            // YAML reads an unquoted `null` so.
            Node::Null => {
                let message = "the type is null itself, not the name `\"null\"`";
                let help = "put it in quotes; it is taken as the type `null`";
                self.report_with_help(Code::WRONG_TYPE, at, message, help);
                Some(JsonType::Null)
            }
            other => {
                self.wrong_type(at, "a string or an array of strings", other);
                None
            }
        }
    }

    fn unknown_type(&mut self, name: &str, at: At<'_>) {
        let meant = match name.to_ascii_lowercase().as_str() {
            "int" | "int32" | "int64" | "long" | "short" => Some("integer"),
            "float" | "double" | "decimal" | "numeric" => Some("number"),
            "bool" => Some("boolean"),
            "str" | "text" | "date" | "datetime" | "date-time" | "uuid" | "binary" | "file" => {
                Some("string")
            }
            "list" | "set" | "tuple" => Some("array"),
            "dict" | "map" | "hash" | "json" => Some("object"),
            "none" | "nil" => Some("null"),
            _ => closest(name, TYPE_NAMES),
        };
        let message = format!("there is no type `{}`", super::shorten(name));
        let help = match meant {
            Some(meant) => {
                format!("did you mean `{meant}`? Until it is mended, any type is allowed")
            }
            None => format!(
                "use {}; for a value of any type leave `type` out",
                one_of(&TYPE_NAMES)
            ),
        };
        self.report_with_help(Code::UNKNOWN_TYPE, at, message, help);
    }
}
