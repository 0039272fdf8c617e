//! Forms that cannot be read, as what a server refuses.

use axum::response::Response;

use crate::support::failure::Failure;
use crate::support::multipart_error::MultipartError;
use crate::support::rejection::{IntoFailure, Rejection};
use crate::support::request_head::RequestHead;

impl From<MultipartError> for Rejection {
    fn from(error: MultipartError) -> Self {
        match error {
            MultipartError::Malformed { message } => Self::MalformedForm { message },
            MultipartError::Invalid { violations } => Self::Invalid { violations },
            MultipartError::TooLarge { limit } => Self::BodyTooLarge { limit },
            MultipartError::Transport(_) => Self::Unreadable,
        }
    }
}

/// Rendered by the service, as what it refuses before a handler runs.
impl IntoFailure for MultipartError {
    fn into_failure(self, head: &RequestHead) -> Response {
        Rejection::from(self).into_failure(head)
    }
}

impl From<MultipartError> for Failure {
    fn from(error: MultipartError) -> Self {
        Rejection::from(error).into()
    }
}
