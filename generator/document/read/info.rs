//! What describes the API as a whole: info, servers, tags, external documentation.

use super::{At, Reader};
use crate::diag::Code;
use crate::document::{
    Contact, ExternalDocs, Info, License, Node, Server, ServerVariable, Tag, Version,
};

impl Reader<'_> {
    pub(super) fn info(&mut self, node: Node, at: At<'_>) -> Option<Info> {
        const KNOWN: &[&str] = &[
            "title",
            "version",
            "description",
            "summary",
            "termsOfService",
            "contact",
            "license",
        ];
        let (mut title, mut version) = (None, None);
        let mut info = Info::default();
        for (key, node) in self.object(node, at)? {
            let at = at.key(&key);
            match key.as_str() {
                "title" => title = self.string(node, at),
                "version" => version = self.string(node, at),
                "description" => info.description = self.string(node, at),
                "summary" => {
                    self.since(Version::V31, at);
                    info.summary = self.string(node, at);
                }
                "termsOfService" => info.terms_of_service = self.string(node, at),
                "contact" => info.contact = self.through(node, at, Self::contact),
                "license" => info.license = self.through(node, at, Self::license),
                _ => self.other(&key, at, KNOWN),
            }
        }
        for (field, value) in [("title", &title), ("version", &version)] {
            if value.is_none() {
                self.missing(at, "`info`", field);
            }
        }
        info.title = title.unwrap_or_default();
        info.version = version.unwrap_or_default();
        Some(info)
    }

    fn contact(&mut self, node: Node, at: At<'_>) -> Option<Contact> {
        let mut contact = Contact::default();
        for (key, node) in self.object(node, at)? {
            let at = at.key(&key);
            match key.as_str() {
                "name" => contact.name = self.string(node, at),
                "url" => contact.url = self.string(node, at),
                "email" => contact.email = self.string(node, at),
                _ => self.other(&key, at, &["name", "url", "email"]),
            }
        }
        Some(contact)
    }

    fn license(&mut self, node: Node, at: At<'_>) -> Option<License> {
        let mut name = None;
        let mut license = License::default();
        for (key, node) in self.object(node, at)? {
            let at = at.key(&key);
            match key.as_str() {
                "name" => name = self.string(node, at),
                "identifier" => {
                    self.since(Version::V31, at);
                    license.identifier = self.string(node, at);
                }
                "url" => license.url = self.string(node, at),
                _ => self.other(&key, at, &["name", "identifier", "url"]),
            }
        }
        if name.is_none() {
            self.missing(at, "`license`", "name");
        }
        license.name = name.unwrap_or_default();
        Some(license)
    }

    pub(super) fn servers(&mut self, node: Node, at: At<'_>) -> Vec<Server> {
        self.list(node, at, |reader, node, at| {
            reader.through(node, at, Self::server)
        })
    }

    fn server(&mut self, node: Node, at: At<'_>) -> Option<Server> {
        const KNOWN: &[&str] = &["url", "description", "name", "variables"];
        let mut url = None;
        let mut server = Server {
            place: at.place(),
            url: String::new(),
            description: None,
            name: None,
            variables: indexmap::IndexMap::new(),
        };
        for (key, node) in self.object(node, at)? {
            let at = at.key(&key);
            match key.as_str() {
                "url" => url = self.string(node, at),
                "description" => server.description = self.string(node, at),
                "name" => {
                    self.since(Version::V32, at);
                    server.name = self.string(node, at);
                }
                "variables" => server.variables = self.map(node, at, Self::server_variable),
                _ => self.other(&key, at, KNOWN),
            }
        }
        if url.is_none() {
            self.missing(at, "a server", "url");
        }
        server.url = url?;
        Some(server)
    }

    fn server_variable(&mut self, node: Node, at: At<'_>) -> Option<ServerVariable> {
        let mut default = None;
        let mut variable = ServerVariable::default();
        for (key, node) in self.object(node, at)? {
            let at = at.key(&key);
            match key.as_str() {
                "default" => default = self.string(node, at),
                "enum" => variable.values = self.strings(node, at),
                "description" => variable.description = self.string(node, at),
                _ => self.other(&key, at, &["default", "enum", "description"]),
            }
        }
        if default.is_none() {
            self.missing(at, "a server variable", "default");
        }
        variable.default = default.or_else(|| variable.values.first().cloned())?;
        Some(variable)
    }

    pub(super) fn tag(&mut self, node: Node, at: At<'_>) -> Option<Tag> {
        self.through(node, at, Self::tag_itself)
    }

    fn tag_itself(&mut self, node: Node, at: At<'_>) -> Option<Tag> {
        const KNOWN: &[&str] = &[
            "name",
            "summary",
            "description",
            "externalDocs",
            "parent",
            "kind",
        ];
        let mut name = None;
        let mut tag = Tag {
            place: at.place(),
            name: String::new(),
            summary: None,
            description: None,
            external_docs: None,
            parent: None,
            kind: None,
        };
        for (key, node) in self.object(node, at)? {
            let at = at.key(&key);
            match key.as_str() {
                "name" => name = self.string(node, at),
                "description" => tag.description = self.string(node, at),
                "externalDocs" => tag.external_docs = self.through(node, at, Self::external_docs),
                "summary" | "parent" | "kind" => {
                    self.since(Version::V32, at);
                    let text = self.string(node, at);
                    match key.as_str() {
                        "summary" => tag.summary = text,
                        "parent" => tag.parent = text,
                        _ => tag.kind = text,
                    }
                }
                _ => self.other(&key, at, KNOWN),
            }
        }
        if name.is_none() {
            self.missing(at, "a tag", "name");
        }
        tag.name = name?;
        Some(tag)
    }

    pub(super) fn external_docs(&mut self, node: Node, at: At<'_>) -> Option<ExternalDocs> {
        let mut url = None;
        let mut docs = ExternalDocs::default();
        for (key, node) in self.object(node, at)? {
            let at = at.key(&key);
            match key.as_str() {
                "url" => url = self.string(node, at),
                "description" => docs.description = self.string(node, at),
                _ => self.other(&key, at, &["url", "description"]),
            }
        }
        if url.is_none() {
            self.missing(at, "`externalDocs`", "url");
        }
        docs.url = url?;
        Some(docs)
    }

    /// Other dialects than 2020-12 may mean other things by their keywords.
    pub(super) fn dialect(&mut self, node: Node, at: At<'_>) {
        const READ: [&str; 3] = [
            "json-schema.org/draft/2020-12/schema",
            "spec.openapis.org/oas/3.1/dialect",
            "spec.openapis.org/oas/3.2/dialect",
        ];
        let Some(dialect) = self.string(node, at) else {
            return;
        };
        if !READ.iter().any(|read| dialect.contains(read)) {
            let message = format!(
                "the JSON Schema dialect `{}` is not known",
                super::shorten(&dialect)
            );
            let help = "schemas are read as JSON Schema 2020-12";
            self.report_with_help(Code::INVALID_VALUE, at, message, help);
        }
    }
}
