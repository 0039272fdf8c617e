//! `readOnly` and `writeOnly`: a property that only one direction has is required in that direction alone.
//!
//! One type stands for both directions as long as it requires the same in both. Where it does not, or contains a type
//! that does not, requests get a type of their own.

use std::collections::HashMap;

use super::super::operation::Operation;
use super::super::types::{Origin, Shape, Type, TypeId};
use super::Lower;
use super::usage::request_uses;

impl Lower<'_> {
    /// Makes what is required follow the direction in which a type travels.
    pub(super) fn split_directions(&mut self, operations: &mut [Operation]) {
        let forms = self.request_forms();
        for (&id, &form) in &forms {
            let mut ty = self.types[id.0 as usize].clone();
            ty.origin = match ty.origin {
                Origin::Inside(parent, role) if forms.contains_key(&parent) => {
                    Origin::Inside(forms[&parent], role)
                }
                _ => Origin::Request(id),
            };
            ty.in_response = false;
            self.types[form.0 as usize] = ty;
            self.ty(id).in_request = false;
        }
        let unions: Vec<_> = self
            .unions
            .iter()
            .filter_map(|(id, discriminator)| Some((*forms.get(id)?, discriminator.clone())))
            .collect();
        self.unions.extend(unions);
        let overlapping: Vec<_> = self
            .overlapping
            .iter()
            .filter_map(|id| forms.get(id).copied())
            .collect();
        self.overlapping.extend(overlapping);
        for ty in &mut self.types {
            settle(ty, &forms);
        }
        for operation in operations {
            for used in request_uses(operation) {
                used.id = forms.get(&used.id).copied().unwrap_or(used.id);
            }
        }
    }

    /// The types that requests need in a form of their own, and room for each form.
    fn request_forms(&mut self) -> HashMap<TypeId, TypeId> {
        let mut users: HashMap<TypeId, Vec<TypeId>> = HashMap::new();
        let mut waiting = Vec::new();
        for (id, ty) in (0..).map(TypeId).zip(&self.types) {
            if !(ty.in_request && ty.in_response) {
                continue;
            }
            for used in ty.shape.uses() {
                users.entry(used.id).or_default().push(id);
            }
            if differs(&ty.shape) {
                waiting.push(id);
            }
        }
        let mut split = vec![false; self.types.len()];
        while let Some(id) = waiting.pop() {
            if !std::mem::replace(&mut split[id.0 as usize], true) {
                waiting.extend(users.get(&id).into_iter().flatten());
            }
        }
        let ids: Vec<TypeId> = (0..)
            .map(TypeId)
            .zip(split)
            .filter_map(|(id, split)| split.then_some(id))
            .collect();
        ids.into_iter()
            .map(|id| {
                let ty = self.types[id.0 as usize].clone();
                (id, self.push(&ty.place, ty.origin, ty.docs))
            })
            .collect()
    }
}

/// Whether an object requires something of one direction only.
fn differs(shape: &Shape) -> bool {
    let Shape::Object(object) = shape else {
        return false;
    };
    let mut fields = object.fields.values();
    fields.any(|field| field.required && (field.read_only || field.write_only))
}

/// Lets a type of one direction require what that direction has, and be made of types of the same.
fn settle(ty: &mut Type, forms: &HashMap<TypeId, TypeId>) {
    let request = ty.in_request && !ty.in_response;
    let response = ty.in_response && !ty.in_request;
    if request {
        for used in ty.shape.uses_mut() {
            used.id = forms.get(&used.id).copied().unwrap_or(used.id);
        }
    }
    if let Shape::Object(object) = &mut ty.shape {
        for field in object.fields.values_mut() {
            if (request && field.read_only) || (response && field.write_only) {
                field.required = false;
            }
        }
    }
}
