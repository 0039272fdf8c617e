//! The commands for those who run the service, on a database of their own.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_novu-oauth"))
        .args(arguments)
        .current_dir(folder)
        .env("NOVU_OAUTH_API_ROOT", "https://novu.example.com")
        .env_remove("NOVU_OAUTH_DATABASE")
        .env_remove("NOVU_OAUTH_KEYS")
        .output()
        .expect("to run")
}

#[track_caller]
fn json(folder: &Path, arguments: &[&str]) -> Value {
    let output = run(folder, &[arguments, &["--json"]].concat());
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {error}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[track_caller]
fn refusal(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    assert!(output.stdout.is_empty());
    String::from_utf8(output.stderr).expect("UTF-8")
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

#[test]
fn from_nothing_to_an_environment_that_mints() {
    let folder = folder();
    let path = folder.path();
    assert_eq!(json(path, &["migrate"])["migrated"], "sqlite:novu-oauth.db");
    let made = json(path, &["env", "create"]);
    let id = made["environment"].as_str().expect("an id");
    let key = made["api_key"].as_str().expect("a key");
    assert_eq!((id.len(), key.len()), (24, 48));
    assert_eq!(json(path, &["env", "list"])[0]["environment"], id);

    fs::write(path.join("secret"), "hunter2\n").expect("to write");
    let slack = [
        "integration",
        "add",
        "slack",
        "--environment",
        id,
        "--identifier",
        "main",
    ];
    let app = ["--client-id", "1.2", "--secret-key-file", "secret"];
    let added = json(path, &[&slack[..], &app[..]].concat());
    assert_eq!(added["provider"], "slack");
    assert_eq!(added.get("lacks"), None);
    let teams = [
        "integration",
        "add",
        "msteams",
        "--environment",
        id,
        "--identifier",
        "teams",
    ];
    let lacks = json(path, &teams)["lacks"].clone();
    assert_eq!(
        lacks,
        serde_json::json!(["client_id", "secret_key", "tenant_id"])
    );
    json(
        path,
        &["subscriber", "add", "--environment", id, "s-1", "s-2"],
    );
    assert_eq!(
        json(path, &["key", "rotate", "state", "--environment", id])["signing_keys"],
        2
    );
    let second = json(path, &["key", "rotate", "api", "--environment", id]);
    assert_ne!(second["api_key"], key);

    // Another key at the end of the file seals all from then on.
    assert_eq!(json(path, &["key", "rotate", "storage"])["sealed_again"], 0);
    let keys = path.join("novu-oauth.db.keys");
    let ring = fs::read_to_string(&keys).expect("a file");
    fs::write(&keys, format!("{ring}{}\n", "0a".repeat(32))).expect("to write");
    assert_eq!(json(path, &["key", "rotate", "storage"])["sealed_again"], 5);
    fs::write(&keys, "0a".repeat(32)).expect("to write");
    json(path, &["key", "rotate", "state", "--environment", id]);

    // Nothing of it is readable in the database.
    for file in fs::read_dir(path).expect("a folder") {
        let file = file.expect("a file").path();
        let bytes = fs::read(&file).expect("to read");
        let holds = |secret: &str| {
            bytes
                .windows(secret.len())
                .any(|found| found == secret.as_bytes())
        };
        let is_secret = file.ends_with("secret");
        assert!(is_secret || !holds("hunter2") && !holds(key), "{file:?}");
    }
}

#[test]
fn readable_by_people() {
    let folder = folder();
    let id = "66a1b2c3d4e5f60718293a4b";
    let made = run(
        folder.path(),
        &["env", "create", "--id", id, "--organization", id],
    );
    let text = String::from_utf8(made.stdout).expect("UTF-8");
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines[0], format!("environment   {id}"));
    assert!(lines[2].starts_with("api key       "), "{text}");
    let listed = run(folder.path(), &["env", "list"]);
    assert_eq!(
        String::from_utf8_lossy(&listed.stdout),
        format!("{id}  {id}\n")
    );
}

#[test]
fn what_cannot_be_done_is_said() {
    let folder = folder();
    let path = folder.path();
    let id = "66a1b2c3d4e5f60718293a4b";
    json(path, &["env", "create", "--id", id]);
    let add = |provider, more: &[&'static str]| {
        let start = [
            "integration",
            "add",
            provider,
            "--environment",
            id,
            "--identifier",
            "i",
        ];
        [&start[..], more].concat()
    };
    for (arguments, keyword) in [
        (vec!["env", "create", "--id", id], "already"),
        (vec!["env", "create", "--id", "x"], "24 hexadecimal digits"),
        (
            vec!["subscriber", "add", "--environment", "x", "s"],
            "no environment x",
        ),
        (
            vec!["subscriber", "add", "--environment", id, ""],
            "1 to 255 characters",
        ),
        (
            vec!["key", "rotate", "state", "--environment", "x"],
            "no environment x",
        ),
        (add("slack", &["--secret-key-file", "none"]), "none: "),
        (
            add("slack", &["--redirect-url", "javascript:1"]),
            "expected an http",
        ),
        (
            add("novu-slack", &["--client-id", "c"]),
            "no credentials of its own",
        ),
    ] {
        let error = refusal(path, &arguments);
        assert!(
            error.starts_with("error: ") && error.contains(keyword),
            "{error}"
        );
    }
}
