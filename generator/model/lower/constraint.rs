//! What restricts a value beyond its shape.

use crate::diag::{Code, Diagnostic, Place};
use crate::document::{KeyRule, KeySets, Schema};
use crate::pattern::{Counted, Pattern};

use super::super::Constraints;
use super::super::types::{Shape, TypeId};
use super::Lower;
use super::enumeration::{listed, listed_names};

impl Lower<'_> {
    /// The assertions of one schema.
    pub(super) fn constraints(&mut self, schema: &Schema) -> Constraints {
        Constraints {
            names: self.names(schema).map(Box::new),
            ..self.own_constraints(schema)
        }
    }

    pub(super) fn own_constraints(&mut self, schema: &Schema) -> Constraints {
        let written = schema.constraints();
        let mut lengths = (written.min_length, written.max_length);
        Constraints {
            patterns: self.patterns(schema, &mut lengths),
            min_length: lengths.0,
            max_length: lengths.1,
            minimum: written.minimum,
            maximum: written.maximum,
            exclusive_minimum: written.exclusive_minimum,
            exclusive_maximum: written.exclusive_maximum,
            multiple_of: written.multiple_of,
            min_items: written.min_items,
            max_items: written.max_items,
            unique_items: written.unique_items,
            min_properties: written.min_properties,
            max_properties: written.max_properties,
            contains: None,
            names: None,
            key_sets: schema.rare().key_sets.clone(),
            one_of: listed(schema),
        }
    }

    /// The expressions; one that is no more than a set of characters and their number may come to a limit of the length.
    fn patterns(
        &mut self,
        schema: &Schema,
        (min, max): &mut (Option<u64>, Option<u64>),
    ) -> Vec<Pattern> {
        let own = schema.constraints().pattern.iter();
        let place = schema.place.child("pattern");
        let mut found = Vec::new();
        for written in own.chain(&schema.rare().more_patterns) {
            let known = self.known_pattern(written).is_ok();
            if !known && let Some(counted) = Counted::new(written) {
                found.push(counted.pattern);
                *min = (*min).max(Some(counted.least).filter(|least| *least > 0));
                *max = [*max, counted.most].into_iter().flatten().min();
            } else {
                found.extend(self.pattern(written, &place));
            }
        }
        found
    }

    fn known_pattern(&mut self, written: &str) -> &Result<Pattern, String> {
        let known = self.patterns.entry(written.to_owned());
        known.or_insert_with_key(|written| Pattern::new(written).map_err(|why| why.to_string()))
    }

    /// What the names of an object's properties have to be.
    fn names(&mut self, schema: &Schema) -> Option<Constraints> {
        let mut names = match schema.rare().property_names.as_deref() {
            Some(written) => {
                let target = written.reference.as_ref().and_then(|it| self.target(it));
                let written = target.map_or(written, |(target, _)| target);
                Constraints {
                    one_of: listed_names(written),
                    ..self.own_constraints(written)
                }
            }
            None => Constraints::default(),
        };
        if let Some((written, inner)) = only_pattern(schema) {
            names.patterns.extend(self.pattern(written, &inner.place));
        }
        (!names.is_empty()).then_some(names)
    }

    /// Leaves out what is said of properties that the type of an object does not keep: whether they were there
    /// cannot be told.
    pub(super) fn forget_dropped_keys(&mut self, schema: &Schema, id: TypeId) {
        let ty = self.ty(id);
        let known = |name: &String| match &ty.shape {
            Shape::Object(object) => {
                object.extra.kept().is_some() || object.fields.contains_key(name)
            }
            shape => matches!(shape, Shape::Map(_) | Shape::Any),
        };
        let is_kept = |keys: &KeySets| keys.sets.iter().flatten().all(known);
        let all = ty.constraints.key_sets.iter().flat_map(apart);
        let (kept, dropped) = all.partition::<Vec<_>, _>(is_kept);
        ty.constraints.key_sets = kept;
        for keys in dropped {
            self.note_restriction(schema, keys.keyword());
        }
    }

    /// The expression, unless it cannot be used.
    pub(super) fn pattern(&mut self, written: &str, place: &Place) -> Option<Pattern> {
        match self.known_pattern(written) {
            Ok(pattern) => Some(pattern.clone()),
            Err(why) => {
                let message = format!("this regular expression is not checked: {why}");
                self.sink.push(
                    Diagnostic::new(Code::UNSUPPORTED_PATTERN, place.clone(), message).help(
                        "write it in the syntax of ECMAScript (ECMA-262), which JSON Schema has",
                    ),
                );
                None
            }
        }
    }
}

/// The pattern and schema of an object's properties, where they are all that it can have.
pub(super) fn only_pattern(schema: &Schema) -> Option<(&String, &Schema)> {
    let closed = schema
        .additional_properties
        .as_deref()
        .is_some_and(|extra| extra.boolean == Some(false));
    let mut patterns = schema.rare().pattern_properties.iter();
    match (patterns.next(), patterns.next()) {
        (Some((pattern, inner)), None)
            if closed && schema.properties.is_empty() && schema.required.is_empty() =>
        {
            Some((pattern, inner))
        }
        _ => None,
    }
}

/// Sets that have to hold each by itself.
fn apart(keys: &KeySets) -> Vec<KeySets> {
    match keys.rule {
        KeyRule::Dependent => {
            let one = |set: &Vec<String>| KeySets {
                rule: keys.rule,
                sets: vec![set.clone()],
            };
            keys.sets.iter().map(one).collect()
        }
        KeyRule::Any | KeyRule::One => vec![keys.clone()],
    }
}
