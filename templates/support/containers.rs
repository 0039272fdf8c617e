//! What holds other values: `Option`, `Box`, `Vec`, `BTreeMap`, and free-form JSON.

use std::{collections::BTreeMap, fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{
        self, MapAccess, SeqAccess, Visitor,
        value::{MapAccessDeserializer, UnitDeserializer},
    },
    ser::{SerializeMap, SerializeSeq},
};
use serde_json::{Map, Value};

use crate::support::{
    codec::{AsSerialize, Cx, Decode, Encode, Seed},
    level::Level,
    object::Writer,
};

struct OptionVisitor<'a, T> {
    cx: Cx<'a>,
    /// Whether `null` is a value.
    nullable: bool,
    marker: PhantomData<T>,
}

impl<T: Decode> OptionVisitor<'_, T> {
    /// `null` where that is no value: the error of `T`, which says what it expects.
    #[cold]
    fn refuse<E: de::Error>(self) -> Result<Option<T>, E> {
        T::decode(UnitDeserializer::new(), self.cx).map(Some)
    }
}

impl<'de, T: Decode> Visitor<'de> for OptionVisitor<'_, T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    #[inline]
    fn visit_unit<E: de::Error>(self) -> Result<Option<T>, E> {
        if self.nullable {
            Ok(None)
        } else {
            self.refuse()
        }
    }

    #[inline]
    fn visit_none<E: de::Error>(self) -> Result<Option<T>, E> {
        self.visit_unit()
    }

    #[inline]
    fn visit_some<D: Deserializer<'de>>(self, source: D) -> Result<Option<T>, D::Error> {
        T::decode(source, self.cx).map(Some)
    }
}

impl<T: Decode> Decode for Option<T> {
    const NULLABLE: bool = true;

    #[inline]
    fn decode<'de, D: Deserializer<'de>>(source: D, cx: Cx<'_>) -> Result<Self, D::Error> {
        let (optional, cx) = cx.take_optional();
        source.deserialize_option(OptionVisitor {
            cx,
            // `null` for an optional property stands for its absence when reading leniently; but where it is a
            // value of `T`, it is there.
            nullable: !optional || (!T::NULLABLE && !cx.is_strict()),
            marker: PhantomData,
        })
    }

    #[inline]
    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: Encode> Encode for Option<T> {
    #[inline]
    fn encode<S: Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => value.encode(target),
            None => target.serialize_unit(),
        }
    }

    #[inline]
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Decode> Decode for Box<T> {
    const NULLABLE: bool = T::NULLABLE;

    fn decode<'de, D: Deserializer<'de>>(source: D, cx: Cx<'_>) -> Result<Self, D::Error> {
        T::decode(source, cx).map(Self::new)
    }
}

impl<T: Encode + ?Sized> Encode for Box<T> {
    fn write<M: SerializeMap>(&self, writer: &mut Writer<M>) {
        (**self).write(writer);
    }

    fn encode<S: Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
        (**self).encode(target)
    }
}

struct VecVisitor<'a, T> {
    cx: Cx<'a>,
    marker: PhantomData<T>,
}

impl<'de, T: Decode> Visitor<'de> for VecVisitor<'_, T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    #[inline]
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<T>, A::Error> {
        let cx = self.cx.deeper()?;
        let mut level = Level::new(cx);
        let mut values = Vec::new();
        // Counts what was read, also what failed and is not in `values`.
        let mut index = 0_usize;
        loop {
            level.step(&index);
            match items.next_element_seed(Seed::new(cx)) {
                Ok(Some(value)) => values.push(value),
                Ok(None) => break,
                Err(error) => level.fault(&index, &error)?,
            }
            index += 1;
        }
        level.close()?;
        Ok(values)
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode<'de, D: Deserializer<'de>>(source: D, cx: Cx<'_>) -> Result<Self, D::Error> {
        source.deserialize_seq(VecVisitor {
            cx,
            marker: PhantomData,
        })
    }
}

impl<T: Encode> Encode for [T] {
    fn encode<S: Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
        let mut items = target.serialize_seq(Some(self.len()))?;
        for item in self {
            items.serialize_element(&AsSerialize(item))?;
        }
        items.end()
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode<S: Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
        self.as_slice().encode(target)
    }
}

struct MapVisitor<'a, T> {
    cx: Cx<'a>,
    marker: PhantomData<T>,
}

impl<'de, T: Decode> Visitor<'de> for MapVisitor<'_, T> {
    type Value = BTreeMap<String, T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<BTreeMap<String, T>, A::Error> {
        let cx = self.cx.deeper()?;
        let mut level = Level::new(cx);
        let mut values = BTreeMap::new();
        while let Some(key) = entries.next_key::<String>()? {
            level.step(&key);
            match read_entry(&mut entries, cx, &values, &key) {
                Ok(value) => {
                    values.insert(key, value);
                }
                Err(error) => level.fault(&key, &error)?,
            }
        }
        level.close()?;
        Ok(values)
    }
}

/// Reads the value of `key`; a repeated key is a fault when reading strictly, else the last one counts.
fn read_entry<'de, T: Decode, A: MapAccess<'de>>(
    entries: &mut A,
    cx: Cx<'_>,
    values: &BTreeMap<String, T>,
    key: &str,
) -> Result<T, A::Error> {
    let value = entries.next_value_seed(Seed::new(cx))?;
    if cx.is_strict() && values.contains_key(key) {
        return Err(de::Error::custom("duplicate property"));
    }
    Ok(value)
}

impl<T: Decode> Decode for BTreeMap<String, T> {
    fn decode<'de, D: Deserializer<'de>>(source: D, cx: Cx<'_>) -> Result<Self, D::Error> {
        source.deserialize_map(MapVisitor {
            cx,
            marker: PhantomData,
        })
    }
}

impl<T: Encode> Encode for BTreeMap<String, T> {
    fn encode<S: Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
        let mut entries = target.serialize_map(Some(self.len()))?;
        for (key, value) in self {
            entries.serialize_entry(key, &AsSerialize(value))?;
        }
        entries.end()
    }
}

impl Decode for Value {
    const NULLABLE: bool = true;

    fn decode<'de, D: Deserializer<'de>>(source: D, _: Cx<'_>) -> Result<Self, D::Error> {
        Self::deserialize(source)
    }
}

impl Encode for Value {
    fn encode<S: Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
        self.serialize(target)
    }
}

struct ObjectVisitor;

impl<'de> Visitor<'de> for ObjectVisitor {
    type Value = Map<String, Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Self::Value, A::Error> {
        Map::deserialize(MapAccessDeserializer::new(entries))
    }
}

impl Decode for Map<String, Value> {
    /// `serde_json` itself takes `null` for an empty object.
    fn decode<'de, D: Deserializer<'de>>(source: D, _: Cx<'_>) -> Result<Self, D::Error> {
        source.deserialize_map(ObjectVisitor)
    }
}

impl Encode for Map<String, Value> {
    fn encode<S: Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
        self.serialize(target)
    }
}
