//! The server: takes a request through routing, security and its body to a handler, and back.

use std::convert::Infallible;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::{Body, HttpBody};
use axum::response::Response;
use http::header::{ALLOW, CONTENT_LENGTH};
use http::{HeaderValue, Method, Request, StatusCode};

use crate::support::endpoint::{Endpoint, Options, Settings};
use crate::support::future::BoxFuture;
use crate::support::guard::Guard;
use crate::support::operation::OperationInfo;
use crate::support::rejection::Rejection;
use crate::support::request_head::RequestHead;
use crate::support::route::{Call, Route, reject};
use crate::support::routing::{Match, Router};

/// How many bytes of a request body are read unless [`Server::body_limit`] says otherwise: 2 MiB.
pub const DEFAULT_BODY_LIMIT: usize = 2 * 1024 * 1024;

/// Builds the server of a service: add tags, then turn it into a router.
#[derive(Debug)]
pub struct Server<S: Guard> {
    service: Arc<S>,
    routes: Vec<Route<S>>,
    options: Options,
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
            routes: Vec::new(),
            options: Options {
                body_limit: DEFAULT_BODY_LIMIT,
                catches_panics: false,
                checks_responses: false,
            },
        }
    }

    /// Reads at most `bytes` of a request body; a longer one is [`Rejection::BodyTooLarge`]. Of a body that is read as it
    /// comes, each item may be as large.
    #[must_use]
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.options.body_limit = bytes;
        self
    }

    /// Turns a panic of a handler or of a security method into [`Rejection::Internal`]. Without that, and
    /// where a panic ends the process (`panic = "abort"`), it goes its way.
    #[must_use]
    pub fn catch_panics(mut self) -> Self {
        self.options.catches_panics = true;
        self
    }

    /// Holds the bodies of responses against the constraints of the document, if `check` is true; what
    /// violates them is [`Rejection::Internal`]. `check_responses(cfg!(debug_assertions))` does so in debug builds.
    #[must_use]
    pub fn check_responses(mut self, check: bool) -> Self {
        self.options.checks_responses = check;
        self
    }

    /// Settles what holds for some of the operations that were added so far.
    ///
    /// ```text
    /// server
    ///     .configure(|operation| operation.tag == "Files", |files| files.body_limit(64 << 20))
    ///     .configure(|operation| operation.id == "upload", |upload| upload.layer(|route| route.layer(limit)))
    /// ```
    #[must_use]
    pub fn configure(
        mut self,
        which: impl Fn(&OperationInfo) -> bool,
        settle: impl Fn(Settings) -> Settings,
    ) -> Self {
        for route in self.routes.iter_mut().filter(|route| which(route.info)) {
            route.settings = settle(std::mem::take(&mut route.settings));
        }
        self
    }

    /// Leaves all operations out but one.
    #[must_use]
    pub(crate) fn only(mut self, operation: &'static OperationInfo) -> Self {
        self.routes.retain(|route| route.info.id == operation.id);
        self
    }

    /// Adds an operation.
    pub(crate) fn route(&mut self, info: &'static OperationInfo, call: Call<S>) {
        self.routes.push(Route {
            info,
            call,
            settings: Settings::default(),
        });
    }

    /// Returns the tower service that answers every path.
    #[must_use]
    pub fn into_service(self) -> ApiService<S> {
        let mut endpoints = Router::default();
        for route in self.routes {
            let info = route.info;
            let endpoint = Endpoint::new(&self.service, route, self.options);
            endpoints.insert(info.method, info.template, endpoint);
        }
        ApiService {
            service: self.service,
            endpoints: Arc::new(endpoints),
        }
    }

    /// Returns a router that answers every path, to be layered, nested or merged.
    pub fn into_router(self) -> axum::Router {
        axum::Router::new().fallback_service(self.into_service())
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
    service: Arc<S>,
    endpoints: Arc<Router<Endpoint<S>>>,
}

impl<S: Guard> Clone for ApiService<S> {
    fn clone(&self) -> Self {
        Self {
            service: Arc::clone(&self.service),
            endpoints: Arc::clone(&self.endpoints),
        }
    }
}

impl<S: Guard> ApiService<S> {
    async fn answer(&self, request: Request<Body>) -> Response {
        let found = self
            .endpoints
            .find(request.method().as_str(), request.uri().path());
        let rejection = match found {
            Match::Route(endpoint, path) => {
                let is_head = request.method() == Method::HEAD;
                let response = endpoint.answer(request, path).await;
                return if is_head {
                    without_body(response)
                } else {
                    response
                };
            }
            Match::OtherMethods(allow) if request.method() == Method::OPTIONS => {
                return options(&allow);
            }
            Match::OtherMethods(allow) => Rejection::MethodNotAllowed { allow },
            Match::Nothing => Rejection::NotFound,
        };
        let head = RequestHead::new(request.into_parts().0);
        reject(&*self.service, rejection, &head)
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
        let service = self.clone();
        Box::pin(async move { Ok(service.answer(request).await) })
    }
}
