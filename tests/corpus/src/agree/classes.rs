//! In what ways the two may disagree, and why.

use super::readings::TAKEN;
use crate::driver::Answer;

/// Every class that is known, with its reason. One that is not here is a fault to mend.
const REASONS: &[(&str, &str)] = &[
    (
        "accepted: not",
        "`not` only restricts and has no form in Rust's types",
    ),
    (
        "accepted: if",
        "`if` only restricts and has no form in Rust's types",
    ),
    (
        "accepted: dependentRequired",
        "it only restricts and has no form in Rust's types",
    ),
    (
        "accepted: dependentSchemas",
        "it only restricts and has no form in Rust's types",
    ),
    (
        "accepted: unevaluatedProperties",
        "it only restricts and has no form in Rust's types",
    ),
    (
        "accepted: contains",
        "it only restricts and has no form in Rust's types",
    ),
    (
        "refused: uniqueItems",
        "items that differ in nothing but properties that their schema does not declare are equal to a type that \
         drops these",
    ),
    (
        "refused: pattern",
        "`.` of ECMAScript takes no `\\r`, and that of the `jsonschema` crate does",
    ),
];

/// Why a class is as it is, where that is known.
pub(super) fn reason(class: &str) -> Option<&'static str> {
    let taken = TAKEN.iter().map(|taken| (taken.class, taken.reason));
    let mut all = REASONS.iter().copied().chain(taken);
    all.find(|(name, _)| *name == class)
        .map(|(_, reason)| reason)
}

/// The class of a value that the schema forbids and we take.
pub(super) fn accepted(keyword: &str) -> String {
    format!("accepted: {keyword}")
}

/// The class of a value that the schema allows and we do not take.
pub(super) fn refused(answer: &Answer) -> String {
    match answer {
        Answer::Refused(reason) => {
            let rule = reason
                .split("rule: \"")
                .nth(1)
                .and_then(|rest| rest.split('"').next());
            format!("refused: {}", rule.unwrap_or("syntax"))
        }
        Answer::Panicked(_) => "panicked".to_owned(),
        _ => "ended the process".to_owned(),
    }
}
