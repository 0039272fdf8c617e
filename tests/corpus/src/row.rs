//! What is known of a document once the stages have run.

use std::time::Duration;

use crate::compile::Findings;
use crate::examples::Examples;
use crate::items::Count;

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
    pub(crate) examples: Option<Examples>,
}
