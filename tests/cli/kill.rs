//! A run that is killed leaves no half-written file, `check` sees it, and the next run completes it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use super::support::{Place, SPEC};

/// Every file below a directory that is not a temporary one, the manifest aside.
fn files(dir: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut pending = vec![dir.to_path_buf()];
    while let Some(at) = pending.pop() {
        let Ok(entries) = fs::read_dir(&at) else {
            continue;
        };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() {
                pending.push(path);
            } else if !path
                .file_name()
                .unwrap()
                .to_string_lossy()
                .starts_with(".specwright")
            {
                let name = path
                    .strip_prefix(dir)
                    .unwrap()
                    .to_string_lossy()
                    .into_owned();
                found.insert(name, fs::read_to_string(path).unwrap());
            }
        }
    }
    found
}

/// Another document: every generated file of the first changes, goes or stays.
fn other() -> String {
    SPEC.replace("Pet Shop", "Pet Shop 2")
        .replace("Pet:", "Dog:")
        .replace("schemas/Pet'", "schemas/Dog'")
}

/// A generator of numbers that is good enough to spread moments (Marsaglia's xorshift).
fn next(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}

#[test]
fn killed_at_random_moments() {
    let place = Place::new();
    place.write("other.yaml", &other());
    let args = ["generate", "spec.yaml", "--out", "whole"];
    let start = Instant::now();
    assert!(place.command(args).output().unwrap().status.success());
    let took = start.elapsed();
    place.run("generate other.yaml --out whole-other").expect(0);
    let (whole, whole_other) = (
        files(&place.path("whole")),
        files(&place.path("whole-other")),
    );

    let out = place.path("out");
    let mut seed = 0x2545_f491_4f6c_dd1d;
    let mut interrupted = 0;
    for round in 0..20 {
        // Rounds start from nothing, from the same files, and from those of another document.
        match round % 4 {
            0 => drop(fs::remove_dir_all(&out)),
            _ => drop(place.run("generate other.yaml --out out").expect(0)),
        }
        let mut command = place.command(["generate", "spec.yaml", "--out", "out"]);
        let mut child = command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Most moments fall into the last part of a run, which is when it writes.
        let micros = u64::try_from(took.as_micros()).unwrap();
        let part = if round % 2 == 0 {
            next(&mut seed) % micros
        } else {
            micros / 2 + next(&mut seed) % (micros / 2)
        };
        thread::sleep(Duration::from_micros(part));
        let _ = child.kill();
        let done = child.wait().unwrap().success();

        for (name, text) in files(&out) {
            let is_whole = whole.get(&name) == Some(&text) || whole_other.get(&name) == Some(&text);
            assert!(is_whole, "round {round}: {name} is half written");
        }
        let check = place.run("check spec.yaml --out out");
        if !done {
            interrupted += 1;
        }
        // A kill may come after the last step, when there is nothing left to do.
        let complete = files(&out) == whole && check.code == 0;
        assert_eq!(
            check.code,
            i32::from(!complete),
            "round {round}: {}",
            check.out
        );
        place.run("generate spec.yaml --out out").expect(0);
        place.run("check spec.yaml --out out").expect(0);
        assert_eq!(files(&out), whole, "round {round}");
    }
    assert!(
        interrupted > 0,
        "no run was interrupted; a run takes {took:?}"
    );
}

/// Kills as soon as a file appears, so that a part of the files is there for certain.
#[test]
fn killed_while_writing() {
    let mut unfinished = 0;
    for _ in 0..10 {
        let place = Place::new();
        let mut command = place.command(["generate", "spec.yaml", "--out", "out"]);
        let mut child = command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let manifest = place.path("out/.specwright.json");
        while !manifest.exists() && child.try_wait().unwrap().is_none() {
            thread::yield_now();
        }
        let _ = child.kill();
        child.wait().unwrap();
        let check = place.run("check spec.yaml --out out");
        if check.code == 1 {
            unfinished += 1;
            assert!(
                check
                    .out
                    .contains(".specwright.json is left from an unfinished run"),
                "{}",
                check.out
            );
        }
        place.run("generate spec.yaml --out out").expect(0);
        place.run("check spec.yaml --out out").expect(0);
    }
    assert!(unfinished > 0, "every run ended before it was killed");
}
