//! Keywords that mean something else in OpenAPI, or are not as JSON Schema wants them.

use serde_json::{Map, Value, json};

use crate::raw::{ANNOTATIONS, Files, Site};

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

/// The widths of integers that OpenAPI's registry of formats has; JSON Schema knows none of them.
pub(super) fn integer_width(schema: &mut Map<String, Value>) {
    let is_integer = match schema.get("type") {
        Some(Value::String(ty)) => ty == "integer",
        Some(Value::Array(types)) => types.iter().any(|ty| ty == "integer"),
        _ => false,
    };
    let bound = |keyword| schema.get(keyword).and_then(Value::as_f64);
    let (minimum, maximum) = match schema.get("format").and_then(Value::as_str) {
        Some("int8") => (json!(i8::MIN), json!(i8::MAX)),
        Some("int16") => (json!(i16::MIN), json!(i16::MAX)),
        Some("int32") => (json!(i32::MIN), json!(i32::MAX)),
        Some("uint8") => (json!(u8::MIN), json!(u8::MAX)),
        Some("uint16") => (json!(u16::MIN), json!(u16::MAX)),
        Some("uint32") => (json!(u32::MIN), json!(u32::MAX)),
        Some("uint64" | "uint") => (json!(u64::MIN), json!(u64::MAX)),
        None if bound("minimum") >= Some(0.0) && bound("maximum") > Some(BEYOND_I64) => {
            (json!(u64::MIN), json!(u64::MAX))
        }
        // Nor can an integer without a format be any wider in practice.
        _ => (json!(i64::MIN), json!(i64::MAX)),
    };
    if is_integer {
        narrow(schema, "minimum", minimum, |given, bound| given <= bound);
        narrow(schema, "maximum", maximum, |given, bound| given >= bound);
    }
}

/// 2^63, which is what the greatest `i64` is as a double.
const BEYOND_I64: f64 = 9_223_372_036_854_775_808.0;

fn narrow(
    schema: &mut Map<String, Value>,
    keyword: &str,
    bound: Value,
    wider: fn(f64, f64) -> bool,
) {
    let given = schema.get(keyword).and_then(Value::as_f64);
    let limit = bound.as_f64().unwrap_or_default();
    if given.is_none_or(|given| wider(given, limit)) {
        schema.insert(keyword.to_owned(), bound);
    }
}

/// A branch that is `nullable` and says nothing else: 3.0 has no null type, and some tools write this for it.
pub(super) fn is_null_branch(site: &Site, schema: &Map<String, Value>) -> bool {
    let mut segments = site.pointer.rsplit('/').skip(1);
    let branch = matches!(segments.next(), Some("anyOf" | "oneOf" | "allOf"));
    branch
        && schema.get("nullable") == Some(&Value::Bool(true))
        && schema
            .keys()
            .all(|keyword| ANNOTATIONS.contains(&keyword.as_str()))
}

/// What a discriminator says: OpenAPI expects its property to be there, and to name the schema.
pub(super) fn discriminator(files: &Files, site: &Site, schema: &mut Map<String, Value>) {
    let Some(Value::Object(written)) = schema.get("discriminator") else {
        return;
    };
    let name = written.get("propertyName").and_then(Value::as_str);
    let (Some(name), None) = (name.map(str::to_owned), written.get("defaultMapping")) else {
        return;
    };
    for keyword in ["oneOf", "anyOf"] {
        let Some(Value::Array(branches)) = schema.get_mut(keyword) else {
            continue;
        };
        for (index, branch) in branches.iter_mut().enumerate() {
            let branch_site = site.below(keyword).below(&index.to_string());
            if files
                .get(&branch_site)
                .is_some_and(|it| it.get("$ref").is_some())
            {
                let inner = branch.take();
                *branch = json!({ "allOf": [inner, { "required": [&name] }] });
            }
        }
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
