//! `corpus tags`: checks generated crates with one tag alone, whose feature turns on what it needs and nothing else.

use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args;

use crate::arguments::FolderOptions;
use crate::compile;
use crate::documents::{self, Document};
use crate::fault::Fault;
use crate::generate::{self, Outcome};
use crate::queue;

/// One of more than a thousand operations, most of whose types no operation names.
const LARGE: &[&str] = &["github-rest"];

/// A document beside the folder.
const WHOLE: &str = "../novu/novu-3.17.1.json";

const SIDES: &[&str] = &["client", "server", "client,server"];

/// Options of `tags`.
#[derive(Debug, Args)]
pub(crate) struct Options {
    #[command(flatten)]
    folder: FolderOptions,
    /// Every tag, and not the first and the last.
    #[arg(long)]
    all: bool,
}

/// Checks crates with one tag, and without any; true where the compiler has nothing to say.
pub(crate) fn run(options: &Options) -> Result<bool, Fault> {
    let mut documents = documents::find(&options.folder)?;
    if options.folder.only.is_empty() {
        documents.retain(|document| LARGE.contains(&document.name.as_str()));
        documents.extend(whole(&options.folder)?);
    }
    let mut outcomes = Vec::new();
    for outcome in queue::each(&documents, generate::document) {
        outcomes.push(outcome?);
    }
    let work = &options.folder.work;
    compile::write(work, &outcomes.iter().collect::<Vec<_>>())?;
    let (mut checked, mut faults) = (0, 0);
    for (document, outcome) in documents.iter().zip(&outcomes) {
        let mut tags = features(outcome);
        if !options.all && tags.len() > 2 {
            tags.drain(1..tags.len() - 1);
        }
        // Without any tag, a crate has what tags share.
        tags.push(String::new());
        for tag in tags {
            for sides in SIDES {
                checked += 1;
                let said = check(work, outcome, &format!("{sides},{tag}"))?;
                if !said.is_empty() {
                    faults += 1;
                    println!("{} with {sides},{tag}:\n{said}", document.name);
                }
            }
        }
    }
    println!("{checked} checked, {faults} faults");
    Ok(faults == 0)
}

fn whole(folder: &FolderOptions) -> Result<Option<Document>, Fault> {
    let path: PathBuf = documents::folder(folder)?.join(WHOLE);
    Ok(path.metadata().ok().map(|metadata| Document {
        name: "novu-whole".to_owned(),
        path,
        bytes: metadata.len(),
    }))
}

/// The features that stand for nothing else, which are those of tags.
fn features(outcome: &Outcome) -> Vec<String> {
    let manifest = outcome
        .crate_files
        .as_ref()
        .and_then(|files| files.get("Cargo.toml"));
    let manifest = String::from_utf8_lossy(manifest.unwrap_or_default());
    let lines = manifest
        .lines()
        .filter_map(|line| line.strip_suffix(" = []"));
    let halves = ["client", "server", "rustls"];
    lines
        .filter(|name| !halves.contains(name))
        .map(str::to_owned)
        .collect()
}

/// What the compiler says of a crate with these features.
fn check(work: &Path, outcome: &Outcome, features: &str) -> Result<String, Fault> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let work = work.canonicalize().map_err(Fault::at(work))?;
    let output = Command::new(cargo)
        .current_dir(&work)
        .args(["check", "--quiet", "--lib", "--package", &outcome.package])
        .args(["--no-default-features", "--features", features])
        .arg("--target-dir")
        .arg(compile::target(&work))
        .env("CARGO_INCREMENTAL", "0")
        .env_remove("RUSTFLAGS")
        .output()
        .map_err(Fault::at(&work))?;
    let said = String::from_utf8_lossy(&output.stderr);
    Ok(said.lines().take(20).collect::<Vec<_>>().join("\n"))
}
