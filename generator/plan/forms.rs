//! Forms: the properties of a body, where it has to be said how each is written.

use crate::model::{Content, Docs, FormPart, Location, PartKind, Shape, Style, Use};

use super::names::{Scope, identifier};
use super::parameters::{Mode, modes};
use super::rules::Rule;
use super::rust_type::RustType;
use super::structs::Parts;

/// How the properties of a form are written: a table, and of one with files the enum of its parts.
#[derive(Debug, Clone, PartialEq)]
pub struct FormItem {
    /// Rust name.
    pub name: String,
    /// What it is the body of.
    pub of: String,
    /// The type of the whole.
    pub whole: RustType,
    /// Whether it has files.
    pub files: bool,
    /// In document order.
    pub parts: Vec<FormPartItem>,
}

/// A property of a form.
#[derive(Debug, Clone, PartialEq)]
pub struct FormPartItem {
    /// Name on the wire.
    pub wire: String,
    /// Rust name of the variant.
    pub ident: String,
    /// Type of its value; of a list, of an item.
    pub ty: RustType,
    /// Whether it must be there.
    pub required: bool,
    /// What it is.
    pub kind: PartKind,
    /// How its value is put into text, where not as is usual.
    pub modes: Vec<Mode>,
    /// Its media types; none where the usual one is meant.
    pub media_types: Vec<String>,
    /// What is checked beyond its type.
    pub rules: Vec<Rule>,
    /// Its text.
    pub docs: Docs,
}

/// The form of a body, which is that of `of`, of the operation called `base`; none where nothing has to be said.
pub(super) fn item(
    parts: &Parts<'_>,
    content: &Content,
    scope: &mut Scope,
    of: &str,
    base: &str,
) -> Option<FormItem> {
    if content.parts.is_empty() {
        return None;
    }
    let types = &parts.spelling.api.types;
    let Shape::Object(object) = &types.get(types.resolve(content.ty).0).shape else {
        return None;
    };
    let files = content.codec.is_streamed();
    let mut variants = Scope::default();
    let item = |part: &FormPart| {
        let field = object.fields.get(&part.name)?;
        let used = match (part.kind, &types.get(types.resolve(field.ty).0).shape) {
            (PartKind::Values | PartKind::Files, Shape::Array(item)) => *item,
            _ => field.ty,
        };
        Some(FormPartItem {
            ident: identifier(&variants.claim(&parts.words.camel(&part.name))),
            wire: part.name.clone(),
            ty: parts.spelling.of(used),
            required: field.required,
            kind: part.kind,
            modes: modes_of(parts, part, used),
            media_types: part.media_types.clone(),
            rules: if files {
                rules(parts, used)
            } else {
                Vec::new()
            },
            docs: field.docs.clone(),
        })
    };
    let items = content.parts.iter().filter_map(item).collect();
    let name = if files { "Part" } else { "Form" };
    Some(FormItem {
        name: scope.claim(&format!("{base}{name}")),
        of: of.to_owned(),
        whole: parts.spelling.of(content.ty),
        files,
        parts: items,
    })
}

fn modes_of(parts: &Parts<'_>, part: &FormPart, used: Use) -> Vec<Mode> {
    let types = &parts.spelling.api.types;
    let mut words = if part.writing.style == Style::Json {
        vec![Mode::Word("json")]
    } else {
        modes(types, Location::Query, part.writing, used)
    };
    if !part.spread.is_empty() {
        words.push(Mode::Only(part.spread.clone()));
    }
    words
}

fn rules(parts: &Parts<'_>, used: Use) -> Vec<Rule> {
    let mut rules = parts.checked.rules(used);
    // A value is checked in any case; that alone says nothing.
    if matches!(rules.as_slice(), [only] if only.name == "nested") {
        rules.clear();
    }
    rules
}
