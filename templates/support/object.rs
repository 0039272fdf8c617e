//! Objects: one visitor and one writer for all of them, driven by each type's table.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserializer, Serializer,
    de::{MapAccess, Visitor},
    ser::SerializeMap,
};

use crate::support::{
    codec::{AsSerialize, Cx, Decode, Encode},
    extra::{Extra, ExtraMap},
    fields::Fields,
    report::Report,
    rules::{Check, Rules},
};

/// What an object's table says, apart from its fields.
pub struct Table {
    /// The wire names of the properties.
    pub names: &'static [&'static str],
    /// How each of them may be missing.
    pub presence: &'static [Presence],
    /// The constraints of those that have any.
    pub rules: &'static [(&'static str, Rules)],
    /// The fields that keep others for their names.
    pub matched: &'static [&'static str],
    /// What becomes of the rest.
    pub extra: Extra,
}

impl Table {
    /// The table of what is no object.
    pub const NONE: &'static Self = &Self {
        names: &[],
        presence: &[],
        rules: &[],
        matched: &[],
        extra: Extra::Drop,
    };
}

/// How a property may be missing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Presence {
    /// It must be there.
    #[default]
    Required,
    /// It must be there, but when reading leniently its default may stand for it.
    Assumed,
    /// It may be absent.
    Optional,
}

/// Reads an object.
#[inline]
pub(crate) fn decode<'de, T: Decode, D: Deserializer<'de>>(
    source: D,
    cx: Cx<'_>,
) -> Result<T, D::Error> {
    source.deserialize_map(ObjectVisitor {
        cx,
        marker: PhantomData,
    })
}

/// Writes an object.
#[inline]
pub(crate) fn encode<T: Encode + ?Sized, S: Serializer>(
    object: &T,
    target: S,
) -> Result<S::Ok, S::Error> {
    let mut writer = Writer::new(target.serialize_map(None)?);
    object.write(&mut writer);
    writer.finish()?.end()
}

/// Runs the checks of an object's constrained properties, unless that was done as it was decoded.
pub(crate) fn check(report: &Report, table: &Table, properties: &[&dyn Check]) {
    if !report.is_decoding() {
        for ((name, rules), property) in table.rules.iter().zip(properties) {
            report.at(name, |report| property.check(rules, report));
        }
    }
}

struct ObjectVisitor<'a, T> {
    cx: Cx<'a>,
    marker: PhantomData<T>,
}

impl<'de, T: Decode> Visitor<'de> for ObjectVisitor<'_, T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        let mut fields = Fields::new(map, T::TABLE, self.cx.deeper()?);
        // One place for the result, so that it is built where it goes instead of being copied there.
        let mut value = T::read(&mut fields);
        if let Err(error) = fields.end() {
            value = Err(error);
        }
        value
    }
}

/// Writes the properties of an object; keeps the first error, and does nothing after it.
pub struct Writer<M: SerializeMap> {
    map: M,
    error: Option<M::Error>,
}

/// The value of a property, whatever its type.
pub trait Property<M: SerializeMap> {
    /// Writes the property, but not one that may be absent and is.
    fn put(&self, name: &str, presence: Presence, map: &mut M) -> Result<(), M::Error>;
}

impl<T: Encode, M: SerializeMap> Property<M> for T {
    fn put(&self, name: &str, presence: Presence, map: &mut M) -> Result<(), M::Error> {
        if presence == Presence::Optional && self.is_absent() {
            return Ok(());
        }
        map.serialize_entry(name, &AsSerialize(self))
    }
}

impl<M: SerializeMap> Writer<M> {
    /// Writes to `map`.
    pub(crate) fn new(map: M) -> Self {
        Self { map, error: None }
    }

    /// What was written to, or the first error.
    pub(crate) fn finish(self) -> Result<M, M::Error> {
        match self.error {
            Some(error) => Err(error),
            None => Ok(self.map),
        }
    }

    /// Writes the properties, which stand in the table's order.
    pub fn put(&mut self, table: &Table, properties: &[&dyn Property<M>]) {
        let rows = table.names.iter().zip(table.presence);
        for ((name, &presence), property) in rows.zip(properties) {
            if let Err(error) = property.put(name, presence, &mut self.map) {
                self.error = Some(error);
                return;
            }
        }
    }

    /// Writes undeclared properties, but none by the name of a declared one.
    pub fn put_extra<T: ExtraMap>(&mut self, table: &Table, extra: &T) {
        for (name, value) in extra.entries() {
            if self.error.is_none() && !table.names.contains(&name.as_str()) {
                let written = self.map.serialize_entry(name, &AsSerialize(value));
                self.error = written.err();
            }
        }
    }
}
