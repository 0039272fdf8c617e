//! Every form of a line in a tuple's table.

use serde_json::{Value, json};

use crate::support::{
    maybe::Maybe,
    read::{ReadError, from_slice, read_json, to_vec},
    rules::Validate,
    tuple::tuple,
};

#[derive(Debug, Clone, PartialEq)]
struct Forms(
    String,
    Option<i64>,
    Option<bool>,
    Maybe<i64>,
    Option<Value>,
    Vec<String>,
);

tuple! {
    Forms {
        0 => required: min_length(1), max_length(3);
        1 => required;
        2 => optional;
        3 => optional: minimum(1.0);
        4 => optional;
        5 => rest: max_length(1);
    }
    where { max_items(7), unique_items }
}

#[derive(Debug, Clone, PartialEq)]
struct One(u8);

tuple! { One { 0 => required; } }

fn violations(json: &str) -> Vec<String> {
    match read_json::<Forms>(json.as_bytes()) {
        Err(ReadError::Invalid(found)) => found.iter().map(ToString::to_string).collect(),
        other => panic!("{json}: {other:?}"),
    }
}

#[test]
fn every_length_survives() {
    for json in [
        r#"["a",null]"#,
        r#"["a",1,true]"#,
        r#"["a",1,true,null]"#,
        r#"["a",1,true,2]"#,
        r#"["a",1,true,2,null]"#,
        r#"["a",1,true,2,{"b":[]},"b","c"]"#,
    ] {
        for value in [
            from_slice::<Forms>(json.as_bytes()).unwrap(),
            read_json(json.as_bytes()).unwrap(),
        ] {
            assert_eq!(to_vec(&value).unwrap(), json.as_bytes());
        }
    }
    assert_eq!(from_slice::<One>(b"[7]").unwrap(), One(7));
}

#[test]
fn absent_is_not_null() {
    let read = |json: &str| from_slice::<Forms>(json.as_bytes()).unwrap();
    assert_eq!(read(r#"["a",1,true]"#).3, Maybe::Absent);
    assert_eq!(read(r#"["a",1,true,null]"#).3, Maybe::Null);
    assert_eq!(read(r#"["a",1,true,null]"#).4, None);
    assert_eq!(read(r#"["a",1,true,null,null]"#).4, Some(Value::Null));
    // A client takes `null` for the absence of what is never `null`.
    assert_eq!(read(r#"["a",1,null,2]"#).2, None);
    assert_eq!(violations(r#"["a",1,null,2]"#).len(), 1);
}

#[test]
fn faults_have_their_place() {
    for (json, expected) in [
        ("[]", "must have at least 2 items, has 0"),
        ("{}", "invalid type: map, expected an array"),
        ("[1,2]", "/0: invalid type: integer `1`, expected a string"),
        (r#"["a",1,true,2,3,4]"#, "/5: invalid type: integer `4`"),
    ] {
        let error = from_slice::<Forms>(json.as_bytes())
            .unwrap_err()
            .to_string();
        assert!(error.starts_with(expected), "{error}");
    }
    assert!(from_slice::<One>(b"[7").is_err());
    assert_eq!(from_slice::<One>(b"[7,8,9]").unwrap(), One(7));
    let more = format!("{:?}", read_json::<One>(b"[7,8,9]").unwrap_err());
    assert!(more.contains("must have at most 1 items, has 3"), "{more}");
}

#[test]
fn every_fault_is_found() {
    assert_eq!(
        violations(r#"[1,"x",2,"y",null,3,"c"]"#)
            .iter()
            .map(|one| one.split(": ").next().unwrap_or_default())
            .collect::<Vec<_>>(),
        ["body /0", "body /1", "body /2", "body /3", "body /5"]
    );
    assert_eq!(
        violations(r#"["",1,true,0,null,"long"]"#),
        [
            "body /0: must have at least 1 characters, has 0",
            "body /3: must be at least 1",
            "body /5: must have at most 1 characters, has 4",
        ]
    );
    assert_eq!(
        violations(r#"["a",1,true,1,null,"c","d","e"]"#),
        [
            "body: must have at most 7 items, has 8",
            "body: must not repeat an item, but item 3 does",
        ]
    );
}

#[test]
fn what_is_absent_before_another_is_null() {
    let gap = Forms(
        "a".into(),
        None,
        None,
        Maybe::Absent,
        None,
        vec!["b".into()],
    );
    assert_eq!(
        serde_json::to_value(&gap).unwrap(),
        json!(["a", null, null, null, null, "b"])
    );
    assert_eq!(gap.validate().unwrap_err()[0].rule, "uniqueItems");
}
