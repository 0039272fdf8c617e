//! Bytes that travel a piece at a time.

use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http_body::{Body, Frame, SizeHint};

use crate::support::payload::Payload;
use crate::support::transport_error::TransportError;

/// A body of bytes that is never held whole: it is read a piece at a time, and sent as its pieces come.
///
/// What is sent can be anything that [`new`](Self::new) or [`from_stream`](Self::from_stream) takes, or bytes as they
/// are. Of these alone a request can be sent again; pieces are gone once they are sent.
pub struct ByteStream(Mutex<Option<Payload>>);

impl ByteStream {
    /// A body of any kind.
    pub fn new<B>(body: B) -> Self
    where
        B: Body<Data = Bytes, Error: Into<Box<dyn StdError + Send + Sync>>> + Send + 'static,
    {
        Payload::streamed(body).into()
    }

    /// The pieces that a stream gives.
    pub fn from_stream<S, E>(pieces: S) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<Box<dyn StdError + Send + Sync>> + 'static,
    {
        Self::new(Pieces(Box::pin(pieces)))
    }

    /// Waits for the next piece; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<Bytes, TransportError>> {
        self.payload()?.next().await
    }

    /// Waits for all of them, `limit` bytes at most.
    ///
    /// # Errors
    ///
    /// If there are more, or the body breaks off.
    pub async fn whole(self, limit: usize) -> Result<Bytes, TransportError> {
        match self.into_payload() {
            Some(payload) => payload.whole(limit).await,
            None => Ok(Bytes::new()),
        }
    }

    /// Returns the body, unless it was sent.
    pub fn into_payload(self) -> Option<Payload> {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn payload(&mut self) -> Option<&mut Payload> {
        let payload = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        payload.as_mut()
    }

    /// Takes what is sent: bytes as often as is asked for, and pieces once.
    pub(crate) fn take(&self) -> Option<Payload> {
        let mut payload = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match payload.as_ref()?.try_clone() {
            Some(again) => Some(again),
            None => payload.take(),
        }
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(payload) = self.payload() else {
            return Poll::Ready(None);
        };
        poll_piece(payload, context)
    }
}

/// The next piece of a body; what follows it (trailers) is passed over.
pub(crate) fn poll_piece(
    payload: &mut Payload,
    context: &mut Context<'_>,
) -> Poll<Option<Result<Bytes, TransportError>>> {
    loop {
        return Poll::Ready(match Pin::new(&mut *payload).poll_frame(context) {
            Poll::Pending => return Poll::Pending,
            Poll::Ready(None) => None,
            Poll::Ready(Some(Err(error))) => Some(Err(error)),
            Poll::Ready(Some(Ok(frame))) => match frame.into_data() {
                Ok(data) => Some(Ok(data)),
                Err(_trailers) => continue,
            },
        });
    }
}

/// A stream of pieces as a body.
pub(crate) struct Pieces<S>(pub(crate) Pin<Box<S>>);

impl<S: Stream<Item = Result<Bytes, E>>, E> Body for Pieces<S> {
    type Data = Bytes;
    type Error = E;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, E>>> {
        let piece = self.0.as_mut().poll_next(context);
        piece.map(|piece| piece.map(|piece| piece.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::default()
    }
}

impl From<Payload> for ByteStream {
    fn from(payload: Payload) -> Self {
        Self(Mutex::new(Some(payload)))
    }
}

impl From<Bytes> for ByteStream {
    fn from(bytes: Bytes) -> Self {
        Payload::from(bytes).into()
    }
}

impl From<Vec<u8>> for ByteStream {
    fn from(bytes: Vec<u8>) -> Self {
        Payload::from(bytes).into()
    }
}

impl From<String> for ByteStream {
    fn from(text: String) -> Self {
        Payload::from(text).into()
    }
}

impl From<&'static str> for ByteStream {
    fn from(text: &'static str) -> Self {
        Payload::from(text).into()
    }
}

/// Shows how long the body is where that is known, and not what it holds.
impl fmt::Debug for ByteStream {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let payload = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &*payload {
            Some(payload) => write!(out, "ByteStream({payload:?})"),
            None => out.write_str("ByteStream(sent)"),
        }
    }
}
