//! Real documents, where `SPECWRIGHT_DATA` names a folder that has them under `corpus`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::read;
use crate::diag::{Report, Severity, Sink};
use crate::source::Source;

fn corpus() -> Option<PathBuf> {
    let Some(data) = std::env::var_os("SPECWRIGHT_DATA").filter(|it| !it.is_empty()) else {
        eprintln!("SKIPPED: SPECWRIGHT_DATA is not set, so no real document was read");
        return None;
    };
    Some(Path::new(&data).join("corpus"))
}

fn documents(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut files: Vec<_> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|it| it == "json" || it == "yaml")
        })
        .filter(|path| path.file_stem().is_some_and(|stem| stem != "manifest"))
        .collect();
    files.sort();
    files
}

fn report(path: &Path) -> (bool, Report) {
    let mut sink = Sink::new();
    let document = read(&Source::path(path).unwrap(), &mut sink);
    (document.is_some(), sink.into_report())
}

#[test]
fn every_real_document_is_read() {
    let Some(corpus) = corpus() else { return };
    let files = documents(&corpus);
    assert!(files.len() > 50, "{corpus:?} holds few documents");
    let mut counts: BTreeMap<_, usize> = BTreeMap::new();
    for path in files {
        let (read, report) = report(&path);
        assert!(read, "{}\n{}", path.display(), report.plain());
        for entry in &report.located {
            let diagnostic = &entry.diagnostic;
            assert!(diagnostic.severity < Severity::Error, "{}", report.plain());
            assert!(entry.span.is_some(), "{}: {diagnostic:?}", path.display());
            *counts.entry(diagnostic.code.name()).or_default() += 1;
        }
    }
    eprintln!("{counts:?}");
}

#[test]
fn every_invalid_document_is_told_why() {
    let Some(corpus) = corpus() else { return };
    for (file, code, position) in [
        ("speakeasy-edge-cases.json", "missing-field", (1, 1)),
        ("speakeasy-edge-cases.json", "duplicate-key", (44, 3)),
        ("oapicodegen-no-info.yaml", "missing-field", (3, 1)),
        ("oai32-no-containers.yaml", "missing-field", (1, 1)),
        ("oai32-servers.yaml", "wrong-type", (9, 1)),
        ("oai32-invalid-schema-types.yaml", "wrong-type", (10, 19)),
        (
            "oai32-parameter-object-content-not-with-style.yaml",
            "conflicting-fields",
            (14, 14),
        ),
        (
            "oai32-operation-object-two-querystrings.yaml",
            "conflicting-fields",
            (16, 13),
        ),
        ("constructed-truncated.json", "syntax-error", (1, 935)),
        ("constructed-tab-indent.yaml", "syntax-error", (3, 1)),
        ("constructed-duplicate-key.yaml", "duplicate-key", (212, 1)),
    ] {
        let (_, report) = report(&corpus.join("invalid").join(file));
        let found = report.located.iter().any(|entry| {
            let span = entry.span.unwrap();
            entry.diagnostic.code.name() == code && (span.line, span.column) == position
        });
        assert!(
            found,
            "{file}: no {code} at {position:?}\n{}",
            report.plain()
        );
    }
}
