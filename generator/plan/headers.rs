//! Structs of response headers: one for every distinct set, named by what is in it.

use std::collections::HashMap;

use indexmap::IndexMap;

use crate::model::{Docs, Header, Location};

use super::names::{Scope, Words, identifier};
use super::parameters::{Mode, modes};
use super::rust_type::{RustType, Spelling};

/// A struct of response headers.
#[derive(Debug, Clone)]
pub struct HeaderSet {
    /// Rust name.
    pub name: String,
    /// In document order.
    pub fields: Vec<HeaderField>,
}

/// One header.
#[derive(Debug, Clone, PartialEq)]
pub struct HeaderField {
    /// Rust name.
    pub ident: String,
    /// Name on the wire, as written.
    pub wire: String,
    /// Type, `Option` included.
    pub ty: RustType,
    /// Whether it must be there.
    pub required: bool,
    /// How its value is put into text, where not as is usual.
    pub modes: Vec<Mode>,
    /// Its text.
    pub docs: Docs,
}

/// The sets met so far.
pub(super) struct HeaderSets<'a> {
    words: &'a Words,
    sets: Vec<HeaderSet>,
    /// Indices of sets by the names of their headers.
    by_wires: HashMap<Vec<String>, Vec<usize>>,
    scope: Scope,
}

/// Groups of header names in a struct's name; the rest are summed up.
const MAX_GROUPS: usize = 3;

impl<'a> HeaderSets<'a> {
    pub(super) fn new(words: &'a Words) -> Self {
        Self {
            words,
            sets: Vec::new(),
            by_wires: HashMap::new(),
            scope: Scope::default(),
        }
    }

    /// The struct for these headers; none where there are none.
    pub(super) fn of(&mut self, spelling: &Spelling<'_>, headers: &[Header]) -> Option<String> {
        if headers.is_empty() {
            return None;
        }
        let mut fields = fields(spelling, headers);
        let wires: Vec<String> = fields.iter().map(|field| field.wire.clone()).collect();
        let alike = self.by_wires.entry(wires).or_default();
        let mut known = alike.iter().filter_map(|index| self.sets.get(*index));
        if let Some(known) = known.find(|set| same(&set.fields, &fields)) {
            return Some(known.name.clone());
        }
        alike.push(self.sets.len());
        let mut scope = Scope::default();
        for (field, header) in fields.iter_mut().zip(headers) {
            field.ident = identifier(&scope.claim_snake(&self.words.snake(&header.name)));
            field.docs = header.docs.clone();
        }
        let name = name(self.words, headers);
        let name = self.scope.claim(&name);
        self.sets.push(HeaderSet {
            name: name.clone(),
            fields,
        });
        Some(name)
    }

    pub(super) fn into_sets(self) -> Vec<HeaderSet> {
        self.sets
    }
}

/// `RateLimit-Limit`, `RateLimit-Reset` and `Retry-After` as `RateLimitRetryAfterHeaders`: a
/// name made of the set alone, so that another operation cannot change it.
fn name(words: &Words, headers: &[Header]) -> String {
    let split = |name: &str| -> Vec<String> {
        let name = name
            .strip_prefix("X-")
            .or_else(|| name.strip_prefix("x-"))
            .unwrap_or(name);
        name.split('-')
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let mut groups: IndexMap<String, Vec<Vec<String>>> = IndexMap::new();
    for header in headers {
        let parts = split(&header.name);
        let first = parts.first().cloned().unwrap_or_default();
        groups.entry(first).or_default().push(parts);
    }
    let mut name = String::new();
    for (_, members) in groups.iter().take(MAX_GROUPS) {
        let shared = members
            .iter()
            .skip(1)
            .fold(members[0].len(), |length, words| {
                members[0]
                    .iter()
                    .zip(words)
                    .take(length)
                    .take_while(|(a, b)| a == b)
                    .count()
            });
        name.push_str(&words.camel(&members[0][..shared.max(1).min(members[0].len())].join("-")));
    }
    if groups.len() > MAX_GROUPS {
        name.push_str("AndMore");
    }
    name + "Headers"
}

/// What makes a set: the fields without Rust names and texts, which few sets need as most are known.
fn fields(spelling: &Spelling<'_>, headers: &[Header]) -> Vec<HeaderField> {
    let field = |header: &Header| {
        let plain = spelling.plain(header.ty.id);
        HeaderField {
            ident: String::new(),
            wire: header.name.clone(),
            ty: if header.required {
                plain
            } else {
                RustType::Option(Box::new(plain))
            },
            required: header.required,
            modes: modes(
                &spelling.api.types,
                Location::Header,
                header.writing,
                header.ty,
            ),
            docs: Docs::default(),
        }
    };
    headers.iter().map(field).collect()
}

/// The same headers with the same types, whatever is said about them.
fn same(a: &[HeaderField], b: &[HeaderField]) -> bool {
    a.len() == b.len()
        && a.iter().zip(b).all(|(a, b)| {
            a.wire == b.wire && a.ty == b.ty && a.required == b.required && a.modes == b.modes
        })
}
