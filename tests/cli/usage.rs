//! Arguments, help, completions, pipes.

use std::io::Read as _;
use std::process::Stdio;

use super::support::{Place, SPEC};

#[test]
fn help_and_version_succeed_and_mistakes_are_2() {
    let place = Place::new();
    let version = place.run("--version").expect(0);
    assert_eq!(
        version.out,
        concat!("specwright ", env!("CARGO_PKG_VERSION"), "\n")
    );
    assert!(
        place
            .run("--help")
            .expect(0)
            .out
            .contains("Exit codes: 0 done or clean")
    );
    for args in [
        "",
        "nonsense",
        "generate --nonsense",
        "inspect",
        "completions nonsense",
    ] {
        let ran = place.run(args).expect(2);
        assert_eq!(ran.out, "", "{args}");
    }
}

#[test]
fn generate_writes_a_crate_and_says_so_in_one_line() {
    let place = Place::new();
    let ran = place.run("generate spec.yaml").expect(0);
    let line = ran.out.strip_suffix('\n').unwrap();
    assert!(
        line.starts_with("pet-shop: 1 operation, 1 type; "),
        "{line}"
    );
    assert!(
        line.contains(" 0 unchanged in generated/pet-shop ("),
        "{line}"
    );
    assert!(
        place
            .read("generated/pet-shop/Cargo.toml")
            .contains("version = \"1.2.3\"")
    );

    let again = place.run("generate spec.yaml").expect(0);
    assert!(again.out.contains("; 0 written, "), "{}", again.out);
}

#[test]
fn out_and_name_are_taken() {
    let place = Place::new();
    place
        .run("generate spec.yaml --out deep/down --name other")
        .expect(0);
    assert!(
        place
            .read("deep/down/Cargo.toml")
            .contains("name = \"other\"")
    );
    let bad = place.run("generate spec.yaml --name 1st").expect(2);
    assert!(bad.err.contains("`1st` is not a crate name"), "{}", bad.err);
}

#[test]
fn standard_input_is_a_document() {
    let place = Place::new();
    place
        .run_with_input("generate - --out piped", SPEC)
        .expect(0);
    place.run("generate spec.yaml --out named").expect(0);
    assert_eq!(
        place.read("piped/.specwright.json"),
        place.read("named/.specwright.json")
    );
    let bad = place
        .run_with_input("generate - --out bad", "openapi: 3.0.3\ninfo: [")
        .expect(2);
    assert!(bad.err.contains("<stdin>:"), "{}", bad.err);
    assert!(!place.path("bad").exists());
}

#[test]
fn the_same_bytes_from_another_place() {
    let (one, two) = (Place::new(), Place::new());
    one.run("generate spec.yaml --out a").expect(0);
    two.write("x/y/spec.yaml", SPEC);
    two.run("generate x/y/spec.yaml --out b/c").expect(0);
    assert_eq!(
        one.read("a/.specwright.json"),
        two.read("b/c/.specwright.json")
    );
}

#[test]
fn codes_are_explained() {
    let place = Place::new();
    let one = place.run("explain unresolved-reference").expect(0);
    assert!(one.out.contains("To mend it"), "{}", one.out);
    let all = place.run("explain").expect(0);
    assert!(
        all.out
            .lines()
            .any(|line| line.starts_with("unresolved-reference "))
    );
    let wrong = place.run("explain unresolved-refrence").expect(2);
    assert!(
        wrong.err.contains("did you mean `unresolved-reference`?"),
        "{}",
        wrong.err
    );
}

#[test]
fn completions_are_scripts() {
    let place = Place::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = place.run(&format!("completions {shell}")).expect(0);
        assert!(ran.out.contains("generate"), "{shell}");
    }
}

/// `specwright explain | head` ends quietly.
#[test]
fn a_reader_that_leaves_is_no_fault() {
    let place = Place::new();
    for (args, code) in [
        ("explain", 0),
        ("completions bash", 0),
        ("inspect spec.yaml --format json", 0),
        ("check spec.yaml", 1),
    ] {
        let mut command = place.command(args.split_whitespace());
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let mut err = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut err)
            .unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(code), "{args}: {err}");
        assert!(
            !err.contains("panicked") && !err.contains("Broken pipe"),
            "{args}: {err}"
        );
    }
}
