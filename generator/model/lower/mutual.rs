//! Unions that hold each other: `A` is `B` or a string, and `B` is `A` or an integer.
//!
//! Whatever one of them takes, each of the others takes too, so that all are one type. Were they several, a value that
//! belongs to none would be handed round for ever.

use std::collections::{HashMap, HashSet};

use super::super::types::{Origin, Shape, TypeId, Use};
use super::super::union::{DecodeTree, Union, Variant};
use super::Lower;
use super::rings::Rings;

impl Lower<'_> {
    /// Makes one union of those that hold each other; the others are other names of it.
    pub(super) fn unite_mutual_unions(&mut self) {
        let mut rings: Rings<TypeId> = Rings::default();
        let mut groups: HashMap<usize, Vec<TypeId>> = HashMap::new();
        for (id, _) in &self.unions {
            let held = |id| {
                let Shape::Union(union) = self.shape_of(id) else {
                    return Vec::new();
                };
                let targets = union.variants.iter().map(|found| self.settled(found.ty).0);
                let unions = targets.filter(|id| matches!(self.shape_of(*id), Shape::Union(_)));
                unions.collect()
            };
            groups.entry(rings.of(*id, held)).or_default().push(*id);
        }
        let mut groups: Vec<Vec<TypeId>> = groups.into_values().collect();
        groups.retain(|group| group.len() > 1);
        for group in &mut groups {
            group.sort();
        }
        groups.sort();
        for group in groups {
            self.unite(&group);
        }
    }

    /// One union of a group, by the name of one that has a name.
    fn unite(&mut self, group: &[TypeId]) {
        let named = |id: &&TypeId| {
            matches!(
                self.types[id.0 as usize].origin,
                Origin::Component(_) | Origin::Elsewhere(_)
            )
        };
        let Some(&chosen) = group.iter().find(named).or(group.first()) else {
            return;
        };
        let (variants, nullable) = self.variants_of_all(chosen, group);
        self.unite_discriminators(chosen, group);
        for &id in group.iter().filter(|id| **id != chosen) {
            self.ty(id).shape = Shape::Alias(Use::of(chosen));
        }
        let ty = self.ty(chosen);
        ty.nullable |= nullable;
        ty.shape = match variants.as_slice() {
            [] if ty.nullable => Shape::Null,
            [] => Shape::Any,
            [only] => Shape::Alias(only.ty),
            _ => Shape::Union(Union {
                variants,
                decode: DecodeTree::default(),
            }),
        };
    }

    /// What the unions of a group hold but for each other, in the order in which they are come to from one of them.
    fn variants_of_all(&self, chosen: TypeId, group: &[TypeId]) -> (Vec<Variant>, bool) {
        let members: HashSet<TypeId> = group.iter().copied().collect();
        let mut nullable = false;
        let mut variants: Vec<Variant> = Vec::new();
        let mut held: HashSet<TypeId> = HashSet::new();
        let mut met = HashSet::from([chosen]);
        let variants_of = |id: TypeId| match self.shape_of(id) {
            Shape::Union(union) => union.variants.as_slice(),
            _ => &[],
        };
        nullable |= self.types[chosen.0 as usize].nullable;
        let mut waiting = vec![variants_of(chosen).iter()];
        while let Some(next) = waiting.last_mut() {
            let Some(variant) = next.next() else {
                waiting.pop();
                continue;
            };
            let (target, null) = self.settled(variant.ty);
            if !members.contains(&target) {
                if held.insert(variant.ty.id) {
                    variants.push(variant.clone());
                }
                continue;
            }
            nullable |= null;
            if met.insert(target) {
                waiting.push(variants_of(target).iter());
            }
        }
        (variants, nullable)
    }

    /// Gives one union of a group what the discriminators of the others map.
    fn unite_discriminators(&mut self, chosen: TypeId, group: &[TypeId]) {
        let members: HashSet<TypeId> = group.iter().copied().collect();
        let all = self.unions.iter().filter(|(id, _)| members.contains(id));
        let mut own = None;
        let (first, others): (Vec<_>, Vec<_>) = all.partition(|(id, _)| *id == chosen);
        for discriminator in first
            .into_iter()
            .chain(others)
            .filter_map(|(_, found)| found.as_ref())
        {
            match &mut own {
                None => own = Some(discriminator.clone()),
                Some(own) if own.property == discriminator.property => {
                    for (value, target) in &discriminator.mapping {
                        let known = own.mapping.entry(value.clone());
                        known.or_insert_with(|| target.clone());
                    }
                }
                Some(_) => {}
            }
        }
        for (id, discriminator) in &mut self.unions {
            if *id == chosen {
                discriminator.clone_from(&own);
            }
        }
    }
}
