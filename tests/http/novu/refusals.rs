//! What the server refuses before a handler runs.

use std::sync::Arc;

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use http::Request;
use novu_api::Violation;
use novu_api::server::{ApiService, Cause, OperationInfo, Rejection, Server};
use novu_api::types::GenerateLinkUserOauthUrlRequestDto;
use serde_json::{Value, json};
use tower_service::Service as _;

use super::{Novu, client};

/// Sends a request of raw parts; returns the status, the body as JSON, and the rejection.
async fn raw(
    method: &str,
    target: &str,
    headers: &[(&str, &str)],
    body: impl Into<Body>,
) -> (Response<Value>, Option<Rejection>) {
    let novu = Novu::default();
    let rejected = Arc::clone(&novu.rejected);
    let mut service: ApiService<Novu> = Server::new(novu)
        .integrations()
        .subscribers()
        .body_limit(4096)
        .into_service();
    let mut request = Request::builder().method(method).uri(target);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = service
        .call(request.body(body.into()).unwrap())
        .await
        .unwrap();
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
    let rejection = rejected.lock().unwrap().take();
    (Response::from_parts(parts, body), rejection)
}

const LINK: &str = "/v1/integrations/channel-endpoints/oauth";
const KEY: (&str, &str) = ("authorization", "ApiKey secret");
const JSON: (&str, &str) = ("content-type", "application/json");

#[tokio::test]
async fn paths_and_methods() {
    let (response, rejection) = raw("GET", "/v1/nowhere", &[], Body::empty()).await;
    assert_eq!(
        (response.status().as_u16(), rejection),
        (404, Some(Rejection::NotFound))
    );

    let (response, rejection) = raw("GET", LINK, &[], Body::empty()).await;
    assert_eq!(response.status(), 405);
    assert_eq!(response.headers()["allow"], "POST, OPTIONS");
    assert_eq!(
        rejection,
        Some(Rejection::MethodNotAllowed {
            allow: vec!["POST", "OPTIONS"]
        })
    );

    let (response, rejection) = raw("OPTIONS", LINK, &[], Body::empty()).await;
    assert_eq!((response.status().as_u16(), rejection), (204, None));
    assert_eq!(response.headers()["allow"], "POST, OPTIONS");

    let legacy = "/v1/subscribers/s/credentials/slack/oauth?hmacHash=h&environmentId=e";
    let (response, _) = raw("HEAD", legacy, &[], Body::empty()).await;
    assert_eq!(response.status(), 302);
    assert_eq!(
        response.headers()["location"],
        "https://slack.test/?anonymous&s&h"
    );
    let info = response
        .extensions()
        .get::<&'static OperationInfo>()
        .unwrap();
    assert_eq!(
        info.template,
        "/v1/subscribers/{subscriberId}/credentials/{providerId}/oauth"
    );
}

#[tokio::test]
async fn credentials_come_before_the_body() {
    let body = Body::from("{");
    let (response, rejection) = raw("POST", LINK, &[("authorization", "Bearer x y")], body).await;
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

    // The legacy operation lets anyone in.
    let legacy = "/v1/subscribers/s/credentials/slack/oauth?hmacHash=h&environmentId=e";
    for (key, caller) in [
        ("ApiKey secret", "org"),
        ("ApiKey wrong", "anonymous"),
        ("Basic x", "anonymous"),
    ] {
        let (response, _) = raw("GET", legacy, &[("authorization", key)], Body::empty()).await;
        assert_eq!(
            response.headers()["location"],
            format!("https://slack.test/?{caller}&s&h")
        );
    }
}

#[tokio::test]
async fn bodies_that_are_not_read() {
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
        let (response, rejection) = raw("POST", LINK, headers, body).await;
        assert_eq!(response.status(), expected, "{headers:?} {rejection:?}");
    }
}

#[tokio::test]
async fn the_limit_counts_what_arrives() {
    for (extra, expected) in [(0, 201), (1, 413), (100_000, 413)] {
        let around = r#"{"subscriberId":"","integrationIdentifier":"slack"}"#.len();
        let subscriber = "s".repeat(4096 - around + extra);
        let body = format!(r#"{{"subscriberId":"{subscriber}","integrationIdentifier":"slack"}}"#);
        let client = client();
        let call = GenerateLinkUserOauthUrlRequestDto::new(subscriber, "slack");
        let outcome = client
            .integrations()
            .generate_link_user_oauth_url(call)
            .send()
            .await;
        let status = outcome.map_or_else(|error| error.status().unwrap(), |reply| reply.status);
        assert_eq!(status, expected);

        // In pieces, with no length stated.
        let (response, rejection) = raw(
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
    type Error = std::convert::Infallible;

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
async fn malformed_json_has_a_position() {
    let (response, rejection) =
        raw("POST", LINK, &[KEY, JSON], "{\"subscriberId\":\n  nope}").await;
    assert_eq!(response.status(), 400);
    assert_eq!(
        response.headers()["content-type"],
        "application/problem+json"
    );
    let Some(Rejection::Malformed { line, column, .. }) = rejection else {
        panic!("{rejection:?}")
    };
    assert_eq!((line, column), (2, 4));
}

#[tokio::test]
async fn all_violations_at_once() {
    let body = json!({
        "subscriberId": 7,
        "userScope": ["identity.basic", 1],
        "context": {"a": true, "b": {"data": {}}},
    });
    let (response, rejection) = raw("POST", LINK, &[KEY, JSON], body.to_string()).await;
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
    let (_, rejection) = raw("POST", LINK, &headers, "{}").await;
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
    let (response, rejection) = raw("GET", legacy, &[], Body::empty()).await;
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
