//! Bodies of requests and responses: one type each, or an enum where media types differ in theirs.

use crate::model::{Body, Codec, Content, Docs};

use super::forms::{self, FormItem};
use super::names::{Scope, Words, identifier};
use super::rust_type::{RustType, Spelling};
use super::structs::Parts;

/// The body of a request, a field of its struct.
#[derive(Debug, Clone)]
pub struct BodyItem {
    /// Rust name.
    pub ident: String,
    /// Type, without the `Option` of a body that may be missing.
    pub ty: RustType,
    /// How it is written.
    pub form: BodyForm,
    /// Whether it must be there.
    pub required: bool,
    /// Its text.
    pub docs: Docs,
}

/// The body of a documented response.
#[derive(Debug, Clone, PartialEq)]
pub struct ResponseBody {
    /// Its type.
    pub ty: RustType,
    /// How it is written.
    pub form: BodyForm,
}

/// How a body is written.
#[derive(Debug, Clone, PartialEq)]
pub enum BodyForm {
    /// In one way.
    One(Written),
    /// As the variant of an enum says.
    Choice(ChoiceItem),
}

impl BodyForm {
    /// Whether the body is read as it comes in some of its media types.
    #[must_use]
    pub fn is_streamed(&self) -> bool {
        match self {
            Self::One(written) => written.codec.is_streamed(),
            Self::Choice(choice) => choice.is_streamed(),
        }
    }
}

impl ChoiceItem {
    /// Whether some variants are read as they come.
    #[must_use]
    pub fn is_streamed(&self) -> bool {
        let mut variants = self.variants.iter();
        variants.any(|variant| variant.written.codec.is_streamed())
    }
}

/// One way to write a body.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// How it becomes bytes.
    pub codec: Codec,
    /// The media types that it is read from, the one that it is written as first.
    pub media_types: Vec<String>,
    /// What its properties are, of a form where that needs to be said.
    pub form: Option<FormItem>,
}

/// An enum of the bodies that a request or a response may have.
#[derive(Debug, Clone, PartialEq)]
pub struct ChoiceItem {
    /// Rust name.
    pub name: String,
    /// What it is the body of.
    pub of: String,
    /// In document order.
    pub variants: Vec<ChoiceVariant>,
}

/// One of the bodies.
#[derive(Debug, Clone, PartialEq)]
pub struct ChoiceVariant {
    /// Rust name.
    pub ident: String,
    /// Type of its value.
    pub ty: RustType,
    /// How it is written.
    pub written: Written,
}

/// Decides the bodies of an API. Enums are named in one scope, since one module holds them all.
pub(super) struct Bodies<'a> {
    parts: &'a Parts<'a>,
    spelling: Spelling<'a>,
    words: &'a Words,
    scope: Scope,
}

impl<'a> Bodies<'a> {
    pub(super) fn new(parts: &'a Parts<'a>) -> Self {
        Self {
            parts,
            spelling: parts.spelling,
            words: parts.words,
            scope: Scope::default(),
        }
    }

    /// The body of the request called `request`, of the operation called `base`.
    pub(super) fn request(&mut self, body: &Body, ident: String, base: &str) -> Option<BodyItem> {
        let (ty, form) = self.form(
            &body.contents,
            &format!("{base}Body"),
            &format!("{base}Request"),
            base,
        )?;
        Some(BodyItem {
            ident,
            ty,
            form,
            required: body.required,
            docs: body.docs.clone(),
        })
    }

    /// The body of a response whose variant is `variant` of the enum of the operation called `base`.
    pub(super) fn response(
        &mut self,
        contents: &[Content],
        variant: &str,
        base: &str,
        is_success: bool,
    ) -> Option<ResponseBody> {
        let mut contents = contents.to_vec();
        for content in &mut contents {
            // A failure is a value, which can be kept.
            if content.codec.is_streamed() && !is_success {
                content.codec = Codec::Bytes;
            }
        }
        let (ty, form) = self.form(
            &contents,
            &format!("{base}{variant}Body"),
            &format!("{base}Response::{variant}"),
            base,
        )?;
        Some(ResponseBody { ty, form })
    }

    fn form(
        &mut self,
        contents: &[Content],
        name: &str,
        of: &str,
        base: &str,
    ) -> Option<(RustType, BodyForm)> {
        let mut ways = self.ways(contents, of, base);
        if ways.len() < 2 {
            let (ty, written) = ways.pop()?;
            return Some((ty, BodyForm::One(written)));
        }
        let mut scope = Scope::default();
        let variants = ways.into_iter().map(|(ty, written)| ChoiceVariant {
            ident: identifier(&scope.claim(&self.variant(&written))),
            ty,
            written,
        });
        let choice = ChoiceItem {
            variants: variants.collect(),
            name: self.scope.claim(name),
            of: of.to_owned(),
        };
        Some((
            RustType::Body(choice.name.clone()),
            BodyForm::Choice(choice),
        ))
    }

    /// The ways in which the contents are written: what has the same type in JSON, whatever it calls
    /// itself, is one way, and so are all kinds of bytes.
    fn ways(&mut self, contents: &[Content], of: &str, base: &str) -> Vec<(RustType, Written)> {
        let mut ways: Vec<(RustType, Written)> = Vec::new();
        for content in contents {
            let mut ty = self.ty(content);
            let media_type = content.media_type.trim();
            let mut names = ways.iter().flat_map(|(_, written)| &written.media_types);
            if names.any(|known| known == media_type) {
                continue;
            }
            let known = ways
                .iter_mut()
                .find(|(known, written)| match content.codec {
                    Codec::Json => written.codec == Codec::Json && *known == ty,
                    Codec::Lines => written.codec == Codec::Lines && *known == ty,
                    Codec::Text
                    | Codec::Form { .. }
                    | Codec::Encoded
                    | Codec::Parts { .. }
                    | Codec::Stream
                    | Codec::Events { .. } => false,
                    Codec::Bytes | Codec::Content => {
                        matches!(written.codec, Codec::Bytes | Codec::Content)
                    }
                });
            let Some((known, written)) = known else {
                let form = forms::item(self.parts, content, &mut self.scope, of, base);
                if let Some(form) = form.as_ref().filter(|form| form.files) {
                    ty = RustType::Multipart(form.name.clone());
                }
                let written = Written {
                    codec: content.codec,
                    media_types: vec![media_type.to_owned()],
                    form,
                };
                ways.push((ty, written));
                continue;
            };
            if written.codec == Codec::Bytes {
                written.codec = Codec::Content;
                *known = RustType::Content;
            }
            written.media_types.push(media_type.to_owned());
        }
        for (_, written) in &mut ways {
            // What is written is one type, and no range of them.
            written
                .media_types
                .sort_by_key(|media_type| media_type.contains('*'));
        }
        ways
    }

    fn ty(&self, content: &Content) -> RustType {
        match content.codec {
            Codec::Json | Codec::Form { .. } | Codec::Encoded | Codec::Parts { .. } => {
                self.spelling.of(content.ty)
            }
            Codec::Text => RustType::String,
            Codec::Bytes => RustType::Bytes,
            Codec::Stream => RustType::ByteStream,
            Codec::Lines => RustType::Lines(Box::new(self.spelling.of(content.ty))),
            Codec::Events { text: true } => RustType::Events(Box::new(RustType::String)),
            Codec::Events { text: false } => {
                RustType::Events(Box::new(self.spelling.of(content.ty)))
            }
            Codec::Content => RustType::Content,
        }
    }

    /// `Json` of `application/json`, `Csv` of `text/csv`, `Image` of `image/*`.
    fn variant(&self, written: &Written) -> String {
        if written.codec == Codec::Content && written.media_types.len() > 1 {
            return "Other".to_owned();
        }
        let media_type = written.media_types.first().map_or("", String::as_str);
        let essence = media_type.split(';').next().unwrap_or_default();
        let (kind, subtype) = essence.split_once('/').unwrap_or((essence, ""));
        match (kind, subtype) {
            ("*", _) => "Other".to_owned(),
            (_, "x-www-form-urlencoded") => "Form".to_owned(),
            ("multipart", "form-data") if written.codec != Codec::Content => "Multipart".to_owned(),
            (_, "octet-stream") => "Bytes".to_owned(),
            ("text", "plain") => "Text".to_owned(),
            (kind, "*" | "") => self.words.camel(kind),
            (_, subtype) => self.words.camel(&subtype.replace(['+', '.'], " ")),
        }
    }
}
