//! A crate in parts, which cargo features turn on: what one tag alone needs is a part, and what several need is shared.
//!
//! What a shared item names is shared too, since all who need the item need that. A type that no operation
//! needs may name what tags need, so the feature that has such types, `full`, has all tags.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::config::ApiConfig;

use super::names::{Scope, identifier};
use super::{FailureItem, OperationItem, RustPlan, TagItem, TypeItem};

/// The feature that turns all parts on.
pub const FULL: &str = "full";

/// Operations from which on a crate is in parts, unless the configuration says otherwise: fewer are checked in a few seconds.
const MANY: usize = 100;

/// Names of modules that would be taken for something else: our own, and crates.
const RESERVED: &[&str] = &[
    "alloc",
    "aux",
    "axum",
    "base64",
    "bytes",
    "chrono",
    "client",
    "con",
    "core",
    "fancy_regex",
    "formats",
    "futures_core",
    "http",
    "http_body",
    "mock",
    "nul",
    "operations",
    "percent_encoding",
    "prn",
    "regex",
    "reqwest",
    "rust_decimal",
    "serde",
    "serde_json",
    "server",
    "std",
    "support",
    "tokio",
    "tower_service",
    "tracing",
    "types",
    "uuid",
];

/// A plan in parts.
#[derive(Debug, Clone)]
pub struct Parts {
    /// What several parts need, and what is there whatever is turned on.
    pub shared: RustPlan,
    /// Failures that operations of several tags share.
    pub failures: Vec<SharedFailure>,
    /// The parts, in the order of their tags; the last has what no operation needs.
    pub parts: Vec<PlanPart>,
}

/// Failures that operations of several tags share.
#[derive(Debug, Clone)]
pub struct SharedFailure {
    /// The request of the operation that they are named after.
    pub request: String,
    /// The failures.
    pub item: FailureItem,
}

/// What a feature turns on.
#[derive(Debug, Clone)]
pub struct PlanPart {
    /// Name of the feature.
    pub feature: String,
    /// Name of the modules, as an identifier.
    pub module: String,
    /// What is in it.
    pub plan: RustPlan,
    /// Types that its own types name, and that are elsewhere.
    pub outer_types: Vec<String>,
}

impl PlanPart {
    /// The name of its files.
    #[must_use]
    pub fn file(&self) -> &str {
        self.module.trim_start_matches("r#")
    }
}

/// Who needs an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum User {
    Nobody,
    Tag(usize),
    Several,
}

impl User {
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Nobody, user) | (user, Self::Nobody) => user,
            (one, two) if one == two => one,
            _ => Self::Several,
        }
    }
}

/// Takes a plan apart, where the configuration wants that of an API of this size.
#[must_use]
pub fn parts(plan: &RustPlan, config: &ApiConfig) -> Option<Parts> {
    let is_large = plan.operations.len() > MANY && plan.tags.len() > 1;
    let wanted = config.tag_features.unwrap_or(is_large);
    // The features of a crate that the code is mounted in are none of ours.
    (wanted && config.mount.is_none() && !plan.tags.is_empty()).then(|| Users::of(plan).split(plan))
}

/// Who needs what.
struct Users<'p> {
    types: Vec<User>,
    headers: HashMap<&'p str, User>,
    /// Failures that operations of several tags share, by name.
    failures: HashSet<&'p str>,
}

impl<'p> Users<'p> {
    fn of(plan: &'p RustPlan) -> Self {
        let graph = Graph::of(&plan.types);
        let mut users = Self {
            types: vec![User::Nobody; plan.types.len()],
            headers: HashMap::new(),
            failures: HashSet::new(),
        };
        let mut failures: HashMap<&str, User> = HashMap::new();
        for (user, operation) in operations(plan) {
            if let Some(failure) = &operation.response.failure {
                let name = failure.like.as_ref().unwrap_or(&failure.name);
                let known = failures.entry(name).or_insert(User::Nobody);
                *known = known.and(user);
            }
        }
        let shared = failures
            .into_iter()
            .filter(|(_, user)| *user == User::Several);
        users.failures = shared.map(|(name, _)| name).collect();
        for (user, operation) in operations(plan) {
            let failure = operation.response.failure.as_ref();
            let is_shared = failure.is_some_and(|it| users.failures.contains(it.name.as_str()));
            let mut named = Vec::new();
            operation.each_type(&mut |ty| ty.walk(&mut |ty| named.extend(graph.index(ty))));
            // What a shared failure names is shared, and marking its whole operation so costs little.
            users.mark(&graph, named, user);
            if is_shared {
                let mut named = Vec::new();
                let variants = failure.iter().flat_map(|failure| &failure.variants);
                for variant in variants {
                    variant.each_type(&mut |ty| ty.walk(&mut |ty| named.extend(graph.index(ty))));
                    users.see_headers(variant.headers.as_deref(), plan, User::Several);
                }
                users.mark(&graph, named, User::Several);
            }
            for variant in operation.response.all() {
                users.see_headers(variant.headers.as_deref(), plan, user);
            }
        }
        for set in &plan.headers {
            let user = users.headers.get(set.name.as_str()).copied();
            let mut named = Vec::new();
            for field in &set.fields {
                field.ty.walk(&mut |ty| named.extend(graph.index(ty)));
            }
            users.mark(&graph, named, user.unwrap_or(User::Several));
        }
        users
    }

    fn see_headers(&mut self, name: Option<&str>, plan: &'p RustPlan, user: User) {
        let set = name.and_then(|name| plan.headers.iter().find(|set| set.name == name));
        if let Some(set) = set {
            let known = self.headers.entry(&set.name).or_insert(User::Nobody);
            *known = known.and(user);
        }
    }

    /// Marks types, and all that they name.
    fn mark(&mut self, graph: &Graph<'_>, mut named: Vec<usize>, user: User) {
        while let Some(index) = named.pop() {
            let Some(known) = self.types.get_mut(index) else {
                continue;
            };
            let both = known.and(user);
            if both != *known {
                *known = both;
                named.extend(graph.named.get(index).into_iter().flatten());
            }
        }
    }

    fn split(&self, plan: &RustPlan) -> Parts {
        let empty = empty(plan);
        let mut shared = RustPlan {
            title: plan.title.clone(),
            servers: plan.servers.clone(),
            server_items: plan.server_items.clone(),
            custom: plan.custom.clone(),
            retries: plan.retries.clone(),
            ..empty.clone()
        };
        let mut names = Names::default();
        let mut parts: Vec<PlanPart> = plan
            .tags
            .iter()
            .map(|tag| names.part(tag, &empty))
            .collect();
        parts.push(PlanPart {
            feature: FULL.to_owned(),
            module: names.modules.claim_snake("rest"),
            plan: empty,
            outer_types: Vec::new(),
        });
        let rest = parts.len() - 1;
        let place = |user: User| match user {
            User::Nobody => rest,
            User::Tag(tag) => tag,
            User::Several => usize::MAX,
        };
        let homes: HashMap<&str, usize> = plan
            .types
            .iter()
            .zip(&self.types)
            .map(|(item, user)| (item.name.as_str(), place(*user)))
            .collect();
        for (item, user) in plan.types.iter().zip(&self.types) {
            let home = place(*user);
            let part = parts.get_mut(home);
            part.map_or(&mut shared, |part| &mut part.plan)
                .types
                .push(item.clone());
        }
        for set in &plan.headers {
            let user = self.headers.get(set.name.as_str());
            let part = parts.get_mut(place(user.copied().unwrap_or(User::Several)));
            part.map_or(&mut shared, |part| &mut part.plan)
                .headers
                .push(set.clone());
        }
        let mut failures = Vec::new();
        for (tag, part) in plan.tags.iter().zip(&mut parts) {
            for index in &tag.operations {
                let Some(operation) = plan.operations.get(*index) else {
                    continue;
                };
                part.plan
                    .operations
                    .push(self.without_shared(operation, &mut failures));
            }
            part.plan.hints = plan.hints.only(&tag.operations);
            part.plan.tags.push(TagItem {
                operations: (0..part.plan.operations.len()).collect(),
                ..tag.clone()
            });
        }
        for (index, part) in parts.iter_mut().enumerate() {
            part.outer_types = outer(&part.plan.types, index, &homes);
        }
        parts.retain(|part| !part.plan.operations.is_empty() || !part.plan.types.is_empty());
        Parts {
            shared,
            failures,
            parts,
        }
    }

    /// The operation, with failures that several tags share left to them.
    fn without_shared(
        &self,
        operation: &OperationItem,
        failures: &mut Vec<SharedFailure>,
    ) -> OperationItem {
        let mut operation = operation.clone();
        if let Some(failure) = &mut operation.response.failure
            && failure.like.is_none()
            && self.failures.contains(failure.name.as_str())
        {
            failures.push(SharedFailure {
                request: operation.request.clone(),
                item: failure.clone(),
            });
            failure.variants.clear();
            failure.is_elsewhere = true;
        }
        operation
    }
}

/// Every operation, with the tag that needs it.
fn operations(plan: &RustPlan) -> impl Iterator<Item = (User, &OperationItem)> {
    plan.tags.iter().enumerate().flat_map(|(tag, item)| {
        let operations = item.operations.iter();
        let operations = operations.filter_map(|index| plan.operations.get(*index));
        operations.map(move |operation| (User::Tag(tag), operation))
    })
}

/// A plan with nothing in it but what tables refer to.
fn empty(plan: &RustPlan) -> RustPlan {
    RustPlan {
        crate_name: plan.crate_name.clone(),
        openapi: plan.openapi.clone(),
        title: String::new(),
        version: plan.version.clone(),
        description: None,
        sides: plan.sides,
        servers: Vec::new(),
        server_items: Vec::new(),
        types: Vec::new(),
        custom: Vec::new(),
        headers: Vec::new(),
        operations: Vec::new(),
        tags: Vec::new(),
        hints: super::Hints::default(),
        retries: None,
        schemes: plan.schemes.clone(),
        joins_credentials: plan.joins_credentials,
    }
}

/// Types that the items of part `home` name and that are elsewhere, in order of name.
fn outer(types: &[TypeItem], home: usize, homes: &HashMap<&str, usize>) -> Vec<String> {
    let mut outer = BTreeSet::new();
    let mut see = |name: &str| {
        if homes.get(name) != Some(&home) {
            outer.insert(name.to_owned());
        }
    };
    for item in types {
        item.each_type(&mut |ty| {
            ty.walk(&mut |ty| {
                if let super::RustType::Named(name) = ty {
                    see(name);
                }
            });
        });
        if let super::TypeKind::Struct(item) = &item.kind {
            let values = item.fields.iter();
            for value in values.flat_map(|field| field.default.iter().chain(&field.untouched)) {
                value.each_name(&mut see);
            }
        }
    }
    outer.into_iter().collect()
}

/// Which types name which.
struct Graph<'p> {
    indices: HashMap<&'p str, usize>,
    named: Vec<Vec<usize>>,
}

impl<'p> Graph<'p> {
    fn of(types: &'p [TypeItem]) -> Self {
        let indices = types.iter().map(|item| item.name.as_str()).zip(0..);
        let mut graph = Self {
            indices: indices.collect(),
            named: Vec::new(),
        };
        for item in types {
            let mut named = Vec::new();
            item.each_type(&mut |ty| ty.walk(&mut |ty| named.extend(graph.index(ty))));
            graph.named.push(named);
        }
        graph
    }

    fn index(&self, ty: &super::RustType) -> Option<usize> {
        match ty {
            super::RustType::Named(name) => self.indices.get(name.as_str()).copied(),
            _ => None,
        }
    }
}

/// Names of features and modules.
struct Names {
    features: Scope,
    modules: Scope,
}

impl Default for Names {
    fn default() -> Self {
        Self {
            features: Scope::default(),
            modules: Scope::reserving(RESERVED.iter().copied()),
        }
    }
}

impl Names {
    fn part(&mut self, tag: &TagItem, empty: &RustPlan) -> PlanPart {
        let word = ascii(&tag.word);
        let feature = match tag.name {
            Some(_) => format!("tag-{}", word.replace('_', "-")),
            None => word.clone(),
        };
        PlanPart {
            feature: self.features.claim_joined(&feature, "-"),
            module: identifier(&self.modules.claim_snake(&word)),
            plan: empty.clone(),
            outer_types: Vec::new(),
        }
    }
}

/// Registries take features in ASCII alone, and so do file systems best.
fn ascii(word: &str) -> String {
    let mut ascii = String::new();
    for c in word.chars() {
        if c.is_ascii() {
            ascii.push(c);
        } else {
            ascii += &format!("u{:x}", u32::from(c));
        }
    }
    ascii
}

#[cfg(test)]
#[path = "parts_tests.rs"]
mod tests;
