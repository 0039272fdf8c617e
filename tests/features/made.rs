//! Documents that are long rather than large: written by a loop, generated like the fixtures.

use serde_json::{Map, Value, json};

/// Words that Rust keeps for itself, of every edition, and those that generated code could use.
pub(crate) const KEYWORDS: &[&str] = &[
    "abstract",
    "as",
    "async",
    "await",
    "become",
    "box",
    "break",
    "const",
    "continue",
    "crate",
    "do",
    "dyn",
    "else",
    "enum",
    "extern",
    "false",
    "final",
    "fn",
    "for",
    "gen",
    "if",
    "impl",
    "in",
    "let",
    "loop",
    "macro",
    "macro_rules",
    "match",
    "mod",
    "move",
    "mut",
    "override",
    "priv",
    "pub",
    "raw",
    "ref",
    "return",
    "safe",
    "self",
    "Self",
    "static",
    "struct",
    "super",
    "trait",
    "true",
    "try",
    "type",
    "typeof",
    "union",
    "unsafe",
    "unsized",
    "use",
    "virtual",
    "where",
    "while",
    "yield",
    "",
    "_",
    "1",
    "-1",
    "+1",
    "r#type",
];

/// Properties of the wide object.
pub(crate) const WIDTH: usize = 150;

/// Schemas of the circle.
pub(crate) const CIRCLE: usize = 100;

/// Names and documents.
pub(crate) fn all() -> [(&'static str, Value); 3] {
    [
        ("keywords", keywords()),
        ("wide", wide()),
        ("circle", circle()),
    ]
}

/// Every keyword as a schema, property, value, parameter, operation and tag.
fn keywords() -> Value {
    let mut schemas = Map::new();
    let mut paths = Map::new();
    for (index, word) in KEYWORDS.iter().enumerate() {
        let schema = json!({ "type": "object", "required": [word], "properties": { *word: { "type": "string" } } });
        // Keys of components are of letters, digits, dots, dashes and underscores.
        if !word.is_empty() && !word.contains(['+', '#']) {
            schemas.insert((*word).to_owned(), schema);
        }
        paths.insert(
            format!("/p{index}"),
            json!({ "get": {
            "operationId": word,
            "tags": [word],
            "parameters": [{ "name": word, "in": "query", "schema": { "type": "string" } }],
            "responses": { "200": { "description": "ok" } },
        } }),
        );
    }
    let property = |word: &&str| {
        (
            (*word).to_owned(),
            json!({ "$ref": "#/components/schemas/Word" }),
        )
    };
    let properties: Map<String, Value> = KEYWORDS.iter().map(property).collect();
    schemas.insert(
        "All".to_owned(),
        json!({ "type": "object", "properties": properties }),
    );
    schemas.insert(
        "Word".to_owned(),
        json!({ "type": "string", "enum": KEYWORDS }),
    );
    document(schemas, paths)
}

/// More properties than a mask of 128 bits has room for, every other required.
fn wide() -> Value {
    let names: Vec<String> = (0..WIDTH).map(|index| format!("property{index}")).collect();
    let required: Vec<&String> = names.iter().step_by(2).collect();
    let property = |name: &String| (name.clone(), json!({ "type": "integer", "maximum": WIDTH }));
    let properties: Map<String, Value> = names.iter().map(property).collect();
    let wide = json!({ "type": "object", "required": required, "properties": properties });
    document(Map::from_iter([("Wide".to_owned(), wide)]), Map::new())
}

/// Schemas of which each holds the next, and the last the first.
fn circle() -> Value {
    let link = |index: usize| {
        let next = (index + 1) % CIRCLE;
        let schema = json!({
            "type": "object",
            "required": ["value"],
            "properties": {
                "value": { "type": "integer" },
                "next": { "$ref": format!("#/components/schemas/Link{next}") },
            },
        });
        (format!("Link{index}"), schema)
    };
    document((0..CIRCLE).map(link).collect(), Map::new())
}

fn document(schemas: Map<String, Value>, paths: Map<String, Value>) -> Value {
    let mut made = json!({
        "openapi": "3.1.0",
        "info": { "title": "Made", "version": "1" },
        "components": {},
    });
    made["paths"] = Value::Object(paths);
    made["components"]["schemas"] = Value::Object(schemas);
    made
}
