//! A document as written: one typed superset of OpenAPI 3.0, 3.1 and 3.2, nothing resolved.
//!
//! Schemas have the semantics of JSON Schema 2020-12, whatever the version: what 3.0 says in other
//! words (`nullable`, boolean `exclusiveMinimum`) is translated on reading. All maps keep the order
//! of the document, and everything that a diagnostic can point at knows its [`Place`].

mod component;
mod links;
mod lookup;
mod media;
mod node;
mod operation;
mod parameter;
mod read;
mod reference;
mod response;
mod schema;
mod security;
mod tree;

use indexmap::IndexMap;

use crate::diag::{Code, Diagnostic, FileId, Files, Place, Pointer, Sink, locate};
use crate::source::Source;

pub use component::{Components, Elsewhere};
pub use media::{Encoding, Example, Examples, MediaType};
pub use node::{Node, Number, Object};
pub use operation::{Callback, Operation, PathItem};
pub use parameter::{Header, Parameter, ParameterIn};
pub use reference::{RefOr, Reference};
pub use response::{RequestBody, Response};
pub use schema::{
    Constraints, Discriminator, JsonType, KeyRule, KeySets, RareKeywords, Schema, TypeSet,
};
pub use security::{SecurityKind, SecurityRequirement, SecurityScheme};

/// The whole document.
#[derive(Debug, Clone)]
pub struct Document {
    /// The version that its `openapi` field states.
    pub version: Version,
    /// That field as written, such as `3.0.3`.
    pub version_text: String,
    /// Title, version and the like.
    pub info: Info,
    /// Where the API is served; empty when not stated.
    pub servers: Vec<Server>,
    /// What an operation requires that states nothing itself; `None` when not stated.
    pub security: Option<Vec<SecurityRequirement>>,
    /// The declared tags, in order.
    pub tags: Vec<Tag>,
    /// Path templates as written, each starting with `/`.
    pub paths: IndexMap<String, PathItem>,
    /// Requests that the API makes, by name.
    pub webhooks: IndexMap<String, PathItem>,
    /// What references name.
    pub components: Components,
    /// Further documentation.
    pub external_docs: Option<ExternalDocs>,
    /// 3.2's `$self`: the document's own address.
    pub self_uri: Option<String>,
    /// The root's `x-` members.
    pub extensions: IndexMap<String, Node>,
    /// Every file read, for locating; a [`Place`]'s file is an index into it.
    pub files: Files,
    /// The files besides the root by their paths from its folder. `None` where reading those paths again
    /// need not give the same document: URLs, symbolic links, files that could not be read.
    pub others: Option<Vec<(String, FileId)>>,
    links: links::Links,
}

/// The versions that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// OpenAPI 3.0.x: its own dialect of JSON Schema.
    V30,
    /// OpenAPI 3.1.x: JSON Schema 2020-12.
    V31,
    /// OpenAPI 3.2.x.
    V32,
}

/// The Info Object.
#[derive(Debug, Clone, Default)]
pub struct Info {
    /// The API's name; empty when missing.
    pub title: String,
    /// The API's version; empty when missing.
    pub version: String,
    /// Markdown.
    pub description: Option<String>,
    /// One line.
    pub summary: Option<String>,
    /// A URL.
    pub terms_of_service: Option<String>,
    /// Whom to ask.
    pub contact: Option<Contact>,
    /// The API's licence.
    pub license: Option<License>,
}

/// The Contact Object.
#[derive(Debug, Clone, Default)]
pub struct Contact {
    /// A person or organisation.
    pub name: Option<String>,
    /// A URL.
    pub url: Option<String>,
    /// An address.
    pub email: Option<String>,
}

/// The License Object.
#[derive(Debug, Clone, Default)]
pub struct License {
    /// Its name; empty when missing.
    pub name: String,
    /// An SPDX expression (3.1).
    pub identifier: Option<String>,
    /// A URL.
    pub url: Option<String>,
}

/// The Server Object.
#[derive(Debug, Clone)]
pub struct Server {
    /// Where it is written.
    pub place: Place,
    /// A URL, perhaps relative, perhaps with `{variables}`.
    pub url: String,
    /// Markdown.
    pub description: Option<String>,
    /// 3.2.
    pub name: Option<String>,
    /// What stands for the variables of the URL.
    pub variables: IndexMap<String, ServerVariable>,
}

/// The Server Variable Object.
#[derive(Debug, Clone, Default)]
pub struct ServerVariable {
    /// What to send when the user says nothing.
    pub default: String,
    /// The allowed values (`enum`); empty when any is.
    pub values: Vec<String>,
    /// Markdown.
    pub description: Option<String>,
}

/// The Tag Object.
#[derive(Debug, Clone)]
pub struct Tag {
    /// Where it is written.
    pub place: Place,
    /// What operations call it by.
    pub name: String,
    /// 3.2: a short title.
    pub summary: Option<String>,
    /// Markdown.
    pub description: Option<String>,
    /// Further documentation.
    pub external_docs: Option<ExternalDocs>,
    /// 3.2: the tag that this one belongs under.
    pub parent: Option<String>,
    /// 3.2: what sort of tag it is, such as `nav`.
    pub kind: Option<String>,
}

/// The External Documentation Object.
#[derive(Debug, Clone, Default)]
pub struct ExternalDocs {
    /// A URL.
    pub url: String,
    /// Markdown.
    pub description: Option<String>,
}

/// Reads a document; what is wrong with it goes into the sink, and so does the text itself.
///
/// `None` when it cannot be used at all; the sink then holds an error that says why.
#[must_use]
pub fn read(source: &Source, sink: &mut Sink) -> Option<Document> {
    let file = sink.add_file(source.to_file());
    let place = Place::root(file);
    let text = source.contents();
    match tree::parse(text, source.format()) {
        Err(fault) => {
            sink.push(fault.diagnostic(place, text));
            None
        }
        Ok(tree) => {
            report_duplicates(&tree.duplicates, file, source, sink);
            let mut shelf = read::Shelf::of(source);
            read::document(tree.root, file, &mut shelf, sink)
        }
    }
}

fn report_duplicates(duplicates: &[Pointer], file: FileId, source: &Source, sink: &mut Sink) {
    let pointers: Vec<&Pointer> = duplicates.iter().collect();
    let found = locate::locate(source.contents(), source.format(), &pointers);
    for (pointer, found) in duplicates.iter().zip(found) {
        let place = Place {
            file,
            pointer: pointer.clone(),
        };
        let key = pointer.last().unwrap_or_default().into_owned();
        let second = found.map(|found| found.last.key.unwrap_or(found.last.value));
        let mut help = "the last one is used; remove or rename one of them".to_owned();
        if let Some(first) = found.map(|found| found.first.key.unwrap_or(found.first.value)) {
            help = format!("the first one is on line {}; {help}", first.line);
        }
        let message = format!("the key `{key}` is there twice");
        let diagnostic = Diagnostic::new(Code::DUPLICATE_KEY, place, message);
        sink.push(diagnostic.span(second).help(help));
    }
}

#[cfg(test)]
mod corpus_tests;

#[cfg(test)]
mod mutation_tests;
