//! What the generated server takes and refuses, as structure.

use std::convert::Infallible;

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use http::Request;
use novu_api::Violation;
use novu_api::client::{Client, Error};
use novu_api::operations::{
    ChatAccessOauthFailure, ChatAccessOauthResponse, GenerateLinkUserOAuthUrlResponse,
    RateLimitIdempotencyHeaders,
};
use novu_api::server::{Cause, OperationInfo, Rejection};
use novu_api::types::{GenerateChatOAuthUrlResponseDto, GenerateLinkUserOauthUrlRequestDto};
use serde_json::{Value, json};
use tower_service::Service as _;

use crate::stand_in::{Answer, Asked, Script};
use crate::world::LINK;

/// Sends a request of raw parts; returns the response, its body as JSON, and the rejection.
async fn raw(
    script: &Script,
    method: &str,
    target: &str,
    headers: &[(&str, &str)],
    body: impl Into<Body>,
) -> (Response<Value>, Option<Rejection>) {
    let mut request = Request::builder().method(method).uri(target);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(body.into()).expect("a request");
    let Ok(response) = script.server().call(request).await;
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await;
    let body = serde_json::from_slice(&body.expect("a body")).unwrap_or(Value::Null);
    (Response::from_parts(parts, body), script.rejected())
}

/// A server that has a URL for everyone.
fn script() -> Script {
    let script = Script::new();
    let url = "u".to_owned();
    script.answer(Answer::Link(GenerateLinkUserOAuthUrlResponse::Created {
        headers: RateLimitIdempotencyHeaders::default(),
        body: GenerateChatOAuthUrlResponseDto { url },
    }));
    script
}

const LEGACY: &str =
    "/v1/subscribers/s/credentials/slack/oauth?hmacHash=h&environmentId=66a1b2c3d4e5f60718293a4b";
const KEY: (&str, &str) = ("authorization", "ApiKey sk_test_123");
const JSON: (&str, &str) = ("content-type", "application/json");

#[tokio::test]
async fn paths_and_methods() {
    let script = script();
    let (response, rejection) = raw(&script, "GET", "/v1/nowhere", &[], Body::empty()).await;
    assert_eq!(
        (response.status().as_u16(), rejection),
        (404, Some(Rejection::NotFound))
    );

    let (response, rejection) = raw(&script, "GET", LINK, &[], Body::empty()).await;
    assert_eq!(response.status(), 405);
    assert_eq!(response.headers()["allow"], "POST, OPTIONS");
    assert_eq!(
        rejection,
        Some(Rejection::MethodNotAllowed {
            allow: vec!["POST", "OPTIONS"]
        })
    );

    let (response, rejection) = raw(&script, "OPTIONS", LINK, &[], Body::empty()).await;
    assert_eq!((response.status().as_u16(), rejection), (204, None));
    assert_eq!(response.headers()["allow"], "POST, OPTIONS");

    // Where there is a `GET` there is a `HEAD`, which has the same headers and no body.
    let body = "wait".to_owned();
    script.answer(Answer::Legacy(
        ChatAccessOauthFailure::Conflict { body }.into(),
    ));
    let (response, _) = raw(&script, "HEAD", LEGACY, &[], Body::empty()).await;
    assert_eq!(
        (response.status().as_u16(), response.body()),
        (409, &Value::Null)
    );
    assert_eq!(response.headers()["content-length"], "6");
    assert_eq!(response.headers()["content-type"], "application/json");
    let info = response.extensions().get::<&'static OperationInfo>();
    assert_eq!(
        info.expect("an operation").template,
        "/v1/subscribers/{subscriberId}/credentials/{providerId}/oauth"
    );
}

#[tokio::test]
async fn credentials_come_before_the_body() {
    let script = script();
    let body = Body::from("{");
    let (response, rejection) = raw(
        &script,
        "POST",
        LINK,
        &[("authorization", "Bearer x y")],
        body,
    )
    .await;
    assert_eq!(response.status(), 401);
    let Some(Rejection::Unauthenticated { scheme, cause }) = rejection else {
        panic!("{rejection:?}")
    };
    assert_eq!(
        (scheme.name, cause),
        (
            "secretKey",
            Cause::WrongPrefix {
                found: "Bearer".to_owned()
            }
        )
    );

    // The legacy operation lets anyone in, and knows who showed a good key.
    script.answer(Answer::Legacy(ChatAccessOauthResponse::Ok {}));
    for (key, known) in [
        ("ApiKey sk_test_123", true),
        ("ApiKey wrong", false),
        ("Basic x", false),
    ] {
        let key = ("authorization", key);
        let (response, _) = raw(&script, "GET", LEGACY, &[key], Body::empty()).await;
        assert_eq!(response.status(), 200);
        let [Asked::Legacy(_, found)] = script.asked()[..] else {
            panic!("one request")
        };
        assert_eq!(found, known, "{key:?}");
    }
}

#[tokio::test]
async fn a_good_key_may_not_be_enough() {
    let script = script();
    let key = ("authorization", "ApiKey frozen");
    let (response, rejection) = raw(&script, "POST", LINK, &[key, JSON], "{}").await;
    assert_eq!(response.status(), 403);
    assert!(!response.headers().contains_key("www-authenticate"));
    let Some(Rejection::Forbidden { reason, .. }) = rejection else {
        panic!("{rejection:?}")
    };
    assert_eq!(reason, "the organization is frozen");

    // A problem document is not the `ErrorDto` that is documented for 403.
    let client = Client::builder()
        .transport(script.server())
        .secret_key("frozen");
    let client = client.build().expect("a client");
    let call = client
        .integrations()
        .generate_link_user_oauth_url(GenerateLinkUserOauthUrlRequestDto::new("s", "i"));
    let error = call.send().await.expect_err("a refusal");
    assert!(matches!(error, Error::Decode { .. }), "{error:?}");
}

#[tokio::test]
async fn bodies_that_are_not_read() {
    let script = script();
    let body = r#"{"subscriberId":"s","integrationIdentifier":"slack"}"#;
    for (headers, body, expected) in [
        (&[KEY, JSON][..], body, 201),
        (
            &[KEY, ("content-type", "application/json; charset=utf-8")],
            body,
            201,
        ),
        (
            &[KEY, ("content-type", "application/problem+json")],
            body,
            201,
        ),
        (&[KEY, ("content-type", "text/plain")], body, 415),
        (&[KEY], body, 415),
        (&[KEY, JSON], "", 400),
        (&[KEY], "", 400),
        (&[KEY, JSON, ("accept", "text/html")], body, 406),
        (&[KEY, JSON, ("accept", "text/html, */*;q=0.1")], body, 201),
        (
            &[KEY, JSON, ("content-length", "99999999999999999999")],
            body,
            201,
        ),
        (&[KEY, JSON, ("content-length", "5000")], body, 413),
    ] {
        let (response, rejection) = raw(&script, "POST", LINK, headers, body).await;
        assert_eq!(response.status(), expected, "{headers:?} {rejection:?}");
    }
}

#[tokio::test]
async fn the_limit_counts_what_arrives() {
    let script = script();
    for (extra, expected) in [(0, 201), (1, 413), (100_000, 413)] {
        let around = r#"{"subscriberId":"","integrationIdentifier":"slack"}"#.len();
        let subscriber = "s".repeat(4096 - around + extra);
        let body = format!(r#"{{"subscriberId":"{subscriber}","integrationIdentifier":"slack"}}"#);
        let client = Client::builder().transport(script.server());
        let client = client.secret_key("sk_test_123").build().expect("a client");
        let body_of_it = GenerateLinkUserOauthUrlRequestDto::new(subscriber, "slack");
        let call = client
            .integrations()
            .generate_link_user_oauth_url(body_of_it);
        let status = match call.send().await {
            Ok(reply) => reply.status,
            Err(error) => error.status().expect("a status"),
        };
        assert_eq!(status, expected);

        // In pieces, with no length stated.
        let (response, rejection) = raw(
            &script,
            "POST",
            LINK,
            &[KEY, JSON],
            Body::new(Pieces(body.into_bytes())),
        )
        .await;
        assert_eq!(response.status(), expected);
        if expected == 413 {
            assert_eq!(rejection, Some(Rejection::BodyTooLarge { limit: 4096 }));
        }
    }
}

/// A body that comes 1000 bytes at a time.
struct Pieces(Vec<u8>);

impl axum::body::HttpBody for Pieces {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        _context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<Bytes>, Self::Error>>> {
        let end = self.0.len().min(1000);
        let rest = self.0.split_off(end);
        let piece = std::mem::replace(&mut self.0, rest);
        std::task::Poll::Ready(
            (!piece.is_empty()).then(|| Ok(http_body::Frame::data(piece.into()))),
        )
    }
}

#[tokio::test]
async fn all_violations_at_once() {
    let script = script();
    let body = json!({
        "subscriberId": 7,
        "userScope": ["identity.basic", 1],
        "context": {"a": true, "b": {"data": {}}},
    });
    let (response, rejection) = raw(&script, "POST", LINK, &[KEY, JSON], body.to_string()).await;
    assert_eq!(response.status(), 422);
    let Some(Rejection::Invalid { violations }) = rejection else {
        panic!("{rejection:?}")
    };
    let pointers = |violations: &[Violation]| {
        let mut pointers: Vec<_> = violations
            .iter()
            .map(|found| format!("{} {} {}", found.location, found.pointer, found.rule))
            .collect();
        pointers.sort();
        pointers
    };
    assert_eq!(
        pointers(&violations),
        [
            "body /context/a type",
            "body /context/b/id required",
            "body /integrationIdentifier required",
            "body /subscriberId type",
            "body /userScope/1 type",
        ]
    );
    assert_eq!(response.body()["status"], 422);
    assert_eq!(response.body()["errors"].as_array().map(Vec::len), Some(5));

    // Parameters and body together; the header may come once only.
    let headers = [
        KEY,
        JSON,
        ("idempotency-key", "1"),
        ("idempotency-key", "2"),
    ];
    let (_, rejection) = raw(&script, "POST", LINK, &headers, "{}").await;
    let Some(Rejection::Invalid { violations }) = rejection else {
        panic!("{rejection:?}")
    };
    assert_eq!(
        pointers(&violations),
        [
            "body /integrationIdentifier required",
            "body /subscriberId required",
            "header /idempotency-key type",
        ]
    );

    let legacy = "/v1/subscribers/s%ff/credentials/slack/oauth?hmacHash=1&hmacHash=2";
    let (response, rejection) = raw(&script, "GET", legacy, &[], Body::empty()).await;
    assert_eq!(response.status(), 422);
    let Some(Rejection::Invalid { violations }) = rejection else {
        panic!("{rejection:?}")
    };
    assert_eq!(
        pointers(&violations),
        [
            "path /subscriberId type",
            "query /environmentId required",
            "query /hmacHash type"
        ]
    );
}
