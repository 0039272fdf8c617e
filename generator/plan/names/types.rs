//! Names of types, over the whole API at once.
//!
//! Pinned names come first and never move; components next, in document order; then what stands
//! inside them, named by where it stands. So a new inline type cannot rename a component.

use std::collections::{BTreeMap, HashMap};

use crate::model::{Api, EnumBase, Origin, Position, Role, Shape, Type, TypeId};

use super::super::unions::variant_names;
use super::{Scope, Words};

/// Names that generated code uses itself; a schema of the same name gets a suffix.
const RESERVED: &[&str] = &[
    "BTreeMap",
    "Base64",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Defaulted",
    "Eq",
    "Err",
    "ExactNumber",
    "Formatted",
    "From",
    "Hash",
    "Into",
    "Iterator",
    "Map",
    "Maybe",
    "None",
    "Ok",
    "Option",
    "PartialEq",
    "Result",
    "SecretString",
    "Self",
    "Some",
    "String",
    "ToString",
    "Value",
    "Vec",
    "Validate",
    "Violation",
];

/// The Rust name of every type that has one.
#[derive(Debug, Clone)]
pub(in crate::plan) struct TypeNames {
    names: HashMap<TypeId, String>,
    /// Types for which the item of another stands, and that.
    shared: HashMap<TypeId, TypeId>,
}

impl TypeNames {
    /// Names every component and every object, union and enum of `api`.
    pub(in crate::plan) fn assign(
        api: &Api,
        words: &Words,
        pins: &BTreeMap<String, String>,
        operations: &[String],
    ) -> Self {
        let mut scope = Scope::reserving(RESERVED.iter().copied());
        let mut names = HashMap::new();
        let nameable = || api.types.iter().filter(|(_, ty)| is_named(ty));
        for (id, ty) in nameable() {
            if let Some(pin) = pinned(api, pins, ty) {
                names.insert(id, scope.claim(pin));
            }
        }
        for (id, ty) in nameable() {
            if let Origin::Component(name) = &ty.origin
                && !names.contains_key(&id)
            {
                let proposed = words.camel(name);
                let proposed = if scope.is_free(&proposed) || !RESERVED.contains(&proposed.as_str())
                {
                    proposed
                } else {
                    format!("{proposed}Schema")
                };
                names.insert(id, scope.claim(&proposed));
            }
        }
        let inline: Vec<TypeId> = nameable()
            .map(|(id, _)| id)
            .filter(|id| !names.contains_key(id))
            .collect();
        let mut proposals = Proposals {
            api,
            words,
            operations,
            named: &names,
            made: HashMap::new(),
            variants: HashMap::new(),
        };
        let proposed: Vec<(TypeId, String)> = inline
            .into_iter()
            .map(|id| (id, proposals.of(id, 0)))
            .collect();
        for (id, name) in proposed {
            let name = scope.claim(&name);
            names.insert(id, name);
        }
        Self {
            names,
            shared: HashMap::new(),
        }
    }

    /// The name of a type that has one.
    pub(in crate::plan) fn get(&self, id: TypeId) -> Option<&str> {
        self.names.get(&id).map(String::as_str)
    }

    /// Gives a type the name of another.
    pub(in crate::plan) fn call_like(&mut self, id: TypeId, other: TypeId) {
        if let Some(name) = self.names.get(&other).cloned() {
            self.names.insert(id, name);
        }
    }

    /// Lets the item of `first` stand for a type.
    pub(in crate::plan) fn share(&mut self, id: TypeId, first: TypeId) {
        self.shared.insert(id, first);
        if self.get(first) == Some(EMPTY_STRING) {
            self.call_like(id, first);
        }
    }

    /// The names of types for which the items of others stand, and those of these.
    pub(in crate::plan) fn aliases(&self) -> HashMap<&str, &str> {
        let shared = self.shared.iter();
        shared
            .filter_map(|(id, first)| Some((self.get(*id)?, self.get(*first)?)))
            .collect()
    }

    /// The name of the item that stands for a type, if it is that of another.
    pub(in crate::plan) fn shared(&self, id: TypeId) -> Option<&str> {
        self.shared.get(&id).and_then(|first| self.get(*first))
    }
}

/// The name that the configuration gives a type, by where it stands or by the component that only says where that is.
pub(in crate::plan) fn pinned<'p>(
    api: &Api,
    pins: &'p BTreeMap<String, String>,
    ty: &Type,
) -> Option<&'p String> {
    if pins.is_empty() {
        return None;
    }
    let of_component = || pins.get(&ty.origin.component()?);
    pins.get(&*api.call(&ty.place)).or_else(of_component)
}

/// Whether a type is an item of its own; the others are spelled where they are used.
fn is_named(ty: &Type) -> bool {
    match &ty.shape {
        Shape::Tuple(_) | Shape::Object(_) | Shape::Union(_) => true,
        Shape::Enum(list) if list.base != EnumBase::Booleans => true,
        _ => ty.wrapped || matches!(ty.origin, Origin::Component(_)),
    }
}

/// What a type is called that has no value but the empty string, wherever it stands.
const EMPTY_STRING: &str = "EmptyString";

/// Whether the empty string is the only value: so documents say that a property can be unset, at many places.
fn is_empty_string(ty: &Type) -> bool {
    let Shape::Enum(list) = &ty.shape else {
        return false;
    };
    !ty.nullable
        && list
            .only()
            .is_some_and(|only| only.wire.as_str() == Some(""))
}

struct Proposals<'a> {
    api: &'a Api,
    words: &'a Words,
    /// Names of the operations, by index.
    operations: &'a [String],
    named: &'a HashMap<TypeId, String>,
    made: HashMap<TypeId, String>,
    /// Names of variants, by their union.
    variants: HashMap<TypeId, HashMap<TypeId, String>>,
}

impl Proposals<'_> {
    /// What a type is called, or what those inside it are called after.
    fn of(&mut self, id: TypeId, depth: usize) -> String {
        if let Some(name) = self.named.get(&id).or_else(|| self.made.get(&id)) {
            return name.clone();
        }
        // Nothing nests this deep; the bound keeps a damaged arena from recursing forever.
        if depth > 256 {
            return "Nested".to_owned();
        }
        let ty = self.api.types.get(id);
        let name = match &ty.origin {
            Origin::Component(name) => self.words.camel(name),
            Origin::Inside(..) if is_empty_string(ty) => EMPTY_STRING.to_owned(),
            Origin::Inside(parent, role) => {
                let base = self.of(*parent, depth + 1);
                let own = self.role(id, *parent, role);
                format!("{base}{own}")
            }
            Origin::Operation(index, position) => {
                let operation = self.operations.get(*index).map_or("", String::as_str);
                match position {
                    Position::Parameter(name) => format!("{operation}{}", self.words.camel(name)),
                    Position::RequestBody => format!("{operation}Body"),
                    Position::ResponseBody(status) => {
                        format!(
                            "{operation}{}Body",
                            self.words.camel(&format!("status {status}"))
                        )
                    }
                    Position::ResponseHeader(_, name) => {
                        format!("{operation}{}", self.words.camel(name))
                    }
                }
            }
            Origin::Request(of) => format!("{}Request", self.of(*of, depth + 1)),
            Origin::Elsewhere(segments) => {
                let kept: Vec<&str> = segments
                    .iter()
                    .map(String::as_str)
                    .filter(|word| !STRUCTURE.contains(word))
                    .collect();
                self.words.camel(&kept.join(" "))
            }
        };
        self.made.insert(id, name.clone());
        name
    }

    fn role(&mut self, id: TypeId, parent: TypeId, role: &Role) -> String {
        let api = self.api;
        let shape = &api.types.get(parent).shape;
        match role {
            Role::Property(name) => self.words.camel(name),
            Role::Item => "Item".to_owned(),
            Role::Position(index) => format!("Item{index}"),
            // A map without a name of its own lends its place's name to its values.
            Role::Value if matches!(shape, Shape::Map(_)) && !self.named.contains_key(&parent) => {
                String::new()
            }
            Role::Value => "Value".to_owned(),
            Role::Matching(pattern) => match beginning(pattern) {
                "" => "Value".to_owned(),
                literal => self.words.camel(literal),
            },
            // A union of one, or null, is that one.
            Role::Variant(_) if !matches!(shape, Shape::Union(_)) => String::new(),
            Role::Variant(_) => self
                .variants
                .entry(parent)
                .or_insert_with(|| variant_names(api, self.words, parent))
                .get(&id)
                .cloned()
                .unwrap_or_default(),
        }
    }
}

/// The text that a pattern of names starts with.
pub(in crate::plan) fn beginning(pattern: &str) -> &str {
    let pattern = pattern.strip_prefix('^').unwrap_or_default();
    let end = pattern.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | ' ')));
    let literal = &pattern[..end.unwrap_or(pattern.len())];
    // What comes next may say that the last character can be absent, or be there many times.
    let repeated = end.is_some_and(|end| pattern[end..].starts_with(['?', '*', '+', '{']));
    if repeated {
        let last = literal.char_indices().next_back();
        last.map_or("", |(at, _)| &literal[..at])
    } else {
        literal
    }
    .trim_matches(|c: char| !c.is_alphanumeric())
}

/// Keys of a pointer that say nothing about what stands there.
const STRUCTURE: &[&str] = &[
    "components",
    "schemas",
    "properties",
    "paths",
    "content",
    "schema",
    "items",
    "$defs",
];
