//! What the server refuses before a handler runs, as structure, and its default rendering.

use std::fmt;

use axum::body::Body;
use axum::response::Response;
use http::header::{ALLOW, CONTENT_TYPE, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde_json::{Map, Value, json};

use crate::support::media::{self, Media};
use crate::support::request_head::RequestHead;
use crate::support::security::Scheme;
use crate::support::violation::Violation;

/// Why a request did not reach its handler, or its response did not leave.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Rejection {
    /// 404: no operation has this path.
    NotFound,
    /// 405: the path has operations, none with this method.
    MethodNotAllowed {
        /// The methods that the path has.
        allow: Vec<&'static str>,
    },
    /// 401: no alternative of the security requirements holds.
    Unauthenticated {
        /// The scheme that came closest.
        scheme: &'static Scheme,
        /// Why its credential does not do.
        cause: Cause,
    },
    /// 403: the credential is good and does not allow this operation.
    Forbidden {
        /// The scheme of the credential.
        scheme: &'static Scheme,
        /// The scopes or roles that the operation asks for.
        scopes: &'static [&'static str],
        /// The reason, as the security method gave it.
        reason: String,
    },
    /// 415: the body is of another type than the operation takes.
    UnsupportedMediaType {
        /// The `Content-Type`, if there is one.
        received: Option<String>,
        /// The types that the operation takes.
        accepted: Media,
    },
    /// 406: the `Accept` header allows no type that the operation answers with.
    NotAcceptable {
        /// The types that the operation answers with.
        produced: Vec<&'static str>,
    },
    /// 413: the body is longer than the limit.
    BodyTooLarge {
        /// The limit, in bytes.
        limit: usize,
    },
    /// 400: the body ended before its end.
    Unreadable,
    /// 400: the operation asks for a body and there is none.
    MissingBody,
    /// 400: the body is not JSON.
    Malformed {
        /// What is wrong.
        message: String,
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// 400: the body is not the form that its media type says.
    MalformedForm {
        /// What is wrong.
        message: String,
    },
    /// 422: parameters or body do not meet the document; all violations of both.
    Invalid {
        /// The violations, parameters first.
        violations: Vec<Violation>,
    },
    /// 500: the response could not be written.
    Internal {
        /// What went wrong, for a log; it is never sent.
        detail: String,
    },
}

/// Why a credential does not do.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cause {
    /// There is none.
    Missing,
    /// It does not begin with the prefix of the scheme.
    WrongPrefix {
        /// The text before the first space; empty if there is no space, since all of it may be secret then.
        found: String,
    },
    /// The security method refused it, with this reason.
    Refused(String),
}

/// How a security method says no. The reason is shown to the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Denied {
    /// 401: the credential is not good.
    Unauthenticated(String),
    /// 403: the credential is good and does not allow this operation.
    Forbidden(String),
}

/// An error of a handler that renders itself.
pub trait IntoFailure {
    /// Renders the error.
    fn into_failure(self, head: &RequestHead) -> Response;
}

impl IntoFailure for std::convert::Infallible {
    fn into_failure(self, _head: &RequestHead) -> Response {
        match self {}
    }
}

impl IntoFailure for Response {
    fn into_failure(self, _head: &RequestHead) -> Response {
        self
    }
}

/// A handler that finds what the server would have refused returns it: it is rendered as all rejections are.
impl IntoFailure for Rejection {
    fn into_failure(self, _head: &RequestHead) -> Response {
        let mut response = self.problem();
        response.extensions_mut().insert(self);
        response
    }
}

impl Rejection {
    /// Returns the status that fits.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed { .. } => StatusCode::METHOD_NOT_ALLOWED,
            Self::Unauthenticated { .. } => StatusCode::UNAUTHORIZED,
            Self::Forbidden { .. } => StatusCode::FORBIDDEN,
            Self::UnsupportedMediaType { .. } => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::NotAcceptable { .. } => StatusCode::NOT_ACCEPTABLE,
            Self::BodyTooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unreadable
            | Self::MissingBody
            | Self::Malformed { .. }
            | Self::MalformedForm { .. } => StatusCode::BAD_REQUEST,
            Self::Invalid { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Internal { .. } => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Returns the headers that the status asks for: `Allow` with 405, `WWW-Authenticate` with 401, and
    /// with 403 where a token lacks a scope (RFC 6750 §3.1).
    /// The server adds them to what `reject` returns where they are missing.
    #[must_use]
    pub fn headers(&self) -> HeaderMap {
        let (name, value) = match self {
            Self::MethodNotAllowed { allow } => (ALLOW, allow.join(", ")),
            Self::Unauthenticated { scheme, cause } => {
                let challenge = scheme.challenge().into_owned();
                let refused = scheme.is_bearer() && matches!(cause, Cause::Refused(_));
                let error = if refused {
                    r#" error="invalid_token""#
                } else {
                    ""
                };
                (WWW_AUTHENTICATE, challenge + error)
            }
            Self::Forbidden { scheme, scopes, .. } if scheme.is_bearer() && !scopes.is_empty() => {
                let scopes = scopes.join(" ").replace(['"', '\\'], "");
                let challenge = format!(r#"Bearer error="insufficient_scope", scope="{scopes}""#);
                (WWW_AUTHENTICATE, challenge)
            }
            _ => return HeaderMap::new(),
        };
        HeaderValue::try_from(value)
            .into_iter()
            .map(|value| (name.clone(), value))
            .collect()
    }

    /// Renders the rejection as problem details (RFC 9457): `title`, `status`, `detail`, and for
    /// [`Rejection::Invalid`] the list `errors` of `{in, pointer, rule, detail}`.
    #[must_use]
    pub fn problem(&self) -> Response {
        let status = self.status();
        let mut problem = Map::new();
        problem.insert(
            "title".to_owned(),
            json!(status.canonical_reason().unwrap_or_default()),
        );
        problem.insert("status".to_owned(), json!(status.as_u16()));
        problem.insert("detail".to_owned(), json!(self.to_string()));
        if let Self::Invalid { violations } = self {
            problem.insert(
                "errors".to_owned(),
                violations.iter().map(describe).collect(),
            );
        }
        let mut response = Response::new(Body::from(Value::Object(problem).to_string()));
        *response.status_mut() = status;
        response
            .headers_mut()
            .insert(CONTENT_TYPE, HeaderValue::from_static(media::PROBLEM_JSON));
        self.complete(&mut response);
        response
    }

    /// Adds the headers that the status asks for where `response` lacks them.
    pub fn complete(&self, response: &mut Response) {
        for (name, value) in &self.headers() {
            let name: &HeaderName = name;
            response
                .headers_mut()
                .entry(name)
                .or_insert_with(|| value.clone());
        }
    }
}

fn describe(violation: &Violation) -> Value {
    json!({
        "in": violation.location.to_string(),
        "pointer": format!("#{}", violation.pointer),
        "rule": violation.rule,
        "detail": violation.message,
    })
}

impl fmt::Display for Rejection {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => out.write_str("no operation has this path"),
            Self::MethodNotAllowed { allow } => write!(out, "this path takes {}", allow.join(", ")),
            Self::Unauthenticated {
                cause: Cause::Missing,
                ..
            } => out.write_str("a credential is required"),
            Self::Unauthenticated {
                scheme,
                cause: Cause::WrongPrefix { .. },
            } => {
                write!(out, "the credential must begin with `{}`", scheme.prefix)
            }
            Self::Unauthenticated {
                cause: Cause::Refused(reason),
                ..
            }
            | Self::Forbidden { reason, .. } => out.write_str(reason),
            Self::UnsupportedMediaType { accepted, .. } => {
                write!(out, "the body must be {}", accepted.join(" or "))
            }
            Self::NotAcceptable { produced } => {
                write!(out, "the response is {}", produced.join(" or "))
            }
            Self::BodyTooLarge { limit } => write!(out, "the body is longer than {limit} bytes"),
            Self::Unreadable => out.write_str("the body could not be read to its end"),
            Self::MissingBody => out.write_str("a body is required"),
            Self::Malformed {
                message,
                line,
                column,
            } => {
                write!(
                    out,
                    "the body is not JSON: {message} at line {line} column {column}"
                )
            }
            Self::MalformedForm { message } => write!(out, "the form cannot be read: {message}"),
            Self::Invalid { violations } => match violations.as_slice() {
                [_] => out.write_str("1 violation"),
                _ => write!(out, "{} violations", violations.len()),
            },
            Self::Internal { .. } => out.write_str("the server failed"),
        }
    }
}
