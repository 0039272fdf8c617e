//! What holds for every file that is written by hand.

use crate::tree::{code, files, read, sources};

/// The longest that a file may be, in lines. Data and lock files are as long as they are.
const LINES: usize = 500;

/// Words that have no place in what is committed: unfinished work and paths of one machine.
const UNWANTED: &[&str] = &[
    "TODO",
    "FIXME",
    "XXX",
    "HACK",
    "/home/",
    "C:\\Users",
    "/work/",
];

/// This file names what it looks for.
const HERE: &str = "tests/integration/files.rs";

fn is_text(path: &str) -> bool {
    let extension = path.rsplit('.').next().unwrap_or_default();
    ["rs", "md", "toml", "tmpl", "yaml", "yml"].contains(&extension) || path == ".ci/run"
}

fn is_code(path: &str) -> bool {
    is_text(path) && !path.starts_with("spec/")
}

#[test]
fn files_are_short() {
    let mut long = Vec::new();
    for path in files("").iter().filter(|path| is_code(path)) {
        let lines = read(path).lines().count();
        if lines > LINES {
            long.push(format!("{path}: {lines} lines; at most {LINES}"));
        }
    }
    assert!(long.is_empty(), "\n{}", long.join("\n"));
}

#[test]
fn unwanted_words_are_absent() {
    let mut found = Vec::new();
    for path in files("")
        .iter()
        .filter(|path| is_text(path) && *path != HERE)
    {
        for (number, line) in read(path).lines().enumerate() {
            let words = UNWANTED.iter().filter(|word| line.contains(**word));
            found.extend(words.map(|word| format!("{path}:{}: `{word}`", number + 1)));
        }
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

/// The lints of the workspace say so too, but not of the templates, which are compiled by others.
#[test]
fn nothing_panics_outside_tests() {
    const PANICS: &[&str] = &[
        ".unwrap()",
        "panic!(",
        "unreachable!(",
        "todo!(",
        "unimplemented!(",
    ];
    let mut found = Vec::new();
    for path in [sources("generator"), sources("templates")].concat() {
        for (number, line) in code(&read(&path)).lines().enumerate() {
            let panics = PANICS.iter().filter(|text| line.contains(**text));
            found.extend(panics.map(|text| format!("{path}:{}: `{text}`", number + 1)));
            if expects(line) {
                found.push(format!("{path}:{}: `.expect(\"…\")`", number + 1));
            }
        }
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

/// Whether a line calls `expect` with a text, which is blank here; methods of that name take more.
fn expects(line: &str) -> bool {
    line.match_indices(".expect(").any(|(at, call)| {
        let argument = &line[at + call.len()..];
        argument.trim_start().starts_with(')')
    })
}
