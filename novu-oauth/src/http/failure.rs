//! Failures as the API writes them: `ErrorDto`, and `ValidationErrorDto` with 422.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::response::Response;
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderValue, StatusCode};
use novu_api::server::{Cause, IntoFailure, Rejection, RequestHead};
use novu_api::types::{
    ConstraintValidation, ConstraintValidationValue, ErrorDto, ErrorDtoMessage, ValidationErrorDto,
    ValidationErrorDtoMessage,
};
use novu_api::{Maybe, Violation};
use serde::Serialize;
use serde_json::{Map, json};

use super::observe::RequestId;
use crate::clock::Timestamp;
use crate::problem::{Fault, Problem};

/// Under what a fault of the body as a whole is filed.
const WHOLE_BODY: &str = "general";

/// A [`Problem`], and when it arose.
#[derive(Debug)]
pub struct Failure {
    problem: Problem,
    at: Timestamp,
}

impl Failure {
    /// A problem that arose at `at`.
    #[must_use]
    pub fn new(problem: Problem, at: Timestamp) -> Self {
        Self { problem, at }
    }
}

impl IntoFailure for Failure {
    fn into_failure(self, head: &RequestHead) -> Response {
        let Self { problem, at } = self;
        match problem {
            Problem::BadRequest(message) => error(StatusCode::BAD_REQUEST, &message, head, at),
            Problem::NotFound(message) => error(StatusCode::NOT_FOUND, &message, head, at),
            Problem::Invalid(faults) => invalid(faults, head, at),
            Problem::Conflict(message) => error(StatusCode::CONFLICT, &message, head, at),
            Problem::Provider(detail) => {
                tracing::warn!(request = request_id(head), detail, "the provider failed");
                let message = "The provider failed, or could not be reached";
                error(StatusCode::BAD_GATEWAY, message, head, at)
            }
            Problem::Unavailable(detail) => {
                tracing::warn!(request = request_id(head), detail, "not available");
                unavailable()
            }
            Problem::Internal(detail) => internal(&detail, head, at),
        }
    }
}

/// The answer to a request that reached no handler.
pub(crate) fn reject(rejection: Rejection, head: &RequestHead, at: Timestamp) -> Response {
    let status = rejection.status();
    match rejection {
        Rejection::Invalid { violations } => {
            invalid(violations.into_iter().map(fault).collect(), head, at)
        }
        Rejection::Internal { detail } => internal(&detail, head, at),
        rejection => error(status, &message(&rejection, head), head, at),
    }
}

fn message(rejection: &Rejection, head: &RequestHead) -> String {
    match rejection {
        Rejection::NotFound => format!("Cannot {} {}", head.method, head.uri.path()),
        Rejection::MethodNotAllowed { allow } => {
            format!(
                "{} takes {}, not {}",
                head.uri.path(),
                allow.join(", "),
                head.method
            )
        }
        Rejection::Unauthenticated { cause, .. } => match cause {
            Cause::Missing => "Missing authorization header".to_owned(),
            Cause::WrongPrefix { found } => {
                format!("Invalid authentication scheme: \"{found}\"; use \"ApiKey\"")
            }
            Cause::Refused(reason) => reason.clone(),
            _ => "Unauthorized".to_owned(),
        },
        Rejection::UnsupportedMediaType {
            received: Some(received),
            accepted,
        } => {
            format!(
                "Content type {received} is not supported; send {}",
                accepted.join(" or ")
            )
        }
        other => {
            let text = other.to_string();
            let mut rest = text.chars();
            rest.next()
                .map(|first| first.to_uppercase().chain(rest).collect())
                .unwrap_or_default()
        }
    }
}

/// An `ErrorDto` whose `ctx` repeats the status in words, as Novu's clients are used to.
fn error(status: StatusCode, message: &str, head: &RequestHead, at: Timestamp) -> Response {
    let reason = status.canonical_reason().unwrap_or_default();
    let mut body = ErrorDto::new(f64::from(status.as_u16()), at.to_string(), path(head));
    body.message = Maybe::Value(ErrorDtoMessage::String(message.to_owned()));
    body.ctx = Some(Map::from_iter([
        ("error".to_owned(), json!(reason)),
        ("statusCode".to_owned(), json!(status.as_u16())),
    ]));
    respond(status, &body)
}

/// An `ErrorDto` that tells nothing but under which id the log has what happened.
fn internal(detail: &str, head: &RequestHead, at: Timestamp) -> Response {
    let id = request_id(head);
    tracing::error!(request = id, detail, "internal error");
    let status = StatusCode::INTERNAL_SERVER_ERROR;
    let mut body = ErrorDto::new(f64::from(status.as_u16()), at.to_string(), path(head));
    body.message = Maybe::Value(ErrorDtoMessage::String("Internal server error".to_owned()));
    body.error_id = (!id.is_empty()).then(|| id.to_owned());
    respond(status, &body)
}

/// The id of a request; empty if it has none.
fn request_id(head: &RequestHead) -> &str {
    head.extensions
        .get::<RequestId>()
        .map_or("", |RequestId(id)| id)
}

/// A JSON text, which is what the document has for 429 and 503.
pub(crate) fn text(status: StatusCode, text: &str) -> Response {
    respond(status, &text)
}

/// The service cannot answer now.
pub(crate) fn unavailable() -> Response {
    let status = StatusCode::SERVICE_UNAVAILABLE;
    let mut response = text(status, "Please wait some time, then try again.");
    let headers = response.headers_mut();
    headers.insert(RETRY_AFTER, HeaderValue::from_static("1"));
    response
}

/// A `ValidationErrorDto`: the faults of each field together, under its dotted path.
fn invalid(faults: Vec<Fault>, head: &RequestHead, at: Timestamp) -> Response {
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    let mut errors: BTreeMap<String, ConstraintValidation> = BTreeMap::new();
    for Fault {
        field,
        message,
        value,
    } in faults
    {
        let entry = errors
            .entry(field)
            .or_insert_with(|| ConstraintValidation::new(Vec::new()));
        entry.messages.push(message);
        // A value that the schema has no place for, such as an array of arrays, is left out.
        match value.map(serde_json::from_value::<Option<ConstraintValidationValue>>) {
            Some(Ok(Some(value))) => entry.value = Maybe::Value(value),
            Some(Ok(None)) => entry.value = Maybe::Null,
            Some(Err(_)) | None => {}
        }
    }
    let mut body = ValidationErrorDto::new(
        f64::from(status.as_u16()),
        at.to_string(),
        path(head),
        errors,
    );
    body.message = Maybe::Value(ValidationErrorDtoMessage::String(
        "Validation Error".to_owned(),
    ));
    body.ctx = Some(Map::new());
    respond(status, &body)
}

/// The request target with its query.
fn path(head: &RequestHead) -> String {
    head.uri
        .path_and_query()
        .map_or_else(|| head.uri.path(), |target| target.as_str())
        .to_owned()
}

fn fault(violation: Violation) -> Fault {
    Fault {
        field: field(&violation.pointer),
        message: violation.message,
        value: violation.value,
    }
}

/// A JSON pointer as a dotted path: `/context/app/id` is `context.app.id`.
fn field(pointer: &str) -> String {
    let path = pointer.strip_prefix('/').unwrap_or_default();
    if path.is_empty() {
        return WHOLE_BODY.to_owned();
    }
    path.split('/')
        .map(|token| token.replace("~1", "/").replace("~0", "~"))
        .collect::<Vec<_>>()
        .join(".")
}

fn respond(status: StatusCode, body: &impl Serialize) -> Response {
    let (status, bytes) = match serde_json::to_vec(body) {
        Ok(bytes) => (status, bytes),
        Err(_) => (StatusCode::INTERNAL_SERVER_ERROR, Vec::new()),
    };
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

#[cfg(test)]
mod tests {
    use super::field;

    #[test]
    fn fields_are_dotted_paths() {
        for (pointer, expected) in [
            ("", "general"),
            ("/subscriberId", "subscriberId"),
            ("/context/app/id", "context.app.id"),
            ("/scope/0", "scope.0"),
            ("/context/a~1b~0c", "context.a/b~c"),
        ] {
            assert_eq!(field(pointer), expected);
        }
    }
}
