//! Reads values from plain text, which does not tell a number from a string: the type that is read
//! says what it wants.

use std::fmt::{self, Display};

use serde::{
    Deserializer,
    de::{self, DeserializeSeed, Expected, MapAccess, SeqAccess, Visitor},
};

use crate::support::report::Report;
use crate::support::tree::{Reader, Tree};

/// The JSON kinds that a reader takes, where it takes several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "a set of kinds, each with its name"
)]
pub(crate) struct Wanted {
    pub(crate) boolean: bool,
    pub(crate) number: bool,
    pub(crate) string: bool,
    pub(crate) array: bool,
    pub(crate) object: bool,
}

impl Wanted {
    pub(crate) const SCALAR: Self = Self {
        boolean: false,
        number: false,
        string: true,
        array: false,
        object: false,
    };
    pub(crate) const ARRAY: Self = Self {
        string: false,
        array: true,
        ..Self::SCALAR
    };
    pub(crate) const OBJECT: Self = Self {
        string: false,
        object: true,
        ..Self::SCALAR
    };

    /// What a visitor says that it expects. A reader of anything says no kind, and gets text.
    pub(crate) fn by(visitor: &dyn Expected) -> Self {
        let words = format!("{visitor}");
        let mut wanted = Self {
            string: false,
            ..Self::SCALAR
        };
        for word in words.split(|c: char| !c.is_ascii_alphabetic()) {
            match word {
                "boolean" => wanted.boolean = true,
                "integer" | "number" => wanted.number = true,
                "string" => wanted.string = true,
                "array" => wanted.array = true,
                "object" => wanted.object = true,
                _ => {}
            }
        }
        let scalar = wanted.boolean || wanted.number || wanted.string;
        wanted.string |= !(scalar || wanted.array || wanted.object);
        wanted
    }

    /// Whether some scalar is wanted.
    pub(crate) fn scalar(self) -> bool {
        self.boolean || self.number || self.string
    }
}

/// Why a text is not the value that a type wants.
#[derive(Debug)]
pub(crate) struct Fault(pub(crate) String);

impl Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Fault {}

impl de::Error for Fault {
    fn custom<T: Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

/// The number that a text is, in the grammar of JSON.
fn number(text: &str) -> Option<Tree> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if !digits.starts_with(|first: char| first.is_ascii_digit()) || digits.ends_with('.') {
        return None;
    }
    if let Ok(value) = text.parse::<i64>() {
        Some(Tree::Signed(value))
    } else if let Ok(value) = text.parse::<u64>() {
        Some(Tree::Unsigned(value))
    } else {
        let value = text.parse::<f64>().ok().filter(|value| value.is_finite());
        value.map(Tree::Float)
    }
}

fn boolean(text: &str) -> Option<Tree> {
    match text {
        "true" => Some(Tree::Bool(true)),
        "false" => Some(Tree::Bool(false)),
        _ => None,
    }
}

/// A text as the kind that is wanted, where it can be; else as a string.
fn guess(text: &str, wanted: Wanted, nested: Nested) -> Option<Tree> {
    let scalar = |kind: bool, parse: fn(&str) -> Option<Tree>| kind.then(|| parse(text)).flatten();
    let json = |kind: bool, open: char| {
        (kind && text.starts_with(open))
            .then(|| serde_json::from_str(text).ok())
            .flatten()
    };
    scalar(wanted.boolean, boolean)
        .or_else(|| scalar(wanted.number, number))
        .or_else(|| json(wanted.object, '{'))
        .or_else(|| json(wanted.array && nested == Nested::Json, '['))
}

/// Whether the names are those of a list: `a[]`, or `a[0]`.
pub(crate) fn is_list(entries: &[(String, Tree)]) -> bool {
    entries
        .iter()
        .all(|(name, _)| name.bytes().all(|byte| byte.is_ascii_digit()))
}

/// How a list within a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nested {
    /// As a JSON text.
    Json,
    /// By repeating its name, so that a single text may be a list of one.
    Repeated,
}

/// Reads a tree whose strings are texts of any type.
pub(crate) struct Plain<'t> {
    tree: &'t Tree,
    nested: Nested,
    report: Option<&'t Report>,
}

impl<'t> Plain<'t> {
    pub(crate) fn new(tree: &'t Tree, nested: Nested, report: Option<&'t Report>) -> Self {
        Self {
            tree,
            nested,
            report,
        }
    }

    /// Hands over what is there: a text as the kind that is wanted.
    pub(crate) fn hand<'de, V: Visitor<'de>>(
        self,
        visitor: V,
        wanted: Wanted,
    ) -> Result<V::Value, Fault> {
        let text = match self.tree {
            Tree::String(text) => text,
            Tree::Array(items) => {
                return visitor.visit_seq(Items {
                    rest: Box::new(items.iter()),
                    of: self,
                });
            }
            Tree::Object(entries) if wanted.array && (!wanted.object || is_list(entries)) => {
                return visitor.visit_seq(Items {
                    rest: Box::new(entries.iter().map(|(_, item)| item)),
                    of: self,
                });
            }
            Tree::Object(entries) => {
                return visitor.visit_map(Entries {
                    rest: entries.iter(),
                    value: None,
                    of: self,
                });
            }
            other => return Reader::new(other, self.report).deserialize_any(visitor),
        };
        if let Some(tree) = guess(text, wanted, self.nested) {
            return Reader::new(&tree, self.report).deserialize_any(visitor);
        }
        if wanted == Wanted::ARRAY && self.nested == Nested::Repeated {
            return visitor.visit_seq(Items {
                rest: Box::new(std::iter::once(self.tree)),
                of: self,
            });
        }
        visitor.visit_str(text)
    }
}

/// Methods that say which kind is wanted.
macro_rules! wanting {
    ($($method:ident $(($($argument:ident: $type:ty),*))? => $wanted:expr;)*) => {$(
        fn $method<V: Visitor<'de>>(self $(, $($argument: $type),*)?, visitor: V) -> Result<V::Value, Self::Error> {
            $($(let _ = $argument;)*)?
            self.hand(visitor, $wanted)
        }
    )*};
}

/// The methods of a deserializer that hands over by kind.
macro_rules! by_kind {
    () => {
        type Error = Fault;

        fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            let wanted = Wanted::by(&visitor);
            self.hand(visitor, wanted)
        }

        fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            visitor.visit_some(self)
        }

        fn deserialize_newtype_struct<V: Visitor<'de>>(
            self,
            _: &'static str,
            visitor: V,
        ) -> Result<V::Value, Fault> {
            visitor.visit_newtype_struct(self)
        }

        fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            visitor.visit_unit()
        }

        $crate::support::plain::wanting! {
            deserialize_bool => Wanted { boolean: true, ..Wanted::SCALAR };
            deserialize_i8 => Wanted { number: true, ..Wanted::SCALAR };
            deserialize_i16 => Wanted { number: true, ..Wanted::SCALAR };
            deserialize_i32 => Wanted { number: true, ..Wanted::SCALAR };
            deserialize_i64 => Wanted { number: true, ..Wanted::SCALAR };
            deserialize_i128 => Wanted { number: true, ..Wanted::SCALAR };
            deserialize_u8 => Wanted { number: true, ..Wanted::SCALAR };
            deserialize_u16 => Wanted { number: true, ..Wanted::SCALAR };
            deserialize_u32 => Wanted { number: true, ..Wanted::SCALAR };
            deserialize_u64 => Wanted { number: true, ..Wanted::SCALAR };
            deserialize_u128 => Wanted { number: true, ..Wanted::SCALAR };
            deserialize_f32 => Wanted { number: true, ..Wanted::SCALAR };
            deserialize_f64 => Wanted { number: true, ..Wanted::SCALAR };
            deserialize_char => Wanted::SCALAR;
            deserialize_str => Wanted::SCALAR;
            deserialize_string => Wanted::SCALAR;
            deserialize_bytes => Wanted::SCALAR;
            deserialize_byte_buf => Wanted::SCALAR;
            deserialize_identifier => Wanted::SCALAR;
            deserialize_unit => Wanted::SCALAR;
            deserialize_unit_struct(name: &'static str) => Wanted::SCALAR;
            deserialize_seq => Wanted::ARRAY;
            deserialize_tuple(length: usize) => Wanted::ARRAY;
            deserialize_tuple_struct(name: &'static str, length: usize) => Wanted::ARRAY;
            deserialize_map => Wanted::OBJECT;
            deserialize_struct(name: &'static str, fields: &'static [&'static str]) => Wanted::OBJECT;
            deserialize_enum(name: &'static str, variants: &'static [&'static str]) => Wanted::SCALAR;
        }
    };
}

pub(crate) use {by_kind, wanting};

impl<'de> Deserializer<'de> for Plain<'_> {
    by_kind! {}
}

/// Runs `seed` on a member, and offers a text that it refuses to the report.
fn read<'de, S: DeserializeSeed<'de>>(
    tree: &Tree,
    of: &Plain<'_>,
    seed: S,
) -> Result<S::Value, Fault> {
    seed.deserialize(Plain::new(tree, of.nested, of.report))
        .inspect_err(|_| {
            if let Some(report) = of.report {
                report.offer(tree.scalar());
            }
        })
}

/// The items of a list.
struct Items<'t> {
    rest: Box<dyn Iterator<Item = &'t Tree> + 't>,
    of: Plain<'t>,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        let item = self.rest.next();
        item.map(|item| read(item, &self.of, seed)).transpose()
    }
}

/// The properties of an object.
struct Entries<'t> {
    rest: std::slice::Iter<'t, (String, Tree)>,
    value: Option<&'t Tree>,
    of: Plain<'t>,
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Fault;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        let Some((name, value)) = self.rest.next() else {
            return Ok(None);
        };
        self.value = Some(value);
        seed.deserialize(de::value::StrDeserializer::new(name))
            .map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        let value = self.value.take();
        let value = value.ok_or_else(|| Fault("a value was read before its key".to_owned()))?;
        read(value, &self.of, seed)
    }
}
