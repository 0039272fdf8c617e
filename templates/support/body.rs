//! Bodies: read from bytes of a media type and written to them, of requests and responses alike.

use std::borrow::Cow;

use bytes::Bytes;

use crate::support::choice::Choice;
use crate::support::codec::{Decode, Encode};
use crate::support::content::Content;
use crate::support::form;
use crate::support::media::{self, Media};
use crate::support::payload::Payload;
use crate::support::read::to_vec;
use crate::support::rules::Check;
use crate::support::violation::Violation;

/// Reads a body; `None` if anything is at fault, which the reader then knows.
///
/// The methods are called by what tables name; where a table names no media type, it is JSON.
pub trait ReadBody {
    /// Whether it reads as a server does, see [`Cx`](crate::support::codec::Cx).
    const STRICT: bool;

    /// Returns the media type that came with the body.
    fn received(&self) -> Option<Cow<'_, str>>;

    /// Returns the bytes, if their media type is one of those in the document.
    fn bytes(&mut self, media: Media) -> Option<Bytes>;

    /// Returns the body to be read as it comes, if its media type is one of those in the document, and how large an
    /// item of it may be.
    fn payload(&mut self, media: Media) -> Option<(Payload, usize)>;

    /// Returns the bytes that came before what [`payload`](Self::payload) gives.
    fn peeked(&mut self) -> Bytes {
        Bytes::new()
    }

    /// Keeps why the body is not of the form that its media type asks for.
    fn malformed<T>(&mut self, message: String) -> Option<T> {
        self.fail(message)
    }

    /// Keeps what is at fault with the body as a whole.
    fn fail<T>(&mut self, message: String) -> Option<T>;

    /// Reads JSON.
    fn json<T: Decode + Check>(&mut self, media: Media) -> Option<T>;

    /// Keeps what is at fault with parts of the body.
    fn violated<T>(&mut self, violations: Vec<Violation>) -> Option<T>;

    /// Reads a form.
    fn form<T: Decode + Check>(&mut self, media: Media) -> Option<T> {
        let text = self.text(media)?;
        if Self::STRICT {
            return match form::strict(&text) {
                Ok(value) => Some(value),
                Err(violations) => self.violated(violations),
            };
        }
        match form::lenient(&text) {
            Ok(value) => Some(value),
            Err(fault) => self.fail(fault.to_string()),
        }
    }

    /// Reads a form, whose objects and lists may always have brackets.
    fn deep_form<T: Decode + Check>(&mut self, media: Media) -> Option<T> {
        self.form(media)
    }

    /// Reads text, which is UTF-8.
    fn text(&mut self, media: Media) -> Option<String> {
        let bytes = self.bytes(media)?;
        match std::str::from_utf8(&bytes) {
            Ok(text) => Some(text.to_owned()),
            Err(error) => self.fail(format!("must be UTF-8: {error}")),
        }
    }

    /// Reads bytes with their media type.
    fn content(&mut self, media: Media) -> Option<Content> {
        let bytes = self.bytes(media)?;
        let received = self.received().map(Cow::into_owned);
        let media_type = received.unwrap_or_else(|| media::written(media, media::BYTES).to_owned());
        Some(Content { media_type, bytes })
    }

    /// Reads the body that the media type chooses.
    fn choice<C: Choice>(&mut self, _: Media) -> Option<C>
    where
        Self: Sized,
    {
        let chosen = match self.received() {
            Some(received) => media::choose(&received, C::MEDIA),
            None => C::MEDIA.first().copied(),
        };
        match chosen {
            Some(chosen) => C::read(self, chosen),
            None => self.fail(format!("expected {}", C::MEDIA.join(" or "))),
        }
    }
}

/// Writes a body; what is at fault is kept by the writer.
pub trait WriteBody {
    /// Takes the bytes, of one of the media types that the document gives; none of them may be a range
    /// unless all are, and then `otherwise` is written.
    fn put(&mut self, bytes: Bytes, media: Media, otherwise: &'static str);

    /// Takes a body that is sent as it comes, as [`put`](Self::put) does bytes.
    fn put_payload(&mut self, payload: Payload, media: Media, otherwise: &'static str);

    /// Takes a body that is sent as it comes, of this media type.
    fn put_payload_as(&mut self, payload: Payload, media_type: &str);

    /// Takes the bytes, of this media type.
    fn put_as(&mut self, bytes: Bytes, media_type: &str);

    /// Keeps what is at fault.
    fn fail(&mut self, message: String);

    /// Holds the body against the document's constraints, where that is wanted.
    fn check<T: Check>(&mut self, _body: &T) {}

    /// Writes JSON.
    fn json<T: Encode + Check>(&mut self, media: Media, body: &T) {
        self.check(body);
        match to_vec(body) {
            Ok(bytes) => self.put(bytes.into(), media, media::JSON),
            Err(error) => self.fail(format!("the body cannot be written: {error}")),
        }
    }

    /// Writes a form, whose lists are repeated and whose objects are JSON.
    fn form<T: Encode + Check>(&mut self, media: Media, body: &T) {
        self.check(body);
        match form::write(body, false) {
            Ok(text) => self.put(text.into(), media, media::FORM),
            Err(fault) => self.fail(format!("the body cannot be written: {fault}")),
        }
    }

    /// Writes a form, whose lists and objects have brackets: `a[0]=1&b[c]=2`.
    fn deep_form<T: Encode + Check>(&mut self, media: Media, body: &T) {
        self.check(body);
        match form::write(body, true) {
            Ok(text) => self.put(text.into(), media, media::FORM),
            Err(fault) => self.fail(format!("the body cannot be written: {fault}")),
        }
    }

    /// Writes text.
    fn text(&mut self, media: Media, body: &str) {
        let bytes = Bytes::copy_from_slice(body.as_bytes());
        self.put(bytes, media, media::TEXT);
    }

    /// Writes bytes.
    fn bytes(&mut self, media: Media, body: &Bytes) {
        self.put(body.clone(), media, media::BYTES);
    }

    /// Writes bytes of the media type that they name.
    fn content(&mut self, media: Media, body: &Content) {
        if media::matches_any(&body.media_type, media) {
            self.put_as(body.bytes.clone(), &body.media_type);
        } else {
            let expected = media.join(" or ");
            self.fail(format!(
                "the body is {}, and not {expected}",
                body.media_type
            ));
        }
    }

    /// Writes the body of one of several media types.
    fn choice<C: Choice>(&mut self, _: Media, body: &C)
    where
        Self: Sized,
    {
        body.write(self);
    }
}
