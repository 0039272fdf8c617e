//! Documented failures as errors of handlers.

use axum::response::Response;

use crate::support::rejection::{IntoFailure, Rejection};
use crate::support::request_head::RequestHead;
use crate::support::responses::Responses;
use crate::support::write_response::ResponseWriter;

/// A documented failure on its way out of a handler: an error that `?` makes of the failures of any operation.
///
/// It is the `Error` of a service whose handlers fail in no other way; one with more to tell keeps it in a variant of
/// its own error.
#[derive(Debug)]
pub struct Failure(Inner);

#[derive(Debug)]
enum Inner {
    Documented(ResponseWriter),
    Refused(Box<Rejection>),
}

impl<F: Responses> From<F> for Failure {
    fn from(failure: F) -> Self {
        // Whether it counts is known only when it leaves.
        let mut writer = ResponseWriter::checking(true);
        failure.write(&mut writer);
        Self(Inner::Documented(writer))
    }
}

/// What the server would have refused, had it known what the handler does.
impl From<Rejection> for Failure {
    fn from(rejection: Rejection) -> Self {
        Self(Inner::Refused(Box::new(rejection)))
    }
}

impl IntoFailure for Failure {
    fn into_failure(self, head: &RequestHead) -> Response {
        match self.0 {
            Inner::Documented(writer) => {
                let written = writer.held(head.checks_responses).finish(&head.headers);
                written.unwrap_or_else(|detail| Rejection::Internal { detail }.into_failure(head))
            }
            Inner::Refused(rejection) => rejection.into_failure(head),
        }
    }
}

impl<F: Responses> IntoFailure for F {
    fn into_failure(self, head: &RequestHead) -> Response {
        Failure::from(self).into_failure(head)
    }
}
