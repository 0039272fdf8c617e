//! Whole runs over real documents, where `SPECWRIGHT_DATA` names a folder that has them under
//! `corpus` (and those that are not valid under `corpus/invalid`).

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use specwright::config::ApiConfig;
use specwright::diag::{Severity, Sink};
use specwright::pipeline;
use specwright::source::Source;

/// What came of a document.
struct Run {
    name: String,
    files: usize,
    warnings: usize,
    errors: usize,
    time: Duration,
}

fn corpus(under: &str) -> Option<Vec<PathBuf>> {
    let Some(data) = std::env::var_os("SPECWRIGHT_DATA").filter(|it| !it.is_empty()) else {
        eprintln!("SKIPPED: SPECWRIGHT_DATA is not set, so no real document was generated from");
        return None;
    };
    let folder = Path::new(&data).join(under);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{folder:?}: {error}"));
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|it| it == "json" || it == "yaml")
        })
        .filter(|path| !path.ends_with("manifest.json"))
        .collect();
    // The largest first, so that none of them is left for one core at the end.
    files.sort_by_key(|path| std::cmp::Reverse(fs::metadata(path).unwrap().len()));
    Some(files)
}

/// Generates in memory; `Err` says what must not happen whatever the document.
fn run(path: &Path) -> Result<Run, String> {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let start = Instant::now();
    let mut sink = Sink::new();
    let generated = catch_unwind(AssertUnwindSafe(|| {
        let source = match Source::path(path) {
            Ok(source) => source,
            Err(error) => {
                sink.push(error.diagnostic());
                return Ok(None);
            }
        };
        pipeline::generate(&source, &ApiConfig::default(), &mut sink)
    }));
    let files = match generated {
        Err(_) => return Err(format!("{name}: panicked")),
        Ok(Err(fault)) => return Err(format!("{name}: {fault}")),
        Ok(Ok(generated)) => generated.map_or(0, |generated| generated.files.len()),
    };
    let diagnostics = sink.into_sorted();
    let count = |severity| {
        diagnostics
            .iter()
            .filter(|it| it.severity == severity)
            .count()
    };
    Ok(Run {
        name,
        files,
        warnings: count(Severity::Warning),
        errors: count(Severity::Error),
        time: start.elapsed(),
    })
}

/// Runs every document, on all cores.
fn run_all(documents: Vec<PathBuf>) -> Vec<Result<Run, String>> {
    let queue = Mutex::new(documents.into_iter());
    let runs = Mutex::new(Vec::new());
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                loop {
                    let next = queue.lock().unwrap().next();
                    let Some(path) = next else { return };
                    let run = run(&path);
                    runs.lock().unwrap().push(run);
                }
            });
        }
    });
    runs.into_inner().unwrap()
}

#[test]
fn real_documents_become_files() {
    let Some(documents) = corpus("corpus") else {
        return;
    };
    assert!(documents.len() > 50, "there are few documents");
    let mut faults = Vec::new();
    let mut time = Duration::ZERO;
    for run in run_all(documents) {
        match run {
            Err(fault) => faults.push(fault),
            Ok(run) => {
                time += run.time;
                eprintln!(
                    "{:>6} ms {:>4} warnings  {}",
                    run.time.as_millis(),
                    run.warnings,
                    run.name
                );
                if run.files == 0 || run.errors > 0 {
                    faults.push(format!("{}: {} errors, no files", run.name, run.errors));
                }
            }
        }
    }
    eprintln!("{} ms in all", time.as_millis());
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn documents_that_are_not_valid_are_told_so() {
    let Some(documents) = corpus("corpus/invalid") else {
        return;
    };
    assert!(documents.len() > 5, "there are few documents");
    let mut faults = Vec::new();
    for run in run_all(documents) {
        match run {
            Err(fault) => faults.push(fault),
            Ok(run) if run.warnings + run.errors == 0 => {
                faults.push(format!("{}: nothing was said", run.name));
            }
            Ok(_) => {}
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}
