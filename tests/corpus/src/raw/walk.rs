//! Every object of a document that OpenAPI gives a meaning, each once however often it is referred to.

use std::collections::HashSet;
use std::sync::Arc;

use serde_json::Value;

use super::files::{Files, Site};
use super::keywords::{SCHEMA_LISTS, SCHEMA_MAPS, SCHEMA_SINGLES};

/// What an object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Root,
    PathItem,
    Operation,
    Parameter,
    Header,
    RequestBody,
    Response,
    MediaType,
    Callback,
    Schema,
    /// The map under `properties` and the like.
    Schemas,
}

/// One object.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) site: Site,
    pub(crate) kind: Kind,
    /// Where its `$ref` leads, where it has one.
    pub(crate) refers: Option<Site>,
    /// Whether it is written as a reference, even one that leads nowhere.
    pub(crate) is_reference: bool,
}

/// The keys of a path item that hold an operation.
pub(crate) const METHODS: &[&str] = &[
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// The sections of `components` that hold objects of some kind.
const SECTIONS: &[(&str, Kind)] = &[
    ("schemas", Kind::Schema),
    ("responses", Kind::Response),
    ("parameters", Kind::Parameter),
    ("requestBodies", Kind::RequestBody),
    ("headers", Kind::Header),
    ("callbacks", Kind::Callback),
    ("pathItems", Kind::PathItem),
    ("mediaTypes", Kind::MediaType),
];

/// Walks the document, and the files that it refers to.
pub(crate) fn walk(files: &mut Files) -> Vec<Node> {
    let mut walk = Walk {
        queue: Vec::new(),
        seen: HashSet::new(),
        nodes: Vec::new(),
    };
    let root = Site {
        file: 0,
        pointer: String::new(),
    };
    walk.queue.push((root, Kind::Root));
    while let Some((site, kind)) = walk.queue.pop() {
        if !walk.seen.insert((site.clone(), kind)) {
            continue;
        }
        let tree = files.tree(site.file);
        if let Some(value) = tree.pointer(&site.pointer) {
            walk.visit(files, site, kind, value);
        }
        drop::<Arc<Value>>(tree);
    }
    walk.nodes.sort_by(|a, b| a.site.cmp(&b.site));
    walk.nodes
}

struct Walk {
    queue: Vec<(Site, Kind)>,
    seen: HashSet<(Site, Kind)>,
    nodes: Vec<Node>,
}

impl Walk {
    fn visit(&mut self, files: &mut Files, site: Site, kind: Kind, value: &Value) {
        let reference = value.get("$ref").and_then(Value::as_str);
        let refers = reference.and_then(|reference| files.follow(site.file, reference));
        if let Some(target) = &refers {
            self.queue.push((target.clone(), kind));
        }
        // Before 3.1 nothing beside a `$ref` counts.
        if reference.is_none() || !files.is_3_0() {
            self.children(&site, kind, value);
        }
        self.nodes.push(Node {
            site,
            kind,
            refers,
            is_reference: reference.is_some(),
        });
    }

    fn children(&mut self, site: &Site, kind: Kind, value: &Value) {
        match kind {
            Kind::Root => {
                self.map(site, value, "paths", Kind::PathItem);
                self.map(site, value, "webhooks", Kind::PathItem);
                if let Some(components) = value.get("components") {
                    let site = site.below("components");
                    for (section, kind) in SECTIONS {
                        self.map(&site, components, section, *kind);
                    }
                }
            }
            Kind::PathItem => {
                self.list(site, value, "parameters", Kind::Parameter);
                for method in METHODS {
                    self.single(site, value, method, Kind::Operation);
                }
                self.map(site, value, "additionalOperations", Kind::Operation);
            }
            Kind::Operation => {
                self.list(site, value, "parameters", Kind::Parameter);
                self.single(site, value, "requestBody", Kind::RequestBody);
                self.map(site, value, "responses", Kind::Response);
                self.map(site, value, "callbacks", Kind::Callback);
            }
            Kind::Callback => self.all(site, value, Kind::PathItem),
            Kind::Parameter | Kind::Header => {
                self.single(site, value, "schema", Kind::Schema);
                self.map(site, value, "content", Kind::MediaType);
            }
            Kind::RequestBody => self.map(site, value, "content", Kind::MediaType),
            Kind::Response => {
                self.map(site, value, "headers", Kind::Header);
                self.map(site, value, "content", Kind::MediaType);
            }
            Kind::MediaType => {
                self.single(site, value, "schema", Kind::Schema);
                self.single(site, value, "itemSchema", Kind::Schema);
                if let Some(Value::Object(encodings)) = value.get("encoding") {
                    for (name, encoding) in encodings {
                        let site = site.below("encoding").below(name);
                        self.map(&site, encoding, "headers", Kind::Header);
                    }
                }
            }
            Kind::Schema => self.schema(site, value),
            Kind::Schemas => self.all(site, value, Kind::Schema),
        }
    }

    fn schema(&mut self, site: &Site, value: &Value) {
        for keyword in SCHEMA_MAPS {
            self.single(site, value, keyword, Kind::Schemas);
        }
        for keyword in SCHEMA_LISTS {
            self.list(site, value, keyword, Kind::Schema);
        }
        for keyword in SCHEMA_SINGLES {
            self.single(site, value, keyword, Kind::Schema);
            self.list(site, value, keyword, Kind::Schema);
        }
    }

    /// The object under `key`.
    fn single(&mut self, site: &Site, value: &Value, key: &str, kind: Kind) {
        // `additionalProperties: false` is no schema of its own but says something of its owner.
        if value.get(key).is_some_and(Value::is_object) {
            self.queue.push((site.below(key), kind));
        }
    }

    /// The objects of the list under `key`.
    fn list(&mut self, site: &Site, value: &Value, key: &str, kind: Kind) {
        if let Some(Value::Array(items)) = value.get(key) {
            let site = site.below(key);
            for index in 0..items.len() {
                self.queue.push((site.below(&index.to_string()), kind));
            }
        }
    }

    /// The objects of the map under `key`.
    fn map(&mut self, site: &Site, value: &Value, key: &str, kind: Kind) {
        if let Some(value) = value.get(key) {
            self.all(&site.below(key), value, kind);
        }
    }

    fn all(&mut self, site: &Site, value: &Value, kind: Kind) {
        let Value::Object(map) = value else { return };
        for (key, entry) in map {
            // In maps of schemas a name such as `x-rate` is a name like any other.
            let extension = key.starts_with("x-") && kind != Kind::Schema && kind != Kind::Header;
            if !extension && (entry.is_object() || entry.is_boolean()) {
                self.queue.push((site.below(key), kind));
            }
        }
    }
}
