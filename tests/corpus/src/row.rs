//! What is known of a document once the stages have run.

use std::time::Duration;

use crate::compile::Findings;
use crate::examples::Examples;
use crate::items::{Count, Item};

/// Sums over all rows.
#[derive(Debug, Default)]
pub(crate) struct Totals {
    pub(crate) failed: usize,
    pub(crate) skipped: usize,
    pub(crate) skipped_operations: usize,
    pub(crate) needless: usize,
    pub(crate) trials: usize,
    /// Valid examples that do not come back.
    pub(crate) lost: usize,
}

impl Totals {
    pub(crate) fn of(rows: &[Row]) -> Self {
        let mut totals = Self::default();
        for row in rows {
            totals.failed += usize::from(row.failure.is_some());
            totals.skipped += row.skipped.total();
            totals.skipped_operations += row.skipped[Item::Operation];
            totals.needless += row.needless.len();
            totals.trials += row.trials.len();
            let examples = row.examples.iter();
            totals.lost += examples.map(|it| it.valid - it.passed).sum::<usize>();
        }
        totals
    }
}

/// A row of the table.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) openapi: String,
    pub(crate) failure: Option<String>,
    pub(crate) time: Duration,
    pub(crate) items: Count,
    pub(crate) skipped: Count,
    pub(crate) codes: Vec<&'static str>,
    /// Pointer and type of each needless `Value`.
    pub(crate) needless: Vec<String>,
    pub(crate) unions: usize,
    /// Pointer and type of each union that ends in trial.
    pub(crate) trials: Vec<String>,
    /// What `cargo check` said.
    pub(crate) check: Option<Findings>,
    /// What `cargo clippy` said, of the few that it looks at.
    pub(crate) clippy: Option<Findings>,
    /// Whether a program over the crate ran, of the same few; `Err` says what came of it.
    pub(crate) smoke: Option<Result<(), String>>,
    pub(crate) examples: Option<Examples>,
}
