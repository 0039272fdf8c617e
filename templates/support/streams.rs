//! Bodies that travel a piece at a time: read from a message and written to one.

use bytes::{BufMut, BytesMut};

use crate::support::body::{ReadBody, WriteBody};
use crate::support::byte_stream::ByteStream;
use crate::support::codec::{Decode, Encode};
use crate::support::event::EventSplitter;
use crate::support::items::{Events, ItemError, ItemStream, Lines};
use crate::support::json_lines::{LineSplitter, RECORD, is_sequence};
use crate::support::media::{self, Media};
use crate::support::payload::Payload;
use crate::support::read::{ReadError, from_slice, read_json, to_vec};
use crate::support::rules::Check;
use crate::support::transport_error::TransportError;

/// Reads such a body; the methods are called by what tables name.
pub trait ReadStreams: ReadBody {
    /// Reads bytes.
    fn stream(&mut self, media: Media) -> Option<ByteStream> {
        self.payload(media).map(|(payload, _)| payload.into())
    }

    /// Reads JSON texts, one at a time.
    fn lines<T: Decode + Check + Send + 'static>(&mut self, media: Media) -> Option<Lines<T>> {
        let (payload, limit) = self.payload(media)?;
        let received = self.received();
        let media_type = received.as_deref().or(media.first().copied());
        let splitter = LineSplitter::new(media_type.unwrap_or_default(), limit, item::<Self, T>);
        Some(ItemStream::received(payload, Box::new(splitter)))
    }

    /// Reads events whose data is JSON.
    fn events<T: Decode + Check + Send + 'static>(&mut self, media: Media) -> Option<Events<T>> {
        let (payload, limit) = self.payload(media)?;
        let splitter = EventSplitter::new(limit, |data| item::<Self, T>(data.as_bytes()));
        Some(ItemStream::received(payload, Box::new(splitter)))
    }

    /// Reads events whose data is text.
    fn text_events(&mut self, media: Media) -> Option<Events<String>> {
        let (payload, limit) = self.payload(media)?;
        Some(ItemStream::received(
            payload,
            Box::new(EventSplitter::new(limit, Ok)),
        ))
    }
}

impl<R: ReadBody> ReadStreams for R {}

/// Reads one item, strictly where the reader is.
fn item<R: ReadBody + ?Sized, T: Decode + Check>(text: &[u8]) -> Result<T, ItemError> {
    let fault = |pointer: String, message: String| ItemError::Decode {
        pointer,
        message,
        text: String::from_utf8_lossy(text).into_owned(),
    };
    if !R::STRICT {
        return from_slice(text).map_err(|error| fault(error.pointer, error.message));
    }
    read_json(text).map_err(|error| match error {
        ReadError::Syntax { message, .. } => fault(String::new(), message),
        ReadError::Invalid(violations) => {
            let first = violations.into_iter().next();
            first.map_or_else(
                || fault(String::new(), "is invalid".to_owned()),
                |first| fault(first.pointer, first.message),
            )
        }
    })
}

/// Writes such a body; the methods are called by what tables name.
pub trait WriteStreams: WriteBody {
    /// Writes bytes.
    fn stream(&mut self, media: Media, body: &ByteStream) {
        self.send(body.take(), media, media::BYTES);
    }

    /// Writes JSON texts, one at a time.
    fn lines<T: Encode + Send + 'static>(&mut self, media: Media, body: &Lines<T>) {
        let record = is_sequence(media::written(media, media::JSON_LINES));
        let frame = move |item: T| {
            let text = to_vec(&item).map_err(TransportError::new)?;
            let mut line = BytesMut::with_capacity(text.len() + 2);
            if record {
                line.put_u8(RECORD);
            }
            line.extend_from_slice(&text);
            line.put_u8(b'\n');
            Ok(line.freeze())
        };
        self.send(body.take(frame), media, media::JSON_LINES);
    }

    /// Writes events whose data is JSON.
    fn events<T: Encode + Send + 'static>(&mut self, media: Media, body: &Events<T>) {
        let payload = body.take(|event| {
            let data = to_vec(&event.data).map_err(TransportError::new)?;
            event.frame(&String::from_utf8_lossy(&data))
        });
        self.send(payload, media, media::EVENTS);
    }

    /// Writes events whose data is text.
    fn text_events(&mut self, media: Media, body: &Events<String>) {
        let payload = body.take(|mut event| {
            let data = std::mem::take(&mut event.data);
            event.frame(&data)
        });
        self.send(payload, media, media::EVENTS);
    }

    /// Takes a body, unless it was taken before.
    fn send(&mut self, payload: Option<Payload>, media: Media, otherwise: &'static str) {
        match payload {
            Some(payload) => self.put_payload(payload, media, otherwise),
            None => self.fail("the body was sent before, and its pieces are gone".to_owned()),
        }
    }
}

impl<W: WriteBody> WriteStreams for W {}
