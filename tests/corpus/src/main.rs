//! Measures Specwright over a folder of documents. `docs/corpus.md` says how to read what it prints.

mod arguments;
mod compile;
mod documents;
mod driver;
mod examples;
mod fault;
mod generate;
mod items;
mod mutate;
mod oracle;
mod judge;
mod positions;
mod queue;
mod raw;
mod report;
mod row;
mod skips;
mod table;
mod values;

use std::process::ExitCode;

use clap::Parser as _;

use arguments::{Arguments, Command};

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Table(options) => table::run(&options),
        Command::Mutate(options) => mutate::run(&options),
        Command::Oracle(options) => oracle::run(&options),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::from(2)
        }
    }
}
