//! How requests travel.

use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use http::{Request, Response};

use crate::support::error::TransportError;
use crate::support::future::BoxFuture;

/// Takes a request to a server and brings its response back.
///
/// Implement it to wrap another transport (say to record, or to sign), or to answer in a test.
pub trait Transport: Send + Sync + 'static {
    /// Sends a request. Redirects are not to be followed: a documented 3xx is a response.
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        (**self).send(request)
    }
}

/// The transport over HTTP.
#[derive(Debug, Clone)]
pub struct HttpTransport {
    client: reqwest::Client,
    response_limit: usize,
}

impl HttpTransport {
    /// Sends with `client`, and reads at most `response_limit` bytes of a response body.
    #[must_use]
    pub fn new(client: reqwest::Client, response_limit: usize) -> Self {
        Self {
            client,
            response_limit,
        }
    }

    async fn exchange(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let request = reqwest::Request::try_from(request).map_err(lost)?;
        let mut received = self.client.execute(request).await.map_err(lost)?;
        let mut body = Bytes::new();
        let mut joined = BytesMut::new();
        while let Some(chunk) = received.chunk().await.map_err(lost)? {
            if body.len() + joined.len() + chunk.len() > self.response_limit {
                let limit = self.response_limit;
                return Err(TransportError::new(format!(
                    "the response body is longer than {limit} bytes"
                )));
            }
            if body.is_empty() && joined.is_empty() {
                // Most bodies arrive in one piece, which is then not copied.
                body = chunk;
                continue;
            }
            joined.extend_from_slice(&std::mem::take(&mut body));
            joined.extend_from_slice(&chunk);
        }
        let mut response = Response::new(if joined.is_empty() {
            body
        } else {
            joined.freeze()
        });
        *response.status_mut() = received.status();
        *response.headers_mut() = std::mem::take(received.headers_mut());
        Ok(response)
    }
}

impl Transport for HttpTransport {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(self.exchange(request))
    }
}

/// Takes the URL out of the error: it may hold a credential.
fn lost(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    if error.is_timeout() {
        TransportError::timeout(error)
    } else {
        TransportError::new(error)
    }
}
