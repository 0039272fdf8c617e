//! Rules on which properties an object has: how many, by what names, and what goes with what.

use crate::support::{
    report::Report,
    rules::{Check, KeySets, Rules},
};

/// Checks how many properties there are.
pub(crate) fn check_count(length: usize, rules: &Rules, report: &Report) {
    if let Some(least) = rules.min_properties.filter(|&least| length < least) {
        report.record(
            "minProperties",
            format!("must have at least {least} properties, has {length}"),
            None,
        );
    }
    if let Some(most) = rules.max_properties.filter(|&most| length > most) {
        report.record(
            "maxProperties",
            format!("must have at most {most} properties, has {length}"),
            None,
        );
    }
}

/// Checks the name of a property, where the walk stands at it.
pub(crate) fn check_name(name: &str, rules: &Rules, report: &Report) {
    if let Some(rules) = rules.property_names {
        let found = report.found();
        name.check(rules, report);
        if report.found() > found {
            report.record(
                "propertyNames",
                "the property's name is not allowed".to_owned(),
                None,
            );
        }
    }
}

/// Checks that the properties of some set are there, given whether one is.
pub(crate) fn check_required(has: impl Fn(&str) -> bool, rules: &Rules, report: &Report) {
    let whole = |sets: KeySets| {
        let is_whole = |set: &&&[&str]| set.iter().all(|name| has(name));
        sets.iter().filter(is_whole).count()
    };
    if let Some(sets) = rules.any_required.filter(|sets| whole(sets) == 0) {
        let message = format!("must have {}", listed(sets));
        report.record("anyOf", message, None);
    }
    if let Some((sets, found)) = rules
        .one_required
        .map(|sets| (sets, whole(sets)))
        .filter(|(_, found)| *found != 1)
    {
        let message = format!("must have one of {}, has {found}", listed(sets));
        report.record("oneOf", message, None);
    }
    for names in rules.dependent_required.into_iter().flatten() {
        if let Some((name, others)) = names.split_first().filter(|(name, _)| has(name))
            && !others.iter().all(|other| has(other))
        {
            let others = others.join("` and `");
            let message = format!("must have `{others}` with `{name}`");
            report.record("dependentRequired", message, None);
        }
    }
}

/// ``"`a`, or `b` and `c`"``
fn listed(sets: KeySets) -> String {
    let sets: Vec<String> = sets
        .iter()
        .map(|names| format!("`{}`", names.join("` and `")))
        .collect();
    sets.join(", or ")
}
