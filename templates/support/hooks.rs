//! What a user of the client wants to see, or to change, on the way.

use std::fmt;
use std::time::Duration;

use http::request::Parts;
use http::{HeaderMap, StatusCode};

use crate::support::operation::OperationInfo;

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

type OnRequest = Box<dyn Fn(&mut Parts, &'static OperationInfo) + Send + Sync>;
type OnResponse = Box<dyn Fn(&ResponseHead<'_>) + Send + Sync>;

/// The hooks of a client, in the order in which they were added.
#[derive(Default)]
pub(crate) struct Hooks {
    pub(crate) request: Vec<OnRequest>,
    pub(crate) response: Vec<OnResponse>,
}

impl fmt::Debug for Hooks {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.request.len() + self.response.len();
        write!(out, "Hooks({count})")
    }
}
