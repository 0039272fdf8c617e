//! Items that travel one at a time: JSON lines and server-sent events.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use crate::support::byte_stream::{Pieces, poll_piece};
use crate::support::event::Event;
use crate::support::payload::Payload;
use crate::support::transport_error::TransportError;

/// JSON lines: `application/jsonl`, `application/x-ndjson` or `application/json-seq`.
pub type Lines<T> = ItemStream<T>;

/// Server-sent events, `text/event-stream`, with data of this type.
pub type Events<T> = ItemStream<Event<T>>;

/// A body of items that come one after the other, for as long as it takes.
///
/// One that is sent is made of a stream ([`new`](Self::new)) or an iterator (`collect`); one that was received is read with
/// [`next`](Self::next), or as a stream. Each item is bounded in size; what all of them come to is not.
pub struct ItemStream<T>(Mutex<Source<T>>);

enum Source<T> {
    Given(Pin<Box<dyn Stream<Item = T> + Send>>),
    Received(Received<T>),
    /// Sent, or read to its end.
    Gone,
}

struct Received<T> {
    payload: Payload,
    splitter: Box<dyn Splitter<T>>,
    /// Whether no more pieces come.
    ended: bool,
}

/// Tells where an item ends, and reads it.
pub(crate) trait Splitter<T>: Send {
    /// Takes the next piece of the body.
    fn push(&mut self, piece: Bytes);

    /// Returns the next item of what was taken so far; `ended` says that no more comes.
    fn next(&mut self, ended: bool) -> Option<Result<T, ItemError>>;
}

/// Why an item could not be read.
#[derive(Debug)]
#[non_exhaustive]
pub enum ItemError {
    /// The item is not what the document says; those after it can still be read.
    Decode {
        /// Where, as a JSON pointer.
        pointer: String,
        /// What is at fault.
        message: String,
        /// The item.
        text: String,
    },
    /// The item is longer than this many bytes; it is the last.
    TooLong {
        /// The most bytes that are read.
        limit: usize,
    },
    /// The body broke off.
    Transport(TransportError),
}

impl fmt::Display for ItemError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Decode {
                pointer, message, ..
            } if pointer.is_empty() => out.write_str(message),
            Self::Decode {
                pointer, message, ..
            } => write!(out, "#{pointer}: {message}"),
            Self::TooLong { limit } => write!(out, "an item is longer than {limit} bytes"),
            Self::Transport(error) => write!(out, "{error}"),
        }
    }
}

impl std::error::Error for ItemError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Transport(error) => Some(error),
            Self::Decode { .. } | Self::TooLong { .. } => None,
        }
    }
}

impl<T: Send + 'static> ItemStream<T> {
    /// The items that a stream gives, each sent as it comes.
    pub fn new(items: impl Stream<Item = T> + Send + 'static) -> Self {
        Self(Mutex::new(Source::Given(Box::pin(items))))
    }

    /// Items that are received.
    pub(crate) fn received(payload: Payload, splitter: Box<dyn Splitter<T>>) -> Self {
        Self(Mutex::new(Source::Received(Received {
            payload,
            splitter,
            ended: false,
        })))
    }

    /// Waits for the next item; `None` at the end.
    ///
    /// # Errors
    ///
    /// The item cannot be read. After one that is not what the document says, there may be others.
    pub async fn next(&mut self) -> Option<Result<T, ItemError>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Takes the items as a body, which can be done once; `frame` writes each.
    pub(crate) fn take(
        &self,
        frame: impl FnMut(T) -> Result<Bytes, TransportError> + Send + 'static,
    ) -> Option<Payload> {
        let mut source = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match std::mem::replace(&mut *source, Source::Gone) {
            Source::Gone => None,
            source => Some(Payload::streamed(Pieces(Box::pin(Framed {
                source,
                frame: Box::new(frame),
            })))),
        }
    }
}

impl<T> Source<T> {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, ItemError>>> {
        match self {
            Self::Given(items) => items.as_mut().poll_next(context).map(|item| item.map(Ok)),
            Self::Gone => Poll::Ready(None),
            Self::Received(received) => {
                let item = received.poll(context);
                if matches!(
                    item,
                    Poll::Ready(
                        None | Some(Err(ItemError::TooLong { .. } | ItemError::Transport(_)))
                    )
                ) {
                    *self = Self::Gone;
                }
                item
            }
        }
    }
}

impl<T> Received<T> {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, ItemError>>> {
        loop {
            if let Some(item) = self.splitter.next(self.ended) {
                return Poll::Ready(Some(item));
            }
            if self.ended {
                return Poll::Ready(None);
            }
            match poll_piece(&mut self.payload, context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => self.ended = true,
                Poll::Ready(Some(Ok(piece))) => self.splitter.push(piece),
                Poll::Ready(Some(Err(error))) => {
                    return Poll::Ready(Some(Err(ItemError::Transport(error))));
                }
            }
        }
    }
}

impl<T> Stream for ItemStream<T> {
    type Item = Result<T, ItemError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let source = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        source.poll(context)
    }
}

/// Items on their way to the wire.
struct Framed<T> {
    source: Source<T>,
    frame: Box<dyn FnMut(T) -> Result<Bytes, TransportError> + Send>,
}

impl<T> Stream for Framed<T> {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        this.source.poll(context).map(|item| {
            let framed = match item? {
                Ok(item) => (this.frame)(item),
                Err(error) => Err(TransportError::new(error)),
            };
            if framed.is_err() {
                this.source = Source::Gone;
            }
            Some(framed)
        })
    }
}

/// Gives the items of an iterator.
struct Iterated<I>(I);

impl<I: Iterator + Unpin> Stream for Iterated<I> {
    type Item = I::Item;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<I::Item>> {
        Poll::Ready(self.0.next())
    }
}

impl<T: Send + Unpin + 'static> FromIterator<T> for ItemStream<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let items: Vec<T> = items.into_iter().collect();
        Self::new(Iterated(items.into_iter()))
    }
}

impl<T> fmt::Debug for ItemStream<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let source = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        out.write_str(match &*source {
            Source::Given(_) => "ItemStream(to be sent)",
            Source::Received(_) => "ItemStream(received)",
            Source::Gone => "ItemStream(gone)",
        })
    }
}
