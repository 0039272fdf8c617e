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
pub struct Failure(ResponseWriter);

impl<F: Responses> From<F> for Failure {
    fn from(failure: F) -> Self {
        // Whether it counts is known only when it leaves.
        let mut writer = ResponseWriter::checking(true);
        failure.write(&mut writer);
        Self(writer)
    }
}

impl IntoFailure for Failure {
    fn into_failure(self, head: &RequestHead) -> Response {
        let written = self.0.held(head.checks_responses).finish(&head.headers);
        written.unwrap_or_else(|detail| {
            let mut response = Rejection::Internal {
                detail: detail.clone(),
            }
            .problem();
            response.extensions_mut().insert(Unwritten(detail));
            response
        })
    }
}

/// A failure that could not be written, on the response that stands for it until the service renders it.
#[derive(Debug, Clone)]
pub(crate) struct Unwritten(pub(crate) String);

impl<F: Responses> IntoFailure for F {
    fn into_failure(self, head: &RequestHead) -> Response {
        Failure::from(self).into_failure(head)
    }
}
