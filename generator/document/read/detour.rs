//! Pointers that go on through a `$ref`: `#/components/schemas/A/properties/b`, where `A` only refers to what has
//! the property. RFC 6901 knows no references, but many documents are bundled that way.

use super::Reader;
use super::shelf::Missing;
use super::wanted::Why;
use crate::diag::{Place, Pointer};
use crate::document::Node;

/// So many references may stand in the way of one pointer.
const NESTED: usize = 24;

impl Reader<'_> {
    /// A copy of what stands at a place, or where the references on its way lead; `place` is that place then.
    pub(super) fn node_through(&mut self, place: &mut Place) -> Result<Node, Why> {
        let missing = match self.shelf.node(place, self.sink) {
            Err(missing @ Missing::Nothing(_)) => missing,
            found => return found.map_err(Why::Missing),
        };
        *place = self.detour(place).ok_or(Why::Missing(missing))?;
        self.shelf.node(place, self.sink).map_err(Why::Missing)
    }

    /// Where `place` leads if the references on its way are followed. Remembers it, so that the reference
    /// means that place from then on.
    fn detour(&mut self, place: &Place) -> Option<Place> {
        let mut reached = place.clone();
        for _ in 0..NESTED {
            let tree = self.shelf.tree(reached.file, self.sink)?;
            let (target, rest) = match end(&tree, &reached.pointer) {
                End::Whole => {
                    let detours = &mut self.shelf.links.detours;
                    detours.insert(place.clone(), reached.clone());
                    return Some(reached);
                }
                End::Reference(target, rest) => (target, rest),
                End::Nothing => return None,
            };
            let base = self.shelf.base(reached.file);
            let found: Result<Place, Why> = self.resolve(reached.file, base.as_ref(), &target);
            reached = found.ok()?.below(&rest);
        }
        None
    }
}

/// How far a pointer leads.
enum End {
    Whole,
    /// To a reference, the rest of the pointer left over.
    Reference(String, Pointer),
    Nothing,
}

fn end(tree: &Node, pointer: &Pointer) -> End {
    let mut node = tree;
    let mut segments = pointer.segments();
    while let Some(segment) = segments.next() {
        if let Some(next) = node.step(&segment) {
            node = next;
            continue;
        }
        let Some(target) = node.get("$ref").and_then(Node::as_str) else {
            return End::Nothing;
        };
        let rest = Pointer::root().child(&segment);
        let rest = segments.fold(rest, |pointer, segment| pointer.child(&segment));
        return End::Reference(target.to_owned(), rest);
    }
    End::Whole
}
