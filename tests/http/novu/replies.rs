//! What a caller gets.

use std::time::Duration;

use http::StatusCode;
use novu_api::client::{Client, Error};
use novu_api::operations::{
    ChatAccessOauthResponse, GenerateConnectOAuthUrlResponse, GenerateLinkUserOAuthUrlResponse,
    LocationHeaders,
};
use novu_api::types::GenerateConnectOauthUrlRequestDto;

use super::{Canned, client, error, link, server};

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
