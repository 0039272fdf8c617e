//! What the client knows of how operations are called.

use crate::config::{ApiConfig, PaginationConfig};
use crate::model::{
    Api, Codec, Location, Operation, OperationKind, PageInput, Pagination, Response, Retries,
    Shape, Status, TypeId,
};

use super::names::{Scope, Words, identifier};

/// What is said of how an operation is called.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Hint {
    /// The header of its idempotency key, in lower case.
    pub idempotency_key: Option<String>,
    /// How it is to be retried.
    pub retries: Option<Retries>,
    /// The server of its own.
    pub server: Option<String>,
    /// The property that its successes may be wrapped in.
    pub envelope: Option<String>,
}

/// What is said of how operations are called: each once.
#[derive(Debug, Clone, Default)]
pub struct Hints {
    /// All of them.
    pub all: Vec<Hint>,
    /// Which of them is each operation's.
    of: Vec<Option<usize>>,
    pages: Vec<Option<Pagination>>,
}

/// A server whose URL has variables.
#[derive(Debug, Clone)]
pub struct ServerItem {
    /// Its Rust name.
    pub name: String,
    /// The URL as written.
    pub url: String,
    /// Markdown.
    pub description: Option<String>,
    /// Its variables.
    pub variables: Vec<VariableItem>,
}

/// A variable of a server's URL.
#[derive(Debug, Clone)]
pub struct VariableItem {
    /// Rust name of the method that gives it a value.
    pub ident: String,
    /// As written.
    pub name: String,
    /// Its value unless another is given.
    pub default: String,
    /// The values that it can have; none where any will do.
    pub choice: Option<VariableChoice>,
    /// Markdown.
    pub description: Option<String>,
}

/// The values that a variable of a server's URL can have.
#[derive(Debug, Clone)]
pub struct VariableChoice {
    /// Name of the enum.
    pub name: String,
    /// Names of its variants, and the values as written.
    pub variants: Vec<(String, String)>,
}

impl Hints {
    /// What is said of these operations, in this order.
    pub(super) fn only(&self, operations: &[usize]) -> Self {
        let mut hints = Self::default();
        for index in operations {
            let hint = self.of(*index).and_then(|hint| self.all.get(hint));
            let of = hint.map(|hint| {
                let known = hints.all.iter().position(|known| known == hint);
                known.unwrap_or_else(|| {
                    hints.all.push(hint.clone());
                    hints.all.len() - 1
                })
            });
            hints.of.push(of);
            hints.pages.push(self.pages(*index).cloned());
        }
        hints
    }

    /// The one of the operation at `index`.
    #[must_use]
    pub fn of(&self, index: usize) -> Option<usize> {
        self.of.get(index).copied().flatten()
    }

    /// How the pages of the operation at `index` follow each other.
    #[must_use]
    pub fn pages(&self, index: usize) -> Option<&Pagination> {
        self.pages.get(index)?.as_ref()
    }

    /// Whether some operation has pages.
    #[must_use]
    pub fn has_pages(&self) -> bool {
        self.pages.iter().any(Option::is_some)
    }
}

pub(super) fn hints(api: &Api, config: &ApiConfig) -> Hints {
    let mut hints = Hints::default();
    for operation in &api.operations {
        let hint = hint(api, operation, config);
        let index = (hint != Hint::default()).then(|| {
            let known = hints.all.iter().position(|other| *other == hint);
            known.unwrap_or_else(|| {
                hints.all.push(hint);
                hints.all.len() - 1
            })
        });
        hints.of.push(index);
        hints.pages.push(pages(operation, config));
    }
    hints
}

fn hint(api: &Api, operation: &Operation, config: &ApiConfig) -> Hint {
    if operation.kind != OperationKind::Call {
        return Hint::default();
    }
    // GET and the like can be sent twice without one.
    let needs_key = !matches!(
        operation.method.as_str(),
        "GET" | "HEAD" | "PUT" | "DELETE" | "OPTIONS" | "TRACE" | "QUERY"
    );
    let key = operation.parameters.iter().find(|parameter| {
        parameter.location == Location::Header
            && parameter.name.eq_ignore_ascii_case("idempotency-key")
    });
    Hint {
        idempotency_key: key
            .filter(|_| needs_key)
            .map(|parameter| parameter.name.to_ascii_lowercase()),
        retries: operation.retries.clone(),
        server: operation.servers.first().map(super::Server::expanded),
        envelope: config
            .envelope
            .clone()
            .filter(|property| may_be_wrapped(api, operation, property)),
    }
}

fn is_success(response: &Response) -> bool {
    match response.status {
        Status::Exact(code) => (200..300).contains(&code),
        Status::Range(hundred) => hundred == 2,
        Status::Default => false,
    }
}

/// Whether some success is JSON, and none has the property itself.
fn may_be_wrapped(api: &Api, operation: &Operation, property: &str) -> bool {
    let successes = operation
        .responses
        .iter()
        .filter(|response| is_success(response));
    let mut bodies = successes
        .flat_map(|response| &response.contents)
        .filter(|content| content.codec == Codec::Json)
        .map(|content| content.ty.id)
        .peekable();
    bodies.peek().is_some() && bodies.all(|id| !declares(api, id, property))
}

/// Whether a type is an object that declares the property, or may be one.
fn declares(api: &Api, id: TypeId, property: &str) -> bool {
    let mut seen = vec![id];
    let mut at = 0;
    while let Some(id) = seen.get(at).copied() {
        at += 1;
        let next = match &api.types.get(id).shape {
            Shape::Object(object) if object.fields.contains_key(property) => return true,
            shape @ (Shape::Union(_) | Shape::Alias(_)) => shape.uses(),
            _ => Vec::new(),
        };
        for used in next {
            if !seen.contains(&used.id) {
                seen.push(used.id);
            }
        }
    }
    false
}

/// What the configuration says, else the document; else by `Link` where a response documents that header.
fn pages(operation: &Operation, config: &ApiConfig) -> Option<Pagination> {
    if let Some(configured) = config.pagination.get(&operation.id) {
        return Some(configured_pages(configured));
    }
    let has_link = || {
        let successes = operation
            .responses
            .iter()
            .filter(|response| is_success(response));
        let mut headers = successes.flat_map(|response| &response.headers);
        operation.method == "GET" && headers.any(|header| header.name.eq_ignore_ascii_case("link"))
    };
    let documented = operation.pagination.clone();
    documented.or_else(|| has_link().then_some(Pagination::Link))
}

fn configured_pages(configured: &PaginationConfig) -> Pagination {
    match configured.clone() {
        PaginationConfig::Cursor { parameter, next } => Pagination::Cursor {
            to: PageInput::Query(parameter),
            from: next,
        },
        PaginationConfig::Count {
            parameter,
            pages,
            first,
            items,
            last,
            limit,
        } => Pagination::Count {
            to: PageInput::Query(parameter),
            first,
            pages,
            items,
            last,
            limit,
        },
        PaginationConfig::Url { next } => Pagination::Url { from: next },
        PaginationConfig::Link => Pagination::Link,
    }
}

/// The servers whose URLs have variables, those of operations after those of the API.
pub(super) fn servers(api: &Api, words: &Words) -> Vec<ServerItem> {
    let mut seen: Vec<&super::Server> = Vec::new();
    let of_operations = api
        .operations
        .iter()
        .flat_map(|operation| &operation.servers);
    for server in api.servers.iter().chain(of_operations) {
        if !server.variables.is_empty() && !seen.contains(&server) {
            seen.push(server);
        }
    }
    let mut names = Scope::default();
    let items = seen.into_iter().enumerate().map(|(index, server)| {
        let name = names.claim(&format!("Server{}", index + 1));
        let mut scope = Scope::reserving(["clone", "default", "new"]);
        ServerItem {
            url: server.url.clone(),
            description: server.description.clone(),
            variables: server
                .variables
                .iter()
                .map(|variable| VariableItem {
                    ident: identifier(&scope.claim_snake(&words.snake(&variable.name))),
                    name: variable.name.clone(),
                    default: variable.default.clone(),
                    choice: choice(&variable.name, &variable.values, &name, &mut names, words),
                    description: variable.description.clone(),
                })
                .collect(),
            name,
        }
    });
    items.collect()
}

/// The enum of the values of a variable of the server called `server`.
fn choice(
    variable: &str,
    values: &[String],
    server: &str,
    names: &mut Scope,
    words: &Words,
) -> Option<VariableChoice> {
    let mut scope = Scope::reserving(["Self"]);
    let mut variants: Vec<(String, String)> = Vec::new();
    for value in values {
        if !variants.iter().any(|(_, known)| known == value) {
            variants.push((scope.claim(&words.camel(value)), value.clone()));
        }
    }
    (!variants.is_empty()).then(|| VariableChoice {
        name: names.claim(&format!("{server}{}", words.camel(variable))),
        variants,
    })
}
