//! The server: takes a request through routing, security and its body to a handler, and back.

use std::convert::Infallible;
use std::future::poll_fn;
use std::ops::Range;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::{Body, HttpBody};
use axum::response::Response;
use bytes::{Bytes, BytesMut};
use http::header::{ACCEPT, ALLOW, CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode};

use crate::support::future::BoxFuture;
use crate::support::guard::{Guard, authenticate, hide_credentials};
use crate::support::media;
use crate::support::operation::{BodyInfo, Operation, OperationInfo, ResponseInfo};
use crate::support::read_request::RequestReader;
use crate::support::rejection::{IntoFailure, Rejection};
use crate::support::request_head::{Caller, RequestHead};
use crate::support::responses::Responses;
use crate::support::routing::{Match, Router};
use crate::support::write_response::ResponseWriter;

/// How many bytes of a request body are read unless [`Server::body_limit`] says otherwise: 2 MiB.
pub const DEFAULT_BODY_LIMIT: usize = 2 * 1024 * 1024;

/// Builds the server of a service: add tags, then turn it into a router.
#[derive(Debug)]
pub struct Server<S: Guard> {
    service: Arc<S>,
    routes: Router<Route<S>>,
    body_limit: usize,
}

/// An operation, and the function that reads its request, calls its handler and writes its response.
#[derive(Debug)]
pub struct Route<S: Guard> {
    info: &'static OperationInfo,
    call: Handler<S>,
}

/// See [`Route`].
pub type Handler<S> = fn(Arc<S>, Inbound<<S as Guard>::Principal>) -> BoxFuture<'static, Response>;

/// A request that is matched, allowed in, and read.
#[derive(Debug)]
pub struct Inbound<P> {
    head: Arc<RequestHead>,
    path: Vec<(&'static str, Range<usize>)>,
    body: Option<Bytes>,
    principal: Option<P>,
}

/// Adds the operations of a tag to [`Server`].
///
/// ```text
/// routes! {
///     Pets as pets {
///         FindPetsRequest => required find_pets,
///         ListShopsRequest => optional list_shops,
///         HealthRequest => open health,
///     }
/// }
/// ```
///
/// The caller's principal is `required`, `optional` (security has an empty alternative), or there
/// is none because security is `open`.
macro_rules! routes {
    ($tag:ident as $add:ident { $($request:ident => $mode:ident $handler:ident),* $(,)? }) => {
        impl<S: $tag> $crate::support::server::Server<S> {
            #[doc = concat!("Serves the operations of [`", stringify!($tag), "`].")]
            #[must_use]
            pub fn $add(self) -> Self {
                self $(.route::<$request>(|service, inbound| match inbound.$mode::<$request>() {
                    Ok((caller, request)) => Box::pin(async move {
                        let head = std::sync::Arc::clone(&caller.head);
                        let outcome = <S as $tag>::$handler(&service, caller, request).await;
                        $crate::support::server::respond(&*service, &head, outcome)
                    }),
                    Err(refusal) => refusal.answer(&*service),
                }))*
            }
        }
    };
}

pub(crate) use routes;

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
    #[must_use]
    pub fn route<R: Operation>(mut self, call: Handler<S>) -> Self {
        self.routes.insert(
            R::INFO.method,
            R::INFO.template,
            Route {
                info: R::INFO,
                call,
            },
        );
        self
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
                let inbound = Inbound {
                    head: Arc::clone(&head),
                    path,
                    body,
                    principal,
                };
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

/// A request that did not get to its handler.
#[derive(Debug)]
pub struct Refusal {
    rejection: Rejection,
    head: Arc<RequestHead>,
}

impl Refusal {
    /// Renders the rejection, as a handler would answer.
    pub fn answer<S: Guard>(self, service: &S) -> BoxFuture<'static, Response> {
        Box::pin(std::future::ready(reject(
            service,
            self.rejection,
            &self.head,
        )))
    }
}

impl<P> Inbound<P> {
    /// Reads the request of an operation that asks for a principal.
    pub fn required<R: Operation>(self) -> Result<(Caller<P>, R), Refusal> {
        let (request, head, principal) = self.read::<R>()?;
        if let Some(principal) = principal {
            return Ok((Caller::new(principal, head), request));
        }
        let detail = "security is required, and no alternative asks for a scheme".to_owned();
        Err(Refusal {
            rejection: Rejection::Internal { detail },
            head,
        })
    }

    /// Reads the request of an operation that takes a principal.
    pub fn optional<R: Operation>(self) -> Result<(Caller<Option<P>>, R), Refusal> {
        let (request, head, principal) = self.read::<R>()?;
        Ok((Caller::new(principal, head), request))
    }

    /// Reads the request of an operation that asks for nothing.
    pub fn open<R: Operation>(self) -> Result<(Caller<()>, R), Refusal> {
        let (request, head, _) = self.read::<R>()?;
        Ok((Caller::new((), head), request))
    }

    fn read<R: Operation>(self) -> Result<(R, Arc<RequestHead>, Option<P>), Refusal> {
        let mut reader = RequestReader::new(&self.head, &self.path, self.body.as_ref());
        match R::read(&mut reader) {
            Some(request) => Ok((request, self.head, self.principal)),
            None => Err(Refusal {
                rejection: reader.into_rejection(),
                head: Arc::clone(&self.head),
            }),
        }
    }
}

/// Renders what a handler returned.
pub fn respond<S: Guard, R: Responses>(
    service: &S,
    head: &RequestHead,
    outcome: Result<R, S::Error>,
) -> Response {
    let response = match outcome {
        Ok(response) => response,
        Err(error) => return error.into_failure(head),
    };
    let mut writer = ResponseWriter::default();
    response.write(&mut writer);
    writer
        .finish()
        .unwrap_or_else(|detail| reject(service, Rejection::Internal { detail }, head))
}

fn reject<S: Guard>(service: &S, rejection: Rejection, head: &RequestHead) -> Response {
    let required = rejection.headers();
    let mut response = service.refuse(rejection, head);
    for (name, value) in &required {
        response
            .headers_mut()
            .entry(name)
            .or_insert_with(|| value.clone());
    }
    response
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

/// Checks the `Accept` header against the documented successes; one without a body suits everyone.
fn acceptable(headers: &HeaderMap, responses: &'static [ResponseInfo]) -> Result<(), Rejection> {
    let Some(accept) = headers.get(ACCEPT).and_then(|accept| accept.to_str().ok()) else {
        return Ok(());
    };
    let successes = || responses.iter().filter(|info| info.statuses.0 < 400);
    let suits = |info: &ResponseInfo| info.media.is_none_or(|media| media::accepts(accept, media));
    if successes().next().is_none() || successes().any(suits) {
        return Ok(());
    }
    Err(Rejection::NotAcceptable {
        produced: successes().filter_map(|info| info.media).collect(),
    })
}

/// Checks the `Content-Type` header against the documented body.
fn expected(headers: &HeaderMap, body: BodyInfo) -> Result<(), Rejection> {
    let received = headers
        .get(CONTENT_TYPE)
        .map(|value| String::from_utf8_lossy(value.as_bytes()));
    if received
        .as_ref()
        .is_some_and(|received| media::matches(received, body.media))
    {
        return Ok(());
    }
    let received = received.map(std::borrow::Cow::into_owned);
    Err(Rejection::UnsupportedMediaType {
        received,
        accepted: body.media,
    })
}

/// Reads a body of at most `limit` bytes. A length that the client states can only shorten the way
/// to a refusal; what counts is what arrives.
async fn read_body(mut body: Body, headers: &HeaderMap, limit: usize) -> Result<Bytes, Rejection> {
    let stated = headers
        .get(CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if stated.is_some_and(|stated| u64::try_from(limit).is_ok_and(|limit| stated > limit)) {
        return Err(Rejection::BodyTooLarge { limit });
    }
    let mut whole = Bytes::new();
    let mut joined = BytesMut::new();
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let Ok(data) = frame.map_err(|_| Rejection::Unreadable)?.into_data() else {
            continue;
        };
        if whole.len() + joined.len() + data.len() > limit {
            return Err(Rejection::BodyTooLarge { limit });
        }
        if whole.is_empty() && joined.is_empty() {
            // Most bodies arrive in one piece, which is then not copied.
            whole = data;
            continue;
        }
        joined.extend_from_slice(&std::mem::take(&mut whole));
        joined.extend_from_slice(&data);
    }
    Ok(if joined.is_empty() {
        whole
    } else {
        joined.freeze()
    })
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
