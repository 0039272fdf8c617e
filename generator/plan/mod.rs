//! The Rust of an API, decided: names, types, boxes, constructors, tables.
//!
//! Everything is here before a token is made, so that emission decides nothing and can run on
//! several cores.

mod alike;
mod bodies;
mod boxing;
mod calls;
mod enums;
mod failures;
mod formats;
mod forms;
mod headers;
mod initial;
mod names;
mod operations;
mod package;
mod parameters;
mod parts;
mod rules;
mod rust_type;
mod security;
mod status;
mod structs;
mod tags;
mod tuples;
mod unions;
mod walk;
mod wording;

use crate::config::{ApiConfig, Feature, TypesConfig};
use crate::model::{Api, Retries, Server, TypeId};

pub use crate::config::NumberType;

pub use bodies::{BodyForm, BodyItem, ChoiceItem, ChoiceVariant, ResponseBody, Written};
pub use calls::{Hint, Hints, ServerItem, VariableChoice, VariableItem};
pub use enums::{EnumItem, EnumVariant, Others};
pub use failures::FailureItem;
pub use forms::{FormItem, FormPartItem};
pub use headers::{HeaderField, HeaderSet};
pub use initial::{Initial, Json};
pub use operations::{Access, OperationItem, ResponseItem, ResponseVariant, Success};
pub use parameters::{Mode, ParameterItem};
pub use parts::{FULL, Parts, PlanPart, SharedFailure, parts};
pub use rules::{Argument, Rule};
pub use rust_type::RustType;
pub use security::{Credential, SchemeItem};
pub use structs::{ExtraItem, FieldItem, MatchItem, StructItem};
pub use tags::TagItem;
pub use tuples::{PartItem, RestItem, TupleItem};
pub use unions::{UnionItem, VariantItem};

use crate::model::Docs;

/// Everything that will be written, in Rust's terms.
#[derive(Debug, Clone)]
pub struct RustPlan {
    /// Name of the package.
    pub crate_name: String,
    /// The `openapi` field.
    pub openapi: String,
    /// `info.title`.
    pub title: String,
    /// `info.version`, as written.
    pub version: String,
    /// `info.description`.
    pub description: Option<String>,
    /// Whether a client and a server are wanted.
    pub sides: Sides,
    /// Base URLs.
    pub servers: Vec<String>,
    /// The servers whose URLs have variables.
    pub server_items: Vec<ServerItem>,
    /// Items of module `types`, components in document order, each before what stands inside it.
    pub types: Vec<TypeItem>,
    /// Types of the user's choosing, by path, and what their texts are called.
    pub custom: Vec<(String, String)>,
    /// Structs of response headers, shared by every response with the same set.
    pub headers: Vec<HeaderSet>,
    /// Operations in document order.
    pub operations: Vec<OperationItem>,
    /// Groups of operations, in order of first use.
    pub tags: Vec<TagItem>,
    /// What is said of how operations are called.
    pub hints: Hints,
    /// How all operations are to be retried.
    pub retries: Option<Retries>,
    /// Security schemes that some operation asks for.
    pub schemes: Vec<SchemeItem>,
    /// Whether some operation asks for several credentials together.
    pub joins_credentials: bool,
}

/// Which sides of the wire are generated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sides {
    /// The client.
    pub client: bool,
    /// The server.
    pub server: bool,
    /// The mock.
    pub mock: bool,
}

/// One item of module `types`.
#[derive(Debug, Clone)]
pub struct TypeItem {
    /// The type in the model.
    pub id: TypeId,
    /// Its Rust name.
    pub name: String,
    /// Its text.
    pub docs: Docs,
    /// What is said of it where the document says nothing.
    pub fallback: String,
    /// What is written.
    pub kind: TypeKind,
}

/// What a type is written as.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    clippy::large_enum_variant,
    reason = "a plan lives briefly and holds few unions"
)]
pub enum TypeKind {
    /// A struct.
    Struct(StructItem),
    /// A tuple struct.
    Tuple(TupleItem),
    /// An enum of types.
    Union(UnionItem),
    /// An enum of values.
    Enum(EnumItem),
    /// A name for another type.
    Alias(RustType),
    /// A struct around a list or map that holds itself, with what is checked of that.
    Wrapper(RustType, Vec<Rule>),
}

/// The plan, with what `inspect` needs beside it.
#[derive(Debug)]
pub struct Planned {
    /// What is written.
    pub plan: RustPlan,
    /// Names of types, for spelling any schema position.
    names: names::TypeNames,
    /// What stands for formats.
    config: TypesConfig,
}

impl Planned {
    /// The type expression of a schema position, as seen from outside the crate.
    #[must_use]
    pub fn expression(&self, api: &Api, used: crate::model::Use) -> String {
        let spelling = rust_type::Spelling {
            api,
            names: &self.names,
            config: &self.config,
        };
        spelling.of(used).outer_path()
    }
}

/// Decides the Rust of `api`.
#[must_use]
pub fn make(api: &Api, config: &ApiConfig) -> Planned {
    let words = names::Words::new(&config.names.acronyms);
    let operation_names = operations::names(api, &words, &config.names.operation_prefixes);
    let bases: Vec<String> = operation_names
        .iter()
        .map(|name| name.base.clone())
        .collect();
    let mut names = names::TypeNames::assign(api, &words, &config.names.pins, &bases);
    let found = structs::Found::of(api, &config.types);
    alike::share(api, config, &words, &found, &mut names);
    let spelling = rust_type::Spelling {
        api,
        names: &names,
        config: &config.types,
    };
    let parts = structs::Parts::new(spelling, &words, &found);
    let types = parts.items();
    let mut headers = headers::HeaderSets::new(&words);
    let operations = operations::items(&parts, &operation_names, &mut headers);
    let server_items = calls::servers(api, &words);
    let tags = tags::tags(api, &words, &server_items);
    let schemes = security::items(api, &words, config);
    let plan = RustPlan {
        crate_name: config.crate_name(&api.title),
        openapi: api.openapi.clone(),
        title: api.title.clone(),
        version: api.version.clone(),
        description: api.description.clone(),
        sides: Sides {
            client: config.features.contains(&Feature::Client),
            server: config.features.contains(&Feature::Server),
            mock: config.has_mock(),
        },
        servers: api.servers.iter().map(Server::expanded).collect(),
        hints: calls::hints(api, config),
        retries: api.retries.clone(),
        server_items,
        types,
        custom: formats::custom(api, &config.types),
        headers: headers.into_sets(),
        joins_credentials: operations
            .iter()
            .any(|operation| operation.security.iter().any(|all| all.len() > 1)),
        operations,
        tags,
        schemes,
    };
    Planned {
        plan,
        names,
        config: config.types.clone(),
    }
}
