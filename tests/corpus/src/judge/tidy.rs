//! Keywords that mean something else in OpenAPI, or are not as JSON Schema wants them.

use serde_json::{Map, Value};

/// The boolean `exclusiveMinimum` of 3.0, which says how `minimum` is meant.
pub(super) fn exclusive(schema: &mut Map<String, Value>, exclusive: &str, bound: &str) {
    match schema.get(exclusive) {
        Some(Value::Bool(true)) => {
            schema.remove(exclusive);
            if let Some(bound) = schema.remove(bound) {
                schema.insert(exclusive.to_owned(), bound);
            }
        }
        Some(Value::Bool(false)) => {
            schema.remove(exclusive);
        }
        _ => {}
    }
}

/// `int32` and `int64` are what OpenAPI itself says they are; JSON Schema knows neither.
pub(super) fn integer_width(schema: &mut Map<String, Value>) {
    let is_integer = match schema.get("type") {
        Some(Value::String(ty)) => ty == "integer",
        Some(Value::Array(types)) => types.iter().any(|ty| ty == "integer"),
        _ => false,
    };
    let (minimum, maximum) = match schema.get("format").and_then(Value::as_str) {
        Some("int32") => (i64::from(i32::MIN), i64::from(i32::MAX)),
        // Nor can an integer without a format be any wider in practice.
        _ => (i64::MIN, i64::MAX),
    };
    if is_integer {
        narrow(schema, "minimum", minimum, |given, bound| given < bound);
        narrow(schema, "maximum", maximum, |given, bound| given > bound);
    }
}

#[expect(clippy::cast_precision_loss, reason = "only compared")]
fn narrow(schema: &mut Map<String, Value>, keyword: &str, bound: i64, wider: fn(f64, f64) -> bool) {
    let given = schema.get(keyword).and_then(Value::as_f64);
    if given.is_none_or(|given| wider(given, bound as f64)) {
        schema.insert(keyword.to_owned(), Value::from(bound));
    }
}

const TYPES: &[&str] = &[
    "string", "number", "integer", "boolean", "array", "object", "null",
];

/// Removes what would make the whole schema unusable.
pub(super) fn unusable(schema: &mut Map<String, Value>) {
    let is_type = |ty: &Value| ty.as_str().is_some_and(|ty| TYPES.contains(&ty));
    schema.retain(|keyword, value| match keyword.as_str() {
        "type" => match value {
            Value::Array(types) => !types.is_empty() && types.iter().all(is_type),
            ty => is_type(ty),
        },
        "required" => value
            .as_array()
            .is_some_and(|names| names.iter().all(Value::is_string)),
        "enum" => value.is_array(),
        "allOf" | "anyOf" | "oneOf" | "prefixItems" => value
            .as_array()
            .is_some_and(|branches| !branches.is_empty()),
        "properties" | "patternProperties" | "dependentSchemas" | "$defs" | "dependentRequired" => {
            value.is_object()
        }
        "items"
        | "additionalProperties"
        | "not"
        | "if"
        | "then"
        | "else"
        | "contains"
        | "propertyNames"
        | "unevaluatedItems"
        | "unevaluatedProperties" => value.is_object() || value.is_boolean(),
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" => value.is_number(),
        "multipleOf" => value.as_f64().is_some_and(|step| step > 0.0),
        "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties"
        | "minContains" | "maxContains" => value.as_f64().is_some_and(|count| count >= 0.0),
        "uniqueItems" => value.is_boolean(),
        "pattern" | "format" => value.is_string(),
        // Names of the document's own would change what references are relative to.
        "$id" | "id" | "$schema" | "$anchor" | "$dynamicAnchor" | "$dynamicRef"
        | "$recursiveRef" | "$vocabulary" | "dependencies" => false,
        _ => true,
    });
}
