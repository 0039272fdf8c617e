//! Lists and maps that hold themselves with no struct, enum or union in between: Rust has no such
//! type without a name for one of them.

use crate::diag::{Code, Diagnostic};

use super::super::types::{Shape, TypeId, Use};
use super::Lower;

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

impl Lower<'_> {
    /// Opens every such circle: its inner list or map holds any value.
    pub(super) fn open_circles(&mut self) {
        let mut states = vec![State::New; self.types.len()];
        for root in 0..states.len() {
            let mut path: Vec<usize> = Vec::new();
            let mut at = Some(root);
            // Such a type leads to one other at most, so the way down is a line.
            while let Some(index) = at.take() {
                match states[index] {
                    State::Done => {}
                    State::Open => {
                        if let Some(&last) = path.last() {
                            self.open_at(last);
                        }
                    }
                    State::New => {
                        states[index] = State::Open;
                        path.push(index);
                        at = inner(&self.types[index].shape).map(|id| id.0 as usize);
                    }
                }
            }
            for index in path {
                states[index] = State::Done;
            }
        }
    }

    fn open_at(&mut self, index: usize) {
        let place = self.types[index].place.clone();
        let any = self.synthetic(
            &place,
            super::super::types::Origin::Elsewhere(Vec::new()),
            Shape::Any,
        );
        let ty = &mut self.types[index];
        ty.shape = match ty.shape {
            Shape::Array(_) => Shape::Array(any),
            Shape::Map(_) => Shape::Map(any),
            _ => Shape::Any,
        };
        self.sink.push(
            Diagnostic::new(
                Code::RECURSIVE_ALIAS,
                place,
                "this holds itself with no object in between; the inner one holds any value",
            )
            .help("put an object in between"),
        );
    }
}

fn inner(shape: &Shape) -> Option<TypeId> {
    match shape {
        Shape::Array(Use { id, .. })
        | Shape::Map(Use { id, .. })
        | Shape::Alias(Use { id, .. }) => Some(*id),
        _ => None,
    }
}
