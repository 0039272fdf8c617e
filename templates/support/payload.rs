//! A body on its way: whole, or a piece at a time.

use std::error::Error as StdError;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use http_body::{Body, Frame, SizeHint};

use crate::support::transport_error::TransportError;

/// The body of a request or a response as a transport carries it: whole, or a piece at a time.
///
/// It is an [`http_body::Body`], so what speaks that language takes it as it is.
#[derive(Default)]
pub struct Payload(Inner);

enum Inner {
    Whole(Bytes),
    /// The lock makes it `Sync`; who has it to itself does not take it.
    Streamed(Mutex<Pin<Box<dyn Pieces>>>),
}

impl Default for Inner {
    fn default() -> Self {
        Self::Whole(Bytes::new())
    }
}

/// A body of any kind, its errors aside.
trait Pieces: Send {
    fn poll(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>>;
    fn is_at_end(&self) -> bool;
    fn remaining(&self) -> SizeHint;
}

impl<B> Pieces for B
where
    B: Body<Data = Bytes, Error: Into<Box<dyn StdError + Send + Sync>>> + Send,
{
    fn poll(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let frame = self.poll_frame(context);
        frame.map(|frame| frame.map(|frame| frame.map_err(TransportError::of)))
    }

    fn is_at_end(&self) -> bool {
        self.is_end_stream()
    }

    fn remaining(&self) -> SizeHint {
        self.size_hint()
    }
}

impl Payload {
    /// A body that comes a piece at a time.
    pub fn streamed<B>(body: B) -> Self
    where
        B: Body<Data = Bytes, Error: Into<Box<dyn StdError + Send + Sync>>> + Send + 'static,
    {
        Self(Inner::Streamed(Mutex::new(Box::pin(body))))
    }

    /// Returns the bytes, if the body is whole.
    #[must_use]
    pub fn as_whole(&self) -> Option<&Bytes> {
        match &self.0 {
            Inner::Whole(bytes) => Some(bytes),
            Inner::Streamed(_) => None,
        }
    }

    /// Returns the same body once more, if it is whole: what is streamed can be sent once.
    #[must_use]
    pub fn try_clone(&self) -> Option<Self> {
        self.as_whole().cloned().map(Self::from)
    }

    /// Waits for the next piece of the body; `None` at its end. What follows the body (trailers) is
    /// passed over.
    pub async fn next(&mut self) -> Option<Result<Bytes, TransportError>> {
        loop {
            let frame = poll_fn(|context| Pin::new(&mut *self).poll_frame(context)).await?;
            match frame.map(Frame::into_data) {
                Ok(Ok(data)) => return Some(Ok(data)),
                Ok(Err(_trailers)) => {}
                Err(error) => return Some(Err(error)),
            }
        }
    }

    /// Waits for all of the body, of which at most `limit` bytes are read.
    ///
    /// # Errors
    ///
    /// If the body is longer, or breaks off.
    pub async fn whole(mut self, limit: usize) -> Result<Bytes, TransportError> {
        let mut first = Bytes::new();
        let mut joined = BytesMut::new();
        while let Some(piece) = self.next().await {
            let piece = piece?;
            if first.len() + joined.len() + piece.len() > limit {
                return Err(TransportError::new(format!(
                    "the body is longer than {limit} bytes"
                )));
            }
            if first.is_empty() && joined.is_empty() {
                // Most bodies arrive in one piece, which is then not copied.
                first = piece;
                continue;
            }
            joined.extend_from_slice(&std::mem::take(&mut first));
            joined.extend_from_slice(&piece);
        }
        Ok(if joined.is_empty() {
            first
        } else {
            joined.freeze()
        })
    }
}

fn lock<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Body for Payload {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        match &mut self.0 {
            Inner::Whole(bytes) if bytes.is_empty() => Poll::Ready(None),
            Inner::Whole(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Inner::Streamed(body) => {
                let body = body.get_mut().unwrap_or_else(PoisonError::into_inner);
                body.as_mut().poll(context)
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            Inner::Whole(bytes) => bytes.is_empty(),
            Inner::Streamed(body) => lock(body).is_at_end(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Inner::Whole(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Inner::Streamed(body) => lock(body).remaining(),
        }
    }
}

impl From<Bytes> for Payload {
    fn from(bytes: Bytes) -> Self {
        Self(Inner::Whole(bytes))
    }
}

impl From<Vec<u8>> for Payload {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<String> for Payload {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static str> for Payload {
    fn from(text: &'static str) -> Self {
        Bytes::from_static(text.as_bytes()).into()
    }
}

/// Shows how long the body is, and not what it holds.
impl fmt::Debug for Payload {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let length = self.size_hint().exact();
        match (&self.0, length) {
            (Inner::Whole(bytes), _) => write!(out, "Payload({} bytes)", bytes.len()),
            (Inner::Streamed(_), Some(length)) => write!(out, "Payload({length} bytes, streamed)"),
            (Inner::Streamed(_), None) => write!(out, "Payload(streamed)"),
        }
    }
}
