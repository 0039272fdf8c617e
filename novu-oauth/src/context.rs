//! The context of a connection: up to five entities of the caller's application (a tenant, an app…)
//! that it belongs to, each an id or an id with data.

use serde_json::{Map, Value};

use crate::problem::Fault;

/// Context type (`tenant`, `app`…) to an id, or to an object `{id, data?}`, as the caller sent it.
pub type Context = Map<String, Value>;

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
        faults.push(Fault::new(
            "context",
            message,
            Some(Value::Object(context.clone())),
        ));
    }
    for (key, entry) in context {
        let field = format!("context.{key}");
        match entry {
            Value::String(id) => check_id(&field, id, &mut faults),
            Value::Object(entry) => check_rich(&field, entry, &mut faults),
            other => {
                let message = "must be an id or an object with an id";
                faults.push(Fault::new(field, message, Some(other.clone())));
            }
        }
    }
    faults
}

fn check_rich(field: &str, entry: &Map<String, Value>, faults: &mut Vec<Fault>) {
    let id_field = format!("{field}.id");
    match entry.get("id") {
        Some(Value::String(id)) => check_id(&id_field, id, faults),
        id => faults.push(Fault::new(id_field, "must be a string", id.cloned())),
    }
    match entry.get("data") {
        None | Some(Value::Object(_)) => {}
        data => faults.push(Fault::new(
            format!("{field}.data"),
            "must be an object",
            data.cloned(),
        )),
    }
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

    use super::faults;

    fn fields(context: Value) -> Vec<String> {
        let Value::Object(context) = context else {
            panic!("an object")
        };
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
                json!({"a": 1, "b": null, "c": ["x"]}),
                vec!["context.a", "context.b", "context.c"],
            ),
            (json!({"a": {}}), vec!["context.a.id"]),
            (
                json!({"a": {"id": 7, "data": null}}),
                vec!["context.a.id", "context.a.data"],
            ),
            (
                json!({"a": {"id": "b/c", "data": "d"}}),
                vec!["context.a.id", "context.a.data"],
            ),
        ] {
            assert_eq!(fields(context.clone()), expected, "{context}");
        }
    }
}
