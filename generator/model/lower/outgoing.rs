//! Requests that the API makes itself: webhooks, and callbacks of operations.

use std::collections::{HashMap, HashSet, VecDeque};

use crate::diag::Place;
use crate::document::Operation as Written;

use super::super::operation::{Operation, OperationKind, SecurityScheme};
use super::Lower;

impl<'a> Lower<'a> {
    /// Adds the operations of every webhook and callback. A callback that several operations refer to is
    /// there once.
    pub(super) fn outgoing(
        &mut self,
        operations: &mut Vec<Operation>,
        answered: Vec<(String, &'a Written)>,
        schemes: &[SecurityScheme],
        ids: &mut HashMap<String, Place>,
    ) {
        let document = self.document;
        let mut answered = VecDeque::from(answered);
        for (name, item) in &document.webhooks {
            let path = encoded(name);
            for (item, written) in self.path_items(item) {
                if !self.is_carried(written) {
                    continue;
                }
                let id = self.operation_id(name.clone(), written, ids);
                let place = (OperationKind::Webhook, path.as_str());
                answered.push_back((id.clone(), written));
                let index = operations.len();
                operations.push(self.operation(id, place, item, written, index, schemes));
            }
        }
        let mut met = HashSet::new();
        while let Some((owner, written)) = answered.pop_front() {
            for (name, callback) in &written.callbacks {
                let followed = self.followed(callback, |document, place| {
                    document.components.callback_at(place)
                });
                let Some(callback) = followed.filter(|callback| met.insert(&callback.place)) else {
                    continue;
                };
                for (number, item) in callback.items.values().enumerate() {
                    let mut path = format!("{}/{}", encoded(&owner), encoded(name));
                    if number > 0 {
                        path += &format!("/{number}");
                    }
                    for (item, written) in self.path_items(item) {
                        if !self.is_carried(written) {
                            continue;
                        }
                        let id = self.operation_id(format!("{owner} {name}"), written, ids);
                        let place = (OperationKind::Callback, path.as_str());
                        answered.push_back((id.clone(), written));
                        let index = operations.len();
                        operations.push(self.operation(id, place, item, written, index, schemes));
                    }
                }
            }
        }
    }
}

/// A name as segments of a path: what is not unreserved (RFC 3986, section 2.3) is percent-encoded.
fn encoded(name: &str) -> String {
    let mut path = String::with_capacity(name.len());
    for byte in name.trim_start_matches('/').bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            path.push(char::from(byte));
        } else {
            path += &format!("%{byte:02X}");
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_paths() {
        assert_eq!(encoded("pet.created"), "pet.created");
        assert_eq!(encoded("/a b/{c}"), "a%20b/%7Bc%7D");
        assert_eq!(encoded("ä?#"), "%C3%A4%3F%23");
    }
}
