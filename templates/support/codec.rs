//! How values are read from and written to JSON: the two traits behind every table.
//!
//! They stand beside serde's own pair because an API's JSON differs from serde's defaults (`404` and
//! not `404.0`, three-state properties, lenient and strict reading), and because one shared visitor
//! driven by tables compiles in a fraction of the time that a derived one per type takes.

use std::{cell::Cell, marker::PhantomData};

use serde::{
    Deserializer, Serialize, Serializer,
    de::{self, DeserializeSeed, MapAccess},
    ser::SerializeMap,
};

use crate::support::{
    fields::Fields,
    object::{self, Table, Writer},
    report::Report,
};

/// Levels of objects and arrays that a document may nest, the limit of `serde_json`'s own parser.
const MAX_DEPTH: u32 = 128;

/// How a document is being read.
///
/// *Lenient* (clients): `null` for an optional property means that it is absent, values that an open
/// enum does not list are kept, undeclared and repeated properties are accepted.
/// *Strict* (servers): each of these is a fault.
#[derive(Clone, Copy)]
pub struct Cx<'a> {
    session: Option<&'a Session>,
    /// The depth, [`STRICT_BIT`] and [`OPTIONAL_BIT`]: in one word, so that a context travels in two registers.
    state: u32,
}

/// Set in the state of a strict context.
const STRICT_BIT: u32 = 1 << 31;

/// Set in the state of the context of an optional property's value.
const OPTIONAL_BIT: u32 = 1 << 30;

/// What one walk over a document shares between its levels.
pub(crate) struct Session {
    /// Where faults go when the walk is to find all of them.
    report: Option<Report>,
    /// What is left of the work that undecided unions may spend: without a bound, unions nested in
    /// unions cost the number of variants to the power of the depth.
    fuel: Cell<usize>,
}

impl Session {
    /// A walk that records every fault in `report`.
    pub(crate) fn reporting(report: Report) -> Self {
        Self {
            report: Some(report),
            fuel: Cell::new(0),
        }
    }

    /// A walk that may spend `fuel` values on undecided unions.
    pub(crate) fn fuelled(fuel: usize) -> Self {
        Self {
            report: None,
            fuel: Cell::new(fuel),
        }
    }

    pub(crate) fn into_report(self) -> Option<Report> {
        self.report
    }
}

impl<'a> Cx<'a> {
    /// Reads as a client does.
    pub const LENIENT: Cx<'static> = Cx {
        session: None,
        state: 0,
    };
    /// Reads as a server does, up to the first fault.
    pub const STRICT: Cx<'static> = Cx {
        session: None,
        state: STRICT_BIT,
    };

    /// The same mode and depth within `session`.
    pub(crate) fn within(self, session: &Session) -> Cx<'_> {
        Cx {
            session: Some(session),
            state: self.state,
        }
    }

    /// Whether what a client tolerates is a fault.
    #[must_use]
    #[inline]
    pub fn is_strict(self) -> bool {
        self.state & STRICT_BIT != 0
    }

    /// Where faults are gathered, if all of them are wanted.
    #[inline]
    pub(crate) fn report(self) -> Option<&'a Report> {
        self.session.and_then(|session| session.report.as_ref())
    }

    /// The walk's fuel, if it is one with a budget.
    pub(crate) fn fuel(self) -> Option<&'a Cell<usize>> {
        self.session
            .filter(|session| session.report.is_none())
            .map(|session| &session.fuel)
    }

    /// The context of the values inside an object or array.
    #[inline]
    pub(crate) fn deeper<E: de::Error>(self) -> Result<Self, E> {
        let state = self.state & !OPTIONAL_BIT;
        if state & !STRICT_BIT >= MAX_DEPTH {
            return Err(E::custom("nested too deeply"));
        }
        Ok(Self {
            state: state + 1,
            ..self
        })
    }

    /// The context of an optional property's value.
    #[inline]
    pub(crate) fn optional(self) -> Self {
        Self {
            state: self.state | OPTIONAL_BIT,
            ..self
        }
    }

    /// Whether the value is that of an optional property, and the context of what is in it.
    #[inline]
    pub(crate) fn take_optional(self) -> (bool, Self) {
        let state = self.state & !OPTIONAL_BIT;
        (self.state != state, Self { state, ..self })
    }
}

/// A type that is read from JSON (or another self-describing format of serde's).
///
/// An object's table gives [`TABLE`](Self::TABLE) and [`read`](Self::read); every other type gives
/// [`decode`](Self::decode). They share a trait because each further one costs an `impl` a type to compile.
pub trait Decode: Sized {
    /// Whether `null` is a value of the type.
    const NULLABLE: bool = false;
    /// What an object's table says of its properties.
    const TABLE: &'static Table = Table::NONE;

    /// Reads the properties of an object.
    ///
    /// # Errors
    /// As [`decode`](Self::decode).
    fn read<'de, A: MapAccess<'de>>(_: &mut Fields<'_, 'de, A>) -> Result<Self, A::Error> {
        Err(de::Error::custom("not an object"))
    }

    /// Reads one value.
    ///
    /// # Errors
    /// The text of an error starts with the place of the fault as a JSON pointer in URI-fragment form
    /// (RFC 6901, section 6), unless it is the whole value: ``#/context/app: missing field `id` ``.
    #[inline]
    fn decode<'de, D: Deserializer<'de>>(source: D, cx: Cx<'_>) -> Result<Self, D::Error> {
        object::decode(source, cx)
    }

    /// What stands for an optional property that is not there.
    #[must_use]
    fn absent() -> Option<Self> {
        None
    }
}

/// A type that is written as JSON (or another format of serde's).
///
/// An object's table gives [`write`](Self::write); every other type gives [`encode`](Self::encode).
pub trait Encode {
    /// Writes the properties of an object.
    fn write<M: SerializeMap>(&self, _: &mut Writer<M>) {}

    /// Writes the value.
    ///
    /// # Errors
    /// Those of the serializer; and a number that JSON does not have (infinite, or not a number).
    #[inline]
    fn encode<S: Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
        object::encode(self, target)
    }

    /// Whether an optional property holding this is left out.
    #[inline]
    fn is_absent(&self) -> bool {
        false
    }
}

impl<T: Encode + ?Sized> Encode for &T {
    fn encode<S: Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
        (**self).encode(target)
    }
}

/// Lends a value to serde as something it can serialize.
pub struct AsSerialize<'a, T: ?Sized>(pub &'a T);

impl<T: Encode + ?Sized> Serialize for AsSerialize<'_, T> {
    #[inline]
    fn serialize<S: Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
        self.0.encode(target)
    }
}

/// Asks serde for a value of `T`.
pub(crate) struct Seed<'a, T> {
    cx: Cx<'a>,
    marker: PhantomData<T>,
}

impl<'a, T> Seed<'a, T> {
    #[inline]
    pub(crate) fn new(cx: Cx<'a>) -> Self {
        Self {
            cx,
            marker: PhantomData,
        }
    }
}

impl<'de, T: Decode> DeserializeSeed<'de> for Seed<'_, T> {
    type Value = T;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<T, D::Error> {
        T::decode(source, self.cx)
    }
}

/// Gives a type with a table serde's traits too, so that it can stand in types that others declare. Reads leniently.
macro_rules! serde {
    ($type:ident) => {
        impl ::serde::Serialize for $type {
            fn serialize<S: ::serde::Serializer>(
                &self,
                target: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::support::codec::Encode::encode(self, target)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $type {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                source: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::support::codec::Decode::decode(source, $crate::support::codec::Cx::LENIENT)
            }
        }
    };
}

pub(crate) use serde;
