//! The binary as scripts see it: exit codes, what goes to which stream, and what is left on disk.

mod check;
mod configuration;
mod diagnostics;
mod inspect;
mod kill;
mod support;
mod usage;
