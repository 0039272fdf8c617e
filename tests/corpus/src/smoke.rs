//! A program over each of a few generated crates, with both halves: it has to link and to run.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::compile;
use crate::fault::Fault;

const MANIFEST: &str = r#"[package]
name = "SMOKE"
version = "0.0.0"
edition = "2024"
publish = false

[dependencies]
api = { package = "PACKAGE", path = "../../crates/PACKAGE" }
"#;

const PROGRAM: &str = r#"//! Builds a client.

fn main() {
    let client = api::client::Client::builder().base_url("http://localhost:1").build();
    println!("{}", client.is_ok());
}
"#;

/// Builds and runs a program for each of `packages`.
pub(crate) fn run(
    work: &Path,
    packages: &[String],
) -> Result<BTreeMap<String, Result<(), String>>, Fault> {
    let mut programs = Vec::new();
    for package in packages {
        let name = package.replacen("api-", "smoke-", 1);
        let folder = work.join("smoke").join(&name);
        fs::create_dir_all(folder.join("src")).map_err(Fault::at(&folder))?;
        let manifest = MANIFEST.replace("SMOKE", &name).replace("PACKAGE", package);
        compile::write_if_changed(&folder.join("Cargo.toml"), &manifest)?;
        compile::write_if_changed(&folder.join("src/main.rs"), PROGRAM)?;
        programs.push(name);
    }
    let failed = compile::binaries(work, &programs)?;
    let outcomes = packages.iter().zip(programs).map(|(package, program)| {
        let outcome = match failed.get(&program) {
            Some(reason) => Err(reason.clone()),
            None => start(&compile::target(work).join("debug").join(&program)),
        };
        (package.clone(), outcome)
    });
    Ok(outcomes.collect())
}

fn start(program: &Path) -> Result<(), String> {
    let output = Command::new(program)
        .output()
        .map_err(|error| error.to_string())?;
    let said = String::from_utf8_lossy(&output.stdout);
    if said.trim() == "true" {
        Ok(())
    } else {
        Err(format!(
            "it ended with {} and said `{}`",
            output.status,
            said.trim()
        ))
    }
}
