use crate::generated::key_sets::read_json;
use crate::generated::key_sets::types::{Billed, Both, Card, Contact, Limited, Target};
use crate::generated::key_sets::{ReadError, Validate};
use crate::survives;

fn told<T>(read: Result<T, ReadError>) -> Vec<String> {
    match read {
        Ok(_) => Vec::new(),
        Err(ReadError::Invalid(violations)) => violations
            .iter()
            .map(|one| format!("{} {}: {}", one.pointer, one.rule, one.message))
            .collect(),
        Err(other) => vec![format!("{other:?}")],
    }
}

#[test]
fn one_set_of_properties_has_to_be_there() {
    for json in [
        r#"{"mail":"a"}"#,
        r#"{"phone":"1","code":null}"#,
        r#"{"mail":"a","phone":"1","code":2}"#,
    ] {
        assert_eq!(
            told(read_json::<Contact>(json.as_bytes())),
            [""; 0],
            "{json}"
        );
    }
    for json in ["{}", r#"{"phone":"1"}"#] {
        assert_eq!(
            told(read_json::<Contact>(json.as_bytes())),
            [" anyOf: must have `mail`, or `phone` and `code`"],
            "{json}"
        );
    }
    let json = br#"{"free":{"b":1,"c":2},"a":""}"#;
    assert_eq!(told(read_json::<Both>(json)), [""; 0]);
    assert_eq!(
        told(read_json::<Both>(br#"{"free":{"c":2},"a":""}"#)),
        ["/free anyOf: must have `a`, or `b`"]
    );
}

#[test]
fn exactly_one_set_of_properties_has_to_be_there() {
    assert_eq!(told(read_json::<Target>(br#"{"id":"1"}"#)), [""; 0]);
    assert_eq!(
        told(read_json::<Target>(br#"{"id":"1","name":"a","inner":{}}"#)),
        [
            "/inner anyOf: must have `mail`, or `phone` and `code`",
            " oneOf: must have one of `id`, or `name`, has 2",
        ]
    );
    assert_eq!(told(read_json::<Target>(b"{}")).len(), 1);
    // What is not kept is not known to be there.
    assert_eq!(told(read_json::<Both>(br#"{"a":"","c":1}"#)), [""; 0]);
    assert_eq!(told(read_json::<Both>(br#"{"c":1,"d":1}"#)).len(), 1);
}

#[test]
fn a_client_does_not_check() {
    survives::<Contact>("{}");
    let target: Target = serde_json::from_str("{}").unwrap();
    assert_eq!(target.validate().unwrap_err().len(), 1);
}

#[test]
fn properties_ask_for_others() {
    for json in ["{}", r#"{"name":"a"}"#, r#"{"number":"1","name":"a"}"#] {
        assert_eq!(told(read_json::<Card>(json.as_bytes())), [""; 0], "{json}");
    }
    assert_eq!(
        told(read_json::<Card>(
            br#"{"number":"1","street":"s","city":"c"}"#
        )),
        [
            " dependentRequired: must have `name` with `number`",
            " dependentRequired: must have `city` and `name` with `street`",
        ]
    );
    assert_eq!(
        told(read_json::<Limited>(br#"{"limits":{"least":1}}"#)),
        [""; 0]
    );
    assert_eq!(
        told(read_json::<Limited>(br#"{"limits":{"most":1}}"#)),
        ["/limits dependentRequired: must have `least` with `most`"]
    );
    assert_eq!(
        told(read_json::<Billed>(br#"{"city":"c","number":"1"}"#)),
        [
            " dependentRequired: must have `name` with `number`",
            " dependentRequired: must have `street` with `city`",
        ]
    );
}
