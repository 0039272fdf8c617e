use std::path::Path;

use super::file::File;
use super::{Config, ConfigError, Keys, Position, RateLimit};
use crate::domain::Provider;

const HEAD: &str = "listen = \"127.0.0.1:0\"\napi_root = \"https://novu.example.com\"\n";
const ENVIRONMENT: &str =
    "[[environments]]\nid = \"66a1b2c3d4e5f60718293a4b\"\norganization_id = \"o\"\n";

/// Line, column and message of the fault in `text`.
fn fault(text: &str) -> (usize, usize, String) {
    let fault = File::parse(text)
        .and_then(File::check)
        .expect_err("a fault");
    let Position { line, column } = Position::of(text, fault.at.start);
    (line, column, fault.message)
}

fn nothing(_: &str) -> Option<String> {
    None
}

fn example() -> Config {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/example.toml");
    Config::load(Some(Path::new(path)), &nothing).expect("valid")
}

#[test]
fn the_example_is_valid() {
    let config = example();
    let [declared] = config.environments.as_slice() else {
        panic!("one environment")
    };
    assert_eq!(declared.environment.id, "66a1b2c3d4e5f60718293a4b");
    assert_eq!(declared.subscribers.len(), 2);
    let demo = declared
        .integrations
        .iter()
        .find(|found| found.identifier == "slack-demo");
    assert_eq!(demo.expect("an integration").provider, Provider::NovuSlack);
    assert_eq!(
        config.novu_slack.client_id.as_deref(),
        Some("1111111111.2222222222")
    );
    assert_eq!(config.api_root.as_str(), "https://novu.example.com");
    assert_eq!(
        config.rate_limit,
        Some(RateLimit {
            per_second: 100,
            burst: 110
        })
    );
    let built_in = Config::example().expect("valid");
    assert_eq!(format!("{built_in:?}"), format!("{config:?}"));
}

#[test]
fn debug_shows_no_secret() {
    let shown = format!("{:?}", example());
    assert!(shown.contains("slack-main"), "{shown}");
    assert!(!shown.contains("dummy"), "{shown}");
}

#[test]
fn variables_come_before_the_file() {
    let key = "00".repeat(32);
    let all = |name: &str| {
        let value = match name {
            "NOVU_OAUTH_LISTEN" => "127.0.0.1:1",
            "NOVU_OAUTH_METRICS" => "127.0.0.1:2",
            "NOVU_OAUTH_API_ROOT" => "https://other.example.com/",
            "NOVU_OAUTH_DATABASE" => "postgres://user:hunter2@db/novu",
            "NOVU_OAUTH_KEYS" => &key,
            "NOVU_OAUTH_SLACK_CLIENT_ID" => "3.4",
            "NOVU_OAUTH_SLACK_SECRET_KEY" => "hunter2",
            _ => return None,
        };
        Some(value.to_owned())
    };
    let config = Config::load(None, &all).expect("valid");
    assert_eq!(config.listen.port(), 1);
    assert_eq!(config.metrics.expect("an address").port(), 2);
    assert_eq!(config.api_root.as_str(), "https://other.example.com");
    assert_eq!(config.novu_slack.client_id.as_deref(), Some("3.4"));
    assert!(matches!(config.keys, Keys::Given(_)));
    assert!(!format!("{config:?}").contains("hunter2"));
    for (name, value, keyword) in [
        (
            "NOVU_OAUTH_LISTEN",
            "x",
            "NOVU_OAUTH_LISTEN: expected an address",
        ),
        ("NOVU_OAUTH_KEYS", "x", "NOVU_OAUTH_KEYS: key 1 is not 64"),
        ("NOVU_OAUTH_API_ROOT", "x", "expected an http or https URL"),
        (
            "NOVU_OAUTH_DATABASE",
            "mysql:hunter2",
            "expected sqlite:FILE",
        ),
    ] {
        let one = |asked: &str| {
            if asked == name {
                Some(value.to_owned())
            } else {
                all(asked)
            }
        };
        let error = Config::load(None, &one).expect_err("a fault").to_string();
        assert!(
            error.contains(keyword) && !error.contains("hunter2"),
            "{error}"
        );
    }
    let shared = |name: &str| all(name).filter(|_| name != "NOVU_OAUTH_KEYS");
    let error = Config::load(None, &shared)
        .expect_err("a fault")
        .to_string();
    assert!(error.contains("NOVU_OAUTH_KEYS"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_file_of_keys_is_made_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;

    let dir = tempfile::tempdir().expect("a directory");
    let path = dir.path().join("keys");
    let sealed = Keys::File(path.clone())
        .ring()
        .expect("a ring")
        .seal("a", "b");
    let mode = std::fs::metadata(&path)
        .expect("a file")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    let again = Keys::File(path.clone()).ring().expect("a ring");
    assert_eq!(
        again
            .open(&sealed.expect("a text"), "b")
            .expect("a text")
            .expose(),
        "a"
    );
    std::fs::write(&path, "x").expect("to write");
    let error = Keys::File(path.clone())
        .ring()
        .expect_err("a fault")
        .to_string();
    assert!(error.starts_with(&path.display().to_string()), "{error}");
}

#[test]
#[allow(clippy::too_many_lines, reason = "a table")]
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
            integration("redirect_url = \"javascript:1\"\n"),
            9,
            16,
            "expected an http",
        ),
        (
            format!("{HEAD}database = \"x\"\n"),
            3,
            12,
            "expected sqlite:FILE",
        ),
        (
            format!("{HEAD}success = \"wrapped\"\n"),
            3,
            11,
            "unknown variant `wrapped`",
        ),
        (
            format!("{HEAD}[rate_limit]\nper_second = 0\n"),
            1,
            1,
            "allows nothing",
        ),
        (
            format!("{HEAD}[providers]\nslack = \"x\"\n"),
            4,
            9,
            "expected an http",
        ),
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
    let error = Config::load(Some(Path::new("no/such.toml")), &nothing).expect_err("a fault");
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
