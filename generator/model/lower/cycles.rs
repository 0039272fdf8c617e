//! Lists and maps that hold themselves with no struct, enum or union in between: Rust has such a type only where one of
//! them is a struct around its list or map.

use crate::diag::{Code, Diagnostic};

use super::super::types::{Origin, Shape, TypeId, Use};
use super::Lower;

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

impl Lower<'_> {
    /// Gives one type of every such circle a struct of its own.
    pub(super) fn wrap_circles(&mut self) {
        let mut states = vec![State::New; self.types.len()];
        for root in 0..states.len() {
            let mut path: Vec<usize> = Vec::new();
            let mut at = Some(root);
            // Such a type leads to one other at most, so the way down is a line.
            while let Some(index) = at.take() {
                match states[index] {
                    State::Done => {}
                    State::Open => {
                        let start = path.iter().position(|&member| member == index);
                        self.wrap_one(path.get(start.unwrap_or(0)..).unwrap_or_default());
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

    /// Wraps a list or map of the circle: one that has a name, if there is one.
    fn wrap_one(&mut self, circle: &[usize]) {
        let holds = |index: &&usize| !matches!(self.types[**index].shape, Shape::Alias(_));
        let named = |index: &&usize| {
            matches!(
                self.types[**index].origin,
                Origin::Component(_) | Origin::Request(_)
            )
        };
        let chosen = circle
            .iter()
            .filter(holds)
            .find(named)
            .or_else(|| circle.iter().find(holds));
        if let Some(&index) = chosen {
            self.types[index].wrapped = true;
        } else if let Some(&index) = circle.last() {
            let place = self.types[index].place.clone();
            self.types[index].shape = Shape::Any;
            self.sink.push(
                Diagnostic::new(
                    Code::REFERENCE_CYCLE,
                    place,
                    "this schema is only another name for itself",
                )
                .help("let one of the references in the circle be the thing itself"),
            );
        }
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
