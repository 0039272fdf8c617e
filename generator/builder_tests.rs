use std::fs;

use super::*;

const SPEC: &str = "openapi: 3.0.3
info: { title: Pets, version: '1' }
paths: {}
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: { type: string }
";

fn run(builder: Builder) -> (Result<Built, BuildError>, Vec<String>) {
    let mut script = Script::default();
    let result = builder.generate_into(&mut script);
    (result, script.lines)
}

#[test]
fn a_tree_from_a_file() {
    let dir = tempfile::tempdir().unwrap();
    let (spec, out) = (dir.path().join("pets.yaml"), dir.path().join("out"));
    fs::write(&spec, SPEC).unwrap();
    let builder = Builder::new(&spec)
        .name("pets")
        .mount("clients::pets")
        .out_dir(&out);
    let (built, lines) = run(builder.clone());
    let built = built.unwrap();
    assert_eq!(built.directory, out);
    assert!(built.written.written.contains(&"mod.rs".to_owned()));
    assert_eq!(
        lines[0],
        format!("cargo::rerun-if-changed={}", spec.display())
    );
    let types = fs::read_to_string(out.join("types.rs")).unwrap();
    assert!(types.contains("crate::clients::pets::support::"), "{types}");
    assert!(
        !fs::read_to_string(out.join("mod.rs"))
            .unwrap()
            .contains("feature =")
    );
    let (again, _) = run(builder);
    assert_eq!(again.unwrap().written.written, [""; 0]);
}

#[test]
fn a_tree_from_memory_watches_no_file() {
    let dir = tempfile::tempdir().unwrap();
    let (built, lines) = run(Builder::text("pets", SPEC).out_dir(dir.path().join("out")));
    assert!(built.is_ok(), "{built:?}");
    assert!(
        !lines.iter().any(|line| line.contains("rerun")),
        "{lines:?}"
    );

    let typed: openapiv3::OpenAPI = serde_json::from_str(
        r#"{"openapi":"3.0.3","info":{"title":"T","version":"1"},"paths":{}}"#,
    )
    .unwrap();
    let (built, _) = run(Builder::openapi(typed).out_dir(dir.path().join("typed")));
    assert!(built.is_ok(), "{built:?}");
}

#[test]
fn a_document_that_cannot_be_used_is_an_error_with_its_place() {
    let dir = tempfile::tempdir().unwrap();
    let spec = dir.path().join("pets.yaml");
    let (missing, lines) = run(Builder::new(&spec).out_dir(dir.path().join("out")));
    assert!(matches!(missing, Err(BuildError::Source(_))));
    assert_eq!(lines.len(), 1, "mending it is seen");
    fs::write(&spec, "openapi: 3.0.3\ninfo: [\n").unwrap();
    let (bad, _) = run(Builder::new(&spec).out_dir(dir.path().join("out")));
    let text = format!("{:?}", bad.unwrap_err());
    assert!(text.contains("pets.yaml:"), "{text}");
    assert!(!dir.path().join("out").exists());
}

#[test]
fn settings_from_a_file() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("pets.yaml"), SPEC).unwrap();
    let file = dir.path().join("specwright.toml");
    fs::write(
        &file,
        "[[api]]\nspec = \"other.yaml\"\n[[api]]\nspec = \"pets.yaml\"\nfeatures = [\"client\"]\n",
    )
    .unwrap();
    let builder = Builder::new(dir.path().join("pets.yaml"))
        .config_file(&file)
        .out_dir(dir.path().join("out"));
    let config = builder.settings("api", &mut Script::default()).unwrap();
    assert_eq!(config.features.len(), 1);
    let (built, lines) = run(builder);
    assert!(built.is_ok());
    assert_eq!(
        lines[0],
        format!("cargo::rerun-if-changed={}", file.display())
    );
    let (none, _) = run(Builder::text("x", SPEC)
        .config_file(&file)
        .out_dir(dir.path().join("x")));
    assert!(matches!(none, Err(BuildError::NoApi(_))));
    let (bad, _) = run(Builder::text("x", SPEC)
        .name("a b")
        .out_dir(dir.path().join("x")));
    assert!(matches!(bad, Err(BuildError::Mount(_))));
}

#[test]
fn what_is_denied_is_not_written() {
    let dir = tempfile::tempdir().unwrap();
    let config = ApiConfig {
        diagnostics: vec![crate::config::SeverityRule {
            code: "unknown-keyword".into(),
            under: None,
            level: crate::config::Level::Deny,
        }],
        ..ApiConfig::default()
    };
    let spec = SPEC.replace("{ type: string }", "{ type: string, maxLenght: 3 }");
    let (built, _) = run(Builder::text("pets", spec.clone())
        .config(config)
        .out_dir(dir.path().join("out")));
    let text = built.unwrap_err().to_string();
    assert!(text.contains("unknown-keyword"), "{text}");
    assert!(!dir.path().join("out").exists());
    let (built, _) = run(Builder::text("pets", spec).out_dir(dir.path().join("out")));
    assert!(built.is_ok());
}
