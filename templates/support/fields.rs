//! Reading the properties of an object, each into its slot.

use std::marker::PhantomData;

use serde::de::{self, IgnoredAny, MapAccess};

use crate::support::{
    codec::{Cx, Decode, Seed},
    extra::{Extra, ExtraMap},
    level::Level,
    names::{Names, UNDECLARED},
    object::{Presence, Table},
    report::Report,
    rules::{Check, Predicate, Rules},
};

/// Where the value of a property goes, whatever its type.
pub trait Slot {
    /// Puts in what stands for a property that is not there, if it is `optional`; whether there is a value then.
    fn complete(&mut self, optional: bool) -> bool;

    /// Checks the value, if there is one.
    fn check(&self, rules: &Rules, report: &Report);
}

impl<T: Decode + Check> Slot for Option<T> {
    fn complete(&mut self, optional: bool) -> bool {
        if self.is_none() && optional {
            *self = T::absent();
        }
        self.is_some()
    }

    fn check(&self, rules: &Rules, report: &Report) {
        Check::check(self, rules, report);
    }
}

/// The properties of an object that is being read. Keeps the first error, and comes to an end at it, so that a
/// table needs no `?` for each property.
pub struct Fields<'a, 'de, A: MapAccess<'de>> {
    map: A,
    table: &'static Table,
    names: Names,
    cx: Cx<'a>,
    /// The declared properties that were there, when faults are gathered.
    seen: Vec<usize>,
    missing: Option<&'static str>,
    error: Option<A::Error>,
    level: Level<'a>,
    marker: PhantomData<&'de ()>,
}

impl<'a, 'de, A: MapAccess<'de>> Fields<'a, 'de, A> {
    /// The properties in `map`, one level below that of `cx`.
    #[inline]
    pub(crate) fn new(map: A, table: &'static Table, cx: Cx<'a>) -> Self {
        Self {
            map,
            table,
            names: Names {
                declared: table.names,
                at: UNDECLARED,
                capture: !table.matched.is_empty() || table.extra != Extra::Drop,
                undeclared: None,
            },
            cx,
            seen: Vec::new(),
            missing: None,
            error: None,
            level: Level::new(cx),
            marker: PhantomData,
        }
    }

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

    /// Notes for the report that a declared property is there.
    #[cold]
    #[inline(never)]
    fn see(&mut self) {
        if self.names.at != UNDECLARED {
            self.level.step(&self.name(self.names.at));
            self.seen.push(self.names.at);
        }
    }

    /// Reads a required property.
    #[inline]
    pub fn required<T: Decode>(&mut self, slot: &mut Option<T>) {
        self.fill(slot, self.cx);
    }

    /// Reads an optional property.
    #[inline]
    pub fn optional<T: Decode>(&mut self, slot: &mut Option<T>) {
        self.fill(slot, self.cx.optional());
    }

    #[allow(
        clippy::inline_always,
        reason = "a call of it costs as much as it does"
    )]
    #[inline(always)]
    fn fill<T: Decode>(&mut self, slot: &mut Option<T>, cx: Cx<'_>) {
        match self.map.next_value_seed(Seed::new(cx)) {
            Ok(value) => {
                if slot.replace(value).is_some() {
                    self.repeated();
                }
            }
            Err(error) => self.fault(&error),
        }
    }

    /// Completes the slots once all properties have been read, in the table's order: checks what is there, and
    /// fills in what may be absent. If no slot is empty then, the object is whole.
    pub fn complete(&mut self, slots: &mut [&mut dyn Slot]) {
        if self.error.is_some() {
            return;
        }
        if let Some(report) = self.level.report() {
            self.check(slots, report);
        }
        let presence = self.table.presence;
        for (at, (slot, presence)) in slots.iter_mut().zip(presence).enumerate() {
            if !slot.complete(*presence == Presence::Optional) {
                self.note_missing(at);
            }
        }
    }

    fn name(&self, at: usize) -> &'static str {
        self.names.declared.get(at).copied().unwrap_or_default()
    }

    /// Takes up that a property is there twice: when reading leniently, the last one counts.
    #[cold]
    #[inline(never)]
    fn repeated(&mut self) {
        if self.cx.is_strict() {
            self.fault(&de::Error::custom("duplicate property"));
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

    /// Reads an undeclared property into the map that keeps them.
    pub fn extra<T: ExtraMap>(&mut self, map: &mut T) {
        let key = self.names.undeclared.take().unwrap_or_default();
        self.level.step(&key);
        match self.map.next_value_seed(Seed::new(self.cx)) {
            Ok(_) if self.cx.is_strict() && map.holds(&key) => {
                self.fault_at(&key, &de::Error::custom("duplicate property"));
            }
            Ok(value) => map.put(key, value),
            Err(error) => self.fault_at(&key, &error),
        }
    }

    /// Checks the properties that were read.
    #[cold]
    fn check(&mut self, slots: &[&mut dyn Slot], report: &Report) {
        for (name, rules) in self.table.rules {
            let position = self.names.declared.iter().position(|known| known == name);
            if let Some(slot) = position.and_then(|at| slots.get(at)) {
                self.level.step(name);
                slot.check(rules, report);
            }
        }
    }

    /// Takes up the fault of the declared property that was read last.
    #[cold]
    #[inline(never)]
    fn fault(&mut self, error: &A::Error) {
        self.fault_at(self.name(self.names.at), error);
    }

    #[cold]
    fn fault_at(&mut self, name: &str, error: &A::Error) {
        self.error = self.level.fault(&name, error).err();
    }

    #[cold]
    #[inline(never)]
    fn note_missing(&mut self, at: usize) {
        if !self.seen.contains(&at) {
            let name = self.name(at);
            self.missing = self.missing.or(Some(name));
            self.level.missing(name);
        }
    }

    /// Whether a default may stand for a required property.
    #[inline]
    pub fn is_lenient(&self) -> bool {
        !self.cx.is_strict()
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
    pub(crate) fn end(self) -> Result<(), A::Error> {
        match self.error {
            Some(error) => Err(error),
            None => self.level.close(),
        }
    }
}
