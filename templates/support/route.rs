//! Routes: the functions that take a request, read, to a handler and write what it returns.

use std::ops::Range;
use std::sync::Arc;

use axum::response::Response;
use bytes::Bytes;

use crate::support::future::BoxFuture;
use crate::support::guard::Guard;
use crate::support::operation::OperationInfo;
use crate::support::read_request::RequestReader;
use crate::support::rejection::Rejection;
use crate::support::request_head::{Caller, RequestHead};
use crate::support::write_response::ResponseWriter;

/// An operation, and the function that answers it.
#[derive(Debug)]
pub struct Route<S: Guard> {
    /// The operation.
    pub info: &'static OperationInfo,
    /// Reads the request, calls the handler, and writes the response.
    pub call: Handler<S>,
}

/// See [`Route::call`].
pub type Handler<S> = fn(Arc<S>, Inbound<<S as Guard>::Principal>) -> BoxFuture<'static, Response>;

/// A request that is matched and let in, with its body.
#[derive(Debug)]
pub struct Inbound<P> {
    /// Reads the request.
    pub reader: RequestReader,
    principal: Option<P>,
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
            pub fn $add(self) -> Self {
                use $crate::support::operation::Operation;
                self $(.route(<$request as Operation>::INFO, |service, mut inbound| {
                    let Some(caller) = inbound.$mode() else {
                        return inbound.refuse(&*service);
                    };
                    let Some(request) = <$request as Operation>::read(&mut inbound.reader) else {
                        return inbound.refuse(&*service);
                    };
                    Box::pin(async move {
                        let head = std::sync::Arc::clone(&caller.head);
                        match <S as $tag>::$handler(&service, caller, request).await {
                            Ok(response) => {
                                let mut writer =
                                    $crate::support::write_response::ResponseWriter::default();
                                $crate::support::responses::Responses::write(&response, &mut writer);
                                $crate::support::route::finish(&*service, &head, writer)
                            }
                            Err(error) => {
                                $crate::support::rejection::IntoFailure::into_failure(error, &head)
                            }
                        }
                    })
                }))*
            }
        }
    };
}

pub(crate) use routes;

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
        }
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
pub fn finish<S: Guard>(service: &S, head: &RequestHead, writer: ResponseWriter) -> Response {
    match writer.finish(&head.headers) {
        Ok(response) => response,
        Err(detail) => reject(service, Rejection::Internal { detail }, head),
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
