//! References where the specification has none and the world uses them all the same: in place of an
//! operation, of a whole map or list, of a text.

use std::collections::HashSet;

use super::wanted::{Kind, Why};
use super::{At, Reader};
use crate::diag::Place;
use crate::document::Node;

/// So many such references may be followed within each other.
const NESTED: usize = 24;

impl Reader<'_> {
    /// Reads what stands at `node`, or where the `$ref` leads that stands there instead.
    pub(super) fn through<T: Default>(
        &mut self,
        node: Node,
        at: At<'_>,
        read: impl FnOnce(&mut Self, Node, At<'_>) -> T,
    ) -> T {
        let Some(target) = target(&node) else {
            return read(self, node, at);
        };
        let beside = node
            .as_object()
            .into_iter()
            .flat_map(|members| members.keys());
        for key in beside.filter(|key| *key != "$ref" && !key.starts_with("x-")) {
            self.beside_reference(at.key(key));
        }
        let Some((place, node)) = self.led_to(target.to_owned(), at) else {
            return T::default();
        };
        self.following.push(place.clone());
        let found = self.within(place.file, |reader| read(reader, node, At::Place(&place)));
        self.following.pop();
        found
    }

    /// The end of a chain of such references.
    fn led_to(&mut self, mut target: String, at: At<'_>) -> Option<(Place, Node)> {
        let mut holder = at.place();
        let mut base = self.resource.as_ref().map(|(base, _)| base.clone());
        let mut met: HashSet<Place> = HashSet::new();
        loop {
            let found = self.step(&holder, base.as_ref(), &target, &met);
            let (place, node) = match found {
                Ok(found) => found,
                Err(why) => {
                    self.wanted.lose(&holder, &target, why);
                    return None;
                }
            };
            let Some(next) = self::target(&node) else {
                return Some((place, node));
            };
            next.clone_into(&mut target);
            base = self.shelf.base(place.file);
            met.insert(place.clone());
            holder = place;
        }
    }

    fn step(
        &mut self,
        holder: &Place,
        base: Option<&std::sync::Arc<str>>,
        target: &str,
        met: &HashSet<Place>,
    ) -> Result<(Place, Node), Why> {
        let mut place = self.resolve(holder.file, base, target)?;
        let node = self.node_through(&mut place)?;
        let again = met.contains(&place) || self.following.contains(&place);
        if again || self.following.len() >= NESTED {
            return Err(Why::Cycle);
        }
        Ok((place, node))
    }

    /// Notes a reference that the specification knows, so that what it names is read.
    pub(super) fn want_item(&mut self, kind: Kind, place: &Place, target: &str) {
        let base = self.resource.as_ref().map(|(base, _)| base);
        self.wanted.add(kind, place, base, target);
    }
}

/// The text of a `$ref`. A member of that name that is no text is a member like any other.
fn target(node: &Node) -> Option<&str> {
    node.get("$ref")?.as_str()
}
