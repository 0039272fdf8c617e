//! From the plan to tokens and tables: one emitter per kind of item. Nothing is decided here.

mod bodies;
mod calls;
mod client;
mod docs;
#[cfg(test)]
mod docs_tests;
mod enums;
mod forms;
mod initial;
mod literal;
mod mock;
mod operations;
mod parameters;
mod parts;
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
use crate::plan::{Parts, RustPlan};

use parts::Of;

/// Types per piece of work, so that several cores can share a large file.
const CHUNK: usize = 64;

/// The source files of the crate, the support modules aside: in one piece, or in parts.
#[must_use]
pub fn jobs<'p>(plan: &'p RustPlan, parts: Option<&'p Parts>) -> Vec<FileJob<'p>> {
    let mut jobs = vec![root::job(plan)];
    for (plan, of) in parts::all(plan, parts) {
        if of.has(!plan.types.is_empty()) {
            jobs.push(types::job(plan, of));
        }
        if !of.has(!plan.operations.is_empty()) {
            continue;
        }
        jobs.push(operations::job(plan, of));
        if plan.sides.client {
            jobs.push(client::job(plan, of));
        }
        if plan.sides.server {
            jobs.push(server::job(plan, of));
        }
    }
    if plan.sides.mock {
        jobs.push(mock::job(plan));
        jobs.push(mock::loopback(plan));
    }
    jobs
}
