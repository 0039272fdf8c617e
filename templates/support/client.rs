//! The client: holds what all calls share.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::support::base_url;
use crate::support::credentials::Credentials;
use crate::support::error::BuildError;
use crate::support::hooks::Hooks;
use crate::support::retry::{Budget, RetryPolicy};
use crate::support::transport::Transport;

/// The client. Cheap to clone; clones share their connections.
#[derive(Clone)]
pub struct Client {
    pub(crate) shared: Arc<Shared>,
}

pub(crate) struct Shared {
    pub(crate) base_url: String,
    /// Whether operations go there that have servers of their own.
    pub(crate) is_for_all: bool,
    pub(crate) credentials: Credentials,
    pub(crate) transport: Box<dyn Transport>,
    /// Whether the transport is one that may look at the extensions of requests.
    pub(crate) has_own_transport: bool,
    pub(crate) response_limit: usize,
    pub(crate) timeout: Option<Duration>,
    pub(crate) redirects: u32,
    pub(crate) hooks: Hooks,
    /// How calls are retried, if at all.
    pub(crate) retries: Option<RetryPolicy>,
    /// What the document says of all calls.
    pub(crate) documented: RetryPolicy,
    pub(crate) budget: Budget,
}

impl Client {
    /// Returns the base URL, without a slash at its end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.shared.base_url
    }

    /// The base URL of a call that has one of its `own`, which the caller may have chosen.
    pub(crate) fn base_of(
        &self,
        chosen: bool,
        own: Option<&str>,
    ) -> Result<Cow<'_, str>, BuildError> {
        let shared = &*self.shared;
        match own {
            Some(own) if chosen || !shared.is_for_all => {
                base_url::check(&base_url::joined(&shared.base_url, own)).map(Cow::Owned)
            }
            _ => Ok(Cow::Borrowed(&shared.base_url)),
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Client")
            .field("base_url", &self.shared.base_url)
            .field("credentials", &self.shared.credentials.names())
            .finish_non_exhaustive()
    }
}
