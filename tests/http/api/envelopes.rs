//! Bodies that a server wraps and its document does not.

use super::script::Script;
use super::{FindResponse, TotalHeaders, call, find};
use crate::support::error::Error;
use crate::support::hints::Hints;

static WRAPPED: Hints = Hints::new().envelope("data");

async fn read(
    status: u16,
    body: &'static str,
    hints: &'static Hints,
) -> Result<Vec<String>, String> {
    let headers = &[("x-total", "1"), ("content-type", "application/json")];
    let script = Script::new([(status, &headers[..], body)]);
    let client = script.builder().build().unwrap();
    match call(&client, find(1)).hinted(hints).send().await {
        Ok(reply) => match reply.body {
            FindResponse::Ok {
                body,
                headers: TotalHeaders { total: 1, .. },
            } => Ok(body),
            other => panic!("{other:?}"),
        },
        Err(Error::Decode {
            pointer, message, ..
        }) => Err(format!("{pointer}: {message}")),
        Err(other) => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn both_forms_are_read() {
    for body in [
        r#"["a"]"#,
        r#"{"data":["a"]}"#,
        " {\n \"data\" :\t[ \"a\" ] } \n",
    ] {
        assert_eq!(
            read(200, body, &WRAPPED).await,
            Ok(vec!["a".to_owned()]),
            "{body}"
        );
    }
}

#[tokio::test]
async fn what_is_no_envelope_is_the_body() {
    for (body, expected) in [
        (
            r#"{"data":["a"],"x":1}"#,
            ": invalid type: map, expected an array at line 1 column 0",
        ),
        (
            r#"{"date":["a"]}"#,
            ": invalid type: map, expected an array at line 1 column 0",
        ),
        (
            r#"{"data":["a"]"#,
            ": invalid type: map, expected an array at line 1 column 0",
        ),
        (
            r#"{"data":}"#,
            ": invalid type: map, expected an array at line 1 column 0",
        ),
        (
            "5",
            ": invalid type: integer `5`, expected an array at line 1 column 1",
        ),
        (
            "{}",
            ": invalid type: map, expected an array at line 1 column 0",
        ),
        (
            "{",
            ": invalid type: map, expected an array at line 1 column 0",
        ),
        // It is one, and what is inside does not fit.
        (
            r#"{"data":["a",5]}"#,
            "/data/1: invalid type: integer `5`, expected a string at line 1 column 14",
        ),
        (
            "{\n \"data\":\n[\"a\",5]}",
            "/data/1: invalid type: integer `5`, expected a string at line 3 column 6",
        ),
        (
            "{\"data\": 5}",
            "/data: invalid type: integer `5`, expected an array at line 1 column 10",
        ),
    ] {
        assert_eq!(
            read(200, body, &WRAPPED).await,
            Err(expected.to_owned()),
            "{body}"
        );
    }
    let unhinted = read(
        200,
        r#"{"data":["a"]}"#,
        &super::super::support::hints::NO_HINTS,
    )
    .await;
    assert!(unhinted.is_err());
}

/// Failures come as they are documented.
#[tokio::test]
async fn a_failure_is_not_unwrapped() {
    let headers = &[("content-type", "application/problem+json")];
    let script = Script::new([
        (404, &headers[..], r#"{"data":"no"}"#),
        (404, headers, r#""no""#),
    ]);
    let client = script.builder().build().unwrap();
    let error = call(&client, find(1))
        .hinted(&WRAPPED)
        .send()
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Decode { .. }), "{error:?}");
    let error = call(&client, find(1))
        .hinted(&WRAPPED)
        .send()
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Failure { .. }), "{error:?}");
}
