//! How parameters and headers are put into text, and the types of their values.

use indexmap::IndexMap;

use crate::diag::{Code, Diagnostic, Place};
use crate::document::{Examples, MediaType, RefOr, Schema};

use super::super::parameter::{Location, Style, Writing};
use super::super::types::{Origin, Role, Shape, Use};
use super::Lower;

/// What a parameter or header says of its value.
pub(super) struct Said<'a> {
    pub(super) place: &'a Place,
    pub(super) name: &'a str,
    pub(super) location: Location,
    /// Whether it is the whole query.
    pub(super) whole: bool,
    pub(super) style: Option<&'a str>,
    pub(super) explode: Option<bool>,
    pub(super) reserved: bool,
    pub(super) schema: Option<&'a Schema>,
    pub(super) content: &'a IndexMap<String, RefOr<MediaType>>,
}

impl<'a> Lower<'a> {
    /// The type of a value that travels as text, and how it is put into it.
    pub(super) fn value(&mut self, said: &Said<'a>, origin: Origin) -> (Use, Writing) {
        let writing = self.writing(said);
        if let Some(schema) = said.schema {
            return (self.schema(schema, origin), writing);
        }
        let text = || Shape::Text(None);
        let Some((name, media)) = said.content.first() else {
            return (self.synthetic(said.place, origin, text()), writing);
        };
        let media = self.followed(media, |document, place| {
            document.components.media_type_at(place)
        });
        let kind = kind(name);
        let style = match (kind, said.whole) {
            (Kind::Json, false) => Style::Json,
            (Kind::Json, true) => Style::WholeJson,
            (Kind::Form, true) => Style::WholeForm,
            (_, true) => Style::WholeText,
            (_, false) => writing.style,
        };
        let schema = media.and_then(|media| media.schema.as_ref());
        let ty = match schema {
            Some(schema) if kind == Kind::Json || style == Style::WholeForm => {
                self.schema(schema, origin)
            }
            None if kind == Kind::Json => self.synthetic(said.place, origin, Shape::Any),
            None if style == Style::WholeForm => {
                let any = self.synthetic(said.place, origin.clone(), Shape::Any);
                self.synthetic(said.place, origin, Shape::Map(any))
            }
            _ => self.synthetic(said.place, origin, text()),
        };
        (ty, Writing::of(style))
    }

    /// What is shown of a value: by its parameter or header, or else by its content.
    pub(super) fn examples(
        &mut self,
        own: &Examples,
        content: &'a IndexMap<String, RefOr<MediaType>>,
    ) -> Examples {
        let media = match content.first() {
            Some((_, media)) if own.0.is_empty() => self.followed(media, |document, place| {
                document.components.media_type_at(place)
            }),
            _ => None,
        };
        media.map_or(own, |media| &media.examples).clone()
    }

    fn writing(&mut self, said: &Said<'a>) -> Writing {
        let usual = Style::usual(said.location);
        let style = match said.style {
            None => usual,
            Some(name) => Style::named(name, said.location).unwrap_or_else(|| {
                let place = said.location.as_str();
                self.sink.push(
                    Diagnostic::new(
                        Code::INVALID_VALUE,
                        said.place.child("style"),
                        format!("`{}` has the style `{name}`, which a {place} does not have; the usual one is taken", said.name),
                    )
                    .help("see \"Style Values\" of the specification for the styles of each location"),
                );
                usual
            }),
        };
        let mut writing = Writing {
            reserved: said.reserved,
            ..Writing::of(style)
        };
        writing.explode = said.explode.unwrap_or(writing.explode);
        // Exploded, these two say the same as `form` (OpenAPI 3.0.4, Parameter Object).
        if writing.explode && matches!(style, Style::SpaceDelimited | Style::PipeDelimited) {
            writing.style = Style::Form;
        }
        writing
    }

    /// `Set-Cookie` is the one header whose lines cannot be joined: a list of what it says.
    pub(super) fn lines(&mut self, place: &Place, used: Use, origin: Origin) -> Use {
        let (id, _) = self.settled(used);
        if matches!(self.shape_of(id), Shape::Array(_)) {
            return used;
        }
        let list = self.synthetic(place, origin, Shape::Any);
        let item = if matches!(self.shape_of(id), Shape::Text(_) | Shape::Enum(_)) {
            used
        } else {
            self.synthetic(
                place,
                Origin::Inside(list.id, Role::Item),
                Shape::Text(None),
            )
        };
        self.ty(list.id).shape = Shape::Array(item);
        list
    }
}

/// What becomes of a media type that a parameter names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Json,
    Form,
    Text,
}

fn kind(media_type: &str) -> Kind {
    let essence = media_type.split(';').next().unwrap_or_default();
    match essence.trim().to_ascii_lowercase().as_str() {
        "application/json" => Kind::Json,
        "application/x-www-form-urlencoded" => Kind::Form,
        other if other.ends_with("+json") => Kind::Json,
        _ => Kind::Text,
    }
}
