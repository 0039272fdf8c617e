//! Values of the expected JSON type, with what is taken where the meaning is beyond doubt.

use std::sync::Arc;

use indexmap::IndexMap;

use super::wanted::{Kind, Referable};
use super::{At, Reader};
use crate::diag::{Code, Diagnostic, Severity};
use crate::document::{Node, Number, Object, RefOr, Reference};

impl Reader<'_> {
    /// `found` is not what the specification wants.
    pub(super) fn wrong_type(&mut self, at: At<'_>, expected: &str, found: &Node) {
        let message = format!(
            "{} must be {expected}, not {}",
            at.field(),
            found.kind_name()
        );
        self.report(Code::WRONG_TYPE, at, message);
    }

    /// The same, where the value is taken for what it must mean.
    fn taken_as(&mut self, at: At<'_>, expected: &str, found: &Node, taken: &str) {
        let message = format!(
            "{} must be {expected}, not {}",
            at.field(),
            found.kind_name()
        );
        self.report_with_help(
            Code::WRONG_TYPE,
            at,
            message,
            format!("it is taken as {taken}"),
        );
    }

    pub(super) fn string(&mut self, node: Node, at: At<'_>) -> Option<String> {
        let text = match &node {
            Node::String(_) => {
                let Node::String(text) = node else {
                    return None;
                };
                return Some(text);
            }
            // A number or word that YAML reads as something else for want of quotes.
            Node::Number(number) => number.to_string(),
            Node::Bool(value) => value.to_string(),
            Node::Null => {
                let message = format!("{} must be a string, not null", at.field());
                let diagnostic = Diagnostic::new(Code::WRONG_TYPE, at.place(), message);
                self.sink
                    .push(diagnostic.severity(Severity::Note).help("leave it out"));
                return None;
            }
            // A text that is kept in a file of its own.
            Node::Object(members)
                if members.get("$ref").is_some_and(|it| it.as_str().is_some()) =>
            {
                return self.through(node, at, Self::string);
            }
            _ => {
                self.wrong_type(at, "a string", &node);
                return None;
            }
        };
        self.taken_as(at, "a string", &node, &format!("`\"{text}\"`"));
        Some(text)
    }

    pub(super) fn boolean(&mut self, node: &Node, at: At<'_>) -> Option<bool> {
        let value = match node {
            Node::Bool(value) => return Some(*value),
            Node::String(text) if text.eq_ignore_ascii_case("true") => true,
            Node::String(text) if text.eq_ignore_ascii_case("false") => false,
            _ => {
                self.wrong_type(at, "a boolean", node);
                return None;
            }
        };
        self.taken_as(at, "a boolean", node, &format!("`{value}`"));
        Some(value)
    }

    /// A boolean that is `false` when it is missing.
    pub(super) fn flag(&mut self, node: &Node, at: At<'_>) -> bool {
        self.boolean(node, at).unwrap_or(false)
    }

    pub(super) fn number(&mut self, node: &Node, at: At<'_>) -> Option<Number> {
        if let Node::Number(number) = node {
            return Some(*number);
        }
        let number = node.as_str().and_then(number_in);
        match number {
            Some(number) => self.taken_as(at, "a number", node, &format!("`{number}`")),
            None => self.wrong_type(at, "a number", node),
        }
        number
    }

    /// A count; one beyond 64 bits is the largest.
    pub(super) fn count(&mut self, node: &Node, at: At<'_>) -> Option<u64> {
        let number = self.number(node, at)?;
        if number.is_whole() && number.as_f64() >= 0.0 {
            return Some(number.as_u64().unwrap_or(u64::MAX));
        }
        let message = format!(
            "{} must be a whole number from 0 up, not {number}",
            at.field()
        );
        self.report(Code::INVALID_VALUE, at, message);
        None
    }

    pub(super) fn object(&mut self, node: Node, at: At<'_>) -> Option<Object> {
        match node {
            Node::Object(members) => Some(*members),
            other => {
                self.wrong_type(at, "an object", &other);
                None
            }
        }
    }

    pub(super) fn array(&mut self, node: Node, at: At<'_>) -> Option<Vec<Node>> {
        match node {
            Node::Array(items) => Some(items),
            other => {
                self.wrong_type(at, "an array", &other);
                None
            }
        }
    }

    /// An array; elements that cannot be read are left out.
    pub(super) fn list<T>(
        &mut self,
        node: Node,
        at: At<'_>,
        read: impl Fn(&mut Self, Node, At<'_>) -> Option<T>,
    ) -> Vec<T> {
        self.through(node, at, |reader, node, at| {
            let items = reader.array(node, at).unwrap_or_default();
            let items = items.into_iter().enumerate();
            items
                .filter_map(|(index, item)| read(reader, item, at.index(index)))
                .collect()
        })
    }

    /// An array of strings. A lone string is a list of one.
    pub(super) fn strings(&mut self, node: Node, at: At<'_>) -> Vec<String> {
        if let Node::String(text) = node {
            let message = format!("{} must be an array, not a string", at.field());
            self.report_with_help(
                Code::WRONG_TYPE,
                at,
                message,
                "it is taken as an array of one",
            );
            return vec![text];
        }
        self.list(node, at, Self::string)
    }

    /// An object whose keys are names of the document's own, `x-…` included. Members that cannot be
    /// read are left out.
    pub(super) fn map<T>(
        &mut self,
        node: Node,
        at: At<'_>,
        read: impl Fn(&mut Self, Node, At<'_>) -> Option<T>,
    ) -> IndexMap<String, T> {
        self.map_by(node, at, &read)
    }

    fn map_by<T>(
        &mut self,
        node: Node,
        at: At<'_>,
        read: &dyn Fn(&mut Self, Node, At<'_>) -> Option<T>,
    ) -> IndexMap<String, T> {
        let members = self.object(node, at).unwrap_or_default();
        let mut map = IndexMap::with_capacity(members.len());
        for (key, node) in members {
            // A member may be called `$ref`; a string under that name is a reference to more members.
            if key == "$ref" && node.as_str().is_some() {
                let more = self.through(reference_to(node), at, |reader, node, at| {
                    reader.map_by(node, at, read)
                });
                for (key, value) in more {
                    map.entry(key).or_insert(value);
                }
            } else if let Some(value) = read(self, node, at.key(&key)) {
                map.insert(key, value);
            }
        }
        map
    }

    /// A thing or a reference to one.
    pub(super) fn ref_or<T: Referable>(
        &mut self,
        node: Node,
        at: At<'_>,
        read: impl Fn(&mut Self, Node, At<'_>) -> Option<T>,
    ) -> Option<RefOr<T>> {
        if node.get("$ref").is_none() {
            return read(self, node, at).map(RefOr::Item);
        }
        let mut reference = None;
        let (mut summary, mut description) = (None, None);
        for (key, node) in self.object(node, at)? {
            let member = at.key(&key);
            match key.as_str() {
                "$ref" => reference = self.reference(T::KIND, node, at),
                "summary" => summary = self.string(node, member),
                "description" => description = self.string(node, member),
                key if key.starts_with("x-") => {}
                _ => self.beside_reference(member),
            }
        }
        let reference = reference?;
        Some(RefOr::Ref(Reference {
            summary,
            description,
            ..reference
        }))
    }

    pub(super) fn beside_reference(&mut self, at: At<'_>) {
        let message = format!("{} beside `$ref` has no effect", at.field());
        self.sink.push(
            Diagnostic::new(Code::CONFLICTING_FIELDS, at.place(), message)
                .severity(Severity::Note)
                .on_key()
                .help("move it to what the reference names"),
        );
    }

    /// The value of a `$ref`; `at` is the object that holds it.
    pub(super) fn reference(&mut self, kind: Kind, node: Node, at: At<'_>) -> Option<Reference> {
        match node {
            Node::String(target) => {
                let place = at.place();
                self.want_item(kind, &place, &target);
                Some(Reference {
                    place,
                    target,
                    base: self.resource.as_ref().map(|(base, _)| Arc::clone(base)),
                    summary: None,
                    description: None,
                })
            }
            other => {
                self.wrong_type(at.key("$ref"), "a string", &other);
                None
            }
        }
    }
}

/// The object `{ "$ref": target }`.
pub(super) fn reference_to(target: Node) -> Node {
    Node::Object(Box::new(Object::from([("$ref".to_owned(), target)])))
}

/// The number that a text holds, and nothing else.
fn number_in(text: &str) -> Option<Number> {
    if let Ok(value) = text.parse::<i128>() {
        return Some(Number::from_i128(value));
    }
    let value: f64 = text.parse().ok()?;
    value.is_finite().then_some(Number::Float(value))
}
