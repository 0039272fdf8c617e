//! What the keywords of a schema are.

use serde_json::Value;

/// Keywords that hold a map of schemas.
pub(crate) const SCHEMA_MAPS: &[&str] = &[
    "properties",
    "patternProperties",
    "dependentSchemas",
    "$defs",
    "definitions",
];

/// Keywords that hold a list of schemas.
pub(crate) const SCHEMA_LISTS: &[&str] = &["allOf", "anyOf", "oneOf", "prefixItems"];

/// Keywords that hold a schema.
pub(crate) const SCHEMA_SINGLES: &[&str] = &[
    "items",
    "additionalProperties",
    "not",
    "if",
    "then",
    "else",
    "contains",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
    "contentSchema",
];

/// Keywords that say something of values without restricting them.
pub(crate) const ANNOTATIONS: &[&str] = &[
    "title",
    "description",
    "default",
    "example",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
    "externalDocs",
    "xml",
    "nullable",
    "format",
    "contentMediaType",
    "contentEncoding",
    "$comment",
    "$id",
    "$schema",
    "$anchor",
    "$defs",
    "definitions",
    "discriminator",
];

/// Whether a keyword restricts the values of its schema, over and above its type.
pub(crate) fn is_restriction(keyword: &str, value: &Value) -> bool {
    match keyword {
        "additionalProperties" | "unevaluatedProperties" | "unevaluatedItems" => {
            *value == Value::Bool(false) || (keyword != "additionalProperties" && value.is_object())
        }
        "uniqueItems" => *value == Value::Bool(true),
        "required" => value.as_array().is_some_and(|names| !names.is_empty()),
        "exclusiveMinimum" | "exclusiveMaximum" => *value != Value::Bool(false),
        "maxLength" | "minLength" | "pattern" | "format" | "minimum" | "maximum" | "multipleOf"
        | "minItems" | "maxItems" | "contains" | "minContains" | "maxContains"
        | "minProperties" | "maxProperties" | "propertyNames" | "enum" | "const" | "not" | "if"
        | "dependentRequired" | "dependentSchemas" | "dependencies" => true,
        _ => false,
    }
}
