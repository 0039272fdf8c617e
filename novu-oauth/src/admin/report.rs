//! What a command prints.

use serde_json::{Map, Value};

/// What a command did: names and values, in order.
#[derive(Debug, Default)]
pub(super) struct Report {
    lines: Vec<(&'static str, Value)>,
    rows: Vec<Report>,
}

impl Report {
    /// Adds a value.
    pub(super) fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.lines.push((name, value.into()));
        self
    }

    /// A list of reports.
    pub(super) fn list(rows: Vec<Self>) -> Self {
        Self {
            rows,
            lines: Vec::new(),
        }
    }

    /// Prints it for people, or as JSON.
    pub(super) fn print(&self, json: bool) {
        if json {
            println!("{}", self.json());
            return;
        }
        for row in &self.rows {
            let values = row.lines.iter().map(|(_, value)| plain(value));
            println!("{}", values.collect::<Vec<_>>().join("  "));
        }
        let width = self.lines.iter().map(|(name, _)| name.len()).max();
        for (name, value) in &self.lines {
            let name = name.replace('_', " ");
            println!(
                "{name:width$}  {}",
                plain(value),
                width = width.unwrap_or_default()
            );
        }
    }

    fn json(&self) -> Value {
        if self.lines.is_empty() {
            return self.rows.iter().map(Self::json).collect();
        }
        let lines = self.lines.iter();
        let object: Map<_, _> = lines
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect();
        Value::Object(object)
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
