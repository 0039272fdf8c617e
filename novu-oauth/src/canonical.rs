//! The canonical JSON that a context is signed as: keys in order, no white space, and in texts nothing
//! escaped but `"` and `\`.

use serde_json::{Map, Value};

use crate::context::{Context, Entry};

/// The canonical JSON of `context`.
#[must_use]
pub fn text(context: &Context) -> String {
    let entries = context.iter().map(|(kind, entry)| {
        let value = match entry {
            Entry::Id(id) => Value::String(id.clone()),
            Entry::Object(entity) => {
                let mut object = Map::new();
                object.insert("id".to_owned(), Value::String(entity.id.clone()));
                if let Some(data) = &entity.data {
                    object.insert("data".to_owned(), Value::Object(data.clone()));
                }
                Value::Object(object)
            }
        };
        (kind.clone(), value)
    });
    let mut out = String::new();
    write(&Value::Object(entries.collect()), &mut out);
    out
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => out.push_str(&value.to_string()),
        Value::String(text) => quote(text, out),
        Value::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write(item, out);
            }
            out.push(']');
        }
        Value::Object(object) => {
            let mut entries: Vec<_> = object.iter().collect();
            // As JavaScript compares texts, which is not as Rust does.
            entries.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
            out.push('{');
            for (at, (key, value)) in entries.into_iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                quote(key, out);
                out.push(':');
                write(value, out);
            }
            out.push('}');
        }
    }
}

fn quote(text: &str, out: &mut String) {
    out.push('"');
    for letter in text.chars() {
        if matches!(letter, '"' | '\\') {
            out.push('\\');
        }
        out.push(letter);
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::text;

    #[test]
    fn is_in_order_and_compact() {
        let context = json!({
            "tenant": "org-acme",
            "app": {"id": "jira", "data": {"b": [1, null, true], "a": "x \"y\" \\ é\n", "\u{ff5e}": 1, "\u{1f600}": 2}},
        });
        let context = serde_json::from_value(context).expect("a context");
        assert_eq!(
            text(&context),
            "{\"app\":{\"data\":{\"a\":\"x \\\"y\\\" \\\\ é\n\",\"b\":[1,null,true],\"\u{1f600}\":2,\"\u{ff5e}\":1},\"id\":\"jira\"},\"tenant\":\"org-acme\"}"
        );
    }
}
