//! Addresses inside schemas: `$id`, anchors, and dynamic references.

use std::sync::Arc;

use super::wanted::Kind;
use super::{At, Reader};
use crate::diag::{Code, Place};
use crate::document::{Node, Object, Schema};
use crate::source::uri;

/// The address around a schema that has one of its own.
pub(super) struct Around(pub(super) Option<(Arc<str>, Place)>);

impl Reader<'_> {
    /// Enters the schema at `place`. Where it has an address of its own, gives the one around it, to be
    /// restored.
    pub(super) fn enter(&mut self, members: &Object, place: &Place) -> Option<Around> {
        let id = members.get("$id").and_then(Node::as_str)?;
        let (id, fragment) = uri::split(id);
        if id.is_empty() {
            // What an anchor was before 2019-09.
            if let Some(anchor) = fragment.filter(|name| !name.is_empty()) {
                self.anchor(anchor, place);
            }
            return None;
        }
        let id: Arc<str> = match &self.resource {
            Some((base, _)) => uri::join(base, id).into(),
            None => id.into(),
        };
        let ids = &mut self.shelf.links.ids;
        ids.entry(Arc::clone(&id)).or_insert_with(|| place.clone());
        Some(Around(self.resource.replace((id, place.clone()))))
    }

    /// Notes the name of the schema at `place`. The first of a name is the outermost, which is what a
    /// dynamic reference ends at.
    pub(super) fn anchor(&mut self, name: &str, place: &Place) {
        let resource = self.resource.as_ref().map(|(_, place)| place.clone());
        let resource = resource.unwrap_or_else(|| Place::root(place.file));
        let anchors = &mut self.shelf.links.anchors;
        let named = anchors.entry((resource, name.to_owned()));
        named.or_insert_with(|| place.clone());
    }

    /// A dynamic reference leads where a plain one would: the path that a validator takes to it is not
    /// known.
    pub(super) fn follow_dynamic(&mut self, schema: &mut Schema) {
        if schema.reference.is_some() {
            return;
        }
        let Some(target) = schema.rare().dynamic_reference.clone() else {
            return;
        };
        let place = schema.place.clone();
        let target = match &self.recursive {
            _ if target != "#" || self.resource.is_some() => target,
            Some(anchor) => format!("#{}", anchor.pointer.as_str().replace('%', "%25")),
            None => return,
        };
        let message = format!(
            "`{}` is followed as a `$ref` is, wherever a validator would end",
            super::shorten(&target)
        );
        self.report(Code::DYNAMIC_REFERENCE, At::Place(&place), message);
        let found = self.reference(Kind::Schema, Node::String(target), At::Place(&place));
        schema.reference = found.map(Box::new);
    }
}
