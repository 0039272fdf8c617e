//! The schemas of a document in the dialect of JSON Schema 2020-12, each where it stood.
//!
//! OpenAPI 3.0 has a dialect of its own, and all versions allow `nullable` in practice. A schema that
//! is `nullable` becomes `anyOf: [null, schema]`, which moves what stands inside it, so references
//! are written anew.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::tidy;
use crate::raw::{Files, Kind, Node, Site, percent_encoded};

/// Where the schemas of a document went.
#[derive(Debug)]
pub(crate) struct Dialect {
    wrapped: HashSet<Site>,
}

/// The URI under which a file is known to the judge.
pub(crate) fn uri(file: usize) -> String {
    format!("mem:///{file}")
}

/// Translates every file.
pub(crate) fn translate(files: &Files, nodes: &[Node]) -> (Vec<Value>, Dialect) {
    let mut trees: Vec<Value> = (0..files.len())
        .map(|file| (*files.tree(file)).clone())
        .collect();
    let old = files.is_3_0();
    let schemas = nodes
        .iter()
        .filter(|node| matches!(node.kind, Kind::Schema | Kind::Schemas));
    let nullable = |node: &&Node| {
        let value = files.get(&node.site);
        node.kind == Kind::Schema
            && !(old && node.is_reference)
            && value.and_then(|it| it.get("nullable")) == Some(&Value::Bool(true))
    };
    let dialect = Dialect {
        wrapped: schemas
            .clone()
            .filter(nullable)
            .map(|node| node.site.clone())
            .collect(),
    };
    let mut deepest_first: Vec<&Node> = schemas.collect();
    deepest_first.sort_by_key(|node| std::cmp::Reverse(node.site.pointer.len()));
    for node in deepest_first {
        let Some(tree) = trees.get_mut(node.site.file) else {
            continue;
        };
        let Some(Value::Object(schema)) = tree.pointer_mut(&node.site.pointer) else {
            continue;
        };
        let target = node.refers.as_ref();
        if node.kind == Kind::Schemas {
            if let Some(target) = target {
                *schema = dialect.map_of(files, target);
            }
            continue;
        }
        dialect.schema(schema, node, old);
        if dialect.wrapped.contains(&node.site) {
            let inner = std::mem::take(schema);
            schema.insert(
                "anyOf".to_owned(),
                json!([{ "type": "null" }, Value::Object(inner)]),
            );
        }
    }
    (trees, dialect)
}

impl Dialect {
    /// A reference to the schema that stood at `site`.
    pub(crate) fn reference(&self, site: &Site) -> String {
        let mut pointer = String::new();
        let mut passed = Site {
            file: site.file,
            pointer: String::new(),
        };
        for segment in site.pointer.split('/').skip(1) {
            // Each schema on the way that was wrapped is one more step.
            if !passed.pointer.is_empty() && self.wrapped.contains(&passed) {
                pointer.push_str("/anyOf/1");
            }
            for text in [&mut pointer, &mut passed.pointer] {
                text.push('/');
                text.push_str(segment);
            }
        }
        format!("{}#{}", uri(site.file), percent_encoded(&pointer))
    }

    /// A map of properties that was written as a reference to another one.
    fn map_of(&self, files: &Files, target: &Site) -> Map<String, Value> {
        let map = files.get(target).and_then(Value::as_object);
        map.into_iter()
            .flat_map(Map::keys)
            .map(|key| {
                (
                    key.clone(),
                    json!({ "$ref": self.reference(&target.below(key)) }),
                )
            })
            .collect()
    }

    fn schema(&self, schema: &mut Map<String, Value>, node: &Node, old: bool) {
        if node.is_reference {
            if old {
                schema.clear();
            }
            match &node.refers {
                Some(target) => {
                    schema.insert("$ref".to_owned(), Value::String(self.reference(target)));
                }
                // It leads nowhere, so that nothing is known of the values.
                None => {
                    schema.remove("$ref");
                }
            }
        }
        tidy::exclusive(schema, "exclusiveMinimum", "minimum");
        tidy::exclusive(schema, "exclusiveMaximum", "maximum");
        tidy::integer_width(schema);
        tidy::unusable(schema);
    }
}
