//! What those who run the service see of it: health, metrics, ids of requests, headers.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use http::Request;
use novu_api::client::{Payload, Transport as _};
use novu_oauth::config::Config;
use novu_oauth::http::{Metrics, app};
use novu_oauth::serve::serve_within;
use novu_oauth::service::OAuth;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

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

#[tokio::test]
async fn callers_that_dawdle_are_left_and_the_others_are_answered_to_the_end() {
    let (_, _, router) = served().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let head = Duration::from_millis(200);
    let serving = tokio::spawn(serve_within(head, listener, router, async {
        let _ = stopped.await;
    }));
    let mut slow = TcpStream::connect(address).await.expect("a connection");
    slow.write_all(b"GET /health/live HTTP/1.1\r\nhost: a\r\n")
        .await
        .expect("to write");
    let mut rest = Vec::new();
    let _ = slow.read_to_end(&mut rest).await;
    assert!(!rest.starts_with(b"HTTP/1.1 200"));

    let mut good = TcpStream::connect(address).await.expect("a connection");
    good.write_all(b"GET /health/live HTTP/1.1\r\nhost: a\r\n\r\n")
        .await
        .expect("to write");
    let mut start = [0; 15];
    good.read_exact(&mut start).await.expect("an answer");
    assert_eq!(&start, b"HTTP/1.1 200 OK");
    stop.send(()).expect("a server");
    serving.await.expect("no panic");
    assert!(TcpStream::connect(address).await.is_err());
}
