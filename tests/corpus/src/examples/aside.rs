//! Examples of places that have no JSON type, and why that is right.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::Example;
use crate::generate::Outcome;
use crate::raw::{Files, Kind, METHODS, Node, Site};

const IGNORED: &str = "of headers that OpenAPI ignores";
const MEDIA: &str = "of text or bytes";
const NAME: &str = "of names";
const UNUSED: &str = "of what nothing uses";

/// The classes, with their reasons.
pub(super) const CLASSES: &[(&str, &str)] = &[
    (
        IGNORED,
        "a parameter `Accept`, `Content-Type` or `Authorization`, or a header `Content-Type`: media types and \
         security schemes say what it would",
    ),
    (
        MEDIA,
        "the media type around it is not JSON, so that its values are a `String` or bytes whatever the schema says",
    ),
    (NAME, "the names of a map's entries are `String`s"),
    (
        UNUSED,
        "no operation or component schema leads to it, so that no type is made of it",
    ),
];

/// What is asked of a document to tell the classes apart.
pub(super) struct Asides<'a> {
    nodes: HashMap<&'a Site, &'a Node>,
    files: &'a Files,
    /// What stands where there is a value of a type.
    typed: HashSet<&'a Site>,
    /// The same, if all bodies were JSON.
    reached: HashSet<&'a Site>,
}

impl<'a> Asides<'a> {
    pub(super) fn of(outcome: &'a Outcome) -> Self {
        let files = &outcome.raw;
        // Of the kinds of a node in one place, the last is as good as any.
        let nodes: HashMap<&Site, &Node> = outcome
            .nodes
            .iter()
            .map(|node| (&node.site, node))
            .collect();
        let mut inside: HashMap<&Site, Vec<&Node>> = HashMap::new();
        for node in &outcome.nodes {
            let parent = around(&node.site)
                .skip(1)
                .find_map(|site| nodes.get(&site).copied());
            if let Some(parent) = parent {
                inside.entry(&parent.site).or_default().push(node);
            }
        }
        let reach = |json_alone: bool| {
            let mut reached = HashSet::new();
            let mut queue: Vec<&Site> =
                nodes.keys().copied().filter(|site| is_root(site)).collect();
            while let Some(site) = queue.pop() {
                let Some(node) = nodes.get(site) else {
                    continue;
                };
                if !reached.insert(site) {
                    continue;
                }
                queue.extend(&node.refers);
                if node.is_reference && files.is_3_0() {
                    continue;
                }
                let inner = inside.get(site).into_iter().flatten();
                let inner = inner.filter(|inner| leads(files, node, inner, json_alone));
                queue.extend(inner.map(|inner| &inner.site));
            }
            reached
        };
        Self {
            typed: reach(true),
            reached: reach(false),
            files,
            nodes,
        }
    }

    /// The class of an example without a type.
    pub(super) fn class(&self, example: &Example) -> Option<&'static str> {
        if around(&example.at).any(|site| last(&site) == "propertyNames") {
            return Some(NAME);
        }
        let holder = around(&example.schema).find_map(|site| self.nodes.get(&site).copied());
        let carrier = around(&example.schema).nth(1);
        let carrier = carrier.and_then(|site| self.nodes.get(&site).copied());
        if [holder, carrier]
            .into_iter()
            .flatten()
            .any(|node| self.is_ignored(node))
        {
            return Some(IGNORED);
        }
        match &holder?.site {
            site if self.typed.contains(site) => None,
            site if self.reached.contains(site) => Some(MEDIA),
            _ => Some(UNUSED),
        }
    }

    fn is_ignored(&self, node: &Node) -> bool {
        let value = self.files.get(&node.site);
        let text = |key| value.and_then(|it| it.get(key)).and_then(Value::as_str);
        let is = |name: &str, of: &[&str]| of.iter().any(|of| of.eq_ignore_ascii_case(name));
        match node.kind {
            Kind::Header => is(&last(&node.site), &["content-type"]),
            Kind::Parameter => {
                text("in") == Some("header")
                    && text("name")
                        .is_some_and(|name| is(name, &["accept", "content-type", "authorization"]))
            }
            _ => false,
        }
    }
}

/// Whether types are made of what stands here although nothing refers to it.
fn is_root(site: &Site) -> bool {
    let segments: Vec<&str> = site.pointer.split('/').skip(1).collect();
    site.file == 0
        && matches!(
            segments.as_slice(),
            ["paths" | "webhooks", _] | ["components", "schemas", _]
        )
}

/// Whether what is inside a node stands for values where the node does.
fn leads(files: &Files, node: &Node, inner: &Node, json_alone: bool) -> bool {
    let value = files.get(&node.site);
    let rest = inner
        .site
        .pointer
        .strip_prefix(&node.site.pointer)
        .unwrap_or_default();
    let keyword = rest.split('/').nth(1).unwrap_or_default();
    match (node.kind, keyword) {
        (Kind::PathItem, "parameters") => METHODS
            .iter()
            .any(|method| value.is_some_and(|it| it.get(method).is_some())),
        (Kind::MediaType, _) => !json_alone || !is_other_than_json(&last(&node.site)),
        (Kind::Schema, "items" | "prefixItems") => {
            // They say nothing of what is no array.
            let ty = value.and_then(|it| it.get("type"));
            ty.is_none_or(|ty| {
                *ty == "array" || ty.as_array().is_some_and(|it| it.contains(&"array".into()))
            })
        }
        (Kind::Schema, keyword) => !OTHER.contains(&keyword),
        _ => true,
    }
}

/// Keywords whose schemas are no part of the values' shape.
const OTHER: &[&str] = &[
    "$defs",
    "definitions",
    "not",
    "if",
    "then",
    "else",
    "contains",
    "propertyNames",
    "dependentSchemas",
    "unevaluatedItems",
    "unevaluatedProperties",
    "contentSchema",
];

/// A place and those around it, the innermost first.
fn around(site: &Site) -> impl Iterator<Item = Site> {
    let next = |site: &Site| {
        let (outer, _) = site.pointer.rsplit_once('/')?;
        Some(Site {
            file: site.file,
            pointer: outer.to_owned(),
        })
    };
    std::iter::successors(Some(site.clone()), next)
}

fn last(site: &Site) -> String {
    let segment = site.pointer.rsplit('/').next().unwrap_or_default();
    segment.replace("~1", "/").replace("~0", "~")
}

/// Whether bodies of a media type are read as text or bytes.
fn is_other_than_json(name: &str) -> bool {
    let essence = name.split(';').next().unwrap_or_default().trim();
    let essence = essence.to_ascii_lowercase();
    !(essence.ends_with("/json")
        || essence.ends_with("+json")
        || essence == "application/x-www-form-urlencoded")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types() {
        for name in [
            "application/json",
            "application/problem+json; charset=utf-8",
        ] {
            assert!(!is_other_than_json(name), "{name}");
        }
        for name in ["text/plain", "application/cbor", "multipart/form-data"] {
            assert!(is_other_than_json(name), "{name}");
        }
    }

    #[test]
    fn places_around() {
        let site = Site {
            file: 0,
            pointer: "/a/b~1c".to_owned(),
        };
        assert_eq!(last(&site), "b/c");
        assert_eq!(around(&site).count(), 3);
    }
}
