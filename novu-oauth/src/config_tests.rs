use std::path::Path;

use super::{Config, ConfigError, Position};
use crate::directory::Provider;

const HEAD: &str = "listen = \"127.0.0.1:0\"\napi_root = \"https://novu.example.com\"\n";
const ENVIRONMENT: &str =
    "[[environments]]\nid = \"66a1b2c3d4e5f60718293a4b\"\norganization_id = \"o\"\n";

/// Line, column and message of the fault in `text`.
fn fault(text: &str) -> (usize, usize, String) {
    let fault = Config::parse(text).expect_err("a fault");
    let Position { line, column } = Position::of(text, fault.at.start);
    (line, column, fault.message)
}

#[test]
fn the_example_is_valid() {
    let config = Config::load(Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/example.toml"
    )))
    .expect("valid");
    let environment = config
        .directory
        .by_key("dummy-secret-key")
        .expect("an environment");
    assert_eq!(environment.id, "66a1b2c3d4e5f60718293a4b");
    assert_eq!(environment.subscribers.len(), 2);
    let demo = environment
        .chat_integration("slack-demo")
        .expect("an integration");
    assert_eq!(demo.provider, Provider::NovuSlack);
    assert_eq!(
        demo.credentials.client_id.as_deref(),
        Some("1111111111.2222222222")
    );
    assert_eq!(config.api_root.as_str(), "https://novu.example.com");
}

#[test]
fn debug_shows_no_secret() {
    let config = Config::load(Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/example.toml"
    )))
    .expect("valid");
    let shown = format!("{config:?}");
    assert!(shown.contains("slack-main"), "{shown}");
    assert!(!shown.contains("dummy"), "{shown}");
}

#[test]
fn faults_have_a_place_and_a_reason() {
    let keys = |keys: &str| format!("{HEAD}{ENVIRONMENT}api_keys = {keys}\n");
    let integration = |lines: &str| {
        format!(
            "{HEAD}{ENVIRONMENT}[[environments.integrations]]\nidentifier = \"i\"\nprovider = \"slack\"\n{lines}"
        )
    };
    let cases = [
        ("listen = 1".to_owned(), 1, 10, "expected socket address"),
        (
            "listen = \"x\"\n".to_owned(),
            1,
            10,
            "invalid socket address",
        ),
        (
            "listen = \"127.0.0.1:0\"\n".to_owned(),
            1,
            1,
            "missing field `api_root`",
        ),
        (
            HEAD.replace("https", "gopher"),
            2,
            12,
            "expected an http or https URL",
        ),
        (format!("{HEAD}lisen = 1\n"), 3, 1, "unknown field `lisen`"),
        (format!("{HEAD}listen = \n"), 3, 10, ""),
        (
            HEAD.to_owned() + &ENVIRONMENT.replace("66a1", "66g1"),
            4,
            6,
            "24 hexadecimal digits",
        ),
        (
            format!("{HEAD}{ENVIRONMENT}{ENVIRONMENT}"),
            7,
            6,
            "already there",
        ),
        (keys("[\"a\", \"\"]"), 6, 18, "at least one character"),
        (keys("[\"a\", \" b\"]"), 6, 18, "no space around it"),
        (
            keys("[\"ä\", \"ä\"]"),
            6,
            18,
            "this API key is already there",
        ),
        (
            integration("channel = \"telepathy\"\n"),
            9,
            11,
            "unknown variant `telepathy`",
        ),
        (integration("client_id = 1\n"), 9, 13, "expected a string"),
        (
            integration("client-id = \"1\"\n"),
            9,
            1,
            "unknown field `client-id`",
        ),
        (
            integration("").replace("\"slack\"", "\"slak\""),
            8,
            12,
            "unknown variant `slak`",
        ),
        (integration("").replace("\"i\"", "\"\""), 7, 14, "not empty"),
        (
            integration("tenant_id = \"t\"\n").replace("slack", "novu-slack"),
            7,
            14,
            "[novu_slack]",
        ),
        (
            integration(
                "[[environments.integrations]]\nidentifier = \"i\"\nprovider = \"slack\"\n",
            ),
            10,
            14,
            "already has an integration of this name",
        ),
    ];
    for (text, line, column, keyword) in cases {
        let (found_line, found_column, message) = fault(&text);
        assert!(message.contains(keyword), "{message}\n{text}");
        assert_eq!(
            (found_line, found_column),
            (line, column),
            "{message}\n{text}"
        );
    }
}

#[test]
fn no_fault_quotes_a_secret() {
    for keys in [
        "[hunter2]",
        "[1234567]",
        "\"hunter2\"",
        "[[\"hunter2\"]]",
        "[{a = \"hunter2\"}]",
        "[12.5]",
        "[true]",
        "[\"hunter2\", \"hunter2\"]",
        "[\"hunter2]",
    ] {
        let (.., message) = fault(&format!("{HEAD}{ENVIRONMENT}api_keys = {keys}\n"));
        for secret in ["hunter2", "1234567", "12.5"] {
            assert!(!message.contains(secret), "{keys}: {message}");
        }
    }
    for secret in ["hunter2", "1234567", "{ hunter2 = 1 }", "[\"hunter2\"]"] {
        let text = format!("{HEAD}[novu_slack]\nsecret_key = {secret}\n");
        let (.., message) = fault(&text);
        assert!(
            !message.contains("hunter2") && !message.contains("1234567"),
            "{secret}: {message}"
        );
    }
}

#[test]
fn a_file_that_is_not_there() {
    let error = Config::load(Path::new("no/such.toml")).expect_err("a fault");
    assert!(matches!(error, ConfigError::Read { .. }));
    assert!(error.to_string().starts_with("no/such.toml: "), "{error}");
}

#[test]
fn an_error_reads_as_file_line_column_reason() {
    let path = Path::new("novu.toml").to_owned();
    let position = Position { line: 3, column: 7 };
    let error = ConfigError::Invalid {
        path,
        position,
        message: "why".to_owned(),
    };
    assert_eq!(error.to_string(), "novu.toml:3:7: why");
}
