//! Measures Specwright over a folder of documents. `docs/corpus.md` says how to read what it prints.

mod agree;
mod arguments;
mod compile;
mod documents;
mod driver;
mod examples;
mod fault;
mod floor;
mod generate;
mod invalid;
mod items;
mod judge;
mod listing;
mod loopback;
mod mutate;
mod oracle;
mod positions;
mod queue;
mod raw;
mod report;
mod routers;
mod row;
mod skips;
mod smoke;
mod support;
mod table;
mod tags;
mod values;

use std::process::ExitCode;

use clap::Parser as _;

use arguments::{Arguments, Command};

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Table(options) => table::run(&options),
        Command::Mutate(options) => mutate::run(&options),
        Command::Oracle(options) => oracle::run(&options),
        Command::Invalid(options) => invalid::run(&options),
        Command::Agree(options) => agree::run(&options),
        Command::Loopback(options) => loopback::run(&options),
        Command::Routers(options) => routers::run(&options),
        Command::Tags(options) => tags::run(&options),
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
