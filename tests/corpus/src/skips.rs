//! Which diagnostics say that something is not carried into Rust, and what.

use std::collections::HashSet;

use specwright::diag::{Code, Diagnostic};

use crate::items::{Count, Item};
use crate::raw::{Kind, Node};

/// What a code costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cost {
    /// Everything is carried, or OpenAPI itself says to ignore it.
    Nothing,
    /// One item of this kind.
    One(Item),
    /// Every operation below the place; one at least.
    Operations,
    /// The whole document.
    Document,
}

use Cost::{Document, Nothing, One, Operations};
use Item::{Constraint, Schema};

/// Every code of the catalogue; a test says so.
const COSTS: &[(&str, Cost)] = &[
    // The text.
    ("unreadable", Document),
    ("too-large", Document),
    ("not-utf8", Document),
    ("syntax-error", Document),
    ("too-deep", Document),
    ("unsupported-version", Document),
    // The document is at fault, and what cannot be made out is left out.
    ("missing-field", One(Schema)),
    ("wrong-type", One(Schema)),
    ("invalid-value", One(Schema)),
    ("unknown-type", One(Constraint)),
    ("misplaced-reference", One(Schema)),
    ("external-reference", One(Schema)),
    ("unresolved-reference", One(Schema)),
    ("reference-cycle", One(Schema)),
    // It is at fault, and nothing is lost.
    ("duplicate-key", Nothing),
    ("conflicting-fields", Nothing),
    ("unknown-keyword", Nothing),
    ("version-mismatch", Nothing),
    ("duplicate-operation-id", Nothing),
    ("duplicate-parameter", Nothing),
    ("discriminator-mapping", Nothing),
    ("path-parameter-missing", Nothing),
    ("path-parameter-unused", Nothing),
    ("unknown-security-scheme", Nothing),
    ("required-undeclared", Nothing),
    // OpenAPI says to ignore it.
    ("reserved-header", Nothing),
    ("content-type-header", Nothing),
    // Not carried.
    ("property-conflict", One(Schema)),
    ("restriction-not-carried", One(Constraint)),
    ("false-schema", One(Schema)),
    ("unsupported-enum", One(Constraint)),
    ("unsupported-union", One(Schema)),
    ("default-mismatch", One(Constraint)),
    ("default-not-carried", One(Constraint)),
    ("format-conflict", One(Constraint)),
    ("dynamic-reference", One(Constraint)),
    ("excluded-branch", One(Schema)),
    ("unsupported-pattern", One(Constraint)),
    ("contradictory-all-of", One(Schema)),
    ("remote-reference", One(Schema)),
    ("enum-type-mismatch", Nothing),
    ("default-spelling", Nothing),
    ("excluding-type", Nothing),
    ("unsupported-method", Operations),
    // About what is carried.
    ("union-undecided", Nothing),
    ("unused-configuration", Nothing),
    ("not-sampled", Nothing),
];

/// What a code costs; one that is not listed costs a schema, so that it shows.
pub(crate) fn cost(code: Code) -> Cost {
    COSTS
        .iter()
        .find(|(name, _)| *name == code.name())
        .map_or(One(Schema), |(_, cost)| *cost)
}

/// How many items the diagnostics say are not carried, and the names of their codes, one a skip.
pub(crate) fn count(diagnostics: &[Diagnostic], nodes: &[Node]) -> (Count, Vec<&'static str>) {
    let mut skipped = Count::default();
    let mut codes = Vec::new();
    let mut seen = HashSet::new();
    for diagnostic in diagnostics {
        let pointer = diagnostic.place.pointer.as_str();
        let code = diagnostic.code.name();
        if !seen.insert((code, diagnostic.place.file, pointer, &diagnostic.message)) {
            continue;
        }
        match cost(diagnostic.code) {
            Nothing => {}
            One(item) => {
                // One code is for the bodies of both directions.
                let answer = item == Item::RequestBody && pointer.contains("/responses/");
                skipped[if answer { Item::Response } else { item }] += 1;
                codes.push(code);
            }
            Operations | Document => {
                let below = |node: &&Node| {
                    let rest = node.site.pointer.strip_prefix(pointer);
                    node.kind == Kind::Operation
                        && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
                };
                let operations = nodes.iter().filter(below).count().max(1);
                skipped[Item::Operation] += operations;
                codes.extend(std::iter::repeat_n(code, operations));
            }
        }
    }
    (skipped, codes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_the_catalogue_has_a_cost() {
        let missing: Vec<_> = Code::all()
            .map(Code::name)
            .filter(|name| !COSTS.iter().any(|(listed, _)| listed == name))
            .collect();
        assert!(
            missing.is_empty(),
            "say in COSTS what these cost: {missing:?}"
        );
        let stale = COSTS.iter().filter(|(name, _)| Code::find(name).is_none());
        assert_eq!(stale.count(), 0, "COSTS has codes that are gone");
    }
}
