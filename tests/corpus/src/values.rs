//! Places that became `serde_json::Value` although their schema says what stands there.

use serde_json::Value;
use specwright::inspect::TypeEntry;

use crate::raw::{ANNOTATIONS, Files, Site, is_restriction};

/// How far references and branches are followed.
const DEPTH: usize = 24;

/// Those of `entries` that are untyped without need.
pub(crate) fn needless<'a>(
    files: &Files,
    entries: impl Iterator<Item = (Site, &'a TypeEntry)>,
) -> Vec<(Site, String)> {
    let mut found = Vec::new();
    for (site, entry) in entries {
        let Some(schema) = files.get(&site) else {
            continue;
        };
        // What is referred to is looked at where it stands.
        let reference = schema.get("$ref").is_some();
        if !reference && is_untyped(&entry.rust) && !is_free(files, &site, DEPTH) {
            found.push((site, entry.rust.clone()));
        }
    }
    found
}

/// Whether a type expression is `Value`, or a map of them, `null` aside.
fn is_untyped(rust: &str) -> bool {
    let mut rust = rust;
    for wrapper in ["Option<", "Maybe<", "Box<"] {
        if let Some(inner) = rust.strip_prefix(wrapper) {
            rust = inner.strip_suffix('>').unwrap_or(inner);
        }
    }
    let last = |path: &str| path.rsplit("::").next().unwrap_or_default().to_owned();
    match rust.split_once('<') {
        None => last(rust) == "Value",
        Some((map, arguments)) => {
            let map = last(map);
            let value = arguments.trim_end_matches('>').rsplit(", ").next();
            (map == "Map" || map == "BTreeMap" || map == "HashMap")
                && value.is_some_and(|value| last(value) == "Value")
        }
    }
}

/// Whether a schema says nothing of its values, or only that they are objects.
pub(crate) fn is_free(files: &Files, site: &Site, depth: usize) -> bool {
    let Some(schema) = files.get(site) else {
        // A reference into nowhere.
        return true;
    };
    let Value::Object(keywords) = schema else {
        return true;
    };
    if depth == 0 {
        return false;
    }
    if let Some(Value::String(reference)) = keywords.get("$ref") {
        return files
            .followed(site.file, reference)
            .is_none_or(|target| is_free(files, &target, depth - 1));
    }
    keywords.iter().all(|(keyword, value)| {
        let below = |segment: &str| Site {
            file: site.file,
            pointer: format!("{}/{keyword}{segment}", site.pointer),
        };
        let branches = || {
            let branches = value.as_array().map_or(0, Vec::len);
            (0..branches).map(|index| is_free(files, &below(&format!("/{index}")), depth - 1))
        };
        match keyword.as_str() {
            "type" => may_be_anything(value),
            "properties" | "patternProperties" | "required" | "prefixItems" => is_empty(value),
            "additionalProperties" => value.is_boolean() || is_free(files, &below(""), depth - 1),
            "allOf" => branches().all(|free| free),
            "anyOf" => is_empty(value) || branches().any(|free| free),
            "oneOf" => is_empty(value) || branches().all(|free| free),
            // There is no type for one of several objects or lists.
            "enum" => value
                .as_array()
                .is_some_and(|values| values.iter().any(|it| it.is_object() || it.is_array())),
            "const" => value.is_object() || value.is_array(),
            // They say nothing of what is no array.
            "items" => keywords.get("type").is_some_and(|ty| !allows(ty, "array")),
            other => {
                // What only restricts leaves the type as it is.
                ANNOTATIONS.contains(&other)
                    || other.starts_with("x-")
                    || is_restriction(other, value)
                    || matches!(other, "then" | "else" | "unevaluatedProperties" | "unevaluatedItems")
                    // Nor is anything known of a keyword that does not exist.
                    || !KNOWN.contains(&other)
            }
        }
    })
}

const KNOWN: &[&str] = &["$dynamicRef", "$recursiveRef"];

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.is_empty(),
        Value::Object(map) => map.is_empty(),
        _ => true,
    }
}

/// `object`, or so many types that nothing is said.
fn may_be_anything(ty: &Value) -> bool {
    match ty {
        Value::String(ty) => ty == "object" || !TYPES.contains(&ty.as_str()),
        Value::Array(types) => {
            let scalar = |ty: &&Value| **ty != "null" && **ty != "object";
            types.iter().filter(scalar).count() == 0
        }
        _ => true,
    }
}

/// Whether `type` has `kind` among its types.
fn allows(ty: &Value, kind: &str) -> bool {
    match ty {
        Value::Array(types) => types.iter().any(|ty| ty == kind),
        ty => ty == kind,
    }
}

const TYPES: &[&str] = &["string", "number", "integer", "boolean", "array", "null"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn untyped_expressions() {
        for rust in [
            "Value",
            "Option<Value>",
            "Map<String, Value>",
            "std::collections::BTreeMap<String, serde_json::Value>",
        ] {
            assert!(is_untyped(rust), "{rust}");
        }
        for rust in [
            "String",
            "Vec<Value>",
            "types::Value2",
            "BTreeMap<String, types::Pet>",
        ] {
            assert!(!is_untyped(rust), "{rust}");
        }
    }
}
