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
