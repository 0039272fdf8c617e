use std::collections::{BTreeMap, BTreeSet};

use super::*;

fn parse(text: &str) -> Result<Config, ConfigError> {
    Config::parse("specwright.toml", text, Path::new("/base"))
}

fn message(text: &str) -> String {
    parse(text).unwrap_err().to_string()
}

#[test]
#[allow(
    clippy::too_many_lines,
    reason = "one text with every setting, and what it comes to"
)]
fn every_key() {
    let config = parse(
        r#"
[[api]]
spec = "spec/novu.yaml"
out = "generated/novu"
name = "novu-api"
features = ["server"]
mount = "generated::novu"
[api.names]
operation-prefixes = ["IntegrationsController_"]
acronyms = ["OAuth"]
[api.names.pins]
"/components/schemas/a~1b" = "AOrB"
[api.security.secretKey]
prefix = "ApiKey "
[api.types]
number = "decimal"
uuid = "String"
[api.types.date]
rust = "time::Date"
crate = { name = "time", version = "0.3", features = ["parsing"], default-features = false }
[[api.diagnostics]]
code = "too-large"
under = "/components"
level = "deny"
[[api.diagnostics]]
code = "too-large"
level = "allow"

[[api]]
spec = "/abs/other.json"
keep-undeclared = true
"#,
    )
    .unwrap();
    let [novu, other] = config.apis.as_slice() else {
        panic!("{config:?}")
    };
    assert_eq!(
        *novu,
        ApiConfig {
            spec: "/base/spec/novu.yaml".into(),
            out: Some("/base/generated/novu".into()),
            name: Some("novu-api".into()),
            features: BTreeSet::from([Feature::Server]),
            mock: None,
            mount: Some(Mount::parse("crate::generated::novu").unwrap()),
            names: NamesConfig {
                operation_prefixes: vec!["IntegrationsController_".into()],
                acronyms: vec!["OAuth".into()],
                pins: BTreeMap::from([("/components/schemas/a~1b".into(), "AOrB".into())]),
            },
            security: BTreeMap::from([(
                "secretKey".into(),
                SchemeConfig {
                    prefix: Some("ApiKey ".into())
                }
            )]),
            types: TypesConfig {
                number: NumberType::Decimal,
                formats: BTreeMap::from([
                    ("uuid".into(), FormatType::String),
                    (
                        "date".into(),
                        FormatType::Rust(CustomType {
                            path: "time::Date".into(),
                            krate: Some(CrateConfig {
                                name: "time".into(),
                                version: "0.3".into(),
                                features: vec!["parsing".into()],
                                default_features: false,
                            }),
                        })
                    ),
                ]),
                ..TypesConfig::default()
            },
            diagnostics: vec![
                SeverityRule {
                    code: "too-large".into(),
                    under: Some("/components".into()),
                    level: Level::Deny
                },
                SeverityRule {
                    code: "too-large".into(),
                    under: None,
                    level: Level::Allow
                },
            ],
            ..ApiConfig::default()
        }
    );
    assert_eq!(
        *other,
        ApiConfig {
            spec: "/abs/other.json".into(),
            keep_undeclared: KeepUndeclared::All,
            ..ApiConfig::default()
        }
    );
}

#[test]
fn unknown_keys_have_a_place_and_a_suggestion() {
    assert_eq!(
        message("[[api]]\nspec = \"a\"\n[api.names]\n  opration-prefixes = []\n"),
        "specwright.toml:4:3: unknown key `opration-prefixes`\n  help: did you mean `operation-prefixes`?"
    );
    assert_eq!(
        message("[[apis]]\nspec = \"a\"\n"),
        "specwright.toml:1:3: unknown key `apis`\n  help: did you mean `api`?"
    );
    assert_eq!(
        message("api = [{ spec = \"é\", zzz = 1 }]"),
        "specwright.toml:1:22: unknown key `zzz`\n  help: known here: `spec`, `out`, `allow-remote`, `name`, `features`, `mount`, `mock`, `tag-features`, `names`, `security`, `keep-undeclared`, `types`, `envelope`, `pagination` or `diagnostics`"
    );
}

#[test]
fn types_are_checked() {
    for (types, expected) in [
        (
            "number = \"f16\"",
            "4:10: `f16` is not `f32`, `f64`, `decimal` or `exact`",
        ),
        (
            "uuid = \"Uuid\"",
            "4:8: `Uuid` is not `String` or `built-in`",
        ),
        (
            "date = { rust = \"time::Date\" }",
            "4:17: `time::Date` does not start with `std`\n  help: say under `crate` where the type comes from: `crate = { name = \"time\", version = \"0.3\" }`",
        ),
        (
            "date = { rust = \"std::x; fn f() {}\" }",
            "4:17: `std::x; fn f() {}` is not the path of a type with its crate, such as `time::Date`",
        ),
        (
            "date = { crate = { name = \"time\" } }",
            "4:8: a type needs `rust`, its path",
        ),
    ] {
        let found = message(&format!("[[api]]\nspec = \"a\"\n[api.types]\n{types}\n"));
        assert!(found.contains(&format!("toml:{expected}")), "{found}");
    }
}

#[test]
fn all_faults_at_once_in_order() {
    let text = "[[api]]\nname = \"1st\"\nfeatures = [\"clint\"]\nout = 3\nmount = \"a::fn\"\n[[api.diagnostics]]\ncode = \"too-larg\"\nunder = \"components\"\n[api.names.pins]\n\"x\" = \"a b\"\n[api.security]\nkey = \"x\"\n";
    let ConfigError::Faults { faults, .. } = parse(text).unwrap_err() else {
        panic!()
    };
    let found: Vec<(usize, usize, &str)> = faults
        .iter()
        .map(|fault| (fault.line, fault.column, fault.message.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            (1, 1, "an `[[api]]` needs `spec`, the path of its document"),
            (
                2,
                8,
                "`1st` is not a crate name: ASCII letters, digits, `-` and `_`, a letter first, 64 at most"
            ),
            (3, 13, "`clint` is not `client` or `server`"),
            (4, 7, "expected a string, found a value of type integer"),
            (
                5,
                9,
                "`a::fn` is not a module path such as `api` or `generated::novu`"
            ),
            (6, 1, "a `diagnostics` entry needs `level`"),
            (7, 8, "there is no diagnostic `too-larg`"),
            (8, 9, "`components` is not a JSON pointer"),
            (10, 1, "`x` is not a JSON pointer"),
            (10, 7, "`a b` is not a Rust name"),
            (12, 7, "expected a table, found a value of type string"),
        ]
    );
}

#[test]
fn no_two_apis_write_one_directory() {
    assert_eq!(
        message("[[api]]\nspec = \"a\"\nout = \"x\"\n[[api]]\nspec = \"b\"\nout = \"y/../x/\"\n"),
        "specwright.toml:6:7: `y/../x` is the directory that the `[[api]]` of line 3 writes\n  help: give each `[[api]]` an `out` of its own, none inside another"
    );
    for (one, other, expected) in [
        ("out = \"x\"", "out = \"x/y\"", "is inside"),
        ("out = \"x/y\"", "out = \"./x\"", "is around"),
        ("name = \"n\"", "name = \"n\"", "`generated/n` is the"),
        ("name = \"n\"", "out = \"generated/n\"", "is the"),
    ] {
        let text = format!("[[api]]\nspec = \"a\"\n{one}\n[[api]]\nspec = \"a\"\n{other}\n");
        let message = message(&text);
        assert!(message.contains(expected), "{message}");
    }
    let apart = "[[api]]\nspec = \"a\"\nout = \"x\"\n[[api]]\nspec = \"a\"\nout = \"xy\"\n[[api]]\nspec = \"c\"\n[[api]]\nspec = \"d\"\n";
    assert_eq!(parse(apart).unwrap().apis.len(), 4);
}

#[test]
fn syntax_errors_have_a_place() {
    let text = message("[[api]]\nspec = \n");
    assert!(text.starts_with("specwright.toml:2:"), "{text}");
    let text = message("[[api]]\nspec = \"a\"\nspec = \"b\"\n");
    assert!(
        text.starts_with("specwright.toml:3:1: duplicate key"),
        "{text}"
    );
}

#[test]
fn the_hash_is_of_what_bears_on_the_output() {
    let base = ApiConfig::default();
    assert_eq!(base.hash().len(), 64);
    let moved = ApiConfig {
        spec: "x".into(),
        out: Some("y".into()),
        ..base.clone()
    };
    assert_eq!(base.hash(), moved.hash());
    let named = ApiConfig {
        name: Some("a".into()),
        ..base.clone()
    };
    assert_ne!(base.hash(), named.hash());
}

#[test]
fn crate_names() {
    for name in ["novu-api", "a", "a_b2"] {
        assert!(read::crate_name(name).is_ok(), "{name}");
    }
    for name in [
        "",
        "-a",
        "1a",
        "a b",
        "fn",
        "é",
        "a\"",
        "test",
        "a.b",
        "_",
        &"a".repeat(65),
    ] {
        assert!(read::crate_name(name).is_err(), "{name}");
    }
    for (name, reason) in [
        ("fn", "`fn` is reserved: it is a keyword of Rust"),
        ("gen", "`gen` is reserved: it is a keyword of Rust"),
        (
            "std",
            "`std` is reserved: a crate of that name comes with Rust",
        ),
        (
            "proc-macro",
            "`proc-macro` is reserved: a crate of that name comes with Rust",
        ),
    ] {
        assert_eq!(read::crate_name(name).unwrap_err(), reason);
    }
}

#[test]
fn a_crate_without_a_name_is_named_after_its_title() {
    for (title, name) in [
        ("Novu API", "novu-api"),
        ("  Pets & Co. (v2) ", "pets-co-v2"),
        ("test", "test-api"),
        ("3D", "api-3d"),
        ("été", "t"),
        ("漢字", "api"),
        ("", "api"),
        ("loop", "loop-api"),
    ] {
        assert_eq!(ApiConfig::default().crate_name(title), name, "{title}");
    }
    let named = ApiConfig {
        name: Some("x".into()),
        ..ApiConfig::default()
    };
    assert_eq!(named.crate_name("y"), "x");
}

#[test]
fn severity_rules() {
    use crate::diag::Severity::{self, Error, Note, Warning};
    use crate::diag::{Code, Diagnostic, FileId, Place, Pointer, Sink};

    let found = |rules: &[(&str, Option<&str>, Level)]| {
        let rule = |(code, under, level): &(&str, Option<&str>, Level)| SeverityRule {
            code: (*code).to_owned(),
            under: under.map(str::to_owned),
            level: *level,
        };
        let api = ApiConfig {
            diagnostics: rules.iter().map(rule).collect(),
            ..ApiConfig::default()
        };
        let mut sink = Sink::new();
        for (pointer, severity) in [
            ("/a/b", Severity::Warning),
            ("/ab", Severity::Note),
            ("/a", Severity::Error),
        ] {
            let place = Place {
                file: FileId(0),
                pointer: Pointer::parse(pointer).unwrap(),
            };
            sink.push(Diagnostic::new(Code::TOO_LARGE, place, "x").severity(severity));
        }
        let verdict = api.judge(&mut sink);
        let left: Vec<Severity> = sink
            .diagnostics()
            .iter()
            .map(|diagnostic| diagnostic.severity)
            .collect();
        (verdict, left)
    };
    assert_eq!(found(&[]), (Verdict::Fine, vec![Warning, Note, Error]));
    assert_eq!(
        found(&[("too-large", None, Level::Allow)]),
        (Verdict::Fine, vec![Error])
    );
    assert_eq!(
        found(&[("too-large", Some("/a"), Level::Note)]),
        (Verdict::Fine, vec![Note, Note, Error])
    );
    assert_eq!(
        found(&[("too-large", Some("/a"), Level::Deny)]),
        (Verdict::Denied, vec![Error, Note, Error])
    );
    assert_eq!(
        found(&[
            ("too-large", None, Level::Deny),
            ("too-large", None, Level::Warn),
            ("unreadable", None, Level::Deny)
        ]),
        (Verdict::Fine, vec![Warning, Warning, Error])
    );
}

#[test]
fn the_nearest_file_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let deep = dir.path().join("a/b");
    std::fs::create_dir_all(&deep).unwrap();
    assert_eq!(
        Config::find(&deep).filter(|p| p.starts_with(dir.path())),
        None
    );
    std::fs::write(dir.path().join(FILE_NAME), "").unwrap();
    assert_eq!(Config::find(&deep), Some(dir.path().join(FILE_NAME)));
    assert_eq!(
        Config::load(&dir.path().join(FILE_NAME)).unwrap(),
        Config::default()
    );
    assert!(matches!(
        Config::load(Path::new("/nowhere.toml")),
        Err(ConfigError::Unreadable { .. })
    ));
}

#[test]
fn pages_need_what_they_go_by() {
    for (entry, expected) in [
        ("{}", "needs `by`"),
        ("{ by = \"tides\" }", "`tides` is not"),
        ("{ by = \"cursor\", next = \"/n\" }", "needs `parameter`"),
        ("{ by = \"cursor\", parameter = \"c\" }", "needs `next`"),
        ("{ by = \"offset\", parameter = \"o\" }", "needs `items`"),
        (
            "{ by = \"page\", parameter = \"p\" }",
            "needs `items` or `last`",
        ),
        ("{ by = \"url\" }", "needs `next`"),
        ("{ by = \"url\", next = \"n\" }", "not a JSON pointer"),
        ("{ by = \"link\", first = \"1\" }", "a whole number"),
        ("{ by = \"link\", nxt = \"1\" }", "unknown key `nxt`"),
    ] {
        let text = format!("[[api]]\nspec = \"a\"\npagination.list = {entry}\n");
        let message = message(&text);
        assert!(message.contains(expected), "{entry}: {message}");
    }
}

#[test]
fn what_is_said_of_calls() {
    let config = parse(
        r#"
[[api]]
spec = "a"
envelope = "data"
[api.pagination.list]
by = "page"
parameter = "page"
items = "/data"
limit = "limit"
[api.pagination.all]
by = "offset"
parameter = "offset"
items = "/data"
first = 1
[api.pagination.feed]
by = "link"
"#,
    );
    let api = config.unwrap().apis.remove(0);
    assert_eq!(api.envelope.as_deref(), Some("data"));
    assert_eq!(
        api.pagination,
        BTreeMap::from([
            (
                "list".into(),
                PaginationConfig::Count {
                    parameter: "page".into(),
                    pages: true,
                    first: 1,
                    items: Some("/data".into()),
                    last: None,
                    limit: Some("limit".into()),
                },
            ),
            (
                "all".into(),
                PaginationConfig::Count {
                    parameter: "offset".into(),
                    pages: false,
                    first: 1,
                    items: Some("/data".into()),
                    last: None,
                    limit: None,
                },
            ),
            ("feed".into(), PaginationConfig::Link),
        ])
    );
}

#[test]
fn places_are_inside_each_other_by_whole_keys() {
    let under = KeepUndeclared::Under(vec!["/a/b".to_owned(), "c.yaml#".to_owned()]);
    for (place, covered) in [
        ("/a/b", true),
        ("/a/b/c", true),
        ("/a/bc", false),
        ("/a", false),
        ("c.yaml#/x", true),
        ("d.yaml#/a/b", false),
    ] {
        assert_eq!(under.covers(place), covered, "{place}");
    }
    let found =
        parse("[[api]]\nspec = \"a\"\nkeep-undeclared = [\"a/b\", \"/c~2\"]\n").unwrap_err();
    assert_eq!(
        found.to_string().matches("is not a JSON pointer").count(),
        2,
        "{found}"
    );
}
