//! Values drawn from a raw schema. Most of them satisfy it; which do is for the judge to say.

use serde_json::{Map, Number, Value, json};

use super::random::Random;
use super::text;
use crate::raw::{Files, Site};

/// How deep values go before only what is required is drawn.
const DEPTH: usize = 5;

/// How deep they go at all.
const END: usize = 12;

pub(super) struct Draw<'a> {
    pub(super) files: &'a Files,
    pub(super) random: Random,
}

impl Draw<'_> {
    pub(super) fn value(&mut self, site: &Site) -> Value {
        self.at(site, 0)
    }

    fn at(&mut self, site: &Site, depth: usize) -> Value {
        let Some(Value::Object(schema)) = self.files.get(site) else {
            return self.anything();
        };
        if depth > END {
            return Value::Null;
        }
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            return match self.files.followed(site.file, reference) {
                Some(target) => self.at(&target, depth + 1),
                None => self.anything(),
            };
        }
        if schema.get("nullable") == Some(&Value::Bool(true)) && self.random.chance(10) {
            return Value::Null;
        }
        if let Some(value) = schema.get("const") {
            return value.clone();
        }
        if let Some(Value::Array(values)) = schema.get("enum") {
            return self.random.pick(values).cloned().unwrap_or_default();
        }
        let mut value = self.own(site, schema, depth);
        if let Some(Value::Array(branches)) = schema.get("allOf") {
            for index in 0..branches.len() {
                let branch = site.below("allOf").below(&index.to_string());
                let other = self.at(&branch, depth + 1);
                value = Some(merged(value, other));
            }
        }
        for keyword in ["oneOf", "anyOf"] {
            if let Some(Value::Array(branches)) = schema.get(keyword) {
                let index = self.random.below(branches.len());
                let branch = site.below(keyword).below(&index.to_string());
                let other = self.at(&branch, depth + 1);
                value = Some(merged(value, other));
            }
        }
        value.unwrap_or_else(|| self.anything())
    }

    /// What the schema's own keywords say; `None` where they say nothing.
    fn own(&mut self, site: &Site, schema: &Map<String, Value>, depth: usize) -> Option<Value> {
        let ty = match schema.get("type") {
            Some(Value::String(ty)) => ty.clone(),
            Some(Value::Array(types)) => self.random.pick(types)?.as_str()?.to_owned(),
            _ if schema.contains_key("properties")
                || schema.contains_key("additionalProperties") =>
            {
                "object".to_owned()
            }
            _ if schema.contains_key("items") => "array".to_owned(),
            _ if schema.contains_key("pattern") || schema.contains_key("maxLength") => {
                "string".to_owned()
            }
            _ => return None,
        };
        Some(match ty.as_str() {
            "object" => self.object(site, schema, depth),
            "array" => self.array(site, schema, depth),
            "string" => self.string(schema),
            "integer" => self.number(schema, true),
            "number" => self.number(schema, false),
            "boolean" => Value::Bool(self.random.chance(50)),
            "null" => Value::Null,
            _ => self.anything(),
        })
    }

    fn object(&mut self, site: &Site, schema: &Map<String, Value>, depth: usize) -> Value {
        let required: Vec<&str> = schema
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let mut object = Map::new();
        let properties = schema.get("properties").and_then(Value::as_object);
        let likely = if depth > DEPTH { 0 } else { 60 / (depth + 1) };
        for key in properties.into_iter().flat_map(Map::keys) {
            if required.contains(&key.as_str()) || self.random.chance(likely) {
                let property = site.below("properties").below(key);
                object.insert(key.clone(), self.at(&property, depth + 1));
            }
        }
        for key in required {
            if !object.contains_key(key) {
                object.insert(key.to_owned(), self.anything());
            }
        }
        let least = schema
            .get("minProperties")
            .and_then(Value::as_u64)
            .unwrap_or(0);
        let wanted = usize::try_from(least)
            .unwrap_or(0)
            .min(20)
            .max(self.random.below(3));
        if depth <= DEPTH
            && schema
                .get("additionalProperties")
                .is_some_and(Value::is_object)
        {
            let extra = site.below("additionalProperties");
            for index in 0..wanted.saturating_sub(object.len()) {
                let value = self.at(&extra, depth + 1);
                object.entry(format!("key{index}")).or_insert(value);
            }
        }
        Value::Object(object)
    }

    fn array(&mut self, site: &Site, schema: &Map<String, Value>, depth: usize) -> Value {
        let bound = |keyword| {
            schema
                .get(keyword)
                .and_then(Value::as_u64)
                .and_then(|it| usize::try_from(it).ok())
        };
        let least = bound("minItems").unwrap_or(0).min(50);
        let more = if depth > DEPTH { 0 } else { 3 };
        let most = bound("maxItems")
            .unwrap_or(least + more)
            .min(least + more)
            .max(least);
        let count = least + self.random.below(most - least + 1);
        let prefix = schema
            .get("prefixItems")
            .and_then(Value::as_array)
            .map_or(0, Vec::len);
        let items = (0..count).map(|index| {
            if index < prefix {
                let item = site.below("prefixItems").below(&index.to_string());
                self.at(&item, depth + 1)
            } else if schema.contains_key("items") {
                self.at(&site.below("items"), depth + 1)
            } else {
                self.anything()
            }
        });
        Value::Array(items.collect())
    }

    fn string(&mut self, schema: &Map<String, Value>) -> Value {
        let word = |keyword| schema.get(keyword).and_then(Value::as_str);
        let length = |keyword| {
            schema
                .get(keyword)
                .and_then(Value::as_u64)
                .and_then(|it| usize::try_from(it).ok())
        };
        if let Some(pattern) = word("pattern")
            && let Some(text) = text::of_pattern(&mut self.random, pattern)
        {
            return Value::String(text);
        }
        if let Some(text) =
            word("format").and_then(|format| text::of_format(&mut self.random, format))
        {
            return Value::String(text);
        }
        let least = length("minLength").unwrap_or(0);
        Value::String(text::of_length(
            &mut self.random,
            least,
            length("maxLength"),
        ))
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "near enough: the judge decides"
    )]
    fn number(&mut self, schema: &Map<String, Value>, whole: bool) -> Value {
        let bound = |keyword| schema.get(keyword).and_then(Value::as_f64);
        let low = bound("minimum").or(bound("exclusiveMinimum").map(|it| it + 1.0));
        let high = bound("maximum").or(bound("exclusiveMaximum").map(|it| it - 1.0));
        let low = low.unwrap_or_else(|| high.map_or(-3.0, |high| high.min(0.0) - 50.0));
        let high = high.unwrap_or(low.max(0.0) + 1000.0);
        let share = self.random.below(1001) as f64 / 1000.0;
        let mut picked = low + (high - low) * share;
        if let Some(step) = bound("multipleOf") {
            picked = (picked / step).round() * step;
        }
        if whole || self.random.chance(50) {
            return json!(picked.clamp(-9e18, 9e18).round() as i64);
        }
        Number::from_f64(picked).map_or(Value::Null, Value::Number)
    }

    fn anything(&mut self) -> Value {
        let values = [
            json!(null),
            json!(true),
            json!(7),
            json!(2.5),
            json!("text"),
            json!([1]),
            json!({ "a": "b" }),
        ];
        self.random.pick(&values).cloned().unwrap_or_default()
    }
}

/// Both at once, where both are objects; else what was drawn last.
fn merged(first: Option<Value>, second: Value) -> Value {
    match (first, second) {
        (Some(Value::Object(mut first)), Value::Object(second)) => {
            for (key, value) in second {
                let old = first.remove(&key);
                first.insert(key, merged(old, value));
            }
            Value::Object(first)
        }
        (_, second) => second,
    }
}
