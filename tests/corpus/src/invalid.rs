//! Documents with a known fault, in the folder `invalid` beside the others: what is said of each, and where.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use clap::Args;
use serde_json::Value;
use specwright::config::ApiConfig;
use specwright::diag::Sink;
use specwright::pipeline;
use specwright::source::Source;

use crate::arguments::FolderOptions;
use crate::documents;
use crate::fault::Fault;

/// Options of `invalid`.
#[derive(Debug, Args)]
pub(crate) struct Options {
    #[command(flatten)]
    folder: FolderOptions,
}

/// A code, and the line that it points at.
type Told = (&'static str, u64);

/// What is wrong in each document. More may be said; this has to be.
const EXPECTED: &[(&str, &[Told])] = &[
    ("constructed-duplicate-key.yaml", &[("duplicate-key", 212)]),
    ("constructed-tab-indent.yaml", &[("syntax-error", 3)]),
    ("constructed-truncated.json", &[("syntax-error", 1)]),
    (
        "mistral-public-doc.yaml",
        &[
            ("unresolved-reference", 740),
            ("unresolved-reference", 743),
            ("unresolved-reference", 744),
            ("unresolved-reference", 766),
            ("unresolved-reference", 791),
            ("unresolved-reference", 836),
            ("unresolved-reference", 876),
            ("unresolved-reference", 880),
        ],
    ),
    (
        "oai32-invalid-schema-types.yaml",
        &[("wrong-type", 10), ("wrong-type", 11), ("wrong-type", 12)],
    ),
    ("oai32-no-containers.yaml", &[("missing-field", 1)]),
    (
        "oai32-operation-object-two-querystrings.yaml",
        &[("conflicting-fields", 16)],
    ),
    (
        "oai32-parameter-object-content-not-with-style.yaml",
        &[("conflicting-fields", 14)],
    ),
    ("oai32-servers.yaml", &[("wrong-type", 9)]),
    ("oapicodegen-no-info.yaml", &[("missing-field", 3)]),
    (
        "ogen-unknown-response-ref.json",
        &[("unresolved-reference", 12)],
    ),
    (
        "qdrant-template-main.yaml",
        &[
            ("unresolved-reference", 268),
            ("unresolved-reference", 282),
            ("unresolved-reference", 304),
            ("unresolved-reference", 340),
        ],
    ),
    (
        "speakeasy-edge-cases.json",
        &[("missing-field", 1), ("duplicate-key", 44)],
    ),
];

/// Reads every such document; true where each fault was told.
pub(crate) fn run(options: &Options) -> Result<bool, Fault> {
    let folder = documents::folder(&options.folder)?.join("invalid");
    let mut missed = Vec::new();
    for (file, expected) in EXPECTED {
        let told = match told(&folder.join(file)) {
            Ok(told) => told,
            Err(why) => {
                missed.push(format!("{file}: {why}"));
                continue;
            }
        };
        for (code, line) in *expected {
            if !told.contains(&((*code).to_owned(), *line)) {
                missed.push(format!("{file}: nothing says `{code}` of line {line}"));
            }
        }
    }
    println!(
        "{} documents with {} known faults; {} are not told",
        EXPECTED.len(),
        EXPECTED.iter().map(|(_, told)| told.len()).sum::<usize>(),
        missed.len(),
    );
    for missed in &missed {
        println!("- {missed}");
    }
    Ok(missed.is_empty())
}

/// The code and line of every diagnostic.
fn told(path: &Path) -> Result<BTreeSet<(String, u64)>, String> {
    let generate = || {
        let mut sink = Sink::new();
        match Source::path(path) {
            Ok(source) => {
                pipeline::generate(&source, &ApiConfig::default(), &mut sink)
                    .map_err(|fault| fault.to_string())?;
            }
            Err(error) => sink.push(error.diagnostic()),
        }
        Ok(sink.into_report().json())
    };
    let report: Result<Value, String> =
        catch_unwind(AssertUnwindSafe(generate)).map_err(|_| "it panicked".to_owned())?;
    let entry = |entry: &Value| {
        let code = entry.get("code")?.as_str()?;
        Some((code.to_owned(), entry.get("line")?.as_u64()?))
    };
    let report = report?;
    let entries = report.as_array().into_iter().flatten();
    Ok(entries.filter_map(entry).collect())
}
