//! The expected URLs come from Python, whose `urlencode` differs from the WHATWG's form encoding only
//! in `*` and `~`:
//!
//! ```python
//! from urllib.parse import urlencode
//! print(endpoint + "?" + urlencode(pairs, safe="*").replace("~", "%7E"))
//! ```

use std::sync::LazyLock;

use super::{ApiRoot, Flow};
use crate::provider::ProviderUrls;

const CALLBACK: &str = "https://novu.example.com/base/v1/integrations/chat/oauth/callback";
/// Every kind of character that the encoding treats on its own.
static FLOW: LazyLock<Flow<'static>> = LazyLock::new(|| Flow {
    urls: &URLS,
    client_id: "1.2 *-._~é&=/",
    redirect_uri: CALLBACK,
    state: "eyJ.x-_9",
});

static URLS: LazyLock<ProviderUrls> = LazyLock::new(ProviderUrls::default);

fn scopes(scopes: &[&str]) -> Vec<String> {
    scopes.iter().map(|&scope| scope.to_owned()).collect()
}

#[test]
fn slack_connect() {
    assert_eq!(
        FLOW.slack_connect(None).as_str(),
        "https://slack.com/oauth/v2/authorize?state=eyJ.x-_9&client_id=1.2+*-._%7E%C3%A9%26%3D%2F&redirect_uri=https%3A%2F%2Fnovu.example.com%2Fbase%2Fv1%2Fintegrations%2Fchat%2Foauth%2Fcallback&scope=chat%3Awrite%2Cchat%3Awrite.public%2Cchannels%3Aread%2Cgroups%3Aread%2Cusers%3Aread%2Cusers%3Aread.email"
    );
    assert_eq!(
        FLOW.slack_connect(Some(&scopes(&["chat:write", "a b,c"])))
            .as_str(),
        "https://slack.com/oauth/v2/authorize?state=eyJ.x-_9&client_id=1.2+*-._%7E%C3%A9%26%3D%2F&redirect_uri=https%3A%2F%2Fnovu.example.com%2Fbase%2Fv1%2Fintegrations%2Fchat%2Foauth%2Fcallback&scope=chat%3Awrite%2Ca+b%2Cc"
    );
    let empty = FLOW.slack_connect(Some(&[]));
    assert!(empty.as_str().ends_with("callback&scope="), "{empty}");
}

#[test]
fn slack_link() {
    assert_eq!(
        FLOW.slack_link(None).as_str(),
        "https://slack.com/oauth/v2/authorize?state=eyJ.x-_9&client_id=1.2+*-._%7E%C3%A9%26%3D%2F&redirect_uri=https%3A%2F%2Fnovu.example.com%2Fbase%2Fv1%2Fintegrations%2Fchat%2Foauth%2Fcallback&user_scope=identity.basic"
    );
    let two = FLOW.slack_link(Some(&scopes(&["identity.basic", "identity.email"])));
    assert!(
        two.as_str()
            .ends_with("callback&user_scope=identity.basic%2Cidentity.email"),
        "{two}"
    );
    let empty = FLOW.slack_link(Some(&[]));
    assert!(empty.as_str().ends_with("callback&user_scope="), "{empty}");
}

#[test]
fn slack_webhook() {
    assert_eq!(
        FLOW.slack_webhook().as_str(),
        "https://slack.com/oauth/v2/authorize?client_id=1.2+*-._%7E%C3%A9%26%3D%2F&scope=incoming-webhook&redirect_uri=https%3A%2F%2Fnovu.example.com%2Fbase%2Fv1%2Fintegrations%2Fchat%2Foauth%2Fcallback&state=eyJ.x-_9"
    );
}

#[test]
fn teams_connect() {
    assert_eq!(
        FLOW.teams_connect().as_str(),
        "https://login.microsoftonline.com/organizations/v2.0/adminconsent?client_id=1.2+*-._%7E%C3%A9%26%3D%2F&redirect_uri=https%3A%2F%2Fnovu.example.com%2Fbase%2Fv1%2Fintegrations%2Fchat%2Foauth%2Fcallback&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default&state=eyJ.x-_9"
    );
}

#[test]
fn teams_link() {
    assert_eq!(
        FLOW.teams_link().as_str(),
        "https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize?client_id=1.2+*-._%7E%C3%A9%26%3D%2F&response_type=code&redirect_uri=https%3A%2F%2Fnovu.example.com%2Fbase%2Fv1%2Fintegrations%2Fchat%2Foauth%2Fcallback&scope=openid+profile+User.Read&state=eyJ.x-_9&response_mode=query"
    );
}

#[test]
fn root_loses_one_slash_and_keeps_its_path() {
    for (root, expected) in [
        ("https://novu.example.com", "https://novu.example.com"),
        ("https://novu.example.com/", "https://novu.example.com"),
        ("http://localhost:3000/a/b/", "http://localhost:3000/a/b"),
        ("http://localhost:3000//", "http://localhost:3000/"),
    ] {
        let root = ApiRoot::parse(root).expect("a root");
        assert_eq!(root.as_str(), expected);
        assert_eq!(
            root.callback(),
            format!("{expected}/v1/integrations/chat/oauth/callback")
        );
    }
    assert_eq!(
        ApiRoot::parse("https://novu.example.com/base")
            .expect("a root")
            .callback(),
        CALLBACK
    );
}

#[test]
fn root_is_a_web_address() {
    for root in [
        "",
        "/",
        "novu.example.com",
        "novu.example.com:80",
        "ftp://novu.example.com",
        "https://",
        "https:///a",
        "https://a b",
        "https://a?b",
        "https://a/#b",
        "https://a#",
    ] {
        assert!(ApiRoot::parse(root).is_err(), "{root}");
    }
}
