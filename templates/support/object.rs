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

/// Runs the checks of an object's properties, unless that was done as it was decoded.
pub(crate) fn check(report: &Report, checks: impl FnOnce()) {
    if !report.is_decoding() {
        checks();
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
        let cx = self.cx.deeper()?;
        let mut fields = Fields {
            map,
            table: Table {
                names: T::FIELDS,
                at: UNDECLARED,
                capture: T::EXTRA != Extra::Drop,
                key: None,
            },
            cx,
            seen: Vec::new(),
            missing: None,
            error: None,
            level: Level::new(cx),
        };
        let value = T::read(&mut fields);
        match fields.error {
            Some(error) => Err(error),
            None => fields.level.close().and(value),
        }
    }
}

/// The properties of an object that is being read. Keeps the first error, and comes to an end at it, so that a
/// table needs no `?` for each property.
pub struct Fields<'a, 'de, A: MapAccess<'de>> {
    map: A,
    table: Table,
    cx: Cx<'a>,
    /// The declared properties that were there, when faults are gathered.
    seen: Vec<usize>,
    missing: Option<&'static str>,
    error: Option<A::Error>,
    level: Level<'a>,
}

impl<'de, A: MapAccess<'de>> Fields<'_, 'de, A> {
    /// The position in the table of the next property; past its end for an undeclared one.
    #[allow(
        clippy::should_implement_trait,
        reason = "a table calls it, and an iterator would borrow the rest"
    )]
    #[inline]
    pub fn next(&mut self) -> Option<usize> {
        if self.error.is_some() {
            return None;
        }
        match self.map.next_key_seed(&mut self.table) {
            Ok(Some(())) => {
                if self.level.report().is_some() {
                    self.see();
                }
                Some(self.table.at)
            }
            Ok(None) => None,
            Err(error) => {
                self.error = Some(error);
                None
            }
        }
    }

    /// The name of the declared property that was read last.
    fn name(&self) -> &'static str {
        self.table
            .names
            .get(self.table.at)
            .copied()
            .unwrap_or_default()
    }

    /// Notes for the report that a declared property is there.
    #[cold]
    #[inline(never)]
    fn see(&mut self) {
        if self.table.at != UNDECLARED {
            self.level.step(&self.name());
            self.seen.push(self.table.at);
        }
    }

    /// Skips an undeclared property, or takes up that it is forbidden.
    #[cold]
    #[inline(never)]
    pub fn undeclared(&mut self) {
        if let Some(key) = self.table.key.take()
            && self.cx.is_strict()
        {
            self.level.step(&key);
            let error = <A::Error as de::Error>::unknown_field(&key, self.table.names);
            self.fault_at(&key, &error);
        }
        if self.error.is_none() {
            self.error = self.map.next_value::<IgnoredAny>().err();
        }
    }

    /// Reads a required property.
    #[inline]
    pub fn required<T: Decode>(&mut self, slot: &mut Option<T>) {
        let value = self.map.next_value_seed(Seed::new(self.cx));
        self.fill(slot, value);
    }

    /// Reads an optional property.
    #[inline]
    pub fn optional<T: Decode>(&mut self, slot: &mut Option<T>) {
        let value = self.map.next_value_seed(Seed::optional(self.cx));
        self.fill(slot, value);
    }

    /// Reads an optional property that has a default, which stands for a tolerated `null` too.
    #[inline]
    pub fn defaulted<T: Decode>(&mut self, slot: &mut Option<T>) {
        if T::NULLABLE || self.cx.is_strict() {
            return self.required(slot);
        }
        match self
            .map
            .next_value_seed(Seed::<Option<T>, false>::new(self.cx))
        {
            Ok(value) => *slot = value,
            Err(error) => self.fault(&error),
        }
    }

    #[allow(
        clippy::inline_always,
        reason = "a call of it costs as much as it does"
    )]
    #[inline(always)]
    fn fill<T>(&mut self, slot: &mut Option<T>, value: Result<T, A::Error>) {
        match value {
            Ok(value) => {
                if slot.replace(value).is_some() {
                    self.repeated();
                }
            }
            Err(error) => self.fault(&error),
        }
    }

    /// Takes up that a property is there twice: when reading leniently, the last one counts.
    #[cold]
    #[inline(never)]
    fn repeated(&mut self) {
        if self.cx.is_strict() {
            self.fault(&<A::Error as de::Error>::custom("duplicate property"));
        }
    }

    /// Reads an undeclared property into the map that keeps them.
    pub fn extra<T: ExtraMap>(&mut self, map: &mut T) {
        let key = self.table.key.take().unwrap_or_default();
        self.level.step(&key);
        match self.map.next_value_seed(Seed::new(self.cx)) {
            Ok(_) if self.cx.is_strict() && map.holds(&key) => {
                self.fault_at(&key, &<A::Error as de::Error>::custom("duplicate property"));
            }
            Ok(value) => map.put(key, value),
            Err(error) => self.fault_at(&key, &error),
        }
    }

    /// Takes up the fault of the declared property that was read last.
    #[cold]
    #[inline(never)]
    fn fault(&mut self, error: &A::Error) {
        self.fault_at(self.name(), error);
    }

    #[cold]
    fn fault_at(&mut self, name: &str, error: &A::Error) {
        self.error = self.level.fault(&name, error).err();
    }

    /// The value of a required property; notes that it is missing.
    #[inline]
    pub fn require<T>(&mut self, name: &'static str, slot: Option<T>) -> Option<T> {
        if slot.is_none() {
            self.note_missing(name);
        }
        slot
    }

    /// The value of an optional property.
    #[inline]
    pub fn or_absent<T: Decode>(&self, slot: Option<T>) -> Option<T> {
        slot.or_else(T::absent)
    }

    #[cold]
    #[inline(never)]
    fn note_missing(&mut self, name: &'static str) {
        let seen = self
            .seen
            .iter()
            .any(|&index| self.table.names.get(index) == Some(&name));
        if !seen {
            self.missing = self.missing.or(Some(name));
            self.level.missing(name);
        }
    }

    /// The error of an object that lacks a required property.
    #[cold]
    #[inline(never)]
    pub fn incomplete(&mut self) -> A::Error {
        let missing = || de::Error::missing_field(self.missing.unwrap_or_default());
        self.error
            .take()
            .or_else(|| self.level.close().err())
            .unwrap_or_else(missing)
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

/// Stands for the position of a name that is not in the table.
const UNDECLARED: usize = usize::MAX;

/// The names of a table, and the place of the one that was read last: the search for the next starts after it, as
/// documents mostly come in the table's order.
struct Table {
    names: &'static [&'static str],
    at: usize,
    /// Whether undeclared names matter.
    capture: bool,
    /// The undeclared name that was read last, where those matter.
    key: Option<String>,
}

impl Table {
    /// Finds a name that is not the next one.
    #[inline(never)]
    fn search(&mut self, name: &str) {
        let is_it = |declared: &&str| *declared == name;
        let next = self.at.wrapping_add(1).min(self.names.len());
        let (before, after) = self.names.split_at(next);
        let found = after.iter().position(is_it).map(|index| next + index);
        self.at = found
            .or_else(|| before.iter().position(is_it))
            .unwrap_or(UNDECLARED);
        if self.at == UNDECLARED && self.capture {
            self.key = Some(name.to_owned());
        }
    }
}

/// Whether two names are the same. Most have up to 16 bytes, for which a call of `memcmp` costs more than comparing
/// their beginnings and ends, which overlap.
#[inline]
fn same(a: &[u8], b: &[u8]) -> bool {
    fn ends<const N: usize>(a: &[u8], b: &[u8]) -> bool {
        a.first_chunk::<N>() == b.first_chunk::<N>() && a.last_chunk::<N>() == b.last_chunk::<N>()
    }
    a.len() == b.len()
        && match a.len() {
            0..4 => a.iter().zip(b).all(|(a, b)| a == b),
            4..8 => ends::<4>(a, b),
            8..=16 => ends::<8>(a, b),
            _ => a == b,
        }
}

impl<'de> DeserializeSeed<'de> for &mut Table {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<(), D::Error> {
        source.deserialize_identifier(self)
    }
}

impl Visitor<'_> for &mut Table {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a property name")
    }

    #[inline]
    fn visit_str<E: de::Error>(self, name: &str) -> Result<(), E> {
        let next = self.at.wrapping_add(1);
        match self.names.get(next) {
            Some(expected) if same(expected.as_bytes(), name.as_bytes()) => self.at = next,
            _ => self.search(name),
        }
        Ok(())
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
