//! Every response of the document: as the server writes its variant, and as the client reads it.

use http::StatusCode;
use novu_api::Maybe;
use novu_api::client::Error;
use novu_api::operations::{
    ChatAccessOauthFailure, ChatAccessOauthResponse, GenerateConnectOAuthUrlFailure,
    GenerateConnectOAuthUrlResponse, GenerateLinkUserOAuthUrlFailure,
    GenerateLinkUserOAuthUrlResponse, LocationHeaders, RateLimitIdempotencyHeaders,
    RateLimitIdempotencyRetryAfterHeaders,
};
use novu_api::types::{
    ConstraintValidation, ConstraintValidationValue, ErrorDto, GenerateChatOAuthUrlResponseDto,
    GenerateConnectOauthUrlRequestDto, GenerateLinkUserOauthUrlRequestDto, ValidationErrorDto,
};
use serde_json::json;

use crate::service::ENVIRONMENT;
use crate::stand_in::{Answer, Asked, Script};
use crate::world::{Way, World};

both_ways! { link_responses, connect_responses, legacy_responses, requests_arrive }

/// The headers of all responses but 414, and their text.
fn headers() -> RateLimitIdempotencyHeaders {
    RateLimitIdempotencyHeaders {
        rate_limit_limit: Some("100".to_owned()),
        rate_limit_remaining: Some("93".to_owned()),
        rate_limit_reset: Some("8".to_owned()),
        rate_limit_policy: Some(
            r#"100;w=1;burst=110;comment="token bucket";category="trigger";cost="single""#
                .to_owned(),
        ),
        idempotency_key: Some("key 1".to_owned()),
        idempotency_replay: None,
    }
}

const HEADERS: &str = "content-length: RIGHT\n\
    content-type: application/json\n\
    date: DATE\n\
    idempotency-key: key 1\n\
    ratelimit-limit: 100\n\
    ratelimit-policy: 100;w=1;burst=110;comment=\"token bucket\";category=\"trigger\";cost=\"single\"\n\
    ratelimit-remaining: 93\n\
    ratelimit-reset: 8\n";

fn retry(after: &str) -> RateLimitIdempotencyRetryAfterHeaders {
    RateLimitIdempotencyRetryAfterHeaders {
        idempotency_replay: Some("true".to_owned()),
        retry_after: Some(after.to_owned()),
        ..RateLimitIdempotencyRetryAfterHeaders::default()
    }
}

const RETRY_8: &str = "content-length: RIGHT\n\
    content-type: application/json\n\
    date: DATE\n\
    idempotency-replay: true\n\
    retry-after: 8\n";
const RETRY_DATE: &str = "content-length: RIGHT\n\
    content-type: application/json\n\
    date: DATE\n\
    idempotency-replay: true\n\
    retry-after: Sun, 06 Nov 1994 08:49:37 GMT\n";
/// The fields of a JSON body without documented headers.
const PLAIN: &str = "content-length: RIGHT\n\
    content-type: application/json\n\
    date: DATE\n";

fn error(status: u16) -> ErrorDto {
    let mut error = ErrorDto::new(status.into(), "2024-12-12T13:00:00Z", "/x?a=b");
    error.error_id = Some("abc123".to_owned());
    error
}

fn error_text(status: u16) -> String {
    format!(
        r#"{{"statusCode":{status},"timestamp":"2024-12-12T13:00:00Z","path":"/x?a=b","errorId":"abc123"}}"#
    )
}

fn invalid() -> ValidationErrorDto {
    let mut field = ConstraintValidation::new(vec!["Must be at least 18".to_owned()]);
    field.value = Maybe::Value(ConstraintValidationValue::Number(17.0));
    let mut missing = ConstraintValidation::new(vec!["Field is missing".to_owned()]);
    missing.value = Maybe::Null;
    let errors = [("age".to_owned(), field), ("name".to_owned(), missing)];
    let mut body = ValidationErrorDto::new(422.0, "2024-12-12T13:00:00Z", "/x", errors.into());
    body.ctx = json!({"b": null, "c": [1]}).as_object().cloned();
    body
}

const INVALID: &str = r#"{"statusCode":422,"timestamp":"2024-12-12T13:00:00Z","path":"/x","ctx":{"b":null,"c":[1]},"errors":{"age":{"messages":["Must be at least 18"],"value":17},"name":{"messages":["Field is missing"],"value":null}}}"#;

/// The failures of an operation that mints: the variant, its status line, its fields, its body.
macro_rules! failures {
    ($failure:ident) => {{
        let mut failures = Vec::new();
        macro_rules! error_dto {
            ($code:literal $reason:literal $variant:ident) => {
                failures.push((
                    $failure::$variant {
                        headers: headers(),
                        body: error($code),
                    },
                    concat!($code, " ", $reason),
                    HEADERS,
                    error_text($code),
                ))
            };
        }
        error_dto!(400 "Bad Request" BadRequest);
        error_dto!(401 "Unauthorized" Unauthorized);
        error_dto!(403 "Forbidden" Forbidden);
        error_dto!(404 "Not Found" NotFound);
        error_dto!(405 "Method Not Allowed" MethodNotAllowed);
        error_dto!(409 "Conflict" Conflict);
        error_dto!(413 "Payload Too Large" PayloadTooLarge);
        error_dto!(415 "Unsupported Media Type" UnsupportedMediaType);
        error_dto!(500 "Internal Server Error" InternalServerError);
        failures.extend([
            (
                $failure::UriTooLong { body: error(414) },
                "414 URI Too Long",
                PLAIN,
                error_text(414),
            ),
            (
                $failure::UnprocessableEntity {
                    headers: headers(),
                    body: invalid(),
                },
                "422 Unprocessable Entity",
                HEADERS,
                INVALID.to_owned(),
            ),
            (
                $failure::TooManyRequests {
                    headers: retry("8"),
                    body: "API rate limit exceeded".to_owned(),
                },
                "429 Too Many Requests",
                RETRY_8,
                r#""API rate limit exceeded""#.to_owned(),
            ),
            (
                $failure::ServiceUnavailable {
                    headers: retry("Sun, 06 Nov 1994 08:49:37 GMT"),
                    body: "Please wait some time, then try again.".to_owned(),
                },
                "503 Service Unavailable",
                RETRY_DATE,
                r#""Please wait some time, then try again.""#.to_owned(),
            ),
        ]);
        failures
    }};
}

/// Looks at a failure and at the bytes it came in.
#[track_caller]
fn assert_failure<F: PartialEq + std::fmt::Debug>(
    world: &World,
    error: Error<F>,
    expected: (F, &str, &str, String),
) {
    let (failure, status, fields, body) = expected;
    let code = status.split(' ').next().expect("a code");
    assert_eq!(error.status().expect("a status").as_str(), code, "{status}");
    let retryable = matches!(code, "429" | "503");
    assert_eq!(error.is_retryable(), retryable, "{status}");
    // A date that is past means at once.
    let after = match code {
        "429" if fields == RETRY_8 => Some(8),
        "503" if fields == RETRY_DATE => Some(0),
        _ => None,
    };
    assert_eq!(error.retry_after().map(|after| after.as_secs()), after);
    assert_eq!(error.into_failure(), Some(failure), "{status}");
    world.assert_response(&format!("HTTP/1.1 {status}\n{fields}\n{body}"));
}

async fn link_responses(way: Way) {
    let (script, world) = Script::world(way).await;
    let client = world.client();
    let call = || {
        let body = GenerateLinkUserOauthUrlRequestDto::new("s", "i");
        client.integrations().generate_link_user_oauth_url(body)
    };
    let url = "https://slack.com/oauth/v2/authorize?state=...".to_owned();
    let body = GenerateChatOAuthUrlResponseDto { url };
    let created = GenerateLinkUserOAuthUrlResponse::Created {
        headers: headers(),
        body: body.clone(),
    };
    script.answer(Answer::Link(created));
    let reply = call().send().await.expect("a URL");
    assert_eq!(
        (reply.status, &reply.headers, &reply.body),
        (StatusCode::CREATED, &headers(), &body)
    );
    world.assert_response(&format!(
        "HTTP/1.1 201 Created\n{HEADERS}\n{{\"url\":\"https://slack.com/oauth/v2/authorize?state=...\"}}"
    ));

    for failure in failures!(GenerateLinkUserOAuthUrlFailure) {
        script.answer(Answer::Link(failure.0.clone().into()));
        let error = call().send().await.expect_err("a failure");
        assert_failure(&world, error, failure);
    }
}

async fn connect_responses(way: Way) {
    let (script, world) = Script::world(way).await;
    let client = world.client();
    let call = || {
        let body = GenerateConnectOauthUrlRequestDto::new("i");
        client.integrations().generate_connect_oauth_url(body)
    };
    let url = "u".to_owned();
    let body = GenerateChatOAuthUrlResponseDto { url };
    let created = GenerateConnectOAuthUrlResponse::Created {
        headers: headers(),
        body: body.clone(),
    };
    script.answer(Answer::Connect(created));
    let reply = call().send().await.expect("a URL");
    assert_eq!(
        (reply.status, &reply.headers, &reply.body),
        (StatusCode::CREATED, &headers(), &body)
    );
    world.assert_response(&format!(
        "HTTP/1.1 201 Created\n{HEADERS}\n{{\"url\":\"u\"}}"
    ));

    for failure in failures!(GenerateConnectOAuthUrlFailure) {
        script.answer(Answer::Connect(failure.0.clone().into()));
        let error = call().send().await.expect_err("a failure");
        assert_failure(&world, error, failure);
    }
}

async fn legacy_responses(way: Way) {
    use ChatAccessOauthFailure as Failure;
    use ChatAccessOauthResponse as Response;
    let (script, world) = Script::world(way).await;
    let client = world.client();
    let call = || {
        client
            .subscribers()
            .chat_access_oauth("s", "slack", "h", ENVIRONMENT)
    };
    let location = "https://slack.com/oauth/v2/authorize?client_id=...".to_owned();
    let found = Response::Found {
        headers: LocationHeaders { location },
    };
    for (response, status, fields) in [
        (
            Response::Ok {},
            "200 OK",
            "content-length: RIGHT\ndate: DATE\n",
        ),
        (
            found,
            "302 Found",
            "content-length: RIGHT\ndate: DATE\nlocation: https://slack.com/oauth/v2/authorize?client_id=...\n",
        ),
    ] {
        script.answer(Answer::Legacy(response.clone()));
        let reply = call().send().await.expect("a success");
        assert_eq!(reply.body, response);
        world.assert_response(&format!("HTTP/1.1 {status}\n{fields}\n"));
    }

    let text = |text: &str| (text.to_owned(), format!("\"{text}\""));
    let (wait, wait_text) = text("Request with key k is currently being processed.");
    let (limit, limit_text) = text("API rate limit exceeded");
    let (later, later_text) = text("Please wait some time, then try again.");
    for failure in [
        (
            Failure::BadRequest { body: error(400) },
            "400 Bad Request",
            PLAIN,
            error_text(400),
        ),
        (
            Failure::NotFound { body: error(404) },
            "404 Not Found",
            PLAIN,
            error_text(404),
        ),
        (
            Failure::Conflict { body: wait },
            "409 Conflict",
            PLAIN,
            wait_text,
        ),
        (
            Failure::UnprocessableEntity { body: invalid() },
            "422 Unprocessable Entity",
            PLAIN,
            INVALID.to_owned(),
        ),
        (
            Failure::TooManyRequests { body: limit },
            "429 Too Many Requests",
            PLAIN,
            limit_text,
        ),
        (
            Failure::ServiceUnavailable { body: later },
            "503 Service Unavailable",
            PLAIN,
            later_text,
        ),
    ] {
        script.answer(Answer::Legacy(failure.0.clone().into()));
        let error = call().send().await.expect_err("a failure");
        assert_failure(&world, error, failure);
    }
}

/// What the client was given is what the handler gets.
async fn requests_arrive(way: Way) {
    let (script, world) = Script::world(way).await;
    script.answer(Answer::Raw(418, "text/plain", ""));
    let client = world.client();

    let mut body = GenerateConnectOauthUrlRequestDto::new("ü \u{1f600}\"\\");
    body.context = serde_json::from_value(json!({
        "app": {"id": "jira", "data": {"a": [1, 2.5, null, {"b": "c"}]}},
        "tenant": "org-acme",
    }))
    .ok();
    body.scope = Some(vec![]);
    let call = client.integrations().generate_connect_oauth_url(body);
    let call = call.idempotency_key("3909d656-d4fe-4e80-ba86-90d3861afcd7");
    let sent = Asked::Connect(call.request().clone());
    call.send().await.expect_err("418");
    assert_eq!(script.asked(), [sent]);

    let subscribers = client.subscribers();
    let call = subscribers.chat_access_oauth(
        "a/b?c#d%2F é+",
        "novu-slack",
        "h&=+ %\u{1f600}",
        ENVIRONMENT,
    );
    let call = call.integration_identifier("");
    let sent = Asked::Legacy(call.request().clone(), false);
    call.send().await.expect_err("418");
    assert_eq!(script.asked(), [sent]);
}
