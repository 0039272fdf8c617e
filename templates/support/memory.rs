//! A server of this crate as the transport of its client: no socket, the same HTTP messages.

use axum::body::Body;
use http::header::{CONTENT_LENGTH, HOST};
use http::uri::PathAndQuery;
use http::{HeaderValue, Request, Response, Uri};
use tower_service::Service;

use crate::support::future::BoxFuture;
use crate::support::guard::Guard;
use crate::support::payload::Payload;
use crate::support::server::ApiService;
use crate::support::transport::Transport;
use crate::support::transport_error::TransportError;

impl<S: Guard> Transport for ApiService<S> {
    fn send(
        &self,
        request: Request<Payload>,
    ) -> BoxFuture<'_, Result<Response<Payload>, TransportError>> {
        let mut service = self.clone();
        Box::pin(async move {
            match service.call(on_the_wire(request)).await {
                Ok(response) => Ok(response.map(Payload::streamed)),
                Err(never) => match never {},
            }
        })
    }
}

impl Transport for axum::Router {
    fn send(
        &self,
        request: Request<Payload>,
    ) -> BoxFuture<'_, Result<Response<Payload>, TransportError>> {
        let mut router = self.clone();
        Box::pin(async move {
            match Service::<Request<Body>>::call(&mut router, on_the_wire(request)).await {
                Ok(response) => Ok(response.map(Payload::streamed)),
                Err(never) => match never {},
            }
        })
    }
}

/// Gives the request the form it has when it arrives over HTTP/1.1 (RFC 9112 §3.2.1).
fn on_the_wire(request: Request<Payload>) -> Request<Body> {
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
    let body = match body.as_whole() {
        Some(bytes) => {
            if !bytes.is_empty() {
                let length = HeaderValue::from(bytes.len());
                parts.headers.entry(CONTENT_LENGTH).or_insert(length);
            }
            Body::from(bytes.clone())
        }
        None => Body::new(body),
    };
    let target = parts.uri.path_and_query().cloned();
    parts.uri = Uri::from(target.unwrap_or(PathAndQuery::from_static("/")));
    Request::from_parts(parts, body)
}
