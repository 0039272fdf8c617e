//! The context of a connection: up to five entities of the caller's application (a tenant, an app…)
//! that it belongs to, each an id or an id with data.

use std::collections::BTreeMap;

// Both operations have the same, which is one type with two names.
use novu_api::types::GenerateLinkUserOauthUrlRequestDtoContext as SentEntry;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

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
    /// The id.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Id(id) => id,
            Self::Object(entity) => &entity.id,
        }
    }

    /// What the caller keeps with it.
    #[must_use]
    pub fn data(&self) -> Option<&Map<String, Value>> {
        match self {
            Self::Id(_) => None,
            Self::Object(entity) => entity.data.as_ref(),
        }
    }

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

/// The contexts as `type:id`, in order.
#[must_use]
pub fn keys(context: &Context) -> Vec<String> {
    let mut keys: Vec<_> = context
        .iter()
        .map(|(kind, entry)| format!("{kind}:{}", entry.id()))
        .collect();
    keys.sort_unstable();
    keys
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Context, keys};

    #[test]
    fn keys_are_in_order() {
        let context = json!({"tenant": "org-acme", "app": {"id": "jira", "data": {}}});
        let context: Context = serde_json::from_value(context).expect("a context");
        assert_eq!(keys(&context), ["app:jira", "tenant:org-acme"]);
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
