//! Paths, path items and operations.

use indexmap::IndexMap;

use super::wanted::Kind;
use super::{At, Reader};
use crate::diag::{Code, Diagnostic, Place, Severity};
use crate::document::{
    Callback, Node, Operation, Parameter, ParameterIn, PathItem, RefOr, Response, Version,
};

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

impl Reader<'_> {
    pub(super) fn paths(&mut self, node: Node, at: At<'_>) -> IndexMap<String, PathItem> {
        let members = self.object(node, at).unwrap_or_default();
        let mut paths = IndexMap::with_capacity(members.len());
        let holder = at;
        for (mut path, node) in members {
            let at = at.key(&path);
            if path.starts_with("x-") {
                continue;
            }
            if path == "$ref" && node.as_str().is_some() {
                let node = super::values::reference_to(node);
                for (path, item) in self.through(node, holder, Self::paths) {
                    paths.entry(path).or_insert(item);
                }
                continue;
            }
            let item = self.path_item(node, at);
            if !path.starts_with('/') {
                let message = format!(
                    "a path starts with `/`, and `{}` does not",
                    super::shorten(&path)
                );
                let help = format!("it is taken as `/{}`", super::shorten(&path));
                let diagnostic = Diagnostic::new(Code::INVALID_VALUE, at.place(), message);
                self.sink.push(diagnostic.on_key().help(help));
                path.insert(0, '/');
            }
            if let Some(item) = item {
                paths.insert(path, item);
            }
        }
        paths
    }

    pub(super) fn path_item(&mut self, node: Node, at: At<'_>) -> Option<PathItem> {
        const KNOWN: &[&str] = &[
            "get",
            "put",
            "post",
            "delete",
            "options",
            "head",
            "patch",
            "trace",
            "query",
            "additionalOperations",
            "summary",
            "description",
            "servers",
            "parameters",
            "$ref",
        ];
        let place = at.place();
        let at = At::Place(&place);
        let mut item = PathItem {
            place: place.clone(),
            reference: None,
            summary: None,
            description: None,
            servers: Vec::new(),
            parameters: Vec::new(),
            operations: Vec::new(),
            extensions: IndexMap::new(),
        };
        for (key, node) in self.object(node, at)? {
            let member = at.key(&key);
            match key.as_str() {
                "$ref" => item.reference = self.reference(Kind::PathItem, node, at),
                "summary" => item.summary = self.string(node, member),
                "description" => item.description = self.string(node, member),
                "servers" => item.servers = self.servers(node, member),
                "parameters" => item.parameters = self.parameters(node, member),
                "query" => {
                    self.since(Version::V32, member);
                    item.operations
                        .extend(self.operation("QUERY".to_owned(), node, member));
                }
                "additionalOperations" => {
                    self.since(Version::V32, member);
                    for (method, node) in self.object(node, member).unwrap_or_default() {
                        let at = member.key(&method);
                        if is_token(&method) {
                            item.operations
                                .extend(self.operation(method.clone(), node, at));
                        } else {
                            let message =
                                format!("`{}` is no HTTP method", super::shorten(&method));
                            self.report(Code::INVALID_VALUE, at, message);
                        }
                    }
                }
                method if METHODS.contains(&method) => {
                    let method = method.to_ascii_uppercase();
                    item.operations.extend(self.operation(method, node, member));
                }
                _ => self.extension(&key, node, member, KNOWN, &mut item.extensions),
            }
        }
        Some(item)
    }

    fn operation(&mut self, method: String, node: Node, at: At<'_>) -> Option<Operation> {
        if !self.has_room(6, at) {
            return None;
        }
        self.through(node, at, |reader, node, at| {
            reader.operation_itself(method, node, at)
        })
    }

    fn operation_itself(&mut self, method: String, node: Node, at: At<'_>) -> Option<Operation> {
        const KNOWN: &[&str] = &[
            "operationId",
            "tags",
            "summary",
            "description",
            "deprecated",
            "parameters",
            "requestBody",
            "responses",
            "security",
            "servers",
            "externalDocs",
            "callbacks",
        ];
        let place = at.place();
        let at = At::Place(&place);
        let mut operation = empty(place.clone(), method);
        let mut has_responses = false;
        for (key, node) in self.object(node, at)? {
            let at = at.key(&key);
            match key.as_str() {
                "operationId" => operation.operation_id = self.string(node, at),
                "tags" => operation.tags = self.strings(node, at),
                "summary" => operation.summary = self.string(node, at),
                "description" => operation.description = self.string(node, at),
                "deprecated" => operation.deprecated = self.flag(&node, at),
                "parameters" => operation.parameters = self.parameters(node, at),
                "requestBody" => {
                    operation.request_body = self.ref_or(node, at, Self::request_body);
                }
                "responses" => {
                    has_responses = true;
                    operation.responses = self.responses(node, at);
                }
                "security" => operation.security = self.security(node, at),
                "servers" => operation.servers = self.servers(node, at),
                "externalDocs" => {
                    operation.external_docs = self.through(node, at, Self::external_docs);
                }
                "callbacks" => {
                    operation.callbacks = self.map(node, at, Self::callback_or_reference);
                }
                _ => self.extension(&key, node, at, KNOWN, &mut operation.extensions),
            }
        }
        if !has_responses && self.version == Version::V30 {
            self.missing(at, "an operation", "responses");
        }
        self.check_query_strings(&operation.parameters);
        Some(operation)
    }

    pub(super) fn callback_or_reference(
        &mut self,
        node: Node,
        at: At<'_>,
    ) -> Option<RefOr<Callback>> {
        self.ref_or(node, at, Self::callback)
    }

    fn callback(&mut self, node: Node, at: At<'_>) -> Option<Callback> {
        let mut callback = Callback {
            place: at.place(),
            items: IndexMap::new(),
        };
        for (expression, node) in self.object(node, at)? {
            if expression.starts_with("x-") {
                continue;
            }
            if let Some(item) = self.path_item(node, at.key(&expression)) {
                callback.items.insert(expression, item);
            }
        }
        Some(callback)
    }

    pub(super) fn parameters(&mut self, node: Node, at: At<'_>) -> Vec<RefOr<Parameter>> {
        self.list(node, at, |reader, node, at| {
            reader.ref_or(node, at, Self::parameter)
        })
    }

    /// `querystring` is the whole query string, so nothing else can be in it.
    fn check_query_strings(&mut self, parameters: &[RefOr<Parameter>]) {
        let inline = || parameters.iter().filter_map(RefOr::item);
        let whole = |parameter: &&Parameter| parameter.location == ParameterIn::QueryString;
        let Some(first) = inline().find(whole) else {
            return;
        };
        for other in inline().filter(|other| other.place != first.place) {
            if matches!(
                other.location,
                ParameterIn::Query | ParameterIn::QueryString
            ) {
                let message = format!(
                    "the parameter `{}` takes the whole query string, so there is no room for `{}`",
                    first.name, other.name
                );
                self.sink.push(
                    Diagnostic::new(Code::CONFLICTING_FIELDS, other.place.clone(), message)
                        .related(first.place.clone(), "the whole query string")
                        .help("make one `in: querystring` parameter of the two"),
                );
            }
        }
    }

    fn responses(&mut self, node: Node, at: At<'_>) -> IndexMap<String, RefOr<Response>> {
        let members = self.object(node, at).unwrap_or_default();
        let mut responses = IndexMap::with_capacity(members.len());
        let holder = at;
        for (key, node) in members {
            let at = at.key(&key);
            let status = key.to_ascii_uppercase();
            if key == "default" || is_status(&key) {
                let response = self.ref_or(node, at, Self::response);
                responses.extend(response.map(|response| (key.clone(), response)));
            } else if is_status(&status) {
                let message = format!("the range is written `{status}`, not `{key}`");
                let diagnostic = Diagnostic::new(Code::INVALID_VALUE, at.place(), message);
                self.sink.push(diagnostic.on_key().severity(Severity::Note));
                let response = self.ref_or(node, at, Self::response);
                responses.extend(response.map(|response| (status, response)));
            } else if key == "$ref" && node.as_str().is_some() {
                let node = super::values::reference_to(node);
                for (status, response) in self.through(node, holder, Self::responses) {
                    responses.entry(status).or_insert(response);
                }
            } else if key.starts_with("x-") {
            } else {
                let message = format!("`{}` is no response status", super::shorten(&key));
                let diagnostic = Diagnostic::new(Code::INVALID_VALUE, at.place(), message);
                self.sink.push(
                    diagnostic
                        .on_key()
                        .help("use a status such as `200`, a range such as `4XX`, or `default`"),
                );
            }
        }
        responses
    }

    /// The places of an object's members that are not read.
    pub(super) fn places(&mut self, node: Node, at: At<'_>) -> Vec<Place> {
        self.through(node, at, |reader, node, at| {
            let members = reader.object(node, at).unwrap_or_default();
            let names = members.keys().filter(|name| !name.starts_with("x-"));
            names.map(|name| at.key(name).place()).collect()
        })
    }
}

fn empty(place: Place, method: String) -> Operation {
    Operation {
        place,
        method,
        operation_id: None,
        tags: Vec::new(),
        summary: None,
        description: None,
        deprecated: false,
        parameters: Vec::new(),
        request_body: None,
        responses: IndexMap::new(),
        security: None,
        servers: Vec::new(),
        external_docs: None,
        callbacks: IndexMap::new(),
        extensions: IndexMap::new(),
    }
}

/// Three digits from 100 to 599, or a range `1XX` to `5XX`.
fn is_status(key: &str) -> bool {
    match key.as_bytes() {
        [b'1'..=b'5', b'X', b'X'] => true,
        [b'1'..=b'5', rest @ ..] => rest.len() == 2 && rest.iter().all(u8::is_ascii_digit),
        _ => false,
    }
}

/// A method's name is a token (RFC 9110, section 5.6.2).
fn is_token(method: &str) -> bool {
    !method.is_empty()
        && method
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}
