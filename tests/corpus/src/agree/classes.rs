//! In what ways the two may disagree, and why.

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
        "accepted: oneOf, several",
        "a value that several branches allow is taken for the best of them",
    ),
];

/// Why a class is as it is, where that is known.
pub(super) fn reason(class: &str) -> Option<&'static str> {
    REASONS
        .iter()
        .find(|(name, _)| *name == class)
        .map(|(_, reason)| *reason)
}

/// The class of a value that the schema forbids and we take.
pub(super) fn accepted(keyword: &str, text: &str) -> String {
    if keyword == "oneOf" && text.contains("more than one") {
        return "accepted: oneOf, several".to_owned();
    }
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
