//! `specwright completions`.

use clap::CommandFactory as _;

use super::Outcome;
use super::args::{Cli, CompletionsArgs};
use super::console::Console;

pub(super) fn run(args: &CompletionsArgs, console: &mut Console) -> Outcome {
    // Into memory first: writing to a closed pipe would panic.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "specwright", &mut script);
    console.say(String::from_utf8_lossy(&script).trim_end());
    Outcome::Done
}
