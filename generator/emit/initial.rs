//! Values that the document gives, as expressions.

use std::fmt::Write;

use crate::model::Number;
use crate::plan::{Initial, Json};

use super::literal::string;
use crate::text::grouped;

/// The expression of a value, as a table of module `types` has it.
pub(super) fn text(value: &Initial) -> String {
    within(value, "")
}

/// The expression of a value, as a table outside module `types` has it.
pub(super) fn outer_text(value: &Initial) -> String {
    within(value, "types::")
}

/// The expression, with `prefix` before the names of generated types.
fn within(value: &Initial, prefix: &str) -> String {
    let text = |value: &Initial| within(value, prefix);
    let call = |name: &str, inner: &Initial| format!("{name}({})", text(inner));
    match value {
        Initial::Bool(value) => value.to_string(),
        Initial::Integer(number) => whole(*number),
        Initial::Float(number) => grouped(&format!("{number:?}")),
        Initial::Text(text) if text.is_empty() => "String::new()".to_owned(),
        Initial::Text(text) => format!("{}.to_owned()", string(text)),
        Initial::Formatted(text) => format!("Formatted::from_text({})", string(text)),
        Initial::Secret(text) => format!("SecretString::from({})", string(text)),
        Initial::Parsed(text) => format!("{}.parse().unwrap_or_default()", string(text)),
        Initial::Unit => "()".to_owned(),
        Initial::None => "None".to_owned(),
        Initial::Absent => "Maybe::Absent".to_owned(),
        Initial::Null => "Maybe::Null".to_owned(),
        Initial::Some(inner) => call("Some", inner),
        Initial::Boxed(inner) => call("Box::new", inner),
        Initial::Known(inner) => call("Maybe::Value", inner),
        Initial::Default(inner) => call("Defaulted::absent", inner),
        Initial::Given(inner) => call("Defaulted::from", inner),
        Initial::Variant(of, name, None) => format!("{prefix}{of}::{name}"),
        Initial::Variant(of, name, Some(inner)) => call(&format!("{prefix}{of}::{name}"), inner),
        Initial::List(items) if items.is_empty() => "Vec::new()".to_owned(),
        Initial::List(items) => format!("vec![{}]", joined(items, text)),
        Initial::Map(entries) if entries.is_empty() => "BTreeMap::new()".to_owned(),
        Initial::Map(entries) => format!(
            "BTreeMap::from([{}])",
            joined(entries, |(name, value)| format!(
                "({}.to_owned(), {})",
                string(name),
                text(value)
            ))
        ),
        Initial::Object(entries) if entries.is_empty() => "Map::new()".to_owned(),
        Initial::Object(entries) => format!(
            "Map::from_iter([{}])",
            joined(entries, |(name, value)| format!(
                "({}.to_owned(), serde_json::json!({}))",
                string(name),
                json(value)
            ))
        ),
        Initial::Struct(name, fields, true) if fields.is_empty() => {
            format!("{prefix}{name}::default()")
        }
        Initial::Struct(name, fields, rest) => {
            let mut inner = joined(fields, |(name, value)| format!("{name}: {}", text(value)));
            if *rest {
                _ = write!(inner, ", ..{prefix}{name}::default()");
            }
            format!("{prefix}{name} {{ {inner} }}")
        }
        Initial::Tuple(name, parts) => format!("{prefix}{name}({})", joined(parts, text)),
        Initial::Wrapped(name, inner) => call(name, inner),
        Initial::Json(Json::Null) => "Value::Null".to_owned(),
        Initial::Json(value) => format!("serde_json::json!({})", json(value)),
    }
}

fn joined<T>(items: &[T], text: impl Fn(&T) -> String) -> String {
    let items: Vec<String> = items.iter().map(text).collect();
    items.join(", ")
}

fn whole(number: Number) -> String {
    let text = match (number.as_i64(), number.as_u64()) {
        (Some(value), _) => value.to_string(),
        (None, Some(value)) => value.to_string(),
        (None, None) => format!("{:?}", number.as_f64()),
    };
    grouped(&text)
}

fn json(value: &Json) -> String {
    match value {
        Json::Null => "null".to_owned(),
        Json::Bool(value) => value.to_string(),
        Json::Number(number) => whole(*number),
        Json::Text(text) => string(text),
        Json::List(items) => format!("[{}]", joined(items, json)),
        Json::Object(entries) => format!(
            "{{{}}}",
            joined(entries, |(name, value)| format!(
                "{}: {}",
                string(name),
                json(value)
            ))
        ),
    }
}
