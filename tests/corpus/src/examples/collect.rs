//! Every example of a document, with the schema that it is of.

use serde_json::Value;

use crate::raw::{Files, Kind, Node, Site};

/// One example.
#[derive(Debug, Clone)]
pub(crate) struct Example {
    /// Where the value stands.
    pub(crate) at: Site,
    /// The schema that it is of.
    pub(crate) schema: Site,
    pub(crate) value: Value,
}

/// Those of schemas, media types, parameters and headers; what is referred to is read where it stands.
pub(crate) fn collect(files: &mut Files, nodes: &[Node]) -> Vec<Example> {
    let mut found = Vec::new();
    let old = files.is_3_0();
    for node in nodes {
        // Before 3.1 nothing beside a `$ref` counts.
        if node.is_reference && (old || node.kind != Kind::Schema) {
            continue;
        }
        let tree = files.tree(node.site.file);
        let Some(value) = tree.pointer(&node.site.pointer) else {
            continue;
        };
        match node.kind {
            Kind::Schema => of_schema(&node.site, value, &mut found),
            Kind::MediaType | Kind::Parameter | Kind::Header => {
                of_carrier(files, &node.site, value, &mut found);
            }
            _ => {}
        }
    }
    found
}

fn of_schema(site: &Site, schema: &Value, found: &mut Vec<Example>) {
    let mut push = |at: Site, value: &Value| {
        found.push(Example {
            at,
            schema: site.clone(),
            value: value.clone(),
        });
    };
    if let Some(value) = schema.get("example") {
        push(site.below("example"), value);
    }
    if let Some(Value::Array(values)) = schema.get("examples") {
        for (index, value) in values.iter().enumerate() {
            push(site.below("examples").below(&index.to_string()), value);
        }
    }
}

/// Of an object that has a schema: a media type, parameter or header.
fn of_carrier(files: &mut Files, site: &Site, carrier: &Value, found: &mut Vec<Example>) {
    if carrier.get("schema").is_none() {
        return;
    }
    let schema = site.below("schema");
    if let Some(value) = carrier.get("example") {
        found.push(Example {
            at: site.below("example"),
            schema: schema.clone(),
            value: value.clone(),
        });
    }
    let Some(Value::Object(examples)) = carrier.get("examples") else {
        return;
    };
    for (name, written) in examples {
        let mut at = site.below("examples").below(name);
        let mut example = written.clone();
        // A chain of references is never long.
        for _ in 0..8 {
            let Some(reference) = example.get("$ref").and_then(Value::as_str) else {
                break;
            };
            let Some(target) = files.follow(at.file, reference) else {
                break;
            };
            example = files.get(&target).cloned().unwrap_or_default();
            at = target;
        }
        // `externalValue` and `serializedValue` are texts of some media type.
        for key in ["value", "dataValue"] {
            if let Some(value) = example.get(key) {
                found.push(Example {
                    at: at.below(key),
                    schema: schema.clone(),
                    value: value.clone(),
                });
            }
        }
    }
}
