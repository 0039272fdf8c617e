//! From the document as written to the frozen [`Api`].
//!
//! Every schema position becomes a [`Type`] or a use of one. A type is reserved before its parts
//! are looked at, so that a reference back to it finds it: recursion needs no second pass.

mod calls;
mod constraint;
mod contains;
mod content;
mod cycles;
mod defaults;
mod directions;
mod enumeration;
mod facts;
mod form;
mod join;
mod keep;
mod later;
mod mutual;
mod object;
mod open;
mod operation;
mod outgoing;
mod pages;
mod parameter;
mod reference;
mod respelled;
mod response;
mod rings;
mod schema;
mod security;
mod tags;
mod tuple;
mod union;
mod usage;
mod writing;

pub(super) use keep::keep_any;

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use crate::diag::{FileId, Place, Sink};
use crate::document::{Discriminator, Document};
use crate::pattern::Pattern;

use super::types::{Docs, Origin, Shape, Type, TypeId, Types, Use};
use super::{Api, Constraints, Tag};

/// Resolves `document`. What cannot be carried costs a diagnostic and that item alone.
#[must_use]
pub fn build(document: &Document, sink: &mut Sink) -> Api {
    let shelf = join::Shelf::default();
    let mut lower = Lower {
        document,
        shelf: shelf.start(),
        made: HashSet::new(),
        met: HashMap::new(),
        inherited: 0,
        children: join::Children::default(),
        circles: join::Circles::default(),
        sink,
        types: Vec::new(),
        known: HashMap::new(),
        standing_for: HashMap::new(),
        positions: Vec::new(),
        unions: Vec::new(),
        overlapping: HashSet::new(),
        patterns: HashMap::new(),
        depth: 0,
        later: later::Later::default(),
        content_type_noted: false,
    };
    lower.components_elsewhere();
    lower.find_children();
    lower.components();
    let schemes = lower.security_schemes();
    let mut operations = lower.operations(&schemes);
    lower.unite_mutual_unions();
    lower.mark_usage(&mut operations);
    lower.split_directions(&mut operations);
    lower.wrap_circles();
    lower.classify_unions();
    let Lower {
        types, positions, ..
    } = lower;
    let mut api = Api {
        openapi: document.version_text.clone(),
        title: document.info.title.clone(),
        version: document.info.version.clone(),
        description: document.info.description.clone(),
        servers: calls::servers(&document.servers),
        retries: calls::retries(&document.extensions),
        tags: tags(document),
        files: (0u32..)
            .map_while(|id| document.files.relative(FileId(id)))
            .collect(),
        types: Types { all: types },
        positions,
        operations,
        schemes,
    };
    defaults::settle(&mut api, sink);
    api
}

fn tags(document: &Document) -> IndexMap<String, Tag> {
    let tag = |tag: &crate::document::Tag| Tag {
        description: tag.description.clone(),
        link: tag.external_docs.as_ref().map(|docs| docs.url.clone()),
    };
    document
        .tags
        .iter()
        .map(|written| (written.name.clone(), tag(written)))
        .collect()
}

/// The work in progress.
struct Lower<'a> {
    document: &'a Document,
    sink: &'a mut Sink,
    types: Vec<Type>,
    /// What stands at a place that was looked at before.
    known: HashMap<Place, Use>,
    /// Names of components by the place that each refers to and that is none itself.
    standing_for: HashMap<Place, String>,
    positions: Vec<(Place, Use)>,
    /// Where the next schema goes that joining makes.
    shelf: &'a join::Slot,
    /// The places of such schemas.
    made: HashSet<Place>,
    /// What was joined at such a place, by the places of its parts.
    met: HashMap<Vec<Place>, TypeId>,
    /// Properties that joined schemas have together.
    inherited: usize,
    /// Component schemas by the component that they extend.
    children: join::Children,
    /// Which schemas lead to each other.
    circles: join::Circles<'a>,
    /// Unions whose decode trees wait for the other types, with their discriminators.
    unions: Vec<(TypeId, Option<Discriminator>)>,
    /// Those whose values may be of several variants at once.
    overlapping: HashSet<TypeId>,
    /// Regular expressions by their text, or why one cannot be used.
    patterns: HashMap<String, Result<Pattern, String>>,
    /// How deep inline schemas are nested at present.
    depth: usize,
    /// Types that have an id already and are looked at later, and what they are made of.
    later: later::Later<'a>,
    /// Whether the ignored `Content-Type` response header was spoken of.
    content_type_noted: bool,
}

/// Inline schemas nested deeper than this are cut; the readers bound the text at a similar depth.
const MAX_DEPTH: usize = 200;

impl Lower<'_> {
    /// Component schemas first, so that their types come in the document's order.
    fn components(&mut self) {
        let document = self.document;
        for (name, schema) in &document.components.schemas {
            self.schema(schema, Origin::Component(name.clone()));
        }
    }

    /// Makes room for a type and lets references find it.
    fn reserve(&mut self, place: &Place, origin: Origin, docs: Docs) -> TypeId {
        let id = match self.later.take(place) {
            Some(id) => {
                let ty = self.ty(id);
                (ty.origin, ty.docs) = (origin, docs);
                id
            }
            None => self.push(place, origin, docs),
        };
        self.known.insert(place.clone(), Use::of(id));
        id
    }

    /// Makes room for a type that no reference can name.
    fn push(&mut self, place: &Place, origin: Origin, docs: Docs) -> TypeId {
        let id = TypeId(u32::try_from(self.types.len()).unwrap_or(u32::MAX));
        self.types.push(Type {
            place: place.clone(),
            origin,
            docs,
            shape: Shape::Any,
            nullable: false,
            wrapped: false,
            constraints: Constraints::default(),
            default: None,
            has_examples: false,
            in_request: false,
            in_response: false,
        });
        id
    }

    fn ty(&mut self, id: TypeId) -> &mut Type {
        &mut self.types[id.0 as usize]
    }

    fn shape_of(&self, id: TypeId) -> &Shape {
        &self.types[id.0 as usize].shape
    }

    /// A type of a shape that the document does not spell out.
    fn synthetic(&mut self, place: &Place, origin: Origin, shape: Shape) -> Use {
        let id = self.push(place, origin, Docs::default());
        self.ty(id).shape = shape;
        Use::of(id)
    }
}

#[cfg(test)]
mod tests;
