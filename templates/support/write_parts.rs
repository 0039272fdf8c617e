//! Writes the parts of a form (RFC 7578), files as they come.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::HeaderMap;
use http_body::{Body, Frame, SizeHint};

use crate::support::file_part::FilePart;
use crate::support::form_value::Target;
use crate::support::media;
use crate::support::params::decode_query;
use crate::support::part_head::{PartHead, fresh_boundary};
use crate::support::parts::Part;
use crate::support::payload::Payload;
use crate::support::plain::Fault;
use crate::support::transport_error::TransportError;

/// Parts on their way to the wire.
#[derive(Debug)]
pub(crate) struct PartsWriter {
    boundary: String,
    /// What is written so far and no file.
    written: Vec<u8>,
    queue: VecDeque<Payload>,
}

impl Default for PartsWriter {
    fn default() -> Self {
        Self {
            boundary: fresh_boundary(),
            written: Vec::new(),
            queue: VecDeque::new(),
        }
    }
}

impl PartsWriter {
    /// The media type of the whole, of which the document says `documented`.
    pub(crate) fn media_type(&self, documented: &str) -> String {
        format!("{}; boundary={}", media::essence(documented), self.boundary)
    }

    /// Ends the form.
    pub(crate) fn end(&mut self) {
        let end = format!("--{}--\r\n", self.boundary);
        self.written.extend_from_slice(end.as_bytes());
    }

    /// Returns what was written.
    pub(crate) fn into_payload(mut self) -> Payload {
        self.flush();
        let mut whole = Vec::new();
        for piece in &self.queue {
            match piece.as_whole() {
                Some(bytes) => whole.extend_from_slice(bytes),
                None => return Payload::streamed(Joined(self.queue)),
            }
        }
        whole.into()
    }

    /// Takes what was written since this was called last.
    pub(crate) fn take(&mut self) -> VecDeque<Payload> {
        self.flush();
        std::mem::take(&mut self.queue)
    }

    fn flush(&mut self) {
        if !self.written.is_empty() {
            self.queue
                .push_back(std::mem::take(&mut self.written).into());
        }
    }

    fn head(&mut self, name: &str, media_type: Option<&str>) {
        let head = PartHead {
            name: name.to_owned(),
            file_name: None,
            content_type: media_type.map(str::to_owned),
            headers: HeaderMap::new(),
        };
        head.write(&self.boundary, &mut self.written);
    }
}

impl Target for PartsWriter {
    /// Nothing is percent-encoded in a part.
    fn pair(&mut self, name: &str, text: &str) {
        let plain = |text: &str| {
            decode_query(text)
                .map(std::borrow::Cow::into_owned)
                .unwrap_or_default()
        };
        self.text(&plain(name), plain(text), None);
    }

    fn text(&mut self, name: &str, text: String, media_type: Option<&'static str>) {
        self.head(name, media_type);
        self.written.extend_from_slice(text.as_bytes());
        self.written.extend_from_slice(b"\r\n");
    }

    fn file(&mut self, part: &Part, file: FilePart) -> Result<(), Fault> {
        let body = file.take();
        let body = body
            .ok_or_else(|| Fault("a file was sent before, and its pieces are gone".to_owned()))?;
        let usual = || media::written(part.media, media::BYTES).to_owned();
        let head = PartHead {
            name: part.parameter.name.to_owned(),
            content_type: Some(file.content_type.unwrap_or_else(usual)),
            file_name: file.file_name,
            headers: file.headers,
        };
        head.write(&self.boundary, &mut self.written);
        self.flush();
        self.queue.push_back(body);
        self.written.extend_from_slice(b"\r\n");
        Ok(())
    }
}

/// Pieces one after the other.
struct Joined(VecDeque<Payload>);

impl Body for Joined {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        poll_queue(&mut self.0, context)
    }

    fn size_hint(&self) -> SizeHint {
        let sizes = self.0.iter().map(|piece| piece.size_hint().exact());
        let sum = sizes
            .into_iter()
            .try_fold(0_u64, |sum, size| sum.checked_add(size?));
        sum.map(SizeHint::with_exact).unwrap_or_default()
    }
}

/// The next frame of the first of these that has one.
pub(crate) fn poll_queue(
    queue: &mut VecDeque<Payload>,
    context: &mut Context<'_>,
) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
    while let Some(first) = queue.front_mut() {
        match Pin::new(first).poll_frame(context) {
            Poll::Ready(None) => {
                queue.pop_front();
            }
            Poll::Ready(Some(Ok(frame))) if frame.is_trailers() => {}
            frame => return frame,
        }
    }
    Poll::Ready(None)
}
