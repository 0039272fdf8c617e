//! Objects that keep what they do not declare, though the document does not describe it.

use super::super::types::{Docs, Extra, Origin, Role, Shape, Type, TypeId};
use super::super::union::{Decision, DecodeTree, Variant};
use super::super::{Constraints, Use};
use super::Lower;

/// Lets the object with this index keep undeclared properties, of any value.
pub(in crate::model) fn keep_any(types: &mut Vec<Type>, index: usize) {
    let Some(ty) = types.get(index) else { return };
    let Ok(parent) = u32::try_from(index) else {
        return;
    };
    let any = Type {
        place: ty.place.clone(),
        origin: Origin::Inside(TypeId(parent), Role::Value),
        docs: Docs::default(),
        shape: Shape::Any,
        nullable: false,
        wrapped: false,
        constraints: Constraints::default(),
        default: None,
        has_examples: false,
        in_request: ty.in_request,
        in_response: ty.in_response,
    };
    let id = TypeId(u32::try_from(types.len()).unwrap_or(u32::MAX));
    types.push(any);
    if let Some(Shape::Object(object)) = types.get_mut(index).map(|ty| &mut ty.shape) {
        object.extra = Extra::Keep(Use::of(id));
    }
}

impl Lower<'_> {
    /// A value of an `anyOf` may be one of several branches at once. Where only optional properties tell them apart,
    /// the branch that is taken keeps what the others declare.
    pub(super) fn keep_of_others(&mut self, variants: &[Variant], decode: &DecodeTree) {
        let Some(decision) = &decode.object else {
            return;
        };
        let mut weak = Vec::new();
        self.weak_keys(decision, variants, &mut weak);
        for index in weak {
            let id = self.settled(variants[index].ty).0;
            let Shape::Object(object) = self.shape_of(id) else {
                continue;
            };
            let lacks = |other: &Variant| match self.shape_of(self.settled(other.ty).0) {
                Shape::Object(other) => {
                    let mut names = other.fields.keys();
                    names.any(|name| !object.fields.contains_key(name))
                }
                _ => false,
            };
            if object.extra == Extra::Drop && variants.iter().any(lacks) {
                keep_any(&mut self.types, id.0 as usize);
            }
        }
    }

    /// Variants that are told by a property which they need not have.
    fn weak_keys(&self, decision: &Decision, variants: &[Variant], into: &mut Vec<usize>) {
        if let Decision::Key { cases, .. } = decision {
            for (name, next) in cases {
                if let Decision::Variant(index) = next
                    && let Some(variant) = variants.get(*index)
                    && let Shape::Object(object) = self.shape_of(self.settled(variant.ty).0)
                    && object.fields.get(name).is_some_and(|field| !field.required)
                    && !into.contains(index)
                {
                    into.push(*index);
                }
            }
        }
        for child in decision.children() {
            self.weak_keys(child, variants, into);
        }
    }
}
