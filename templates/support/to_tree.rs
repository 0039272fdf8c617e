//! Writes a value as a tree, whose leaves a text is then made of.

use serde::ser::{
    Impossible, Serialize, SerializeMap, SerializeSeq, SerializeTuple, SerializeTupleStruct,
    Serializer,
};

use crate::support::codec::{AsSerialize, Encode};
use crate::support::plain::Fault;
use crate::support::tree::Tree;

impl serde::ser::Error for Fault {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

/// The value as a tree.
pub(crate) fn to_tree<T: Encode + ?Sized>(value: &T) -> Result<Tree, Fault> {
    value.encode(ToTree)
}

struct ToTree;

/// The scalars that are written as they are.
macro_rules! scalars {
    ($($method:ident($type:ty) => $variant:ident,)*) => {$(
        fn $method(self, value: $type) -> Result<Tree, Fault> {
            Ok(Tree::$variant(value.into()))
        }
    )*};
}

impl Serializer for ToTree {
    type Ok = Tree;
    type Error = Fault;
    type SerializeSeq = List;
    type SerializeTuple = List;
    type SerializeTupleStruct = List;
    type SerializeTupleVariant = Impossible<Tree, Fault>;
    type SerializeMap = Properties;
    type SerializeStruct = Impossible<Tree, Fault>;
    type SerializeStructVariant = Impossible<Tree, Fault>;

    scalars! {
        serialize_bool(bool) => Bool,
        serialize_i8(i8) => Signed,
        serialize_i16(i16) => Signed,
        serialize_i32(i32) => Signed,
        serialize_i64(i64) => Signed,
        serialize_u8(u8) => Unsigned,
        serialize_u16(u16) => Unsigned,
        serialize_u32(u32) => Unsigned,
        serialize_u64(u64) => Unsigned,
        serialize_f32(f32) => Float,
        serialize_f64(f64) => Float,
        serialize_char(char) => String,
        serialize_str(&str) => String,
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<Tree, Fault> {
        Err(unwritable())
    }

    fn serialize_none(self) -> Result<Tree, Fault> {
        Ok(Tree::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Tree, Fault> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Tree, Fault> {
        Ok(Tree::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Tree, Fault> {
        Ok(Tree::Null)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Tree, Fault> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Tree, Fault> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<Tree, Fault> {
        Err(unwritable())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<List, Fault> {
        Ok(List::default())
    }

    fn serialize_tuple(self, _: usize) -> Result<List, Fault> {
        Ok(List::default())
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<List, Fault> {
        Ok(List::default())
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Fault> {
        Err(unwritable())
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Properties, Fault> {
        Ok(Properties::default())
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeStruct, Fault> {
        Err(unwritable())
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Fault> {
        Err(unwritable())
    }
}

fn unwritable() -> Fault {
    Fault("no JSON value".to_owned())
}

#[derive(Default)]
struct List {
    items: Vec<Tree>,
}

impl List {
    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
        self.items.push(value.serialize(ToTree)?);
        Ok(())
    }
}

macro_rules! lists {
    ($($trait:ident $method:ident,)*) => {$(
        impl $trait for List {
            type Ok = Tree;
            type Error = Fault;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
                self.push(value)
            }

            fn end(self) -> Result<Tree, Fault> {
                Ok(Tree::Array(self.items))
            }
        }
    )*};
}

lists! {
    SerializeSeq serialize_element,
    SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field,
}

#[derive(Default)]
struct Properties {
    entries: Vec<(String, Tree)>,
    name: Option<String>,
}

impl SerializeMap for Properties {
    type Ok = Tree;
    type Error = Fault;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, name: &T) -> Result<(), Fault> {
        match name.serialize(ToTree)? {
            Tree::String(name) => self.name = Some(name),
            _ => return Err(unwritable()),
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
        let name = self.name.take().ok_or_else(unwritable)?;
        self.entries.push((name, value.serialize(ToTree)?));
        Ok(())
    }

    fn end(self) -> Result<Tree, Fault> {
        Ok(Tree::Object(self.entries))
    }
}

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => target.serialize_unit(),
            Self::Bool(value) => target.serialize_bool(*value),
            Self::Signed(value) => target.serialize_i64(*value),
            Self::Unsigned(value) => target.serialize_u64(*value),
            Self::Float(value) => target.serialize_f64(*value),
            Self::String(value) => target.serialize_str(value),
            Self::Array(items) => target.collect_seq(items),
            Self::Object(entries) => {
                target.collect_map(entries.iter().map(|(name, value)| (name, value)))
            }
        }
    }
}

impl Encode for Tree {
    fn encode<S: Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
        self.serialize(target)
    }
}

/// A value as a JSON text.
pub(crate) fn json<T: Encode + ?Sized>(value: &T) -> Result<String, Fault> {
    serde_json::to_string(&AsSerialize(value)).map_err(|error| Fault(error.to_string()))
}
