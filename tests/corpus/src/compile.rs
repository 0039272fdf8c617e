//! Compiles what was generated: one workspace, one lock file, one target directory.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use specwright::output;

use crate::fault::Fault;
use crate::generate::Outcome;

/// What the compiler said of a package.
#[derive(Debug, Clone, Default)]
pub(crate) struct Findings {
    pub(crate) warnings: usize,
    pub(crate) errors: usize,
    /// The first line of each, with its place.
    pub(crate) lines: Vec<String>,
}

/// The target directory of the workspace.
pub(crate) fn target(work: &Path) -> PathBuf {
    work.join("target")
}

/// Writes the generated crates, and the workspace around them.
pub(crate) fn write(work: &Path, outcomes: &[&Outcome]) -> Result<(), Fault> {
    fs::create_dir_all(work).map_err(Fault::at(work))?;
    for outcome in outcomes {
        if let Some(files) = &outcome.crate_files {
            let folder = work.join("crates").join(&outcome.package);
            output::write(&folder, files, true).map_err(Fault::at(&folder))?;
        }
    }
    workspace(work)?;
    let lock = work.join("Cargo.lock");
    if !lock.exists() {
        // The versions that this repository is tested with, as far as they go.
        let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.lock");
        let _ = fs::copy(ours, &lock);
    }
    Ok(())
}

/// The manifest of the workspace; cargo takes no pattern that matches nothing.
fn workspace(work: &Path) -> Result<(), Fault> {
    let mut members = String::new();
    for folder in ["crates", "drivers", "smoke"] {
        if fs::read_dir(work.join(folder)).is_ok_and(|mut entries| entries.next().is_some()) {
            members.push_str(&format!("\"{folder}/*\", "));
        }
    }
    write_if_changed(
        &work.join("Cargo.toml"),
        &WORKSPACE.replace("MEMBERS", &members),
    )
}

const WORKSPACE: &str = r#"[workspace]
members = [MEMBERS]
resolver = "3"

[profile.dev]
debug = 0
incremental = false
"#;

/// Leaves a file alone that is as it should be, so that cargo does not build it anew.
pub(crate) fn write_if_changed(path: &Path, text: &str) -> Result<(), Fault> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    fs::write(path, text).map_err(Fault::at(path))
}

/// `cargo check` or `cargo clippy` of packages with both halves; what is said of each of them.
pub(crate) fn check(
    work: &Path,
    command: &str,
    packages: &[String],
) -> Result<BTreeMap<String, Findings>, Fault> {
    let mut found: BTreeMap<String, Findings> = packages
        .iter()
        .map(|package| (package.clone(), Findings::default()))
        .collect();
    let run = cargo(work, command, packages)?;
    for (package, message) in &run.messages {
        let Some(findings) = found.get_mut(package) else {
            continue;
        };
        let text = message
            .get("message")
            .and_then(Value::as_str)
            .unwrap_or_default();
        // The last words of the compiler count what it said before.
        if text.starts_with("aborting due to")
            || text.contains("generated ")
            || text.ends_with(" emitted")
        {
            continue;
        }
        match message.get("level").and_then(Value::as_str) {
            Some("warning") => findings.warnings += 1,
            Some(level) if level.starts_with("error") => findings.errors += 1,
            _ => continue,
        }
        findings.lines.push(format!("{text} ({})", place(message)));
    }
    for (package, findings) in &mut found {
        if !run.built.contains(package) && findings.errors == 0 {
            findings.errors += 1;
            findings
                .lines
                .push(format!("was not built: {}", run.last_words));
        }
    }
    Ok(found)
}

/// Builds binaries; those that do not build, with the reason.
pub(crate) fn binaries(
    work: &Path,
    packages: &[String],
) -> Result<BTreeMap<String, String>, Fault> {
    if packages.is_empty() {
        return Ok(BTreeMap::new());
    }
    workspace(work)?;
    let run = cargo(work, "build", packages)?;
    let mut failed = BTreeMap::new();
    for package in packages
        .iter()
        .filter(|package| !run.built.contains(*package))
    {
        let first = run.messages.iter().find(|(_, message)| {
            message
                .get("level")
                .and_then(Value::as_str)
                .is_some_and(|level| level.starts_with("error"))
        });
        let own = run.messages.iter().find(|(of, _)| of == package).or(first);
        let reason = own.map_or(run.last_words.clone(), |(_, message)| {
            let text = message
                .get("message")
                .and_then(Value::as_str)
                .unwrap_or_default();
            format!("{text} ({})", place(message))
        });
        failed.insert(package.clone(), reason);
    }
    Ok(failed)
}

/// Where a message of the compiler points.
fn place(message: &Value) -> String {
    let span = message.pointer("/spans/0");
    let field = |name| span.and_then(|span| span.get(name));
    let file = field("file_name")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let line = field("line_start")
        .and_then(Value::as_u64)
        .unwrap_or_default();
    format!("{file}:{line}")
}

struct Run {
    /// Package and message.
    messages: Vec<(String, Value)>,
    /// Packages with an artefact.
    built: BTreeSet<String>,
    last_words: String,
}

fn cargo(work: &Path, command: &str, packages: &[String]) -> Result<Run, Fault> {
    let work = fs::canonicalize(work).map_err(Fault::at(work))?;
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .current_dir(&work)
        .args([command, "--keep-going", "--message-format=json"])
        .arg("--target-dir")
        .arg(target(&work))
        .env("CARGO_INCREMENTAL", "0")
        .env_remove("RUSTFLAGS")
        .stdin(Stdio::null());
    for package in packages {
        cargo.args(["-p", package]);
    }
    let output = cargo.output().map_err(Fault::at(&work))?;
    let mut run = Run {
        messages: Vec::new(),
        built: BTreeSet::new(),
        last_words: last_words(&output.stderr),
    };
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let Ok(message) = serde_json::from_str::<Value>(line) else {
            continue;
        };
        let manifest = message
            .get("manifest_path")
            .and_then(Value::as_str)
            .map(Path::new);
        let folder = manifest.and_then(Path::parent).and_then(Path::file_name);
        let Some(package) = folder.map(|it| it.to_string_lossy().into_owned()) else {
            continue;
        };
        match message.get("reason").and_then(Value::as_str) {
            Some("compiler-artifact") => {
                run.built.insert(package);
            }
            Some("compiler-message") => {
                let inner = message.get("message").cloned().unwrap_or_default();
                run.messages.push((package, inner));
            }
            _ => {}
        }
    }
    Ok(run)
}

/// The last line that cargo itself printed, for where it never came to compile.
fn last_words(stderr: &[u8]) -> String {
    let text = String::from_utf8_lossy(stderr);
    let mut errors = text.lines().filter(|line| line.starts_with("error"));
    errors.next_back().unwrap_or_default().to_owned()
}
