//! The frozen model: what the document means, with every reference resolved.
//!
//! Nothing here knows Rust. A type keeps the place that it came from: its identity for names,
//! diagnostics and drift.

mod calls;
mod constraint;
mod enumeration;
mod lower;
mod operation;
mod parameter;
mod types;
pub mod union;

pub use crate::document::{Examples, KeyRule, Node, Number};
pub use calls::{PageInput, Pagination, Requirement, Retries, Server, Variable};
pub use constraint::Constraints;
pub use enumeration::{EnumBase, EnumValue, Enumeration, Scalar};
pub use lower::build;
pub use operation::{
    Body, Codec, Content, FormPart, Operation, OperationKind, PartKind, Response, SchemeKind,
    SecurityScheme, Status,
};
pub use parameter::{Header, Location, Parameter, Style, Writing};
pub use types::{
    Docs, Extra, Field, IntegerFormat, NumberFormat, Object, Origin, Part, Position, Role, Shape,
    Tuple, Type, TypeId, Types, Use,
};

use std::borrow::Cow;

use indexmap::IndexMap;

use crate::diag::{FileId, Place};

/// What is said of a tag.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tag {
    /// Markdown.
    pub description: Option<String>,
    /// A web page that says more.
    pub link: Option<String>,
}

/// An API, resolved and frozen.
#[derive(Debug, Clone)]
pub struct Api {
    /// The `openapi` field as written: `3.0.0`.
    pub openapi: String,
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// `info.description`.
    pub description: Option<String>,
    /// Where the API is served.
    pub servers: Vec<Server>,
    /// How all operations are to be retried.
    pub retries: Option<Retries>,
    /// Declared tags, by name.
    pub tags: IndexMap<String, Tag>,
    /// Names of the document's files, as references in the first one have them.
    pub files: Vec<String>,
    /// Every type.
    pub types: Types,
    /// Every schema position and the type that stands there.
    pub positions: Vec<(Place, Use)>,
    /// In document order.
    pub operations: Vec<Operation>,
    /// Those that an operation asks for or the components declare.
    pub schemes: Vec<SecurityScheme>,
}

impl Api {
    /// What a place is called in settings: its pointer, with its file before it where that is not the first.
    #[must_use]
    pub fn call<'a>(&self, place: &'a Place) -> Cow<'a, str> {
        let pointer = place.pointer.as_str();
        if place.file == FileId(0) {
            return Cow::Borrowed(pointer);
        }
        let file = self.files.get(place.file.0 as usize);
        Cow::Owned(format!("{}#{pointer}", file.map_or("", String::as_str)))
    }

    /// Lets those objects keep undeclared properties that would drop them and of whose places `keeps` says so.
    pub fn keep_undeclared(&mut self, keeps: impl Fn(&str) -> bool) {
        for index in 0..self.types.all.len() {
            let ty = &self.types.all[index];
            let Shape::Object(object) = &ty.shape else {
                continue;
            };
            if object.extra == Extra::Drop && keeps(&self.call(&ty.place)) {
                lower::keep_any(&mut self.types.all, index);
            }
        }
    }
}
