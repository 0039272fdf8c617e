//! Keeps the schemas that joining makes for as long as the document's own.

use std::cell::OnceCell;

use crate::document::Schema;

/// A list that only grows, so that what stands in it can be borrowed while more is added.
#[derive(Default)]
pub(in crate::model::lower) struct Shelf {
    first: Slot,
}

/// The end of a [`Shelf`]: where the next schema goes.
pub(in crate::model::lower) type Slot = OnceCell<Box<Link>>;

pub(in crate::model::lower) struct Link {
    schema: Schema,
    next: Slot,
}

impl Shelf {
    /// Where the first schema goes.
    pub(in crate::model::lower) fn start(&self) -> &Slot {
        &self.first
    }
}

/// Puts a schema at `end`, and moves that on.
pub(in crate::model::lower) fn keep<'a>(end: &mut &'a Slot, schema: Schema) -> &'a Schema {
    let link = end.get_or_init(|| {
        Box::new(Link {
            schema,
            next: Slot::new(),
        })
    });
    *end = &link.next;
    &link.schema
}

impl Drop for Shelf {
    /// Link after link: the list is as long as the document has joined schemas.
    fn drop(&mut self) {
        let mut next = self.first.take();
        while let Some(mut link) = next {
            next = link.next.take();
        }
    }
}
