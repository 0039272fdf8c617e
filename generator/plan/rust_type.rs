//! Types as Rust spells them.

use crate::config::{NumberType, TypesConfig};
use crate::model::{Api, EnumBase, IntegerFormat, Origin, Shape, TypeId, Use};

use super::formats;
use super::names::TypeNames;

/// A Rust type expression.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum RustType {
    /// `bool`.
    Bool,
    /// `i8` to `i64`, `u8` to `u64`.
    Integer(IntegerFormat),
    /// `f32`, `f64` and the like.
    Number(NumberType),
    /// `Formatted<T>`, of this path.
    Formatted(String),
    /// `SecretString`.
    Secret,
    /// `String`.
    String,
    /// `serde_json::Value`.
    Value,
    /// `()`: `null` and nothing else.
    Null,
    /// `serde_json::Map<String, Value>`.
    Object,
    /// `Vec<T>`.
    Vec(Box<RustType>),
    /// `BTreeMap<String, T>`.
    Map(Box<RustType>),
    /// `Option<T>`.
    Option(Box<RustType>),
    /// `Maybe<T>`: absent, `null` or a value.
    Maybe(Box<RustType>),
    /// `Defaulted<T>`: a value, or the default that stands for its absence.
    Defaulted(Box<RustType>),
    /// `Box<T>`.
    Boxed(Box<RustType>),
    /// An item of module `types`.
    Named(String),
    /// `bytes::Bytes`.
    Bytes,
    /// Bytes with their media type.
    Content,
    /// Bytes that are read as they come.
    ByteStream,
    /// A file in a form.
    File,
    /// A form with files, by the enum of its parts.
    Multipart(String),
    /// JSON texts of this type, one after the other.
    Lines(Box<RustType>),
    /// Server-sent events with data of this type.
    Events(Box<RustType>),
    /// An enum of bodies in module `operations`.
    Body(String),
}

impl RustType {
    /// The expression as seen from outside the crate, after `use CRATE::*`.
    #[must_use]
    pub fn outer_path(&self) -> String {
        self.spelled("types::", "std::collections::BTreeMap")
    }

    /// The expression, with `prefix` before the names of generated types.
    #[must_use]
    pub fn path(&self, prefix: &str) -> String {
        self.spelled(prefix, "BTreeMap")
    }

    fn spelled(&self, prefix: &str, map: &str) -> String {
        match self {
            Self::Bool => "bool".to_owned(),
            Self::Integer(format) => integer(*format).to_owned(),
            Self::Number(number) => match number {
                NumberType::F32 => "f32",
                NumberType::F64 => "f64",
                NumberType::Decimal => "rust_decimal::Decimal",
                NumberType::Exact => "ExactNumber",
            }
            .to_owned(),
            Self::Formatted(path) => format!("Formatted<{path}>"),
            Self::Secret => "SecretString".to_owned(),
            Self::String => "String".to_owned(),
            Self::Value => "Value".to_owned(),
            Self::Null => "()".to_owned(),
            Self::Object => "Map<String, Value>".to_owned(),
            Self::Vec(inner) => format!("Vec<{}>", inner.spelled(prefix, map)),
            Self::Map(inner) => format!("{map}<String, {}>", inner.spelled(prefix, map)),
            Self::Option(inner) => format!("Option<{}>", inner.spelled(prefix, map)),
            Self::Maybe(inner) => format!("Maybe<{}>", inner.spelled(prefix, map)),
            Self::Defaulted(inner) => format!("Defaulted<{}>", inner.spelled(prefix, map)),
            Self::Boxed(inner) => format!("Box<{}>", inner.spelled(prefix, map)),
            Self::Named(name) => format!("{prefix}{name}"),
            Self::Bytes => "Bytes".to_owned(),
            Self::Content => "Content".to_owned(),
            Self::ByteStream => "ByteStream".to_owned(),
            Self::File => "FilePart".to_owned(),
            Self::Multipart(part) => format!("Multipart<{part}>"),
            Self::Lines(inner) => format!("Lines<{}>", inner.spelled(prefix, map)),
            Self::Events(inner) => format!("Events<{}>", inner.spelled(prefix, map)),
            Self::Body(name) => name.clone(),
        }
    }

    /// The name of the generated type itself, if it is one and no container of it.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Named(name) => Some(name),
            _ => None,
        }
    }

    /// Whether `null` is one of its own values, so that there is no need of an `Option` around it.
    #[must_use]
    pub fn holds_null(&self) -> bool {
        matches!(self, Self::Value | Self::Null)
    }

    /// The type with other names for the generated types in it that `other` has one for.
    pub(super) fn renamed<'n>(&self, other: &impl Fn(&str) -> Option<&'n str>) -> Self {
        let inside = |inner: &Self| Box::new(inner.renamed(other));
        match self {
            Self::Named(name) => Self::Named(other(name).unwrap_or(name).to_owned()),
            Self::Vec(inner) => Self::Vec(inside(inner)),
            Self::Map(inner) => Self::Map(inside(inner)),
            Self::Option(inner) => Self::Option(inside(inner)),
            Self::Maybe(inner) => Self::Maybe(inside(inner)),
            Self::Defaulted(inner) => Self::Defaulted(inside(inner)),
            Self::Boxed(inner) => Self::Boxed(inside(inner)),
            Self::Lines(inner) => Self::Lines(inside(inner)),
            Self::Events(inner) => Self::Events(inside(inner)),
            other => other.clone(),
        }
    }

    /// Calls `see` with this type and each inside it.
    pub fn walk(&self, see: &mut impl FnMut(&Self)) {
        see(self);
        match self {
            Self::Vec(inner)
            | Self::Map(inner)
            | Self::Option(inner)
            | Self::Maybe(inner)
            | Self::Defaulted(inner)
            | Self::Boxed(inner)
            | Self::Lines(inner)
            | Self::Events(inner) => {
                inner.walk(see);
            }
            _ => {}
        }
    }
}

fn integer(format: IntegerFormat) -> &'static str {
    match format {
        IntegerFormat::I8 => "i8",
        IntegerFormat::I16 => "i16",
        IntegerFormat::I32 => "i32",
        IntegerFormat::I64 => "i64",
        IntegerFormat::U8 => "u8",
        IntegerFormat::U16 => "u16",
        IntegerFormat::U32 => "u32",
        IntegerFormat::U64 => "u64",
    }
}

/// Spells uses of types.
#[derive(Clone, Copy)]
pub(super) struct Spelling<'a> {
    pub(super) api: &'a Api,
    pub(super) names: &'a TypeNames,
    pub(super) config: &'a TypesConfig,
}

impl Spelling<'_> {
    /// The type of a use, `Option` where `null` is one of its values.
    pub(super) fn of(&self, used: Use) -> RustType {
        let plain = self.plain(used.id);
        if !plain.holds_null() && self.api.types.is_nullable(used) {
            RustType::Option(Box::new(plain))
        } else {
            plain
        }
    }

    /// The type without its `null`.
    pub(super) fn plain(&self, id: TypeId) -> RustType {
        match (self.names.get(id), self.holding_null(id)) {
            (Some(_), Some(ty)) => ty,
            (Some(name), None) => RustType::Named(name.to_owned()),
            (None, _) => self.body(id),
        }
    }

    /// A type of which `null` is a value like any other: it needs no name, and no `Option` around it.
    fn holding_null(&self, id: TypeId) -> Option<RustType> {
        let types = &self.api.types;
        match types.get(types.resolve(Use::of(id)).0).shape {
            Shape::Any => Some(RustType::Value),
            Shape::Null => Some(RustType::Null),
            _ => None,
        }
    }

    /// What a type is made of, its own name aside.
    pub(super) fn body(&self, id: TypeId) -> RustType {
        match &self.api.types.get(id).shape {
            Shape::Any => RustType::Value,
            Shape::Null => RustType::Null,
            Shape::File => RustType::File,
            Shape::Bool => RustType::Bool,
            Shape::Integer(format) => RustType::Integer(*format),
            Shape::Number(format) => formats::number(*format, self.config),
            Shape::Text(format) => formats::text(format.as_deref(), self.config),
            Shape::Array(item) => RustType::Vec(Box::new(self.of(*item))),
            Shape::Map(value) => self.map(*value),
            Shape::Alias(target) => self.plain(target.id),
            Shape::Enum(list) if list.base == EnumBase::Booleans => RustType::Bool,
            // These always have a name; a lost one would be a value of any kind.
            Shape::Enum(_) | Shape::Tuple(_) | Shape::Object(_) | Shape::Union(_) => self
                .names
                .get(id)
                .map_or(RustType::Value, |name| RustType::Named(name.to_owned())),
        }
    }

    /// A map of values by name.
    pub(super) fn map(&self, value: Use) -> RustType {
        match self.of(value) {
            RustType::Value => RustType::Object,
            value => RustType::Map(Box::new(value)),
        }
    }

    /// Whether a type is a component, and so an item even where it is only another name.
    pub(super) fn is_component(&self, id: TypeId) -> bool {
        let written = self.api.types.original(id);
        matches!(self.api.types.get(written).origin, Origin::Component(_))
    }
}
