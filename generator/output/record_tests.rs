use std::fs;

use super::*;
use crate::output::{FileSet, Provenance, check, write};

fn set(build: Option<&str>) -> FileSet {
    let record = Record {
        name: "pets".into(),
        ..Record::default()
    };
    let mut record = record.signed();
    if let Some(build) = build {
        record.build = build.into();
    }
    let mut set = FileSet::new(Provenance {
        record: Some(record),
        ..Provenance::default()
    });
    set.insert("src/lib.rs", "lib\n").unwrap();
    set
}

#[test]
fn an_earlier_run_stands_until_something_is_touched() {
    let dir = tempfile::tempdir().unwrap();
    let earlier = || Earlier::of(dir.path());
    assert!(earlier().is_none());
    write(dir.path(), &set(None), false).unwrap();
    assert_eq!(earlier().unwrap().record().name, "pets");
    assert_eq!(earlier().unwrap().files(), 2);
    assert!(earlier().unwrap().stands());

    let file = dir.path().join("src/lib.rs");
    fs::write(&file, "lib\r\n").unwrap();
    assert!(earlier().unwrap().stands(), "line ends are no edit");
    fs::write(&file, "lob\n").unwrap();
    assert!(!earlier().unwrap().stands());
    fs::remove_file(&file).unwrap();
    assert!(!earlier().unwrap().stands());
    fs::write(&file, "lib\n").unwrap();
    fs::write(dir.path().join("src/.specwright-1-1.tmp"), "").unwrap();
    assert!(!earlier().unwrap().stands(), "a run clears it away");
}

#[test]
fn what_another_generator_or_half_a_run_left_does_not_count() {
    let dir = tempfile::tempdir().unwrap();
    let earlier = || Earlier::of(dir.path());
    let manifest = dir.path().join(MANIFEST);
    write(dir.path(), &set(None), false).unwrap();
    let text = fs::read_to_string(&manifest).unwrap();

    let version = concat!("\"generator\": \"", env!("CARGO_PKG_VERSION"), "\"");
    fs::write(&manifest, text.replace(version, "\"generator\": \"0\"")).unwrap();
    assert!(earlier().is_none());
    fs::write(&manifest, text.replace(BUILD, "0")).unwrap();
    assert!(earlier().is_none());
    let half = text.replacen('{', "{\"unfinished\": {},", 1);
    fs::write(&manifest, half).unwrap();
    assert!(earlier().is_none());
    fs::write(&manifest, &text).unwrap();
    assert!(earlier().is_some());
}

#[test]
fn a_record_is_no_drift() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), &set(Some("of another build")), false).unwrap();
    assert_eq!(check(dir.path(), &set(None)).unwrap(), []);
    let again = write(dir.path(), &set(None), false).unwrap();
    assert!(
        !again.manifest,
        "builds that give the same do not take turns"
    );

    let mut other = set(None);
    other.provenance.record.as_mut().unwrap().notes = 1;
    assert_eq!(check(dir.path(), &other).unwrap(), []);
    assert!(write(dir.path(), &other, false).unwrap().manifest);
    assert!(Earlier::of(dir.path()).is_some());
}
