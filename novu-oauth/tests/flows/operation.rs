//! What those who run the service see of it: health, metrics, ids of requests, headers.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use http::Request;
use novu_api::client::{Payload, Transport as _};
use novu_oauth::config::Config;
use novu_oauth::http::{Metrics, app};
use novu_oauth::service::OAuth;

async fn get(
    router: &Router,
    method: &str,
    path: &str,
    id: &str,
) -> (http::response::Parts, String) {
    let request = Request::builder()
        .method(method)
        .uri(format!("http://novu.test{path}"))
        .header("x-request-id", id)
        .body(Payload::from(String::new()));
    let response = router.send(request.expect("a request")).await;
    let (parts, body) = response.expect("a response").into_parts();
    let body = body.whole(usize::MAX).await.expect("a body");
    (parts, String::from_utf8(body.to_vec()).expect("UTF-8"))
}

async fn served() -> (Arc<OAuth>, Arc<Metrics>, Router) {
    let text = include_str!("config.toml").replace("PROVIDERS", "http://127.0.0.1:1");
    let config = Config::read(&text, Path::new("config.toml")).expect("a configuration");
    let service = Arc::new(OAuth::open(&config).await.expect("a service"));
    let metrics = Arc::new(Metrics::default());
    let router = app(&service, &metrics, Duration::from_secs(5));
    (service, metrics, router)
}

#[tokio::test]
async fn health_and_the_headers_of_everything() {
    let (service, _, router) = served().await;
    for path in ["/health/live", "/health/ready"] {
        let (parts, body) = get(&router, "GET", path, "id-1").await;
        assert_eq!((parts.status.as_u16(), &*body), (200, r#"{"status":"ok"}"#));
        for (name, value) in [
            ("x-request-id", "id-1"),
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "no-referrer"),
            ("cache-control", "no-store"),
            ("content-type", "application/json"),
        ] {
            assert_eq!(parts.headers[name], value);
        }
    }
    // An id that is no plain one is not taken over.
    let (parts, _) = get(&router, "GET", "/health/live", "a b\"c").await;
    assert_eq!(parts.headers["x-request-id"].len(), 24);
    service.storage().close().await;
    let (parts, _) = get(&router, "GET", "/health/live", "id").await;
    assert_eq!(parts.status, 200);
    let (parts, body) = get(&router, "GET", "/health/ready", "id").await;
    assert_eq!(
        (parts.status.as_u16(), &*body),
        (503, r#"{"status":"unavailable"}"#)
    );
}

#[tokio::test]
async fn strangers_get_401_and_metrics_count_by_operation() {
    let (service, metrics, router) = served().await;
    for path in ["channel-endpoints", "channel-connections", "chat"] {
        let path = format!("/v1/integrations/{path}/oauth");
        let (parts, body) = get(&router, "POST", &path, "id").await;
        assert_eq!(parts.status, 401, "{body}");
    }
    get(&router, "GET", "/v1/nowhere?secret=hunter2", "id").await;
    let (parts, _) = get(&router, "GET", "/metrics", "id").await;
    assert_eq!(parts.status, 404);
    let text = metrics.text();
    for line in [
        r#"novu_oauth_requests_total{operation="IntegrationsController_generateLinkUserOAuthUrl",status="401"} 1"#,
        r#"novu_oauth_requests_total{operation="none",status="404"} 2"#,
        r#"novu_oauth_request_duration_seconds_count{operation="IntegrationsController_getChatOAuthUrl"} 1"#,
        "novu_oauth_requests_running 0",
        "# EOF",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    assert!(!text.contains("hunter2"));

    // Where the storage is gone, nothing of that is told.
    service.storage().close().await;
    let request = Request::post("http://novu.test/v1/integrations/chat/oauth")
        .header("authorization", "ApiKey sk_test_123")
        .body(Payload::from(String::new()));
    let response = router
        .send(request.expect("a request"))
        .await
        .expect("a response");
    assert_eq!(response.status(), 503);
    assert_eq!(response.headers()["retry-after"], "1");
    let body = response
        .into_body()
        .whole(usize::MAX)
        .await
        .expect("a body");
    assert_eq!(&*body, b"\"Please wait some time, then try again.\"");
}
