//! Fixtures once more, with hostile text after every text and name that is the document's own.

use std::error::Error;
use std::fs;
use std::path::Path;

use serde_json::{Map, Value};

/// Ends a literal, a comment, a doc attribute, a block and a macro; runs code; hides it; breaks the line.
const POISON: &str = "\"#\"]*/ ```\n}}fn x(){panic!()} //\u{202e}\u{2066}\\ {0} $crate `<b>\u{0}";

/// Keywords whose values are words of the specification, or references.
const WORDS: &[&str] = &[
    "$ref",
    "in",
    "mapping",
    "openapi",
    "style",
    "type",
    "scheme",
    "bearerFormat",
    "flows",
    "format",
    "jsonSchemaDialect",
    "$schema",
];

/// Keywords whose members are named by the document.
const NAMED: &[&str] = &[
    "properties",
    "variables",
    "x-enum-descriptions",
    "headers",
    "callbacks",
];

/// The document at `path` with the poison in it, as JSON.
pub(crate) fn poisoned(path: &Path) -> Result<String, Box<dyn Error>> {
    let mut document: Value = serde_yaml::from_str(&fs::read_to_string(path)?)?;
    spoil(&mut document, "");
    Ok(serde_json::to_string(&document)?)
}

fn spoil(node: &mut Value, key: &str) {
    match node {
        Value::String(text) => text.push_str(POISON),
        Value::Array(list) => list.iter_mut().for_each(|node| spoil(node, key)),
        Value::Object(map) => {
            let named = NAMED.contains(&key);
            *map = std::mem::take(map)
                .into_iter()
                .map(|(name, mut node)| {
                    if named || !WORDS.contains(&name.as_str()) {
                        spoil(&mut node, if named { "" } else { &name });
                    }
                    (if named { name + POISON } else { name }, node)
                })
                .collect::<Map<_, _>>();
        }
        _ => {}
    }
}
