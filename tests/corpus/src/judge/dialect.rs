//! The schemas of a document in the dialect of JSON Schema 2020-12, each where it stood.
//!
//! OpenAPI 3.0 has a dialect of its own, and all versions allow `nullable` in practice. A schema that
//! is `nullable` becomes `anyOf: [null, schema]`, which moves what stands inside it, so references
//! are written anew.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::tidy;
use crate::raw::{Files, Kind, Node, Site, percent_encoded};

/// Changes a schema to what it is taken for.
pub(crate) type Reading<'a> = &'a dyn Fn(&Written<'_>, &mut Map<String, Value>);

/// A schema where it is written.
pub(crate) struct Written<'a> {
    pub(crate) files: &'a Files,
    pub(crate) site: &'a Site,
    /// Whether some `allOf` has it among its branches.
    pub(crate) joined: bool,
}

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
pub(crate) fn translate(
    files: &Files,
    nodes: &[Node],
    strict: bool,
    reading: Option<Reading<'_>>,
) -> (Vec<Value>, Dialect) {
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
            && !value
                .and_then(Value::as_object)
                .is_some_and(|schema| tidy::is_null_branch(&node.site, schema))
    };
    let dialect = Dialect {
        wrapped: schemas
            .clone()
            .filter(nullable)
            .map(|node| node.site.clone())
            .collect(),
    };
    let joined: HashSet<&Site> = nodes
        .iter()
        .filter(|node| node.site.pointer.contains("/allOf/"))
        .flat_map(|node| std::iter::once(&node.site).chain(&node.refers))
        .collect();
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
        if let Some(target) = recursive(files, &node.site) {
            schema.insert("$ref".to_owned(), json!(dialect.reference(&target)));
        }
        if tidy::is_null_branch(&node.site, schema) {
            *schema = Map::from_iter([("type".to_owned(), json!("null"))]);
            continue;
        }
        dialect.schema(schema, node, old);
        if strict {
            tidy::discriminator(files, &node.site, schema);
        }
        if let Some(reading) = reading {
            let written = Written {
                files,
                site: &node.site,
                joined: joined.contains(&node.site),
            };
            reading(&written, schema);
        }
        if dialect.wrapped.contains(&node.site) {
            let inner = std::mem::take(schema);
            schema.insert(
                "anyOf".to_owned(),
                json!([{ "type": "null" }, Value::Object(inner)]),
            );
        }
    }
    for node in nodes {
        if let Some(target) = &node.refers
            && node.kind == Kind::Schema
            && !exists(&trees, target.file, &dialect.pointer(target))
        {
            dialect.forget_reference(&mut trees, &node.site);
        }
    }
    (trees, dialect)
}

fn exists(trees: &[Value], file: usize, pointer: &str) -> bool {
    (trees.get(file)).is_some_and(|tree| tree.pointer(pointer).is_some())
}

/// Where the `$recursiveRef` of 2019-09 leads: to the nearest schema around it that says `$recursiveAnchor`.
fn recursive(files: &Files, site: &Site) -> Option<Site> {
    files.get(site)?.get("$recursiveRef")?;
    let mut around = site.pointer.as_str();
    while let Some((outer, _)) = around.rsplit_once('/') {
        let target = Site {
            file: site.file,
            pointer: outer.to_owned(),
        };
        let anchor = files.get(&target)?.get("$recursiveAnchor");
        if anchor == Some(&Value::Bool(true)) {
            return Some(target);
        }
        around = outer;
    }
    None
}

impl Dialect {
    /// A reference to the schema that stood at `site`.
    pub(crate) fn reference(&self, site: &Site) -> String {
        let pointer = percent_encoded(&self.pointer(site));
        format!("{}#{pointer}", uri(site.file))
    }

    /// What stood in something that was not as JSON Schema wants it is gone: nothing is known of its values.
    fn forget_reference(&self, trees: &mut [Value], site: &Site) {
        let mut pointer = self.pointer(site);
        if self.wrapped.contains(site) {
            pointer.push_str("/anyOf/1");
        }
        let tree = trees.get_mut(site.file);
        if let Some(Value::Object(schema)) = tree.and_then(|tree| tree.pointer_mut(&pointer)) {
            schema.remove("$ref");
        }
    }

    /// Where the schema is that stood at `site`.
    fn pointer(&self, site: &Site) -> String {
        let mut pointer = String::new();
        let mut passed = Site {
            file: site.file,
            pointer: String::new(),
        };
        for segment in site.pointer.split('/').skip(1) {
            // Each schema on the way that was wrapped is one more step.
            if self.wrapped.contains(&passed) {
                pointer.push_str("/anyOf/1");
            }
            for text in [&mut pointer, &mut passed.pointer] {
                text.push('/');
                text.push_str(segment);
            }
        }
        pointer
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
