//! Documents of any size, each of one kind of thing.

use serde_json::{Map, Value, json};

type Make = fn(usize) -> Value;

/// Name, size, the codes that the large one raises, and how it is made.
pub(super) const ALL: &[(&str, usize, &[&str], Make)] = &[
    ("values of an enum", 1_000, &[], |size| {
        of(json!({ "type": "string", "enum": names("v", size) }))
    }),
    ("values that differ in symbols", 1_000, &[], |size| {
        of(json!({ "type": "string", "enum": alike("v", size) }))
    }),
    ("values of several kinds", 2_000, &[], |size| {
        let values = (0..size).map(|index| match index % 2 {
            0 => json!(index),
            _ => json!(index.to_string()),
        });
        of(json!({ "enum": values.collect::<Vec<_>>() }))
    }),
    ("values with names of their own", 1_000, &[], |size| {
        let named = names("v", size)
            .into_iter()
            .map(|value| json!({ "value": value, "name": value }));
        of(json!({
            "type": "string",
            "enum": names("v", size),
            "x-ms-enum": { "name": "E", "values": named.collect::<Vec<_>>() },
        }))
    }),
    (
        "values of two lists that others may join",
        1_000,
        &[],
        |size| {
            let lists =
                ["v", "w"].map(|name| json!({ "type": "string", "enum": names(name, size) }));
            let [first, second] = lists;
            of(json!({ "anyOf": [{ "type": "string" }, first, second] }))
        },
    ),
    (
        "variables of a server that hold each other",
        30,
        &[],
        |size| {
            let next = |index: usize| format!("{{v{}}}{{v{}}}", index + 1, index + 1);
            let variables =
                (0..size).map(|index| (format!("v{index}"), json!({ "default": next(index) })));
            let mut made = document(Map::new());
            made["servers"] = json!([{ "url": "https://{v0}.test", "variables": variables.collect::<Map<_, _>>() }]);
            made
        },
    ),
    ("values of two lists", 1_000, &[], |size| {
        of(json!({ "allOf": [{ "enum": names("v", size) }, { "enum": names("v", size) }] }))
    }),
    ("variants with a key", 300, &[], |size| {
        union(
            size,
            |name| json!({ "required": [name], "properties": { name: {} } }),
        )
    }),
    ("variants without one", 300, &["union-undecided"], |size| {
        union(
            size,
            |name| json!({ "type": "object", "properties": { name: { "type": "string" } } }),
        )
    }),
    (
        "variants of the same keys",
        100,
        &["union-undecided"],
        |size| {
            let mut length = 0;
            union(size, |_| {
                length += 1;
                let keys = names("p", 8).into_iter();
                let of = |key| (key, json!({ "type": "string", "minLength": length }));
                json!({ "properties": keys.map(of).collect::<Map<_, _>>() })
            })
        },
    ),
    ("variants with a tag", 150, &[], |size| {
        union(
            size,
            |name| json!({ "required": ["t"], "properties": { "t": { "const": name } } }),
        )
    }),
    (
        "variants that share each key with the next",
        50,
        &["union-undecided"],
        |size| {
            let mut index = 0;
            union(size, |name| {
                index += 1;
                json!({ "properties": { name: { "type": "string" }, (format!("v{index}")): { "type": "string" } } })
            })
        },
    ),
    ("variants by a discriminator", 150, &[], |size| {
        let of = |name: &str| json!({ "required": ["t"], "properties": { "t": { "type": "string" }, name: {} } });
        let mut schemas = components("V", size, of);
        let mapping = names("V", size)
            .into_iter()
            .map(|name| (format!("is {name}"), reference(&name)["$ref"].clone()));
        schemas.insert(
            "A".to_owned(),
            json!({
                "oneOf": names("V", size).iter().map(|name| reference(name)).collect::<Vec<_>>(),
                "discriminator": { "propertyName": "t", "mapping": mapping.collect::<Map<_, _>>() },
            }),
        );
        document(schemas)
    }),
    ("variants of lists of values", 500, &[], |size| {
        union(size, |name| json!({ "type": "string", "enum": [name] }))
    }),
    ("variants by a pattern", 250, &[], |size| {
        union(
            size,
            |name| json!({ "type": "string", "pattern": format!("^{name}$") }),
        )
    }),
    (
        "unions that each hold the next twice",
        8,
        &["union-undecided"],
        |size| {
            document(unions_of_two(
                size,
                |key| json!({ "properties": { key: { "type": "string" } } }),
            ))
        },
    ),
    ("a chain of references", 500, &[], |size| {
        chain(size, reference)
    }),
    (
        "a circle of references",
        500,
        &["reference-cycle"],
        |size| circle(size, reference),
    ),
    ("a circle of objects", 500, &[], |size| {
        circle(
            size,
            |next| json!({ "required": ["next"], "properties": { "next": reference(next) } }),
        )
    }),
    ("a chain of lists and maps", 500, &[], |size| {
        chain(
            size,
            |next| json!({ "type": "array", "items": { "additionalProperties": reference(next) } }),
        )
    }),
    ("a chain of unions", 300, &[], |size| {
        chain(
            size,
            |next| json!({ "oneOf": [reference(next), { "type": "object" }] }),
        )
    }),
    ("parts of an allOf", 500, &[], |size| {
        let parts = names("p", size)
            .into_iter()
            .map(|name| json!({ "properties": { name: {} } }));
        of(json!({ "allOf": parts.collect::<Vec<_>>() }))
    }),
    ("parts that require", 500, &[], |size| {
        let parts = names("p", size)
            .into_iter()
            .map(|name| json!({ "required": [name], "properties": { name: {} } }));
        of(json!({ "allOf": parts.collect::<Vec<_>>() }))
    }),
    ("properties", 1_000, &[], |size| {
        of(json!({ "properties": map(names("p", size)), "required": names("p", size) }))
    }),
    ("properties that differ in symbols", 1_000, &[], |size| {
        of(json!({ "properties": map(alike("p", size)) }))
    }),
    ("schemas that differ in symbols", 500, &[], |size| {
        document(
            alike("s", size)
                .into_iter()
                .map(|name| (name, json!({ "properties": { "a": {} } })))
                .collect(),
        )
    }),
    (
        "required names alone",
        1_000,
        &["required-undeclared"],
        |size| of(json!({ "required": names("p", size) })),
    ),
    ("patterns of names", 200, &[], |size| {
        of(json!({ "patternProperties": map(names("^p", size)) }))
    }),
    (
        "operations of one id",
        300,
        &["duplicate-operation-id"],
        |size| {
            operations(
                size,
                |_| json!({ "operationId": "same", "responses": answered() }),
            )
        },
    ),
    ("operations of tags of their own", 300, &[], |size| {
        operations(
            size,
            |name| json!({ "operationId": name, "tags": [name], "responses": answered() }),
        )
    }),
    ("operations with headers of their own", 300, &[], |size| {
        operations(size, |name| {
            json!({
                "operationId": name,
                "responses": { "200": { "description": "d", "headers": { name: { "schema": { "type": "string" } } } } },
            })
        })
    }),
    ("parameters that differ in symbols", 1_000, &[], |size| {
        let parameter =
            |name: String| json!({ "name": name, "in": "query", "schema": { "type": "string" } });
        let parameters: Vec<Value> = alike("q", size).into_iter().map(parameter).collect();
        operations(
            1,
            |name| json!({ "operationId": name, "parameters": parameters, "responses": answered() }),
        )
    }),
    (
        "names in a path",
        500,
        &["path-parameter-missing"],
        |size| {
            let path = format!("/{{{}}}", names("p", size).join("}/{"));
            let mut made = document(Map::new());
            made["paths"] =
                json!({ path: { "get": { "operationId": "o", "responses": answered() } } });
            made
        },
    ),
    ("references with a rule each", 500, &[], |size| {
        chain(
            size,
            |next| json!({ "$ref": reference(next)["$ref"], "minLength": 1 }),
        )
    }),
    ("defaults from a long list", 500, &[], |size| {
        let defaults = names("v", size).into_iter().map(|name| {
            let property = json!({ "$ref": reference("E")["$ref"], "default": name });
            (name, property)
        });
        document(Map::from_iter([
            (
                "E".to_owned(),
                json!({ "type": "string", "enum": names("v", size) }),
            ),
            (
                "A".to_owned(),
                json!({ "properties": defaults.collect::<Map<_, _>>() }),
            ),
        ]))
    }),
    (
        "a default of unions that hold each other",
        8,
        &["default-mismatch", "union-undecided"],
        |size| {
            let mut schemas = unions_of_two(
                size,
                |key| json!({ "required": [key], "properties": { key: { "type": "string" } } }),
            );
            schemas.insert("C".to_owned(), json!({ "properties": { "c": { "$ref": reference("A0")["$ref"], "default": {} } } }));
            document(schemas)
        },
    ),
    ("unions of one long list", 20, &[], |size| {
        let union = json!({ "oneOf": [reference("E"), { "type": "string", "enum": ["w"] }, { "type": "object" }] });
        let mut schemas = components("U", size, |_| union.clone());
        schemas.insert(
            "E".to_owned(),
            json!({ "type": "string", "enum": names("v", 1_000) }),
        );
        document(schemas)
    }),
    (
        "lists of one long list",
        100,
        &["union-undecided"],
        |size| {
            let of = |kind: Value| {
                let property = |name: String| (name, json!({ "type": "array", "items": kind }));
                json!({ "properties": names("p", size).into_iter().map(property).collect::<Map<_, _>>() })
            };
            document(Map::from_iter([
                (
                    "E".to_owned(),
                    json!({ "type": "string", "enum": names("v", size) }),
                ),
                (
                    "U".to_owned(),
                    json!({ "oneOf": [of(reference("E")), of(json!({ "type": "integer" }))] }),
                ),
            ]))
        },
    ),
    (
        "references that lead nowhere",
        100,
        &["unresolved-reference"],
        |size| {
            let mut schemas = components("Known", size, |_| json!({ "type": "string" }));
            let lost = names("p", size)
                .into_iter()
                .map(|name| (name.clone(), reference(&format!("Knawn{name}"))));
            schemas.insert(
                "A".to_owned(),
                json!({ "properties": lost.collect::<Map<_, _>>() }),
            );
            document(schemas)
        },
    ),
    ("references into references", 1_000, &[], |size| {
        let to = |index: usize| format!("#/components/schemas/A/properties/p{index}");
        let next = (1..size).map(|index| (format!("p{index}"), json!({ "$ref": to(index - 1) })));
        let first = ("p0".to_owned(), json!({ "type": "string" }));
        of(json!({ "properties": std::iter::once(first).chain(next).collect::<Map<_, _>>() }))
    }),
    ("letters of a name", 20_000, &[], |size| {
        document(Map::from_iter([(
            "aB-".repeat(size),
            json!({ "properties": { "a": {} } }),
        )]))
    }),
    ("letters of a text", 200_000, &[], |size| {
        of(json!({ "type": "string", "description": "- [x](y) `a`\n".repeat(size / 13) }))
    }),
    (
        "letters of a pattern",
        500,
        &["unsupported-pattern"],
        |size| of(json!({ "type": "string", "pattern": "(a|b)*".repeat(size) })),
    ),
    (
        "keys that nobody knows",
        300,
        &["unknown-keyword"],
        |size| {
            let mut schema = map(names("k", size));
            schema["type"] = json!("string");
            of(schema)
        },
    ),
];

/// A document of these component schemas.
fn document(schemas: Map<String, Value>) -> Value {
    let mut made = json!({
        "openapi": "3.1.0",
        "info": { "title": "Large", "version": "1" },
        "paths": {},
        "components": {},
    });
    made["components"]["schemas"] = Value::Object(schemas);
    made
}

/// Pairs of unions that both hold both of the next pair; the last two are made of a name.
fn unions_of_two(size: usize, last: impl Fn(&str) -> Value) -> Map<String, Value> {
    let mut schemas = Map::new();
    for level in 0..size {
        for own in ["A", "B"] {
            let next = ["A", "B"].map(|name| reference(&format!("{name}{}", level + 1)));
            schemas.insert(format!("{own}{level}"), json!({ "oneOf": next }));
        }
    }
    for (own, key) in [("A", "x"), ("B", "y")] {
        schemas.insert(format!("{own}{size}"), last(key));
    }
    schemas
}

/// A document of one schema.
fn of(schema: Value) -> Value {
    document(Map::from_iter([("A".to_owned(), schema)]))
}

fn union(size: usize, variant: impl FnMut(&str) -> Value) -> Value {
    let all = names("v", size);
    of(json!({ "oneOf": all.iter().map(String::as_str).map(variant).collect::<Vec<_>>() }))
}

fn components(prefix: &str, size: usize, of: impl Fn(&str) -> Value) -> Map<String, Value> {
    let all = names(prefix, size).into_iter();
    all.map(|name| (name.clone(), of(&name))).collect()
}

/// Schemas of which each is made of the next, and the last is a text.
fn chain(size: usize, of: impl Fn(&str) -> Value) -> Value {
    let mut schemas = linked(size, of);
    schemas.insert(format!("S{size}"), json!({ "type": "string" }));
    document(schemas)
}

/// Schemas of which each is made of the next, and the last of the first.
fn circle(size: usize, of: impl Fn(&str) -> Value) -> Value {
    let mut schemas = linked(size, &of);
    schemas.insert(format!("S{size}"), of("S0"));
    document(schemas)
}

fn linked(size: usize, of: impl Fn(&str) -> Value) -> Map<String, Value> {
    let link = |index: usize| (format!("S{index}"), of(&format!("S{}", index + 1)));
    (0..size).map(link).collect()
}

fn operations(size: usize, of: impl Fn(&str) -> Value) -> Value {
    let mut made = document(Map::new());
    let all = names("o", size).into_iter();
    let paths = all.map(|name| (format!("/{name}"), json!({ "get": of(&name) })));
    made["paths"] = Value::Object(paths.collect());
    made
}

fn answered() -> Value {
    json!({ "200": { "description": "d" } })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn map(names: Vec<String>) -> Value {
    let entry = |name| (name, json!({ "type": "string" }));
    Value::Object(names.into_iter().map(entry).collect())
}

fn names(prefix: &str, size: usize) -> Vec<String> {
    (0..size).map(|index| format!("{prefix}{index}")).collect()
}

/// Names that are the same identifier.
fn alike(prefix: &str, size: usize) -> Vec<String> {
    let symbols = |index: usize| format!("{index:b}").replace('0', "-").replace('1', " ");
    (0..size)
        .map(|index| format!("{prefix}.{}.", symbols(index)))
        .collect()
}
