//! `$ref`: from the text to what it names.

use crate::diag::{Code, Diagnostic, Place, Pointer};
use crate::document::{RefOr, Reference, Schema};

use super::super::types::{Origin, Shape, Use};
use super::Lower;

/// Longest chain of references that is followed before it is taken for a cycle.
const MAX_CHAIN: usize = 64;

impl<'a> Lower<'a> {
    /// The schema that a reference names, with the origin of its type.
    pub(super) fn target(&mut self, reference: &Reference) -> Option<(&'a Schema, Origin)> {
        let document = self.document;
        let place = self.resolve(reference)?;
        if let Some(schema) = document.schema_at(&place) {
            let origin =
                component_name(&place).map_or_else(|| elsewhere(&place), Origin::Component);
            return Some((schema, origin));
        }
        self.unresolved(reference, "no schema stands there");
        None
    }

    /// The use of what a schema's reference names; anything where it names nothing.
    pub(super) fn referenced(&mut self, reference: &Reference) -> Use {
        match self.target(reference) {
            Some((schema, origin)) => self.schema(schema, origin),
            None => self.synthetic(&reference.place, elsewhere(&reference.place), Shape::Any),
        }
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
            let place = self.resolve(reference)?;
            let Some(next) = find(document, &place) else {
                self.unresolved(
                    reference,
                    "nothing of the kind that is needed here stands there",
                );
                return None;
            };
            item = next;
        }
        if let RefOr::Ref(reference) = item {
            self.sink.push(
                Diagnostic::new(
                    Code::REFERENCE_CYCLE,
                    reference.place.clone(),
                    format!("`{}` leads back to itself", reference.target),
                )
                .help("let one of the references in the circle be the thing itself"),
            );
        }
        None
    }

    /// The place that a reference names within the document.
    fn resolve(&mut self, reference: &Reference) -> Option<Place> {
        if let Some(pointer) = reference.target.strip_prefix('#').and_then(decoded) {
            return Some(Place {
                file: reference.place.file,
                pointer,
            });
        }
        if reference.target.starts_with('#') {
            self.unresolved(reference, "the part after `#` is no JSON pointer");
        } else {
            self.sink.push(
                Diagnostic::new(
                    Code::EXTERNAL_REFERENCE,
                    reference.place.clone(),
                    format!(
                        "`{}` is outside this document and is not read",
                        reference.target
                    ),
                )
                .help("bundle the document into one file first"),
            );
        }
        None
    }

    fn unresolved(&mut self, reference: &Reference, why: &str) {
        let mut diagnostic = Diagnostic::new(
            Code::UNRESOLVED_REFERENCE,
            reference.place.clone(),
            format!("`{}` leads nowhere: {why}", reference.target),
        );
        let near = self.near_component(&reference.target);
        diagnostic = match near {
            Some(name) => diagnostic.help(format!("is `#/components/schemas/{name}` meant?")),
            None => diagnostic.help("add what it names, or correct the reference"),
        };
        self.sink.push(diagnostic);
    }

    fn near_component(&self, target: &str) -> Option<&'a str> {
        let name = target.rsplit('/').next()?;
        let document = self.document;
        crate::diag::closest(name, document.components.schemas.keys().map(String::as_str))
    }
}

/// The name of the component schema at a place.
pub(super) fn component_name(place: &Place) -> Option<String> {
    let segments: Vec<_> = place.pointer.segments().collect();
    match segments.as_slice() {
        [components, schemas, name] if components == "components" && schemas == "schemas" => {
            Some(name.to_string())
        }
        _ => None,
    }
}

fn elsewhere(place: &Place) -> Origin {
    Origin::Elsewhere(
        place
            .pointer
            .segments()
            .map(std::borrow::Cow::into_owned)
            .collect(),
    )
}

/// A URI fragment as a pointer (RFC 6901, §6): percent-encoding undone.
fn decoded(fragment: &str) -> Option<Pointer> {
    let mut bytes = Vec::with_capacity(fragment.len());
    let mut rest = fragment.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let hex = [rest.next()?, rest.next()?];
        bytes.push(u8::from_str_radix(std::str::from_utf8(&hex).ok()?, 16).ok()?);
    }
    Pointer::parse(&String::from_utf8(bytes).ok()?)
}
