//! `$ref`: from the text to what it names.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::diag::{Code, Diagnostic, FileId, Place, Pointer};
use crate::document::{RefOr, Reference, Schema};

use super::super::types::{Origin, Shape, Use};
use super::Lower;

/// Longest chain of references that is followed before it is taken for a cycle.
const MAX_CHAIN: usize = 64;

impl<'a> Lower<'a> {
    /// The schema that a reference names, with the origin of its type. Where it names none, that was said
    /// when the document was read.
    pub(super) fn target(&mut self, reference: &Reference) -> Option<(&'a Schema, Origin)> {
        let document = self.document;
        let place = document.resolve(reference)?;
        let schema = document.schema_at(&place)?;
        Some((schema, self.origin_of(&schema.place)))
    }

    /// What a schema is named after that stands at `place`.
    pub(super) fn origin_of(&self, place: &Place) -> Origin {
        let stands_for = || self.standing_for.get(place).cloned();
        match component_name(place).or_else(stands_for) {
            Some(name) => Origin::Component(name),
            None => Origin::Elsewhere(self.words_of(place)),
        }
    }

    /// Whether a component only says where it is written, and what is there is named after it.
    pub(super) fn stands_elsewhere(&self, schema: &Schema, origin: &Origin) -> bool {
        let Origin::Component(name) = origin else {
            return false;
        };
        let reference = schema.reference.as_ref().filter(|_| is_reference(schema));
        let place = reference.and_then(|reference| self.document.resolve(reference));
        let named = place.and_then(|place| self.standing_for.get(&place));
        component_name(&schema.place).as_ref() == Some(name) && named == Some(name)
    }

    /// Notes the components that only say where they are written: there they have their types.
    pub(super) fn components_elsewhere(&mut self) {
        let document = self.document;
        for (name, schema) in &document.components.schemas {
            let Some(reference) = schema.reference.as_ref().filter(|_| is_reference(schema)) else {
                continue;
            };
            if let Some(place) = document.resolve(reference)
                && component_name(&place).is_none()
                && !self.is_part(&place)
                && document.schema_at(&place).is_some()
            {
                let names = self.standing_for.entry(place);
                names.or_insert_with(|| name.clone());
            }
        }
    }

    /// Whether what stands at a place is a part of a schema around it, and named after that.
    fn is_part(&self, place: &Place) -> bool {
        let kind = place.pointer.segments().rev().nth(1);
        if kind.is_some_and(|kind| NAMED.contains(&&*kind)) {
            return false;
        }
        let around = std::iter::successors(place.pointer.parent(), Pointer::parent);
        around.into_iter().any(|pointer| {
            let place = Place {
                file: place.file,
                pointer,
            };
            self.document.schema_at(&place).is_some()
        })
    }

    /// Words for the name of what stands at a place that is no component: of a whole file, those of the
    /// file; else the key where that is a name, or all the keys.
    fn words_of(&self, place: &Place) -> Vec<String> {
        let segments: Vec<String> = place.pointer.segments().map(Cow::into_owned).collect();
        match segments.as_slice() {
            [_, name] => vec![name.clone()],
            [] if place.file != FileId(0) => {
                let file = self.document.files.get(place.file);
                vec![stem(file.map_or("", |file| &file.name)).to_owned()]
            }
            [.., kind, name] if NAMED.contains(&kind.as_str()) => vec![name.clone()],
            _ => segments,
        }
    }

    /// Looks at the end of a chain of references before its beginning, so that a long one nests no deeper
    /// than a short one.
    pub(super) fn chain(&mut self, schema: &'a Schema) {
        let document = self.document;
        let to = |schema: &Schema| {
            let reference = schema.reference.as_ref().filter(|_| is_reference(schema))?;
            document.schema_at(&document.resolve(reference)?)
        };
        // Nearly all references lead to the thing itself.
        if to(schema).is_none_or(|next| !is_reference(next)) {
            return;
        }
        let mut chain = vec![schema];
        let mut met = HashSet::from([&schema.place]);
        while let Some(&last) = chain.last()
            && let Some(next) = to(last)
        {
            if self.known.contains_key(&next.place) {
                break;
            }
            if !met.insert(&next.place) {
                last.reference
                    .iter()
                    .for_each(|reference| self.cycle(reference));
                // Whatever is in the circle holds any value.
                let origin = self.origin_of(&next.place);
                self.reserve(&next.place, origin, super::schema::docs(next));
                break;
            }
            chain.push(next);
        }
        for link in chain.into_iter().skip(1).rev() {
            let origin = self.origin_of(&link.place);
            self.schema_of_reference(link, origin);
        }
    }

    /// What an alias is another word for, where it says nothing of its own: chains are followed once, here.
    pub(super) fn end_of_chain(&self, target: Use) -> Use {
        let ty = &self.types[target.id.0 as usize];
        match ty.shape {
            Shape::Alias(end) if ty.constraints.is_empty() && ty.default.is_none() => {
                end.or_null(ty.nullable).or_null(target.nullable)
            }
            _ => target,
        }
    }

    /// The use of what a schema's reference names; anything where it names nothing.
    pub(super) fn referenced(&mut self, reference: &Reference) -> Use {
        if let Some((schema, origin)) = self.target(reference) {
            return self.schema_of_reference(schema, origin);
        }
        let origin = Origin::Elsewhere(self.words_of(&reference.place));
        self.synthetic(&reference.place, origin, Shape::Any)
    }

    /// The item itself, references followed.
    pub(super) fn followed<T>(
        &mut self,
        item: &'a RefOr<T>,
        find: impl Fn(&'a crate::document::Document, &Place) -> Option<&'a RefOr<T>>,
    ) -> Option<&'a T> {
        let document = self.document;
        let mut item = item;
        for _ in 0..MAX_CHAIN {
            let reference = match item {
                RefOr::Item(item) => return Some(item),
                RefOr::Ref(reference) => reference,
            };
            item = find(document, &document.resolve(reference)?)?;
        }
        if let RefOr::Ref(reference) = item {
            self.cycle(reference);
        }
        None
    }

    /// Says that following a reference comes to no end.
    pub(super) fn cycle(&mut self, reference: &Reference) {
        self.sink.push(
            Diagnostic::new(
                Code::REFERENCE_CYCLE,
                reference.place.child("$ref"),
                format!("`{}` leads back to itself", reference.target),
            )
            .help("let one of the references in the circle be the thing itself"),
        );
    }
}

/// The name of the component schema at a place.
pub(super) fn component_name(place: &Place) -> Option<String> {
    if place.file != FileId(0) {
        return None;
    }
    let segments: Vec<_> = place.pointer.segments().collect();
    match segments.as_slice() {
        [components, schemas, name] if components == "components" && schemas == "schemas" => {
            Some(name.to_string())
        }
        _ => None,
    }
}

/// Maps of schemas by their names.
const NAMED: [&str; 4] = ["schemas", "definitions", "$defs", "models"];

/// Whether a schema is a reference and says nothing else of its values.
fn is_reference(schema: &Schema) -> bool {
    schema.reference.is_some() && !schema.nullable && !super::schema::has_shape(schema)
}

/// The name of a file without folder and extension; of an `index`, that of its folder.
fn stem(name: &str) -> &str {
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    let stem = file.split('.').find(|part| !part.is_empty());
    let stem = stem.unwrap_or(file);
    let folder = folder.rsplit('/').next().unwrap_or_default();
    match stem {
        "index" | "_index" | "schema" if !folder.is_empty() => folder,
        stem => stem,
    }
}
