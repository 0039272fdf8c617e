use super::*;
use crate::diag::{Code, File, Format, Pointer, Sink};

const TEXT: &str = "openapi: 3.1.0\npaths:\n  /a: {}\n  /b: { gte: 1 }\n";

fn place(sink: &mut Sink, name: &str, text: &str) -> Place {
    let file = sink.add_file(File {
        name: name.to_owned(),
        text: text.into(),
        format: Format::of(text),
    });
    Place::root(file)
}

fn report() -> Report {
    let mut sink = Sink::new();
    let root = place(&mut sink, "api.yaml", TEXT);
    let paths = root.child("paths");
    sink.push(
        Diagnostic::new(
            Code::UNKNOWN_KEYWORD,
            paths.child("/b").child("gte"),
            "unknown field `gte`",
        )
        .on_key()
        .related(paths.child("/a"), "as here")
        .help("did you mean `get`?"),
    );
    sink.push(Diagnostic::new(
        Code::UNSUPPORTED_VERSION,
        root.child("openapi"),
        "not supported",
    ));
    sink.push(Diagnostic::new(
        Code::MISSING_FIELD,
        root,
        "the document lacks `info`",
    ));
    sink.into_report()
}

#[test]
fn plain_text_names_places_in_the_order_of_the_text() {
    assert_eq!(
        report().plain(),
        "warning[missing-field]: the document lacks `info`
  --> api.yaml:1:1
error[unsupported-version]: not supported
  --> api.yaml:1:10 (/openapi)
  help: state the version, such as `openapi: 3.1.0`. Convert Swagger 2.0 first, for example with `npx swagger2openapi`.
note[unknown-keyword]: unknown field `gte`
  --> api.yaml:4:9 (/paths/~1b/gte)
  see api.yaml:3:3: as here
  help: did you mean `get`?
"
    );
    assert_eq!(report().summary(), "1 error, 1 warning, 1 note");
}

#[test]
fn json_has_every_key() {
    let json = report().json();
    assert_eq!(
        json[2],
        serde_json::json!({
            "code": "unknown-keyword", "severity": "note", "message": "unknown field `gte`",
            "pointer": "/paths/~1b/gte", "file": "api.yaml", "line": 4, "column": 9,
            "help": "did you mean `get`?",
            "related": [{
                "message": "as here", "pointer": "/paths/~1a",
                "file": "api.yaml", "line": 3, "column": 3,
            }],
        })
    );
    assert_eq!(json[0]["line"], 1);
}

#[test]
fn annotations_cannot_be_broken_out_of() {
    let mut sink = Sink::new();
    let root = place(&mut sink, "a,b:c%.yaml", TEXT);
    sink.push(
        Diagnostic::new(Code::WRONG_TYPE, root.child("paths"), "a\n::error::b %").help("c\rd"),
    );
    assert_eq!(
        sink.into_report().github(),
        "::warning file=a%2Cb%3Ac%25.yaml,line=2,col=1,title=wrong-type::a%0A::error::b %25%0Ahelp: c%0Dd\n"
    );
}

#[test]
fn text_of_the_document_cannot_steer_a_terminal() {
    let mut sink = Sink::new();
    let root = place(&mut sink, "x.yaml", "a\u{1b}[31m: b\n");
    sink.push(Diagnostic::new(
        Code::WRONG_TYPE,
        root,
        "evil \u{1b}[2J \u{202e} text\nnew line",
    ));
    let report = sink.into_report();
    let plain = report.plain();
    assert!(
        plain.contains("evil \u{fffd}[2J \u{fffd} text new line"),
        "{plain}"
    );
    assert!(!plain.contains('\u{1b}'));
    #[cfg(feature = "cli")]
    assert!(!report.graphical(false, 80).contains('\u{1b}'));
}

#[test]
fn without_a_file_there_is_no_position() {
    let mut sink = Sink::new();
    let place = Place::default().child("x");
    sink.push(
        Diagnostic::new(Code::UNREADABLE, place, "cannot read")
            .related(Place::default(), "y")
            .help("z"),
    );
    let report = sink.into_report();
    assert_eq!(
        report.plain(),
        "error[unreadable]: cannot read\n  see : y\n  help: z\n"
    );
    assert_eq!(report.json()[0]["line"], serde_json::Value::Null);
    assert_eq!(
        report.github(),
        "::error title=unreadable::cannot read%0Ahelp: z\n"
    );
    #[cfg(feature = "cli")]
    assert!(report.graphical(false, 80).contains("cannot read"));
}

#[test]
fn too_many_diagnostics_are_counted() {
    let mut sink = Sink::new();
    for number in 0..1_010 {
        let message = number.to_string();
        sink.push(Diagnostic::new(Code::WRONG_TYPE, Place::default(), message));
    }
    // What was said of a place is not said again.
    sink.push(Diagnostic::new(Code::WRONG_TYPE, Place::default(), "1"));
    sink.push(Diagnostic::new(Code::UNREADABLE, Place::default(), "y"));
    assert_eq!((sink.diagnostics().len(), sink.dropped()), (1_001, 10));
    assert!(sink.has_errors());
    sink.retain(|diagnostic| diagnostic.code != Code::UNREADABLE);
    assert!(!sink.has_errors());
    assert_eq!(
        sink.into_report().summary(),
        "1000 warnings, 10 more that are not shown"
    );
}

#[cfg(feature = "cli")]
#[test]
fn a_terminal_sees_the_lines() {
    let text = report().graphical(false, 80);
    for expected in [
        "unknown-keyword",
        "api.yaml:4:9",
        "/b: { gte: 1 }",
        "as here",
        "did you mean `get`?",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
}

#[cfg(feature = "cli")]
#[test]
fn minified_json_is_cut_around_the_fault() {
    let mut sink = Sink::new();
    let filler = "\"é\":1,".repeat(100_000);
    let root = place(
        &mut sink,
        "min.json",
        &format!("{{{filler}\"x\":7,{filler}\"y\":8}}"),
    );
    let pointer = Pointer::root().child("x");
    sink.push(Diagnostic::new(
        Code::WRONG_TYPE,
        Place { pointer, ..root },
        "wrong",
    ));
    let text = sink.into_report().graphical(false, 120);
    assert!(text.len() < 5_000, "{}", text.len());
    assert!(
        text.contains("\"x\":7") && text.contains("min.json:1:600006"),
        "{text}"
    );
}
