//! The generated Novu crate: a small implementation of its traits, and its client, joined in memory.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use http::{HeaderMap, Request, StatusCode};
use novu_api::client::{BoxFuture, Client, Error, Transport, TransportError};
use novu_api::operations::{
    ChatAccessOauthRequest, ChatAccessOauthResponse, GenerateConnectOAuthUrlRequest,
    GenerateConnectOAuthUrlResponse, GenerateLinkUserOAuthUrlRequest,
    GenerateLinkUserOAuthUrlResponse, LocationHeaders, RateLimitIdempotencyHeaders,
    RateLimitIdempotencyRetryAfterHeaders,
};
use novu_api::server::{
    ApiService, Caller, Cause, Denied, Integrations, IntoFailure, OperationInfo, Rejection,
    RequestHead, Server, Service, Subscribers,
};
use novu_api::types::{
    ErrorDto, ErrorDtoMessage, GenerateChatOAuthUrlResponseDto, GenerateConnectOauthUrlRequestDto,
    GenerateLinkUserOauthUrlRequestDto,
};
use novu_api::{Maybe, Violation};
use serde_json::{Value, json};
use tower_service::Service as _;

/// Answers by the integration that a request names, and keeps the last rejection.
#[derive(Default)]
struct Novu {
    rejected: Arc<Mutex<Option<Rejection>>>,
}

/// A failure that no response documents.
struct Teapot;

impl IntoFailure for Teapot {
    fn into_failure(self, _head: &RequestHead) -> Response {
        let mut response = Response::new(Body::from("short and stout"));
        *response.status_mut() = StatusCode::IM_A_TEAPOT;
        response
    }
}

fn error(status: u16, message: &str) -> ErrorDto {
    let mut error = ErrorDto::new(status.into(), "2024-12-12T13:00:00Z", "/x");
    error.message = Maybe::Value(ErrorDtoMessage::String(message.to_owned()));
    error
}

impl Service for Novu {
    type Principal = String;
    type Error = Teapot;

    async fn secret_key(&self, credential: &str, _head: &RequestHead) -> Result<String, Denied> {
        match credential {
            "secret" => Ok("org".to_owned()),
            "frozen" => Err(Denied::Forbidden("the organization is frozen".to_owned())),
            _ => Err(Denied::Unauthenticated("API key not found".to_owned())),
        }
    }

    async fn api_key(&self, credential: &str, head: &RequestHead) -> Result<String, Denied> {
        self.secret_key(credential, head).await
    }

    fn reject(&self, rejection: Rejection, _head: &RequestHead) -> Response {
        let response = match &rejection {
            // Rendered without its headers, which the server then adds.
            Rejection::MethodNotAllowed { .. } | Rejection::Unauthenticated { .. } => {
                let body = error(rejection.status().as_u16(), &rejection.to_string());
                let mut response = Response::new(Body::from(serde_json::to_vec(&body).unwrap()));
                *response.status_mut() = rejection.status();
                response
            }
            _ => rejection.problem(),
        };
        *self.rejected.lock().unwrap() = Some(rejection);
        response
    }
}

impl Integrations for Novu {
    async fn generate_link_user_oauth_url(
        &self,
        caller: Caller<String>,
        request: GenerateLinkUserOAuthUrlRequest,
    ) -> Result<GenerateLinkUserOAuthUrlResponse, Teapot> {
        assert_eq!(
            caller.head.operation.map(|operation| operation.id),
            Some("IntegrationsController_generateLinkUserOAuthUrl")
        );
        Ok(match request.body.integration_identifier.as_str() {
            "missing" => GenerateLinkUserOAuthUrlResponse::NotFound {
                headers: RateLimitIdempotencyHeaders::default(),
                body: error(404, "no such integration"),
            },
            "busy" => GenerateLinkUserOAuthUrlResponse::TooManyRequests {
                headers: RateLimitIdempotencyRetryAfterHeaders {
                    retry_after: Some("8".to_owned()),
                    ..RateLimitIdempotencyRetryAfterHeaders::default()
                },
                body: "API rate limit exceeded".to_owned(),
            },
            "teapot" => return Err(Teapot),
            _ => GenerateLinkUserOAuthUrlResponse::Created {
                headers: RateLimitIdempotencyHeaders {
                    rate_limit_limit: Some("100".to_owned()),
                    idempotency_key: request.idempotency_key,
                    ..RateLimitIdempotencyHeaders::default()
                },
                body: GenerateChatOAuthUrlResponseDto {
                    url: format!(
                        "https://slack.test/?{}&{}",
                        caller.principal, request.body.subscriber_id
                    ),
                },
            },
        })
    }

    async fn generate_connect_oauth_url(
        &self,
        _caller: Caller<String>,
        _request: GenerateConnectOAuthUrlRequest,
    ) -> Result<GenerateConnectOAuthUrlResponse, Teapot> {
        Ok(GenerateConnectOAuthUrlResponse::UriTooLong {
            body: error(414, "too long"),
        })
    }
}

impl Subscribers for Novu {
    async fn chat_access_oauth(
        &self,
        caller: Caller<Option<String>>,
        request: ChatAccessOauthRequest,
    ) -> Result<ChatAccessOauthResponse, Teapot> {
        let caller = caller.principal.unwrap_or_else(|| "anonymous".to_owned());
        let location = format!(
            "https://slack.test/?{caller}&{}&{}",
            request.subscriber_id, request.hmac_hash
        );
        Ok(match request.provider_id.as_str() {
            "slack" => ChatAccessOauthResponse::Found {
                headers: LocationHeaders { location },
            },
            "done" => ChatAccessOauthResponse::Ok {},
            _ => ChatAccessOauthResponse::Conflict {
                body: "wait".to_owned(),
            },
        })
    }
}

fn server() -> Server<Novu> {
    Server::new(Novu::default())
        .integrations()
        .subscribers()
        .body_limit(4096)
}

fn client() -> Client {
    Client::builder()
        .transport(server().into_service())
        .secret_key("secret")
        .build()
        .unwrap()
}

fn link(integration: &str) -> GenerateLinkUserOauthUrlRequestDto {
    GenerateLinkUserOauthUrlRequestDto::new("subscriber-123", integration)
}

#[tokio::test]
async fn created() {
    let client = client();
    let call = client
        .integrations()
        .generate_link_user_oauth_url(link("slack"));
    let reply = call.idempotency_key("k-1").send().await.unwrap();
    assert_eq!(reply.status, StatusCode::CREATED);
    assert_eq!(reply.body.url, "https://slack.test/?org&subscriber-123");
    assert_eq!(reply.headers.rate_limit_limit.as_deref(), Some("100"));
    assert_eq!(reply.headers.idempotency_key.as_deref(), Some("k-1"));
    assert_eq!(reply.headers.rate_limit_reset, None);
    assert_eq!(reply.raw_headers["content-type"], "application/json");
}

#[tokio::test]
async fn found_is_a_reply() {
    let client = Client::builder()
        .transport(server().into_router())
        .build()
        .unwrap();
    let call = |provider: &str| {
        client
            .subscribers()
            .chat_access_oauth("sub/1 é", provider, "a+b", "e")
            .send()
    };
    let reply = call("slack").await.unwrap();
    assert_eq!(reply.status, StatusCode::FOUND);
    let location = "https://slack.test/?anonymous&sub/1 é&a+b".to_owned();
    assert_eq!(
        reply.body,
        ChatAccessOauthResponse::Found {
            headers: LocationHeaders { location }
        }
    );
    assert_eq!(
        call("done").await.unwrap().body,
        ChatAccessOauthResponse::Ok {}
    );
    let error = call("other").await.unwrap_err();
    assert_eq!(
        error.into_response(),
        Some(ChatAccessOauthResponse::Conflict {
            body: "wait".to_owned()
        })
    );
}

#[tokio::test]
async fn documented_failures_are_typed() {
    let client = client();
    let call = |integration: &str| {
        client
            .integrations()
            .generate_link_user_oauth_url(link(integration))
            .send()
    };

    let missing = call("missing").await.unwrap_err();
    assert_eq!(missing.status(), Some(StatusCode::NOT_FOUND));
    assert!(!missing.is_retryable());
    assert_eq!(missing.retry_after(), None);
    let Some(GenerateLinkUserOAuthUrlResponse::NotFound { body, .. }) = missing.into_response()
    else {
        panic!("not a 404");
    };
    assert_eq!(body, error(404, "no such integration"));

    let busy = call("busy").await.unwrap_err();
    assert!(busy.is_retryable());
    assert_eq!(busy.retry_after(), Some(Duration::from_secs(8)));
    let Some(GenerateLinkUserOAuthUrlResponse::TooManyRequests { headers, body }) =
        busy.into_response()
    else {
        panic!("not a 429");
    };
    assert_eq!(headers.retry_after.as_deref(), Some("8"));
    assert_eq!(body, "API rate limit exceeded");

    let connect = GenerateConnectOauthUrlRequestDto::new("slack");
    let long = client
        .integrations()
        .generate_connect_oauth_url(connect)
        .send()
        .await
        .unwrap_err();
    let body = error(414, "too long");
    assert_eq!(
        long.into_response(),
        Some(GenerateConnectOAuthUrlResponse::UriTooLong { body })
    );
}

#[tokio::test]
async fn undocumented_statuses_keep_their_bytes() {
    let client = client();
    let result = client
        .integrations()
        .generate_link_user_oauth_url(link("teapot"))
        .send()
        .await;
    let Err(Error::Undocumented { status, bytes, .. }) = result else {
        panic!("{result:?}")
    };
    assert_eq!(
        (status, &*bytes),
        (StatusCode::IM_A_TEAPOT, &b"short and stout"[..])
    );
}

#[tokio::test]
async fn unauthenticated_and_forbidden() {
    for (key, status) in [(None, 401), (Some("wrong"), 401), (Some("frozen"), 403)] {
        let mut builder = Client::builder().transport(server().into_service());
        if let Some(key) = key {
            builder = builder.secret_key(key);
        }
        let client = builder.build().unwrap();
        let result = client
            .integrations()
            .generate_link_user_oauth_url(link("slack"))
            .send()
            .await;
        let error = result.unwrap_err();
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
        let challenge = error.headers().unwrap().get("www-authenticate");
        assert_eq!(
            challenge.is_some_and(|challenge| challenge == "ApiKey"),
            status == 401
        );
        if status == 401 {
            let response = error.into_response();
            assert!(matches!(
                response,
                Some(GenerateLinkUserOAuthUrlResponse::Unauthorized { .. })
            ));
        } else {
            // The default body is problem details, which this document does not describe.
            assert!(matches!(error, Error::Decode { .. }), "{error:?}");
        }
    }
}

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

/// Answers everything with the same response.
#[derive(Clone)]
struct Canned(
    StatusCode,
    &'static [(&'static str, &'static str)],
    &'static str,
);

impl Transport for Canned {
    fn send(
        &self,
        _: Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        let mut response = http::Response::new(Bytes::from_static(self.2.as_bytes()));
        *response.status_mut() = self.0;
        let headers = self
            .1
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
        *response.headers_mut() = headers.collect::<HeaderMap>();
        Box::pin(std::future::ready(Ok(response)))
    }
}

#[tokio::test]
async fn what_is_not_as_documented_keeps_path_and_bytes() {
    let json = &[("content-type", "application/json")][..];
    for (canned, path, text) in [
        (
            Canned(StatusCode::CREATED, json, r#"{"url":7}"#),
            "/url",
            "invalid type",
        ),
        (
            Canned(StatusCode::CREATED, json, "{}"),
            "",
            "missing field `url`",
        ),
        (
            Canned(StatusCode::CREATED, json, r#"{"url":"#),
            "/url",
            "EOF",
        ),
        (
            Canned(StatusCode::CREATED, &[("content-type", "text/html")], "<p>"),
            "",
            "received text/html",
        ),
        (
            Canned(
                StatusCode::NOT_FOUND,
                &[],
                r#"{"statusCode":404,"timestamp":"","path":"","ctx":[]}"#,
            ),
            "/ctx",
            "invalid type",
        ),
    ] {
        let client = Client::builder().transport(canned.clone()).build().unwrap();
        let result = client
            .integrations()
            .generate_link_user_oauth_url(link("x"))
            .send()
            .await;
        let Err(Error::Decode {
            status,
            pointer,
            message,
            bytes,
            ..
        }) = result
        else {
            panic!("{result:?}")
        };
        assert_eq!(
            (status, pointer.as_str(), &*bytes),
            (canned.0, path, canned.2.as_bytes())
        );
        assert!(message.contains(text), "{message}");
    }
    // A response that is found by status alone needs its headers.
    let client = Client::builder()
        .transport(Canned(StatusCode::FOUND, &[], ""))
        .build()
        .unwrap();
    let error = client
        .subscribers()
        .chat_access_oauth("s", "p", "h", "e")
        .send()
        .await
        .unwrap_err();
    assert!(error.to_string().contains("header `Location`"), "{error}");
}

#[test]
fn the_request_on_the_wire() {
    let client = Client::builder()
        .base_url("https://proxy.test/novu/")
        .transport(Canned(StatusCode::OK, &[], ""))
        .secret_key("secret")
        .api_key("ApiKey legacy")
        .build()
        .unwrap();
    let call = client
        .integrations()
        .generate_link_user_oauth_url(link("slack"))
        .idempotency_key("k");
    let request = call.to_http().unwrap();
    assert_eq!(request.method(), "POST");
    assert_eq!(
        request.uri(),
        "https://proxy.test/novu/v1/integrations/channel-endpoints/oauth"
    );
    let headers: Vec<_> = request
        .headers()
        .iter()
        .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
        .collect();
    assert_eq!(
        headers,
        [
            "idempotency-key: k",
            "content-type: application/json",
            "authorization: ApiKey secret",
            "accept: application/json",
        ]
    );
    assert_eq!(
        request.body(),
        r#"{"subscriberId":"subscriber-123","integrationIdentifier":"slack"}"#
    );

    let call = client
        .subscribers()
        .chat_access_oauth("a/b c", "slack", "h+", "e")
        .integration_identifier("é");
    let request = call.to_http().unwrap();
    assert_eq!(
        request.uri(),
        "https://proxy.test/novu/v1/subscribers/a%2Fb%20c/credentials/slack/oauth\
         ?hmacHash=h%2B&environmentId=e&integrationIdentifier=%C3%A9"
    );
    assert_eq!(request.headers()["authorization"], "ApiKey legacy");
    assert!(request.body().is_empty() && !request.headers().contains_key("content-type"));

    let debug = format!("{client:?} {request:?}");
    assert!(
        !debug.contains("legacy") && debug.contains("secretKey"),
        "{debug}"
    );
    for subscriber in ["", ".", ".."] {
        let call = client
            .subscribers()
            .chat_access_oauth(subscriber, "slack", "h", "e");
        assert!(call.to_http().is_err(), "{subscriber}");
    }
    let call = client
        .integrations()
        .generate_link_user_oauth_url(link("slack"))
        .idempotency_key("a\nb");
    assert_eq!(
        call.to_http().unwrap_err().to_string(),
        "header `idempotency-key` holds a character that no header can"
    );
}

/// The calls can be spawned.
#[test]
fn calls_move_between_threads() {
    fn spawnable<T: Send + 'static>(_: T) {}
    let client = client();
    spawnable(async move {
        let call = client
            .integrations()
            .generate_link_user_oauth_url(link("slack"));
        call.send().await.is_ok()
    });
}
