//! A small program for each generated crate, which reads and writes values of its types.

use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use serde_json::Value;

use crate::compile;
use crate::fault::Fault;

/// The program of one crate.
pub(crate) struct Driver {
    /// Its package.
    pub(crate) package: String,
    binary: PathBuf,
}

/// What is to be done with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Decode as a client does, and encode.
    RoundTrip,
    /// Decode and check as a server does.
    Strict,
}

/// One value for a type.
pub(crate) struct Job<'a> {
    /// Index of the type.
    pub(crate) index: usize,
    pub(crate) mode: Mode,
    pub(crate) value: &'a Value,
}

/// What the program said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Answer {
    /// The value as it was encoded, or nothing where it was only checked.
    Fine(String),
    Refused(String),
    Panicked(String),
    /// The program ended before it answered.
    Gone,
}

impl Driver {
    /// Writes the program for `types`, where it is not as it should be already.
    ///
    /// `name` is that of the program, `package` the crate whose types they are.
    pub(crate) fn write(
        work: &Path,
        name: &str,
        package: &str,
        types: &[String],
    ) -> Result<Self, Fault> {
        let name = name.replacen("api-", "driver-", 1);
        let folder = work.join("drivers").join(&name);
        fs::create_dir_all(folder.join("src")).map_err(Fault::at(&folder))?;
        let mut manifest = MANIFEST
            .replace("DRIVER", &name)
            .replace("PACKAGE", package);
        let theirs = work.join("crates").join(package).join("Cargo.toml");
        let theirs = fs::read_to_string(&theirs).map_err(Fault::at(&theirs))?;
        // A crate that is split by tag has its types behind features.
        if theirs.contains("\nfull = [") {
            let all = "default-features = false, features = [\"full\"]";
            manifest = manifest.replace("default-features = false", all);
        }
        manifest.push_str(&libraries(&theirs, types));
        compile::write_if_changed(&folder.join("Cargo.toml"), &manifest)?;
        let mut table = String::new();
        for rust in types {
            // Writing to a `String` cannot fail.
            let _ = writeln!(table, "    types!({rust}),");
        }
        let program = PROGRAM.replace("//TYPES", &table);
        compile::write_if_changed(&folder.join("src/main.rs"), &program)?;
        Ok(Self {
            binary: compile::target(work).join("debug").join(&name),
            package: name,
        })
    }

    /// Sends the jobs, and gives an answer for each.
    pub(crate) fn run<'a>(&self, jobs: impl Iterator<Item = Job<'a>>) -> Vec<Answer> {
        let mut input = String::new();
        let mut count = 0;
        for job in jobs {
            let mode = match job.mode {
                Mode::RoundTrip => 'r',
                Mode::Strict => 's',
            };
            let _ = writeln!(input, "{} {mode} {}", job.index, job.value);
            count += 1;
        }
        let mut answers = self.talk(input).unwrap_or_default();
        answers.resize(count, Answer::Gone);
        answers
    }

    fn talk(&self, input: String) -> Option<Vec<Answer>> {
        let mut child = Command::new(&self.binary)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let mut stdin = child.stdin.take()?;
        let writer = thread::spawn(move || stdin.write_all(input.as_bytes()));
        let lines = BufReader::new(child.stdout.take()?).lines();
        let answers = lines
            .map_while(Result::ok)
            .map(|line| answer(&line))
            .collect();
        let _ = child.wait();
        let _ = writer.join();
        Some(answers)
    }
}

/// The dependencies of the generated crate whose types are named.
fn libraries(manifest: &str, types: &[String]) -> String {
    let lines = manifest
        .lines()
        .skip_while(|line| *line != "[dependencies]");
    let mut named = String::new();
    for line in lines.skip(1).take_while(|line| !line.starts_with('[')) {
        let Some((library, _)) = line.split_once(" = ") else {
            continue;
        };
        let path = format!("{}::", library.replace('-', "_"));
        if library != "serde_json" && types.iter().any(|rust| rust.contains(&path)) {
            named.push_str(&line.replace(", optional = true", ""));
            named.push('\n');
        }
    }
    named
}

fn answer(line: &str) -> Answer {
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    let text = || serde_json::from_str(rest).unwrap_or_default();
    match word {
        "fine" => Answer::Fine(rest.to_owned()),
        "refused" => Answer::Refused(text()),
        "panicked" => Answer::Panicked(text()),
        _ => Answer::Gone,
    }
}

const MANIFEST: &str = r#"[package]
name = "DRIVER"
version = "0.0.0"
edition = "2024"
publish = false

[dependencies]
api = { package = "PACKAGE", path = "../../crates/PACKAGE", default-features = false }
serde_json = "1"
"#;

const PROGRAM: &str = include_str!("driver_program.rs.in");
