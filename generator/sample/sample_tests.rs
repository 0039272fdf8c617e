//! What is made up, and what is kept of examples.

use crate::config::ApiConfig;
use crate::diag::{Example, Sink};
use crate::document;
use crate::model;
use crate::source::Source;

use super::{draw, write};

/// The messages of a document whose only operation has this body as a response, as JSON.
fn whole(fragment: &str) -> serde_json::Value {
    let source = Source::text("api.yaml", Example::complete(fragment)).unwrap();
    let mut sink = Sink::new();
    let document = document::read(&source, &mut sink).unwrap();
    let api = model::build(&document, &mut sink);
    let text = write(&draw(&document, &api, &mut sink));
    serde_json::from_str(&text).unwrap()
}

/// The value of a body of this schema, where `shown` is what its media type has beside that.
fn body(schema: &str, shown: &str) -> serde_json::Value {
    let fragment = format!(
        "paths:\n  /a:\n    get:\n      operationId: a\n      responses:\n        '200': {{ description: a, content: \
         {{ application/json: {{ schema: {schema}{shown} }} }} }}\n"
    );
    let whole = whole(&fragment);
    let response = &whole["operations"]["a"]["responses"]["200"];
    if response.get("unsampled").is_some() {
        return serde_json::Value::Null;
    }
    let examples = response["bodies"][0]["examples"].as_array().unwrap();
    let values: Vec<_> = examples.iter().map(|it| it["value"].clone()).collect();
    match values.as_slice() {
        [one] => one.clone(),
        all => all.iter().cloned().collect(),
    }
}

#[test]
fn values_keep_to_their_schemas() {
    for (schema, value) in [
        ("{ type: string }", "\"text\""),
        ("{ type: string, minLength: 6 }", "\"text-text\""),
        ("{ type: string, maxLength: 2 }", "\"te\""),
        ("{ type: string, pattern: '^[A-Z]{2}-[0-9]+$' }", "\"AB-3\""),
        (
            "{ type: string, pattern: '^(?=.*[0-9])[a-zA-Z0-9!]{8,}$' }",
            "\"Password1!\"",
        ),
        (
            "{ type: string, format: uuid }",
            "\"2b1d0f0e-6d1c-4c0e-8a34-000000000000\"",
        ),
        ("{ type: string, enum: [a, b] }", "\"a\""),
        ("{ type: integer, minimum: 5, multipleOf: 4 }", "8"),
        ("{ type: integer, exclusiveMaximum: -3 }", "-4"),
        ("{ type: integer, minimum: 5, maximum: 4 }", "null"),
        ("{ type: number, minimum: 0.25, maximum: 0.75 }", "0.5"),
        ("{ type: boolean }", "true"),
        ("{ type: array, items: { type: integer } }", "[1]"),
        (
            "{ type: array, items: { type: integer }, minItems: 3, uniqueItems: true }",
            "[1, 2, 3]",
        ),
        (
            "{ type: array, items: { enum: [a, b] }, minItems: 3, uniqueItems: true }",
            "null",
        ),
        (
            "{ type: object, additionalProperties: { type: integer }, minProperties: 2 }",
            "{\"key\":1,\"key1\":2}",
        ),
        (
            "{ oneOf: [{ type: integer, minimum: 2, maximum: 1 }, { type: boolean }] }",
            "true",
        ),
        (
            "{ type: array, prefixItems: [{ type: integer }, { type: string }], items: false }",
            "[1, \"text\"]",
        ),
    ] {
        let expected: serde_json::Value = serde_json::from_str(value).unwrap();
        assert_eq!(body(schema, ""), expected, "{schema}");
    }
}

#[test]
fn what_fits_of_an_example_is_kept() {
    let schema = "{ type: object, required: [id, name], properties: { id: { type: integer }, name: { type: string }, \
                  kind: { enum: [cat, dog] } } }";
    for (example, value) in [
        ("{ id: 7, name: Tom }", r#"{ "id": 7, "name": "Tom" }"#),
        (
            "{ id: '7', name: Tom, kind: dog }",
            r#"{ "id": 1, "name": "Tom", "kind": "dog" }"#,
        ),
        (
            "{ name: Tom, kind: cow }",
            r#"{ "id": 1, "name": "Tom", "kind": "cat" }"#,
        ),
        ("none", r#"{ "id": 1, "name": "text", "kind": "cat" }"#),
    ] {
        let expected: serde_json::Value = serde_json::from_str(value).unwrap();
        assert_eq!(
            body(schema, &format!(", example: {example}")),
            expected,
            "{example}"
        );
    }
    let shown =
        ", examples: { a: { value: { id: 1, name: A } }, b: { value: { id: 2, name: B } } }";
    assert_eq!(body(schema, shown)[1]["name"], "B");
    let by_schema = "{ type: object, example: { id: 3 }, properties: { id: { type: integer } } }";
    assert_eq!(body(by_schema, "")["id"], 3);
}

#[test]
fn a_type_that_holds_itself_ends() {
    let components = "components:\n  schemas:\n    Tree: { type: object, required: [name], properties: { name: { type: string }, \
                      child: { $ref: '#/components/schemas/Tree' }, children: { type: array, items: { $ref: \
                      '#/components/schemas/Tree' } } } }\n    Endless: { type: object, required: [next], properties: { next: \
                      { $ref: '#/components/schemas/Endless' } } }\n";
    let of = |name: &str| {
        whole(&format!(
            "paths:\n  /a: {{ get: {{ operationId: a, responses: {{ '200': {{ description: a, content: {{ application/json: \
             {{ schema: {{ $ref: '#/components/schemas/{name}' }} }} }} }} }} }} }}\n{components}"
        ))
    };
    let tree = of("Tree");
    let response = &tree["operations"]["a"]["responses"]["200"];
    assert_eq!(
        response["bodies"][0]["examples"][0]["value"]["name"],
        "text"
    );
    assert_eq!(
        of("Endless")["operations"]["a"]["responses"]["200"]["unsampled"],
        "the body"
    );
}

#[test]
fn what_a_header_cannot_carry_is_left() {
    let whole = whole(
        "paths:\n  /a/{id}:\n    get:\n      operationId: a\n      parameters:\n        - { name: id, in: path, required: true, \
         schema: { type: string }, example: '' }\n        - { name: x, in: header, schema: { type: array, items: { type: string } }, \
         example: ['a,b', c] }\n      responses:\n        '200': { description: a, headers: { X-List: { schema: { type: array, \
         items: { type: integer } }, example: [1, 2] }, X-Text: { schema: { type: string }, example: ' padded' } } }\n",
    );
    let operation = &whole["operations"]["a"];
    assert_eq!(operation["request"]["path"]["id"], "text");
    assert_eq!(
        operation["request"]["header"]["x"],
        serde_json::json!(["text", "c"])
    );
    let headers = &operation["responses"]["200"]["headers"]["value"];
    assert_eq!(headers["X-List"], "1,2");
    assert_eq!(headers["X-Text"], "text");
}

#[test]
fn what_nothing_can_be_made_up_for_is_said() {
    let source = Source::text(
        "api.yaml",
        Example::complete(
            "paths:\n  /a: { get: { parameters: [{ name: a, in: query, required: true, schema: { type: integer, minimum: 2, \
             maximum: 1 } }], responses: {} } }\n",
        ),
    )
    .unwrap();
    let mut sink = Sink::new();
    crate::pipeline::inspect(&source, &ApiConfig::default(), &mut sink);
    let found = sink
        .diagnostics()
        .iter()
        .filter(|it| it.code.name() == "not-sampled");
    assert_eq!(found.count(), 1);
}

#[test]
fn unions_that_lead_to_each_other_end() {
    for (shown, value) in [("", "1"), (", example: 7", "7"), (", example: {}", "1")] {
        let fragment = format!(
            "paths:\n  /a:\n    get:\n      operationId: a\n      responses:\n        '200':\n          description: a\n          \
             content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/A' }}{shown} }} }}\n\
             components:\n  schemas:\n    \
             A: {{ anyOf: [{{ $ref: '#/components/schemas/B' }}, {{ type: string }}] }}\n    \
             B: {{ oneOf: [{{ $ref: '#/components/schemas/A' }}, {{ type: integer }}] }}\n"
        );
        let response = &whole(&fragment)["operations"]["a"]["responses"]["200"];
        let made = &response["bodies"][0]["examples"][0]["value"];
        assert_eq!(made.to_string(), value, "{shown}");
    }
}
