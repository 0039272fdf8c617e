//! What a mock has no answer for.

use std::fmt;

use axum::body::Body;
use axum::response::Response;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, StatusCode};
use serde_json::json;

use crate::support::media;
use crate::support::read_response::Fault;
use crate::support::rejection::IntoFailure;
use crate::support::request_head::RequestHead;

/// Why a mock gives no answer; it says so with 501.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unanswered {
    /// The document gives no response.
    Nothing,
    /// The document does not give the status that is preferred.
    Status {
        /// The one that is preferred.
        code: StatusCode,
        /// Those that the document gives.
        known: Vec<String>,
    },
    /// The document shows no example of the name that is preferred.
    Example {
        /// The name.
        name: String,
    },
    /// The document shows nothing of a part of the response, and nothing could be made up.
    Unsampled {
        /// The part.
        what: String,
    },
    /// What the document shows is not what it says of the response.
    Unfit(Fault),
}

impl fmt::Display for Unanswered {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => out.write_str("the document gives no response"),
            Self::Status { code, known } => write!(
                out,
                "the document gives no response {}, but {}",
                code.as_str(),
                known.join(", ")
            ),
            Self::Example { name } => write!(out, "there is no example `{name}`"),
            Self::Unsampled { what } => write!(out, "there is no value for {what}"),
            Self::Unfit(Fault::Undocumented) => out.write_str("the status is not documented"),
            Self::Unfit(Fault::Decode { pointer, message }) => {
                write!(out, "the example does not fit at `{pointer}`: {message}")
            }
        }
    }
}

impl std::error::Error for Unanswered {}

impl IntoFailure for Unanswered {
    fn into_failure(self, _head: &RequestHead) -> Response {
        let status = StatusCode::NOT_IMPLEMENTED;
        let problem = json!({
            "title": "The mock has no answer",
            "status": status.as_u16(),
            "detail": self.to_string(),
        });
        let mut response = Response::new(Body::from(problem.to_string()));
        *response.status_mut() = status;
        response
            .headers_mut()
            .insert(CONTENT_TYPE, HeaderValue::from_static(media::PROBLEM_JSON));
        response
    }
}
