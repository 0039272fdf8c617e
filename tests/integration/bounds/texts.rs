//! Texts that nest, repeat or refer more than can be carried.

use std::fs;

use specwright::config::ApiConfig;
use specwright::diag::Sink;
use specwright::pipeline;
use specwright::source::{SIZE_LIMIT, Source};

use super::codes;

fn raised(name: &str, text: String) -> Vec<&'static str> {
    let source = match Source::text(name, text) {
        Ok(source) => source,
        Err(error) => return vec![error.diagnostic().code.name()],
    };
    let mut sink = Sink::new();
    let generated = pipeline::generate(&source, &ApiConfig::default(), &mut sink).unwrap();
    let codes = codes(&sink);
    assert!(generated.is_some() != sink.has_errors(), "{codes:?}");
    codes
}

fn with_schema(schema: &str) -> String {
    format!(
        r#"{{"openapi":"3.1.0","info":{{"title":"t","version":"1"}},"paths":{{}},"components":{{"schemas":{{"A":{schema}}}}}}}"#
    )
}

#[test]
fn a_thousand_levels_of_anything_are_refused_and_fifty_are_not() {
    for (open, core, close) in [
        (r#"{"properties":{"a":"#, "{}", "}}"),
        (r#"{"allOf":["#, "{}", "]}"),
        (r#"{"oneOf":[{"type":"string"},"#, "{}", "]}"),
        (r#"{"anyOf":["#, "{}", "]}"),
        (r#"{"items":"#, "{}", "}"),
        (r#"{"prefixItems":["#, "{}", "]}"),
        (r#"{"additionalProperties":"#, "{}", "}"),
        (r#"{"patternProperties":{"^a":"#, "{}", "}}"),
        (r#"{"not":"#, "{}", "}"),
        (r#"{"$defs":{"a":"#, "{}", "}}"),
        (r#"{"propertyNames":"#, "{}", "}"),
    ] {
        let nested = |levels: usize| {
            with_schema(&format!(
                "{}{core}{}",
                open.repeat(levels),
                close.repeat(levels)
            ))
        };
        assert_eq!(raised("a.json", nested(1000)), ["too-deep"], "{open}");
        assert_eq!(raised("a.yaml", nested(1000)), ["too-deep"], "{open}");
        let codes = raised("a.json", nested(35));
        assert!(!codes.contains(&"too-deep"), "{open}: {codes:?}");
    }
}

#[test]
fn values_nest_no_deeper_than_schemas() {
    for key in ["example", "default", "x-note", "const", "enum"] {
        let value = |levels: usize| {
            let list = format!("{}{}", "[".repeat(levels), "]".repeat(levels));
            with_schema(&format!(r#"{{"{key}":{list}}}"#))
        };
        assert_eq!(raised("a.json", value(1000)), ["too-deep"], "{key}");
        let codes = raised("a.json", value(90));
        assert!(!codes.contains(&"too-deep"), "{key}: {codes:?}");
    }
}

#[test]
fn a_text_without_end_is_refused_before_it_is_read() {
    let long = "x".repeat(usize::try_from(SIZE_LIMIT).unwrap());
    let text = with_schema(&format!(r#"{{"description":"{long}"}}"#));
    assert_eq!(raised("a.json", text), ["too-large"]);
}

#[test]
fn aliases_that_multiply_are_refused() {
    let mut text = String::from(
        "openapi: 3.1.0\ninfo: { title: t, version: '1' }\npaths: {}\nx-0: &a0 [a, a]\n",
    );
    for level in 1..40 {
        let before = level - 1;
        text.push_str(&format!("x-{level}: &a{level} [*a{before}, *a{before}]\n"));
    }
    assert_eq!(raised("a.yaml", text), ["too-large"]);
}

#[test]
fn extending_chains_are_carried_or_refused() {
    let chain = |levels: usize| {
        let link = |level: usize| {
            let next = level + 1;
            format!(
                r##""S{level}":{{"allOf":[{{"$ref":"#/components/schemas/S{next}"}},{{"properties":{{"p{level}":{{"type":"string"}}}}}}]}},"##
            )
        };
        let links: String = (0..levels).map(link).collect();
        format!(
            r#"{{"openapi":"3.1.0","info":{{"title":"t","version":"1"}},"paths":{{}},"components":{{"schemas":{{{links}"S{levels}":{{"type":"object"}}}}}}}}"#
        )
    };
    assert_eq!(raised("a.json", chain(50)), Vec::<&str>::new());
    assert_eq!(raised("a.json", chain(500)), ["too-deep"]);
}

#[test]
fn what_is_inherited_again_and_again_is_bounded() {
    let properties: Vec<String> = (0..500)
        .map(|index| format!(r#""p{index}":{{}}"#))
        .collect();
    let children = (0..800).map(|index| {
        format!(r##""B{index}":{{"allOf":[{{"$ref":"#/components/schemas/A"}},{{"properties":{{"q":{{}}}}}}]}}"##)
    });
    let children: Vec<String> = children.collect();
    let schema = format!(
        r#"{{"properties":{{{}}}}},{}"#,
        properties.join(","),
        children.join(",")
    );
    assert_eq!(raised("a.json", with_schema(&schema)), ["too-deep"]);
}

#[test]
fn files_that_refer_to_each_other_are_read_once() {
    let folder = tempfile::tempdir().unwrap();
    let size = 100;
    for index in 0..size {
        let properties =
            (0..size).map(|other| format!(r#""p{other}":{{"$ref":"f{other}.json#/A"}}"#));
        let properties: Vec<String> = properties.collect();
        let text = format!(
            r#"{{"A":{{"type":"object","properties":{{{}}}}}}}"#,
            properties.join(",")
        );
        fs::write(folder.path().join(format!("f{index}.json")), text).unwrap();
    }
    let root = folder.path().join("openapi.json");
    fs::write(&root, with_schema(r#"{"$ref":"f0.json#/A"}"#)).unwrap();
    let mut sink = Sink::new();
    let source = Source::path(&root).unwrap();
    let inspection = pipeline::inspect(&source, &ApiConfig::default(), &mut sink).unwrap();
    assert_eq!(codes(&sink), Vec::<&str>::new());
    assert_eq!(sink.files().iter().count(), size + 1);
    assert!(inspection.types.len() >= size);
}
