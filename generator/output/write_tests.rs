use std::time::SystemTime;

use super::*;
use crate::output::{Provenance, check};

fn set(files: &[(&str, &str)]) -> FileSet {
    let mut set = FileSet::new(Provenance {
        spec: "s".into(),
        config: "c".into(),
        ..Provenance::default()
    });
    for (path, text) in files {
        set.insert(*path, *text).unwrap();
    }
    set
}

fn first() -> FileSet {
    set(&[
        ("Cargo.toml", "one\n"),
        ("src/lib.rs", "lib\n"),
        ("src/support/old.rs", "old\n"),
        ("src/same.rs", "same\n"),
    ])
}

fn second() -> FileSet {
    set(&[
        ("Cargo.toml", "two\n"),
        ("src/lib.rs", "lib 2\n"),
        ("src/new/a.rs", "a\n"),
        ("src/same.rs", "same\n"),
    ])
}

fn snapshot(dir: &Path) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
    let mut found = BTreeMap::new();
    let mut pending = vec![dir.to_path_buf()];
    while let Some(at) = pending.pop() {
        for entry in fs::read_dir(at).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_symlink() {
                continue;
            }
            if entry.file_type().unwrap().is_dir() {
                pending.push(entry.path());
            } else {
                let name = entry
                    .path()
                    .strip_prefix(dir)
                    .unwrap()
                    .to_string_lossy()
                    .into_owned();
                let modified = entry.metadata().unwrap().modified().unwrap();
                found.insert(name, (fs::read(entry.path()).unwrap(), modified));
            }
        }
    }
    found
}

fn reasons(result: Result<Written, WriteError>) -> Vec<Refusal> {
    match result {
        Err(WriteError::Refused { reasons, .. }) => reasons,
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn the_second_run_writes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("deep/out");
    let written = write(&out, &first(), false).unwrap();
    assert_eq!(
        written.written,
        [
            "Cargo.toml",
            "src/lib.rs",
            "src/same.rs",
            "src/support/old.rs"
        ]
    );
    assert!(written.manifest);
    assert_eq!(check(&out, &first()).unwrap(), []);
    let before = snapshot(&out);
    assert_eq!(before.len(), 5);
    let again = write(&out, &first(), false).unwrap();
    assert_eq!(
        again,
        Written {
            unchanged: 4,
            ..Written::default()
        }
    );
    assert_eq!(snapshot(&out), before);
}

#[test]
fn only_what_changed_is_written_and_what_is_gone_is_removed() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), &first(), false).unwrap();
    let before = snapshot(dir.path());
    let written = write(dir.path(), &second(), false).unwrap();
    assert_eq!(
        written.written,
        ["Cargo.toml", "src/lib.rs", "src/new/a.rs"]
    );
    assert_eq!(written.removed, ["src/support/old.rs"]);
    assert_eq!(written.unchanged, 1);
    assert!(
        !dir.path().join("src/support").exists(),
        "empty directories go"
    );
    assert_eq!(snapshot(dir.path())["src/same.rs"], before["src/same.rs"]);
    assert_eq!(check(dir.path(), &second()).unwrap(), []);
}

#[test]
fn files_get_ordinary_permissions() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), &first(), false).unwrap();
    fs::write(dir.path().join("plain"), "").unwrap();
    let mode = |name: &str| fs::metadata(dir.path().join(name)).unwrap().permissions();
    assert_eq!(mode("Cargo.toml"), mode("plain"));
    assert_eq!(mode(MANIFEST), mode("plain"));
}

#[test]
fn a_change_of_provenance_alone_replaces_the_manifest_alone() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), &first(), false).unwrap();
    let before = snapshot(dir.path());
    let mut other = first();
    other.provenance.spec = "t".into();
    assert_eq!(check(dir.path(), &other).unwrap().len(), 1);
    assert_eq!(write(dir.path(), &other, false).unwrap().written, [""; 0]);
    let after = snapshot(dir.path());
    let changed: Vec<&String> = after
        .keys()
        .filter(|name| after[*name] != before[*name])
        .collect();
    assert_eq!(changed, [MANIFEST]);
}

#[test]
fn a_directory_that_is_not_ours_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("notes.txt"), "mine").unwrap();
    fs::write(dir.path().join("Cargo.toml"), "mine").unwrap();
    let before = snapshot(dir.path());
    let error = write(dir.path(), &first(), false).unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("it holds `Cargo.toml` and no `.specwright.json`"),
        "{text}"
    );
    assert!(text.contains("--force"), "{text}");
    assert_eq!(reasons(Err(error)), [Refusal::Foreign("Cargo.toml".into())]);
    assert_eq!(snapshot(dir.path()), before);

    write(dir.path(), &first(), true).unwrap();
    assert_eq!(fs::read(dir.path().join("notes.txt")).unwrap(), b"mine");
    assert_eq!(
        check(dir.path(), &first()).unwrap().len(),
        1,
        "the notes are extra"
    );
}

#[test]
fn what_cargo_leaves_does_not_make_a_directory_foreign() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("target")).unwrap();
    fs::write(dir.path().join("Cargo.lock"), "").unwrap();
    write(dir.path(), &first(), false).unwrap();
    assert_eq!(check(dir.path(), &first()).unwrap(), []);
}

#[test]
fn edits_by_hand_are_refused_all_at_once() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), &first(), false).unwrap();
    fs::write(dir.path().join("src/lib.rs"), "edited").unwrap();
    fs::write(dir.path().join("src/support/old.rs"), "edited").unwrap();
    fs::create_dir(dir.path().join("src/new")).unwrap();
    fs::write(dir.path().join("src/new/a.rs"), "mine").unwrap();
    let before = snapshot(dir.path());
    assert_eq!(
        reasons(write(dir.path(), &second(), false)),
        [
            Refusal::Edited("src/lib.rs".into()),
            Refusal::InTheWay("src/new/a.rs".into()),
            Refusal::Edited("src/support/old.rs".into()),
        ]
    );
    assert_eq!(snapshot(dir.path()), before);
    write(dir.path(), &second(), true).unwrap();
    assert_eq!(check(dir.path(), &second()).unwrap(), []);
}

#[test]
fn an_edit_that_is_what_would_be_generated_is_fine() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), &first(), false).unwrap();
    fs::write(dir.path().join("src/lib.rs"), "lib 2\n").unwrap();
    fs::remove_file(dir.path().join("Cargo.toml")).unwrap();
    write(dir.path(), &second(), false).unwrap();
    assert_eq!(check(dir.path(), &second()).unwrap(), []);
}

#[test]
fn line_ends_of_a_checkout_are_no_edit() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), &first(), false).unwrap();
    for name in ["src/lib.rs", MANIFEST] {
        let text = fs::read_to_string(dir.path().join(name)).unwrap();
        fs::write(dir.path().join(name), text.replace('\n', "\r\n")).unwrap();
    }
    assert_eq!(check(dir.path(), &first()).unwrap(), []);
    assert_eq!(write(dir.path(), &first(), false).unwrap().unchanged, 4);
    write(dir.path(), &second(), false).unwrap();
    assert_eq!(check(dir.path(), &second()).unwrap(), []);
}

#[test]
fn a_damaged_manifest_is_refused_and_cannot_reach_outside() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    write(&out, &first(), false).unwrap();
    fs::write(dir.path().join("precious"), "x\n").unwrap();
    let text = fs::read_to_string(out.join(MANIFEST)).unwrap();
    for damaged in [
        "{".to_owned(),
        "[]".to_owned(),
        text.replace("src/support/old.rs", "../precious")
            .replace(&hash(b"old\n"), &hash(b"x\n")),
    ] {
        fs::write(out.join(MANIFEST), damaged).unwrap();
        assert_eq!(reasons(write(&out, &second(), false)), [Refusal::Manifest]);
        assert!(!check(&out, &first()).unwrap().is_empty());
    }
    write(&out, &second(), true).unwrap();
    assert_eq!(fs::read(dir.path().join("precious")).unwrap(), b"x\n");
}

#[test]
fn a_lost_or_conflicting_manifest_beside_the_right_files_is_written_again() {
    for damage in [None, Some("<<<<<<< HEAD\n{}\n")] {
        let dir = tempfile::tempdir().unwrap();
        write(dir.path(), &first(), false).unwrap();
        match damage {
            None => fs::remove_file(dir.path().join(MANIFEST)).unwrap(),
            Some(text) => fs::write(dir.path().join(MANIFEST), text).unwrap(),
        }
        assert_eq!(check(dir.path(), &first()).unwrap().len(), 1);
        assert!(write(dir.path(), &second(), false).is_err());
        assert_eq!(write(dir.path(), &first(), false).unwrap().written, [""; 0]);
        assert_eq!(check(dir.path(), &first()).unwrap(), []);
    }
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_symbolic_link() {
    use std::os::unix::fs::symlink;

    for (link, behind) in [("src", true), ("src/lib.rs", false), (MANIFEST, false)] {
        let dir = tempfile::tempdir().unwrap();
        let (out, elsewhere) = (dir.path().join("out"), dir.path().join("elsewhere"));
        write(&out, &first(), false).unwrap();
        fs::rename(out.join(link), &elsewhere).unwrap();
        symlink(&elsewhere, out.join(link)).unwrap();
        let before = snapshot(dir.path());
        for force in [false, true] {
            let refused = reasons(write(&out, &second(), force));
            let what = if behind {
                "lies behind a symbolic link"
            } else {
                "is a symbolic link"
            };
            assert!(
                refused.iter().any(|r| matches!(r, Refusal::Unsafe(path, w) if path.starts_with(link) && *w == what)),
                "{refused:?}"
            );
        }
        assert_eq!(snapshot(dir.path()), before);
        let drifts = check(&out, &first()).unwrap();
        assert!(
            drifts
                .iter()
                .any(|d| matches!(d.kind, crate::output::DriftKind::Unsafe(_))),
            "{drifts:?}"
        );
    }
}

#[test]
fn a_directory_in_the_place_of_a_file_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("src/lib.rs")).unwrap();
    assert_eq!(
        reasons(write(dir.path(), &first(), true)),
        [Refusal::Unsafe("src/lib.rs".into(), "is a directory")]
    );
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("src"), "").unwrap();
    assert!(matches!(
        reasons(write(dir.path(), &first(), true))[..],
        [Refusal::Unsafe(..), ..]
    ));
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// The directory as a kill would leave it after each step of a run, once per step.
fn killed(start: Option<&FileSet>, run: &FileSet) -> Vec<tempfile::TempDir> {
    let mut states = Vec::new();
    loop {
        let dir = tempfile::tempdir().unwrap();
        if let Some(start) = start {
            write(dir.path(), start, false).unwrap();
        }
        let mut left = states.len();
        let result = write_stepwise(dir.path(), run, false, &mut || {
            if left == 0 {
                return Err(io::Error::other("killed"));
            }
            left -= 1;
            Ok(())
        });
        if result.is_ok() {
            return states;
        }
        states.push(dir);
    }
}

#[test]
fn a_run_that_was_killed_is_seen_and_completed() {
    for start in [None, Some(first())] {
        let states = killed(start.as_ref(), &second());
        assert!(states.len() > 12, "{}", states.len());
        let last = states.len() - 1;
        for (index, state) in states.iter().enumerate() {
            // Only the last step, the manifest's rename, is followed by nothing.
            let drifts = check(state.path(), &second()).unwrap();
            assert_eq!(drifts.is_empty(), index == last, "step {index}: {drifts:?}");
            // No file is half written: each is as before, as after, or absent.
            for (name, (bytes, _)) in snapshot(state.path()) {
                if directory::is_temporary(&name) || name == MANIFEST {
                    continue;
                }
                let whole = [start.as_ref(), Some(&second())]
                    .into_iter()
                    .flatten()
                    .any(|set| set.get(&name) == Some(&bytes));
                assert!(whole, "step {index}: {name}");
            }
            for next in [second(), first(), set(&[("README.md", "third")])] {
                let copied = tempfile::tempdir().unwrap();
                copy(state.path(), copied.path());
                write(copied.path(), &next, false).unwrap();
                assert_eq!(check(copied.path(), &next).unwrap(), [], "step {index}");
                assert!(
                    !snapshot(copied.path())
                        .keys()
                        .any(|name| directory::is_temporary(name))
                );
            }
        }
    }
}

#[test]
fn an_edit_after_a_kill_is_still_refused() {
    for state in killed(Some(&first()), &second()) {
        fs::write(state.path().join("src/lib.rs"), "edited").unwrap();
        assert_eq!(
            reasons(write(state.path(), &second(), false)),
            [Refusal::Edited("src/lib.rs".into())]
        );
    }
}

#[test]
fn kills_in_a_row_are_completed_too() {
    for state in killed(Some(&first()), &second()) {
        let third = set(&[("Cargo.toml", "three\n"), ("src/lib.rs", "lib 3\n")]);
        let mut left = 4;
        let _ = write_stepwise(state.path(), &third, false, &mut || {
            left -= 1;
            if left == 0 {
                Err(io::Error::other("killed"))
            } else {
                Ok(())
            }
        });
        write(state.path(), &first(), false).unwrap();
        assert_eq!(check(state.path(), &first()).unwrap(), []);
    }
}

#[cfg(unix)]
#[test]
fn runs_at_once_do_not_disturb_each_other() {
    let dir = tempfile::tempdir().unwrap();
    let sets = [first(), second()];
    std::thread::scope(|scope| {
        for worker in 0..4 {
            let (dir, set) = (dir.path(), &sets[worker % 2]);
            scope.spawn(move || {
                for _ in 0..20 {
                    write(dir, set, false).unwrap();
                }
            });
        }
    });
    let settled = sets
        .iter()
        .filter(|set| check(dir.path(), set).unwrap().is_empty())
        .count();
    assert_eq!(settled, 1);
}
