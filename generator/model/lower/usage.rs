//! Which types a request carries and which a response.

use super::super::operation::Operation;
use super::super::types::{TypeId, Use};
use super::Lower;

impl Lower<'_> {
    /// Marks every type that an operation reaches.
    pub(super) fn mark_usage(&mut self, operations: &mut [Operation]) {
        let mut requests = Vec::new();
        let mut responses = Vec::new();
        for operation in operations {
            requests.extend(request_uses(operation).into_iter().map(|used| used.id));
            responses.extend(response_uses(operation).into_iter().map(|used| used.id));
        }
        for id in self.reached(requests) {
            self.ty(id).in_request = true;
        }
        for id in self.reached(responses) {
            self.ty(id).in_response = true;
        }
    }

    fn reached(&self, mut waiting: Vec<TypeId>) -> Vec<TypeId> {
        let mut seen = vec![false; self.types.len()];
        let mut found = Vec::new();
        while let Some(id) = waiting.pop() {
            if !std::mem::replace(&mut seen[id.0 as usize], true) {
                found.push(id);
                waiting.extend(self.shape_of(id).uses().iter().map(|used| used.id));
            }
        }
        found
    }
}

/// What a request of the operation is made of.
pub(super) fn request_uses(operation: &mut Operation) -> Vec<&mut Use> {
    let parameters = operation.parameters.iter_mut();
    let bodies = operation
        .body
        .iter_mut()
        .flat_map(|body| &mut body.contents);
    parameters
        .map(|parameter| &mut parameter.ty)
        .chain(bodies.map(|content| &mut content.ty))
        .collect()
}

/// What its responses are made of.
fn response_uses(operation: &mut Operation) -> Vec<&mut Use> {
    let responses = operation.responses.iter_mut();
    responses
        .flat_map(|response| {
            let headers = response.headers.iter_mut().map(|header| &mut header.ty);
            headers.chain(response.contents.iter_mut().map(|content| &mut content.ty))
        })
        .collect()
}
