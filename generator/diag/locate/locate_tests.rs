use std::fmt::Write as _;
use std::time::{Duration, Instant};

use super::*;

fn pointer(text: &str) -> Pointer {
    Pointer::parse(text).unwrap()
}

/// Line, column and text of a node.
fn find(text: &str, wanted: &str) -> (u32, u32, String) {
    let found = locate(text, Format::of(text), &[&pointer(wanted)]);
    let span = found[0].unwrap().last.span();
    let shown = text[span.offset..span.offset + span.length].to_owned();
    (span.line, span.column, shown)
}

const JSON: &str = r#"{
  "openapi": "3.1.0", "é": {"x": [1, {"deep": null}]},
  "paths": {
    "/a/{b}": { "get": { "tags": [ "t", true ] } },
    "esc\u0061ped\"": 1
  }
}"#;

const YAML: &str = "# a comment
openapi: 3.1.0
é: { x: [1, { deep: ~ }] }
paths:
  /a/{b}:
    get:
      tags:
        - t
        - true
      parameters:
      - name: n
        in: query
  'quoted ''key''': 1
  text: |
    several
    lines
  200: \"two\"
";

#[test]
fn json_nodes_are_found() {
    for (wanted, found) in [
        ("", (1, 1, "{")),
        ("/openapi", (2, 14, "\"3.1.0\"")),
        ("/é", (2, 23, "\"é\"")),
        ("/é/x", (2, 29, "\"x\"")),
        ("/é/x/0", (2, 35, "1")),
        ("/é/x/1", (2, 38, "{")),
        ("/é/x/1/deep", (2, 47, "null")),
        ("/paths/~1a~1{b}", (4, 5, "\"/a/{b}\"")),
        ("/paths/~1a~1{b}/get/tags/1", (4, 41, "true")),
        ("/paths/escaped\"", (5, 23, "1")),
    ] {
        assert_eq!(
            find(JSON, wanted),
            (found.0, found.1, found.2.to_owned()),
            "{wanted}"
        );
    }
}

#[test]
fn yaml_nodes_are_found() {
    for (wanted, found) in [
        ("", (2, 1, "o")),
        ("/openapi", (2, 10, "3.1.0")),
        ("/é", (3, 1, "é")),
        ("/é/x/0", (3, 10, "1")),
        ("/é/x/1", (3, 13, "{")),
        ("/é/x/1/deep", (3, 21, "~")),
        ("/paths", (4, 1, "paths")),
        ("/paths/~1a~1{b}", (5, 3, "/a/{b}")),
        ("/paths/~1a~1{b}/get/tags/1", (9, 11, "true")),
        ("/paths/~1a~1{b}/get/parameters/0", (11, 9, "n")),
        ("/paths/~1a~1{b}/get/parameters/0/in", (12, 13, "query")),
        ("/paths/quoted 'key'", (13, 21, "1")),
        ("/paths/text", (15, 5, "several")),
        ("/paths/200", (17, 8, "\"two\"")),
    ] {
        assert_eq!(
            find(YAML, wanted),
            (found.0, found.1, found.2.to_owned()),
            "{wanted}"
        );
    }
}

#[test]
fn crlf_and_byte_order_marks_do_not_shift_columns() {
    assert_eq!(
        find("\u{feff}a: 1\r\nb:\r\n  c: 2\r\n", "/b/c"),
        (3, 6, "2".to_owned())
    );
    assert_eq!(find("\u{feff}a: 1\r\n", "/a"), (1, 4, "1".to_owned()));
    assert_eq!(
        find("\u{feff}{\"a\": 1,\r\n\"b\": 2}", "/a"),
        (1, 7, "1".to_owned())
    );
    assert_eq!(
        find("\u{feff}{\"a\": 1,\r\n\"b\": 2}", "/b"),
        (2, 6, "2".to_owned())
    );
}

#[test]
fn what_is_not_there_leads_to_the_nearest_above() {
    for (text, wanted, found) in [
        (JSON, "/paths/nowhere/at/all", (3, 3, "\"paths\"")),
        (JSON, "/openapi/x", (2, 3, "\"openapi\"")),
        (JSON, "/é/x/7", (2, 29, "\"x\"")),
        (YAML, "/paths/nowhere", (4, 1, "paths")),
        (YAML, "/nowhere", (2, 1, "o")),
    ] {
        assert_eq!(
            find(text, wanted),
            (found.0, found.1, found.2.to_owned()),
            "{wanted}"
        );
    }
    let found = locate(
        YAML,
        Format::Yaml,
        &[&pointer("/paths/x"), &pointer("/paths")],
    );
    assert!(!found[0].unwrap().last.exact);
    assert!(found[1].unwrap().last.exact);
}

#[test]
fn both_of_two_equal_keys_are_found() {
    for text in ["a: 1\nb: 2\na: 3\n", "{\"a\": 1,\n\"b\": 2,\n\"a\": 3}"] {
        let found = locate(text, Format::of(text), &[&pointer("/a")])[0].unwrap();
        assert_eq!((found.first.value.line, found.last.value.line), (1, 3));
    }
}

#[test]
fn aliases_and_merge_keys_lead_to_what_they_repeat() {
    let text = "base: &base\n  a: 1\n  b: {c: 2}\nuse: *base\nmore:\n  <<: *base\n  a: 3\nlist:\n  <<: [*base]\n";
    for (wanted, line) in [
        ("/use", 4),
        ("/use/b/c", 3),
        ("/more/a", 7),
        ("/more/b/c", 3),
        ("/list/a", 2),
    ] {
        assert_eq!(find(text, wanted).0, line, "{wanted}");
    }
}

#[test]
fn broken_texts_give_what_stands_before_the_fault() {
    assert_eq!(find("{\"a\": {\"b\": 1, \"c", "/a/b").1, 13);
    assert_eq!(find("{\"a\": {\"b\": 1, \"c", "/a/c").1, 2);
    assert_eq!(find("a:\n  b: 1\nc: [", "/a/b"), (2, 6, "1".to_owned()));
    for text in [
        "",
        "{",
        "[",
        "\"",
        "{\"",
        "{\"a\\",
        "{\"a\":",
        "{]",
        ":",
        "&",
        "*a",
        "a: *a",
        "{\"a\" 1}",
        "\u{feff}",
    ] {
        for format in [Format::Json, Format::Yaml] {
            let _ = locate(text, format, &[&pointer("/a/0"), &pointer("")]);
        }
    }
}

#[test]
fn hostile_texts_cost_little() {
    let start = Instant::now();
    let deep = "[".repeat(1_000_000);
    let deep_pointer = pointer(&"/0".repeat(100_000));
    assert!(locate(&deep, Format::Json, &[&deep_pointer])[0].is_some());
    let mut bomb = "a0: &a0 {x: 1}\n".to_owned();
    for level in 1..60 {
        let inner = level - 1;
        let _ = writeln!(
            bomb,
            "a{level}: &a{level} {{<<: [*a{inner}, *a{inner}, *a{inner}]}}"
        );
    }
    let _ = locate(
        &bomb,
        Format::Yaml,
        &[&pointer("/a59/y"), &pointer("/a59/x")],
    );
    assert!(
        start.elapsed() < Duration::from_secs(20),
        "{:?}",
        start.elapsed()
    );
}

#[test]
fn a_position_becomes_a_span() {
    let text = "\u{feff}ab\nçdé\r\n";
    for (line, column, offset, length) in [
        (1, 1, 3, 1),
        (1, 3, 5, 0),
        (2, 2, 8, 1),
        (2, 3, 9, 2),
        (9, 9, 13, 0),
    ] {
        let span = at(text, line, column);
        assert_eq!(
            (span.offset, span.length),
            (offset, length),
            "{line}:{column}"
        );
    }
}

/// What nothing is wanted of is left out of the scan, and that shows in nothing.
#[test]
fn yaml_is_scanned_where_something_is_wanted() {
    let text = "--- # the first
# words
info: # more words
  title: 'a: b'
  description: |
    ## not a comment

    paths: no key
paths:
  /a:
    get: {tags: [
      x
    ]}
    \"post\":
      parameters:
      - name: n
        schema:
          type: string
      -
        name: m
      deprecated: true
  ? /b
  : get: {}
components:
    schemas:
        A: &a
            type: object
        'it''s':
            type: array
        B:

            # words
            properties:
                - deep
        C: >-
            folded
            words
        D: plain
            words
        E: *a
        F:
            <<: *a
last: 1
";
    let with_mark = text.replacen("--- # the first", "---", 1);
    let simple = text
        .replace("  ? /b\n  : get: {}\n", "")
        .replace("    ]}", "     ]}");
    for text in [
        text,
        &with_mark,
        &simple,
        &simple.replace('\n', "\r\n"),
        &simple.replace("words", "wörds"),
    ] {
        for wanted in [
            &[""][..],
            &["", "/last"],
            &["/info/description"],
            &["/info", "/info/title"],
            &["/paths"],
            &["/paths/~1a/get"],
            &["/paths/~1a/get/tags/0"],
            &["/paths/~1a/post/parameters/1/name", "/last"],
            &["/paths/~1a/post/deprecated"],
            &["/components/schemas"],
            &["/components/schemas/A/type"],
            &["/components/schemas/it's", "/components/schemas/B"],
            &["/components/schemas/B/properties/0"],
            &["/components/schemas/C", "/components/schemas/D"],
            &["/components/schemas/E"],
            &["/components/schemas/E/type"],
            &["/components/schemas/F/type", "/info/title"],
            &["/components/schemas/G", "/last"],
        ] {
            let pointers: Vec<_> = wanted.iter().map(|text| pointer(text)).collect();
            let pointers: Vec<_> = pointers.iter().collect();
            let mut whole = Trie::new(&pointers);
            yaml::scan_all(text, &mut whole);
            let mut trie = Trie::new(&pointers);
            yaml::scan(text, &mut trie);
            let start = |raw: &Raw| (raw.key.clone(), raw.value.start, raw.container);
            let found = |trie: &Trie| -> Vec<_> {
                let found = trie.found().map(|found| {
                    found.map(|(first, last, exact)| (start(first), start(last), exact))
                });
                found.collect()
            };
            assert_eq!(found(&trie), found(&whole), "{wanted:?} in {text}");
        }
    }
    let outline = |text, wanted| outline::Outline::of(text, &Trie::new(&[&pointer(wanted)]));
    assert!(outline(text, "/info/title").is_none());
    let short = outline(
        &simple.replacen("--- # the first", "---", 1),
        "/paths/~1a/post/deprecated",
    );
    let expected = "---\ninfo: # more words\n  title: 'a: b'\npaths:\n  /a:\n    get: {tags: [\n      x\n     ]}\n    \"post\":\n      parameters:\n      - name: n\n        schema:\n          type: string\n      -\n        name: m\n      deprecated: true\n";
    assert_eq!(short.unwrap().text, expected);
}
