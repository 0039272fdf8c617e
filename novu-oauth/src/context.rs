//! The context of a connection: up to five entities of the caller's application (a tenant, an app…)
//! that it belongs to, each an id or an id with data.

use std::collections::BTreeMap;

// Both operations have the same, which is one type with two names.
use novu_api::types::GenerateLinkUserOauthUrlRequestDtoContext as SentEntry;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::problem::Fault;

/// Context type (`tenant`, `app`…) to its entity, in the order of the types.
pub type Context = BTreeMap<String, Entry>;

/// An entity, in the form in which it was sent.
///
/// It is written as it was sent, an object's `id` before its `data`. A [`Map`] has no such order of
/// its own: it depends on a feature that any crate of a build may turn on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Entry {
    /// An id.
    Id(String),
    /// An id with data.
    Object(Entity),
}

/// An entity as an object.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entity {
    /// The id.
    pub id: String,
    /// What the caller keeps with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<Map<String, Value>>,
}

impl Entry {
    fn object(id: String, data: Option<Map<String, Value>>) -> Self {
        Self::Object(Entity { id, data })
    }
}

impl From<SentEntry> for Entry {
    fn from(entry: SentEntry) -> Self {
        match entry {
            SentEntry::String(id) => Self::Id(id),
            SentEntry::Object(entity) => Self::object(entity.id, entity.data),
        }
    }
}

/// The context of a request.
pub(crate) fn received<E: Into<Entry>>(sent: BTreeMap<String, E>) -> Context {
    sent.into_iter()
        .map(|(kind, entry)| (kind, entry.into()))
        .collect()
}

/// How many entries a context may have; it has at least one.
const MAX_ENTRIES: usize = 5;
/// The longest id, in characters.
const MAX_ID: usize = 100;

/// Every fault of `context`; none if it is valid.
#[must_use]
pub fn faults(context: &Context) -> Vec<Fault> {
    let mut faults = Vec::new();
    if context.is_empty() || context.len() > MAX_ENTRIES {
        let message = format!(
            "must have 1 to {MAX_ENTRIES} entries, not {}",
            context.len()
        );
        let value = serde_json::to_value(context).ok();
        faults.push(Fault::new("context", message, value));
    }
    for (kind, entry) in context {
        match entry {
            Entry::Id(id) => check_id(&format!("context.{kind}"), id, &mut faults),
            Entry::Object(entity) => {
                check_id(&format!("context.{kind}.id"), &entity.id, &mut faults);
            }
        }
    }
    faults
}

fn check_id(field: &str, id: &str, faults: &mut Vec<Fault>) {
    let legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if id.is_empty() || id.len() > MAX_ID || !id.chars().all(legal) {
        let message = format!("must be 1 to {MAX_ID} letters, digits, `_` or `-`");
        faults.push(Fault::new(
            field,
            message,
            Some(Value::String(id.to_owned())),
        ));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Context, faults};

    fn fields(context: Value) -> Vec<String> {
        let context: Context = serde_json::from_value(context).expect("a context");
        faults(&context)
            .into_iter()
            .map(|fault| fault.field)
            .collect()
    }

    #[test]
    fn valid() {
        for context in [
            json!({"tenant": "org-acme"}),
            json!({"tenant": "a", "app": {"id": "jira_2", "data": {"a": [1, null]}}, "é.ü": {"id": "b"}}),
            json!({"a": "1", "b": "2", "c": "3", "d": "4", "e": "x".repeat(100)}),
        ] {
            assert_eq!(fields(context), Vec::<String>::new());
        }
    }

    #[test]
    fn invalid() {
        for (context, expected) in [
            (json!({}), vec!["context"]),
            (
                json!({"a": "1", "b": "2", "c": "3", "d": "4", "e": "5", "f": "6"}),
                vec!["context"],
            ),
            (json!({"a": ""}), vec!["context.a"]),
            (json!({"a": "x".repeat(101)}), vec!["context.a"]),
            (json!({"a": "org acme"}), vec!["context.a"]),
            (json!({"a": "örg"}), vec!["context.a"]),
            (
                json!({"a": {"id": "b/c", "data": {}}, "b": {"id": ""}}),
                vec!["context.a.id", "context.b.id"],
            ),
        ] {
            assert_eq!(fields(context.clone()), expected, "{context}");
        }
    }

    #[test]
    fn is_written_as_it_was_sent_and_in_order() {
        let sent = r#"{"tenant":"org-acme","app":{"data":{"a":1},"id":"jira"},"é":{"id":"b"}}"#;
        let context: Context = serde_json::from_str(sent).expect("a context");
        assert_eq!(
            serde_json::to_string(&context).expect("JSON"),
            r#"{"app":{"id":"jira","data":{"a":1}},"tenant":"org-acme","é":{"id":"b"}}"#
        );
    }
}
