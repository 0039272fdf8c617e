//! Around every request: an id, a time limit, a line in the log, the metrics, and the headers that keep
//! browsers from guessing. Nothing of a URL's query, a header or a body is logged.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderName, HeaderValue};
use novu_api::server::OperationInfo;

use super::failure;
use super::metrics::Metrics;
use crate::random;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The id of a request: the caller's, if it is a plain one, else a new one.
#[derive(Debug, Clone)]
pub(crate) struct RequestId(pub(crate) String);

/// What is around every request.
#[derive(Debug)]
pub(super) struct Observer {
    pub(super) metrics: Arc<Metrics>,
    pub(super) timeout: Duration,
}

/// Counts a request as running for as long as it lives.
struct Running<'a>(&'a Metrics);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.ended();
    }
}

pub(super) async fn observe(
    State(observer): State<Arc<Observer>>,
    mut request: Request,
    next: Next,
) -> Response {
    let began = Instant::now();
    observer.metrics.begun();
    let running = Running(&observer.metrics);
    let id = request_id(&request);
    let method = request.method().clone();
    request.extensions_mut().insert(RequestId(id.clone()));
    let answered = tokio::time::timeout(observer.timeout, next.run(request)).await;
    let mut response = answered.unwrap_or_else(|_| failure::unavailable());
    drop(running);
    let operation = response.extensions().get::<&'static OperationInfo>();
    let operation = operation.map_or("none", |operation| operation.id);
    let (status, took) = (response.status().as_u16(), began.elapsed());
    let replayed = response.headers().contains_key("idempotency-replay");
    observer.metrics.answered(operation, status, took, replayed);
    tracing::info!(
        request = id,
        operation,
        %method,
        status,
        took_us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
        "answered"
    );
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::try_from(id) {
        headers.insert(REQUEST_ID, id);
    }
    for (name, value) in [
        ("cache-control", "no-store"),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
    ] {
        let value = HeaderValue::from_static(value);
        headers.entry(name).or_insert(value);
    }
    response
}

fn request_id(request: &Request) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let given = request.headers().get(REQUEST_ID);
    let given = given.and_then(|id| id.to_str().ok());
    match given {
        Some(id) if (1..=64).contains(&id.len()) && id.bytes().all(plain) => id.to_owned(),
        _ => random::digits::<12>().unwrap_or_default(),
    }
}
