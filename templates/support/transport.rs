//! How requests travel.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::uri::{Authority, PathAndQuery};
use http::{Request, Response, Uri};
use http_body::{Body, Frame, SizeHint};

use crate::support::future::BoxFuture;
use crate::support::payload::Payload;
use crate::support::transport_error::TransportError;

/// Takes a request to a server and brings its response back.
///
/// Implement it to wrap another transport (say to record, or to sign), or to answer in a test.
pub trait Transport: Send + Sync + 'static {
    /// Sends a request. Redirects are not to be followed: a documented 3xx is a response.
    fn send(
        &self,
        request: Request<Payload>,
    ) -> BoxFuture<'_, Result<Response<Payload>, TransportError>>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(
        &self,
        request: Request<Payload>,
    ) -> BoxFuture<'_, Result<Response<Payload>, TransportError>> {
        (**self).send(request)
    }
}

/// The transport over HTTP.
#[derive(Debug, Clone)]
pub struct HttpTransport {
    client: reqwest::Client,
}

impl HttpTransport {
    /// Sends with `client`.
    #[must_use]
    pub fn new(client: reqwest::Client) -> Self {
        Self { client }
    }

    async fn exchange(
        &self,
        request: Request<Payload>,
    ) -> Result<Response<Payload>, TransportError> {
        let (parts, body) = request.into_parts();
        let url = reqwest::Url::parse(&written(&parts.uri)).map_err(TransportError::new)?;
        let mut request = reqwest::Request::new(parts.method, url);
        *request.version_mut() = parts.version;
        *request.headers_mut() = parts.headers;
        *request.body_mut() = Some(outgoing(body));
        let received = self.client.execute(request).await.map_err(lost)?;
        let response = Response::<reqwest::Body>::from(received);
        Ok(response.map(|body| Payload::streamed(Incoming(body))))
    }
}

impl Transport for HttpTransport {
    fn send(
        &self,
        request: Request<Payload>,
    ) -> BoxFuture<'_, Result<Response<Payload>, TransportError>> {
        Box::pin(self.exchange(request))
    }
}

/// A URL as text.
fn written(uri: &Uri) -> String {
    let path = uri.path_and_query().map_or("", PathAndQuery::as_str);
    let authority = uri.authority().map_or("", Authority::as_str);
    [uri.scheme_str().unwrap_or_default(), "://", authority, path].concat()
}

fn outgoing(payload: Payload) -> reqwest::Body {
    match payload.as_whole() {
        Some(bytes) => bytes.clone().into(),
        None => reqwest::Body::wrap(payload),
    }
}

/// The body of a response.
struct Incoming(reqwest::Body);

impl Body for Incoming {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let frame = Pin::new(&mut self.0).poll_frame(context);
        frame.map(|frame| frame.map(|frame| frame.map_err(lost)))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
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
