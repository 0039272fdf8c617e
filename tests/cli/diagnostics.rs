//! How what is wrong with a document is shown, and what severity rules make of it.

use super::support::{Place, SPEC};

fn misspelt() -> Place {
    let place = Place::new();
    place.write(
        "spec.yaml",
        &SPEC.replace(
            "name: { type: string }",
            "name: { type: string, maxLenght: 3 }",
        ),
    );
    place
}

#[test]
fn a_bad_document_is_2_with_code_place_and_help() {
    let dangling = SPEC.replace("schemas/Pet'", "schemas/Pte'");
    let truncated = &SPEC[..SPEC.find("responses:").unwrap() - 2];
    let truncated = format!("{truncated}  responses: {{ '200': {{ description: 'x");
    for (text, code, line) in [
        (truncated.as_str(), "syntax-error", 10),
        (dangling.as_str(), "unresolved-reference", 15),
    ] {
        let place = Place::new();
        place.write("spec.yaml", text);
        for args in ["generate spec.yaml", "check spec.yaml", "inspect spec.yaml"] {
            let ran = place.run(args);
            assert!(ran.err.contains(code), "{args}: {}", ran.err);
            assert!(
                ran.err.contains(&format!("spec.yaml:{line}:")),
                "{args}: {}",
                ran.err
            );
            assert!(ran.err.contains("help: "), "{args}: {}", ran.err);
        }
    }
    let place = Place::new();
    place.write("spec.yaml", "openapi: [");
    place.run("generate spec.yaml").expect(2);
    place.run("generate none.yaml").expect(2);
    assert!(!place.path("generated").exists());
}

#[test]
fn three_formats() {
    let place = misspelt();
    let text = place.run("inspect spec.yaml").expect(0);
    assert!(
        text.err.contains("unknown-keyword") && text.err.contains("maxLenght: 3"),
        "{}",
        text.err
    );

    let json = place
        .run("inspect spec.yaml --message-format json")
        .expect(0);
    let lines: Vec<serde_json::Value> = json
        .err
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 1, "{}", json.err);
    assert_eq!(lines[0]["code"], "unknown-keyword");
    assert_eq!(lines[0]["file"], "spec.yaml");
    assert!(
        lines[0]["line"].is_u64() && lines[0]["column"].is_u64(),
        "{}",
        lines[0]
    );
    assert_eq!(
        lines[0]["pointer"],
        "/components/schemas/Pet/properties/name/maxLenght"
    );

    let github = place
        .run("inspect spec.yaml --message-format github")
        .expect(0);
    assert!(github.err.starts_with("::"), "{}", github.err);
    assert!(
        github.err.contains("file=spec.yaml,line="),
        "{}",
        github.err
    );
}

#[test]
fn what_is_denied_is_1_and_nothing_is_written() {
    let place = misspelt();
    let rule = |under: &str, level: &str| {
        place.write(
            "specwright.toml",
            &format!(
                "[[api]]\nspec = \"spec.yaml\"\nout = \"out\"\n[[api.diagnostics]]\ncode = \"unknown-keyword\"\nunder = \"{under}\"\nlevel = \"{level}\"\n"
            ),
        );
    };
    rule("/components", "deny");
    let ran = place.run("generate").expect(1);
    assert!(ran.err.contains("1 error"), "{}", ran.err);
    assert!(!place.path("out").exists());
    place.run("check").expect(1);
    place.run("inspect spec.yaml").expect(1);
    rule("/paths", "deny");
    place.run("generate").expect(0);
    rule("/components", "allow");
    assert_eq!(place.run("generate").expect(0).err, "");
}
