//! Rules on the items of a list: how many, whether one comes twice, and how many are of a kind.

use std::collections::HashSet;

use serde_json::Value;

use crate::support::{
    codec::{AsSerialize, Encode},
    report::Report,
    rules::{Check, Rules},
    violation::Location,
};

/// The position of the first item that equals an earlier one, as JSON.
fn repeated<T: Encode>(items: &[T]) -> Option<usize> {
    let mut seen = HashSet::new();
    items.iter().position(|item| {
        // What cannot be written as JSON equals nothing.
        serde_json::to_string(&AsSerialize(item)).is_ok_and(|text| !seen.insert(text))
    })
}

/// Holds a list as a whole against the rules.
pub(crate) fn check_items<T: Check + Encode>(items: &[T], rules: &Rules, report: &Report) {
    let length = items.len();
    if let Some(least) = rules.min_items.filter(|&least| length < least) {
        report.record(
            "minItems",
            format!("must have at least {least} items, has {length}"),
            None,
        );
    }
    if let Some(most) = rules.max_items.filter(|&most| length > most) {
        report.record(
            "maxItems",
            format!("must have at most {most} items, has {length}"),
            None,
        );
    }
    if rules.unique_items
        && let Some(index) = repeated(items)
    {
        report.record(
            "uniqueItems",
            format!("must not repeat an item, but item {index} does"),
            None,
        );
    }
    check_contained(items, rules, report);
}

/// Holds the number of items that keep to the rules of `contains` against what is wanted.
fn check_contained<T: Check>(items: &[T], rules: &Rules, report: &Report) {
    let Some(wanted) = rules.contains else { return };
    let keeps =
        |item: &&T| Report::finds_nothing(Location::Body, |report| item.check(wanted, report));
    let found = items.iter().filter(keeps).count();
    let least = rules.min_contains.unwrap_or(1);
    if found < least {
        report.record(
            "contains",
            format!("must have at least {least} items of the kind wanted, has {found}"),
            None,
        );
    }
    if let Some(most) = rules.max_contains.filter(|&most| found > most) {
        report.record(
            "maxContains",
            format!("must have at most {most} items of the kind wanted, has {found}"),
            None,
        );
    }
}

/// Holds a value against the types that it may have.
pub(crate) fn check_types(value: &Value, rules: &Rules, report: &Report) {
    let Some(types) = rules.types else { return };
    let is_of = |kind: &&str| match value {
        Value::Null => *kind == "null",
        Value::Bool(_) => *kind == "boolean",
        Value::Number(number) => {
            *kind == "number"
                || *kind == "integer" && number.as_f64().is_none_or(|n| n.fract() == 0.0)
        }
        Value::String(_) => *kind == "string",
        Value::Array(_) => *kind == "array",
        Value::Object(_) => *kind == "object",
    };
    if !types.iter().any(is_of) {
        report.record(
            "type",
            format!("must be of type {}", types.join(" or ")),
            None,
        );
    }
}
