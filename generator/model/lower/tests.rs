use crate::config::ApiConfig;
use crate::diag::Sink;
use crate::pipeline;
use crate::source::Source;

/// The codes that a document of these component schemas raises.
fn raised(schemas: &str) -> Vec<&'static str> {
    let text = format!(
        "openapi: 3.1.0\ninfo: {{ title: t, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}"
    );
    let mut sink = Sink::new();
    let source = Source::text("test.yaml", text).unwrap();
    assert!(pipeline::inspect(&source, &ApiConfig::default(), &mut sink).is_some());
    sink.diagnostics()
        .iter()
        .map(|found| found.code.name())
        .collect()
}

#[test]
fn an_all_of_that_holds_itself_twice_ends() {
    let codes = raised(
        "    A: { allOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/A' }] }\n",
    );
    assert!(codes.contains(&"reference-cycle"), "{codes:?}");
}

#[test]
fn an_all_of_that_doubles_at_every_level_is_walked_once() {
    let mut schemas = String::new();
    for level in 0..60 {
        let next = level + 1;
        let reference = format!("{{ $ref: '#/components/schemas/S{next}' }}");
        schemas.push_str(&format!(
            "    S{level}: {{ allOf: [{reference}, {reference}] }}\n"
        ));
    }
    schemas.push_str(
        "    S60: { type: object, required: [id], properties: { id: { type: string } } }\n",
    );
    assert_eq!(raised(&schemas), Vec::<&str>::new());
}

#[test]
fn lists_and_references_that_go_in_circles_end() {
    let codes = raised(
        "    A: { $ref: '#/components/schemas/B' }\n    B: { $ref: '#/components/schemas/A' }\n    \
         C: { type: array, items: { $ref: '#/components/schemas/C' } }\n    \
         D: { oneOf: [{ $ref: '#/components/schemas/D' }, { type: string }] }\n",
    );
    assert!(codes.contains(&"reference-cycle"), "{codes:?}");
}

#[test]
fn what_only_restricts_is_noted_wherever_it_stands() {
    let keywords = [
        "not: { const: a }",
        "if: { required: [a] }",
        "then: { required: [a] }",
        "else: { required: [a] }",
        "dependentSchemas: { a: { required: [b] } }",
        "unevaluatedProperties: false",
        "unevaluatedItems: false",
    ];
    let base = "    Base: { type: object, properties: { a: { type: string } } }\n";
    let places = |keyword: &str| {
        [
            format!("{{ {keyword} }}"),
            format!("{{ $ref: '#/components/schemas/Base', {keyword} }}"),
            format!("{{ allOf: [{{ $ref: '#/components/schemas/Base' }}, {{ {keyword} }}] }}"),
            format!("{{ allOf: [{{ $ref: '#/components/schemas/Base' }}], {keyword} }}"),
            format!("{{ anyOf: [{{ type: string }}, {{ type: array }}], {keyword} }}"),
            format!("{{ anyOf: [{{ type: 'null' }}, {{ type: array }}], {keyword} }}"),
            format!("{{ type: [string, array], {keyword} }}"),
        ]
    };
    for keyword in keywords {
        for schema in places(keyword) {
            let codes = raised(&format!("{base}    S: {schema}\n"));
            assert!(
                codes.contains(&"restriction-not-carried"),
                "{schema}: {codes:?}"
            );
        }
    }
    // Of lists alone, and of items that are not looked into.
    for (kind, noted) in [("array", true), ("object", false)] {
        let codes = raised(&format!(
            "    S: {{ type: {kind}, contains: {{ required: [a] }} }}\n"
        ));
        assert_eq!(
            codes.contains(&"restriction-not-carried"),
            noted,
            "{codes:?}"
        );
    }
    for schema in places("title: t") {
        let codes = raised(&format!("{base}    S: {schema}\n"));
        assert_eq!(codes, [""; 0], "{schema}");
    }
}

#[test]
fn one_fault_is_told_once() {
    let text = "openapi: 3.1.0\ninfo: { title: t, version: '1' }\nsecurity: [{ key: [] }]\npaths:\n  \
                /a: { get: { responses: {} }, put: { responses: {} } }\n  /b: { get: { responses: {} } }\n";
    let mut sink = Sink::new();
    let source = Source::text("test.yaml", text).unwrap();
    assert!(pipeline::inspect(&source, &ApiConfig::default(), &mut sink).is_some());
    let found = sink.diagnostics().iter();
    let found: Vec<_> = found
        .filter(|it| it.code.name() == "unknown-security-scheme")
        .collect();
    assert_eq!(found.len(), 1);
}

#[test]
fn a_document_may_have_webhooks_and_nothing_else() {
    let text = "openapi: 3.1.0\ninfo: { title: t, version: '1' }\nwebhooks:\n  \
                born: { post: { operationId: born, responses: { '204': { description: d } } } }\n";
    let mut sink = Sink::new();
    let source = Source::text("test.yaml", text).unwrap();
    let found = pipeline::generate(&source, &ApiConfig::default(), &mut sink).unwrap();
    assert_eq!(sink.diagnostics().len(), 0);
    let files = found.unwrap().files;
    let operations = String::from_utf8(files.get("src/operations.rs").unwrap().to_vec()).unwrap();
    assert!(operations.contains("struct BornRequest"), "{operations}");
}
