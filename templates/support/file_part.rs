//! Files: the parts of a form that are sent and read as they come.

use std::cell::RefCell;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http::HeaderMap;
use serde::{Deserializer, Serializer, de, ser};

use crate::support::byte_stream::{ByteStream, poll_piece};
use crate::support::codec::{Cx, Decode, Encode};
use crate::support::payload::Payload;
use crate::support::rules::Check;
use crate::support::transport_error::TransportError;

/// A file in a form: its name, its media type, and a body that is never held whole.
///
/// One that is sent is made of bytes, or of a [`ByteStream`], such as that of a file on disk. One that was received is read
/// with [`next`](Self::next), or as a stream. Copies share one body: a piece that one of them reads is gone for the others.
#[derive(Clone, Default)]
pub struct FilePart {
    /// The name that the sender gives it. It may be anything, so it is no path.
    pub file_name: Option<String>,
    /// Its media type; if there is none, the one of the document is sent.
    pub content_type: Option<String>,
    /// Its other headers.
    pub headers: HeaderMap,
    body: Arc<Mutex<Option<Payload>>>,
}

impl FilePart {
    /// A file of this name.
    pub fn new(file_name: impl Into<String>, body: impl Into<ByteStream>) -> Self {
        Self {
            file_name: Some(file_name.into()),
            ..Self::from(body.into())
        }
    }

    /// The same file, of this media type.
    #[must_use]
    pub fn of_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// Waits for the next piece; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<Bytes, TransportError>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Waits for all of it, `limit` bytes at most.
    ///
    /// # Errors
    ///
    /// If there are more, or the form breaks off.
    pub async fn whole(self, limit: usize) -> Result<Bytes, TransportError> {
        match self.take() {
            Some(body) => body.whole(limit).await,
            None => Ok(Bytes::new()),
        }
    }

    /// Returns the body.
    #[must_use]
    pub fn into_body(self) -> ByteStream {
        self.take().unwrap_or_default().into()
    }

    /// Takes what is sent: bytes as often as is asked for, and pieces once.
    pub(crate) fn take(&self) -> Option<Payload> {
        let mut body = self.body.lock().unwrap_or_else(PoisonError::into_inner);
        match body.as_ref()?.try_clone() {
            Some(again) => Some(again),
            None => body.take(),
        }
    }

    /// Takes the body to put another in its place.
    pub(crate) fn with_body(self, body: Payload) -> Self {
        Self {
            body: Arc::new(Mutex::new(Some(body))),
            ..self
        }
    }

    /// The body, if it is whole.
    fn bytes(&self) -> Option<Bytes> {
        let body = self.body.lock().unwrap_or_else(PoisonError::into_inner);
        body.as_ref()?.as_whole().cloned()
    }
}

impl Stream for FilePart {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut body = self.body.lock().unwrap_or_else(PoisonError::into_inner);
        match body.as_mut() {
            Some(payload) => poll_piece(payload, context),
            None => Poll::Ready(None),
        }
    }
}

impl From<ByteStream> for FilePart {
    fn from(body: ByteStream) -> Self {
        Self::default().with_body(body.into_payload().unwrap_or_default())
    }
}

impl From<Bytes> for FilePart {
    fn from(bytes: Bytes) -> Self {
        ByteStream::from(bytes).into()
    }
}

impl From<Vec<u8>> for FilePart {
    fn from(bytes: Vec<u8>) -> Self {
        ByteStream::from(bytes).into()
    }
}

/// Files are equal if all that is said of them is, and they have one body, or bodies of the same bytes.
impl PartialEq for FilePart {
    fn eq(&self, other: &Self) -> bool {
        self.file_name == other.file_name
            && self.content_type == other.content_type
            && self.headers == other.headers
            && (Arc::ptr_eq(&self.body, &other.body)
                || self.bytes().is_some_and(|own| other.bytes() == Some(own)))
    }
}

/// Shows how long the body is where that is known, and not what it holds.
impl fmt::Debug for FilePart {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = self.body.lock().unwrap_or_else(PoisonError::into_inner);
        out.debug_struct("FilePart")
            .field("file_name", &self.file_name)
            .field("content_type", &self.content_type)
            .field("body", &body)
            .finish_non_exhaustive()
    }
}

impl Check for FilePart {}

thread_local! {
    /// The files of the form that is being read or written. A value goes through serde as text, and files beside it.
    static DESK: RefCell<Option<Vec<FilePart>>> = const { RefCell::new(None) };
}

/// Puts back what was on the desk before.
struct Before(Option<Vec<FilePart>>);

impl Drop for Before {
    fn drop(&mut self) {
        let before = self.0.take();
        DESK.with(|desk| *desk.borrow_mut() = before);
    }
}

/// Runs `work` with these files on the desk, which it names by their index, and returns those that are there after it.
pub(crate) fn with_files<T>(files: Vec<FilePart>, work: impl FnOnce() -> T) -> (T, Vec<FilePart>) {
    let before = Before(DESK.with(|desk| desk.borrow_mut().replace(files)));
    let done = work();
    let files = DESK.with(|desk| desk.borrow_mut().take());
    drop(before);
    (done, files.unwrap_or_default())
}

struct IndexVisitor;

impl de::Visitor<'_> for IndexVisitor {
    type Value = FilePart;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a file")
    }

    fn visit_u64<E: de::Error>(self, index: u64) -> Result<FilePart, E> {
        let file = DESK.with(|desk| {
            let desk = desk.borrow();
            let index = usize::try_from(index).ok()?;
            desk.as_ref()?.get(index).cloned()
        });
        file.ok_or_else(|| E::custom("expected a file"))
    }
}

/// From a form alone: no other text has files.
impl Decode for FilePart {
    fn decode<'de, D: Deserializer<'de>>(source: D, _: Cx<'_>) -> Result<Self, D::Error> {
        source.deserialize_u64(IndexVisitor)
    }
}

/// Into a form alone: no other text has files.
impl Encode for FilePart {
    fn encode<S: Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
        let index = DESK.with(|desk| {
            let mut desk = desk.borrow_mut();
            let files = desk.as_mut()?;
            files.push(self.clone());
            u64::try_from(files.len() - 1).ok()
        });
        match index {
            Some(index) => target.serialize_u64(index),
            None => Err(ser::Error::custom("a file can be sent in a form alone")),
        }
    }
}
