use super::super::{JsonType, Node, Number, Schema, TypeSet, read};
use super::tests::{Found, document};
use crate::diag::{Code, Example, Severity, Sink};
use crate::source::Source;

/// Reads one schema, written in flow style, in a document of a version.
fn schema(version: &str, text: &str) -> (Option<Schema>, Found) {
    let (document, found) = document(&format!(
        "openapi: {version}\ninfo: {{ title: t, version: '1' }}\ncomponents:\n  schemas:\n    S: {text}\n"
    ));
    let short = |pointer: String| pointer.replace("/components/schemas/S", "");
    let found = found
        .into_iter()
        .map(|(code, pointer)| (code, short(pointer)))
        .collect();
    (
        document.unwrap().components.schemas.shift_remove("S"),
        found,
    )
}

#[expect(clippy::unnecessary_wraps, reason = "compared with an optional field")]
fn types(names: &[JsonType]) -> Option<TypeSet> {
    Some(names.iter().copied().collect())
}

#[test]
fn nullable_is_a_null_type_where_there_is_a_type() {
    use JsonType::{Null, String};
    let (read, found) = schema("3.0.3", "{ type: string, nullable: true }");
    assert_eq!(found, []);
    assert_eq!(read.unwrap().types, types(&[Null, String]));
    // The order of the keywords does not matter, nor does their version.
    let (read, found) = schema("3.1.0", "{ nullable: true, type: string }");
    assert_eq!(found, [(Code::VERSION_MISMATCH, "/nullable".to_owned())]);
    assert_eq!(read.unwrap().types, types(&[Null, String]));
    let (read, _) = schema("3.0.3", "{ nullable: true }");
    let read = read.unwrap();
    assert_eq!((read.types, read.nullable), (None, true));
}

#[test]
fn types_are_read_in_every_spelling() {
    use JsonType::{Integer, Null, String};
    for (version, text, expected, found) in [
        (
            "3.1.0",
            "{ type: [string, 'null'] }",
            types(&[Null, String]),
            vec![],
        ),
        ("3.1.0", "{ type: [string] }", types(&[String]), vec![]),
        (
            "3.1.0",
            "{ type: [string, null] }",
            types(&[Null, String]),
            vec![(Code::WRONG_TYPE, "/type/1")],
        ),
        (
            "3.1.0",
            "{ type: null }",
            types(&[Null]),
            vec![(Code::WRONG_TYPE, "/type")],
        ),
        (
            "3.0.0",
            "{ type: [integer] }",
            types(&[Integer]),
            vec![(Code::VERSION_MISMATCH, "/type")],
        ),
        (
            "3.1.0",
            "{ type: strnig }",
            None,
            vec![(Code::UNKNOWN_TYPE, "/type")],
        ),
        (
            "3.1.0",
            "{ type: [string, strnig] }",
            None,
            vec![(Code::UNKNOWN_TYPE, "/type/1")],
        ),
        (
            "3.1.0",
            "{ type: 3 }",
            None,
            vec![(Code::WRONG_TYPE, "/type")],
        ),
        ("3.1.0", "{ type: [] }", None, vec![]),
        ("3.1.0", "{}", None, vec![]),
    ] {
        let (read, codes) = schema(version, text);
        assert_eq!(read.unwrap().types, expected, "{text}");
        let codes: Vec<_> = codes
            .iter()
            .map(|(code, at)| (*code, at.as_str()))
            .collect();
        assert_eq!(codes, found, "{text}");
    }
}

#[test]
fn misspelt_types_are_told_what_was_meant() {
    for (word, meant) in [
        ("strnig", "string"),
        ("int", "integer"),
        ("float", "number"),
        ("any", "leave"),
    ] {
        let mut sink = Sink::new();
        let text = Example::complete(&format!(
            "components: {{ schemas: {{ S: {{ type: {word} }} }} }}\n"
        ));
        let _ = read(&Source::text("t", text).unwrap(), &mut sink);
        let help = sink.diagnostics()[0].help.clone().unwrap();
        assert!(help.contains(meant), "{word}: {help}");
        assert_eq!(sink.diagnostics()[0].severity, Severity::Warning);
    }
}

#[test]
fn exclusive_bounds_become_numbers() {
    let bounds = |version, text| {
        let (read, found) = schema(version, text);
        let rules = read.unwrap().constraints().clone();
        ((rules.minimum, rules.exclusive_minimum), found.len())
    };
    let five = Some(Number::Int(5));
    assert_eq!(
        bounds("3.0.0", "{ minimum: 5, exclusiveMinimum: true }"),
        ((None, five), 0)
    );
    assert_eq!(
        bounds("3.0.0", "{ exclusiveMinimum: false, minimum: 5 }"),
        ((five, None), 0)
    );
    assert_eq!(
        bounds("3.1.0", "{ exclusiveMinimum: 5 }"),
        ((None, five), 0)
    );
    assert_eq!(
        bounds("3.0.0", "{ exclusiveMinimum: 5 }"),
        ((None, five), 1)
    );
    assert_eq!(
        bounds("3.1.0", "{ minimum: 5, exclusiveMinimum: true }"),
        ((None, five), 1)
    );
    assert_eq!(
        bounds("3.0.0", "{ exclusiveMinimum: true }"),
        ((None, None), 0)
    );
}

#[test]
fn one_bad_keyword_costs_that_keyword() {
    for (text, code, at) in [
        (
            "{ type: string, maxLength: long }",
            Code::WRONG_TYPE,
            "/maxLength",
        ),
        (
            "{ type: string, maxLength: -1 }",
            Code::INVALID_VALUE,
            "/maxLength",
        ),
        (
            "{ type: string, maxLength: 1.5 }",
            Code::INVALID_VALUE,
            "/maxLength",
        ),
        (
            "{ type: string, multipleOf: 0 }",
            Code::INVALID_VALUE,
            "/multipleOf",
        ),
        (
            "{ type: string, required: true }",
            Code::WRONG_TYPE,
            "/required",
        ),
        (
            "{ type: string, properties: [] }",
            Code::WRONG_TYPE,
            "/properties",
        ),
        ("{ type: string, items: 1 }", Code::WRONG_TYPE, "/items"),
        ("{ type: string, enum: a }", Code::WRONG_TYPE, "/enum"),
        (
            "{ type: string, allOf: [{}, 1] }",
            Code::WRONG_TYPE,
            "/allOf/1",
        ),
        (
            "{ type: string, description: null }",
            Code::WRONG_TYPE,
            "/description",
        ),
        (
            "{ type: string, description: {} }",
            Code::WRONG_TYPE,
            "/description",
        ),
        ("{ type: string, $ref: 1 }", Code::WRONG_TYPE, "/$ref"),
        (
            "{ type: string, discriminator: {} }",
            Code::MISSING_FIELD,
            "/discriminator",
        ),
        (
            "{ type: string, properties: { $ref: x.yaml } }",
            Code::EXTERNAL_REFERENCE,
            "/properties/$ref",
        ),
        (
            "{ type: string, maxLenght: 1 }",
            Code::UNKNOWN_KEYWORD,
            "/maxLenght",
        ),
        (
            "{ type: string, readOnly: true, writeOnly: true }",
            Code::CONFLICTING_FIELDS,
            "/writeOnly",
        ),
    ] {
        let (read, found) = schema("3.1.0", text);
        assert_eq!(found, [(code, at.to_owned())], "{text}");
        assert_eq!(read.unwrap().types, types(&[JsonType::String]), "{text}");
    }
}

#[test]
fn what_is_meant_beyond_doubt_is_taken() {
    let (read, found) = schema(
        "3.1.0",
        "{ deprecated: 'true', maxLength: '3', title: 5, required: a, items: [{}], allOf: {}, discriminator: kind }",
    );
    let read = read.unwrap();
    assert!(read.deprecated);
    assert_eq!(read.constraints().max_length, Some(3));
    assert_eq!(read.title.as_deref(), Some("5"));
    assert_eq!(read.required, ["a"]);
    assert_eq!((read.rare().prefix_items.len(), read.all_of.len()), (1, 1));
    assert_eq!(read.discriminator.unwrap().property, "kind");
    assert_eq!(found.len(), 7);
}

#[test]
fn a_schema_keeps_everything_it_says() {
    let (read, found) = schema(
        "3.1.0",
        "{ $ref: '#/$defs/D', description: d, title: t, format: f, const: 1, enum: [1, null], default: null, examples: [1, 2], example: 0,
           properties: { x-a: true, $ref: {} }, patternProperties: { a: {} }, additionalProperties: false, propertyNames: {},
           prefixItems: [{}], contains: {}, minContains: 1, maxContains: 2, uniqueItems: true, not: {}, if: {}, unevaluatedItems: true,
           dependentRequired: { a: [b], c: [] }, dependentSchemas: {}, contentEncoding: base64, contentMediaType: a/b, contentSchema: {}, $defs: { D: {} }, $id: i,
           $anchor: a, $dynamicAnchor: da, $dynamicRef: '#da', xml: {}, x-e: 1, $comment: c, minimum: -9223372036854776000 }",
    );
    assert_eq!(found, []);
    let read = read.unwrap();
    assert_eq!(read.reference.as_ref().unwrap().target, "#/$defs/D");
    assert_eq!(read.default, Some(Node::Null));
    assert_eq!(read.constant, Some(Node::Number(Number::Int(1))));
    let examples: Vec<_> = read
        .examples
        .iter()
        .map(|it| it.as_number().unwrap())
        .collect();
    assert_eq!(examples, [Number::Int(0), Number::Int(1), Number::Int(2)]);
    assert_eq!(read.properties.keys().collect::<Vec<_>>(), ["x-a", "$ref"]);
    assert_eq!(read.properties["x-a"].boolean, Some(true));
    assert_eq!(
        read.additional_properties.as_ref().unwrap().boolean,
        Some(false)
    );
    let rules = read.constraints();
    assert_eq!(
        (rules.min_contains, rules.max_contains, rules.unique_items),
        (Some(1), Some(2), true)
    );
    assert!(matches!(rules.minimum, Some(Number::Float(_))));
    let rare = read.rare();
    assert_eq!(rare.restrictions, ["if", "dependentSchemas"]);
    assert_eq!(rare.key_sets.len(), 1);
    assert_eq!(rare.key_sets[0].sets, [["a", "b"]]);
    assert_eq!(
        rare.definitions["D"].place.pointer.as_str(),
        "/components/schemas/S/$defs/D"
    );
    assert_eq!(rare.dynamic_reference.as_deref(), Some("#da"));
    assert!(rare.not.is_some() && rare.contains.is_some() && rare.xml);
    assert_eq!(read.extensions["x-e"], Node::Number(Number::Int(1)));
}

#[test]
fn a_hundred_levels_of_schemas_are_read() {
    let text = format!("{}{}", "{ items: ".repeat(100), "}".repeat(100)).replace(": }", ": {} }");
    let (read, found) = schema("3.1.0", &text);
    assert_eq!(found, []);
    assert!(read.is_some());
}
