//! The whole of what is served: the API, and whether the service is well.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::get;
use http::StatusCode;

use super::admission::json;
use super::metrics::Metrics;
use super::observe::{Observer, observe};
use crate::service::OAuth;

/// Everything that `service` serves, each request within `timeout`.
pub fn app(service: &Arc<OAuth>, metrics: &Arc<Metrics>, timeout: Duration) -> Router {
    let observer = Arc::new(Observer {
        metrics: Arc::clone(metrics),
        timeout,
    });
    Router::new()
        .route("/health/live", get(live))
        .route("/health/ready", get(ready))
        .with_state(Arc::clone(service))
        .fallback_service(OAuth::server(service).into_service())
        .layer(from_fn_with_state(observer, observe))
}

/// The process answers.
async fn live() -> Response {
    json(StatusCode::OK, r#"{"status":"ok"}"#.into())
}

/// The storage answers too.
async fn ready(State(service): State<Arc<OAuth>>) -> Response {
    match service.store.ping().await {
        Ok(()) => json(StatusCode::OK, r#"{"status":"ok"}"#.into()),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            let status = StatusCode::SERVICE_UNAVAILABLE;
            json(status, r#"{"status":"unavailable"}"#.into())
        }
    }
}
