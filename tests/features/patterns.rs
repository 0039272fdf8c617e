use crate::generated::patterns::types::{Alone, Closed, Counted, Lengthy, Loose, Maps, Mixed};
use crate::generated::patterns::{Validate, from_slice};
use crate::{refused, round, survives};

fn broken<T: serde::de::DeserializeOwned + Validate>(json: &str) -> Vec<String> {
    let value: T = serde_json::from_str(json).unwrap();
    let violations = value.validate().err().unwrap_or_default();
    violations
        .iter()
        .map(|found| format!("{} {}", found.rule, found.pointer))
        .collect()
}

#[test]
fn names_that_match_are_kept_by_type() {
    survives::<Alone>(r#"{"x-a":1,"x-b":2}"#);
    refused::<Alone>(r#"{"x-a":"1"}"#, "invalid type: string");
    survives::<Loose>(r#"{"de":"Tag","en":"day"}"#);
    assert_eq!(round::<Loose>(r#"{"de":"a","eng":1}"#), r#"{"de":"a"}"#);
    refused::<Loose>(r#"{"de":1}"#, "#/de: ");
}

#[test]
fn declared_names_come_before_patterns_and_those_before_the_rest() {
    let json = r#"{"name":"a","x-known":true,"x-a":{"at":1},"y_a":[null],"y_z":3}"#;
    survives::<Mixed>(json);
    let mixed: Mixed = from_slice(json.as_bytes()).unwrap();
    assert_eq!(mixed.x_known, Some(true));
    assert_eq!(mixed.x_properties["x-a"].at, Some(1));
    assert_eq!(mixed.y_properties["y_a"], serde_json::json!([null]));
    assert_eq!(mixed.additional_properties["y_z"], 3);
    refused::<Mixed>(r#"{"name":"a","x-a":1}"#, "#/x-a: ");
    refused::<Mixed>(r#"{"name":"a","b":"c"}"#, "#/b: ");
    assert_eq!(
        round::<Closed>(r#"{"name":"a","x-a":1,"b":2}"#),
        r#"{"name":"a","x-a":1}"#
    );
}

#[test]
fn what_is_kept_is_checked() {
    assert_eq!(
        broken::<Mixed>(r#"{"name":"a","x-a":{"at":0},"b":6}"#),
        ["minimum /x-a/at", "maximum /b"]
    );
    assert_eq!(broken::<Loose>(r#"{"de":"Montag"}"#), ["maxLength /de"]);
    assert!(broken::<Mixed>(r#"{"name":"a","x-a":{"at":1},"b":5}"#).is_empty());
}

#[test]
fn names_and_their_number_are_checked() {
    assert!(broken::<Maps>(r#"{"alone":{"x-a":1},"named":{"abc":""}}"#).is_empty());
    assert_eq!(
        broken::<Maps>(r#"{"alone":{"y":1},"named":{"A":""}}"#),
        [
            "pattern /alone/y",
            "propertyNames /alone/y",
            "pattern /named/A",
            "propertyNames /named/A"
        ]
    );
    assert!(broken::<Maps>(r#"{"listed":{"one":1,"two":2}}"#).is_empty());
    assert_eq!(
        broken::<Maps>(r#"{"listed":{"three":3}}"#),
        ["enum /listed/three", "propertyNames /listed/three"]
    );
    assert!(broken::<Counted>(r#"{"a":1,"c":1}"#).is_empty());
    assert_eq!(broken::<Counted>("{}"), ["minProperties "]);
    assert_eq!(
        broken::<Counted>(r#"{"a":1,"bb":1,"c":1}"#),
        ["maxProperties ", "maxLength /bb", "propertyNames /bb"]
    );
}

#[test]
fn a_set_and_a_number_of_characters_are_checked_apart() {
    assert_eq!(broken::<Lengthy>(r#"{"text":"ab"}"#), [""; 0]);
    assert_eq!(broken::<Lengthy>(r#"{"text":"a"}"#), ["minLength /text"]);
    assert_eq!(broken::<Lengthy>(r#"{"text":"a1"}"#), ["pattern /text"]);
    let long = format!(r#"{{"text":"{}"}}"#, "a".repeat(262_145));
    assert_eq!(broken::<Lengthy>(&long), ["maxLength /text"]);
}
