//! The layer around the operations that take an API key: the key, the limit, the idempotency key, and
//! then the operation. It works on what goes over the wire, so what it keeps is what is sent again.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER};
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use novu_api::server::{IntoFailure as _, Rejection, RequestHead, Settings};

use super::failure::{self, Failure};
use super::idempotency::{self, Key};
use crate::domain::Environment;
use crate::problem::Problem;
use crate::service::OAuth;
use crate::storage::Begun;

/// How many bytes of a body are read.
pub(crate) const BODY_LIMIT: usize = 2 * 1024 * 1024;

pub(super) const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
const IDEMPOTENCY_REPLAY: HeaderName = HeaderName::from_static("idempotency-replay");

/// The environment of the key that a request came with.
#[derive(Debug, Clone)]
pub(crate) struct Admitted(pub(crate) Environment);

/// Puts the layer around an operation.
pub(crate) fn around(settings: Settings, service: &Arc<OAuth>) -> Settings {
    let service = Arc::clone(service);
    settings.layer(move |route| route.layer(from_fn_with_state(Arc::clone(&service), admit)))
}

async fn admit(State(service): State<Arc<OAuth>>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let key = parts.headers.get(AUTHORIZATION);
    let key = key.and_then(|value| value.to_str().ok()?.strip_prefix("ApiKey "));
    let Some(key) = key else {
        return next.run(Request::from_parts(parts, body)).await;
    };
    let environment = match service.authenticate(key).await {
        Ok(Some(environment)) => environment,
        Ok(None) => return next.run(Request::from_parts(parts, body)).await,
        Err(error) => return fail(&service, error.into(), &parts),
    };
    let verdict = service
        .limits
        .as_ref()
        .map(|limits| limits.check(&environment.id));
    let (mut headers, retry_after) = match verdict {
        Some(verdict) => (verdict.headers, verdict.retry_after),
        None => (HeaderMap::new(), None),
    };
    if let Some(seconds) = retry_after {
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        let refused = failure::text(StatusCode::TOO_MANY_REQUESTS, "API rate limit exceeded");
        return with(refused, headers);
    }
    parts.extensions.insert(Admitted(environment.clone()));
    let mut response = match Key::of(&parts.headers) {
        Ok(Some(key)) => {
            headers.insert(IDEMPOTENCY_KEY, key.header());
            once(service, environment, key, parts, body, next).await
        }
        Ok(None) => {
            let response = next.run(Request::from_parts(parts, body)).await;
            let wraps = service.wraps && response.status() == StatusCode::CREATED;
            if wraps {
                wrapped(response).await
            } else {
                response
            }
        }
        Err(problem) => fail(&service, problem, &parts),
    };
    response = with(response, headers);
    response
}

/// Answers a request with an idempotency key: as it was answered before, or once.
async fn once(
    service: Arc<OAuth>,
    environment: Environment,
    key: Key,
    parts: Parts,
    body: Body,
    next: Next,
) -> Response {
    let head = parts.clone();
    let too_large = Rejection::BodyTooLarge { limit: BODY_LIMIT };
    let length = parts.headers.get(CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if length.is_some_and(|length| length > BODY_LIMIT) {
        return failure::reject(too_large, &RequestHead::new(head), service.now());
    }
    let Ok(body) = axum::body::to_bytes(body, BODY_LIMIT).await else {
        return failure::reject(too_large, &RequestHead::new(head), service.now());
    };
    let attempt = match idempotency::Attempting::new(&service, &environment, key, &parts, &body) {
        Ok(attempt) => attempt,
        Err(problem) => return fail(&service, problem, &head),
    };
    match service.store.begin(&attempt.attempt()).await {
        Ok(Begun::Fresh) => {}
        Ok(Begun::Done(answer)) => {
            let status = StatusCode::from_u16(answer.status).unwrap_or_default();
            let mut response = json(status, answer.body.into());
            let replay = HeaderValue::from_static("true");
            response.headers_mut().insert(IDEMPOTENCY_REPLAY, replay);
            return response;
        }
        Ok(Begun::Running) => {
            let message = format!(
                "Request with key {} is currently being processed. Please retry after 1 second",
                attempt.key()
            );
            let mut response = fail(&service, Problem::Conflict(message), &head);
            response
                .headers_mut()
                .insert(RETRY_AFTER, HeaderValue::from_static("1"));
            return response;
        }
        Ok(Begun::Other) => return fail(&service, attempt.other(), &head),
        Err(error) => return fail(&service, error.into(), &head),
    }
    // On a task of its own: where the caller goes away, the attempt still comes to its end.
    let running = tokio::spawn(async move {
        let response = next.run(Request::from_parts(parts, Body::from(body))).await;
        let status = response.status();
        let wraps = service.wraps && status == StatusCode::CREATED;
        let response = if wraps {
            wrapped(response).await
        } else {
            response
        };
        attempt.end(&service, response, &head).await
    });
    running.await.unwrap_or_else(|_| failure::unavailable())
}

/// Puts a success into the property `data`.
async fn wrapped(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(body) = axum::body::to_bytes(body, BODY_LIMIT).await else {
        return failure::unavailable();
    };
    parts.headers.remove(CONTENT_LENGTH);
    let body = [b"{\"data\":", &body[..], b"}"].concat();
    Response::from_parts(parts, Body::from(body))
}

fn fail(service: &OAuth, problem: Problem, parts: &Parts) -> Response {
    let head = RequestHead::new(parts.clone());
    Failure::new(problem, service.now()).into_failure(&head)
}

/// A JSON response.
pub(super) fn json(status: StatusCode, body: Bytes) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, json);
    response
}

fn with(mut response: Response, headers: HeaderMap) -> Response {
    response.headers_mut().extend(headers);
    response
}
