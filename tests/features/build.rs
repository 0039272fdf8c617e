//! Generates a module tree for each document in `fixtures`.

mod made;
mod poison;

use std::path::PathBuf;
use std::{env, fs};

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
    let mut paths: Vec<PathBuf> = fs::read_dir("fixtures")?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
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
        specwright::Builder::new(&document)
            .name(name)
            .mount(format!("generated::{name}"))
            .generate()?;
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
    Ok(())
}
