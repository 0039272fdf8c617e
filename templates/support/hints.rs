//! What the document says of a call beside its request and responses.

use crate::support::retry::RetryPolicy;

/// What the document says of a call beside its request and responses.
#[derive(Debug, Clone, Copy)]
pub struct Hints {
    /// The header of the idempotency key, if the operation takes one.
    pub idempotency_key: Option<&'static str>,
    /// How the operation is to be retried.
    pub retries: RetryPolicy,
    /// The server of the operation, if it has one of its own.
    pub server: Option<&'static str>,
    /// The property that successes may be wrapped in.
    pub envelope: Option<&'static str>,
}

/// Nothing.
pub(crate) static NO_HINTS: Hints = Hints::new();

impl Hints {
    /// Nothing.
    pub const fn new() -> Self {
        Self {
            idempotency_key: None,
            retries: RetryPolicy::new(),
            server: None,
            envelope: None,
        }
    }

    /// The operation takes an idempotency key in the header `name`.
    pub const fn idempotency_key(mut self, name: &'static str) -> Self {
        self.idempotency_key = Some(name);
        self
    }

    /// The operation is to be retried like this.
    pub const fn retries(mut self, policy: RetryPolicy) -> Self {
        self.retries = policy;
        self
    }

    /// The operation is served at `url`.
    pub const fn server(mut self, url: &'static str) -> Self {
        self.server = Some(url);
        self
    }

    /// Successes may be alone in an object, under `property`.
    pub const fn envelope(mut self, property: &'static str) -> Self {
        self.envelope = Some(property);
        self
    }
}
