//! Forms with files: read from a message and written to one.

use crate::support::body::{ReadBody, WriteBody};
use crate::support::media::{self, Media};
use crate::support::multipart::Multipart;
use crate::support::multipart_error::MultipartError;
use crate::support::operation::{BodyInfo, Peek};
use crate::support::part_splitter::{Event, PartSplitter};
use crate::support::parts::{FormPart, Part};

/// What a form with files is written as where its document gives a range of media types.
const MULTIPART: &str = "multipart/form-data";

/// Reads such a body; the method is called by what tables name.
pub trait ReadFiles: ReadBody {
    /// Reads a form with files.
    fn multipart<P: FormPart>(&mut self, media: Media) -> Option<Multipart<P>> {
        let first = self.peeked();
        let (payload, limit) = self.payload(media)?;
        let received = self.received().map(std::borrow::Cow::into_owned);
        match Multipart::begin(&received.unwrap_or_default(), &first, payload, limit) {
            Ok(form) => Some(form),
            Err(MultipartError::Invalid { violations }) => self.violated(violations),
            Err(MultipartError::Malformed { message }) => self.malformed(message),
            Err(error) => self.fail(error.to_string()),
        }
    }
}

impl<R: ReadBody> ReadFiles for R {}

/// Writes such a body; the method is called by what tables name.
pub trait WriteFiles: WriteBody {
    /// Writes a form with files.
    fn multipart<P: FormPart>(&mut self, media: Media, body: &Multipart<P>) {
        match body.take(media::written(media, MULTIPART)) {
            Some(Ok((media_type, payload))) => self.put_payload_as(payload, &media_type),
            Some(Err(fault)) => self.fail(format!("the body cannot be written: {fault}")),
            None => self.fail("the body was sent before, and its pieces are gone".to_owned()),
        }
    }
}

impl<W: WriteBody> WriteFiles for W {}

impl BodyInfo {
    pub(crate) const fn multipart<P: FormPart>(mut self, media: Media) -> Self {
        self.streamed = media;
        self.peek = Some(peek::<P>());
        self.of(media)
    }
}

/// Looks for the first file of a form.
pub(crate) const fn peek<P: FormPart>() -> Peek {
    Peek(|media_type| {
        let mut splitter = PartSplitter::new(media_type).ok();
        Box::new(move |piece| {
            let Some(splitter) = &mut splitter else {
                return true;
            };
            splitter.push(piece);
            loop {
                match splitter.next() {
                    Ok(None) => return false,
                    Ok(Some(Event::Head(head))) => {
                        let part = P::PARTS
                            .iter()
                            .find(|part| part.parameter.name == head.name);
                        let is_file = part.map_or(head.file_name.is_some(), Part::is_file);
                        if is_file {
                            return true;
                        }
                    }
                    Err(_) | Ok(Some(Event::End)) => return true,
                    Ok(Some(Event::Data(_) | Event::Tail)) => {}
                }
            }
        })
    })
}
