//! A server of this crate as the transport of its client: no socket, the same HTTP messages.

use axum::body::{Body, HttpBody};
use bytes::{Bytes, BytesMut};
use http::header::{CONTENT_LENGTH, HOST};
use http::uri::PathAndQuery;
use http::{HeaderValue, Request, Response, Uri};
use std::future::poll_fn;
use std::pin::Pin;
use tower_service::Service;

use crate::support::error::TransportError;
use crate::support::future::BoxFuture;
use crate::support::guard::Guard;
use crate::support::server::ApiService;
use crate::support::transport::Transport;

impl<S: Guard> Transport for ApiService<S> {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let mut service = self.clone();
        Box::pin(async move {
            match service.call(on_the_wire(request)).await {
                Ok(response) => received(response).await,
                Err(never) => match never {},
            }
        })
    }
}

impl Transport for axum::Router {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let mut router = self.clone();
        Box::pin(async move {
            match Service::<Request<Body>>::call(&mut router, on_the_wire(request)).await {
                Ok(response) => received(response).await,
                Err(never) => match never {},
            }
        })
    }
}

/// Gives the request the form it has when it arrives over HTTP/1.1 (RFC 9112 §3.2.1).
fn on_the_wire(request: Request<Bytes>) -> Request<Body> {
    let (mut parts, body) = request.into_parts();
    // What the client attached stays with it.
    parts.extensions.clear();
    let host = parts
        .uri
        .authority()
        .and_then(|host| HeaderValue::try_from(host.as_str()).ok());
    if let Some(host) = host {
        parts.headers.entry(HOST).or_insert(host);
    }
    if !body.is_empty() {
        parts
            .headers
            .entry(CONTENT_LENGTH)
            .or_insert(HeaderValue::from(body.len()));
    }
    let target = parts.uri.path_and_query().cloned();
    parts.uri = Uri::from(target.unwrap_or(PathAndQuery::from_static("/")));
    Request::from_parts(parts, Body::from(body))
}

async fn received(response: axum::response::Response) -> Result<Response<Bytes>, TransportError> {
    let (parts, mut body) = response.into_parts();
    let mut bytes = BytesMut::new();
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        if let Ok(data) = frame.map_err(TransportError::new)?.into_data() {
            bytes.extend_from_slice(&data);
        }
    }
    Ok(Response::from_parts(parts, bytes.freeze()))
}
