//! A second run looks whether anything changed before it generates.

use crate::support::{Place, SPEC};

const REFERRING: &str = "openapi: 3.0.3
info: { title: Pet Shop, version: 1.2.3 }
paths: {}
components:
  schemas:
    Pet: { $ref: 'parts/pet.yaml' }
    Odd: { type: string, format: x, oddity: 1 }
";

/// Whether a run looked at the document: it says what it found there.
fn generates(place: &Place, args: &str) -> bool {
    let ran = place.run(args).expect(0);
    let full = ran.err.contains("oddity");
    assert_ne!(
        full,
        ran.err.contains("as before; `--fresh`"),
        "{}",
        ran.err
    );
    full
}

fn place() -> Place {
    let place = Place::new();
    place.write("api/spec.yaml", REFERRING);
    place.write("api/parts/pet.yaml", "type: object\n");
    assert!(generates(&place, ARGS));
    assert!(!generates(&place, ARGS));
    place
}

const ARGS: &str = "generate api/spec.yaml --out out";

#[test]
fn nothing_is_done_where_nothing_changed() {
    let place = place();
    let manifest = place.read("out/.specwright.json");
    assert!(!manifest.contains(&*place.path("").to_string_lossy()));
    let ran = place.run(ARGS).expect(0);
    assert!(
        ran.out.starts_with("pet-shop: 0 operations, "),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("; 0 written, "), "{}", ran.out);
    assert!(generates(
        &place,
        "generate api/spec.yaml --out out --fresh"
    ));
    assert!(generates(
        &place,
        "generate api/spec.yaml --out out --force"
    ));
    let json = place
        .run(&format!("{ARGS} --message-format json"))
        .expect(0);
    assert!(json.err.contains("oddity"), "{}", json.err);
    assert_eq!(place.read("out/.specwright.json"), manifest);
    place.run("check api/spec.yaml --out out").expect(0);
}

#[test]
fn the_default_directory_is_found() {
    let place = Place::new();
    place.run("generate spec.yaml").expect(0);
    place.run("generate spec.yaml --name other").expect(0);
    let again = place.run("generate spec.yaml").expect(0).out;
    assert!(
        again.contains("; 0 written, ") && again.contains("in generated/pet-shop"),
        "{again}"
    );
    let again = place.run("generate spec.yaml --name other").expect(0).out;
    assert!(
        again.contains("; 0 written, ") && again.contains("in generated/other"),
        "{again}"
    );
}

#[test]
fn a_changed_document_is_generated() {
    let place = place();
    place.write("api/spec.yaml", &REFERRING.replace("Pet Shop", "Pet shop"));
    assert!(generates(&place, ARGS));
    assert!(!generates(&place, ARGS));
    // Line ends are no change, as a checkout may turn them.
    place.write(
        "api/spec.yaml",
        &place.read("api/spec.yaml").replace('\n', "\r\n"),
    );
    assert!(!generates(&place, ARGS));
}

#[test]
fn a_changed_file_that_is_referred_to_is_generated() {
    let place = place();
    place.write("api/parts/pet.yaml", "type: string\n");
    assert!(generates(&place, ARGS));
    assert!(!generates(&place, ARGS));
    std::fs::remove_file(place.path("api/parts/pet.yaml")).unwrap();
    assert!(generates(&place, ARGS));
    assert!(generates(&place, ARGS), "the file may be there again");
    place.write("api/parts/pet.yaml", "type: string\n");
    assert!(generates(&place, ARGS));
    assert!(!generates(&place, ARGS));
}

#[cfg(unix)]
#[test]
fn what_a_link_leads_to_is_looked_at() {
    let place = place();
    place.write("api/parts/one.yaml", "type: object\n");
    let link = place.path("api/parts/pet.yaml");
    std::fs::remove_file(&link).unwrap();
    std::os::unix::fs::symlink("one.yaml", &link).unwrap();
    assert!(generates(&place, ARGS));
    assert!(generates(&place, ARGS), "a link may lead elsewhere by now");
}

#[test]
fn changed_settings_are_generated() {
    let place = place();
    let base = "[[api]]\nspec = \"api/spec.yaml\"\nout = \"out\"\n";
    for settings in [
        "",
        "features = [\"client\"]\n",
        "[api.names.pins]\n\"/components/schemas/Pet\" = \"Animal\"\n",
        "[[api.diagnostics]]\ncode = \"unresolved-reference\"\nlevel = \"deny\"\n",
        "allow-remote = true\n",
    ] {
        place.write("specwright.toml", &format!("{base}{settings}"));
        assert_eq!(generates(&place, ARGS), !settings.is_empty(), "{settings}");
        assert!(!generates(&place, ARGS), "{settings}");
    }
}

#[test]
fn changed_output_is_seen() {
    let place = place();
    let types = place.read("out/src/types.rs");
    place.write("out/src/types.rs", &types.replace("pub", "pub(crate)"));
    let refused = place.run(ARGS).expect(2);
    assert!(refused.err.contains("edited by hand"), "{}", refused.err);
    place.write("out/src/types.rs", &types);
    assert!(!generates(&place, ARGS));
    std::fs::remove_file(place.path("out/README.md")).unwrap();
    assert!(generates(&place, ARGS));
    assert!(place.path("out/README.md").exists());
}

#[test]
fn standard_input_is_compared_too() {
    let place = Place::new();
    place.run_with_input("generate - --out out", SPEC).expect(0);
    let again = place.run_with_input("generate - --out out", SPEC).expect(0);
    assert!(again.out.contains("; 0 written, "), "{}", again.out);
    let changed = SPEC.replace("A pet.", "The pet.");
    let changed = place
        .run_with_input("generate - --out out", &changed)
        .expect(0);
    assert!(!changed.out.contains("; 0 written, "), "{}", changed.out);
}
