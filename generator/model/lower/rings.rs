//! Things that lead to each other in a circle: the strongly connected parts of a graph, found as far as they are asked for.

use std::collections::HashMap;
use std::hash::Hash;

/// The circle that each thing is in; one that leads nowhere back is in one of its own.
pub(super) struct Rings<N> {
    of: HashMap<N, usize>,
    found: usize,
}

impl<N> Default for Rings<N> {
    fn default() -> Self {
        Self {
            of: HashMap::new(),
            found: 0,
        }
    }
}

/// A thing on the way down, and what of that which it leads to was not looked at.
struct Step<N> {
    node: N,
    next: Vec<N>,
    /// The least order that is reached from it.
    low: usize,
}

impl<N: Copy + Eq + Hash> Rings<N> {
    /// The number of the circle that `node` is in. `next` says what a thing leads to, and has to say the same always.
    pub(super) fn of(&mut self, node: N, next: impl Fn(N) -> Vec<N>) -> usize {
        if let Some(&known) = self.of.get(&node) {
            return known;
        }
        // Tarjan's algorithm without recursion: documents nest as deep as they like.
        let mut order: HashMap<N, usize> = HashMap::new();
        let mut open: Vec<N> = Vec::new();
        let mut path: Vec<Step<N>> = Vec::new();
        let mut new = Some(node);
        loop {
            if let Some(node) = new.take() {
                let low = order.len();
                order.insert(node, low);
                open.push(node);
                let next = next(node);
                path.push(Step { node, next, low });
            }
            let Some(step) = path.last_mut() else { break };
            if let Some(to) = step.next.pop() {
                if !self.of.contains_key(&to) {
                    match order.get(&to) {
                        Some(&met) => step.low = step.low.min(met),
                        None => new = Some(to),
                    }
                }
                continue;
            }
            let (own, low) = (step.node, step.low);
            path.pop();
            if let Some(above) = path.last_mut() {
                above.low = above.low.min(low);
            }
            if order.get(&own) == Some(&low) {
                while let Some(member) = open.pop() {
                    self.of.insert(member, self.found);
                    if member == own {
                        break;
                    }
                }
                self.found += 1;
            }
        }
        self.of.get(&node).copied().unwrap_or(usize::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::Rings;

    #[test]
    fn those_that_lead_to_each_other_are_in_one() {
        // 0 -> 1 -> 2 -> 1, 2 -> 3, 4 -> 0, 5 -> 5
        let next = |node: usize| match node {
            0 => vec![1],
            1 => vec![2],
            2 => vec![1, 3],
            4 => vec![0],
            5 => vec![5],
            _ => Vec::new(),
        };
        let mut rings = Rings::default();
        let of: Vec<usize> = (0..6).map(|node| rings.of(node, next)).collect();
        assert_eq!(of[1], of[2]);
        let mut others: Vec<usize> = vec![of[0], of[1], of[3], of[4], of[5]];
        others.sort_unstable();
        others.dedup();
        assert_eq!(others.len(), 5);
    }

    #[test]
    fn a_long_way_needs_no_deep_stack() {
        let mut rings = Rings::default();
        let last = 200_000;
        let next = |node: usize| vec![if node == last { 0 } else { node + 1 }];
        assert_eq!(rings.of(0, next), rings.of(last, next));
    }
}
