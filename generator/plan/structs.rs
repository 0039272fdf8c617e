//! Structs, and which item each type becomes.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::config::TypesConfig;
use crate::model::{Api, Docs, EnumBase, Extra, Object, Scalar, Shape, TypeId};
use crate::pattern::Pattern;

use super::boxing::Boxes;
use super::enums;
use super::initial::{Initial, Maker, untouched};
use super::names::{Scope, Words, beginning, identifier};
use super::rules::{Checked, Rule, whole};
use super::rust_type::{RustType, Spelling};
use super::{TypeItem, TypeKind, tuples, unions, wording};

/// A struct.
#[derive(Debug, Clone, PartialEq)]
pub struct StructItem {
    /// In document order.
    pub fields: Vec<FieldItem>,
    /// The field that tells a union's variants apart: it is written first, so that what reads it
    /// knows at once.
    pub tag: Option<usize>,
    /// Fields that keep the properties whose names match a pattern.
    pub matching: Vec<MatchItem>,
    /// What becomes of undeclared properties.
    pub extra: ExtraItem,
    /// What is checked of each undeclared property that is kept.
    pub extra_rules: Vec<Rule>,
    /// What is checked of the object as a whole.
    pub rules: Vec<Rule>,
}

/// A field that keeps the properties whose names match a pattern.
#[derive(Debug, Clone, PartialEq)]
pub struct MatchItem {
    /// Rust name.
    pub ident: String,
    /// The pattern.
    pub pattern: Pattern,
    /// The type of the map.
    pub ty: RustType,
    /// What is checked of each of them.
    pub rules: Vec<Rule>,
}

/// What becomes of undeclared properties.
#[derive(Debug, Clone, PartialEq)]
pub enum ExtraItem {
    /// They are dropped.
    Drop,
    /// They are faults to a server.
    Forbid,
    /// They are kept in this field, a map of this type.
    Keep(String, RustType),
}

/// One field of a struct.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldItem {
    /// Rust name.
    pub ident: String,
    /// Name on the wire.
    pub wire: String,
    /// Type, `Option` or `Maybe` included.
    pub ty: RustType,
    /// Whether the property must be there.
    pub required: bool,
    /// The value that stands for an absent one.
    pub default: Option<Initial>,
    /// What the field holds if nobody sets it; none where its value has to be given.
    pub untouched: Option<Initial>,
    /// What is checked beyond its type.
    pub rules: Vec<Rule>,
    /// Its text.
    pub docs: Docs,
}

impl StructItem {
    /// Whether a value needs no argument.
    #[must_use]
    pub fn is_default(&self) -> bool {
        self.fields.iter().all(|field| field.untouched.is_some())
    }

    /// Whether such a value is what `#[derive(Default)]` makes: everything is absent.
    #[must_use]
    pub fn derives_default(&self) -> bool {
        self.fields.iter().all(|field| {
            !field.required && matches!(field.untouched, Some(Initial::None | Initial::Absent))
        })
    }

    /// Whether `new` is worth having: it takes some fields, and others need no argument.
    #[must_use]
    pub fn has_constructor(&self) -> bool {
        let keeps = matches!(self.extra, ExtraItem::Keep(..)) || !self.matching.is_empty();
        !self.is_default() && (keeps || self.fields.iter().any(|field| field.untouched.is_some()))
    }
}

/// What the items are made from.
pub(super) struct Parts<'a> {
    pub(super) spelling: Spelling<'a>,
    pub(super) words: &'a Words,
    pub(super) boxes: &'a Boxes,
    pub(super) checked: &'a Checked<'a>,
    /// The property by which a union knows the type.
    tags: &'a HashMap<TypeId, &'a str>,
    /// Names of values and of variants that defaults asked for, by their enum.
    pub(super) enum_variants: RefCell<HashMap<TypeId, HashMap<Scalar, String>>>,
    union_variants: RefCell<HashMap<TypeId, Rc<HashMap<TypeId, String>>>>,
}

/// What the types are to each other, whatever their names.
pub(super) struct Found<'a> {
    boxes: Boxes,
    checked: Checked<'a>,
    tags: HashMap<TypeId, &'a str>,
}

impl<'a> Found<'a> {
    pub(super) fn of(api: &'a Api, config: &'a TypesConfig) -> Self {
        Self {
            boxes: Boxes::find(api),
            checked: Checked::find(api, config),
            tags: unions::tags(api),
        }
    }
}

impl<'a> Parts<'a> {
    pub(super) fn new(spelling: Spelling<'a>, words: &'a Words, found: &'a Found<'a>) -> Self {
        Self {
            spelling,
            words,
            boxes: &found.boxes,
            checked: &found.checked,
            tags: &found.tags,
            enum_variants: RefCell::default(),
            union_variants: RefCell::default(),
        }
    }

    /// Names of a union's variants, by their type.
    pub(super) fn variant_names(&self, id: TypeId) -> Rc<HashMap<TypeId, String>> {
        let mut known = self.union_variants.borrow_mut();
        let names = known
            .entry(id)
            .or_insert_with(|| Rc::new(unions::variant_names(self.spelling.api, self.words, id)));
        Rc::clone(names)
    }

    /// The Rust name of a field.
    pub(super) fn field_name(&self, object: &Object, wire: &str) -> Option<String> {
        let index = object.fields.get_index_of(wire)?;
        field_names(self.words, object, &mut Scope::default())
            .into_iter()
            .nth(index)
    }

    /// The Rust name of the field that keeps undeclared properties, of an object that knows others by no pattern.
    pub(super) fn extra_name(&self, object: &Object) -> String {
        let mut scope = Scope::default();
        field_names(self.words, object, &mut scope);
        scope.claim_snake(EXTRA)
    }

    /// Every item of module `types`.
    pub(super) fn items(&self) -> Vec<TypeItem> {
        let names = self.spelling.names;
        let types = self.spelling.api.types.iter();
        types
            .filter_map(|(id, ty)| {
                let name = names.get(id)?;
                let shared = names.shared(id);
                let item = || TypeItem {
                    id,
                    name: name.to_owned(),
                    docs: wording::docs(&self.spelling, ty),
                    fallback: wording::of_type(&self.spelling, &ty.origin),
                    kind: shared.map_or_else(
                        || self.kind(id),
                        |of| TypeKind::Alias(RustType::Named(of.to_owned())),
                    ),
                };
                (shared != Some(name)).then(item)
            })
            .collect()
    }

    /// What a type is written as.
    pub(super) fn kind(&self, id: TypeId) -> TypeKind {
        let ty = self.spelling.api.types.get(id);
        match &ty.shape {
            Shape::Object(object) => TypeKind::Struct(structure(self, id, object)),
            Shape::Tuple(tuple) => TypeKind::Tuple(tuples::item(self, id, tuple)),
            Shape::Union(union) => TypeKind::Union(unions::item(self, id, union)),
            Shape::Enum(list) if list.base != EnumBase::Booleans => {
                let others = enums::Others::of(ty, list);
                TypeKind::Enum(enums::item(self.words, list, others))
            }
            _ if ty.wrapped => TypeKind::Wrapper(self.spelling.body(id), self.checked.inside(id)),
            _ => TypeKind::Alias(self.spelling.body(id)),
        }
    }
}

/// What the field is called that keeps undeclared properties, unless a property is.
const EXTRA: &str = "additional_properties";

fn structure(parts: &Parts<'_>, id: TypeId, object: &Object) -> StructItem {
    let spelling = &parts.spelling;
    let mut scope = Scope::default();
    let names = field_names(parts.words, object, &mut scope);
    let fields = object
        .fields
        .iter()
        .enumerate()
        .zip(names)
        .map(|((index, (wire, field)), ident)| {
            let boxed = parts.boxes.contains(id, index);
            let default = Maker::new(parts).default(field, boxed);
            let only = Maker::new(parts).only(field.ty);
            let plain = spelling.plain(field.ty.id);
            let nullable = !plain.holds_null() && spelling.api.types.is_nullable(field.ty);
            FieldItem {
                ident,
                wire: wire.clone(),
                ty: field_type(plain, field.required, nullable, boxed, default.as_ref()),
                required: field.required,
                untouched: untouched(field.required, nullable, default.as_ref(), only.as_ref()),
                default: default.filter(|default| field.required || *default != Initial::None),
                rules: parts.checked.rules(field.ty),
                docs: field.docs.clone(),
            }
        })
        .collect();
    let matching = object
        .patterns
        .iter()
        .map(|(pattern, used)| {
            let name = match beginning(&pattern.written) {
                "" => "matching".to_owned(),
                literal => parts.words.snake(literal),
            };
            MatchItem {
                ident: scope.claim_snake(&format!("{name}_properties")),
                pattern: pattern.clone(),
                ty: spelling.map(*used),
                rules: parts.checked.each(*used),
            }
        })
        .collect();
    let extra = match object.extra {
        Extra::Drop => ExtraItem::Drop,
        Extra::Forbid => ExtraItem::Forbid,
        Extra::Keep(used) => {
            let name = scope.claim_snake(EXTRA);
            ExtraItem::Keep(name, spelling.map(used))
        }
    };
    let tag = parts
        .tags
        .get(&id)
        .and_then(|tag| object.fields.get_index_of(*tag));
    let extra_rules = object.extra.kept().map(|used| parts.checked.each(used));
    StructItem {
        fields,
        tag,
        matching,
        extra,
        extra_rules: extra_rules.unwrap_or_default(),
        rules: whole(&spelling.api.types.get(id).constraints),
    }
}

/// The Rust names of an object's fields, in order.
fn field_names(words: &Words, object: &Object, scope: &mut Scope) -> Vec<String> {
    let names = object.fields.keys();
    names
        .map(|wire| identifier(&scope.claim_snake(&words.snake(wire))))
        .collect()
}

/// The type of a field by what its place allows.
pub(super) fn field_type(
    plain: RustType,
    required: bool,
    nullable: bool,
    boxed: bool,
    default: Option<&Initial>,
) -> RustType {
    let inner = if boxed {
        RustType::Boxed(Box::new(plain))
    } else {
        plain
    };
    let with_default = default.is_some_and(|default| *default != Initial::None);
    match (required, nullable) {
        (true, false) => inner,
        (false, false) if with_default => RustType::Defaulted(Box::new(inner)),
        (false, true) if with_default => {
            RustType::Defaulted(Box::new(RustType::Option(Box::new(inner))))
        }
        (true, true) | (false, false) => RustType::Option(Box::new(inner)),
        (false, true) => RustType::Maybe(Box::new(inner)),
    }
}
