//! The place of a node, written out only when it is needed.

use crate::diag::{Place, Pointer};

/// A place, or a way down from one. It lives on the stack, so reading a node that needs no
/// [`Place`] costs no allocation.
#[derive(Clone, Copy)]
pub(in crate::document) enum At<'a> {
    /// A place that is written out already.
    Place(&'a Place),
    /// The member of an object.
    Key(&'a At<'a>, &'a str),
    /// The element of an array.
    Index(&'a At<'a>, usize),
}

impl<'a> At<'a> {
    pub(super) fn key<'b>(&'b self, key: &'b str) -> At<'b>
    where
        'a: 'b,
    {
        At::Key(self, key)
    }

    pub(super) fn index<'b>(&'b self, index: usize) -> At<'b>
    where
        'a: 'b,
    {
        At::Index(self, index)
    }

    pub(super) fn place(&self) -> Place {
        match self {
            Self::Place(place) => (*place).clone(),
            Self::Key(parent, key) => Place {
                file: parent.file(),
                pointer: parent.pointer().child(key),
            },
            Self::Index(parent, index) => Place {
                file: parent.file(),
                pointer: parent.pointer().index(*index),
            },
        }
    }

    /// The name of the field for a message: `` `minimum` ``, or `this` for an array's element.
    pub(super) fn field(&self) -> String {
        match self {
            Self::Key(_, key) => format!("`{}`", super::shorten(key)),
            Self::Index(parent, index) => format!("element {index} of {}", parent.field()),
            Self::Place(place) => match place.pointer.last() {
                Some(last) => format!("`{}`", super::shorten(&last)),
                None => "the document".to_owned(),
            },
        }
    }

    fn file(&self) -> crate::diag::FileId {
        match self {
            Self::Place(place) => place.file,
            Self::Key(parent, _) | Self::Index(parent, _) => parent.file(),
        }
    }

    fn pointer(&self) -> Pointer {
        self.place().pointer
    }
}
