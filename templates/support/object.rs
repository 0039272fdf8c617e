//! Objects: one visitor and one writer for all of them, driven by each type's table.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserializer, Serializer,
    de::{self, IgnoredAny, MapAccess, Visitor},
    ser::SerializeMap,
};

use crate::support::{
    codec::{AsSerialize, Cx, Decode, Encode, Seed},
    extra::{Extra, ExtraMap},
    level::Level,
    names::{Names, UNDECLARED},
    report::Report,
    rules::{Check, Predicate, Rules},
};

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
            names: Names {
                declared: T::FIELDS,
                at: UNDECLARED,
                capture: T::MATCHES || T::EXTRA != Extra::Drop,
                undeclared: None,
            },
            cx,
            seen: Vec::new(),
            missing: None,
            error: None,
            level: Level::new(cx),
        };
        // One place for the result, so that it is built where it goes instead of being copied there.
        let mut value = T::read(&mut fields);
        if let Err(error) = fields.end() {
            value = Err(error);
        }
        value
    }
}

/// The properties of an object that is being read. Keeps the first error, and comes to an end at it, so that a
/// table needs no `?` for each property.
pub struct Fields<'a, 'de, A: MapAccess<'de>> {
    map: A,
    names: Names,
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
        match self.map.next_key_seed(&mut self.names) {
            Ok(Some(())) => {
                if self.level.report().is_some() {
                    self.see();
                }
                Some(self.names.at)
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
        self.names
            .declared
            .get(self.names.at)
            .copied()
            .unwrap_or_default()
    }

    /// Notes for the report that a declared property is there.
    #[cold]
    #[inline(never)]
    fn see(&mut self) {
        if self.names.at != UNDECLARED {
            self.level.step(&self.name());
            self.seen.push(self.names.at);
        }
    }

    /// Skips an undeclared property, or takes up that it is forbidden.
    #[cold]
    #[inline(never)]
    pub fn undeclared(&mut self) {
        if let Some(key) = self.names.undeclared.take()
            && self.cx.is_strict()
        {
            self.level.step(&key);
            let error = <A::Error as de::Error>::unknown_field(&key, self.names.declared);
            self.fault_at(&key, &error);
        }
        if self.error.is_none() {
            self.error = self.map.next_value::<IgnoredAny>().err();
        }
    }

    /// Skips an undeclared property.
    pub fn skip(&mut self) {
        self.names.undeclared = None;
        self.undeclared();
    }

    /// Whether the name of the undeclared property is as a pattern has it.
    pub fn matches(&self, pattern: &Predicate) -> bool {
        let name = self.names.undeclared.as_deref();
        name.is_some_and(|name| (pattern.holds)(name))
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
        // As an optional property is read, so that both are one piece of code.
        match self
            .map
            .next_value_seed(Seed::<Option<T>, true>::optional(self.cx))
        {
            Ok(value) => {
                if std::mem::replace(slot, value).is_some() {
                    self.repeated();
                }
            }
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
        let key = self.names.undeclared.take().unwrap_or_default();
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

    /// The value of a required property that has a default: when reading leniently, that stands for its absence.
    #[inline]
    pub fn require_or<T>(
        &mut self,
        name: &'static str,
        slot: Option<T>,
        default: impl FnOnce() -> T,
    ) -> Option<T> {
        if slot.is_none() && !self.cx.is_strict() {
            return Some(default());
        }
        self.require(name, slot)
    }

    #[cold]
    #[inline(never)]
    fn note_missing(&mut self, name: &'static str) {
        let seen = self
            .seen
            .iter()
            .any(|&index| self.names.declared.get(index) == Some(&name));
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

    /// The first error, or the end of a level where faults were recorded.
    #[inline]
    fn end(self) -> Result<(), A::Error> {
        match self.error {
            Some(error) => Err(error),
            None => self.level.close(),
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

/// The value of an optional property once all have been read.
#[inline]
pub fn or_absent<T: Decode>(slot: Option<T>) -> Option<T> {
    slot.or_else(T::absent)
}

/// Writes the properties of an object; keeps the first error, and does nothing after it.
pub struct Writer<M: SerializeMap> {
    map: M,
    error: Option<M::Error>,
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
