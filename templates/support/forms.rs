//! Forms whose properties a table describes, and forms of parts: read from a message and written to one.

use bytes::Bytes;

use crate::support::body::{ReadBody, WriteBody};
use crate::support::codec::{Decode, Encode};
use crate::support::file_part::FilePart;
use crate::support::form_value::{Form, Pair, Spelling, Target, encoded};
use crate::support::media::{self, Media};
use crate::support::operation::BodyInfo;
use crate::support::params::{encode_component, query_pairs};
use crate::support::part_splitter::{Event, PartSplitter};
use crate::support::parts::{Encoded, Part};
use crate::support::plain::Fault;
use crate::support::read_parts::{allowed, pair};
use crate::support::rules::Check;
use crate::support::violation::Violation;
use crate::support::write_parts::PartsWriter;

/// The media type of a form of parts.
const MULTIPART: &str = "multipart/form-data";

/// Reads such a body; the methods are called by what tables name.
pub trait ReadForms: ReadBody {
    /// Reads a form whose properties are written as a table says.
    fn encoded<E: Encoded>(&mut self, media: Media) -> Option<E::Whole> {
        read(self, media, E::PARTS)
    }

    /// Reads a form of parts, without files.
    fn parts<T: Decode + Check>(&mut self, media: Media) -> Option<T> {
        read(self, media, &[])
    }
}

impl<R: ReadBody> ReadForms for R {}

fn read<R: ReadBody + ?Sized, T: Decode + Check>(
    reader: &mut R,
    media: Media,
    parts: &'static [Part],
) -> Option<T> {
    let bytes = reader.bytes(media)?;
    let received = reader.received().map(std::borrow::Cow::into_owned);
    let received = received.unwrap_or_else(|| media::written(media, media::FORM).to_owned());
    let pairs = if media::matches(&received, MULTIPART) {
        match split(&received, &bytes, parts) {
            Ok(Ok(pairs)) => pairs,
            Ok(Err(violations)) => return reader.violated(violations),
            Err(message) => return reader.malformed(message),
        }
    } else {
        let Ok(text) = std::str::from_utf8(&bytes) else {
            return reader.fail("must be UTF-8".to_owned());
        };
        let pair = |(name, text): (&str, &str)| Pair {
            name: name.to_owned(),
            text: text.to_owned(),
            json: false,
        };
        query_pairs(text).map(pair).collect()
    };
    let form = match Form::new(parts, T::TABLE.names, &pairs, &[]) {
        Ok(form) => form,
        Err(fault) => return reader.violated(crate::support::form::whole(&fault)),
    };
    if R::STRICT {
        match form.strict(Vec::new()) {
            Ok(value) => Some(value),
            Err(violations) => reader.violated(violations),
        }
    } else {
        match form.lenient() {
            Ok(value) => Some(value),
            Err(fault) => reader.fail(fault.to_string()),
        }
    }
}

/// The texts of a form of parts, or every violation; or why it is none.
fn split(
    media_type: &str,
    bytes: &Bytes,
    parts: &[Part],
) -> Result<Result<Vec<Pair>, Vec<Violation>>, String> {
    let mut splitter = PartSplitter::new(media_type)?;
    splitter.push(bytes);
    let (mut pairs, mut violations) = (Vec::new(), Vec::new());
    let mut open = None;
    loop {
        match splitter.next()? {
            None => return Err("it ends before its last boundary".to_owned()),
            Some(Event::End) => break,
            Some(Event::Head(head)) => open = Some((head, Vec::new())),
            Some(Event::Data(data)) => {
                if let Some((_, text)) = &mut open {
                    text.extend_from_slice(&data);
                }
            }
            Some(Event::Tail) => {
                let Some((head, text)) = open.take() else {
                    continue;
                };
                let part = parts.iter().find(|part| part.parameter.name == head.name);
                let read = allowed(&head.name, head.content_type.as_deref(), part)
                    .and_then(|()| pair(&head, &text, part));
                match read {
                    Ok(pair) => pairs.push(pair),
                    Err(violation) => violations.push(violation),
                }
            }
        }
    }
    Ok(if violations.is_empty() {
        Ok(pairs)
    } else {
        Err(violations)
    })
}

/// Writes such a body; the methods are called by what tables name.
pub trait WriteForms: WriteBody {
    /// Writes a form whose properties are written as a table says.
    fn encoded<E: Encoded>(&mut self, media: Media, body: &E::Whole) {
        self.check(body);
        write(self, media, E::PARTS, body);
    }

    /// Writes a form of parts, without files.
    fn parts<T: Encode + Check>(&mut self, media: Media, body: &T) {
        self.check(body);
        write(self, media, &[], body);
    }
}

impl<W: WriteBody> WriteForms for W {}

fn write<W: WriteBody + ?Sized, T: Encode>(
    writer: &mut W,
    media: Media,
    parts: &'static [Part],
    body: &T,
) {
    let media_type = media::written(media, media::FORM);
    let written = if media::matches(media_type, MULTIPART) {
        let mut target = PartsWriter::default();
        let media_type = target.media_type(media_type);
        let written = Spelling::new(parts, &mut target).whole(body);
        target.end();
        let bytes = target.into_payload().as_whole().cloned();
        written.map(|()| (bytes.unwrap_or_default(), media_type))
    } else {
        let mut target = Text(String::new());
        let written = Spelling::new(parts, &mut target).whole(body);
        written.map(|()| (target.0.into(), media_type.to_owned()))
    };
    match written {
        Ok((bytes, media_type)) => writer.put_as(bytes, &media_type),
        Err(fault) => writer.fail(format!("the body cannot be written: {fault}")),
    }
}

/// A form as text.
struct Text(String);

impl Target for Text {
    fn pair(&mut self, name: &str, text: &str) {
        for piece in [if self.0.is_empty() { "" } else { "&" }, name, "=", text] {
            self.0.push_str(piece);
        }
    }

    fn text(&mut self, name: &str, text: String, _: Option<&'static str>) {
        self.pair(&encoded(name), "");
        encode_component(&text, &mut self.0);
    }

    fn file(&mut self, _: &Part, _: FilePart) -> Result<(), Fault> {
        Err(Fault("a file is in a form of parts alone".to_owned()))
    }
}

impl BodyInfo {
    pub(crate) const fn encoded<E: Encoded>(self, media: Media) -> Self {
        self.of(media)
    }

    pub(crate) const fn parts(self, media: Media) -> Self {
        self.of(media)
    }
}
