//! Where a fault is, and that all of them are found.

use std::collections::BTreeMap;

use crate::support::{
    codec::Decode,
    object_table::object,
    read::{ReadError, from_slice, read_json},
    report::{MAX_REPORT_BYTES, MAX_VIOLATIONS},
    rules::{Check, Predicate, Validate},
    union_table::union,
    violation::Violation,
};

#[derive(Debug, Clone, PartialEq)]
struct Link {
    subscriber_id: String,
    integration_identifier: String,
    context: Option<BTreeMap<String, Context>>,
    user_scope: Option<Vec<String>>,
}

object! {
    Link {
        0: "subscriberId" => subscriber_id,
        1: "integrationIdentifier" => integration_identifier,
        2: "context" => context?,
        3: "userScope" => user_scope?,
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Context {
    String(String),
    Object(Rich),
}

union! { Context = String | Object { string => String, object => Object } }

#[derive(Debug, Clone, PartialEq)]
struct Rich {
    id: String,
}

object! { Rich { 0: "id" => id, } }

#[derive(Debug, Clone, PartialEq)]
struct Node {
    next: Option<Box<Node>>,
    all: Option<Vec<Node>>,
}

object! {
    Node {
        0: "next" => next?,
        1: "all" => all?,
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Tree {
    Left(Left),
    Right(Right),
}

union! { Tree = Left | Right { object => trial [Left, Right] } }

#[derive(Debug, Clone, PartialEq)]
struct Left {
    child: Option<Box<Tree>>,
    left: bool,
}

object! { Left { 0: "child" => child?, 1: "left" => left, } }

#[derive(Debug, Clone, PartialEq)]
struct Right {
    child: Option<Box<Tree>>,
    right: bool,
}

object! { Right { 0: "child" => child?, 1: "right" => right, } }

const LOWER: Predicate = Predicate {
    name: "^[a-z]*$",
    holds: |text| text.bytes().all(|b| b.is_ascii_lowercase()),
};

#[derive(Debug, Clone, PartialEq)]
struct Limits {
    name: Option<String>,
    tags: Option<Vec<String>>,
    count: Option<i64>,
    ratio: Option<f64>,
    attributes: Option<BTreeMap<String, i64>>,
    child: Option<Box<Limits>>,
}

object! {
    Limits {
        0: "name" => name?,
        1: "tags" => tags?,
        2: "count" => count?,
        3: "ratio" => ratio?,
        4: "attributes" => attributes?,
        5: "child" => child?,
    }
    where {
        "name" => name: min_length(2), max_length(3), pattern(LOWER);
        "tags" => tags: min_items(1), max_items(2), unique_items, each(max_length(2));
        "count" => count: minimum(1.0), exclusive_maximum(10.0);
        "ratio" => ratio: multiple_of(0.01), exclusive_minimum(0.0), maximum(1.0);
        "attributes" => attributes: min_properties(1), max_properties(2), property_names(max_length(1)), each(minimum(0.0));
        "child" => child: nested;
    }
}

fn fault<T: Decode + std::fmt::Debug>(json: &str) -> String {
    let error = from_slice::<T>(json.as_bytes()).unwrap_err();
    format!(
        "{}|{}|{}:{}",
        error.pointer, error.message, error.line, error.column
    )
}

fn invalid<T: Decode + Check + std::fmt::Debug>(json: &str) -> Vec<Violation> {
    match read_json::<T>(json.as_bytes()) {
        Err(ReadError::Invalid(violations)) => violations,
        other => panic!("{other:?}"),
    }
}

fn list(violations: &[Violation]) -> Vec<String> {
    violations
        .iter()
        .map(|v| format!("{} {} {}", v.rule, v.pointer, v.message))
        .collect()
}

#[test]
fn the_first_fault_has_its_place() {
    assert_eq!(
        fault::<Link>("{\n  \"subscriberId\": 5\n}"),
        "/subscriberId|invalid type: integer `5`, expected a string|2:19"
    );
    assert_eq!(
        fault::<Link>(r#"{"userScope":["a",["b"]]}"#),
        "/userScope/1|invalid type: sequence, expected a string|1:18"
    );
    assert_eq!(
        fault::<Link>(r#"{"context":{"app":{"data":{}}}}"#),
        "/context/app|missing field `id`|1:29"
    );
    assert_eq!(
        fault::<Link>(r#"{"context":{"":{}}}"#),
        "/context/|missing field `id`|1:17"
    );
    assert_eq!(
        fault::<Link>(r#"{"context":7}"#),
        "/context|invalid type: integer `7`, expected an object|1:12"
    );
    assert_eq!(
        fault::<BTreeMap<String, BTreeMap<String, i64>>>(r#"{"":{"":""}}"#)
            .split('|')
            .next(),
        Some("//")
    );
}

#[test]
fn keys_are_escaped_and_come_back() {
    for (key, pointer) in [
        ("a/b", "a~1b"),
        ("m~n", "m~0n"),
        ("a:b: c", "a:b: c"),
        ("%41", "%41"),
        ("é 😀", "é 😀"),
        ("#/x: y", "#~1x: y"),
    ] {
        let json = serde_json::json!({ "context": { key: 5 } }).to_string();
        let error = from_slice::<Link>(json.as_bytes()).unwrap_err();
        assert_eq!(error.pointer, format!("/context/{pointer}"));
        assert!(
            error.message.starts_with("invalid type: integer `5`"),
            "{error}"
        );
        assert_eq!((error.line, error.column > 0), (1, true));
        let violations = invalid::<Link>(&json);
        assert!(
            violations.iter().any(|v| v.pointer == error.pointer),
            "{violations:?}"
        );
    }
    let text = serde_json::from_str::<Link>(r#"{"context":{"a: b/c":{}}}"#)
        .unwrap_err()
        .to_string();
    assert_eq!(
        text,
        "#/context/a%3A%20b~1c: missing field `id` at line 1 column 23"
    );
}

#[test]
fn all_faults_are_found() {
    let violations = invalid::<Link>(r#"{"context":{"app":{"data":{}}}}"#);
    assert_eq!(
        list(&violations),
        [
            "required /context/app/id missing field `id`",
            "required /subscriberId missing field `subscriberId`",
            "required /integrationIdentifier missing field `integrationIdentifier`",
        ]
    );
    let violations = invalid::<Link>(
        r#"{"subscriberId":1,"context":{"a":2.5,"b":"x","c":{"id":null}},"userScope":["a",true,"b",{}]}"#,
    );
    assert_eq!(
        list(&violations),
        [
            "type /subscriberId invalid type: integer `1`, expected a string",
            "type /context/a invalid type: floating point `2.5`, expected a string or an object",
            "type /context/c/id invalid type: null, expected a string",
            "type /userScope/1 invalid type: boolean `true`, expected a string",
            "type /userScope/3 invalid type: map, expected a string",
            "required /integrationIdentifier missing field `integrationIdentifier`",
        ]
    );
    let values: Vec<_> = violations.iter().map(|v| v.value.clone()).collect();
    assert_eq!(
        values,
        [
            Some(1.into()),
            Some(2.5.into()),
            Some(().into()),
            Some(true.into()),
            None,
            None
        ]
    );
}

#[test]
fn what_is_not_json_is_no_violation() {
    let syntax = |bytes: &[u8]| match read_json::<Link>(bytes) {
        Err(ReadError::Syntax {
            message,
            line,
            column,
        }) => format!("{message}|{line}:{column}"),
        other => panic!("{other:?}"),
    };
    assert_eq!(syntax(b""), "EOF while parsing a value|1:0");
    assert_eq!(
        syntax(b"{\n  \"subscriberId\": 5,\n}"),
        "trailing comma|3:1",
        "the fault before it does not count"
    );
    assert_eq!(
        syntax(br#"{"subscriberId":"1","integrationIdentifier":"2"} x"#),
        "trailing characters|1:50"
    );
    assert_eq!(syntax(b"{\"a\":\n\"\xff\"}"), "not UTF-8|2:2");
    assert!(syntax(br#"{"x":"\ud800"}"#).contains("hex escape"));
    assert_eq!(
        from_slice::<i64>(b"\xff").unwrap_err().to_string(),
        "not UTF-8 at line 1 column 1"
    );
}

#[test]
fn depth_is_bounded() {
    let deep = |n: usize| format!("{}{{}}{}", r#"{"next":"#.repeat(n), "}".repeat(n));
    assert!(from_slice::<Node>(deep(100).as_bytes()).is_ok());
    assert!(fault::<Node>(&deep(10_000)).contains("recursion limit exceeded"));
    assert!(matches!(
        read_json::<Node>(deep(10_000).as_bytes()),
        Err(ReadError::Syntax { .. })
    ));
    let arrays = format!("{}{}", r#"{"all":["#.repeat(5_000), "]}".repeat(5_000));
    assert!(fault::<Node>(&arrays).contains("recursion limit exceeded"));
    // A value that was built and not parsed has no limit of its own.
    let mut value = serde_json::json!({});
    for _ in 0..1_000 {
        value = serde_json::json!({ "next": value });
    }
    let error = serde_json::from_value::<Node>(value)
        .unwrap_err()
        .to_string();
    assert!(error.ends_with("nested too deeply"), "{error}");
}

#[test]
fn undecided_unions_in_each_other_are_bounded() {
    let deep = |n: usize, end: &str| {
        format!(
            "{}{end}{}",
            r#"{"child":"#.repeat(n),
            r#","right":true}"#.repeat(n)
        )
    };
    let leaf = r#"{"right":true}"#;
    assert!(from_slice::<Tree>(deep(3, leaf).as_bytes()).is_ok());
    for end in [leaf, "{}"] {
        let error = from_slice::<Tree>(deep(100, end).as_bytes()).unwrap_err();
        assert!(error.message.contains("no variant"), "{error}");
        assert!(matches!(
            read_json::<Tree>(deep(100, end).as_bytes()),
            Err(ReadError::Invalid(_))
        ));
    }
}

#[test]
fn a_report_is_bounded() {
    let many = format!(r#"{{"userScope":[{}1]}}"#, "1,".repeat(200_000));
    assert_eq!(invalid::<Link>(&many).len(), MAX_VIOLATIONS);
    let long = format!(
        r#"{{"context":{{"{}":{{"id":[{}]}}}}}}"#,
        "k".repeat(1 << 20),
        "1,".repeat(10) + "1"
    );
    let violations = invalid::<Link>(&long);
    assert_eq!(violations.len(), 1, "one is kept however long its place is");
    let text = format!(
        r#"{{"subscriberId":"x","integrationIdentifier":"y","context":"{}"}}"#,
        "é".repeat(100_000)
    );
    let violations = invalid::<Link>(&text);
    assert!(violations[0].message.len() < 600 && violations[0].message.ends_with('…'));
    assert_eq!(violations[0].value, None);
    let wide: usize = {
        let entries: Vec<String> = (0..2_000)
            .map(|n| format!(r#""{}{n}":1"#, "k".repeat(2_000)))
            .collect();
        let violations = invalid::<Link>(&format!(r#"{{"context":{{{}}}}}"#, entries.join(",")));
        violations
            .iter()
            .map(|v| v.pointer.len() + v.message.len())
            .sum()
    };
    assert!(wide < MAX_REPORT_BYTES + 4_000);
}

const BROKEN: &str = r#"{"name":"ABCD","tags":["aaa","b","b"],"count":10,"ratio":1.005,"attributes":{"ab":-1},"child":{"name":"x","attributes":{}}}"#;

const BROKEN_RULES: [&str; 12] = [
    "maxLength /name must have at most 3 characters, has 4",
    "pattern /name must match `^[a-z]*$`",
    "maxItems /tags must have at most 2 items, has 3",
    "uniqueItems /tags must not repeat an item, but item 2 does",
    "maxLength /tags/0 must have at most 2 characters, has 3",
    "exclusiveMaximum /count must be less than 10",
    "maximum /ratio must be at most 1",
    "multipleOf /ratio must be a multiple of 0.01",
    "maxLength /attributes/ab must have at most 1 characters, has 2",
    "propertyNames /attributes/ab the property's name is not allowed",
    "minimum /attributes/ab must be at least 0",
    "minLength /child/name must have at least 2 characters, has 1",
];

#[test]
fn constraints_are_checked_on_demand_and_by_servers() {
    let value: Limits = from_slice(BROKEN.as_bytes()).unwrap();
    let violations = value.validate().unwrap_err();
    let mut expected = BROKEN_RULES.map(str::to_owned).to_vec();
    expected
        .push("minProperties /child/attributes must have at least 1 properties, has 0".to_owned());
    assert_eq!(list(&violations), expected);
    assert_eq!(list(&invalid::<Limits>(BROKEN)), expected);
    assert_eq!(violations[0].value, Some("ABCD".into()));
    let fine =
        r#"{"name":"ab","tags":["a"],"count":1,"ratio":0.07,"attributes":{"a":0},"child":{}}"#;
    assert_eq!(
        read_json::<Limits>(fine.as_bytes()).unwrap().validate(),
        Ok(())
    );
    assert_eq!(vec![value].validate().unwrap_err()[0].pointer, "/0/name");
}

#[test]
fn constraints_are_found_beside_faults_of_shape() {
    let json = r#"{"name":"x","count":"1","child":{"name":"y","tags":[1]}}"#;
    assert_eq!(
        list(&invalid::<Limits>(json)),
        [
            "type /count invalid type: string \"1\", expected an integer between -9223372036854775808 and \
             9223372036854775807",
            "type /child/tags/0 invalid type: integer `1`, expected a string",
            "minLength /child/name must have at least 2 characters, has 1",
            "minLength /name must have at least 2 characters, has 1",
        ]
    );
}

#[test]
fn lengths_count_characters_and_decimals_round() {
    let read = |json: &str| read_json::<Limits>(json.as_bytes()).is_ok();
    assert!(read(r#"{"ratio":0.29}"#) && read(r#"{"ratio":0.57}"#) && !read(r#"{"ratio":0.295}"#));
    assert!(!read(r#"{"ratio":0}"#) && read(r#"{"ratio":1}"#) && !read(r#"{"count":0}"#));
    let [violation] = &invalid::<Limits>(r#"{"name":"éé"}"#)[..] else {
        panic!()
    };
    assert_eq!(violation.rule, "pattern", "two characters in four bytes");
}
