//! Mutations of the tree behind the text: what is well-formed, and means something else.

use serde_json::{Map, Value, json};

use super::{bytes, dice::Dice};

/// Names and texts that mean something to a generator, or to Rust.
const WORDS: &[&str] = &[
    "",
    "$ref",
    "type",
    "properties",
    "items",
    "allOf",
    "oneOf",
    "anyOf",
    "enum",
    "const",
    "default",
    "required",
    "additionalProperties",
    "discriminator",
    "nullable",
    "pattern",
    "format",
    "self",
    "Self",
    "crate",
    "fn",
    "r#type",
    "_",
    "0",
    "-1",
    "+1",
    "é",
    "\u{202e}",
    "a b",
    "*/",
    "\"#",
    "{x}",
    "Option",
    "String",
    "Vec",
    "string",
    "integer",
    "object",
    "array",
    "null",
    "date-time",
    "200",
    "default",
    "4XX",
    "^(?=a)",
    "[z-a]",
    "#/components/schemas/A",
    "other.yaml#/x",
    "#",
    "application/json",
    "schema",
    "schemas",
    "components",
    "paths",
    "get",
    "parameters",
    "responses",
    "content",
    "query",
    "path",
];

pub(super) fn mutate(text: &str, dice: &mut Dice) -> String {
    let tree = serde_json::from_str::<Value>(text)
        .ok()
        .or_else(|| serde_yaml::from_str::<Value>(text).ok());
    let Some(mut tree) = tree else {
        return bytes::mutate(text, dice);
    };
    for _ in 0..=dice.roll(6) {
        let mut pointers = Vec::new();
        gather(&tree, &mut String::new(), &mut pointers);
        let at = dice.pick(&pointers).clone();
        let other = dice.pick(&pointers).clone();
        let copy = tree.pointer(&other).cloned().unwrap_or_default();
        let names: Vec<String> = pointers.iter().map(|it| format!("#{it}")).collect();
        if let Some(node) = tree.pointer_mut(&at) {
            change(node, copy, &names, dice);
        }
    }
    serde_json::to_string(&tree).unwrap_or_default()
}

fn change(node: &mut Value, copy: Value, pointers: &[String], dice: &mut Dice) {
    match dice.roll(10) {
        0 => *node = copy,
        1 => *node = json!({ "$ref": dice.pick(pointers) }),
        2 => *node = scalar(dice),
        3 => *node = Value::Array(vec![node.take(), copy]),
        4 => *node = json!({ (*dice.pick(&["allOf", "oneOf", "anyOf"])): [node.take(), copy] }),
        _ => match node {
            Value::Object(map) => change_object(map, copy, dice),
            Value::Array(list) => {
                let at = dice.roll(list.len() + 1);
                if dice.roll(2) == 0 && at < list.len() {
                    list.remove(at);
                } else {
                    list.insert(at, copy);
                }
            }
            Value::Number(_) => *node = scalar(dice),
            Value::String(text) => (*dice.pick(WORDS)).clone_into(text),
            Value::Bool(value) => *value = !*value,
            Value::Null => *node = copy,
        },
    }
}

fn change_object(map: &mut Map<String, Value>, copy: Value, dice: &mut Dice) {
    let keys: Vec<String> = map.keys().cloned().collect();
    let word = (*dice.pick(WORDS)).to_owned();
    if keys.is_empty() {
        map.insert(word, copy);
        return;
    }
    let key = dice.pick(&keys);
    match dice.roll(4) {
        0 => drop(map.remove(key)),
        1 => {
            let value = map.remove(key).unwrap_or_default();
            map.insert(word, value);
        }
        2 => drop(map.insert(word, copy)),
        _ => drop(map.insert(key.clone(), copy)),
    }
}

fn scalar(dice: &mut Dice) -> Value {
    match dice.roll(8) {
        0 => Value::Null,
        1 => Value::Bool(dice.roll(2) == 0),
        2 => json!(-9_223_372_036_854_775_808_i64),
        3 => json!(18_446_744_073_709_551_615_u64),
        4 => json!(1e308),
        5 => json!(0.1),
        _ => Value::String((*dice.pick(WORDS)).to_owned()),
    }
}

fn gather(node: &Value, at: &mut String, pointers: &mut Vec<String>) {
    pointers.push(at.clone());
    let length = at.len();
    let mut enter = |key: &str, node: &Value| {
        at.push('/');
        at.push_str(&key.replace('~', "~0").replace('/', "~1"));
        gather(node, at, pointers);
        at.truncate(length);
    };
    match node {
        Value::Object(map) => map.iter().for_each(|(key, node)| enter(key, node)),
        Value::Array(list) => {
            for (index, node) in list.iter().enumerate() {
                enter(&index.to_string(), node);
            }
        }
        _ => {}
    }
}
