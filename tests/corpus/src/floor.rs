//! What was reached already, and must not be lost again.

use crate::row::Totals;

type Figure = fn(&Totals) -> usize;

/// Figures of all documents, as good as they have been; whoever betters one writes it here.
const FLOOR: &[(&str, Figure, usize)] = &[
    ("documents that do not generate", |it| it.failed, 0),
    (
        "operations that are not carried",
        |it| it.skipped_operations,
        0,
    ),
    ("items that are not carried", |it| it.skipped, 40),
    ("needless `Value`", |it| it.needless, 0),
    ("unions that end in trial", |it| it.trials, 14),
    (
        "valid examples that do not come back, of the documents that are compiled",
        |it| it.lost,
        5,
    ),
];

/// What is worse than it was, a line each.
pub(crate) fn lost(totals: &Totals) -> Vec<String> {
    let worse = FLOOR.iter().filter(|(_, of, floor)| of(totals) > *floor);
    worse
        .map(|(what, of, floor)| format!("{what}: {}, and were {floor}", of(totals)))
        .collect()
}
