//! Forms: which of their properties are files, and how the others are written.

use crate::document::{Encoding, MediaType, Schema};

use super::super::Constraints;
use super::super::operation::{Codec, Content, FormPart, PartKind};
use super::super::parameter::{Location, Style, Writing};
use super::super::types::{Extra, Field, Object, Origin, Role, Shape, TypeId, Use};
use super::Lower;
use super::content::MediaName;

/// Schemas that are looked at for whether one of them is a file.
const MAX_LOOKS: usize = 32;

impl<'a> Lower<'a> {
    /// A form of parts whose schema is an object; others are bytes.
    pub(super) fn form_of_parts(
        &mut self,
        name: &str,
        media: &'a MediaType,
        origin: Origin,
    ) -> Option<Content> {
        let used = self.schema(media.schema.as_ref()?, origin.clone());
        let (id, _) = self.settled(used);
        let Shape::Object(object) = self.shape_of(id) else {
            return None;
        };
        let object = object.clone();
        let mut parts: Vec<FormPart> = Vec::new();
        for (name, field) in &object.fields {
            let encoding = media.encoding.get(name);
            let kind = self.part_kind(field, encoding);
            let writing = self.writing_of_part(field.ty, kind, encoding, true);
            let spread = self.spread(field.ty, encoding);
            let mut part = FormPart {
                name: name.clone(),
                kind,
                writing,
                spread,
                media_types: Vec::new(),
            };
            part.settle();
            // What has a style has no media type of its own.
            if !part.is_styled() || writing.style == Style::Json {
                part.media_types = media_types(encoding);
            }
            parts.push(part);
        }
        let is_file = |part: &FormPart| matches!(part.kind, PartKind::File | PartKind::Files);
        let files = parts.iter().any(is_file);
        let mut ty = used;
        if files {
            ty = self.with_files(id, object, &parts, media, origin);
        } else if parts
            .iter()
            .all(|part| part.media_types.is_empty() && !part.has_style())
        {
            parts.clear();
        }
        Some(Content {
            place: media.place.clone(),
            media_type: name.to_owned(),
            codec: if files || parts.is_empty() {
                Codec::Parts { files }
            } else {
                Codec::Encoded
            },
            ty,
            parts,
            examples: media.examples.clone(),
        })
    }

    /// The same object with files in it. A component stays what it is, since others may mean its texts.
    fn with_files(
        &mut self,
        id: TypeId,
        mut object: Object,
        parts: &[FormPart],
        media: &'a MediaType,
        origin: Origin,
    ) -> Use {
        let own = matches!(self.ty(id).origin, Origin::Operation(..));
        let id = if own {
            id
        } else {
            let docs = self.ty(id).docs.clone();
            let constraints = self.ty(id).constraints.clone();
            let copy = self.push(&media.place, origin, docs);
            self.ty(copy).constraints = constraints;
            copy
        };
        for part in parts {
            let Some(field) = object.fields.get_mut(&part.name) else {
                continue;
            };
            let shape = match part.kind {
                PartKind::File => Shape::File,
                PartKind::Files => {
                    let inside = Origin::Inside(id, Role::Item);
                    Shape::Array(self.synthetic(&field.place, inside, Shape::File))
                }
                PartKind::Value | PartKind::Several | PartKind::Values => continue,
            };
            let (before, _) = self.settled(field.ty);
            let counts = match self.shape_of(before) {
                Shape::Array(_) => self.types[before.0 as usize].constraints.clone(),
                _ => Constraints::default(),
            };
            let role = Role::Property(part.name.clone());
            field.ty = self.synthetic(&field.place, Origin::Inside(id, role), shape);
            self.ty(field.ty.id).constraints = Constraints {
                unique_items: false,
                ..counts
            };
            field.default = None;
        }
        // Parts that nobody declares may be anything.
        if object.extra != Extra::Forbid {
            object.extra = Extra::Drop;
        }
        object.patterns.clear();
        self.ty(id).shape = Shape::Object(object);
        Use::of(id)
    }

    fn part_kind(&self, field: &Field, encoding: Option<&Encoding>) -> PartKind {
        let (id, _) = self.settled(field.ty);
        if let Shape::Array(item) = self.shape_of(id) {
            let (item, _) = self.settled(*item);
            return if self.is_file(item, encoding) {
                PartKind::Files
            } else {
                PartKind::Values
            };
        }
        if self.holds_files(id) {
            return PartKind::Files;
        }
        if self.is_file(id, encoding) {
            PartKind::File
        } else if self.may_be_list(id) {
            PartKind::Several
        } else {
            PartKind::Value
        }
    }

    /// Whether a type is a union that has a list among its variants.
    fn may_be_list(&self, id: TypeId) -> bool {
        let Shape::Union(union) = self.shape_of(id) else {
            return false;
        };
        let mut variants = union.variants.iter();
        variants.any(|variant| {
            let (id, _) = self.settled(variant.ty);
            matches!(self.shape_of(id), Shape::Array(_) | Shape::Tuple(_))
        })
    }

    /// Whether a type is a union that has a list of files among its variants.
    fn holds_files(&self, id: TypeId) -> bool {
        let Shape::Union(union) = self.shape_of(id) else {
            return false;
        };
        union
            .variants
            .iter()
            .any(|variant| match self.shape_of(self.settled(variant.ty).0) {
                Shape::Array(item) => self.is_file(self.settled(*item).0, None),
                _ => false,
            })
    }

    /// Whether the values of a type are files in a form: they are bytes, or of a media type that no text has.
    fn is_file(&self, id: TypeId, encoding: Option<&Encoding>) -> bool {
        let types = media_types(encoding);
        let given = types.first();
        if let Some(given) = given
            && !matches!(MediaName::new(given).codec(), Codec::Json | Codec::Text)
        {
            return true;
        }
        let mut waiting = vec![id];
        for _ in 0..MAX_LOOKS {
            let Some(id) = waiting.pop() else { break };
            let ty = &self.types[id.0 as usize];
            let says = || self.document.schema_at(&ty.place);
            match &ty.shape {
                Shape::File => return true,
                Shape::Text(Some(format)) if format == "binary" => return true,
                Shape::Text(_) if says().is_some_and(is_binary) => return true,
                Shape::Any if given.is_none() && says().is_some_and(says_nothing) => return true,
                Shape::Union(union) => {
                    let variants = union.variants.iter();
                    waiting.extend(variants.map(|variant| self.settled(variant.ty).0));
                }
                _ => {}
            }
        }
        false
    }

    /// How the properties of a form are written, where one is in a way of its own and not as lists and objects are in others.
    pub(super) fn encoded(&self, media: &MediaType, ty: Use) -> Vec<FormPart> {
        let (id, _) = self.settled(ty);
        let Shape::Object(object) = self.shape_of(id) else {
            return Vec::new();
        };
        let all = object.fields.iter().map(|(name, field)| {
            let encoding = media.encoding.get(name);
            let (id, _) = self.settled(field.ty);
            let kind = match self.shape_of(id) {
                Shape::Array(_) => PartKind::Values,
                _ => PartKind::Value,
            };
            let mut part = FormPart {
                name: name.clone(),
                kind,
                writing: self.writing_of_part(field.ty, kind, encoding, false),
                spread: self.spread(field.ty, encoding),
                media_types: Vec::new(),
            };
            part.settle();
            part
        });
        let all: Vec<FormPart> = all.collect();
        let mut styled = all
            .iter()
            .filter(|part| part.is_styled())
            .map(|part| part.writing.style)
            .peekable();
        // Objects and lists in brackets are usual enough to need no table.
        let usual = styled.peek().is_none() || styled.all(|style| style == Style::DeepObject);
        if usual { Vec::new() } else { all }
    }

    fn writing_of_part(
        &self,
        ty: Use,
        kind: PartKind,
        encoding: Option<&Encoding>,
        in_parts: bool,
    ) -> Writing {
        let form = Writing::of(Style::Form);
        if matches!(kind, PartKind::File | PartKind::Files) {
            return form;
        }
        let json = Writing::of(Style::Json);
        let (id, _) = self.settled(ty);
        let is_object = matches!(
            self.shape_of(id),
            Shape::Object(_) | Shape::Map(_) | Shape::Tuple(_)
        );
        let says = encoding.filter(|encoding| {
            encoding.style.is_some() || encoding.explode.is_some() || encoding.allow_reserved
        });
        let is_list_of_objects = match self.shape_of(id) {
            Shape::Array(item) => matches!(
                self.shape_of(self.settled(*item).0),
                Shape::Object(_) | Shape::Map(_) | Shape::Array(_) | Shape::Tuple(_)
            ),
            _ => false,
        };
        let Some(says) = says else {
            let given = media_types(encoding);
            let is_json = given
                .first()
                .map(|given| matches!(MediaName::new(given).codec(), Codec::Json));
            return match (is_json, kind) {
                (Some(true), PartKind::Value) => json,
                (None, PartKind::Value) if in_parts && is_object => json,
                (_, PartKind::Values) if is_list_of_objects => json,
                _ => form,
            };
        };
        let style = says.style.as_deref().unwrap_or("form");
        let style = Style::named(style, Location::Query).unwrap_or(Style::Form);
        let mut writing = Writing {
            reserved: says.allow_reserved && !in_parts,
            ..Writing::of(style)
        };
        writing.explode = says.explode.unwrap_or(style == Style::Form);
        let is_list = kind == PartKind::Values;
        if writing.explode && matches!(style, Style::SpaceDelimited | Style::PipeDelimited) {
            writing.style = Style::Form;
        }
        if !is_list && !is_object && !self.is_structured_union(id) {
            // One text is the same in all of these.
            let reserved = writing.reserved;
            return Writing { reserved, ..form };
        }
        writing
    }

    /// The names of the properties that stand on their own, where it is said that they do.
    fn spread(&self, ty: Use, encoding: Option<&Encoding>) -> Vec<String> {
        let says = encoding.is_some_and(|encoding| {
            let style = encoding.style.as_deref();
            let form = matches!(style, None | Some("form"));
            form && encoding.explode.unwrap_or(true)
                && (style.is_some() || encoding.explode.is_some())
        });
        match self.shape_of(self.settled(ty).0) {
            Shape::Object(object) if says => object.fields.keys().cloned().collect(),
            _ => Vec::new(),
        }
    }

    fn is_structured_union(&self, id: TypeId) -> bool {
        matches!(self.shape_of(id), Shape::Union(_))
    }
}

/// The media types that an encoding gives.
fn media_types(encoding: Option<&Encoding>) -> Vec<String> {
    let given = encoding.and_then(|encoding| encoding.content_type.as_deref());
    let given = given.unwrap_or_default().split(',').map(str::trim);
    given
        .filter(|given| given.contains('/'))
        .map(str::to_owned)
        .collect()
}

/// Whether a text is none, but the bytes of a media type.
fn is_binary(schema: &Schema) -> bool {
    let rare = schema.rare();
    let given = rare.content_media_type.as_deref();
    rare.content_encoding.is_none()
        && given.is_some_and(|given| {
            !matches!(MediaName::new(given).codec(), Codec::Json | Codec::Text)
        })
}

/// Whether a schema says nothing of the kind of its values, so that a part of it is bytes (3.1, Encoding Object).
fn says_nothing(schema: &Schema) -> bool {
    schema.boolean.is_none() && schema.types.is_none() && schema.reference.is_none()
}
