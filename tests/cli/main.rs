//! The binary as scripts see it: exit codes, what goes to which stream, and what is left on disk.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test ends where its setting cannot be made"
)]

mod check;
mod configuration;
mod diagnostics;
mod inspect;
mod kill;
mod references;
mod support;
mod unchanged;
mod usage;
