//! `check`, and what `generate` refuses.

use std::fs;

use super::support::{Place, Ran, SPEC};

const OUT: &str = "generated/pet-shop";

fn generated() -> Place {
    let place = Place::new();
    place.run("generate spec.yaml").expect(0);
    place
}

fn differs(place: &Place, what: &[&str]) -> Ran {
    let ran = place.run("check spec.yaml").expect(1);
    for text in what {
        assert!(ran.out.contains(text), "no `{text}` in:\n{}", ran.out);
    }
    ran
}

#[test]
fn a_generated_crate_is_clean() {
    let ran = generated().run("check spec.yaml").expect(0);
    assert!(
        ran.out.contains("files up to date in generated/pet-shop"),
        "{}",
        ran.out
    );
}

#[test]
fn generating_and_checking_count_the_same_files() {
    /// The number before a word.
    fn before(text: &str, word: &str) -> usize {
        let (before, _) = text.split_once(word).unwrap();
        before.rsplit(' ').next().unwrap().parse().unwrap()
    }
    let place = Place::new();
    let first = place.run("generate spec.yaml").expect(0).out;
    let again = place.run("generate spec.yaml").expect(0).out;
    let checked = place.run("check spec.yaml").expect(0).out;
    let total = before(&checked, " files up to date");
    assert_eq!(before(&first, " written"), total);
    assert_eq!(before(&again, " unchanged"), total);
    for line in [first, again, checked] {
        assert!(
            line.starts_with("pet-shop: 1 operation, 1 type; "),
            "{line}"
        );
    }
}

#[test]
fn a_changed_document_is_drift() {
    let place = generated();
    place.write(
        "spec.yaml",
        &SPEC.replace(
            "name: { type: string }",
            "name: { type: string }\n        age: { type: integer }",
        ),
    );
    differs(
        &place,
        &[
            "generated/pet-shop/src/types.rs is out of date\n--- generated/pet-shop/src/types.rs\n+++ generated/pet-shop/src/types.rs\n@@",
            "\n+    pub age: Option<i64>,\n",
            "`specwright generate` brings it up to date",
        ],
    );
    place.run("generate spec.yaml").expect(0);
    place.run("check spec.yaml").expect(0);
}

#[test]
fn an_edited_file_is_drift_and_is_not_overwritten() {
    let place = generated();
    let types = format!("{OUT}/src/types.rs");
    let edited = place.read(&types) + "// mine\n";
    place.write(&types, &edited);
    differs(
        &place,
        &[
            "src/types.rs was edited by hand\n",
            "\n-// mine\n",
            "pet-shop: 1 file differs in generated/pet-shop; restore it, or overwrite it with `generate --force`\n",
        ],
    );
    let refused = place.run("generate spec.yaml").expect(2);
    assert!(
        refused.err.contains("`src/types.rs` was edited by hand")
            && refused.err.contains("--force"),
        "{}",
        refused.err
    );
    assert_eq!(place.read(&types), edited);
    place.run("generate spec.yaml --force").expect(0);
    place.run("check spec.yaml").expect(0);
}

#[test]
fn missing_and_extra_files_are_drift() {
    let place = generated();
    fs::remove_file(place.path(&format!("{OUT}/src/types.rs"))).unwrap();
    place.write(&format!("{OUT}/src/mine.rs"), "mine\n");
    place.write(&format!("{OUT}/build.rs"), "fn main() {}\n");
    differs(
        &place,
        &[
            "src/types.rs is missing\n--- /dev/null\n+++ generated/pet-shop/src/types.rs\n",
            "src/mine.rs is not generated\n--- generated/pet-shop/src/mine.rs\n+++ /dev/null\n@@ -1 +0,0 @@\n-mine\n",
            "build.rs is not generated\n",
            "pet-shop: 3 files differ in generated/pet-shop:\n  `build.rs` and 1 more: delete it (Specwright does not own it)\n  `src/types.rs`: `specwright generate` brings it up to date\n",
        ],
    );
    place.run("generate spec.yaml").expect(0);
    fs::remove_file(place.path(&format!("{OUT}/src/mine.rs"))).unwrap();
    differs(
        &place,
        &[
            "pet-shop: 1 file differs in generated/pet-shop; delete it (Specwright does not own it)\n",
        ],
    );
    // What cargo leaves is nobody's business.
    let place = generated();
    place.write(&format!("{OUT}/Cargo.lock"), "");
    place.write(&format!("{OUT}/target/debug/x"), "");
    place.run("check spec.yaml").expect(0);
}

#[test]
fn nothing_at_all_is_drift() {
    let place = Place::new();
    differs(&place, &["generated/pet-shop/Cargo.toml is missing"]);
    assert!(!place.path("generated").exists(), "checking writes nothing");
}

#[test]
fn a_directory_of_somebody_else_is_refused() {
    let place = Place::new();
    place.write("theirs/notes.txt", "theirs");
    let refused = place.run("generate spec.yaml --out theirs").expect(2);
    assert!(
        refused
            .err
            .contains("Specwright did not make it: it holds `notes.txt`"),
        "{}",
        refused.err
    );
    assert_eq!(fs::read_dir(place.path("theirs")).unwrap().count(), 1);
    place
        .run("generate spec.yaml --out theirs --force")
        .expect(0);
    assert_eq!(place.read("theirs/notes.txt"), "theirs");
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_refused_even_by_force() {
    let place = generated();
    let (src, away) = (place.path(&format!("{OUT}/src")), place.path("away"));
    fs::rename(&src, &away).unwrap();
    std::os::unix::fs::symlink(&away, &src).unwrap();
    let refused = place.run("generate spec.yaml --force").expect(2);
    assert!(
        refused.err.contains("lies behind a symbolic link"),
        "{}",
        refused.err
    );
    place.run("check spec.yaml").expect(1);
}
