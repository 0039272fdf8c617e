//! Lists whose items differ by position: a tuple struct each, with a table.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserializer, Serializer,
    de::{self, IgnoredAny, SeqAccess, Visitor},
    ser::SerializeSeq,
};
use serde_json::Value;

use crate::support::{
    codec::{AsSerialize, Cx, Decode, Encode, Seed},
    level::Level,
    report::Report,
    rules::{Check, Rules},
};

/// Gives a tuple struct its codec.
///
/// ```ignore
/// tuple! {
///     Span {
///         0 => required: min_length(1);   // `null` is a value where the field is an `Option`
///         1 => optional;                  // `Option` or `Maybe`; the list may end before it
///         2 => rest: minimum(0.0);        // a `Vec` of what follows; without it nothing may
///     }
///     where { max_items(10), unique_items }
/// }
/// ```
macro_rules! tuple {
    (
        $type:ident {
            $($at:tt => $kind:ident $(: $($rule:ident $(($($argument:tt)*))?),+)? ;)+
        }
        $(where { $($whole:ident $(($($of_whole:tt)*))?),+ })?
    ) => {
        impl $crate::support::tuple::Tuple for $type {
            fn read<'de, A: ::serde::de::SeqAccess<'de>>(
                items: &mut $crate::support::tuple::Items<'_, 'de, A>,
            ) -> ::core::option::Option<Self> {
                let read = ($(items.$kind(),)+);
                ::core::option::Option::Some(Self($(read.$at?),+))
            }

            fn walk<W: $crate::support::tuple::Walk>(&self, walk: &mut W) {
                $(walk.$kind(
                    &self.$at,
                    const { &$crate::support::tuple::of_item!($($($rule $(($($argument)*))?),+)?) },
                );)+
            }
        }

        impl $crate::support::codec::Decode for $type {
            fn decode<'de, D: ::serde::Deserializer<'de>>(
                source: D,
                cx: $crate::support::codec::Cx<'_>,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::support::tuple::decode(source, cx)
            }
        }

        impl $crate::support::codec::Encode for $type {
            fn encode<S: ::serde::Serializer>(&self, target: S) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::support::tuple::encode(self, target)
            }
        }

        impl $crate::support::rules::Check for $type {
            fn check(&self, rules: &$crate::support::rules::Rules, report: &$crate::support::report::Report) {
                $crate::support::tuple::check(self, rules, report);
                $($crate::support::tuple::check_whole(
                    self,
                    const { &$crate::support::rules::rules!($($whole $(($($of_whole)*))?),+) },
                    report,
                );)?
            }
        }

        $crate::support::codec::serde!($type);
    };
}

/// The rules of one item.
macro_rules! of_item {
    () => {
        $crate::support::rules::Rules::NONE
    };
    ($($rules:tt)+) => {
        $crate::support::rules::rules!($($rules)+)
    };
}

pub(crate) use {of_item, tuple};

/// What a table gives.
pub trait Tuple: Sized {
    /// Reads the items in order; none if one that is required is missing or no value of its type.
    fn read<'de, A: SeqAccess<'de>>(items: &mut Items<'_, 'de, A>) -> Option<Self>;

    /// Shows the items in order, each with its rules.
    fn walk<W: Walk>(&self, walk: &mut W);
}

/// What is shown the items of a tuple.
pub trait Walk {
    /// Comes to an item that is always there.
    fn required<T: Encode + Check>(&mut self, item: &T, rules: &'static Rules);

    /// Comes to an item that may be absent.
    fn optional<T: Encode + Check>(&mut self, item: &T, rules: &'static Rules);

    /// Comes to the items after those that have a place of their own.
    fn rest<T: Encode + Check>(&mut self, items: &[T], rules: &'static Rules);
}

/// Reads a tuple.
pub(crate) fn decode<'de, T: Tuple, D: Deserializer<'de>>(
    source: D,
    cx: Cx<'_>,
) -> Result<T, D::Error> {
    source.deserialize_seq(TupleVisitor {
        cx,
        marker: PhantomData,
    })
}

struct TupleVisitor<'a, T> {
    cx: Cx<'a>,
    marker: PhantomData<T>,
}

impl<'de, T: Tuple> Visitor<'de> for TupleVisitor<'_, T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, source: A) -> Result<T, A::Error> {
        let cx = self.cx.deeper()?;
        let mut items = Items {
            source,
            cx,
            level: Level::new(cx),
            read: 0,
            required: 0,
            ended: false,
            error: None,
            marker: PhantomData,
        };
        let value = T::read(&mut items);
        items.finish()?;
        value.ok_or_else(|| de::Error::custom("not as its schema says"))
    }
}

/// The items of a list that is being read. Keeps the first error, and comes to an end at it.
pub struct Items<'a, 'de, A: SeqAccess<'de>> {
    source: A,
    cx: Cx<'a>,
    level: Level<'a>,
    /// How many were there so far, also those that are not as they should be.
    read: usize,
    /// How many there have to be.
    required: usize,
    ended: bool,
    error: Option<A::Error>,
    marker: PhantomData<&'de ()>,
}

impl<'de, A: SeqAccess<'de>> Items<'_, 'de, A> {
    fn next<T: Decode>(&mut self, cx: Cx<'_>) -> Option<T> {
        if self.ended {
            return None;
        }
        let at = self.read;
        self.level.step(&at);
        match self.source.next_element_seed(Seed::new(cx)) {
            Ok(Some(item)) => {
                self.read += 1;
                Some(item)
            }
            Ok(None) => {
                self.ended = true;
                None
            }
            Err(error) => {
                self.read += 1;
                self.error = self.level.fault(&at, &error).err();
                self.ended = self.error.is_some();
                None
            }
        }
    }

    /// Reads an item that has to be there.
    pub fn required<T: Decode>(&mut self) -> Option<T> {
        self.required += 1;
        self.next(self.cx)
    }

    /// Reads an item if there is one more.
    pub fn optional<T: Decode>(&mut self) -> Option<T> {
        self.next(self.cx.optional()).or_else(T::absent)
    }

    /// Reads all that follow.
    #[allow(
        clippy::unnecessary_wraps,
        reason = "a table reads items of every kind alike"
    )]
    pub fn rest<T: Decode>(&mut self) -> Option<Vec<T>> {
        let mut rest = Vec::new();
        while !self.ended {
            rest.extend(self.next(self.cx));
        }
        Some(rest)
    }

    /// Comes to the end of the list; the first error, if there was one.
    fn finish(mut self) -> Result<(), A::Error> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let known = self.read;
        while !self.ended {
            match self.source.next_element::<IgnoredAny>()? {
                Some(_) => self.read += 1,
                None => self.ended = true,
            }
        }
        let (least, count) = (self.required, self.read);
        if count < least {
            let message = format!("must have at least {least} items, has {count}");
            self.level.whole("minItems", message)?;
        } else if count > known && self.cx.is_strict() {
            let message = format!("must have at most {known} items, has {count}");
            self.level.whole("maxItems", message)?;
        }
        self.level.close()
    }
}

/// Writes a tuple. An item that is absent although one after it is not becomes `null`.
pub(crate) fn encode<T: Tuple, S: Serializer>(tuple: &T, target: S) -> Result<S::Ok, S::Error> {
    let mut writer = Writer {
        target: target.serialize_seq(None)?,
        absent: 0,
        error: None,
    };
    tuple.walk(&mut writer);
    match writer.error {
        Some(error) => Err(error),
        None => writer.target.end(),
    }
}

struct Writer<S: SerializeSeq> {
    target: S,
    /// Absent items before the one that the walk comes to.
    absent: usize,
    error: Option<S::Error>,
}

impl<S: SerializeSeq> Writer<S> {
    fn put<T: Encode>(&mut self, item: &T) {
        while self.absent > 0 && self.error.is_none() {
            self.absent -= 1;
            self.error = self.target.serialize_element(&()).err();
        }
        if self.error.is_none() {
            self.error = self.target.serialize_element(&AsSerialize(item)).err();
        }
    }
}

impl<S: SerializeSeq> Walk for Writer<S> {
    fn required<T: Encode + Check>(&mut self, item: &T, _: &'static Rules) {
        self.put(item);
    }

    fn optional<T: Encode + Check>(&mut self, item: &T, _: &'static Rules) {
        if item.is_absent() {
            self.absent += 1;
        } else {
            self.put(item);
        }
    }

    fn rest<T: Encode + Check>(&mut self, items: &[T], _: &'static Rules) {
        for item in items {
            self.put(item);
        }
    }
}

/// Checks the items of a tuple, and the rules of the place where it stands.
pub(crate) fn check<T: Tuple + Encode>(tuple: &T, rules: &Rules, report: &Report) {
    tuple.walk(&mut Checker { at: 0, report });
    check_whole(tuple, rules, report);
}

/// Holds a tuple as a list of any values against rules about lists.
pub(crate) fn check_whole<T: Encode>(tuple: &T, rules: &Rules, report: &Report) {
    // What cannot be written as JSON equals nothing.
    if rules.are_of_lists()
        && let Ok(Value::Array(items)) = serde_json::to_value(AsSerialize(tuple))
    {
        items.check(rules, report);
    }
}

struct Checker<'r> {
    at: usize,
    report: &'r Report,
}

impl Checker<'_> {
    fn item<T: Check>(&mut self, item: &T, rules: &Rules) {
        self.report.at(&self.at, |report| item.check(rules, report));
        self.at += 1;
    }
}

impl Walk for Checker<'_> {
    fn required<T: Encode + Check>(&mut self, item: &T, rules: &'static Rules) {
        self.item(item, rules);
    }

    fn optional<T: Encode + Check>(&mut self, item: &T, rules: &'static Rules) {
        self.item(item, rules);
    }

    fn rest<T: Encode + Check>(&mut self, items: &[T], rules: &'static Rules) {
        for item in items {
            self.item(item, rules);
        }
    }
}
