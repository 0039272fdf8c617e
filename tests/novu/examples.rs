//! Every example of the document, read by the generated types and written to an equal JSON value.
//!
//! The tables say where in the API each example belongs. An example without a row fails the test, as
//! does a row without an example.

use std::collections::BTreeMap;

use novu_api::operations::{
    ChatAccessOauthFailure, ChatAccessOauthResponse, GenerateConnectOAuthUrlFailure,
    GenerateLinkUserOAuthUrlFailure, LocationHeaders,
    RateLimitIdempotencyRetryAfterHeaders as Headers,
};
use novu_api::types::{
    ConstraintValidation, ErrorDto, GenerateChatOAuthUrlResponseDto,
    GenerateChatOauthUrlRequestDto, GenerateConnectOauthUrlRequestDto,
    GenerateLinkUserOauthUrlRequestDto, ValidationErrorDto,
};
use serde_json::Value;

use crate::bodies::{assert_same, round_trip};
use crate::service::ENVIRONMENT;
use crate::stand_in::{Answer, Script};
use crate::world::{Way, World};

both_ways! { examples_of_responses, examples_of_headers }

/// A schema, its Rust type, and its examples: below `properties`, with an object of the type in
/// which `$` stands for the example.
type Schema = (
    &'static str,
    fn(&Value) -> Value,
    &'static [(&'static str, &'static str)],
);

const SCHEMAS: &[Schema] = &[
    (
        "GenerateLinkUserOauthUrlRequestDto",
        round_trip::<GenerateLinkUserOauthUrlRequestDto>,
        &[
            (
                "subscriberId",
                r#"{"subscriberId":$,"integrationIdentifier":"i"}"#,
            ),
            (
                "connectionIdentifier",
                r#"{"subscriberId":"s","integrationIdentifier":"i","connectionIdentifier":$}"#,
            ),
            (
                "context/additionalProperties/oneOf/0",
                r#"{"subscriberId":"s","integrationIdentifier":"i","context":{"tenant":$}}"#,
            ),
            (
                "context/additionalProperties/oneOf/1/properties/id",
                r#"{"subscriberId":"s","integrationIdentifier":"i","context":{"tenant":{"id":$}}}"#,
            ),
            (
                "context/additionalProperties/oneOf/1/properties/data",
                r#"{"subscriberId":"s","integrationIdentifier":"i","context":{"tenant":{"id":"x","data":$}}}"#,
            ),
            (
                "contextHash",
                r#"{"subscriberId":"s","integrationIdentifier":"i","contextHash":$}"#,
            ),
            (
                "userScope",
                r#"{"subscriberId":"s","integrationIdentifier":"i","userScope":$}"#,
            ),
        ],
    ),
    (
        "GenerateConnectOauthUrlRequestDto",
        round_trip::<GenerateConnectOauthUrlRequestDto>,
        &[
            (
                "subscriberId",
                r#"{"subscriberId":$,"integrationIdentifier":"i"}"#,
            ),
            (
                "connectionIdentifier",
                r#"{"integrationIdentifier":"i","connectionIdentifier":$}"#,
            ),
            (
                "context/additionalProperties/oneOf/0",
                r#"{"integrationIdentifier":"i","context":{"tenant":$}}"#,
            ),
            (
                "context/additionalProperties/oneOf/1/properties/id",
                r#"{"integrationIdentifier":"i","context":{"tenant":{"id":$}}}"#,
            ),
            (
                "context/additionalProperties/oneOf/1/properties/data",
                r#"{"integrationIdentifier":"i","context":{"tenant":{"id":"x","data":$}}}"#,
            ),
            (
                "contextHash",
                r#"{"integrationIdentifier":"i","contextHash":$}"#,
            ),
            ("scope", r#"{"integrationIdentifier":"i","scope":$}"#),
            (
                "connectionMode",
                r#"{"integrationIdentifier":"i","connectionMode":$}"#,
            ),
            (
                "autoLinkUser",
                r#"{"integrationIdentifier":"i","autoLinkUser":$}"#,
            ),
        ],
    ),
    (
        "GenerateChatOauthUrlRequestDto",
        round_trip::<GenerateChatOauthUrlRequestDto>,
        &[
            (
                "subscriberId",
                r#"{"subscriberId":$,"integrationIdentifier":"i"}"#,
            ),
            (
                "connectionIdentifier",
                r#"{"integrationIdentifier":"i","connectionIdentifier":$}"#,
            ),
            (
                "context/additionalProperties/oneOf/0",
                r#"{"integrationIdentifier":"i","context":{"tenant":$}}"#,
            ),
            (
                "context/additionalProperties/oneOf/1/properties/id",
                r#"{"integrationIdentifier":"i","context":{"tenant":{"id":$}}}"#,
            ),
            (
                "context/additionalProperties/oneOf/1/properties/data",
                r#"{"integrationIdentifier":"i","context":{"tenant":{"id":"x","data":$}}}"#,
            ),
            (
                "contextHash",
                r#"{"integrationIdentifier":"i","contextHash":$}"#,
            ),
            ("scope", r#"{"integrationIdentifier":"i","scope":$}"#),
            (
                "userScope",
                r#"{"integrationIdentifier":"i","userScope":$}"#,
            ),
            ("mode", r#"{"integrationIdentifier":"i","mode":$}"#),
            (
                "connectionMode",
                r#"{"integrationIdentifier":"i","connectionMode":$}"#,
            ),
            (
                "autoLinkUser",
                r#"{"integrationIdentifier":"i","autoLinkUser":$}"#,
            ),
        ],
    ),
    (
        "GenerateChatOAuthUrlResponseDto",
        round_trip::<GenerateChatOAuthUrlResponseDto>,
        &[("url", r#"{"url":$}"#)],
    ),
    (
        "ErrorDto",
        round_trip::<ErrorDto>,
        &[
            (
                "statusCode",
                r#"{"statusCode":$,"timestamp":"t","path":"/"}"#,
            ),
            ("timestamp", r#"{"statusCode":1,"timestamp":$,"path":"/"}"#),
            ("path", r#"{"statusCode":1,"timestamp":"t","path":$}"#),
            (
                "message",
                r#"{"statusCode":1,"timestamp":"t","path":"/","message":$}"#,
            ),
            (
                "ctx",
                r#"{"statusCode":1,"timestamp":"t","path":"/","ctx":$}"#,
            ),
            (
                "errorId",
                r#"{"statusCode":1,"timestamp":"t","path":"/","errorId":$}"#,
            ),
        ],
    ),
    (
        "ValidationErrorDto",
        round_trip::<ValidationErrorDto>,
        &[
            (
                "statusCode",
                r#"{"statusCode":$,"timestamp":"t","path":"/","errors":{}}"#,
            ),
            (
                "timestamp",
                r#"{"statusCode":1,"timestamp":$,"path":"/","errors":{}}"#,
            ),
            (
                "path",
                r#"{"statusCode":1,"timestamp":"t","path":$,"errors":{}}"#,
            ),
            (
                "message",
                r#"{"statusCode":1,"timestamp":"t","path":"/","message":$,"errors":{}}"#,
            ),
            (
                "ctx",
                r#"{"statusCode":1,"timestamp":"t","path":"/","ctx":$,"errors":{}}"#,
            ),
            (
                "errorId",
                r#"{"statusCode":1,"timestamp":"t","path":"/","errorId":$,"errors":{}}"#,
            ),
            (
                "errors",
                r#"{"statusCode":1,"timestamp":"t","path":"/","errors":$}"#,
            ),
        ],
    ),
    (
        "ConstraintValidation",
        round_trip::<ConstraintValidation>,
        &[
            ("messages", r#"{"messages":$}"#),
            ("value", r#"{"messages":[],"value":$}"#),
        ],
    ),
];

/// A path, and its responses whose whole body is an example: the status, and the typed response.
type Path = (&'static str, &'static [(u16, fn(String) -> Answer)]);

const PATHS: &[Path] = &[
    (
        "/paths/~1v1~1integrations~1channel-endpoints~1oauth/post",
        &[
            (429, |body| {
                let headers = Headers::default();
                Answer::Link(
                    GenerateLinkUserOAuthUrlFailure::TooManyRequests { headers, body }.into(),
                )
            }),
            (503, |body| {
                let headers = Headers::default();
                Answer::Link(
                    GenerateLinkUserOAuthUrlFailure::ServiceUnavailable { headers, body }.into(),
                )
            }),
        ],
    ),
    (
        "/paths/~1v1~1integrations~1channel-connections~1oauth/post",
        &[
            (429, |body| {
                let headers = Headers::default();
                Answer::Connect(
                    GenerateConnectOAuthUrlFailure::TooManyRequests { headers, body }.into(),
                )
            }),
            (503, |body| {
                let headers = Headers::default();
                Answer::Connect(
                    GenerateConnectOAuthUrlFailure::ServiceUnavailable { headers, body }.into(),
                )
            }),
        ],
    ),
    (
        "/paths/~1v1~1subscribers~1{subscriberId}~1credentials~1{providerId}~1oauth/get",
        &[
            (409, |body| {
                Answer::Legacy(ChatAccessOauthFailure::Conflict { body }.into())
            }),
            (429, |body| {
                Answer::Legacy(ChatAccessOauthFailure::TooManyRequests { body }.into())
            }),
            (503, |body| {
                Answer::Legacy(ChatAccessOauthFailure::ServiceUnavailable { body }.into())
            }),
        ],
    ),
];

/// A header of `components`, and its field.
type Field = (&'static str, fn(&mut Headers) -> &mut Option<String>);

const HEADERS: &[Field] = &[
    ("RateLimit-Limit", |headers| &mut headers.rate_limit_limit),
    ("RateLimit-Remaining", |headers| {
        &mut headers.rate_limit_remaining
    }),
    ("RateLimit-Reset", |headers| &mut headers.rate_limit_reset),
    ("RateLimit-Policy", |headers| &mut headers.rate_limit_policy),
    ("Idempotency-Key", |headers| &mut headers.idempotency_key),
    ("Idempotency-Replay", |headers| {
        &mut headers.idempotency_replay
    }),
    ("Retry-After", |headers| &mut headers.retry_after),
];

/// Has no field: it is what the body is written as.
const CONTENT_TYPE: &str = "/components/headers/Content-Type/example";
const LOCATION: &str = "/paths/~1v1~1subscribers~1{subscriberId}~1credentials~1{providerId}~1oauth/get/responses/302/headers/Location/example";

fn schema_example(schema: &str, place: &str) -> String {
    format!("/components/schemas/{schema}/properties/{place}/example")
}

fn response_example(path: &str, status: u16) -> String {
    format!("{path}/responses/{status}/content/application~1json/schema/example")
}

fn header_example(name: &str) -> String {
    format!("/components/headers/{name}/example")
}

/// The examples of the document by their pointers.
fn examples() -> BTreeMap<String, Value> {
    let document = include_str!("../../spec/novu.yaml");
    let document: Value = serde_yaml::from_str(document).expect("YAML");
    let mut found = BTreeMap::new();
    collect(&document, "", false, &mut found);
    // The operations that the stand-in does not answer.
    let others =
        |pointer: &str| pointer.contains("~1chat~1oauth") || pointer.contains("~1callback");
    found.retain(|pointer, _| !others(pointer));
    found
}

/// Finds `example` and `examples` wherever they are no property of that name.
fn collect(node: &Value, pointer: &str, names: bool, found: &mut BTreeMap<String, Value>) {
    match node {
        Value::Object(members) => {
            for (key, value) in members {
                let token = key.replace('~', "~0").replace('/', "~1");
                let pointer = format!("{pointer}/{token}");
                if !names && (key == "example" || key == "examples") {
                    found.insert(pointer, value.clone());
                } else {
                    collect(value, &pointer, key == "properties", found);
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, &format!("{pointer}/{index}"), false, found);
            }
        }
        _ => {}
    }
}

fn text(example: &Value) -> String {
    example.as_str().expect("a string").to_owned()
}

#[test]
fn every_example_has_a_row_and_every_row_an_example() {
    let schemas = SCHEMAS.iter().flat_map(|(schema, _, places)| {
        let places = places.iter();
        places.map(move |(place, _)| schema_example(schema, place))
    });
    let responses = PATHS.iter().flat_map(|(path, statuses)| {
        let statuses = statuses.iter();
        statuses.map(move |(status, _)| response_example(path, *status))
    });
    let headers = HEADERS.iter().map(|(name, _)| header_example(name));
    let others = [CONTENT_TYPE, LOCATION].map(str::to_owned);
    let mut rows: Vec<_> = schemas
        .chain(responses)
        .chain(headers)
        .chain(others)
        .collect();
    rows.sort_unstable();
    assert_eq!(rows, examples().into_keys().collect::<Vec<_>>());
}

#[test]
fn examples_of_schemas() {
    let examples = examples();
    for (schema, round_trip, places) in SCHEMAS {
        let mut whole = serde_json::Map::new();
        for (place, around) in *places {
            let example = &examples[&schema_example(schema, place)];
            let body = around.replace('$', &example.to_string());
            let body: Value = serde_json::from_str(&body).expect("JSON");
            assert_same(&round_trip(&body), &body);
            whole.extend(body.as_object().expect("an object").clone());
        }
        // All together, each property as its last row has it.
        let whole = Value::Object(whole);
        assert_same(&round_trip(&whole), &whole);
    }
}

async fn examples_of_responses(way: Way) {
    let examples = examples();
    let (script, world) = Script::world(way).await;
    for (path, statuses) in PATHS {
        for (status, answer) in *statuses {
            let example = &examples[&response_example(path, *status)];
            let sent = answer(text(example));
            script.answer(sent.clone());
            let received = ask(&world, &sent).await;
            assert_eq!(format!("{received:?}"), format!("{sent:?}"));
            let body = world.take_response_body();
            assert_eq!(body, example.to_string(), "{path} {status}");
        }
    }
}

async fn examples_of_headers(way: Way) {
    let examples = examples();
    let (script, world) = Script::world(way).await;
    for (name, field) in HEADERS {
        let example = text(&examples[&header_example(name)]);
        let mut headers = Headers::default();
        *field(&mut headers) = Some(example.clone());
        let body = "b".to_owned();
        let sent = GenerateLinkUserOAuthUrlFailure::TooManyRequests { headers, body };
        let sent = Answer::Link(sent.into());
        script.answer(sent.clone());
        assert_eq!(
            format!("{:?}", ask(&world, &sent).await),
            format!("{sent:?}")
        );
        let fields = world.take_response_fields();
        assert_eq!(fields[&name.to_ascii_lowercase()], example);
        assert_eq!(fields["content-type"], text(&examples[CONTENT_TYPE]));
    }

    let location = text(&examples[LOCATION]);
    let headers = LocationHeaders {
        location: location.clone(),
    };
    let sent = Answer::Legacy(ChatAccessOauthResponse::Found { headers });
    script.answer(sent.clone());
    assert_eq!(
        format!("{:?}", ask(&world, &sent).await),
        format!("{sent:?}")
    );
    assert_eq!(world.take_response_fields()["location"], location);
}

/// Calls the operation of `expected` and returns the typed response, success or failure.
async fn ask(world: &World, expected: &Answer) -> Answer {
    let client = world.client();
    match expected {
        Answer::Link(_) => {
            let body = GenerateLinkUserOauthUrlRequestDto::new("s", "i");
            let call = client.integrations().generate_link_user_oauth_url(body);
            let error = call.send().await.expect_err("a failure");
            Answer::Link(error.into_failure().expect("a documented one").into())
        }
        Answer::Connect(_) => {
            let body = GenerateConnectOauthUrlRequestDto::new("i");
            let call = client.integrations().generate_connect_oauth_url(body);
            let error = call.send().await.expect_err("a failure");
            Answer::Connect(error.into_failure().expect("a documented one").into())
        }
        _ => {
            let call = client
                .subscribers()
                .chat_access_oauth("s", "slack", "h", ENVIRONMENT);
            Answer::Legacy(match call.send().await {
                Ok(reply) => reply.body,
                Err(error) => error.into_failure().expect("a documented one").into(),
            })
        }
    }
}
