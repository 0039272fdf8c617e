//! Why there is no URL.

use serde_json::Value;
use thiserror::Error;

use crate::storage::StorageError;

/// A refusal, by the status that the API gives it.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum Problem {
    /// 400: the request is well formed, but its parts do not fit together.
    #[error("{0}")]
    BadRequest(String),
    /// 404: something that the request names, or that minting needs, does not exist.
    #[error("{0}")]
    NotFound(String),
    /// 422: values of a wrong form; every one of them.
    #[error("{} invalid value(s)", .0.len())]
    Invalid(Vec<Fault>),
    /// 409: it would take the place of something else.
    #[error("{0}")]
    Conflict(String),
    /// 502: the provider failed, or could not be reached. The text is for the log, not for the caller.
    #[error("{0}")]
    Provider(String),
    /// 503: the service cannot answer now. The text is for the log, not for the caller.
    #[error("{0}")]
    Unavailable(String),
    /// 500: a fault of the service. The text is for the log, not for the caller.
    #[error("{0}")]
    Internal(String),
}

impl From<StorageError> for Problem {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Conflict(message) => Self::Conflict(message),
            StorageError::Unavailable(_) => Self::Unavailable(error.to_string()),
            other => Self::Internal(other.to_string()),
        }
    }
}

/// One value of a wrong form.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// The field as a dotted path: `context.app.id`.
    pub field: String,
    /// What is wrong with it, as a sentence without a full stop.
    pub message: String,
    /// The value that was sent, if one was.
    pub value: Option<Value>,
}

impl Fault {
    /// A fault of `field`.
    pub fn new(field: impl Into<String>, message: impl Into<String>, value: Option<Value>) -> Self {
        Self {
            field: field.into(),
            message: message.into(),
            value,
        }
    }
}
