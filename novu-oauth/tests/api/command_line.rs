//! The binary.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Output, Stdio};

fn binary() -> Command {
    Command::new(env!("CARGO_BIN_EXE_novu-oauth"))
}

fn text(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    (text(&output.stdout), text(&output.stderr))
}

#[test]
fn demo_prints_one_url() {
    let output = binary().arg("demo").output().expect("to run");
    let (out, err) = text(&output);
    assert!(output.status.success(), "{err}");
    assert!(
        out.starts_with("https://slack.com/oauth/v2/authorize?state="),
        "{out}"
    );
    assert_eq!(out.lines().count(), 1);
    assert!(err.contains("201 Created"), "{err}");
}

#[test]
fn serve_names_the_fault_of_its_configuration() {
    let dir = tempfile::tempdir().expect("a directory");
    let file = dir.path().join("novu.toml");
    fs::write(
        &file,
        "listen = \"127.0.0.1:0\"\napi_rot = \"https://novu.example.com\"\n",
    )
    .expect("to write");
    let output = binary()
        .arg("serve")
        .arg("--config")
        .arg(&file)
        .output()
        .expect("to run");
    let (_, err) = text(&output);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        err.starts_with(&format!(
            "error: {}:2:1: unknown field `api_rot`",
            file.display()
        )),
        "{err}"
    );
}

#[cfg(unix)]
#[test]
fn serve_ends_when_it_is_asked_to() {
    let dir = tempfile::tempdir().expect("a directory");
    let file = dir.path().join("novu.toml");
    fs::write(&file, include_str!("config.toml")).expect("to write");
    let mut child = binary()
        .args(["serve", "--config"])
        .arg(&file)
        .stderr(Stdio::piped())
        .spawn()
        .expect("to run");
    let mut line = String::new();
    let mut lines = BufReader::new(child.stderr.take().expect("a pipe"));
    lines.read_line(&mut line).expect("a line");
    assert!(line.starts_with("listening on http://127.0.0.1:"), "{line}");
    let killed = Command::new("kill")
        .arg(child.id().to_string())
        .status()
        .expect("to run");
    assert!(killed.success());
    assert!(child.wait().expect("to end").success());
}
