//! Operations of every path.

use std::collections::{HashMap, HashSet};

use crate::diag::{Code, Diagnostic, Place};
use crate::document::{Operation as Written, PathItem, RefOr, RequestBody};

use super::super::operation::{Body, Operation, OperationKind, SecurityScheme};
use super::super::types::{Docs, Origin, Position};
use super::{Lower, calls, pages};

impl<'a> Lower<'a> {
    /// Every operation that can be carried, in document order.
    pub(super) fn operations(&mut self, schemes: &[SecurityScheme]) -> Vec<Operation> {
        let document = self.document;
        let mut operations = Vec::new();
        let mut callbacks = Vec::new();
        let mut ids: HashMap<String, Place> = HashMap::new();
        for (path, item) in &document.paths {
            for (item, written) in self.path_items(item) {
                if !self.is_carried(written) {
                    continue;
                }
                let id = format!("{} {path}", written.method.to_lowercase());
                let id = self.operation_id(id, written, &mut ids);
                let place = (OperationKind::Call, path.as_str());
                callbacks.push((id.clone(), written));
                let operation = self.operation(id, place, item, written, operations.len(), schemes);
                operations.push(operation);
            }
        }
        self.outgoing(&mut operations, callbacks, schemes, &mut ids);
        operations
    }

    /// The operations of a path item and of the one that it refers to, each with the item it stands in. Of
    /// two for one method, the first is meant.
    pub(super) fn path_items(&mut self, item: &'a PathItem) -> Vec<(&'a PathItem, &'a Written)> {
        let document = self.document;
        let mut found: Vec<(&'a PathItem, &'a Written)> = Vec::new();
        let mut met = HashSet::new();
        let mut next = Some(item);
        while let Some(item) = next {
            if !met.insert(&item.place) {
                if let Some(reference) = &item.reference {
                    self.cycle(reference);
                }
                break;
            }
            for written in &item.operations {
                if found
                    .iter()
                    .all(|(_, known)| known.method != written.method)
                {
                    found.push((item, written));
                }
            }
            let place = item.reference.as_ref().and_then(|it| document.resolve(it));
            next = place.and_then(|place| document.path_item_at(&place));
        }
        found
    }

    /// Whether an operation has a method that can be carried.
    pub(super) fn is_carried(&mut self, written: &Written) -> bool {
        let carried = is_word(&written.method);
        if !carried {
            self.sink.push(
                Diagnostic::new(
                    Code::UNSUPPORTED_METHOD,
                    written.place.clone(),
                    format!("the method `{}` is not carried", written.method),
                )
                .help("methods made of letters, digits and underscores are"),
            );
        }
        carried
    }

    pub(super) fn operation(
        &mut self,
        id: String,
        (kind, path): (OperationKind, &str),
        item: &'a PathItem,
        written: &'a Written,
        index: usize,
        schemes: &[SecurityScheme],
    ) -> Operation {
        let parameters = self.parameters(path, item, written, index);
        let body = written
            .request_body
            .as_ref()
            .and_then(|body| self.body(body, index));
        let responses = self.responses(written, index);
        // What protects the API says nothing of those that it calls.
        let security = if kind == OperationKind::Call || written.security.is_some() {
            self.requirements(written, schemes)
        } else {
            Vec::new()
        };
        Operation {
            place: written.place.clone(),
            id,
            method: written.method.clone(),
            kind,
            path: path.to_owned(),
            tag: written.tags.first().cloned(),
            docs: Docs {
                title: written.summary.clone(),
                description: written.description.clone(),
                deprecated: written.deprecated,
            },
            parameters,
            body,
            responses,
            security,
            servers: calls::servers(if written.servers.is_empty() {
                &item.servers
            } else {
                &written.servers
            }),
            retries: calls::retries(&written.extensions),
            pagination: pages::pagination(&written.extensions),
        }
    }

    /// The operation's id: `made`, where it has none or one that is taken.
    pub(super) fn operation_id(
        &mut self,
        made: String,
        written: &Written,
        ids: &mut HashMap<String, Place>,
    ) -> String {
        let Some(id) = written.operation_id.clone().filter(|id| !id.is_empty()) else {
            return made;
        };
        if let Some(first) = ids.get(&id) {
            self.sink.push(
                Diagnostic::new(
                    Code::DUPLICATE_OPERATION_ID,
                    written.place.child("operationId"),
                    format!(
                        "two operations have the id `{id}`; this one is named after where it stands"
                    ),
                )
                .related(first.clone(), "the first one")
                .help("give each operation an id of its own (OpenAPI, Operation Object)"),
            );
            return made;
        }
        ids.insert(id.clone(), written.place.child("operationId"));
        id
    }

    fn body(&mut self, body: &'a RefOr<RequestBody>, index: usize) -> Option<Body> {
        let body = self.followed(body, |document, place| {
            document.components.request_body_at(place)
        })?;
        let docs = Docs {
            description: body.description.clone(),
            ..Docs::default()
        };
        let origin = Origin::Operation(index, Position::RequestBody);
        let contents = self.contents(&body.content, &origin);
        if contents.is_empty() {
            return None;
        }
        Some(Body {
            place: body.place.clone(),
            required: body.required,
            contents,
            docs,
        })
    }
}

/// Whether a method is a plain word; HTTP allows more (RFC 9110, section 5.6.2).
fn is_word(method: &str) -> bool {
    method.starts_with(|c: char| c.is_ascii_alphabetic())
        && method
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_')
}
