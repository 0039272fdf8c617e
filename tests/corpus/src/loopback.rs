//! `corpus loopback`: runs the test that generated crates have of both their halves.

use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args;

use crate::arguments::FolderOptions;
use crate::compile;
use crate::documents::{self, Document};
use crate::fault::Fault;
use crate::generate;
use crate::queue;

/// Documents that between them have every place, style and shape of parameter, forms, multipart, bytes, several media types,
/// JSON lines and server-sent events, ranges of statuses and `default`, typed headers, redirects, alternatives of security
/// schemes, servers of operations, callbacks, webhooks, methods such as `COPY` and `HEAD`, segments of several parameters and
/// paths that differ by a fragment.
const TEN: &[&str] = &[
    "box-platform",
    "dataflowkit-api",
    "mercure-api",
    "oai32-media-type-examples",
    "qdrant-api",
    "readme-parameters-style",
    "redocly-starter",
    "speakeasy-test32",
    "surevoip-api",
    "svix-server",
];

/// A document beside the folder that has to hold whole.
const WHOLE: &str = "../novu/novu-3.17.1.json";

/// Options of `loopback`.
#[derive(Debug, Args)]
pub(crate) struct Options {
    #[command(flatten)]
    folder: FolderOptions,
    /// Every document of the folder, and not ten and Novu's.
    #[arg(long)]
    all: bool,
}

/// What the test said.
#[derive(Debug, Default)]
struct Found {
    operations: usize,
    responses: usize,
    skipped: usize,
    faults: usize,
    /// What it said of each.
    lines: Vec<String>,
}

/// Runs the test of each document; true where all hold and at most one message in a hundred was skipped.
pub(crate) fn run(options: &Options) -> Result<bool, Fault> {
    let mut documents = documents::find(&options.folder)?;
    if !options.all && options.folder.only.is_empty() {
        documents.retain(|document| TEN.contains(&document.name.as_str()));
        documents.extend(whole(&options.folder)?);
    }
    let mut outcomes = Vec::new();
    for outcome in queue::each(&documents, generate::document) {
        outcomes.push(outcome?);
    }
    let work = &options.folder.work;
    compile::write(work, &outcomes.iter().collect::<Vec<_>>())?;
    let mut holds = true;
    let mut sum = Found::default();
    for (document, outcome) in documents.iter().zip(&outcomes) {
        let name = &document.name;
        match test(work, &outcome.package) {
            Ok(found) => {
                let all = found.operations + found.responses;
                holds &= found.faults == 0 && found.skipped * 100 <= all;
                println!(
                    "{name}: {} operations, {} responses, {} skipped, {} faults",
                    found.operations, found.responses, found.skipped, found.faults
                );
                found.lines.iter().for_each(|line| println!("  {line}"));
                sum.operations += found.operations;
                sum.responses += found.responses;
                sum.skipped += found.skipped;
                sum.faults += found.faults;
            }
            Err(reason) => {
                holds = false;
                println!("{name}: {reason}");
            }
        }
    }
    println!(
        "{} operations, {} responses, {} skipped, {} faults",
        sum.operations, sum.responses, sum.skipped, sum.faults
    );
    Ok(holds)
}

fn whole(folder: &FolderOptions) -> Result<Option<Document>, Fault> {
    let path: PathBuf = documents::folder(folder)?.join(WHOLE);
    let Ok(metadata) = path.metadata() else {
        return Ok(None);
    };
    Ok(Some(Document {
        name: "novu-whole".to_owned(),
        path,
        bytes: metadata.len(),
    }))
}

/// Builds the test of a package and runs it.
fn test(work: &Path, package: &str) -> Result<Found, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let work = work.canonicalize().map_err(|error| error.to_string())?;
    let output = Command::new(cargo)
        .current_dir(&work)
        .args(["test", "--quiet", "--package", package])
        .args([
            "--no-default-features",
            "--features",
            "mock",
            "--test",
            "loopback",
        ])
        .arg("--target-dir")
        .arg(compile::target(&work))
        .args(["--", "--nocapture"])
        .env("CARGO_INCREMENTAL", "0")
        .env_remove("RUSTFLAGS")
        .output()
        .map_err(|error| error.to_string())?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut found = Found::default();
    let mut seen = false;
    for line in said.lines() {
        // What is said stands after the dots of tests that are done.
        let line = line.trim_start_matches('.');
        if line.starts_with("skipped: ") || line.starts_with("fault: ") {
            found.lines.push(line.chars().take(1_000).collect());
        } else if let Some([operations, responses, skipped, faults]) = figures(line) {
            seen = true;
            found.operations += operations;
            found.responses += responses;
            found.skipped += skipped;
            found.faults += faults;
        }
    }
    if seen {
        return Ok(found);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let errors: Vec<&str> = said
        .lines()
        .filter(|line| line.contains("error") || line.contains("panicked"))
        .take(8)
        .collect();
    Err(format!("it does not run: {}", errors.join("; ")))
}

/// `2 operations, 8 responses, 0 skipped, 0 faults`
fn figures(line: &str) -> Option<[usize; 4]> {
    let mut parts = line.split(", ");
    let mut next = |word: &str| -> Option<usize> {
        let count = parts.next()?.strip_suffix(word)?.trim_end();
        count.parse().ok()
    };
    Some([
        next("operations")?,
        next("responses")?,
        next("skipped")?,
        next("faults")?,
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read() {
        let line = "2 operations, 8 responses, 0 skipped, 1 faults";
        assert_eq!(figures(line), Some([2, 8, 0, 1]));
        assert_eq!(figures("running 1 test"), None);
    }
}
