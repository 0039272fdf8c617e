//! Where calls are sent.

use super::script::Script;
use super::{PingRequest, call};
use crate::support::client_builder::ClientBuilder;
use crate::support::hints::Hints;
use crate::support::server_url::{ServerUrl, Variable};

static UPLOADS: Hints = Hints::new().server("https://uploads.test/v2/");
static BESIDE: Hints = Hints::new().server("/files");

fn sent(
    builder: ClientBuilder,
    hints: Option<&'static Hints>,
    own: Option<&str>,
) -> Result<String, String> {
    let client = builder.build().map_err(|error| error.to_string())?;
    let mut call = call(&client, PingRequest {});
    if let Some(hints) = hints {
        call = call.hinted(hints);
    }
    if let Some(own) = own {
        call = call.base_url(own);
    }
    let request = call.to_http().map_err(|error| error.to_string())?;
    Ok(request.uri().to_string())
}

#[test]
fn operations_have_servers_of_their_own() {
    let script = Script::new([]);
    let builder = || script.builder();
    for (builder, hints, own, expected) in [
        (builder(), None, None, "http://a.test/base/ping"),
        (
            builder(),
            Some(&UPLOADS),
            None,
            "https://uploads.test/v2/ping",
        ),
        (builder(), Some(&BESIDE), None, "http://a.test/files/ping"),
        (
            builder().server("https://eu.test/x"),
            None,
            None,
            "https://eu.test/x/ping",
        ),
        (
            builder().server("https://eu.test/x"),
            Some(&BESIDE),
            None,
            "https://eu.test/files/ping",
        ),
        (
            builder().base_url("http://proxy.test"),
            Some(&UPLOADS),
            None,
            "http://proxy.test/ping",
        ),
        (
            builder().base_url("http://proxy.test"),
            Some(&UPLOADS),
            Some("http://b.test/"),
            "http://b.test/ping",
        ),
        (
            builder(),
            None,
            Some("http://b.test/c"),
            "http://b.test/c/ping",
        ),
    ] {
        assert_eq!(sent(builder, hints, own).unwrap(), expected);
    }
    assert!(
        sent(builder(), None, Some("http://b.test/?q"))
            .unwrap_err()
            .contains("has a query")
    );
}

#[test]
fn relative_servers_need_something_to_be_relative_to() {
    let script = Script::new([]);
    let relative = |url| ClientBuilder::new(url).transport(script.clone());
    for (url, to, expected) in [
        ("/api/v1", "https://a.test", "https://a.test/api/v1/ping"),
        (
            "/api/v1",
            "https://a.test/docs/openapi.json",
            "https://a.test/api/v1/ping",
        ),
        (
            "v2",
            "https://a.test/docs/openapi.json",
            "https://a.test/docs/v2/ping",
        ),
        (
            ".",
            "https://a.test/docs/openapi.json",
            "https://a.test/docs/ping",
        ),
        ("//b.test/v1", "https://a.test", "https://b.test/v1/ping"),
        ("http://b.test", "https://a.test", "http://b.test/ping"),
    ] {
        assert_eq!(
            sent(relative(url).relative_to(to), None, None).unwrap(),
            expected
        );
        if !url.starts_with("http") {
            let error = sent(relative(url), None, None).unwrap_err();
            assert!(error.contains("base URL"), "{error}");
        }
    }
}

#[test]
fn servers_have_variables() {
    const VARIABLES: &[Variable] = &[
        Variable {
            name: "name",
            default: "demo",
        },
        Variable {
            name: "port",
            default: "443",
        },
    ];
    let url = || ServerUrl::new("https://{name}.test:{port}/", VARIABLES);
    let script = Script::new([]);
    let sent = |url: ServerUrl| sent(script.builder().server(url), None, None);
    assert_eq!(sent(url()).unwrap(), "https://demo.test:443/ping");
    let given = url()
        .with("name", "a".to_owned())
        .with("name", "acme".to_owned());
    assert_eq!(
        sent(given.with("port", "8443".to_owned())).unwrap(),
        "https://acme.test:8443/ping"
    );
    assert!(
        sent(url().with("name", "a@b".to_owned()))
            .unwrap_err()
            .contains("holds a user")
    );
    assert!(sent(url().with("name", "a b".to_owned())).is_err());
}
