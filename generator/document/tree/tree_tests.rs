use std::fmt::Write as _;

use super::*;
use crate::diag::Code;

fn tree(text: &str) -> Tree {
    parse(text, Format::of(text)).unwrap_or_else(|fault| panic!("{text}\n{fault:?}"))
}

fn json(text: &str) -> String {
    tree(text).root.to_json().to_string()
}

fn fault(text: &str) -> Fault {
    parse(text, Format::of(text)).expect_err(text)
}

#[test]
fn json_and_yaml_give_the_same_tree() {
    for (written, yaml) in [
        (
            r#"{"a":[1,-2,1.5,true,null,"x"]}"#,
            "a: [1, -2, 1.5, true, null, x]",
        ),
        (r#"{"a":{"b":{}},"c":[]}"#, "a:\n  b: {}\nc: []"),
        (
            r#"{"a":"1","b":"yes","c":"2024-01-01"}"#,
            "a: '1'\nb: yes\nc: 2024-01-01",
        ),
        (
            r#"{"a":18446744073709551615,"b":-9223372036854775808}"#,
            "a: 18446744073709551615\nb: -9223372036854775808",
        ),
        (r#"{"a":"😀é\n"}"#, "a: \"\\U0001F600\\u00e9\\n\""),
    ] {
        assert_eq!(tree(written).root, tree(yaml).root, "{yaml}");
    }
}

#[test]
fn json_surrogate_pairs_are_read() {
    assert_eq!(tree(r#"{"a":"\ud83d\ude00"}"#).root, tree("a: 😀").root);
}

#[test]
fn key_order_is_that_of_the_text() {
    for text in ["{\"b\":1,\"a\":2,\"c\":3}", "b: 1\na: 2\nc: 3"] {
        let root = tree(text).root;
        let keys: Vec<_> = root.as_object().unwrap().keys().cloned().collect();
        assert_eq!(keys, ["b", "a", "c"]);
    }
}

#[test]
fn whole_numbers_beyond_64_bits_become_doubles() {
    for text in [
        "{\"a\": -9223372036854776000}",
        "a: -9223372036854776000",
        "a: -9223372036854775999.0",
    ] {
        let root = tree(text).root;
        let number = root.get("a").unwrap().as_number().unwrap();
        assert!(
            matches!(number, crate::document::Number::Float(_)),
            "{text}: {number:?}"
        );
        assert_eq!(
            number.as_f64().to_bits(),
            (-9_223_372_036_854_775_808_f64).to_bits()
        );
    }
    let huge = format!("a: 1{}", "0".repeat(60));
    let root = tree(&huge).root;
    assert!((root.get("a").unwrap().as_number().unwrap().as_f64() / 1e60 - 1.0).abs() < 1e-9);
}

#[test]
fn numbers_that_json_lacks_stay_words() {
    assert_eq!(json("a: .inf\nb: .nan"), r#"{"a":"inf","b":"NaN"}"#);
}

#[test]
fn keys_that_are_not_strings_are_taken_as_written() {
    assert_eq!(
        json("200: a\ntrue: b\nnull: c\n1.0: d\n0x10: e\n~: f\n'q': g"),
        r#"{"200":"a","true":"b","null":"c","1.0":"d","0x10":"e","~":"f","q":"g"}"#
            .parse::<serde_json::Value>()
            .unwrap()
            .to_string()
    );
}

#[test]
fn keys_that_are_not_scalars_are_refused() {
    let fault = fault("? [a, b]\n: c\n");
    assert_eq!(fault.code, Code::SYNTAX_ERROR);
    assert!(
        fault.message.contains("a key that is a string"),
        "{}",
        fault.message
    );
}

#[test]
fn duplicate_keys_are_found_and_the_last_one_counts() {
    for text in [
        r#"{"a":{"b/c":1,"x":0,"b/c":2}}"#,
        "a:\n  b/c: 1\n  x: 0\n  b/c: 2\n",
    ] {
        let tree = tree(text);
        let found: Vec<_> = tree.duplicates.iter().map(Pointer::as_str).collect();
        assert_eq!(found, ["/a/b~1c"]);
        assert_eq!(
            tree.root.at(&tree.duplicates[0]),
            tree.root.at(&Pointer::parse("/a/b~1c").unwrap())
        );
        assert_eq!(tree.root.get("a").unwrap().get("b/c").unwrap().to_json(), 2);
    }
}

#[test]
fn merge_keys_are_applied() {
    for (yaml, expected) in [
        ("x: &x {a: 1, b: 2}\ny: {<<: *x, b: 3}", r#"{"a":1,"b":3}"#),
        (
            "x: &x {a: 1}\nz: &z {a: 2, c: 3}\ny:\n  <<: [*x, *z]\n",
            r#"{"a":1,"c":3}"#,
        ),
        ("y: {<<: 1}", r#"{"<<":1}"#),
    ] {
        assert_eq!(
            tree(yaml).root.get("y").unwrap().to_json().to_string(),
            expected,
            "{yaml}"
        );
    }
    // JSON has none.
    assert_eq!(json(r#"{"<<":{"a":1}}"#), r#"{"<<":{"a":1}}"#);
}

#[test]
fn tags_anchors_and_comments_do_not_show() {
    assert_eq!(
        json("a: !!str 1\nb: !own {c: 2} # d\ne: &f [1]\ng: *f"),
        r#"{"a":"1","b":{"c":2},"e":[1],"g":[1]}"#
    );
}

#[test]
fn byte_order_marks_and_line_ends_do_not_matter() {
    assert_eq!(json("\u{feff}{\"a\": 1}"), r#"{"a":1}"#);
    assert_eq!(
        json("\u{feff}a: 1\r\nb:\r\n  c: 2\r\n"),
        r#"{"a":1,"b":{"c":2}}"#
    );
}

#[test]
fn faults_have_code_position_and_help() {
    for (text, code, position, words) in [
        ("", Code::SYNTAX_ERROR, None, "empty"),
        ("  \n\t", Code::SYNTAX_ERROR, None, "empty"),
        ("{\"a\": [1, 2", Code::SYNTAX_ERROR, Some((1, 11)), "EOF"),
        (
            "{\"é\": 1,\n \"ééé\": x}",
            Code::SYNTAX_ERROR,
            Some((2, 9)),
            "expected value",
        ),
        (
            "{\"a\": 1}\n{}",
            Code::SYNTAX_ERROR,
            Some((2, 1)),
            "trailing characters",
        ),
        (
            "{\"a\": 1,}",
            Code::SYNTAX_ERROR,
            Some((1, 9)),
            "trailing comma",
        ),
        (
            "{\"a\": \"\\ud800\"}",
            Code::SYNTAX_ERROR,
            Some((1, 14)),
            "escape",
        ),
        (
            "a: 1\n\tb: 2",
            Code::SYNTAX_ERROR,
            Some((2, 1)),
            "a tab character",
        ),
        (
            "a: [1, 2",
            Code::SYNTAX_ERROR,
            Some((2, 1)),
            "did not find expected ',' or ']'",
        ),
        (
            "a: \"b\nc: d",
            Code::SYNTAX_ERROR,
            Some((2, 5)),
            "unexpected end of stream",
        ),
        (
            "a: b: c",
            Code::SYNTAX_ERROR,
            Some((1, 5)),
            "mapping values are not allowed",
        ),
        (
            "a: *nowhere",
            Code::SYNTAX_ERROR,
            Some((1, 4)),
            "unknown anchor",
        ),
        (
            "a: 1\n---\nb: 2\n",
            Code::SYNTAX_ERROR,
            Some((2, 1)),
            "more than one",
        ),
    ] {
        let fault = fault(text);
        assert_eq!(
            (fault.code, fault.position),
            (code, position),
            "{text}: {}",
            fault.message
        );
        assert!(fault.message.contains(words), "{text}: {}", fault.message);
        assert!(!fault.message.contains(" line "), "{}", fault.message);
    }
    assert!(fault("a:\n\t- b").help.unwrap().contains("tab"));
    assert!(fault("{\"a\":").help.unwrap().contains("breaks off"));
}

#[test]
fn an_empty_last_document_is_no_second_document() {
    for text in [
        "---\na: 1\n",
        "a: 1\n...\n",
        "%YAML 1.2\n---\na: 1\n...\n---\n",
        "a: 1\n---\n",
    ] {
        assert_eq!(json(text), r#"{"a":1}"#, "{text}");
    }
}

#[test]
fn nesting_is_bounded() {
    let nested = |open: &str, close: &str, depth: usize| {
        format!("{{\"a\":{}{}}}", open.repeat(depth), close.repeat(depth))
    };
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let close_inner = if open == "[" { "" } else { "1" };
        let within = nested(open, &format!("{close_inner}{close}"), 1);
        tree(&within);
        for depth in [1_000, 100_000] {
            let fault = fault(&nested(open, close, depth));
            assert_eq!(fault.code, Code::TOO_DEEP);
            assert!(fault.position.is_some());
        }
    }
    assert!(
        parse(
            &format!("{{\"a\":{}{}}}", "[".repeat(119), "]".repeat(119)),
            Format::Json
        )
        .is_ok()
    );
    assert!(
        parse(
            &format!("a: {}{}", "[".repeat(119), "]".repeat(119)),
            Format::Yaml
        )
        .is_ok()
    );
    assert_eq!(
        fault(&format!("a: {}", "[".repeat(1_000))).code,
        Code::TOO_DEEP
    );
    let mut block = String::new();
    for depth in 0..1_000 {
        let _ = writeln!(block, "{}a:", " ".repeat(depth));
    }
    assert_eq!(fault(&block).code, Code::TOO_DEEP);
}

#[test]
fn alias_bombs_end_in_a_clear_fault() {
    let mut doubling = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..40 {
        let inner = level - 1;
        let _ = writeln!(
            doubling,
            "a{level}: &a{level} [{}]",
            vec![format!("*a{inner}"); 10].join(", ")
        );
    }
    let long = format!(
        "a: &a {}\nb: [{}]",
        "x".repeat(100_000),
        vec!["*a"; 100_000].join(",")
    );
    let wide = format!(
        "a: &a [{}]\nb: [{}]",
        vec!["1"; 50_000].join(","),
        vec!["*a"; 50_000].join(",")
    );
    let own = "a: &a [*a]\n".to_owned();
    for bomb in [doubling, long, wide] {
        assert_eq!(fault(&bomb).code, Code::TOO_LARGE);
    }
    let own = fault(&own).code;
    assert!(
        [Code::TOO_DEEP, Code::TOO_LARGE, Code::SYNTAX_ERROR].contains(&own),
        "{own}"
    );
}

#[test]
fn texts_that_a_parser_would_take_hours_for_are_refused() {
    let start = std::time::Instant::now();
    for open in ["[", "{a: ", "[a, "] {
        assert_eq!(
            fault(&format!("a: {}", open.repeat(1_000_000))).code,
            Code::TOO_DEEP
        );
    }
    let directives = "%TAG !a! x\n".repeat(1_000_000);
    assert_eq!(
        fault(&format!("{directives}---\na: 1")).code,
        Code::SYNTAX_ERROR
    );
    assert!(start.elapsed() < std::time::Duration::from_secs(20));
    // Brackets in prose are no collections.
    let prose = format!("a: |\n{}", "  see [this](there) [ { \n".repeat(400));
    assert!(parse(&prose, Format::Yaml).is_ok());
    let strings = format!("a: [{}1]", "\"[[[]\", ".repeat(2_000));
    assert!(parse(&strings, Format::Yaml).is_ok());
}
