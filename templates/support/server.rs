//! The server: takes a request through routing, security and its body to a handler, and back.

use std::convert::Infallible;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::{Body, HttpBody};
use axum::response::Response;
use bytes::Bytes;
use http::header::{ALLOW, CONTENT_LENGTH};
use http::{HeaderValue, Method, Request, StatusCode};

use crate::support::admission::{acceptable, expected, read_body};
use crate::support::future::BoxFuture;
use crate::support::guard::{Guard, authenticate, hide_credentials};
use crate::support::operation::OperationInfo;
use crate::support::rejection::Rejection;
use crate::support::request_head::RequestHead;
use crate::support::route::{Call, Inbound, Route, reject};
use crate::support::routing::{Match, Router};

/// How many bytes of a request body are read unless [`Server::body_limit`] says otherwise: 2 MiB.
pub const DEFAULT_BODY_LIMIT: usize = 2 * 1024 * 1024;

/// Builds the server of a service: add tags, then turn it into a router.
#[derive(Debug)]
pub struct Server<S: Guard> {
    service: Arc<S>,
    routes: Router<Route<S>>,
    body_limit: usize,
}

impl<S: Guard> Server<S> {
    /// Starts the server of `service`, with no operations yet.
    pub fn new(service: S) -> Self {
        Self::shared(Arc::new(service))
    }

    /// Starts the server of a service that others hold too.
    pub fn shared(service: Arc<S>) -> Self {
        Self {
            service,
            routes: Router::default(),
            body_limit: DEFAULT_BODY_LIMIT,
        }
    }

    /// Reads at most `bytes` of a request body; a longer one is [`Rejection::BodyTooLarge`].
    #[must_use]
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// Adds an operation.
    pub(crate) fn route(&mut self, info: &'static OperationInfo, call: Call<S>) {
        self.routes
            .insert(info.method, info.template, Route { info, call });
    }

    /// Returns the tower service that answers every path.
    #[must_use]
    pub fn into_service(self) -> ApiService<S> {
        ApiService {
            server: Arc::new(self),
        }
    }

    /// Returns a router that answers every path, to be layered, nested or merged.
    pub fn into_router(self) -> axum::Router {
        axum::Router::new().fallback_service(self.into_service())
    }

    async fn answer(&self, request: Request<Body>) -> Response {
        let (parts, body) = request.into_parts();
        let mut head = RequestHead::new(parts);
        let (route, path) = match self.routes.find(head.method.as_str(), head.uri.path()) {
            Match::Route(route, path) => (route, path),
            Match::OtherMethods(allow) if head.method == Method::OPTIONS => return options(&allow),
            Match::OtherMethods(allow) => {
                return reject(&*self.service, Rejection::MethodNotAllowed { allow }, &head);
            }
            Match::Nothing => return reject(&*self.service, Rejection::NotFound, &head),
        };
        head.operation = Some(route.info);
        head.extensions.insert(route.info);
        hide_credentials(&mut head, route.info.security);
        let head = Arc::new(head);
        let mut response = match self.admit(route.info, &head, body).await {
            Ok((principal, body)) => {
                let inbound = Inbound::new(Arc::clone(&head), path, body, principal);
                (route.call)(Arc::clone(&self.service), inbound).await
            }
            Err(rejection) => reject(&*self.service, rejection, &head),
        };
        response.extensions_mut().insert(route.info);
        if head.method == Method::HEAD {
            without_body(response)
        } else {
            response
        }
    }

    /// Checks security, then media types, and only then reads the body.
    async fn admit(
        &self,
        info: &'static OperationInfo,
        head: &RequestHead,
        body: Body,
    ) -> Result<(Option<S::Principal>, Option<Bytes>), Rejection> {
        let principal = authenticate(&*self.service, head, info.security).await?;
        acceptable(&head.headers, info.responses)?;
        let body = match info.body {
            Some(info) if !body.is_end_stream() => {
                expected(&head.headers, info)?;
                Some(read_body(body, &head.headers, self.body_limit).await?)
            }
            _ => None,
        };
        Ok((principal, body))
    }
}

/// Answers `OPTIONS` where the document does not (RFC 9110 §9.3.7).
fn options(allow: &[&'static str]) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    if let Ok(allow) = HeaderValue::try_from(allow.join(", ")) {
        response.headers_mut().insert(ALLOW, allow);
    }
    response
}

/// Takes the body off the answer to a `HEAD` request, and keeps its length (RFC 9110 §9.3.2).
fn without_body(response: Response) -> Response {
    let length = response.body().size_hint().exact();
    let mut response = response.map(|_| Body::empty());
    if let Some(length) = length {
        response
            .headers_mut()
            .entry(CONTENT_LENGTH)
            .or_insert_with(|| HeaderValue::from(length));
    }
    response
}

/// The tower service of an API, which answers every path. Cheap to clone.
#[derive(Debug)]
pub struct ApiService<S: Guard> {
    server: Arc<Server<S>>,
}

impl<S: Guard> Clone for ApiService<S> {
    fn clone(&self) -> Self {
        Self {
            server: Arc::clone(&self.server),
        }
    }
}

impl<S: Guard> tower_service::Service<Request<Body>> for ApiService<S> {
    type Response = Response;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Response, Infallible>>;

    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let server = Arc::clone(&self.server);
        Box::pin(async move { Ok(server.answer(request).await) })
    }
}
