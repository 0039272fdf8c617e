//! From the plan to tokens and tables: one emitter per kind of item. Nothing is decided here.

mod bodies;
mod calls;
mod client;
mod docs;
#[cfg(test)]
mod docs_tests;
mod enums;
mod initial;
mod literal;
mod mock;
mod operations;
mod parameters;
mod responses;
mod root;
mod rules;
mod server;
mod structs;
mod texts;
mod tuples;
mod types;
mod unions;

pub use mock::SAMPLES;

use crate::output::FileJob;
use crate::plan::RustPlan;

/// Types per piece of work, so that several cores can share a large file.
const CHUNK: usize = 64;

/// The source files of the crate, the support modules aside.
#[must_use]
pub fn jobs(plan: &RustPlan) -> Vec<FileJob<'_>> {
    let mut jobs = vec![root::job(plan), types::job(plan), operations::job(plan)];
    if plan.sides.client {
        jobs.push(client::job(plan));
    }
    if plan.sides.server {
        jobs.push(server::job(plan));
    }
    if plan.sides.mock {
        jobs.push(mock::job(plan));
        jobs.push(mock::loopback(plan));
    }
    jobs
}
