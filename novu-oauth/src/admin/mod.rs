//! The command line: what it takes, and what each command does.

mod arguments;
mod commands;
mod logging;
mod report;
mod run;

pub use arguments::Arguments;
