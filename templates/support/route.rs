//! Routes: the functions that take a request, read, to a handler and write what it returns.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use axum::response::Response;
use bytes::Bytes;

use crate::support::endpoint::Settings;
use crate::support::future::BoxFuture;
use crate::support::guard::Guard;
use crate::support::operation::{Operation, OperationInfo};
use crate::support::payload::Payload;
use crate::support::read_request::RequestReader;
use crate::support::rejection::{IntoFailure, Rejection};
use crate::support::request_head::{Caller, RequestHead};
use crate::support::responses::Responses;
use crate::support::server::Server;
use crate::support::write_response::ResponseWriter;

/// An operation, and the function that answers it.
pub struct Route<S: Guard> {
    /// The operation.
    pub info: &'static OperationInfo,
    /// Reads the request, calls the handler, and writes the response.
    pub call: Call<S>,
    /// What holds for it.
    pub settings: Settings,
}

/// See [`Route::call`].
pub type Call<S> = Box<
    dyn Fn(Arc<S>, Inbound<<S as Guard>::Principal>) -> BoxFuture<'static, Response> + Send + Sync,
>;

/// A method of a service that answers the request `R` of a caller `C`.
pub type Handler<S, C, R, E> =
    fn(&S, Caller<C>, R) -> BoxFuture<'_, Result<<R as Operation>::Response, E>>;

impl<S: Guard> fmt::Debug for Route<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Route")
            .field("info", self.info)
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

/// A request that is matched and let in, with its body.
#[derive(Debug)]
pub struct Inbound<P> {
    /// Reads the request.
    pub reader: RequestReader,
    principal: Option<P>,
    checks_response: bool,
}

/// Adds the operations of a tag to [`Server`](crate::support::server::Server).
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
            pub fn $add(mut self) -> Self {
                $(self.$mode::<$request, _>(|service, caller, request| {
                    Box::pin(<S as $tag>::$handler(service, caller, request))
                });)*
                self
            }
        }
    };
}

pub(crate) use routes;

impl<S: Guard> Server<S> {
    /// Adds an operation that asks for a principal.
    pub(crate) fn required<R: Operation, E: IntoFailure + Send + 'static>(
        &mut self,
        handler: Handler<S, S::Principal, R, E>,
    ) {
        self.add(handler, Inbound::required);
    }

    /// Adds an operation that takes a principal.
    pub(crate) fn optional<R: Operation, E: IntoFailure + Send + 'static>(
        &mut self,
        handler: Handler<S, Option<S::Principal>, R, E>,
    ) {
        self.add(handler, Inbound::optional);
    }

    /// Adds an operation that asks for none.
    pub(crate) fn open<R: Operation, E: IntoFailure + Send + 'static>(
        &mut self,
        handler: Handler<S, (), R, E>,
    ) {
        self.add(handler, Inbound::open);
    }

    fn add<C: Send + 'static, R: Operation, E: IntoFailure + Send + 'static>(
        &mut self,
        handler: Handler<S, C, R, E>,
        caller: fn(&mut Inbound<S::Principal>) -> Option<Caller<C>>,
    ) {
        let call: Call<S> = Box::new(move |service, mut inbound| {
            let Some(caller) = caller(&mut inbound) else {
                return inbound.refuse(&*service);
            };
            let Some(request) = R::read(&mut inbound.reader) else {
                return inbound.refuse(&*service);
            };
            let mut writer = ResponseWriter::checking(inbound.checks_response);
            Box::pin(async move {
                let head = Arc::clone(&caller.head);
                match handler(&service, caller, request).await {
                    Ok(response) => {
                        response.write(&mut writer);
                        finish(&*service, &head, writer)
                    }
                    Err(error) => failed(&*service, &head, error.into_failure(&head)),
                }
            })
        });
        self.route(R::INFO, call);
    }
}

impl<P> Inbound<P> {
    /// A request with the ranges of its path parameters, its body, and the principal of its credential.
    pub fn new(
        head: Arc<RequestHead>,
        path: Vec<(&'static str, Range<usize>)>,
        body: Option<Bytes>,
        principal: Option<P>,
    ) -> Self {
        Self {
            reader: RequestReader::new(head, path, body),
            principal,
            checks_response: false,
        }
    }

    /// Holds the response against the document's constraints.
    pub fn checking(mut self, checks_response: bool) -> Self {
        self.checks_response = checks_response;
        self
    }

    /// The same request, whose body is read as it comes, items of at most `limit` bytes; `peeked` was read before.
    pub fn reading(mut self, peeked: Bytes, payload: Payload, limit: usize) -> Self {
        self.reader = self.reader.reading(peeked, payload, limit);
        self
    }

    /// Returns the caller of an operation that asks for a principal.
    pub fn required(&mut self) -> Option<Caller<P>> {
        let principal = self.principal.take();
        if principal.is_none() {
            let detail = "security is required, and no alternative asks for a scheme".to_owned();
            self.reader.reject(Rejection::Internal { detail });
        }
        Some(Caller::new(principal?, self.head()))
    }

    /// Returns the caller of an operation that takes a principal.
    #[allow(
        clippy::unnecessary_wraps,
        reason = "a route asks for its caller in one way"
    )]
    pub fn optional(&mut self) -> Option<Caller<Option<P>>> {
        Some(Caller::new(self.principal.take(), self.head()))
    }

    /// Returns the caller of an operation that asks for none.
    #[allow(
        clippy::unnecessary_wraps,
        reason = "a route asks for its caller in one way"
    )]
    pub fn open(&mut self) -> Option<Caller<()>> {
        Some(Caller::new((), self.head()))
    }

    /// Renders why the request did not get to its handler, as the handler would answer.
    pub fn refuse<S: Guard>(self, service: &S) -> BoxFuture<'static, Response> {
        let head = self.head();
        let response = reject(service, self.reader.into_rejection(), &head);
        Box::pin(std::future::ready(response))
    }

    fn head(&self) -> Arc<RequestHead> {
        Arc::clone(self.reader.head())
    }
}

/// Renders what a handler returned.
fn finish<S: Guard>(service: &S, head: &RequestHead, writer: ResponseWriter) -> Response {
    match writer.finish(&head.headers) {
        Ok(response) => response,
        Err(detail) => reject(service, Rejection::Internal { detail }, head),
    }
}

/// The response of a failure; where that is a rejection, the service renders it.
fn failed<S: Guard>(service: &S, head: &RequestHead, mut response: Response) -> Response {
    match response.extensions_mut().remove::<Rejection>() {
        Some(rejection) => reject(service, rejection, head),
        None => response,
    }
}

/// Renders a rejection, with the headers that its status asks for.
pub fn reject<S: Guard>(service: &S, rejection: Rejection, head: &RequestHead) -> Response {
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
