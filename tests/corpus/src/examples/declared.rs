//! Values without the keys that their schema does not declare.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::raw::{Files, Site};

/// How deep values and branches are followed.
const DEPTH: usize = 64;

/// The value, with only those keys of its objects that some branch of the schema declares. An object of
/// which no branch declares a property is left as it is.
pub(crate) fn only(files: &Files, schema: &Site, value: &Value) -> Value {
    let strip = Strip { files, best: false };
    strip.value(std::slice::from_ref(schema), value, value, DEPTH)
}

/// The same, where of a union only that branch counts which declares most of the keys of another value.
pub(crate) fn only_like(files: &Files, schema: &Site, value: &Value, like: &Value) -> Value {
    let strip = Strip { files, best: true };
    strip.value(std::slice::from_ref(schema), value, like, DEPTH)
}

/// The keys that some branch of the schema declares.
pub(crate) fn keys(files: &Files, schema: &Site) -> BTreeSet<String> {
    let strip = Strip { files, best: false };
    let mut all = Vec::new();
    strip.branches(schema, &Value::Null, &mut all);
    let properties = all
        .iter()
        .filter_map(|site| files.get(site)?.get("properties")?.as_object());
    properties.flat_map(Map::keys).cloned().collect()
}

struct Strip<'a> {
    files: &'a Files,
    /// Whether one branch of each union counts, rather than all.
    best: bool,
}

impl Strip<'_> {
    fn value(&self, schemas: &[Site], value: &Value, like: &Value, depth: usize) -> Value {
        if depth == 0 || !(value.is_object() || value.is_array()) {
            return value.clone();
        }
        let mut all = Vec::new();
        for site in schemas {
            self.branches(site, like, &mut all);
        }
        let all: Vec<(&Site, &Map<String, Value>)> = all
            .iter()
            .filter_map(|site| Some((site, self.files.get(site)?.as_object()?)))
            .collect();
        match value {
            Value::Object(entries) => self.object(&all, entries, like, depth),
            Value::Array(items) => {
                let stripped = items.iter().enumerate().map(|(index, item)| {
                    let inner = item_schemas(&all, index);
                    self.value(&inner, item, like.get(index).unwrap_or(item), depth - 1)
                });
                Value::Array(stripped.collect())
            }
            other => other.clone(),
        }
    }

    fn object(
        &self,
        schemas: &[(&Site, &Map<String, Value>)],
        entries: &Map<String, Value>,
        like: &Value,
        depth: usize,
    ) -> Value {
        let has = |keyword: &str| {
            let filled = |value: &Value| value.as_object().is_some_and(|map| !map.is_empty());
            schemas
                .iter()
                .any(|(_, schema)| schema.get(keyword).is_some_and(filled))
        };
        let extra = |value: &Value| value.is_object() || *value == Value::Bool(true);
        let open = schemas
            .iter()
            .any(|(_, schema)| schema.get("additionalProperties").is_some_and(extra));
        let keep_all = open || has("patternProperties") || !has("properties");
        let mut kept = Map::new();
        for (key, entry) in entries {
            let mut inner = Vec::new();
            for (site, schema) in schemas {
                if let Some(property) = property(self.files, site, schema, key) {
                    inner.push(property);
                    continue;
                }
                let extra = schema.get("additionalProperties");
                if extra.is_some_and(Value::is_object) {
                    inner.push(site.below("additionalProperties"));
                }
                if let Some(Value::Object(patterns)) = schema.get("patternProperties") {
                    let site = site.below("patternProperties");
                    inner.extend(patterns.keys().map(|pattern| site.below(pattern)));
                }
            }
            if keep_all || !inner.is_empty() {
                let like = like.get(key).unwrap_or(entry);
                kept.insert(key.clone(), self.value(&inner, entry, like, depth - 1));
            }
        }
        Value::Object(kept)
    }

    /// The schema at `site` and every schema that may apply beside it.
    fn branches(&self, site: &Site, value: &Value, all: &mut Vec<Site>) {
        if all.contains(site) {
            return;
        }
        let Some(Value::Object(schema)) = self.files.get(site) else {
            return;
        };
        all.push(site.clone());
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            if let Some(target) = self.files.followed(site.file, reference) {
                self.branches(&target, value, all);
            }
            if self.files.is_3_0() {
                return;
            }
        }
        for keyword in ["allOf", "anyOf", "oneOf"] {
            let Some(Value::Array(list)) = schema.get(keyword) else {
                continue;
            };
            let each = (0..list.len()).map(|index| site.below(keyword).below(&index.to_string()));
            if self.best && keyword != "allOf" {
                let found = each.map(|site| {
                    let mut found = Vec::new();
                    self.branches(&site, value, &mut found);
                    found
                });
                // The first of those that declare as many.
                let best = found.rev().max_by_key(|found| self.declared(found, value));
                all.extend(best.unwrap_or_default());
            } else {
                each.for_each(|site| self.branches(&site, value, all));
            }
        }
        for keyword in ["if", "then", "else"] {
            self.branches(&site.below(keyword), value, all);
        }
    }

    /// How many keys of the value these schemas declare.
    fn declared(&self, schemas: &[Site], value: &Value) -> usize {
        let keys = value.as_object().into_iter().flat_map(Map::keys);
        let declares = |key: &&String| {
            schemas.iter().any(|site| {
                let schema = self.files.get(site).and_then(Value::as_object);
                schema.is_some_and(|schema| property(self.files, site, schema, key).is_some())
            })
        };
        keys.filter(declares).count()
    }
}

fn property(files: &Files, site: &Site, schema: &Map<String, Value>, key: &str) -> Option<Site> {
    let properties = schema.get("properties")?;
    let map = match properties.get("$ref").and_then(Value::as_str) {
        Some(reference) => files.followed(site.file, reference)?,
        None => site.below("properties"),
    };
    let property = map.below(key);
    files.get(&property).is_some().then_some(property)
}

fn item_schemas(schemas: &[(&Site, &Map<String, Value>)], index: usize) -> Vec<Site> {
    let mut inner = Vec::new();
    for (site, schema) in schemas {
        let prefix = schema.get("prefixItems").and_then(Value::as_array);
        if prefix.is_some_and(|prefix| index < prefix.len()) {
            inner.push(site.below("prefixItems").below(&index.to_string()));
        } else if schema.contains_key("items") {
            inner.push(site.below("items"));
        }
    }
    inner
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn undeclared_keys_go() {
        let files = Files::of(json!({ "openapi": "3.1.0", "components": { "schemas": {
            "Pet": { "allOf": [{ "$ref": "#/components/schemas/Named" },
                { "properties": { "tags": { "items": { "$ref": "#/components/schemas/Named" } }, "any": {} } }] },
            "Named": { "properties": { "name": {} } },
            "Map": { "additionalProperties": { "$ref": "#/components/schemas/Named" } },
            "Free": { "type": "object" },
        } } }));
        let only = |name: &str, value: Value| {
            let pointer = format!("/components/schemas/{name}");
            super::only(&files, &Site { file: 0, pointer }, &value)
        };
        assert_eq!(
            only(
                "Pet",
                json!({ "name": 1, "x": 2, "tags": [{ "name": 3, "y": 4 }], "any": { "z": 5 } })
            ),
            json!({ "name": 1, "tags": [{ "name": 3 }], "any": { "z": 5 } })
        );
        assert_eq!(
            only("Map", json!({ "a": { "name": 1, "b": 2 } })),
            json!({ "a": { "name": 1 } })
        );
        assert_eq!(only("Free", json!({ "a": 1 })), json!({ "a": 1 }));
    }
}
