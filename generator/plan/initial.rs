//! Values that the document gives: what a field holds before anyone sets it.

use crate::config::NumberType;
use crate::model::{
    EnumBase, Enumeration, Extra, Field, Node, Number, Object, Scalar, Shape, Tuple, TypeId, Use,
};

use super::enums::{self, Others};
use super::names::identifier;
use super::rust_type::RustType;
use super::structs::Parts;

/// A value in Rust's terms.
#[derive(Debug, Clone, PartialEq)]
pub enum Initial {
    /// `true`, `false`.
    Bool(bool),
    /// A whole number.
    Integer(Number),
    /// A number.
    Float(f64),
    /// A `String`.
    Text(String),
    /// A `Formatted` text.
    Formatted(String),
    /// A `SecretString`.
    Secret(String),
    /// A number that is read from its text.
    Parsed(String),
    /// `()`.
    Unit,
    /// `None`.
    None,
    /// `Maybe::Absent`.
    Absent,
    /// `Maybe::Null`.
    Null,
    /// `Some(..)`.
    Some(Box<Initial>),
    /// `Box::new(..)`.
    Boxed(Box<Initial>),
    /// `Maybe::Value(..)`.
    Known(Box<Initial>),
    /// `Defaulted::absent(..)`.
    Default(Box<Initial>),
    /// `Defaulted::from(..)`.
    Given(Box<Initial>),
    /// A variant of an enum: the enum, the variant and what it holds.
    Variant(String, String, Option<Box<Initial>>),
    /// A `Vec`.
    List(Vec<Initial>),
    /// A `BTreeMap`.
    Map(Vec<(String, Initial)>),
    /// A `Map`, of JSON values.
    Object(Vec<(String, Json)>),
    /// A struct: its name and fields, and whether the other fields are as its `Default` has them.
    Struct(String, Vec<(String, Initial)>, bool),
    /// A JSON value.
    Json(Json),
    /// A tuple struct.
    Tuple(String, Vec<Initial>),
    /// A struct around a list or map.
    Wrapped(String, Box<Initial>),
}

impl Initial {
    /// Calls `see` with each generated type that the value names.
    pub(super) fn each_name(&self, see: &mut impl FnMut(&str)) {
        match self {
            Self::Some(inner)
            | Self::Boxed(inner)
            | Self::Known(inner)
            | Self::Default(inner)
            | Self::Given(inner) => inner.each_name(see),
            Self::Variant(name, _, inner) => {
                see(name);
                if let Some(inner) = inner {
                    inner.each_name(see);
                }
            }
            Self::Wrapped(name, inner) => {
                see(name);
                inner.each_name(see);
            }
            Self::Tuple(name, items) => {
                see(name);
                for item in items {
                    item.each_name(see);
                }
            }
            Self::Struct(name, fields, _) => {
                see(name);
                for (_, value) in fields {
                    value.each_name(see);
                }
            }
            Self::List(items) => {
                for item in items {
                    item.each_name(see);
                }
            }
            Self::Map(entries) => {
                for (_, value) in entries {
                    value.each_name(see);
                }
            }
            _ => {}
        }
    }
}

/// A JSON value of the document.
#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    /// `null`.
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Json>),
    /// An object.
    Object(Vec<(String, Json)>),
}

impl From<&Node> for Json {
    fn from(node: &Node) -> Self {
        match node {
            Node::Null => Self::Null,
            Node::Bool(value) => Self::Bool(*value),
            Node::Number(value) => Self::Number(*value),
            Node::String(text) => Self::Text(text.clone()),
            Node::Array(items) => Self::List(items.iter().map(Self::from).collect()),
            Node::Object(entries) => Self::Object(json_entries(entries)),
        }
    }
}

fn json_entries(entries: &indexmap::IndexMap<String, Node>) -> Vec<(String, Json)> {
    entries
        .iter()
        .map(|(name, value)| (name.clone(), Json::from(value)))
        .collect()
}

/// How many values a default may be made of; real ones are a handful.
const MAX_VALUES: usize = 1000;

/// Makes values, within a budget: what is nested may be built many times over.
pub(super) struct Maker<'a> {
    parts: &'a Parts<'a>,
    left: usize,
}

impl<'a> Maker<'a> {
    pub(super) fn new(parts: &'a Parts<'a>) -> Self {
        Self {
            parts,
            left: MAX_VALUES,
        }
    }

    /// The default of a field, without the `Defaulted` around it.
    pub(super) fn default(&mut self, field: &Field, boxed: bool) -> Option<Initial> {
        self.in_field(field.ty, field.default.as_ref()?, boxed)
    }

    /// A value of a type, without its `null`.
    pub(super) fn value(&mut self, used: Use, value: &Node) -> Option<Initial> {
        self.plain(used.id, value)
    }

    /// The only value that something can have which must be there.
    pub(super) fn only(&mut self, used: Use) -> Option<Initial> {
        let types = &self.parts.spelling.api.types;
        let (id, nullable) = types.resolve(used);
        match &types.get(id).shape {
            Shape::Null => Some(Initial::Unit),
            Shape::Enum(list) if !nullable => self.member(id, list, &list.only()?.wire),
            _ => None,
        }
    }

    fn in_field(&mut self, used: Use, value: &Node, boxed: bool) -> Option<Initial> {
        let nullable = self.is_option(used);
        if nullable && value.is_null() {
            return Some(Initial::None);
        }
        let mut made = self.plain(used.id, value)?;
        if boxed {
            made = Initial::Boxed(Box::new(made));
        }
        Some(if nullable {
            Initial::Some(Box::new(made))
        } else {
            made
        })
    }

    fn is_option(&self, used: Use) -> bool {
        let spelling = &self.parts.spelling;
        !spelling.plain(used.id).holds_null() && spelling.api.types.is_nullable(used)
    }

    fn plain(&mut self, id: TypeId, value: &Node) -> Option<Initial> {
        self.left = self.left.checked_sub(1)?;
        let spelling = &self.parts.spelling;
        let id = spelling.api.types.resolve(Use::of(id)).0;
        let ty = spelling.api.types.get(id);
        let made = match (&ty.shape, value) {
            (Shape::Any, value) => Initial::Json(value.into()),
            (Shape::Null, Node::Null) => Initial::Unit,
            (Shape::Bool, Node::Bool(value)) => Initial::Bool(*value),
            (Shape::Integer(_), Node::Number(number)) => Initial::Integer(*number),
            (Shape::Number(_), Node::Number(number)) => match spelling.body(id) {
                RustType::Number(NumberType::F32) => Initial::Float(shortest(number.as_f64())),
                RustType::Number(NumberType::F64) => Initial::Float(number.as_f64()),
                RustType::Number(NumberType::Decimal) => Initial::Parsed(number.to_string()),
                _ => return None,
            },
            (Shape::Text(_), Node::String(text)) => match spelling.body(id) {
                RustType::Formatted(_) => Initial::Formatted(text.clone()),
                RustType::Secret => Initial::Secret(text.clone()),
                _ => Initial::Text(text.clone()),
            },
            (Shape::Enum(list), value) => self.member(id, list, &Scalar::of(value)?)?,
            (Shape::Array(item), Node::Array(values)) => Initial::List(
                values
                    .iter()
                    .map(|value| self.in_field(*item, value, false))
                    .collect::<Option<_>>()?,
            ),
            (Shape::Tuple(tuple), Node::Array(values)) => self.tuple(id, tuple, values)?,
            (Shape::Map(item), Node::Object(entries)) => {
                if spelling.of(*item) == RustType::Value {
                    Initial::Object(json_entries(entries))
                } else {
                    Initial::Map(self.entries(*item, entries.iter())?)
                }
            }
            (Shape::Object(object), Node::Object(values)) => self.object(id, object, values)?,
            (Shape::Union(union), value) => {
                let names = self.parts.variant_names(id);
                union
                    .decode
                    .candidates(value)
                    .into_iter()
                    .find_map(|index| {
                        let variant = union.variants.get(index)?;
                        let boxed = self.parts.boxes.contains(id, index);
                        let inner = self.plain(variant.ty.id, value)?;
                        let inner = if boxed {
                            Initial::Boxed(Box::new(inner))
                        } else {
                            inner
                        };
                        let name = identifier(names.get(&variant.ty.id)?);
                        let of = self.parts.spelling.names.get(id)?.to_owned();
                        Some(Initial::Variant(of, name, Some(Box::new(inner))))
                    })?
            }
            _ => return None,
        };
        if ty.wrapped {
            let name = self.parts.spelling.names.get(id)?.to_owned();
            return Some(Initial::Wrapped(name, Box::new(made)));
        }
        Some(made)
    }

    fn member(&self, id: TypeId, list: &Enumeration, wire: &Scalar) -> Option<Initial> {
        if let (EnumBase::Booleans, Scalar::Bool(value)) = (list.base, wire) {
            return Some(Initial::Bool(*value));
        }
        let ty = self.parts.spelling.api.types.get(id);
        let of = self.parts.spelling.names.get(id)?.to_owned();
        let others = Others::of(ty, list);
        let mut named = self.parts.enum_variants.borrow_mut();
        let idents = named.entry(id).or_insert_with(|| {
            let variants = enums::item(self.parts.words, list, others).variants;
            let named = variants.into_iter().map(|found| (found.wire, found.ident));
            named.collect()
        });
        match idents.get(wire) {
            Some(ident) => Some(Initial::Variant(of, ident.clone(), None)),
            None if others == Others::Valid => {
                let text = Initial::Text(wire.as_str()?.to_owned());
                let name = others.variant()?.to_owned();
                Some(Initial::Variant(of, name, Some(Box::new(text))))
            }
            None => None,
        }
    }

    fn entries<'n>(
        &mut self,
        used: Use,
        entries: impl Iterator<Item = (&'n String, &'n Node)>,
    ) -> Option<Vec<(String, Initial)>> {
        entries
            .map(|(name, value)| Some((name.clone(), self.in_field(used, value, false)?)))
            .collect()
    }

    fn tuple(&mut self, id: TypeId, tuple: &Tuple, values: &[Node]) -> Option<Initial> {
        let mut parts = Vec::new();
        for (index, item) in tuple.items.iter().enumerate() {
            let boxed = self.parts.boxes.contains(id, index);
            let nullable = self.is_option(item.ty);
            let made = match values.get(index) {
                Some(value) => self.in_field(item.ty, value, boxed)?,
                None if nullable => Initial::Absent,
                None => Initial::None,
            };
            parts.push(match made {
                made if index < tuple.required => made,
                Initial::Absent => Initial::Absent,
                Initial::None if values.get(index).is_some() => Initial::Null,
                Initial::None => Initial::None,
                Initial::Some(inner) => Initial::Known(inner),
                made => Initial::Some(Box::new(made)),
            });
        }
        let others = values.get(tuple.items.len()..).unwrap_or_default();
        if let Some(rest) = tuple.rest {
            let others = others
                .iter()
                .map(|value| self.in_field(rest, value, false))
                .collect::<Option<_>>()?;
            parts.push(Initial::List(others));
        }
        let name = self.parts.spelling.names.get(id)?.to_owned();
        Some(Initial::Tuple(name, parts))
    }

    fn object(
        &mut self,
        id: TypeId,
        object: &Object,
        values: &indexmap::IndexMap<String, Node>,
    ) -> Option<Initial> {
        let name = self.parts.spelling.names.get(id)?.to_owned();
        let undeclared = values.iter();
        let undeclared: Vec<_> = undeclared
            .filter(|(name, _)| !object.fields.contains_key(*name))
            .collect();
        // Which of several fields would keep it is a matter of patterns.
        if !undeclared.is_empty() && !object.patterns.is_empty() {
            return None;
        }
        let rest = self.is_default(object);
        let mut fields = Vec::new();
        for (index, (wire, field)) in object.fields.iter().enumerate() {
            let boxed = self.parts.boxes.contains(id, index);
            let value = values
                .get(wire)
                .filter(|value| field.required || self.is_option(field.ty) || !value.is_null());
            let made = match value {
                Some(value) => {
                    let made = self.in_field(field.ty, value, boxed)?;
                    self.given(field, boxed, made)
                }
                None if rest => continue,
                None => self.untouched(field, boxed)?,
            };
            fields.push((self.parts.field_name(object, wire)?, made));
        }
        let has_own = !rest || !undeclared.is_empty();
        if let (true, Extra::Keep(used), []) = (has_own, object.extra, object.patterns.as_slice()) {
            let values = match self.parts.spelling.map(used) {
                RustType::Object => {
                    let json = |(name, value): (&String, &Node)| (name.clone(), Json::from(value));
                    Initial::Object(undeclared.into_iter().map(json).collect())
                }
                _ => Initial::Map(self.entries(used, undeclared.into_iter())?),
            };
            let others = fields.len() < object.fields.len();
            fields.push((self.parts.extra_name(object), values));
            return Some(Initial::Struct(name, fields, rest && others));
        }
        let others = fields.len() < object.fields.len() || keeps(object);
        (rest || !keeps(object)).then_some(Initial::Struct(name, fields, rest && others))
    }

    /// A value in the form of its field.
    fn given(&mut self, field: &Field, boxed: bool, made: Initial) -> Initial {
        if field.required {
            return made;
        }
        if self.has_default(field, boxed) {
            return Initial::Given(Box::new(made));
        }
        if !self.is_option(field.ty) {
            return Initial::Some(Box::new(made));
        }
        match made {
            Initial::Some(inner) => Initial::Known(inner),
            _ => Initial::Null,
        }
    }

    fn has_default(&mut self, field: &Field, boxed: bool) -> bool {
        self.default(field, boxed)
            .is_some_and(|default| default != Initial::None)
    }

    /// What a field holds that nobody sets.
    fn untouched(&mut self, field: &Field, boxed: bool) -> Option<Initial> {
        let default = self.default(field, boxed);
        let only = self.only(field.ty).filter(|_| field.required);
        let nullable = self.is_option(field.ty);
        untouched(field.required, nullable, default.as_ref(), only.as_ref())
    }

    /// Whether no field needs an argument.
    fn is_default(&mut self, object: &Object) -> bool {
        object.fields.values().all(|field| {
            !field.required || self.default(field, false).is_some() || self.only(field.ty).is_some()
        })
    }
}

fn keeps(object: &Object) -> bool {
    matches!(object.extra, Extra::Keep(_)) || !object.patterns.is_empty()
}

/// What a field holds that nobody sets, if that is known.
pub(super) fn untouched(
    required: bool,
    nullable: bool,
    default: Option<&Initial>,
    only: Option<&Initial>,
) -> Option<Initial> {
    match (required, default) {
        (true, default) => default.or(only).cloned(),
        (false, None | Some(Initial::None)) if nullable => Some(Initial::Absent),
        (false, None) => Some(Initial::None),
        (false, Some(default)) => Some(Initial::Default(Box::new(default.clone()))),
    }
}

/// The shortest number that is the same as `f32`.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the field has no more digits"
)]
fn shortest(value: f64) -> f64 {
    (value as f32).to_string().parse().unwrap_or(value)
}
