//! The pages of a list, one call after another.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use http::request::Parts;
use http::{Request, Response};

use crate::support::call::{Call, Replied, Succeeds, read};
use crate::support::client::Client;
use crate::support::error::{BuildError, Error};
use crate::support::exchange::{Lost, Options};
use crate::support::future::BoxFuture;
use crate::support::operation::Operation;
use crate::support::paging::Paging;
use crate::support::payload::Payload;

/// The pages of a list: a [`Stream`] of replies, each asked for when it is polled for. It ends after the last page, and
/// after the first error.
#[must_use = "pages are not asked for until they are polled for"]
pub struct Pages<R> {
    client: Client,
    options: Options,
    paging: Paging,
    state: State,
    request: std::marker::PhantomData<fn() -> R>,
}

enum State {
    /// The next page has to be asked for.
    Next(Box<(Parts, Payload)>),
    /// A page is asked for.
    Asked(BoxFuture<'static, Asked>),
    /// The next page cannot be asked for.
    Fault(BuildError),
    Done,
}

/// A request, and what came of it.
type Asked = (Parts, Option<Payload>, Result<Response<Payload>, Lost>);

/// An operation that gives a list in pages.
pub trait Paged: Succeeds {
    /// How one page leads to the next.
    const PAGING: Paging;
}

impl<R: Paged> Call<'_, R> {
    /// Sends the call for its page and for all that follow it, as they are polled for.
    pub fn pages(self) -> Pages<R> {
        let state = match self.write() {
            Ok(request) => {
                let (parts, body) = request.into_parts();
                State::Next(Box::new((parts, body)))
            }
            Err(error) => State::Fault(error),
        };
        Pages {
            client: self.client.clone(),
            options: self.options,
            paging: R::PAGING,
            state,
            request: std::marker::PhantomData,
        }
    }

    /// Sends the call for its page and for all that follow it, and gives what `items` takes out of each.
    pub fn items<I, F>(self, items: F) -> Items<R, I, F>
    where
        I: IntoIterator,
        F: FnMut(R::Body) -> I,
    {
        Items {
            pages: self.pages(),
            take: items,
            page: None,
        }
    }
}

impl<R: Paged> Stream for Pages<R> {
    type Item = Replied<R>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Replied<R>>> {
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return Poll::Ready(None),
                State::Fault(error) => return Poll::Ready(Some(Err(Error::Build(error)))),
                State::Next(next) => {
                    let (client, options) = (self.client.clone(), self.options.clone());
                    self.state = State::Asked(Box::pin(ask::<R>(client, options, next)));
                }
                State::Asked(mut asked) => {
                    let Poll::Ready((parts, body, outcome)) = asked.as_mut().poll(context) else {
                        self.state = State::Asked(asked);
                        return Poll::Pending;
                    };
                    let response = match outcome {
                        Ok(response) => response,
                        Err(lost) => return Poll::Ready(Some(Err(Error::lost(lost)))),
                    };
                    let next = body.and_then(|body| self.paging.next(parts, &body, &response));
                    let reply = read::<R>(response, &self.client, self.options.hints);
                    self.state = match next {
                        _ if reply.is_err() => State::Done,
                        Some(Ok(next)) => State::Next(Box::new(next)),
                        Some(Err(fault)) => State::Fault(fault),
                        None => State::Done,
                    };
                    return Poll::Ready(Some(reply));
                }
            }
        }
    }
}

async fn ask<R: Operation>(client: Client, options: Options, next: Box<(Parts, Payload)>) -> Asked {
    let (parts, body) = *next;
    let (kept, again) = (parts.clone(), body.try_clone());
    let request = Request::from_parts(parts, body);
    let outcome = client.exchange(R::INFO, request, &options).await;
    (kept, again, outcome)
}

impl<R> fmt::Debug for Pages<R> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Pages")
            .field("paging", &self.paging)
            .finish_non_exhaustive()
    }
}

/// The items of all pages: a [`Stream`] that ends after the last page, and after the first error.
#[must_use = "pages are not asked for until they are polled for"]
pub struct Items<R, I: IntoIterator, F> {
    pages: Pages<R>,
    take: F,
    page: Option<I::IntoIter>,
}

impl<R, I, F> Stream for Items<R, I, F>
where
    R: Paged,
    I: IntoIterator<IntoIter: Unpin>,
    F: FnMut(R::Body) -> I + Unpin,
{
    type Item = Result<I::Item, Error<R::Failure>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.page.as_mut().and_then(Iterator::next) {
                return Poll::Ready(Some(Ok(item)));
            }
            self.page = None;
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(reply)) => {
                    let page = (self.take)(reply.body);
                    self.page = Some(page.into_iter());
                }
            }
        }
    }
}

impl<R, I: IntoIterator, F> fmt::Debug for Items<R, I, F> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pages.fmt(out)
    }
}
