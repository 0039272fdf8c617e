//! Which types a request carries and which a response.

use super::super::Api;
use super::super::types::{Extra, Shape, TypeId, Types, Use};

/// Marks every type that an operation reaches.
pub(super) fn mark(api: &mut Api) {
    let mut requests: Vec<Use> = Vec::new();
    let mut responses: Vec<Use> = Vec::new();
    for operation in &api.operations {
        requests.extend(operation.parameters.iter().map(|parameter| parameter.ty));
        requests.extend(operation.body.iter().map(|body| body.ty));
        for response in &operation.responses {
            responses.extend(response.headers.iter().map(|header| header.ty));
            responses.extend(response.body.iter().map(|(_, _, ty)| *ty));
        }
    }
    for id in reached(&api.types, requests) {
        api.types.all[id.0 as usize].in_request = true;
    }
    for id in reached(&api.types, responses) {
        api.types.all[id.0 as usize].in_response = true;
    }
}

fn reached(types: &Types, roots: Vec<Use>) -> Vec<TypeId> {
    let mut seen = vec![false; types.len()];
    let mut waiting: Vec<TypeId> = roots.into_iter().map(|used| used.id).collect();
    let mut found = Vec::new();
    while let Some(id) = waiting.pop() {
        if std::mem::replace(&mut seen[id.0 as usize], true) {
            continue;
        }
        found.push(id);
        match &types.get(id).shape {
            Shape::Array(inner) | Shape::Map(inner) | Shape::Alias(inner) => waiting.push(inner.id),
            Shape::Object(object) => {
                waiting.extend(object.fields.values().map(|field| field.ty.id));
                if let Extra::Keep(inner) = object.extra {
                    waiting.push(inner.id);
                }
            }
            Shape::Union(union) => {
                waiting.extend(union.variants.iter().map(|variant| variant.ty.id));
            }
            Shape::Any
            | Shape::Bool
            | Shape::Integer(_)
            | Shape::Number(_)
            | Shape::Text(_)
            | Shape::Enum(_) => {}
        }
    }
    found
}
