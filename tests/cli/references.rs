//! Documents of several files, and of several machines.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::thread;

use super::support::{Place, SPEC};

/// A document whose schema is in a folder beside it.
fn split() -> Place {
    let place = Place::new();
    let spec = SPEC.replace(
        "'#/components/schemas/Pet'",
        "'schemas/pet%20file.json#/definitions/Pet'",
    );
    place.write("spec.yaml", &spec[..spec.find("components:").unwrap()]);
    place.write("schemas/pet file.json", PET);
    place
}

const PET: &str = r##"{ "definitions": {
  "Pet": { "type": "object", "required": ["name"], "properties": {
    "name": { "$ref": "#/definitions/Name" }
  } },
  "Name": { "type": "string" }
} }"##;

#[test]
fn every_file_is_part_of_the_document() {
    let place = split();
    place.run("generate spec.yaml --out out").expect(0);
    let types = place.read("out/src/types.rs");
    assert!(types.contains("pub struct Pet {"), "{types}");
    place.run("check spec.yaml --out out").expect(0);

    let changed = PET.replace("\"string\"", "\"integer\"");
    place.write("schemas/pet file.json", &changed);
    place.run("check spec.yaml --out out").expect(1);

    // From elsewhere, and from standard input.
    place.write("schemas/pet file.json", PET);
    let spec = place.read("spec.yaml");
    place.run_with_input("check - --out out", &spec);
    place
        .run_with_input("generate - --out from_stdin", &spec)
        .expect(0);
    assert_eq!(place.read("from_stdin/src/types.rs"), types);
}

#[test]
fn diagnostics_say_which_file() {
    let place = split();
    let wrong = PET.replace("\"#/definitions/Name\"", "\"#/definitions/Nmae\"");
    place.write("schemas/pet file.json", &wrong);
    let ran = place.run("inspect spec.yaml");
    assert!(
        ran.err.contains("schemas/pet file.json:3:23"),
        "{}",
        ran.err
    );
    assert!(
        ran.err.contains("is `#/definitions/Name` meant?"),
        "{}",
        ran.err
    );

    place.write("schemas/pet file.json", "{ \"definitions\": ");
    let ran = place.run("inspect spec.yaml").expect(0);
    assert!(ran.err.contains("syntax-error"), "{}", ran.err);
    assert!(ran.err.contains("schemas/pet file.json:1:"), "{}", ran.err);
}

#[test]
fn a_document_does_not_read_what_is_outside() {
    let place = Place::new();
    for outside in [
        "../secret.yaml",
        "/etc/passwd",
        "%2e%2e/secret.yaml",
        "file:///etc/passwd",
    ] {
        place.write("secret.yaml", "type: object\n");
        let spec = SPEC.replace("#/components/schemas/Pet", outside);
        place.write("api/spec.yaml", &spec);
        let mut command = place.command(["inspect", "spec.yaml"]);
        let ran = command.current_dir(place.path("api")).output().unwrap();
        let err = String::from_utf8(ran.stderr).unwrap();
        assert!(err.contains("external-reference"), "{outside}: {err}");
        assert_eq!(ran.status.code(), Some(0), "{outside}: {err}");
    }
    // What is below the folder in which the generator runs may be read.
    let spec = SPEC.replace("#/components/schemas/Pet", "../secret.yaml");
    place.write("api/spec.yaml", &spec);
    let ran = place.run("inspect api/spec.yaml").expect(0);
    assert!(!ran.err.contains("external-reference"), "{}", ran.err);
}

#[test]
fn a_chain_of_fifty_thousand_references_is_no_trouble() {
    use std::fmt::Write as _;

    let place = Place::new();
    let mut text = SPEC.to_owned();
    text.push_str("    C50000: { type: string }\n");
    for link in 0..50_000 {
        writeln!(
            text,
            "    C{link}: {{ $ref: '#/components/schemas/C{}' }}",
            link + 1
        )
        .unwrap();
    }
    place.write("spec.yaml", &text);
    let started = std::time::Instant::now();
    let ran = place.run("inspect spec.yaml").expect(0);
    assert_eq!(ran.err, "");
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

/// Serves `PET` at every path but `/moved`, which leads to it.
fn server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut head = Vec::new();
            let mut byte = [0];
            while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) == 1 {
                head.push(byte[0]);
            }
            let head = String::from_utf8(head).unwrap();
            let answer = if head.starts_with("GET /moved ") {
                "HTTP/1.1 302 Found\r\nlocation: /v1/pets.json\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_owned()
            } else if head.starts_with("GET /loop ") {
                "HTTP/1.1 302 Found\r\nlocation: /loop\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_owned()
            } else if head.starts_with("GET /v1/absent.json ") {
                "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
                    .to_owned()
            } else {
                let body = if head.starts_with("GET /v1/name.json ") {
                    "{ \"type\": \"string\" }".to_owned()
                } else {
                    PET.replace("#/definitions/Name", "./name.json")
                };
                format!(
                    "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                    body.len()
                )
            };
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    format!("http://{address}")
}

#[test]
fn other_machines_are_asked_only_where_that_is_allowed() {
    let server = server();
    let spec =
        |target: &str| SPEC.replace("#/components/schemas/Pet", &format!("{server}{target}"));
    let place = Place::new();
    place.write("spec.yaml", &spec("/moved#/definitions/Pet"));
    let ran = place.run("inspect spec.yaml").expect(0);
    assert!(ran.err.contains("remote-reference"), "{}", ran.err);
    assert!(ran.err.contains("--allow-remote"), "{}", ran.err);

    // Relative to where the redirect led.
    let ran = place
        .run("generate spec.yaml --out out --allow-remote")
        .expect(0);
    assert!(!ran.err.contains("leads nowhere"), "{}", ran.err);
    let types = place.read("out/src/types.rs");
    assert!(types.contains("pub name: String"), "{types}");

    let config = "[[api]]\nspec = \"spec.yaml\"\nout = \"out\"\nallow-remote = true\n";
    place.write("specwright.toml", config);
    place.run("check").expect(0);

    for bad in ["/loop", "/v1/absent.json"] {
        place.write("spec.yaml", &spec(bad));
        let ran = place.run("inspect spec.yaml --allow-remote").expect(0);
        assert!(ran.err.contains("unresolved-reference"), "{}", ran.err);
    }
}
