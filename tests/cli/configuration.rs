//! `specwright.toml`.

use std::path::Path;

use super::support::{Place, Ran, SPEC, command};

const CONFIG: &str = r#"
[[api]]
spec = "spec.yaml"
out = "one"
name = "one-api"

[[api]]
spec = "two/spec.yaml"
out = "two/out"
"#;

fn configured() -> Place {
    let place = Place::new();
    place.write("specwright.toml", CONFIG);
    place.write("two/spec.yaml", &SPEC.replace("Pet Shop", "Second"));
    place
}

fn from(dir: &Path, args: &str) -> Ran {
    Ran::of(command(dir, args.split_whitespace()).output().unwrap())
}

#[test]
fn every_api_is_generated_from_any_directory_below() {
    let place = configured();
    place.write("deep/er/x", "");
    let ran = from(&place.path("deep/er"), "generate").expect(0);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines.len(), 2, "{}", ran.out);
    assert!(
        lines[0].starts_with("one-api: ") && lines[1].starts_with("second: "),
        "{}",
        ran.out
    );
    assert!(place.path("one/Cargo.toml").exists() && place.path("two/out/Cargo.toml").exists());
    let here = place.run("check").expect(0);
    assert!(
        here.out.contains(" in one (") && here.out.contains(" in two/out ("),
        "{}",
        here.out
    );
}

#[test]
fn one_document_is_generated_with_its_settings() {
    let place = configured();
    place.run("generate spec.yaml").expect(0);
    assert!(place.path("one/Cargo.toml").exists() && !place.path("two/out").exists());
    place
        .run("generate ./two/../spec.yaml --out three --name three")
        .expect(0);
    assert!(place.read("three/Cargo.toml").contains("name = \"three\""));
}

#[test]
fn a_failing_api_does_not_stop_the_others() {
    let place = configured();
    place.write("spec.yaml", "openapi: [");
    let ran = place.run("generate").expect(2);
    assert!(ran.out.starts_with("second: "), "{}", ran.out);
}

#[test]
fn what_is_ambiguous_or_missing_is_usage() {
    let place = configured();
    for (args, message) in [
        (
            "generate --out x",
            "are for one API, and the configuration has 2",
        ),
        ("generate --config none.toml", "none.toml: "),
        (
            "generate other.yaml --config specwright.toml",
            "has no `[[api]]` for `other.yaml`",
        ),
    ] {
        let ran = place.run(args).expect(2);
        assert!(ran.err.contains(message), "{args}: {}", ran.err);
    }
    place.write("empty.toml", "");
    assert!(
        place
            .run("check --config empty.toml")
            .expect(2)
            .err
            .contains("has no `[[api]]`")
    );
}

#[test]
fn faults_of_the_file_have_a_place() {
    let place = Place::new();
    place.write(
        "specwright.toml",
        "[[api]]\nspec = \"spec.yaml\"\nfeatuers = []\n",
    );
    let ran = place.run("generate").expect(2);
    assert!(
        ran.err.contains(
            "specwright.toml:3:1: unknown key `featuers`\n  help: did you mean `features`?"
        ),
        "{}",
        ran.err
    );
    assert!(!place.path("generated").exists());
}

#[test]
fn apis_that_would_overwrite_each_other_are_refused() {
    let place = configured();
    place.write("specwright.toml", &CONFIG.replace("two/out", "one/two"));
    let ran = place.run("generate").expect(2);
    assert!(
        ran.err.contains("specwright.toml:9:7: `one/two` is inside"),
        "{}",
        ran.err
    );
    assert!(!place.path("one").exists());
}

#[test]
fn settings_that_name_nothing_are_warned_of() {
    let place = Place::new();
    place.write(
        "specwright.toml",
        "[[api]]\nspec = \"spec.yaml\"\n[api.names]\noperation-prefixes = [\"get\", \"Pets_\"]\n[api.security.nope]\nprefix = \"ApiKey \"\n",
    );
    for command in ["generate", "check", "inspect spec.yaml"] {
        let ran = place.run(command).expect(0);
        for text in [
            "unused-configuration",
            "`security.nope` in the configuration",
            "no operation id starts with `Pets_`",
            "2 warnings",
        ] {
            let words: Vec<&str> = ran.err.split_whitespace().collect();
            assert!(words.join(" ").contains(text), "{command}: {}", ran.err);
        }
    }
}

#[test]
fn features_and_mount_shape_the_output() {
    let place = Place::new();
    place.write(
        "specwright.toml",
        "[[api]]\nspec = \"spec.yaml\"\nout = \"src/api\"\nmount = \"api\"\nfeatures = [\"client\"]\n",
    );
    place.run("generate").expect(0);
    assert!(place.path("src/api/mod.rs").exists() && place.path("src/api/client.rs").exists());
    assert!(
        !place.path("src/api/server.rs").exists() && !place.path("src/api/Cargo.toml").exists()
    );
    assert!(
        place
            .read("src/api/types.rs")
            .contains("crate::api::support::")
    );
    place.run("check").expect(0);
}
