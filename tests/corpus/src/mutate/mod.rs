//! Broken documents: whatever is done to a text or to its structure, generating ends, without a panic,
//! without code that is not Rust, and within bounds of time and memory.

mod bytes;
mod dice;
mod structure;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use clap::Args;
use specwright::config::ApiConfig;
use specwright::diag::Sink;
use specwright::pipeline;
use specwright::source::Source;

use crate::arguments::FolderOptions;
use crate::documents;
use crate::fault::Fault;
use dice::Dice;

/// Larger documents take longer and break in the same ways.
const LARGEST: u64 = 50_000;
/// A round that takes longer counts as a hang.
const LONGEST: Duration = Duration::from_secs(10);
/// Kibibytes that the process may reach.
const MOST_MEMORY: u64 = 1 << 20;

/// Options of `mutate`.
#[derive(Debug, Args)]
pub(crate) struct Options {
    #[command(flatten)]
    folder: FolderOptions,
    /// How many mutations
    #[arg(long, default_value_t = 10_000)]
    rounds: usize,
    /// The number of the first round, to repeat one
    #[arg(long, default_value_t = 0)]
    from: usize,
}

/// What a round came to.
enum Outcome {
    Generated,
    Refused,
    Failed(String),
}

/// Runs all rounds; true where none failed.
pub(crate) fn run(options: &Options) -> Result<bool, Fault> {
    let documents = small(&options.folder)?;
    if documents.is_empty() {
        return Err(Fault::new("there is no document of less than 50 kB"));
    }
    std::panic::set_hook(Box::new(|_| {}));
    let mut generated = 0;
    let mut failures = Vec::new();
    let mut slowest = (Duration::ZERO, 0);
    for round in options.from..options.from + options.rounds {
        let (name, text) = &documents[round % documents.len()];
        let mut dice = Dice::new(round);
        let broken = if dice.roll(2) == 0 {
            bytes::mutate(text, &mut dice)
        } else {
            structure::mutate(text, &mut dice)
        };
        let start = Instant::now();
        let outcome = generate(&broken);
        let time = start.elapsed();
        slowest = slowest.max((time, round));
        let failure = match outcome {
            Outcome::Failed(why) => Some(why),
            _ if time > LONGEST => Some(format!("took {} s", time.as_secs())),
            Outcome::Generated => {
                generated += 1;
                None
            }
            Outcome::Refused => None,
        };
        if let Some(why) = failure {
            failures.push(format!("round {round} ({name}): {why}"));
        }
    }
    drop(std::panic::take_hook());
    let memory = peak_memory();
    println!(
        "{} mutations of {} documents: {} generated, {} refused, {} failed; the slowest ({}) took {} ms; {} MiB at most",
        options.rounds,
        documents.len(),
        generated,
        options.rounds - generated - failures.len(),
        failures.len(),
        slowest.1,
        slowest.0.as_millis(),
        memory / 1024,
    );
    for failure in &failures {
        println!("- {failure} (repeat with --from ROUND --rounds 1)");
    }
    Ok(failures.is_empty() && memory < MOST_MEMORY)
}

/// Names and texts.
fn small(folder: &FolderOptions) -> Result<Vec<(String, String)>, Fault> {
    let mut small = Vec::new();
    for document in documents::find(folder)? {
        if document.bytes < LARGEST {
            let text = fs::read_to_string(&document.path).map_err(Fault::at(&document.path))?;
            small.push((document.name, text));
        }
    }
    Ok(small)
}

fn generate(text: &str) -> Outcome {
    let run = || {
        let source = Source::text("mutated", text).map_err(|_| ())?;
        let mut sink = Sink::new();
        let generated = pipeline::generate(&source, &ApiConfig::default(), &mut sink);
        let report = sink.into_report();
        let _ = (report.plain(), report.json());
        Ok(generated)
    };
    match catch_unwind(AssertUnwindSafe(run)) {
        Err(panic) => {
            let text = panic
                .downcast_ref::<String>()
                .map(String::as_str)
                .or_else(|| panic.downcast_ref::<&str>().copied());
            Outcome::Failed(format!("panicked: {}", text.unwrap_or("?")))
        }
        Ok(Ok(Err(fault))) => Outcome::Failed(fault.to_string()),
        Ok(Ok(Ok(Some(_)))) => Outcome::Generated,
        Ok(Ok(Ok(None)) | Err(())) => Outcome::Refused,
    }
}

/// The most memory that this process has held, in KiB; nothing where the system does not tell.
fn peak_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    line.and_then(|line| line.split_whitespace().nth(1))
        .and_then(|number| number.parse().ok())
        .unwrap_or(0)
}
