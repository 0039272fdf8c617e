//! Inline types that would be written alike: one item stands for all of them.
//!
//! Documents write the same schema at many places where a reference would do, and each item costs those who
//! compile and read the crate. Each place keeps its name and its text, as an alias of the item that the document
//! comes to first, so that a place which comes to differ changes no name. Components and types with pinned names
//! are what the document and the user tell apart, and stay apart.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::config::ApiConfig;
use crate::model::{Api, Origin, Shape, Type, TypeId};

use super::TypeKind;
use super::names::{TypeNames, Words, pinned};
use super::rust_type::Spelling;
use super::structs::{Found, Parts};

/// What is written, and the types of which it is, by a digest of it.
type Classes = HashMap<u64, Vec<(TypeKind, Vec<TypeId>)>>;

/// How many items of one digest a type is compared with: a document may have any number of them.
const NEAR: usize = 64;

/// Lets types that would be written alike share an item.
///
/// Those furthest inside come first, as what a type is made of has to be shared before the type is compared.
pub(super) fn share(
    api: &Api,
    config: &ApiConfig,
    words: &Words,
    found: &Found<'_>,
    names: &mut TypeNames,
) {
    let mut levels: BTreeMap<usize, Vec<TypeId>> = BTreeMap::new();
    for (id, ty) in api.types.iter() {
        let pinned = || pinned(api, &config.names.pins, ty).is_some();
        if may_share(ty) && names.get(id).is_some() && !pinned() {
            levels.entry(depth(api, id)).or_default().push(id);
        }
    }
    // For the comparison, what is shared has one name.
    let mut common = names.clone();
    let mut classes = Classes::new();
    for level in levels.into_values().rev() {
        let spelling = Spelling {
            api,
            names: &common,
            config: &config.types,
        };
        let parts = Parts::new(spelling, words, found);
        let shared = join(&parts, &mut classes, &level);
        for (id, first) in shared {
            common.call_like(id, first);
        }
    }
    for (_, mut members) in classes.into_values().flatten() {
        members.sort_unstable();
        if let Some((&first, others)) = members.split_first() {
            for &id in others {
                names.share(id, first);
            }
        }
    }
}

/// Sorts the types of one level into `classes`: those that belong to an earlier one, and that.
fn join(parts: &Parts<'_>, classes: &mut Classes, level: &[TypeId]) -> Vec<(TypeId, TypeId)> {
    let mut shared = Vec::new();
    for &id in level {
        let kind = parts.kind(id);
        let near = classes.entry(digest(&kind)).or_default();
        let mut nearest = near.iter_mut().take(NEAR);
        if let Some((_, members)) = nearest.find(|(other, _)| *other == kind) {
            shared.extend(members.first().map(|&first| (id, first)));
            members.push(id);
        } else {
            near.push((kind, vec![id]));
        }
    }
    shared
}

/// Whether a type is named by where it stands only. A tuple struct cannot be made by another name.
fn may_share(ty: &Type) -> bool {
    let inline = matches!(ty.origin, Origin::Inside(..) | Origin::Operation(..));
    let item = matches!(
        ty.shape,
        Shape::Object(_) | Shape::Enum(_) | Shape::Union(_)
    );
    inline && item && !ty.wrapped
}

/// How many types a type stands inside.
fn depth(api: &Api, mut id: TypeId) -> usize {
    // No type stands inside itself; the bound guards against a damaged arena.
    (0..api.types.len())
        .find(|_| match api.types.get(id).origin {
            Origin::Inside(parent, _) => {
                id = parent;
                false
            }
            _ => true,
        })
        .unwrap_or_default()
}

/// The same for items that are written alike, and mostly another for others.
fn digest(kind: &TypeKind) -> u64 {
    let mut state = DefaultHasher::new();
    match kind {
        TypeKind::Struct(item) => {
            for field in &item.fields {
                (&field.wire, &field.ty, field.required).hash(&mut state);
            }
        }
        TypeKind::Tuple(item) => item.parts.iter().for_each(|part| part.ty.hash(&mut state)),
        TypeKind::Union(item) => {
            for variant in &item.variants {
                (&variant.ident, &variant.ty).hash(&mut state);
            }
        }
        TypeKind::Enum(item) => {
            for variant in &item.variants {
                variant.ident.hash(&mut state);
            }
        }
        TypeKind::Alias(of) | TypeKind::Wrapper(of, _) => of.hash(&mut state),
    }
    state.finish()
}
