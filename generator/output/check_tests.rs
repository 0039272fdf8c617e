use std::fs;

use super::*;
use crate::output::{FileSet, write};

fn set() -> FileSet {
    let mut set = FileSet::default();
    set.insert("Cargo.toml", "[package]\n").unwrap();
    set.insert("src/lib.rs", "one\ntwo\nthree\n").unwrap();
    set.insert("src/support/mod.rs", "mod a;\n").unwrap();
    set
}

fn kinds(drifts: &[Drift]) -> Vec<(&str, DriftKind)> {
    drifts
        .iter()
        .map(|drift| (drift.path.as_str(), drift.kind))
        .collect()
}

#[test]
fn every_kind_of_drift() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), &set(), false).unwrap();
    assert_eq!(check(dir.path(), &set()).unwrap(), []);

    let mut newer = FileSet::default();
    newer.insert("Cargo.toml", "[package]\n").unwrap();
    newer.insert("src/lib.rs", "one\n2\nthree\n").unwrap();
    newer.insert("src/added.rs", "added\n").unwrap();
    newer.insert("src/support/mod.rs", "mod b;\n").unwrap();
    fs::write(dir.path().join("src/support/mod.rs"), "mod hand;\n").unwrap();
    fs::create_dir_all(dir.path().join("src/deep/er")).unwrap();
    fs::write(dir.path().join("src/deep/er/x.rs"), "x\n").unwrap();
    fs::write(dir.path().join("build.rs"), "fn main() {}\n").unwrap();
    fs::write(dir.path().join("src/.specwright-1-2.tmp"), "half").unwrap();
    // None of the generator's business.
    fs::create_dir_all(dir.path().join("target/debug")).unwrap();
    fs::write(dir.path().join("target/debug/x"), "").unwrap();
    fs::create_dir_all(dir.path().join("tests")).unwrap();
    fs::write(dir.path().join("tests/own.rs"), "").unwrap();
    fs::write(dir.path().join("Cargo.lock"), "").unwrap();

    let drifts = check(dir.path(), &newer).unwrap();
    assert_eq!(
        kinds(&drifts),
        [
            (MANIFEST, DriftKind::Outdated),
            ("build.rs", DriftKind::Extra),
            ("src/.specwright-1-2.tmp", DriftKind::Unfinished),
            ("src/added.rs", DriftKind::Missing),
            ("src/deep/er/x.rs", DriftKind::Extra),
            ("src/lib.rs", DriftKind::Outdated),
            ("src/support/mod.rs", DriftKind::Edited),
        ]
    );
}

#[test]
fn what_is_generated_no_longer_is_not_extra() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), &set(), false).unwrap();
    let mut fewer = FileSet::default();
    fewer.insert("Cargo.toml", "[package]\n").unwrap();
    fs::write(dir.path().join("src/lib.rs"), "mine\n").unwrap();
    assert_eq!(
        kinds(&check(dir.path(), &fewer).unwrap()),
        [
            (MANIFEST, DriftKind::Outdated),
            ("src/lib.rs", DriftKind::Edited),
            ("src/support/mod.rs", DriftKind::Stale),
        ]
    );
    write(dir.path(), &fewer, true).unwrap();
    assert_eq!(check(dir.path(), &fewer).unwrap(), []);
}

#[test]
fn a_directory_that_is_not_there_lacks_everything() {
    let dir = tempfile::tempdir().unwrap();
    let drifts = check(&dir.path().join("none"), &set()).unwrap();
    assert_eq!(drifts.len(), 4);
    assert!(drifts.iter().all(|drift| drift.kind == DriftKind::Missing));
    assert!(!dir.path().join("none").exists());
}

#[cfg(feature = "cli")]
#[test]
fn diffs_go_from_what_is_there_to_what_would_be() {
    let drift = |found: Option<&[u8]>, generated: Option<&[u8]>| Drift {
        path: "src/lib.rs".into(),
        kind: DriftKind::Edited,
        found: found.map(<[u8]>::to_vec),
        generated: generated.map(<[u8]>::to_vec),
    };
    assert_eq!(
        drift(Some(b"one\r\n2\n"), Some(b"one\ntwo\n")).diff("out/src/lib.rs"),
        "--- out/src/lib.rs\n+++ out/src/lib.rs\n@@ -1,2 +1,2 @@\n one\n-2\n+two\n"
    );
    assert_eq!(
        drift(None, Some(b"a\n")).diff("x"),
        "--- /dev/null\n+++ x\n@@ -0,0 +1 @@\n+a\n"
    );
    assert_eq!(
        drift(Some(b"a\n"), None).diff("x"),
        "--- x\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n"
    );
    assert!(
        drift(Some(b"a\0"), None)
            .diff("x")
            .ends_with("Binary or very large files differ\n")
    );
}
