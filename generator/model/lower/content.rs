//! Content: the media types of a body, and how each is written.

use indexmap::IndexMap;

use crate::document::{MediaType, RefOr, Schema};

use super::super::operation::{Codec, Content};
use super::super::types::{Origin, Position, Shape, Use};
use super::Lower;

impl<'a> Lower<'a> {
    /// Every media type of a body, in document order.
    pub(super) fn contents(
        &mut self,
        written: &'a IndexMap<String, RefOr<MediaType>>,
        origin: &Origin,
    ) -> Vec<Content> {
        let mut contents = Vec::with_capacity(written.len());
        for (name, media) in written {
            let Some(media) = self.followed(media, |document, place| {
                document.components.media_type_at(place)
            }) else {
                continue;
            };
            contents.push(self.content(name, media, origin.clone()));
        }
        contents
    }

    fn content(&mut self, name: &str, media: &'a MediaType, origin: Origin) -> Content {
        let media_type = MediaName::new(name);
        let mut codec = media_type.codec();
        if matches!(codec, Codec::Lines | Codec::Events { .. }) {
            return self.items(name, codec, media, origin);
        }
        let is_request = matches!(origin, Origin::Operation(_, Position::RequestBody));
        if is_request
            && media_type.is_form_of_parts()
            && let Some(content) = self.form_of_parts(name, media, origin.clone())
        {
            return content;
        }
        let ty = match &media.schema {
            // Whatever a schema says of text or bytes, they are text or bytes.
            Some(schema) if matches!(codec, Codec::Json | Codec::Form { .. }) => {
                self.schema(schema, origin)
            }
            None if matches!(codec, Codec::Form { .. }) => {
                let any = self.synthetic(&media.place, origin.clone(), Shape::Any);
                self.synthetic(&media.place, origin, Shape::Map(any))
            }
            _ => {
                let shape = match codec {
                    Codec::Text => Shape::Text(None),
                    _ => Shape::Any,
                };
                self.synthetic(&media.place, origin, shape)
            }
        };
        if let Codec::Form { deep } = &mut codec {
            let mut encodings = media.encoding.values();
            *deep = encodings.any(|encoding| encoding.style.as_deref() == Some("deepObject"));
            if !self.is_structured(ty) {
                codec = Codec::Bytes;
            }
        }
        let mut parts = Vec::new();
        if is_request && matches!(codec, Codec::Form { .. }) {
            parts = self.encoded(media, ty);
            if !parts.is_empty() {
                codec = Codec::Encoded;
            }
        }
        // A range of everything is JSON where its schema has the shape of JSON.
        if media_type.is_any() && !self.is_structured(ty) {
            codec = Codec::Content;
        }
        Content {
            place: media.place.clone(),
            media_type: name.to_owned(),
            codec,
            ty,
            parts,
            examples: media.examples.clone(),
        }
    }

    /// A body of items. `itemSchema` says what each is; `schema` does too where it is no array, whatever it says of the whole.
    fn items(
        &mut self,
        name: &str,
        mut codec: Codec,
        media: &'a MediaType,
        origin: Origin,
    ) -> Content {
        let schema = media.item_schema.as_ref().or(media.schema.as_ref());
        let mut ty = match schema {
            Some(schema) => self.schema(schema, origin.clone()),
            None => self.synthetic(&media.place, origin.clone(), Shape::Any),
        };
        if let (None, Shape::Array(item)) = (&media.item_schema, self.shape_of(self.settled(ty).0))
        {
            ty = *item;
        }
        if let Codec::Events { text } = &mut codec {
            // What describes an event as a whole has a property for its data, a text that may be JSON.
            let event = media.item_schema.as_ref().filter(|_| self.is_event(ty));
            if let Some(event) = event {
                let data = self.json_of_event(event);
                *text = data.is_none();
                if let Some(data) = data {
                    ty = self.schema(data, origin);
                }
            } else {
                let shape = self.shape_of(self.settled(ty).0);
                *text = schema.is_none() || matches!(shape, Shape::Text(_));
            }
        }
        Content {
            place: media.place.clone(),
            media_type: name.to_owned(),
            codec,
            ty,
            parts: Vec::new(),
            examples: media.examples.clone(),
        }
    }

    /// Whether a type is that of an event, and not of its data.
    fn is_event(&self, ty: Use) -> bool {
        const FIELDS: [&str; 4] = ["data", "event", "id", "retry"];
        match self.shape_of(self.settled(ty).0) {
            Shape::Object(object) => {
                object.fields.contains_key("data")
                    && object
                        .fields
                        .keys()
                        .all(|name| FIELDS.contains(&name.as_str()))
            }
            Shape::Union(union) => {
                let mut variants = union.variants.iter();
                variants.any(|variant| match self.shape_of(self.settled(variant.ty).0) {
                    Shape::Object(object) => object.fields.contains_key("data"),
                    _ => false,
                })
            }
            _ => false,
        }
    }

    /// What is said of the JSON in an event's data.
    fn json_of_event(&self, event: &'a Schema) -> Option<&'a Schema> {
        let document = self.document;
        let follow = |schema: &'a Schema| match &schema.reference {
            Some(reference) => document.schema_at(&document.resolve(reference)?),
            None => Some(schema),
        };
        let data: &'a Schema = follow(event)?.properties.get("data")?;
        let data = follow(data)?;
        let rare: &'a _ = data.rare();
        let content = rare.content_media_type.as_deref()?;
        let is_json = matches!(MediaName::new(content).codec(), Codec::Json);
        rare.content_schema.as_ref().filter(|_| is_json)
    }

    /// Whether a type is more than a text or a value of any kind.
    pub(super) fn is_structured(&self, mut used: Use) -> bool {
        for _ in 0..self.types.len() {
            match self.shape_of(used.id) {
                Shape::Alias(next) => used = *next,
                Shape::Any | Shape::Text(_) => return false,
                _ => return true,
            }
        }
        false
    }
}

/// A media type or range without its parameters, in lower case.
pub(super) struct MediaName {
    kind: String,
    subtype: String,
}

/// What follows `application/` in the types of JSON texts that come one after the other.
const LINES: [&str; 7] = [
    "jsonl",
    "x-jsonl",
    "jsonlines",
    "x-jsonlines",
    "ndjson",
    "x-ndjson",
    "json-seq",
];

impl MediaName {
    pub(super) fn new(written: &str) -> Self {
        let essence = written.split(';').next().unwrap_or_default().trim();
        let (kind, subtype) = essence.split_once('/').unwrap_or((essence, ""));
        Self {
            kind: kind.to_ascii_lowercase(),
            subtype: subtype.to_ascii_lowercase(),
        }
    }

    fn is_form_of_parts(&self) -> bool {
        self.kind == "multipart" && self.subtype == "form-data"
    }

    fn is_any(&self) -> bool {
        self.kind == "*"
    }

    pub(super) fn codec(&self) -> Codec {
        let Self { kind, subtype } = self;
        let suffix = subtype.rsplit_once('+').map_or("", |(_, suffix)| suffix);
        match (kind.as_str(), subtype.as_str()) {
            (_, "octet-stream") => Codec::Stream,
            (_, "event-stream") => Codec::Events { text: false },
            (_, lines) if LINES.contains(&lines) || suffix == "json-seq" => Codec::Lines,
            ("*", _) | (_, "json") => Codec::Json,
            _ if suffix == "json" => Codec::Json,
            // XML says in its own text how that is encoded (RFC 7303).
            (_, "xml") => Codec::Bytes,
            _ if suffix == "xml" => Codec::Bytes,
            ("text", _) => Codec::Text,
            // The boundary between the parts is a parameter of the media type.
            (_, "x-www-form-urlencoded") => Codec::Form { deep: false },
            ("multipart", _) | (_, "*" | "") => Codec::Content,
            _ => Codec::Bytes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codecs() {
        for (written, codec) in [
            ("application/json", Codec::Json),
            ("APPLICATION/JSON; charset=utf-8", Codec::Json),
            ("text/json", Codec::Json),
            ("application/*+json", Codec::Json),
            ("application/problem+json; v=1", Codec::Json),
            ("*/*", Codec::Json),
            ("text/plain", Codec::Text),
            ("text/*", Codec::Text),
            ("text/html; charset=utf-8", Codec::Text),
            ("text/xml", Codec::Bytes),
            ("application/atom+xml", Codec::Bytes),
            ("application/octet-stream", Codec::Stream),
            ("text/event-stream", Codec::Events { text: false }),
            ("application/x-ndjson", Codec::Lines),
            ("application/jsonl; charset=utf-8", Codec::Lines),
            ("application/geo+json-seq", Codec::Lines),
            ("application/pdf", Codec::Bytes),
            ("image/*", Codec::Content),
            (
                "application/x-www-form-urlencoded",
                Codec::Form { deep: false },
            ),
            ("multipart/related", Codec::Content),
            ("", Codec::Content),
            ("pdf", Codec::Content),
        ] {
            assert_eq!(MediaName::new(written).codec(), codec, "{written}");
        }
    }
}
