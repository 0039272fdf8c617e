//! Unions: one visitor that walks a type's decision and hands the value to the variant it ends at.

use std::{
    fmt::{self, Write},
    marker::PhantomData,
};

use serde::{
    Deserializer, Serializer,
    de::{
        self, MapAccess, SeqAccess, Unexpected, Visitor,
        value::{MapAccessDeserializer, SeqAccessDeserializer, StrDeserializer},
    },
    ser::SerializeMap,
};

use serde_json::Value;

use crate::support::{
    codec::{AsSerialize, Cx, Encode, Session},
    decision::{Decision, Kinds, Refusal, case},
    object::Writer,
    pointer::locate,
    replay::{Replay, Resume},
    report::Report,
    rules::{Check, Rules},
    tree::{Reader, Tree},
    violation::Location,
};

/// Values that trial may decode, for each value of the buffered one.
const FUEL_PER_VALUE: usize = 32;

/// An enum with a decision, written by the [table](crate::support::union_table).
pub trait Union: Check + Encode + Sized {
    /// The decision for each JSON kind.
    const KINDS: &'static Kinds;

    /// Reads the payload of the variant of that name.
    fn read<'de, D: Deserializer<'de>>(
        variant: &'static str,
        source: D,
        cx: Cx<'_>,
    ) -> Result<Self, D::Error>;
}

/// Reads a union.
#[inline]
pub fn decode<'de, T: Union, D: Deserializer<'de>>(source: D, cx: Cx<'_>) -> Result<T, D::Error> {
    let value: T = source.deserialize_any(UnionVisitor {
        cx,
        marker: PhantomData,
    })?;
    if let Some(report) = cx.report() {
        value.check(&Rules::NONE, report);
    }
    Ok(value)
}

/// Writes an object after the tag that it does not declare.
pub(crate) fn tagged<T: Encode, S: Serializer>(
    tag: &'static str,
    value: &'static str,
    object: &T,
    target: S,
) -> Result<S::Ok, S::Error> {
    let mut map = target.serialize_map(None)?;
    map.serialize_entry(tag, value)?;
    let mut writer = Writer::new(map);
    object.write(&mut writer);
    writer.finish()?.end()
}

struct UnionVisitor<'a, T> {
    cx: Cx<'a>,
    marker: PhantomData<T>,
}

impl<T: Union> UnionVisitor<'_, T> {
    /// Reads a boolean or a number.
    #[inline]
    fn scalar<E: de::Error>(
        self,
        decision: Option<&'static Decision>,
        tree: &Tree,
    ) -> Result<T, E> {
        match decision {
            Some(Decision::Variant(variant)) => T::read(variant, Reader::new(tree, None), self.cx),
            Some(Decision::First(variants)) => first(variants, tree, self.cx),
            Some(Decision::Trial(variants)) => trial(variants, tree, self.cx),
            _ => Err(E::invalid_type(tree.unexpected(), &self)),
        }
    }

    /// Reads a string, which is copied by its variant only.
    fn string<E: de::Error>(self, text: &str) -> Result<T, E> {
        let mut decision = T::KINDS.string.as_ref();
        while let Some(Decision::Value {
            property: None,
            cases,
            otherwise,
        }) = decision
        {
            decision = case(cases, text).or(*otherwise);
            if decision.is_none() {
                return Err(unknown(Some(text), cases));
            }
        }
        match decision {
            Some(Decision::Variant(variant)) => {
                T::read(variant, StrDeserializer::new(text), self.cx)
            }
            Some(Decision::First(variants)) => {
                first(variants, &Tree::String(text.to_owned()), self.cx)
            }
            Some(Decision::Trial(variants)) => {
                trial(variants, &Tree::String(text.to_owned()), self.cx)
            }
            _ => Err(E::invalid_type(Unexpected::Str(text), &self)),
        }
    }
}

impl<'de, T: Union> Visitor<'de> for UnionVisitor<'_, T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(T::KINDS, f)
    }

    #[inline]
    fn visit_bool<E: de::Error>(self, value: bool) -> Result<T, E> {
        self.scalar(T::KINDS.boolean.as_ref(), &Tree::Bool(value))
    }

    #[inline]
    fn visit_i64<E: de::Error>(self, value: i64) -> Result<T, E> {
        self.scalar(T::KINDS.for_integer(), &Tree::Signed(value))
    }

    #[inline]
    fn visit_u64<E: de::Error>(self, value: u64) -> Result<T, E> {
        self.scalar(T::KINDS.for_integer(), &Tree::Unsigned(value))
    }

    #[inline]
    fn visit_f64<E: de::Error>(self, value: f64) -> Result<T, E> {
        self.scalar(T::KINDS.for_float(), &Tree::Float(value))
    }

    #[inline]
    fn visit_str<E: de::Error>(self, value: &str) -> Result<T, E> {
        self.string(value)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<T, A::Error> {
        let Some(mut decision) = T::KINDS.array.as_ref() else {
            return Err(de::Error::invalid_type(Unexpected::Seq, &self));
        };
        let mut read = None;
        if let Decision::Items { kinds, otherwise } = decision {
            read = items.next_element::<Tree>()?;
            let next = match &read {
                Some(item) => kinds.of(item).and_then(|decision| decision.settle(item)),
                None => *otherwise,
            };
            decision = match (next, &read) {
                (Some(next), _) => next,
                (None, Some(item)) => return Err(odd_item(item, kinds)),
                (None, None) => return Err(de::Error::invalid_type(Unexpected::Seq, &self)),
            };
        }
        let source = SeqAccessDeserializer::new(Resume::new(read, items));
        match decision {
            Decision::Variant(variant) => T::read(variant, source, self.cx),
            Decision::First(variants) | Decision::Trial(variants) => {
                let tree: Tree = de::Deserialize::deserialize(source)?;
                trial(variants, &tree, self.cx)
            }
            _ => Err(de::Error::invalid_type(Unexpected::Seq, &self)),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<T, A::Error> {
        let Some(mut decision) = T::KINDS.object.as_ref() else {
            return Err(de::Error::invalid_type(Unexpected::Map, &self));
        };
        let strict = self.cx.is_strict();
        let mut read: Vec<(String, Tree)> = Vec::new();
        loop {
            // What has been read may settle more than one step.
            let mut settled = 0;
            while let Some((name, value)) = read.get(settled) {
                settled += 1;
                match decision.follow(name, value, strict) {
                    Some(Ok(next)) => {
                        decision = next;
                        settled = 0;
                    }
                    Some(Err(refusal)) => return Err(refuse(name, value, refusal)),
                    None => {}
                }
            }
            match decision {
                Decision::Variant(variant) | Decision::Unknown(variant) if read.is_empty() => {
                    return T::read(variant, MapAccessDeserializer::new(entries), self.cx);
                }
                Decision::Variant(variant) | Decision::Unknown(variant) => {
                    return T::read(
                        variant,
                        MapAccessDeserializer::new(Replay::new(read, entries)),
                        self.cx,
                    );
                }
                Decision::First(variants) | Decision::Trial(variants) => {
                    while let Some(entry) = entries.next_entry()? {
                        read.push(entry);
                    }
                    return trial(variants, &Tree::Object(read), self.cx);
                }
                _ => {}
            }
            // Reads on until a property decides.
            decision = loop {
                let Some((name, value)) = entries.next_entry::<String, Tree>()? else {
                    match decision.at_end(strict) {
                        Some(next) => break next,
                        None => return Err(undecided(decision)),
                    }
                };
                let next = decision.follow(&name, &value, strict);
                if let Some(Err(refusal)) = next {
                    return Err(refuse(&name, &value, refusal));
                }
                read.push((name, value));
                if let Some(Ok(next)) = next {
                    break next;
                }
            };
        }
    }
}

/// The error of a deciding property that is not there.
#[cold]
fn undecided<E: de::Error>(decision: &Decision) -> E {
    match decision {
        Decision::Value {
            property: Some(property),
            ..
        }
        | Decision::Kind { property, .. }
        | Decision::Item { property, .. } => E::missing_field(property),
        Decision::Key { cases, .. } => {
            let names: Vec<&str> = cases
                .iter()
                .flat_map(|(names, _)| *names)
                .copied()
                .collect();
            E::custom(format_args!(
                "no variant: needs one of the properties `{}`",
                names.join("`, `")
            ))
        }
        _ => E::custom("no variant"),
    }
}

/// The error of a deciding property whose value leads nowhere.
#[cold]
fn refuse<E: de::Error>(name: &str, value: &Tree, refusal: Refusal) -> E {
    let error: E = match refusal {
        Refusal::Value {
            text: Some(text),
            cases,
        } => unknown(Some(&text), cases),
        Refusal::Value { text: None, .. } => E::invalid_type(value.unexpected(), &"a string"),
        Refusal::Kind { kinds } => E::invalid_type(value.unexpected(), &kinds.to_string().as_str()),
    };
    locate(&name, &error)
}

/// The error of a value that no case lists.
#[cold]
fn unknown<E: de::Error>(text: Option<&str>, cases: &[(&'static [&'static str], Decision)]) -> E {
    let values: Vec<&str> = cases
        .iter()
        .flat_map(|(values, _)| *values)
        .copied()
        .collect();
    E::custom(format_args!(
        "unknown variant `{}`, expected one of `{}`",
        text.unwrap_or_default(),
        values.join("`, `")
    ))
}

/// The error of a first item that no variant takes.
#[cold]
fn odd_item<E: de::Error>(item: &Tree, kinds: &Kinds) -> E {
    let error: E = if kinds.of(item).is_some() {
        E::custom("no variant has such an item")
    } else {
        E::invalid_type(item.unexpected(), &kinds.to_string().as_str())
    };
    locate(&0, &error)
}

/// Reads the first variant whose format and constraints a scalar satisfies; the one that fits best where it satisfies
/// none.
fn first<T: Union, E: de::Error>(
    variants: &[&'static str],
    tree: &Tree,
    cx: Cx<'_>,
) -> Result<T, E> {
    for variant in variants {
        let value: Result<T, E> = T::read(variant, Reader::<E>::new(tree, None), Cx::STRICT);
        if let Ok(value) = value {
            let check = |report: &Report| value.check(&Rules::NONE, report);
            if Report::finds_nothing(Location::Body, check) {
                return Ok(value);
            }
        }
    }
    trial(variants, tree, cx)
}

/// Reads the variant that fits a buffered value best.
fn trial<T: Union, E: de::Error>(
    variants: &[&'static str],
    tree: &Tree,
    cx: Cx<'_>,
) -> Result<T, E> {
    let own;
    let inner = if let Some(fuel) = cx.fuel() {
        let Some(left) = fuel
            .get()
            .checked_sub(tree.size().saturating_mul(variants.len()))
        else {
            return Err(E::custom(
                "no variant was found before the limit on trying them",
            ));
        };
        fuel.set(left);
        cx
    } else {
        own = Session::fuelled(
            tree.size()
                .saturating_mul(variants.len())
                .saturating_mul(FUEL_PER_VALUE),
        );
        cx.within(&own)
    };
    let mut best: Option<(usize, T)> = None;
    let mut reasons = String::new();
    for variant in variants {
        match T::read::<Reader<'_, E>>(variant, Reader::new(tree, None), inner) {
            Ok(value) => {
                let fit = kept(&value);
                if best.as_ref().is_none_or(|(most, _)| fit > *most) {
                    best = Some((fit, value));
                }
            }
            Err(error) if best.is_none() => {
                let separator = if reasons.is_empty() { "" } else { "; " };
                // Writing to a string does not fail.
                let _ = write!(reasons, "{separator}`{variant}`: {error}");
            }
            Err(_) => {}
        }
    }
    let Some((_, value)) = best else {
        return Err(E::custom(format_args!("no variant fits: {reasons}")));
    };
    if let Some(report) = cx.report() {
        // Its objects were read without the report, so they have not been checked.
        report.deep(|report| value.check(&Rules::NONE, report));
    }
    Ok(value)
}

/// How much of what was read a value keeps: the values that it is written as.
fn kept<T: Encode>(value: &T) -> usize {
    fn size(value: &Value) -> usize {
        1 + match value {
            Value::Array(items) => items.iter().map(size).sum(),
            Value::Object(entries) => entries.values().map(size).sum(),
            _ => 0,
        }
    }
    serde_json::to_value(AsSerialize(value)).map_or(0, |written| size(&written))
}
