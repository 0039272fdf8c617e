//! What a user of the client wants to see, or to change, on the way.

use std::fmt;
use std::time::Duration;

use http::request::Parts;
use http::{HeaderMap, StatusCode};

use crate::support::future::BoxFuture;
use crate::support::operation::OperationInfo;
use crate::support::transport_error::TransportError;

/// The head of a response, as [`ClientBuilder::on_response`](crate::support::client_builder::ClientBuilder::on_response) shows it.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct ResponseHead<'a> {
    /// The operation that was called.
    pub operation: &'static OperationInfo,
    /// The status.
    pub status: StatusCode,
    /// All headers as they came.
    pub headers: &'a HeaderMap,
    /// How long it took from sending the request to receiving this head.
    pub elapsed: Duration,
    /// Which attempt it answers, from 1.
    pub attempt: u32,
}

/// What a hook that has to wait returns.
pub(crate) type Waits<'a> = BoxFuture<'a, Result<(), TransportError>>;

type OnRequest = Box<dyn Fn(&mut Parts, &'static OperationInfo) + Send + Sync>;
type OnRequestWaiting =
    Box<dyn for<'a> Fn(&'a mut Parts, &'static OperationInfo) -> Waits<'a> + Send + Sync>;
type OnResponse = Box<dyn Fn(&ResponseHead<'_>) + Send + Sync>;
type OnResponseWaiting = Box<dyn for<'a> Fn(&'a ResponseHead<'a>) -> Waits<'a> + Send + Sync>;

/// A hook that is done at once, or one that waits for something.
pub(crate) enum Hook<N, W> {
    Now(N),
    Waiting(W),
}

/// The hooks of a client, in the order in which they were added.
#[derive(Default)]
pub(crate) struct Hooks {
    pub(crate) request: Vec<Hook<OnRequest, OnRequestWaiting>>,
    pub(crate) response: Vec<Hook<OnResponse, OnResponseWaiting>>,
}

impl Hooks {
    /// Shows a request to the hooks.
    pub(crate) async fn sending(
        &self,
        parts: &mut Parts,
        info: &'static OperationInfo,
    ) -> Result<(), TransportError> {
        for hook in &self.request {
            match hook {
                Hook::Now(hook) => hook(parts, info),
                Hook::Waiting(hook) => hook(parts, info).await?,
            }
        }
        Ok(())
    }

    /// Shows the head of a response to the hooks.
    pub(crate) async fn received(&self, head: &ResponseHead<'_>) -> Result<(), TransportError> {
        for hook in &self.response {
            match hook {
                Hook::Now(hook) => hook(head),
                Hook::Waiting(hook) => hook(head).await?,
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Hooks {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.request.len() + self.response.len();
        write!(out, "Hooks({count})")
    }
}
