use super::super::{Document, Node, Number, RefOr, SecurityKind, read};
use crate::diag::{Code, Example, Sink};
use crate::source::Source;

/// The code and pointer of each diagnostic.
pub(super) type Found = Vec<(Code, String)>;

/// Reads a fragment; gives the document, and the code and pointer of each diagnostic.
pub(super) fn document(fragment: &str) -> (Option<Document>, Found) {
    let mut sink = Sink::new();
    let source = Source::text("t.yaml", Example::complete(fragment)).unwrap();
    let document = read(&source, &mut sink);
    let found = sink.diagnostics().iter();
    let found = found
        .map(|it| (it.code, it.place.pointer.to_string()))
        .collect();
    (document, found)
}

fn clean(fragment: &str) -> Document {
    let (document, found) = document(fragment);
    assert_eq!(found, [], "{fragment}");
    document.unwrap()
}

#[test]
fn versions_are_told_apart() {
    for (stated, ok) in [
        ("3.0.0", true),
        ("3.0.4", true),
        ("3.1.1", true),
        ("3.2.0", true),
        ("'3.1'", true),
        ("3.1.0-rc1", true),
        ("3.1", true),
        ("3.0", true),
        ("3.3.0", false),
        ("2.0", false),
        ("4.0.0", false),
        ("3", false),
        ("[]", false),
        ("3.10.0", false),
    ] {
        let (document, found) = document(&format!(
            "openapi: {stated}\ninfo: {{ title: t, version: '1' }}\npaths: {{}}\n"
        ));
        assert_eq!(document.is_some(), ok, "{stated}: {found:?}");
        assert_eq!(
            found
                .iter()
                .any(|(code, _)| *code == Code::UNSUPPORTED_VERSION),
            !ok,
            "{stated}"
        );
    }
}

#[test]
fn unusable_documents_end_in_one_error() {
    for (text, code) in [
        ("swagger: '2.0'\npaths: {}\n", Code::UNSUPPORTED_VERSION),
        (
            "openapi: 3.1.0\ninfo: { title: t, version: '1' }\n",
            Code::MISSING_FIELD,
        ),
        ("openapi: [\n", Code::SYNTAX_ERROR),
    ] {
        let (document, found) = document(text);
        assert!(document.is_none());
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].0, code);
    }
    for text in ["[]", "1", "# nothing", "{}"] {
        let mut sink = Sink::new();
        assert!(read(&Source::text("t", text).unwrap(), &mut sink).is_none());
        assert!(sink.has_errors(), "{text}");
    }
}

#[test]
fn a_document_without_info_is_still_read() {
    let (document, found) = document("openapi: 3.0.0\npaths: {}\n");
    assert_eq!(found, [(Code::MISSING_FIELD, String::new())]);
    assert_eq!(document.unwrap().info.title, "");
}

#[test]
fn operations_keep_their_order_and_methods() {
    let document = clean(
        "openapi: 3.2.0\ninfo: { title: t, version: '1' }\npaths:\n  /a:\n    post: {}\n    get: {}\n    query: {}\n    additionalOperations: { COPY: {}, x-My: {} }\n",
    );
    let operations = document.paths["/a"].operations.iter();
    let methods: Vec<_> = operations
        .map(|operation| operation.method.as_str())
        .collect();
    assert_eq!(methods, ["POST", "GET", "QUERY", "COPY", "x-My"]);
}

#[test]
fn one_bad_part_of_an_operation_costs_that_part() {
    for (operation, code, at) in [
        (
            "{ responses: { 20: {} } }",
            Code::INVALID_VALUE,
            "/responses/20",
        ),
        (
            "{ responses: { 2xx: { description: d } } }",
            Code::INVALID_VALUE,
            "/responses/2xx",
        ),
        (
            "{ responses: { 200: 1 } }",
            Code::WRONG_TYPE,
            "/responses/200",
        ),
        (
            "{ responses: { 200: {} } }",
            Code::MISSING_FIELD,
            "/responses/200",
        ),
        ("{ parameters: [1] }", Code::WRONG_TYPE, "/parameters/0"),
        (
            "{ parameters: [{ name: a, in: body, schema: {} }] }",
            Code::INVALID_VALUE,
            "/parameters/0/in",
        ),
        (
            "{ parameters: [{ in: query, schema: {} }] }",
            Code::MISSING_FIELD,
            "/parameters/0",
        ),
        (
            "{ parameters: [{ name: a, in: query }] }",
            Code::MISSING_FIELD,
            "/parameters/0",
        ),
        (
            "{ parameters: [{ name: a, in: path, schema: {} }] }",
            Code::INVALID_VALUE,
            "/parameters/0",
        ),
        (
            "{ parameters: [{ name: a, in: query, schema: {}, content: {} }] }",
            Code::CONFLICTING_FIELDS,
            "/parameters/0/content",
        ),
        (
            "{ parameters: [{ $ref: '#/components/parameters/P', required: true }] }",
            Code::CONFLICTING_FIELDS,
            "/parameters/0/required",
        ),
        ("{ requestBody: {} }", Code::MISSING_FIELD, "/requestBody"),
        (
            "{ requestBody: { content: { a/b: { exmaple: 1 } } } }",
            Code::UNKNOWN_KEYWORD,
            "/requestBody/content/a~1b/exmaple",
        ),
        ("{ tags: a }", Code::WRONG_TYPE, "/tags"),
        ("{ operationID: a }", Code::UNKNOWN_KEYWORD, "/operationID"),
        ("{ security: { k: [] } }", Code::WRONG_TYPE, "/security"),
    ] {
        let (document, found) = document(&format!(
            "components: {{ parameters: {{ P: {{ name: p, in: query, schema: {{}} }} }} }}\npaths:\n  /a:\n    get: {operation}\n"
        ));
        assert_eq!(
            found,
            [(code, format!("/paths/~1a/get{at}"))],
            "{operation}"
        );
        assert_eq!(
            document.unwrap().paths["/a"].operations.len(),
            1,
            "{operation}"
        );
    }
}

#[test]
fn a_path_without_its_slash_is_taken_with_it() {
    let (document, found) = document("paths: { pets: {}, x-y: {} }\n");
    assert_eq!(found, [(Code::INVALID_VALUE, "/paths/pets".to_owned())]);
    assert_eq!(
        document.unwrap().paths.keys().collect::<Vec<_>>(),
        ["/pets"]
    );
}

#[test]
fn security_that_cannot_be_read_never_becomes_no_security() {
    for security in ["1", "[1]", "null"] {
        let (document, _) = document(&format!(
            "paths: {{ /a: {{ get: {{ security: {security} }} }} }}\n"
        ));
        assert!(
            document.unwrap().paths["/a"].operations[0]
                .security
                .is_none(),
            "{security}"
        );
    }
    let (document, _) = document("paths: { /a: { get: { security: [{ key: 1 }] } } }\n");
    let security = document.unwrap().paths["/a"].operations[0]
        .security
        .clone()
        .unwrap();
    assert!(security[0].schemes.contains_key("key"));
    let document = clean("security: []\npaths: { /a: { get: { security: [{}] } } }\n");
    assert_eq!(document.security.unwrap().len(), 0);
}

#[test]
fn security_schemes_are_read_by_type() {
    let (document, found) = document(
        "components:\n  securitySchemes:
    key: { type: apiKey, name: k, in: header }
    bearer: { type: http, scheme: bearer, bearerFormat: JWT }
    flows: { type: oauth2, flows: { implicit: {} } }
    openid: { type: openIdConnect, openIdConnectUrl: u }
    tls: { type: mutualTLS }
    other: { $ref: '#/components/securitySchemes/key' }
    basic: { type: basic }
    path: { type: apiKey, name: k, in: path }
    none: {}
    keyless: { type: apiKey, in: header }\n",
    );
    let schemes = document.unwrap().components.security_schemes;
    assert_eq!(schemes.len(), 6);
    assert!(matches!(
        &schemes["key"], RefOr::Item(scheme) if matches!(&scheme.kind, SecurityKind::ApiKey { name, .. } if name == "k")
    ));
    assert!(matches!(&schemes["other"], RefOr::Ref(_)));
    let expected = [
        (Code::INVALID_VALUE, "basic/type"),
        (Code::INVALID_VALUE, "path/in"),
        (Code::MISSING_FIELD, "none"),
        (Code::MISSING_FIELD, "keyless"),
    ];
    let expected = expected.map(|(code, at)| (code, format!("/components/securitySchemes/{at}")));
    assert_eq!(found, expected);
}

#[test]
fn examples_are_read_in_every_form() {
    let (document, found) = document(
        "openapi: 3.2.0\ninfo: { title: t, version: '1' }\npaths: { /a: { post: { requestBody: { content: { a/b: {
          example: [1], examples: { full: { value: 2 }, data: { dataValue: 3 }, ref: { $ref: '#/x-one' }, bare: { a: 4 } } } } } } } }\nx-one: { value: 4 }\n",
    );
    assert_eq!(found.len(), 1, "{found:?}");
    let operation = &document.unwrap().paths["/a"].operations[0];
    let body = operation.request_body.as_ref().unwrap().item().unwrap();
    let examples = &body.content["a/b"].item().unwrap().examples.0;
    let names: Vec<_> = examples.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["", "full", "data", "ref", "bare"]);
    assert_eq!(
        examples[0].1.item().unwrap().value,
        Some(Node::Array(vec![Node::Number(Number::Int(1))]))
    );
}

#[test]
fn fields_of_later_versions_are_taken_with_a_note() {
    let (document, found) = document(
        "openapi: 3.0.3\ninfo: { title: t, version: '1', summary: s }\nwebhooks: { w: { post: { responses: {} } } }\n",
    );
    let expected = [
        (Code::VERSION_MISMATCH, "/info/summary"),
        (Code::VERSION_MISMATCH, "/webhooks"),
    ];
    assert_eq!(found, expected.map(|(code, at)| (code, at.to_owned())));
    assert_eq!(document.unwrap().webhooks.len(), 1);
}

#[test]
fn a_reference_inside_data_is_data() {
    let document = clean(
        "components: { schemas: { S: { example: { $ref: a }, default: { $ref: b }, enum: [{ $ref: c }], x-y: { $ref: d } } },
           examples: { E: { value: { $ref: e } } } }\n",
    );
    let schema = &document.components.schemas["S"];
    assert_eq!(
        schema.examples[0].get("$ref").and_then(Node::as_str),
        Some("a")
    );
}

#[test]
fn a_document_may_have_so_many_schemas_and_no_more() {
    let of = |count: usize| {
        let schemas = "true,".repeat(count);
        let text = format!(
            r#"{{"openapi":"3.1.0","info":{{"title":"t","version":"1"}},"components":{{"schemas":{{"A":{{"allOf":[{schemas}true]}}}}}}}}"#
        );
        let mut sink = Sink::new();
        let read = read(&Source::text("t.json", text).unwrap(), &mut sink).is_some();
        let codes: Vec<Code> = sink.diagnostics().iter().map(|found| found.code).collect();
        (read, codes)
    };
    assert_eq!(of(599_998), (true, vec![]));
    assert_eq!(of(700_000), (true, vec![Code::TOO_LARGE]));
}
