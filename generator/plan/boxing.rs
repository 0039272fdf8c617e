//! Where a type that contains itself needs a `Box`.
//!
//! Containment is followed depth first in the order of the arena; an edge back to a type that is
//! still open closes a circle and gets the box. So every circle has one, and what lies on no
//! circle has none, unless types hold each other deeper than the compiler follows.

use std::collections::HashSet;

use crate::model::{Api, Shape, TypeId, Use};

/// Types that hold each other directly, at most; the compiler lays out some 100 in each other, wrappers included.
const DEEPEST: usize = 24;

/// Edges (container, index of field, item or variant) that are boxed.
#[derive(Debug, Default)]
pub(super) struct Boxes {
    edges: HashSet<(TypeId, usize)>,
    /// How many types are in each other below one, by its id; 0 where that is not known yet.
    depths: Vec<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

impl Boxes {
    /// Finds the edges of `api` that need a box.
    pub(super) fn find(api: &Api) -> Self {
        let mut boxes = Self {
            depths: vec![0; api.types.len()],
            ..Self::default()
        };
        let mut states = vec![State::New; api.types.len()];
        for (root, _) in api.types.iter() {
            boxes.visit(api, root, &mut states);
        }
        boxes
    }

    /// Whether the field, item or variant with this index is boxed.
    pub(super) fn contains(&self, container: TypeId, index: usize) -> bool {
        self.edges.contains(&(container, index))
    }

    /// Without recursion of its own: documents nest as deep as they like.
    fn visit(&mut self, api: &Api, root: TypeId, states: &mut [State]) {
        let mut path: Vec<(TypeId, Vec<(usize, TypeId)>)> = Vec::new();
        let enter =
            |id: TypeId, states: &mut [State], path: &mut Vec<(TypeId, Vec<(usize, TypeId)>)>| {
                states[id.0 as usize] = State::Open;
                let mut edges = contained(api, id);
                edges.reverse();
                path.push((id, edges));
            };
        if states[root.0 as usize] == State::New {
            enter(root, states, &mut path);
        }
        while let Some((id, edges)) = path.last_mut() {
            let Some((index, next)) = edges.pop() else {
                let id = *id;
                states[id.0 as usize] = State::Done;
                path.pop();
                self.measure(api, id);
                continue;
            };
            match states[next.0 as usize] {
                State::Open => {
                    self.edges.insert((*id, index));
                }
                State::New => enter(next, states, &mut path),
                State::Done => {}
            }
        }
    }

    /// Boxes what lies too deep in a type whose parts are done.
    fn measure(&mut self, api: &Api, id: TypeId) {
        let mut deepest = 0;
        for (index, next) in contained(api, id) {
            let depth = self.depths[next.0 as usize];
            if depth >= DEEPEST {
                self.edges.insert((id, index));
            } else if !self.edges.contains(&(id, index)) {
                deepest = deepest.max(depth);
            }
        }
        self.depths[id.0 as usize] = deepest + 1;
    }
}

/// The structs, tuples and unions that a type holds directly, not behind a list or a map.
fn contained(api: &Api, id: TypeId) -> Vec<(usize, TypeId)> {
    let direct = |used: Use| {
        let target = api.types.resolve(used).0;
        matches!(
            api.types.get(target).shape,
            Shape::Tuple(_) | Shape::Object(_) | Shape::Union(_)
        )
        .then_some(target)
    };
    let uses: Vec<Use> = match &api.types.get(id).shape {
        Shape::Tuple(tuple) => tuple.items.iter().map(|item| item.ty).collect(),
        Shape::Object(object) => object.fields.values().map(|field| field.ty).collect(),
        Shape::Union(union) => union.variants.iter().map(|variant| variant.ty).collect(),
        _ => Vec::new(),
    };
    uses.into_iter()
        .enumerate()
        .filter_map(|(index, used)| Some((index, direct(used)?)))
        .collect()
}
