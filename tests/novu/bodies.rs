//! Bodies that the types must carry from end to end, and bodies that they must refuse.

use std::fmt::Debug;

use novu_api::from_slice;
use novu_api::types::{
    ErrorDto, ErrorDtoMessage, ErrorDtoMessageArrayItem as Item, GenerateConnectOauthUrlRequestDto,
    GenerateLinkUserOauthUrlRequestDto, GenerateLinkUserOauthUrlRequestDtoContext as Context,
};
use novu_api::{Maybe, Validate};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Reads `body` as a `T` and writes it again.
#[track_caller]
pub(crate) fn round_trip<T: DeserializeOwned + Serialize>(body: &Value) -> Value {
    let read: T =
        serde_json::from_str(&body.to_string()).unwrap_or_else(|error| panic!("{body}: {error}"));
    let written = serde_json::to_string(&read).expect("JSON");
    serde_json::from_str(&written).expect("JSON")
}

/// Compares values; numbers by value.
#[track_caller]
pub(crate) fn assert_same(found: &Value, expected: &Value) {
    assert!(same(found, expected), "{found}\nis not\n{expected}");
}

fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => left.as_f64() == right.as_f64(),
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .zip(right)
                    .all(|(left, right)| same(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .all(|(key, left)| right.get(key).is_some_and(|right| same(left, right)))
        }
        _ => left == right,
    }
}

/// An `ErrorDto` with this message, as text.
fn error(message: &str) -> String {
    format!(
        r#"{{"statusCode":404,"timestamp":"2024-12-12T13:00:00Z","path":"/x","message":{message},"ctx":{{"a":{{"b":1}}}}}}"#
    )
}

/// Reads an `ErrorDto`, which must be written in the very same text.
#[track_caller]
fn read_back(text: &str) -> ErrorDto {
    let read: ErrorDto = from_slice(text.as_bytes()).expect("an ErrorDto");
    assert_eq!(serde_json::to_string(&read).expect("JSON"), text);
    read
}

#[test]
fn an_error_with_any_message() {
    let map = |value: Value| value.as_object().expect("an object").clone();
    for (message, expected) in [
        (
            r#"["a",1,true,{"k":[1.5]},null]"#,
            ErrorDtoMessage::Array(vec![
                Some(Item::String("a".to_owned())),
                Some(Item::Number(1.0)),
                Some(Item::Boolean(true)),
                Some(Item::Object(map(json!({"k": [1.5]})))),
                None,
            ]),
        ),
        (r#""text""#, ErrorDtoMessage::String("text".to_owned())),
        (r#""""#, ErrorDtoMessage::String(String::new())),
        ("17", ErrorDtoMessage::Number(17.0)),
        ("-0.5", ErrorDtoMessage::Number(-0.5)),
        ("false", ErrorDtoMessage::Boolean(false)),
        (
            r#"{"k":{"l":[null]}}"#,
            ErrorDtoMessage::Object(map(json!({"k": {"l": [null]}}))),
        ),
        ("{}", ErrorDtoMessage::Object(map(json!({})))),
        ("[]", ErrorDtoMessage::Array(vec![])),
    ] {
        let read = read_back(&error(message));
        assert_eq!(read.message, Maybe::Value(expected), "{message}");
        assert_eq!(read.ctx, Some(map(json!({"a": {"b": 1}}))));
    }
    assert_eq!(read_back(&error("null")).message, Maybe::Null);
}

#[test]
fn an_error_without_what_is_optional() {
    let text = r#"{"statusCode":404,"timestamp":"2024-12-12T13:00:00Z","path":"/x"}"#;
    let expected = ErrorDto::new(404.0, "2024-12-12T13:00:00Z", "/x");
    assert_eq!(read_back(text), expected);
}

#[test]
fn a_context_of_both_kinds() {
    let text = r#"{"subscriberId":"s","integrationIdentifier":"i","context":{"app":{"id":"jira","data":{"a":1}},"tenant":"org-acme"}}"#;
    let read: GenerateLinkUserOauthUrlRequestDto = from_slice(text.as_bytes()).expect("a request");
    let context = read.context.clone().expect("a context");
    assert_eq!(context["tenant"], Context::String("org-acme".to_owned()));
    let Context::Object(app) = &context["app"] else {
        panic!("an object")
    };
    assert_eq!(
        (
            app.id.as_str(),
            app.data.as_ref().expect("data")["a"].as_i64()
        ),
        ("jira", Some(1))
    );
    assert_eq!(serde_json::to_string(&read).expect("JSON"), text);

    let body: Value = serde_json::from_str(text).expect("JSON");
    let body = json!({"integrationIdentifier": "i", "context": body["context"]});
    assert_same(
        &round_trip::<GenerateConnectOauthUrlRequestDto>(&body),
        &body,
    );
}

#[test]
fn an_unknown_property_is_ignored() {
    let text = r#"{"new":{"deep":[1]},"statusCode":404,"error":"Not Found","timestamp":"t","path":"/x","zzz":null}"#;
    let read: ErrorDto = from_slice(text.as_bytes()).expect("an ErrorDto");
    assert_eq!(read, ErrorDto::new(404.0, "t", "/x"));
    let written = r#"{"statusCode":404,"timestamp":"t","path":"/x"}"#;
    assert_eq!(serde_json::to_string(&read).expect("JSON"), written);
}

/// Why `T` refuses `text`: the pointer, the message, the line and the column.
#[track_caller]
fn refusal<T: DeserializeOwned + Debug>(
    text: &str,
    read: fn(&[u8]) -> Result<T, novu_api::DecodeError>,
) -> (String, String, usize, usize) {
    let error = read(text.as_bytes()).expect_err("a refusal");
    (error.pointer, error.message, error.line, error.column)
}

#[test]
fn a_refusal_names_the_first_fault_and_its_place() {
    type Link = GenerateLinkUserOauthUrlRequestDto;
    let refusal = |text| refusal::<Link>(text, from_slice);
    let fault = |pointer: &str, message: &str, line, column| {
        (pointer.to_owned(), message.to_owned(), line, column)
    };
    assert_eq!(
        refusal(r#"{"context":{"app":{"data":{}}}}"#),
        fault("/context/app", "missing field `id`", 1, 29)
    );
    assert_eq!(
        refusal("{\n  \"subscriberId\": 5}"),
        fault(
            "/subscriberId",
            "invalid type: integer `5`, expected a string",
            2,
            19
        )
    );
    assert_eq!(
        refusal(r#"{"subscriberId":"s"}"#),
        fault("", "missing field `integrationIdentifier`", 1, 20)
    );
    assert_eq!(
        refusal(r#"{"context":{"a/b~":[]}}"#),
        fault(
            "/context/a~1b~0",
            "invalid type: sequence, expected a string or an object",
            1,
            21
        )
    );
}

#[test]
fn good_bodies_are_valid() {
    let body = GenerateLinkUserOauthUrlRequestDto::new("s", "i");
    assert_eq!(body.validate(), Ok(()));
    let error: ErrorDto = from_slice(error("[null]").as_bytes()).expect("an ErrorDto");
    assert_eq!(error.validate(), Ok(()));
}
