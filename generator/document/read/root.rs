//! The OpenAPI Object and its version.

use super::{At, Reader, Shelf};
use crate::diag::{Code, Diagnostic, FileId, Files, Place, Severity, Sink};
use crate::document::links::Links;
use crate::document::{Components, Document, Info, Node, Number, Version};

const KNOWN: &[&str] = &[
    "openapi",
    "info",
    "servers",
    "security",
    "tags",
    "paths",
    "webhooks",
    "components",
    "externalDocs",
    "jsonSchemaDialect",
    "$self",
];

/// Reads the root of a document; `None` when it is not one.
pub(in crate::document) fn document(
    node: Node,
    file: FileId,
    shelf: &mut Shelf,
    sink: &mut Sink,
) -> Option<Document> {
    let place = Place::root(file);
    let Node::Object(members) = node else {
        let message = format!("the document must be an object, not {}", node.kind_name());
        sink.push(Diagnostic::new(Code::WRONG_TYPE, place, message).severity(Severity::Error));
        return None;
    };
    let (version, version_text) = version(&members, &place, sink)?;
    let mut document = empty(version, version_text);
    let resource = members.get("$self").and_then(Node::as_str);
    let resource = resource.map(|own| (own.into(), place.clone()));
    if let Some((own, place)) = &resource {
        let ids = &mut shelf.links.ids;
        ids.insert(std::sync::Arc::clone(own), place.clone());
    }
    let mut reader = Reader {
        sink,
        version,
        root_version: version,
        shelf,
        wanted: super::wanted::Wanted::default(),
        resource,
        recursive: None,
        following: Vec::new(),
    };
    let root = At::Place(&place);
    let (mut has_info, mut has_content) = (false, false);
    for (key, node) in *members {
        let at = root.key(&key);
        match key.as_str() {
            "openapi" => {}
            "info" => {
                has_info = true;
                document.info = (reader.through(node, at, Reader::info)).unwrap_or_default();
            }
            "servers" => document.servers = reader.servers(node, at),
            "security" => document.security = reader.security(node, at),
            "tags" => document.tags = reader.list(node, at, Reader::tag),
            "paths" => {
                has_content = true;
                document.paths = reader.paths(node, at);
            }
            "webhooks" => {
                reader.since(Version::V31, at);
                has_content = true;
                document.webhooks = reader.map(node, at, Reader::path_item);
            }
            "components" => {
                has_content = true;
                document.components = reader.through(node, at, Reader::components);
            }
            "externalDocs" => {
                document.external_docs = reader.through(node, at, Reader::external_docs);
            }
            "jsonSchemaDialect" => {
                reader.since(Version::V31, at);
                reader.dialect(node, at);
            }
            "$self" => {
                reader.since(Version::V32, at);
                document.self_uri = reader.string(node, at);
            }
            _ => reader.extension(&key, node, at, KNOWN, &mut document.extensions),
        }
    }
    if !has_info {
        reader.missing(root, "the document", "info");
    }
    if !has_content {
        let message = "the document has none of `paths`, `components` and `webhooks`";
        sink.push(
            Diagnostic::new(Code::MISSING_FIELD, place, message)
                .severity(Severity::Error)
                .help("there is nothing to generate; add `paths`"),
        );
        return None;
    }
    reader.gather(&mut document);
    document.links = std::mem::take(&mut reader.shelf.links);
    document.others = reader.shelf.others();
    document.files = sink.files().clone();
    Some(document)
}

fn empty(version: Version, version_text: String) -> Document {
    Document {
        version,
        version_text,
        info: Info::default(),
        servers: Vec::new(),
        security: None,
        tags: Vec::new(),
        paths: indexmap::IndexMap::new(),
        webhooks: indexmap::IndexMap::new(),
        components: Components::default(),
        external_docs: None,
        self_uri: None,
        extensions: indexmap::IndexMap::new(),
        files: Files::default(),
        others: None,
        links: Links::default(),
    }
}

/// The stated version, or an error.
fn version(
    members: &crate::document::Object,
    place: &Place,
    sink: &mut Sink,
) -> Option<(Version, String)> {
    let stated = place.child("openapi");
    let error =
        |place: Place, message: String| Diagnostic::new(Code::UNSUPPORTED_VERSION, place, message);
    let text = match members.get("openapi") {
        Some(Node::String(text)) => text.clone(),
        Some(Node::Number(number)) => {
            let message = "`openapi` must be a string, not a number";
            sink.push(
                Diagnostic::new(Code::WRONG_TYPE, stated.clone(), message)
                    .help("put the version in quotes"),
            );
            // YAML reads `3.0` as the number 3.
            if matches!(number, Number::Float(_)) && number.is_whole() {
                format!("{number}.0")
            } else {
                number.to_string()
            }
        }
        Some(other) => {
            let message = format!("`openapi` must be a string, not {}", other.kind_name());
            sink.push(error(stated, message));
            return None;
        }
        None if members.contains_key("swagger") => {
            let message = "this is a Swagger 2.0 document".to_owned();
            sink.push(error(place.child("swagger"), message).help(
                "convert it to OpenAPI 3 first, for example with `npx swagger2openapi` or at https://editor.swagger.io",
            ));
            return None;
        }
        None => {
            let message = "the document does not state its OpenAPI version".to_owned();
            let help = "add `openapi: 3.1.0` (or the version that it is written for) at the top";
            sink.push(error(place.clone(), message).help(help));
            return None;
        }
    };
    let Some(version) = Version::of(&text) else {
        let message = format!(
            "OpenAPI version `{}` is not supported",
            super::shorten(&text)
        );
        sink.push(error(stated, message).help("3.0, 3.1 and 3.2 are"));
        return None;
    };
    Some((version, text))
}

impl Version {
    /// Major and minor, such as `3.1`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::V30 => "3.0",
            Self::V31 => "3.1",
            Self::V32 => "3.2",
        }
    }

    pub(super) fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        let versions = [Self::V30, Self::V31, Self::V32];
        versions.into_iter().find(|version| {
            text.strip_prefix(version.name())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-']))
        })
    }
}
