//! The Rust of every fixture, for review.

use std::fs;
use std::path::Path;

use specwright::config::{ApiConfig, Config};
use specwright::diag::Sink;
use specwright::pipeline;
use specwright::source::Source;

#[test]
fn every_fixture_is_what_was_reviewed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_none_or(|it| it != "toml"))
        .collect();
    paths.sort();
    for path in paths {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let source = if path.is_dir() {
            Source::path(&path.join("openapi.yaml"))
        } else {
            Source::path(&path)
        }
        .unwrap();
        let mut sink = Sink::new();
        let settings = path.with_extension("toml");
        let config = if settings.exists() {
            Config::load(&settings).unwrap().apis.remove(0)
        } else {
            ApiConfig::default()
        };
        let generated = pipeline::generate(&source, &config, &mut sink)
            .unwrap()
            .unwrap();
        let diagnostics: Vec<String> = sink
            .diagnostics()
            .iter()
            .map(|found| {
                format!(
                    "{} at {}: {}\n",
                    found.code.name(),
                    found.place.pointer.as_str(),
                    found.message
                )
            })
            .collect();
        let text =
            |file: &str| String::from_utf8(generated.files.get(file).unwrap().to_vec()).unwrap();
        let operations = if text("src/operations.rs").contains("request! {") {
            text("src/operations.rs")
        } else {
            String::new()
        };
        insta::assert_snapshot!(
            name,
            format!(
                "{}{}{operations}",
                diagnostics.concat(),
                text("src/types.rs")
            )
        );
    }
}
