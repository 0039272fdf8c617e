//! An operation in its place on the server: what holds for it, and its way from a request to a response.

use std::any::Any;
use std::convert::Infallible;
use std::fmt;
use std::future::{Future, poll_fn};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::{Body, HttpBody};
use axum::response::Response;
use bytes::Bytes;
use http::Request;

use crate::support::admission::{acceptable, expected, peek, read_body};
use crate::support::future::BoxFuture;
use crate::support::guard::{Guard, authenticate, hide_credentials};
use crate::support::payload::Payload;
use crate::support::rejection::Rejection;
use crate::support::request_head::RequestHead;
use crate::support::route::{Inbound, Route, reject};

/// What holds for an operation, see [`Server::configure`](crate::support::server::Server::configure).
#[derive(Clone, Default)]
pub struct Settings {
    body_limit: Option<usize>,
    layers: Vec<Arc<dyn Fn(axum::Router) -> axum::Router + Send + Sync>>,
}

impl Settings {
    /// Reads at most `bytes` of a request body, whatever holds for other operations.
    #[must_use]
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = Some(bytes);
        self
    }

    /// Puts layers around the operation: `|route| route.layer(TraceLayer::new_for_http())`.
    ///
    /// They see the request once it is matched, before its credential is checked, and the operation's
    /// [`OperationInfo`](crate::support::operation::OperationInfo) among its extensions, as a `&'static OperationInfo`.
    #[must_use]
    pub fn layer(
        mut self,
        layer: impl Fn(axum::Router) -> axum::Router + Send + Sync + 'static,
    ) -> Self {
        self.layers.push(Arc::new(layer));
        self
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("body_limit", &self.body_limit)
            .field("layers", &self.layers.len())
            .finish()
    }
}

/// What holds for all operations that have no settings of their own.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Options {
    pub(crate) body_limit: usize,
    pub(crate) catches_panics: bool,
    pub(crate) checks_responses: bool,
}

/// An operation in its place.
#[derive(Debug)]
pub(crate) struct Endpoint<S: Guard> {
    service: Arc<S>,
    route: Arc<Route<S>>,
    options: Options,
    layered: Option<axum::Router>,
}

/// Where the parameters are in the path of a request; a request that is matched has it among its extensions.
#[derive(Debug, Clone)]
struct Matched(Vec<(&'static str, Range<usize>)>);

impl<S: Guard> Endpoint<S> {
    /// Serves `route` for `service`.
    pub(crate) fn new(service: &Arc<S>, route: Route<S>, options: Options) -> Self {
        let options = Options {
            body_limit: route.settings.body_limit.unwrap_or(options.body_limit),
            ..options
        };
        let mut endpoint = Self {
            service: Arc::clone(service),
            route: Arc::new(route),
            options,
            layered: None,
        };
        let layers = &endpoint.route.settings.layers;
        if !layers.is_empty() {
            let router = axum::Router::new().fallback_service(Inner(Arc::new(Self {
                service: Arc::clone(service),
                route: Arc::clone(&endpoint.route),
                options,
                layered: None,
            })));
            endpoint.layered = Some(layers.iter().fold(router, |router, layer| layer(router)));
        }
        endpoint
    }

    /// Answers a request whose path has the parameters `path`.
    pub(crate) async fn answer(
        &self,
        mut request: Request<Body>,
        path: Vec<(&'static str, Range<usize>)>,
    ) -> Response {
        let info = self.route.info;
        request.extensions_mut().insert(info);
        let mut response = match &self.layered {
            Some(layered) => {
                request.extensions_mut().insert(Matched(path));
                let mut layered = layered.clone();
                let answered = tower_service::Service::call(&mut layered, request).await;
                answered.unwrap_or_else(|never: Infallible| match never {})
            }
            None => self.serve(request, path).await,
        };
        response.extensions_mut().insert(info);
        response
    }

    async fn serve(
        &self,
        request: Request<Body>,
        path: Vec<(&'static str, Range<usize>)>,
    ) -> Response {
        let (parts, body) = request.into_parts();
        let mut head = RequestHead::new(parts);
        head.operation = Some(self.route.info);
        head.checks_responses = self.options.checks_responses;
        hide_credentials(&mut head, self.route.info.security);
        let head = Arc::new(head);
        let answer = self.handle(&head, path, body);
        let answered = if self.options.catches_panics {
            caught(answer).await
        } else {
            Ok(answer.await)
        };
        answered.unwrap_or_else(|panic| {
            let detail = format!("the handler panicked: {}", told(&*panic));
            reject(&*self.service, Rejection::Internal { detail }, &head)
        })
    }

    async fn handle(
        &self,
        head: &Arc<RequestHead>,
        path: Vec<(&'static str, Range<usize>)>,
        body: Body,
    ) -> Response {
        match self.admit(head, body).await {
            Ok((principal, body)) => {
                let (whole, coming) = match body {
                    Admitted::Nothing => (None, None),
                    Admitted::Whole(body) => (Some(body), None),
                    Admitted::Coming(peeked, body) => (None, Some((peeked, body))),
                };
                let mut inbound = Inbound::new(Arc::clone(head), path, whole, principal)
                    .checking(self.options.checks_responses);
                if let Some((peeked, body)) = coming {
                    let body = Payload::streamed(body);
                    inbound = inbound.reading(peeked, body, self.options.body_limit);
                }
                (self.route.call)(Arc::clone(&self.service), inbound).await
            }
            Err(rejection) => reject(&*self.service, rejection, head),
        }
    }

    /// Checks security, then media types, and only then reads the body, unless the handler does as it comes.
    async fn admit(
        &self,
        head: &RequestHead,
        body: Body,
    ) -> Result<(Option<S::Principal>, Admitted), Rejection> {
        let info = self.route.info;
        let principal = authenticate(&*self.service, head, info.security).await?;
        acceptable(&head.headers, info.responses)?;
        let body = match info.body {
            Some(info) if !body.is_end_stream() => {
                if expected(&head.headers, info)? {
                    let mut body = body;
                    let limit = self.options.body_limit;
                    let peeked = peek(&mut body, &head.headers, info, limit).await?;
                    Admitted::Coming(peeked, body)
                } else {
                    let limit = self.options.body_limit;
                    Admitted::Whole(read_body(body, &head.headers, limit).await?)
                }
            }
            _ => Admitted::Nothing,
        };
        Ok((principal, body))
    }
}

/// A body on its way to a handler.
enum Admitted {
    Nothing,
    Whole(Bytes),
    /// It is read as it comes; some of it was read before.
    Coming(Bytes, Body),
}

/// What the layers of an operation are around.
struct Inner<S: Guard>(Arc<Endpoint<S>>);

impl<S: Guard> Clone for Inner<S> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<S: Guard> tower_service::Service<Request<Body>> for Inner<S> {
    type Response = Response;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Response, Infallible>>;

    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: Request<Body>) -> Self::Future {
        let endpoint = Arc::clone(&self.0);
        Box::pin(async move {
            let matched = request.extensions_mut().remove::<Matched>();
            // A layer that makes a request of its own, without what was matched, has no path parameters.
            let Matched(path) = matched.unwrap_or(Matched(Vec::new()));
            Ok(endpoint.serve(request, path).await)
        })
    }
}

/// Runs `future`; an error if it panics.
async fn caught<F: Future>(future: F) -> Result<F::Output, Box<dyn Any + Send>> {
    let mut future = pin!(future);
    poll_fn(move |context| {
        let polled = catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context)));
        match polled {
            Ok(Poll::Ready(output)) => Poll::Ready(Ok(output)),
            Ok(Poll::Pending) => Poll::Pending,
            Err(panic) => Poll::Ready(Err(panic)),
        }
    })
    .await
}

/// What a panic said.
fn told(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&'static str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("without a message")
}
