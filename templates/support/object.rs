//! Objects: one visitor and one writer for all of them, driven by each type's table.

use std::{collections::BTreeMap, fmt, marker::PhantomData};

use serde::{
    Deserializer, Serializer,
    de::{self, DeserializeSeed, IgnoredAny, MapAccess, Visitor},
    ser::SerializeMap,
};
use serde_json::{Map, Value};

use crate::support::{
    codec::{AsSerialize, Cx, Decode, Encode, Seed},
    level::Level,
    report::Report,
    rules::{Check, Rules},
};

/// A struct with a table, written by [`object!`].
pub trait Object: Sized {
    /// The Rust name, for errors.
    const NAME: &'static str;
    /// The declared properties, in the order of the table.
    const FIELDS: &'static [&'static str];
    /// What becomes of other properties.
    const EXTRA: Extra = Extra::Drop;

    /// Reads all properties.
    fn read<'de, A: MapAccess<'de>>(fields: &mut Fields<'_, A>) -> Result<Self, A::Error>;

    /// Writes all properties.
    fn write<M: SerializeMap>(&self, writer: &mut Writer<M>);

    /// Checks the properties that carry constraints.
    fn check_fields(&self, _: &Report) {}
}

/// What becomes of the properties that an object does not declare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extra {
    /// They are dropped.
    Drop,
    /// They are kept in a map field.
    Keep,
    /// They are dropped, and a fault when reading strictly.
    Forbid,
}

impl Extra {
    /// [`Extra::Keep`], for the table to name the field.
    #[must_use]
    pub const fn kept_in(_field: &str) -> Self {
        Self::Keep
    }
}

/// Reads an object.
#[inline]
pub fn decode<'de, T: Object, D: Deserializer<'de>>(source: D, cx: Cx<'_>) -> Result<T, D::Error> {
    source.deserialize_map(ObjectVisitor {
        cx,
        marker: PhantomData,
    })
}

/// Writes an object.
#[inline]
pub fn encode<T: Object, S: Serializer>(object: &T, target: S) -> Result<S::Ok, S::Error> {
    let mut writer = Writer {
        map: target.serialize_map(None)?,
        error: None,
    };
    object.write(&mut writer);
    match writer.error {
        Some(error) => Err(error),
        None => writer.map.end(),
    }
}

/// Checks an object, unless that was done as it was decoded.
pub fn check<T: Object>(object: &T, report: &Report) {
    if !report.is_decoding() {
        object.check_fields(report);
    }
}

struct ObjectVisitor<'a, T> {
    cx: Cx<'a>,
    marker: PhantomData<T>,
}

impl<'de, T: Object> Visitor<'de> for ObjectVisitor<'_, T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", T::NAME)
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        let cx = self.cx.deeper()?;
        let mut fields = Fields {
            map,
            names: T::FIELDS,
            extra: T::EXTRA,
            cx,
            next: 0,
            key: None,
            seen: Vec::new(),
            missing: None,
            level: Level::new(cx),
        };
        let value = T::read(&mut fields)?;
        fields.level.close()?;
        Ok(value)
    }
}

/// The properties of an object that is being read.
pub struct Fields<'a, A> {
    map: A,
    names: &'static [&'static str],
    extra: Extra,
    cx: Cx<'a>,
    /// Where the search for the next name starts: documents mostly come in the declared order.
    next: usize,
    /// The undeclared property that is being read, where those matter, if it is one.
    key: Option<String>,
    /// The declared properties that were there, when faults are gathered.
    seen: Vec<usize>,
    missing: Option<&'static str>,
    level: Level<'a>,
}

impl<'de, A: MapAccess<'de>> Fields<'_, A> {
    /// The position in the table of the next property; past its end for one to be kept as extra.
    pub fn next(&mut self) -> Result<Option<usize>, A::Error> {
        loop {
            let keep = (self.extra != Extra::Drop).then_some(&mut self.key);
            match self.map.next_key_seed(Name {
                names: self.names,
                from: self.next,
                keep,
            })? {
                Some(Some(index)) => {
                    self.next = index + 1;
                    if self.level.report().is_some() {
                        self.level.step(&self.names[index]);
                        self.seen.push(index);
                    }
                    return Ok(Some(index));
                }
                Some(None) if self.extra == Extra::Keep => return Ok(Some(usize::MAX)),
                Some(None) => self.undeclared()?,
                None => return Ok(None),
            }
        }
    }

    fn undeclared(&mut self) -> Result<(), A::Error> {
        if let Some(key) = self.key.take()
            && self.cx.is_strict()
        {
            self.level.step(&key);
            self.level.fault(
                &key,
                &<A::Error as de::Error>::unknown_field(&key, self.names),
            )?;
        }
        self.map.next_value::<IgnoredAny>().map(|IgnoredAny| ())
    }

    /// Reads a required property.
    #[inline]
    pub fn required<T: Decode>(&mut self, slot: &mut Option<T>) -> Result<(), A::Error> {
        let value = self.map.next_value_seed(Seed::new(self.cx));
        self.fill(slot, value)
    }

    /// Reads an optional property.
    #[inline]
    pub fn optional<T: Decode>(&mut self, slot: &mut Option<T>) -> Result<(), A::Error> {
        let value = self.map.next_value_seed(Seed::optional(self.cx));
        self.fill(slot, value)
    }

    /// Reads an optional property that has a default, which stands for a tolerated `null` too.
    #[inline]
    pub fn defaulted<T: Decode>(&mut self, slot: &mut Option<T>) -> Result<(), A::Error> {
        if T::NULLABLE || self.cx.is_strict() {
            return self.required(slot);
        }
        match self.map.next_value_seed(Seed::<Option<T>>::new(self.cx)) {
            Ok(value) => {
                *slot = value;
                Ok(())
            }
            Err(error) => self.fault(&error),
        }
    }

    #[inline]
    fn fill<T>(
        &mut self,
        slot: &mut Option<T>,
        value: Result<T, A::Error>,
    ) -> Result<(), A::Error> {
        match value {
            Ok(_) if slot.is_some() && self.cx.is_strict() => {
                self.fault(&de::Error::custom("duplicate property"))
            }
            Ok(value) => {
                *slot = Some(value);
                Ok(())
            }
            Err(error) => self.fault(&error),
        }
    }

    /// Reads an undeclared property into the map that keeps them.
    pub fn extra<T: ExtraMap>(&mut self, map: &mut T) -> Result<(), A::Error> {
        let key = self.key.take().unwrap_or_default();
        self.level.step(&key);
        match self.map.next_value_seed(Seed::new(self.cx)) {
            Ok(_) if self.cx.is_strict() && map.holds(&key) => self
                .level
                .fault(&key, &<A::Error as de::Error>::custom("duplicate property")),
            Ok(value) => {
                map.put(key, value);
                Ok(())
            }
            Err(error) => self.level.fault(&key, &error),
        }
    }

    #[cold]
    #[inline(never)]
    fn fault(&mut self, error: &A::Error) -> Result<(), A::Error> {
        let name = self
            .next
            .checked_sub(1)
            .and_then(|index| self.names.get(index))
            .copied();
        self.level.fault(&name.unwrap_or_default(), error)
    }

    /// The value of a required property; notes that it is missing.
    #[inline]
    pub fn require<T>(&mut self, name: &'static str, slot: Option<T>) -> Option<T> {
        if slot.is_none() {
            self.note_missing(name);
        }
        slot
    }

    #[cold]
    #[inline(never)]
    fn note_missing(&mut self, name: &'static str) {
        self.missing = self.missing.or(Some(name));
        let seen = self
            .seen
            .iter()
            .any(|&index| self.names.get(index) == Some(&name));
        if !seen {
            self.level.missing(name);
        }
    }

    /// The error of an object that lacks a required property.
    #[cold]
    #[inline(never)]
    pub fn incomplete(&mut self) -> A::Error {
        match self.level.close() {
            Err(error) => error,
            Ok(()) => de::Error::missing_field(self.missing.unwrap_or_default()),
        }
    }

    /// Whether faults are gathered, so that constraints are to be checked before the object is known to be whole.
    #[inline]
    pub fn is_reporting(&self) -> bool {
        self.level.report().is_some()
    }

    /// Checks the constraints of a property that was read.
    pub fn check<T: Check>(&mut self, name: &'static str, slot: Option<&T>, rules: &Rules) {
        if let Some((report, value)) = self.level.report().zip(slot) {
            self.level.step(&name);
            value.check(rules, report);
        }
    }
}

/// Reads a property's name as its position in the table.
struct Name<'a> {
    names: &'static [&'static str],
    from: usize,
    keep: Option<&'a mut Option<String>>,
}

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = Option<usize>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Option<usize>, D::Error> {
        source.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a property name")
    }

    #[inline]
    fn visit_str<E: de::Error>(self, name: &str) -> Result<Option<usize>, E> {
        let (before, after) = self.names.split_at(self.from.min(self.names.len()));
        let found = match after.iter().position(|declared| *declared == name) {
            Some(index) => Some(before.len() + index),
            None => before.iter().position(|declared| *declared == name),
        };
        if let (None, Some(key)) = (found, self.keep) {
            *key = Some(name.to_owned());
        }
        Ok(found)
    }
}

/// Writes the properties of an object; keeps the first error, and does nothing after it.
pub struct Writer<M: SerializeMap> {
    map: M,
    error: Option<M::Error>,
}

impl<M: SerializeMap> Writer<M> {
    /// Writes a property.
    #[inline]
    pub fn put<T: Encode + ?Sized>(&mut self, name: &str, value: &T) {
        if self.error.is_none() {
            self.error = self.map.serialize_entry(name, &AsSerialize(value)).err();
        }
    }

    /// Writes a property unless it is absent.
    #[inline]
    pub fn put_present<T: Encode>(&mut self, name: &str, value: &T) {
        if !value.is_absent() {
            self.put(name, value);
        }
    }

    /// Writes undeclared properties, but none by the name of a declared one.
    pub fn put_extra<T: ExtraMap>(&mut self, map: &T, declared: &[&str]) {
        for (name, value) in map.entries() {
            if !declared.contains(&name.as_str()) {
                self.put(name, value);
            }
        }
    }
}

/// A map that keeps undeclared properties.
pub trait ExtraMap: Default {
    /// The type of the properties.
    type Value: Decode + Encode;

    /// Whether the property is in the map.
    fn holds(&self, name: &str) -> bool;

    /// Adds a property.
    fn put(&mut self, name: String, value: Self::Value);

    /// All properties.
    fn entries(&self) -> impl Iterator<Item = (&String, &Self::Value)>;
}

impl<T: Decode + Encode> ExtraMap for BTreeMap<String, T> {
    type Value = T;

    fn holds(&self, name: &str) -> bool {
        self.contains_key(name)
    }

    fn put(&mut self, name: String, value: T) {
        self.insert(name, value);
    }

    fn entries(&self) -> impl Iterator<Item = (&String, &T)> {
        self.iter()
    }
}

impl ExtraMap for Map<String, Value> {
    type Value = Value;

    fn holds(&self, name: &str) -> bool {
        self.contains_key(name)
    }

    fn put(&mut self, name: String, value: Value) {
        self.insert(name, value);
    }

    fn entries(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.iter()
    }
}
