//! Arguments in, exit code out: each command is a file.

mod apis;
mod args;
mod check;
mod completions;
mod console;
mod explain;
mod generate;
mod inspect;
mod progress;
mod run;

use std::process::ExitCode;

use clap::Parser as _;

use args::{Cli, Command};
use console::Console;

/// How a command ended; the worst of several counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// Done, or nothing to do.
    Done = 0,
    /// Drift, or diagnostics that the configuration denies.
    Denied = 1,
    /// Input or arguments that cannot be used.
    Unusable = 2,
}

/// Runs the command that the arguments name.
pub(crate) fn run() -> ExitCode {
    let cli = Cli::parse();
    let mut console = Console::new(cli.message_format);
    let outcome = match &cli.command {
        Command::Generate(args) => generate::run(args, &mut console),
        Command::Check(args) => check::run(args, &mut console),
        Command::Inspect(args) => inspect::run(args, &mut console),
        Command::Explain(args) => explain::run(args, &mut console),
        Command::Completions(args) => completions::run(args, &mut console),
    };
    let outcome = if console.failed() {
        outcome.max(Outcome::Unusable)
    } else {
        outcome
    };
    ExitCode::from(outcome as u8)
}

/// `1 file`, `2 files`.
fn counted(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}
