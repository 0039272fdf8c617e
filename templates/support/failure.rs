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
        let mut writer = ResponseWriter::default();
        failure.write(&mut writer);
        Self(writer)
    }
}

impl IntoFailure for Failure {
    fn into_failure(self, head: &RequestHead) -> Response {
        self.0
            .finish(&head.headers)
            .unwrap_or_else(|detail| Rejection::Internal { detail }.problem())
    }
}

impl<F: Responses> IntoFailure for F {
    fn into_failure(self, head: &RequestHead) -> Response {
        Failure::from(self).into_failure(head)
    }
}
