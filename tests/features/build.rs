//! Generates a module tree for each document in `fixtures`.

mod made;
mod poison;

use std::path::{Path, PathBuf};
use std::{env, fs};

use specwright::config::ApiConfig;
use specwright::diag::Sink;
use specwright::pipeline;
use specwright::source::Source;

/// Fixtures that have a mock, which their operations are sent to.
const MOCKED: &[&str] = &[
    "bodies",
    "mock",
    "multipart",
    "parameters",
    "streams",
    "webhooks",
    "wire",
];

/// One that has a response that nothing can be made up for, which the test does not take.
const UNSAMPLED: &str = "mock";

/// Fixtures that are generated once more with hostile text in them.
const POISONED: &[&str] = &[
    "bodies",
    "constraints",
    "defaults",
    "discriminators",
    "enums",
    "objects",
    "operations",
    "tuples",
    "unions",
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=fixtures");
    let mut modules = String::new();
    let mut loopbacks = String::new();
    let mut paths: Vec<PathBuf> = fs::read_dir("fixtures")?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    paths.retain(|path| path.extension().is_none_or(|it| it != "toml"));
    paths.sort();
    for path in paths {
        let name = path
            .file_stem()
            .and_then(|stem| stem.to_str())
            .ok_or("a fixture without a name")?;
        // A folder is one document of several files.
        let document = if path.is_dir() {
            path.join("openapi.yaml")
        } else {
            path.clone()
        };
        let mut builder = specwright::Builder::new(&document)
            .name(name)
            .mount(format!("generated::{name}"));
        if MOCKED.contains(&name) {
            builder = builder.mock();
            if name != UNSAMPLED {
                loopbacks.push_str(&loopback(&document, name)?);
            }
        }
        let settings = path.with_extension("toml");
        if settings.exists() {
            builder = builder.config_file(settings);
        }
        builder.generate()?;
        modules.push_str(&format!(
            "pub mod {name} {{ include!(concat!(env!(\"OUT_DIR\"), \"/{name}/mod.rs\")); }}\n"
        ));
    }
    for name in POISONED {
        let text = poison::poisoned(&PathBuf::from(format!("fixtures/{name}.yaml")))?;
        let name = format!("poisoned_{name}");
        specwright::Builder::text(format!("{name}.json"), text)
            .name(&name)
            .mount(format!("generated::{name}"))
            .generate()?;
        modules.push_str(&format!(
            "pub mod {name} {{ include!(concat!(env!(\"OUT_DIR\"), \"/{name}/mod.rs\")); }}\n"
        ));
    }
    for (name, document) in made::all() {
        specwright::Builder::text(format!("{name}.json"), document.to_string())
            .name(name)
            .mount(format!("generated::{name}"))
            .generate()?;
        modules.push_str(&format!(
            "pub mod {name} {{ include!(concat!(env!(\"OUT_DIR\"), \"/{name}/mod.rs\")); }}\n"
        ));
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("no OUT_DIR")?);
    fs::write(out.join("fixtures.rs"), modules)?;
    fs::write(out.join("loopbacks.rs"), loopbacks)?;
    Ok(())
}

/// The test that a crate of this document would have, as a module of these tests.
fn loopback(document: &Path, name: &str) -> Result<String, Box<dyn std::error::Error>> {
    let config = ApiConfig {
        name: Some("fixture".to_owned()),
        ..ApiConfig::default()
    };
    let generated = pipeline::generate(&Source::path(document)?, &config, &mut Sink::new())?;
    let generated = generated.ok_or("nothing is generated")?;
    let test = generated.files.get("tests/loopback.rs").unwrap_or_default();
    let test = String::from_utf8_lossy(test);
    let lines = test.lines().filter(|line| !line.starts_with("//"));
    let test: Vec<&str> = lines.collect();
    let test = test
        .join("\n")
        .replace("use fixture::", &format!("use crate::generated::{name}::"));
    Ok(format!("mod {name} {{\n{test}\n}}\n"))
}
