//! The command line of Specwright.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
