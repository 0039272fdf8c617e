//! Everything that can come of a call but a documented success.

use std::error::Error as StdError;
use std::fmt;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::header::RETRY_AFTER;
use http::{HeaderMap, StatusCode};

use crate::support::credentials::TokenError;
use crate::support::exchange::Lost;
use crate::support::retry_after;

pub use crate::support::transport_error::TransportError;

/// Why a call did not succeed. `F` is the type of the operation's failures.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<F> {
    /// The request could not be built; nothing was sent.
    Build(BuildError),
    /// There is no token for the request; it was not sent, or not sent again.
    Credentials(TokenError),
    /// The request or the response was lost on the way.
    Transport(TransportError),
    /// The response did not come in time.
    Timeout(TransportError),
    /// The server answered with a failure that the document gives.
    #[non_exhaustive]
    Failure {
        /// The status.
        status: StatusCode,
        /// All headers as they came.
        headers: Box<HeaderMap>,
        /// The failure.
        failure: Box<F>,
    },
    /// The server answered with a status that the document does not give.
    #[non_exhaustive]
    Undocumented {
        /// The status.
        status: StatusCode,
        /// All headers as they came.
        headers: Box<HeaderMap>,
        /// The body as it came.
        bytes: Bytes,
    },
    /// The response is not what the document says.
    #[non_exhaustive]
    Decode {
        /// The status.
        status: StatusCode,
        /// All headers as they came.
        headers: Box<HeaderMap>,
        /// Where the body is at fault, as a JSON pointer; empty for its root, a header, or no JSON at all.
        pointer: String,
        /// What is at fault.
        message: String,
        /// The body as it came.
        bytes: Bytes,
    },
}

impl<F> Error<F> {
    /// What failed on the way.
    pub(crate) fn lost(why: Lost) -> Self {
        match why {
            Lost::Build(error) => Self::Build(error),
            Lost::Credentials(error) => Self::Credentials(error),
            Lost::Transport(error) if error.is_timeout() => Self::Timeout(error),
            Lost::Transport(error) => Self::Transport(error),
        }
    }

    /// Returns the status, if the server answered.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Build(_) | Self::Credentials(_) | Self::Transport(_) | Self::Timeout(_) => None,
            Self::Failure { status, .. }
            | Self::Undocumented { status, .. }
            | Self::Decode { status, .. } => Some(*status),
        }
    }

    /// Returns all headers as they came, if the server answered.
    pub fn headers(&self) -> Option<&HeaderMap> {
        match self {
            Self::Build(_) | Self::Credentials(_) | Self::Transport(_) | Self::Timeout(_) => None,
            Self::Failure { headers, .. }
            | Self::Undocumented { headers, .. }
            | Self::Decode { headers, .. } => Some(headers),
        }
    }

    /// Returns the documented failure, if it is one.
    pub fn into_failure(self) -> Option<F> {
        match self {
            Self::Failure { failure, .. } => Some(*failure),
            _ => None,
        }
    }

    /// Whether the same request may fare better later: the transport failed, the status is 408, 425,
    /// 429, 502, 503 or 504, or the server says when to come back.
    ///
    /// Whether it is safe to send it again is another question (RFC 9110 §9.2.2).
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Build(_) | Self::Credentials(_) => false,
            Self::Transport(_) | Self::Timeout(_) => true,
            Self::Failure {
                status, headers, ..
            }
            | Self::Undocumented {
                status, headers, ..
            }
            | Self::Decode {
                status, headers, ..
            } => {
                let transient = matches!(status.as_u16(), 408 | 425 | 429 | 502 | 503 | 504);
                let failed = status.is_client_error() || status.is_server_error();
                transient || (failed && headers.contains_key(RETRY_AFTER))
            }
        }
    }

    /// Returns how long the server asks to wait from now: by `Retry-After` (RFC 9110 §10.2.3), or, with 429,
    /// by `RateLimit-Reset`.
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after::asked(self.status()?, self.headers()?, SystemTime::now())
    }

    /// Returns the `X-Request-Id` of the response, which its sender can look up.
    pub fn request_id(&self) -> Option<&str> {
        self.headers()?.get("x-request-id")?.to_str().ok()
    }
}

impl<F> fmt::Display for Error<F> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Build(error) => write!(out, "the request cannot be built: {error}"),
            Self::Credentials(error) => write!(out, "there is no token for the request: {error}"),
            Self::Transport(error) => write!(out, "the request failed: {error}"),
            Self::Timeout(error) => write!(out, "the request timed out: {error}"),
            Self::Failure { status, .. } => write!(out, "the server answered {status}"),
            Self::Undocumented { status, .. } => {
                write!(out, "the server answered {status}, which is not documented")
            }
            Self::Decode {
                status,
                pointer,
                message,
                ..
            } if pointer.is_empty() => {
                write!(
                    out,
                    "the answer with status {status} is not as documented: {message}"
                )
            }
            Self::Decode {
                status,
                pointer,
                message,
                ..
            } => {
                write!(
                    out,
                    "the answer with status {status} is not as documented: #{pointer}: {message}"
                )
            }
        }
    }
}

impl<F: fmt::Debug> StdError for Error<F> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Build(error) => Some(error),
            Self::Credentials(error) => Some(error),
            Self::Transport(error) | Self::Timeout(error) => error.source(),
            Self::Failure { .. } | Self::Undocumented { .. } | Self::Decode { .. } => None,
        }
    }
}

/// Why a request, or a client, could not be built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuildError {
    message: String,
}

impl BuildError {
    /// An error that says `message`.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
        }
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl StdError for BuildError {}
