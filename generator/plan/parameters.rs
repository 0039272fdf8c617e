//! Parameters: fields of request structs, and how their values are put into text.

use crate::model::{
    Docs, Extra, Location, Operation, Parameter, Shape, Style, Types, Use, Writing,
};

use super::initial::{Initial, Maker};
use super::names::{Scope, identifier};
use super::rules::Rule;
use super::rust_type::RustType;
use super::structs::Parts;

/// One parameter, a field of the request struct.
#[derive(Debug, Clone)]
pub struct ParameterItem {
    /// Rust name.
    pub ident: String,
    /// Name on the wire.
    pub wire: String,
    /// Where it travels.
    pub location: Location,
    /// Type, without `Option`.
    pub ty: RustType,
    /// Whether it must be there.
    pub required: bool,
    /// The value that stands for its absence.
    pub default: Option<Initial>,
    /// How its value is put into text, where not as is usual.
    pub modes: Vec<Mode>,
    /// What is checked beyond its type.
    pub rules: Vec<Rule>,
    /// Its text.
    pub docs: Docs,
}

/// A word of a table that says how a value is put into text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mode {
    /// The word by itself.
    Word(&'static str),
    /// The only names that the value's properties have.
    Only(Vec<String>),
    /// Names that are other parameters.
    Except(Vec<String>),
}

/// The parameters of an operation.
pub(super) fn items(
    parts: &Parts<'_>,
    operation: &Operation,
    scope: &mut Scope,
) -> Vec<ParameterItem> {
    let types = &parts.spelling.api.types;
    let item = |parameter: &Parameter| {
        let plain = parts.words.snake(&parameter.name);
        let proposed = if scope.is_free(&plain) {
            plain
        } else {
            format!("{}_{plain}", parameter.location.as_str())
        };
        let mut modes = modes(types, parameter.location, parameter.writing, parameter.ty);
        if parameter.writing.is_spread() {
            modes.extend(names(types, parameter, &operation.parameters));
        }
        if parameter.allow_empty {
            modes.push(Mode::Word("allow_empty"));
        }
        let mut rules = parts.checked.rules(parameter.ty);
        // A value is checked in any case; that alone says nothing.
        if matches!(rules.as_slice(), [only] if only.name == "nested") {
            rules.clear();
        }
        ParameterItem {
            ident: identifier(&scope.claim_snake(&proposed)),
            wire: parameter.name.clone(),
            location: parameter.location,
            ty: parts.spelling.plain(parameter.ty.id),
            required: parameter.required,
            default: parameter
                .default
                .as_ref()
                .and_then(|default| Maker::new(parts).value(parameter.ty, default)),
            modes,
            rules,
            docs: parameter.docs.clone(),
        }
    };
    operation.parameters.iter().map(item).collect()
}

/// The words for a way of writing, as far as it is not the usual one of the location, or tells on this type.
pub(super) fn modes(types: &Types, location: Location, writing: Writing, ty: Use) -> Vec<Mode> {
    let is_scalar = is_scalar(types, ty);
    let word = match writing.style {
        Style::Simple | Style::Form => None,
        Style::Label => Some("label"),
        Style::Matrix => Some("matrix"),
        Style::SpaceDelimited => Some("space_delimited"),
        Style::PipeDelimited => Some("pipe_delimited"),
        Style::DeepObject => Some("deep_object"),
        Style::Cookie => Some("plain"),
        Style::Json => Some("json"),
        Style::WholeForm => Some("whole_form"),
        Style::WholeJson => Some("whole_json"),
        Style::WholeText => Some("whole_text"),
        Style::Lines => Some("lines"),
    };
    let in_query = matches!(
        writing.style,
        Style::SpaceDelimited | Style::PipeDelimited | Style::DeepObject
    );
    let mut modes: Vec<Mode> = word
        .filter(|_| !(is_scalar && in_query))
        .map(Mode::Word)
        .into_iter()
        .collect();
    let usual = matches!(location, Location::Query | Location::Cookie);
    let has_explode = matches!(
        writing.style,
        Style::Simple | Style::Form | Style::Label | Style::Matrix | Style::Cookie
    );
    if !is_scalar && has_explode && writing.explode != usual {
        modes.push(Mode::Word(if usual { "joined" } else { "exploded" }));
    }
    if writing.reserved {
        modes.push(Mode::Word("reserved"));
    }
    modes
}

fn is_scalar(types: &Types, ty: Use) -> bool {
    matches!(
        types.get(types.resolve(ty).0).shape,
        Shape::Bool | Shape::Integer(_) | Shape::Number(_) | Shape::Text(_) | Shape::Enum(_)
    )
}

/// Which pairs are the value's own, where its type does not say.
fn names(types: &Types, parameter: &Parameter, all: &[Parameter]) -> Option<Mode> {
    if let Shape::Object(object) = &types.get(types.resolve(parameter.ty).0).shape
        && !matches!(object.extra, Extra::Keep(_))
    {
        return None;
    }
    let mut found = Properties::default();
    found.look(types, parameter.ty, 0);
    if found.any {
        let others = all
            .iter()
            .filter(|other| other.location == parameter.location && other.name != parameter.name);
        Some(Mode::Except(
            others.map(|other| other.name.clone()).collect(),
        ))
    } else {
        (!found.names.is_empty()).then_some(Mode::Only(found.names))
    }
}

/// The properties that the objects among the values of a type have.
#[derive(Default)]
struct Properties {
    any: bool,
    names: Vec<String>,
}

/// Unions within unions that are looked into.
const MAX_DEPTH: usize = 8;

impl Properties {
    fn look(&mut self, types: &Types, ty: Use, depth: usize) {
        match &types.get(types.resolve(ty).0).shape {
            Shape::Map(_) => self.any = true,
            Shape::Object(object) => {
                self.any |= matches!(object.extra, Extra::Keep(_));
                for name in object.fields.keys() {
                    if !self.names.contains(name) {
                        self.names.push(name.clone());
                    }
                }
            }
            Shape::Union(union) if depth < MAX_DEPTH => {
                for variant in &union.variants {
                    self.look(types, variant.ty, depth + 1);
                }
            }
            _ => {}
        }
    }
}
