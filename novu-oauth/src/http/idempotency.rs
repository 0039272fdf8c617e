//! An attempt to answer a request once, under the key that it came with.

use axum::body::{Body, Bytes};
use axum::response::Response;
use http::request::Parts;
use http::{HeaderMap, HeaderValue, StatusCode};
use novu_api::server::{IntoFailure as _, RequestHead};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::admission::{BODY_LIMIT, IDEMPOTENCY_KEY};
use super::failure::Failure;
use crate::clock::Timestamp;
use crate::domain::Environment;
use crate::problem::{Fault, Problem};
use crate::random;
use crate::service::OAuth;
use crate::signature::hex;
use crate::storage::{Answer, Attempt};

/// The longest key.
const MAX_KEY: usize = 255;

/// A key as it was sent.
#[derive(Debug, Clone)]
pub(super) struct Key(String);

impl Key {
    /// The key among `headers`; an empty one is none.
    pub(super) fn of(headers: &HeaderMap) -> Result<Option<Self>, Problem> {
        let Some(value) = headers.get(IDEMPOTENCY_KEY) else {
            return Ok(None);
        };
        let wrong = |message: &str| Problem::BadRequest(message.to_owned());
        let text = value.to_str();
        let text =
            text.map_err(|_| wrong("The idempotency key must be of visible ASCII characters"))?;
        if text.len() > MAX_KEY {
            return Err(wrong(
                "The idempotency key must not be longer than 255 characters",
            ));
        }
        Ok((!text.is_empty()).then(|| Self(text.to_owned())))
    }

    /// The key as a header.
    pub(super) fn header(&self) -> HeaderValue {
        // It came as one.
        HeaderValue::try_from(&self.0).unwrap_or(HeaderValue::from_static(""))
    }
}

/// A request under its key.
#[derive(Debug)]
pub(super) struct Attempting {
    environment: String,
    key: Key,
    fingerprint: String,
    lock: String,
    locked_until: Timestamp,
    now: Timestamp,
}

impl Attempting {
    pub(super) fn new(
        service: &OAuth,
        environment: &Environment,
        key: Key,
        parts: &Parts,
        body: &[u8],
    ) -> Result<Self, Problem> {
        let now = service.now();
        Ok(Self {
            environment: environment.id.clone(),
            key,
            fingerprint: fingerprint(parts.uri.path(), body),
            lock: random::digits::<12>()?,
            locked_until: after(now, service.idempotency.lock),
            now,
        })
    }

    /// The key.
    pub(super) fn key(&self) -> &str {
        &self.key.0
    }

    pub(super) fn attempt(&self) -> Attempt<'_> {
        Attempt {
            environment: &self.environment,
            key: &self.key.0,
            fingerprint: &self.fingerprint,
            lock: &self.lock,
            locked_until: self.locked_until,
            now: self.now,
        }
    }

    /// Why the request is not answered: the key came with another one.
    pub(super) fn other(&self) -> Problem {
        let message = "this key came with another request before";
        let value = Value::String(self.key.0.clone());
        Problem::Invalid(vec![Fault::new("idempotency-key", message, Some(value))])
    }

    /// Keeps the response, which is sent only then; of a response that another attempt may better,
    /// nothing is kept.
    pub(super) async fn end(self, service: &OAuth, response: Response, head: &Parts) -> Response {
        let status = response.status();
        let passes = status.is_server_error()
            || matches!(
                status,
                StatusCode::UNAUTHORIZED | StatusCode::TOO_MANY_REQUESTS
            );
        if passes {
            if let Err(error) = service.store.give_up(&self.attempt()).await {
                tracing::warn!(%error, "an idempotency key stays taken until its lock ends");
            }
            return response;
        }
        let (parts, body) = response.into_parts();
        let failed = |problem| {
            let head = RequestHead::new(head.clone());
            Failure::new(problem, service.now()).into_failure(&head)
        };
        let Ok(body) = axum::body::to_bytes(body, BODY_LIMIT).await else {
            return failed(Problem::Internal("a response is too long".to_owned()));
        };
        let Ok(text) = String::from_utf8(body.to_vec()) else {
            return failed(Problem::Internal("a response is no text".to_owned()));
        };
        let answer = Answer {
            status: status.as_u16(),
            body: text,
        };
        let expires_at = after(service.now(), service.idempotency.keep);
        let attempt = self.attempt();
        match service.store.finish(&attempt, &answer, expires_at).await {
            Ok(true) => Response::from_parts(parts, Body::from(body)),
            Ok(false) => failed(Problem::Unavailable(
                "a request took longer than its lock".to_owned(),
            )),
            Err(error) => failed(error.into()),
        }
    }
}

/// What tells a request from another under the same key: its path and its JSON, however that is laid out.
fn fingerprint(path: &str, body: &[u8]) -> String {
    let parsed: Result<Value, _> = serde_json::from_slice(body);
    let body = parsed.map_or_else(
        |_| Bytes::copy_from_slice(body),
        |json| json.to_string().into(),
    );
    let mut hash = Sha256::new();
    hash.update(path.as_bytes());
    hash.update([0]);
    hash.update(&body);
    hex(&hash.finalize())
}

fn after(now: Timestamp, time: std::time::Duration) -> Timestamp {
    let millis = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
    Timestamp(now.0.saturating_add(millis))
}

#[cfg(test)]
mod tests {
    use super::fingerprint;

    #[test]
    fn layout_does_not_count() {
        let one = fingerprint("/a", br#"{"a": 1}"#);
        assert_eq!(fingerprint("/a", br#" {"a":1}"#), one);
        for (path, body) in [
            ("/b", "{\"a\":1}"),
            ("/a", "{\"a\":2}"),
            ("/a", "{\"a\":1"),
            ("/a", ""),
        ] {
            assert_ne!(fingerprint(path, body.as_bytes()), one);
        }
    }
}
