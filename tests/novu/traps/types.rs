//! Unions, `null`, numbers and strings.

use novu_api::types::{
    ConstraintValidation, ConstraintValidationValue, ErrorDto, ErrorDtoMessage,
    ErrorDtoMessageArrayItem as Item, GenerateConnectOauthUrlRequestDto,
    GenerateConnectOauthUrlRequestDtoConnectionMode as ConnectionMode,
    GenerateLinkUserOauthUrlRequestDto as Link,
    GenerateLinkUserOauthUrlRequestDtoContext as Context, ValidationErrorDto,
    ValidationErrorDtoMessage,
};
use novu_api::{Maybe, Validate, from_slice};
use serde::Serialize;
use serde_json::json;

fn write(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("JSON")
}

/// A request to link with this context.
fn with_context(context: &str) -> String {
    format!(r#"{{"subscriberId":"s","integrationIdentifier":"i","context":{context}}}"#)
}

fn link(text: &str) -> Link {
    from_slice(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// The message of an `ErrorDto` with this one, which must be written as it was read.
#[track_caller]
fn message(message: &str) -> Maybe<ErrorDtoMessage> {
    let text = format!(r#"{{"statusCode":404,"timestamp":"t","path":"/x","message":{message}}}"#);
    let error: ErrorDto = from_slice(text.as_bytes()).expect("an ErrorDto");
    assert_eq!(write(&error), text);
    error.message
}

/// `additionalProperties` with `oneOf`: a map of unions, not a map of strings.
#[test]
fn context_takes_strings_and_objects() {
    let text = with_context(r#"{"a":"org","b":{"id":"x"},"c":{"id":"y","data":{"k":[1,null]}}}"#);
    let read = link(&text);
    assert_eq!(write(&read), text);
    let context = read.context.expect("a context");
    assert!(matches!(&context["a"], Context::String(id) if id == "org"));
    assert!(
        matches!(&context["b"], Context::Object(rich) if rich.id == "x" && rich.data.is_none())
    );
    assert!(matches!(&context["c"], Context::Object(rich) if rich.data.is_some()));
}

#[test]
fn context_refuses_what_is_neither() {
    for value in [
        "5",
        "true",
        "null",
        "[]",
        "{}",
        r#"{"id":5}"#,
        r#"{"id":null}"#,
    ] {
        let text = with_context(&format!(r#"{{"a":{value}}}"#));
        let error = from_slice::<Link>(text.as_bytes()).expect_err("a refusal");
        assert!(error.pointer.starts_with("/context/a"), "{value}: {error}");
    }
}

/// `anyOf` within `items` within `oneOf`: an item is a union of its own, no struct of all its parts.
#[test]
fn any_of_items_inside_one_of() {
    let Maybe::Value(ErrorDtoMessage::Array(items)) = message(r#"["a",1,true,{"k":1}]"#) else {
        panic!("an array")
    };
    assert_eq!(items.len(), 4);
    assert_eq!(items[0], Some(Item::String("a".to_owned())));
    assert_eq!(items[1], Some(Item::Number(1.0)));
    assert_eq!(items[2], Some(Item::Boolean(true)));
    assert!(matches!(&items[3], Some(Item::Object(map)) if map["k"] == 1));
}

#[test]
fn items_refuse_arrays() {
    let text = r#"{"statusCode":404,"timestamp":"t","path":"/x","message":["a",["b"]]}"#;
    let error = from_slice::<ErrorDto>(text.as_bytes()).expect_err("a refusal");
    assert_eq!(error.pointer, "/message/1");
}

/// Two branches of one `oneOf` are `nullable`: `null` is a value beside them, apart from absence.
#[test]
fn two_nullable_branches_keep_null() {
    assert_eq!(message("null"), Maybe::Null);
    let text = r#"{"statusCode":404,"timestamp":"t","path":"/x"}"#;
    let absent: ErrorDto = from_slice(text.as_bytes()).expect("an ErrorDto");
    assert_eq!(
        (write(&absent).as_str(), absent.message),
        (text, Maybe::Absent)
    );

    for (text, value) in [
        (r#"{"messages":[],"value":null}"#, Maybe::Null),
        (r#"{"messages":[]}"#, Maybe::Absent),
        (
            r#"{"messages":[],"value":[null]}"#,
            Maybe::Value(ConstraintValidationValue::Array(vec![None])),
        ),
    ] {
        let read: ConstraintValidation = from_slice(text.as_bytes()).expect("a constraint");
        assert_eq!((write(&read).as_str(), read.value), (text, value));
    }
}

#[test]
fn null_items_are_kept() {
    let Maybe::Value(ErrorDtoMessage::Array(items)) = message(r#"[null,"a",null]"#) else {
        panic!("an array")
    };
    assert_eq!(items, [None, Some(Item::String("a".to_owned())), None]);
}

/// `type: object` without properties, listed before the array branch.
#[test]
fn free_form_object_branch_does_not_swallow_arrays() {
    for array in ["[]", r#"["a"]"#, r#"[{"k":true}]"#, "[null]"] {
        let read = message(array);
        assert!(
            matches!(read, Maybe::Value(ErrorDtoMessage::Array(_))),
            "{array}: {read:?}"
        );
    }
    for object in ["{}", r#"{"0":"a"}"#, r#"{"k":[[1]]}"#] {
        let read = message(object);
        assert!(
            matches!(read, Maybe::Value(ErrorDtoMessage::Object(_))),
            "{object}: {read:?}"
        );
    }
}

#[test]
fn branches_are_told_apart_by_kind_and_not_by_order() {
    assert_eq!(
        message(r#""1""#),
        Maybe::Value(ErrorDtoMessage::String("1".to_owned()))
    );
    assert_eq!(
        message(r#""true""#),
        Maybe::Value(ErrorDtoMessage::String("true".to_owned()))
    );
    assert_eq!(message("1"), Maybe::Value(ErrorDtoMessage::Number(1.0)));
    assert_eq!(message("0"), Maybe::Value(ErrorDtoMessage::Number(0.0)));
    assert_eq!(
        message("false"),
        Maybe::Value(ErrorDtoMessage::Boolean(false))
    );
}

/// `type: number` holds whole numbers too, which stay whole.
#[test]
fn a_404_stays_404() {
    let error = ErrorDto::new(404.0, "t", "/x");
    assert_eq!(
        write(&error),
        r#"{"statusCode":404,"timestamp":"t","path":"/x"}"#
    );
    for number in ["404", "-1", "0", "1.5", "9007199254740991"] {
        let text = format!(r#"{{"statusCode":{number},"timestamp":"t","path":"/x"}}"#);
        let read: ErrorDto = from_slice(text.as_bytes()).expect("an ErrorDto");
        assert_eq!(write(&read), text);
    }
    for number in ["404.0", "4.04e2"] {
        let text = format!(r#"{{"statusCode":{number},"timestamp":"t","path":"/x"}}"#);
        let read: ErrorDto = from_slice(text.as_bytes()).expect("an ErrorDto");
        assert_eq!(read, error);
    }
}

/// Free-form values are not touched, whatever becomes of `type: number`.
#[test]
fn large_integers_in_free_form_values_keep_their_digits() {
    let text = r#"{"statusCode":404,"timestamp":"t","path":"/x","ctx":{"id":9007199254740993,"max":18446744073709551615}}"#;
    let read: ErrorDto = from_slice(text.as_bytes()).expect("an ErrorDto");
    assert_eq!(write(&read), text);
}

/// Optional without `nullable`: what is absent is not there.
#[test]
fn absent_options_are_not_written_as_null() {
    let link = Link::new("s", "i");
    assert_eq!(
        write(&link),
        r#"{"subscriberId":"s","integrationIdentifier":"i"}"#
    );
    let connect = GenerateConnectOauthUrlRequestDto::new("i");
    assert_eq!(write(&connect), r#"{"integrationIdentifier":"i"}"#);
    let error = ValidationErrorDto::new(422.0, "t", "/x", [].into());
    assert_eq!(
        write(&error),
        r#"{"statusCode":422,"timestamp":"t","path":"/x","errors":{}}"#
    );
}

#[test]
fn present_and_empty_is_not_absent() {
    let text = r#"{"integrationIdentifier":"i","context":{},"scope":[],"autoLinkUser":false}"#;
    let read: GenerateConnectOauthUrlRequestDto = from_slice(text.as_bytes()).expect("a request");
    assert_eq!(write(&read), text);
    assert_eq!(
        (read.scope, read.auto_link_user),
        (Some(vec![]), Some(false))
    );
}

/// The document gives no `minLength`: none is made up for a required string.
#[test]
fn empty_required_string_is_read_and_no_valid_id() {
    let read = link(r#"{"subscriberId":"","integrationIdentifier":""}"#);
    assert_eq!(read.subscriber_id, "");
    let violations = read.validate().expect_err("two violations");
    let rules: Vec<_> = violations.iter().map(|found| found.rule).collect();
    assert_eq!(rules, ["minLength", "minLength"]);
}

#[test]
fn markup_in_strings_is_valid() {
    let markup = "a <b>c</b> <script>alert('x')</script> & \"d\" \\ \u{2028}";
    let body = Link::new(markup, "i");
    assert_eq!(body.validate(), Ok(()));
    assert_eq!(link(&write(&body)), body);
}

#[test]
fn unknown_properties_are_dropped_at_any_depth() {
    let read = link(&with_context(r#"{"b":{"id":"x","z":{"id":1}}}"#));
    assert_eq!(write(&read), with_context(r#"{"b":{"id":"x"}}"#));
}

#[test]
fn missing_required_properties_are_refused() {
    for (text, missing) in [
        (r#"{"integrationIdentifier":"i"}"#, "subscriberId"),
        (r#"{"subscriberId":"s"}"#, "integrationIdentifier"),
        (
            r#"{"subscriberId":null,"integrationIdentifier":"i"}"#,
            "/subscriberId",
        ),
    ] {
        let error = from_slice::<Link>(text.as_bytes()).expect_err("a refusal");
        assert!(error.to_string().contains(missing), "{error}");
    }
}

#[test]
fn enum_values_are_those_of_the_document() {
    for (mode, text) in [
        (ConnectionMode::Subscriber, r#""subscriber""#),
        (ConnectionMode::Shared, r#""shared""#),
    ] {
        assert_eq!(write(&mode), text);
        assert_eq!(
            serde_json::from_str::<ConnectionMode>(text).expect("a mode"),
            mode
        );
    }
    for text in [r#""Shared""#, r#""SHARED""#, r#""""#, "0"] {
        assert!(
            serde_json::from_str::<ConnectionMode>(text).is_err(),
            "{text}"
        );
    }
}

/// A map of a named schema, whose entries hold a union that may be `null`.
#[test]
fn errors_are_a_map_of_constraints() {
    let text = r#"{"statusCode":422,"timestamp":"t","path":"/x","message":["a"],"errors":{"f":{"messages":["m"],"value":null},"g":{"messages":[],"value":[1,{"k":2}]}}}"#;
    let read: ValidationErrorDto = from_slice(text.as_bytes()).expect("a ValidationErrorDto");
    assert_eq!(write(&read), text);
    assert!(matches!(
        read.message,
        Maybe::Value(ValidationErrorDtoMessage::Array(_))
    ));
    assert_eq!(read.errors["f"].messages, ["m"]);
    assert_eq!(read.errors["f"].value, Maybe::Null);
    assert!(matches!(
        &read.errors["g"].value,
        Maybe::Value(ConstraintValidationValue::Array(items)) if items.len() == 2
    ));
}

/// The generated types stand in types of one's own, through serde.
#[test]
fn types_work_inside_others() {
    let value = json!([{"messages": [], "value": [1, null]}, null]);
    let read: Vec<Option<ConstraintValidation>> =
        serde_json::from_value(value.clone()).expect("constraints");
    assert_eq!(serde_json::to_value(&read).expect("JSON"), value);
}
