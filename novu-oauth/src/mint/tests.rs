use serde_json::{Value, json};

use super::{Connect, Link, Mint, View};
use crate::clock::Timestamp;
use crate::context::Context;
use crate::domain::{Channel, Credentials, Integration, Provider};
use crate::problem::Problem;
use crate::provider::ProviderUrls;
use crate::provider::authorize::{ApiRoot, AuthorizeUrl};
use crate::secret::Secret;
use crate::state::{ConnectionMode, Mode, State, verify};

const NOW: Timestamp = Timestamp(1_767_225_600_123);
const ENVIRONMENT: &str = "66a1b2c3d4e5f60718293a4b";

/// A store of one environment and one integration, the way each test wants it.
struct World {
    key: Option<Secret>,
    api_keys: Vec<Secret>,
    integration: Option<Integration>,
    subscriber_known: bool,
}

impl World {
    fn new(provider: Provider) -> Self {
        Self {
            key: Some(Secret::new("sk_test_123")),
            api_keys: vec![Secret::new("sk_other"), Secret::new("sk_test_123")],
            integration: Some(Integration {
                identifier: "chat.main".to_owned(),
                provider,
                channel: Channel::Chat,
                credentials: Credentials {
                    client_id: Some("client-1".to_owned()),
                    ..Credentials::default()
                },
                redirect_url: None,
                hmac: false,
            }),
            subscriber_known: true,
        }
    }

    fn view(&self) -> View<'_> {
        View {
            environment_id: ENVIRONMENT,
            organization_id: "org-1",
            signing_key: self.key.as_ref(),
            integration: self.integration.as_ref(),
            subscriber_known: self.subscriber_known,
            api_keys: &self.api_keys,
        }
    }

    fn link(&self, request: &Link) -> Result<AuthorizeUrl, Problem> {
        let root = ApiRoot::parse("https://novu.example.com/").expect("a root");
        Mint {
            urls: &ProviderUrls::default(),
            root: &root,
            now: NOW,
        }
        .link(request, self.view())
    }

    fn connect(&self, request: &Connect) -> Result<AuthorizeUrl, Problem> {
        let root = ApiRoot::parse("https://novu.example.com/").expect("a root");
        Mint {
            urls: &ProviderUrls::default(),
            root: &root,
            now: NOW,
        }
        .connect(request, self.view())
    }
}

fn link() -> Link {
    Link {
        subscriber_id: "subscriber-123".to_owned(),
        integration_identifier: "chat.main".to_owned(),
        connection_identifier: Some("connection-1".to_owned()),
        context: Some(parsed(
            json!({"tenant": "org-acme", "app": {"id": "jira", "data": {"a": 1}}}),
        )),
        context_hash: None,
        user_scope: None,
    }
}

fn connect() -> Connect {
    Connect {
        integration_identifier: "chat.main".to_owned(),
        subscriber_id: Some("subscriber-123".to_owned()),
        connection_identifier: None,
        context: None,
        context_hash: None,
        scope: None,
        connection_mode: None,
        auto_link_user: None,
        links_by_default: true,
    }
}

fn parsed(context: Value) -> Context {
    serde_json::from_value(context).expect("a context")
}

fn context() -> Context {
    parsed(json!({"tenant": "org-acme"}))
}

/// The pairs of a URL's query, decoded, in order.
fn pairs(url: &AuthorizeUrl) -> Vec<(String, String)> {
    let query = url.as_str().split_once('?').expect("a query").1;
    form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect()
}

fn names(url: &AuthorizeUrl) -> Vec<String> {
    pairs(url).into_iter().map(|(name, _)| name).collect()
}

fn parameter(url: &AuthorizeUrl, name: &str) -> String {
    pairs(url)
        .into_iter()
        .find(|(found, _)| found == name)
        .expect("the parameter")
        .1
}

fn state(url: &AuthorizeUrl) -> State {
    verify(&parameter(url, "state"), [&b"sk_test_123"[..]], NOW).expect("a state")
}

fn status(result: Result<AuthorizeUrl, Problem>) -> (u16, String) {
    match result.expect_err("a refusal") {
        Problem::BadRequest(message) => (400, message),
        Problem::NotFound(message) => (404, message),
        Problem::Invalid(faults) => (
            422,
            faults
                .into_iter()
                .map(|fault| fault.field)
                .collect::<Vec<_>>()
                .join(","),
        ),
        Problem::Conflict(message) => (409, message),
        Problem::Internal(message) => (500, message),
        Problem::Provider(message) => (502, message),
        Problem::Unavailable(message) => (503, message),
    }
}

#[track_caller]
fn refused(result: Result<AuthorizeUrl, Problem>, expected: u16, keyword: &str) {
    let (status, message) = status(result);
    assert_eq!(status, expected, "{message}");
    assert!(message.contains(keyword), "{message}");
}

#[test]
fn link_slack() {
    for provider in [Provider::Slack, Provider::NovuSlack] {
        let url = World::new(provider).link(&link()).expect("a URL");
        assert!(
            url.as_str()
                .starts_with("https://slack.com/oauth/v2/authorize?state="),
            "{url}"
        );
        assert_eq!(
            names(&url),
            ["state", "client_id", "redirect_uri", "user_scope"]
        );
        assert_eq!(parameter(&url, "client_id"), "client-1");
        assert_eq!(
            parameter(&url, "redirect_uri"),
            "https://novu.example.com/v1/integrations/chat/oauth/callback"
        );
        assert_eq!(parameter(&url, "user_scope"), "identity.basic");
        let expected = State {
            identifier: Some("connection-1".to_owned()),
            subscriber_id: Some("subscriber-123".to_owned()),
            context: link().context,
            environment_id: ENVIRONMENT.to_owned(),
            organization_id: "org-1".to_owned(),
            integration_identifier: "chat.main".to_owned(),
            provider_id: provider,
            timestamp: NOW,
            mode: Mode::LinkUser,
            connection_mode: None,
            auto_link_user: None,
        };
        assert_eq!(state(&url), expected);
    }
}

#[test]
fn link_teams_ignores_scopes() {
    let request = Link {
        user_scope: Some(vec!["users:read".to_owned()]),
        ..link()
    };
    let url = World::new(Provider::MsTeams).link(&request).expect("a URL");
    assert_eq!(
        names(&url),
        [
            "client_id",
            "response_type",
            "redirect_uri",
            "scope",
            "state",
            "response_mode"
        ]
    );
    assert_eq!(parameter(&url, "scope"), "openid profile User.Read");
    assert_eq!(state(&url).provider_id, Provider::MsTeams);
}

#[test]
fn scopes_are_sent_as_they_are() {
    let world = World::new(Provider::Slack);
    let scopes = Some(vec!["no.such:scope".to_owned(), "b".to_owned()]);
    let url = world
        .link(&Link {
            user_scope: scopes.clone(),
            ..link()
        })
        .expect("a URL");
    assert_eq!(parameter(&url, "user_scope"), "no.such:scope,b");
    let url = world
        .connect(&Connect {
            scope: scopes,
            ..connect()
        })
        .expect("a URL");
    assert_eq!(parameter(&url, "scope"), "no.such:scope,b");
    let url = world
        .link(&Link {
            user_scope: Some(vec![]),
            ..link()
        })
        .expect("a URL");
    assert_eq!(parameter(&url, "user_scope"), "");
    let url = world
        .connect(&Connect {
            scope: Some(vec![]),
            ..connect()
        })
        .expect("a URL");
    assert_eq!(parameter(&url, "scope"), "");
}

/// By Python:
///
/// ```python
/// import hashlib, hmac
/// text = '{"app":{"data":{"a":1},"id":"jira"},"tenant":"org-acme"}'
/// hmac.new(b"sk_test_123", text.encode(), hashlib.sha256).hexdigest()
/// ```
#[test]
fn a_context_is_proven_where_the_integration_asks_for_it() {
    const HASH: &str = "764020a5419ed75a49867d383e491330e6a048772d2f0f73fdfbef586b4070ae";
    for provider in Provider::ALL {
        let mut world = World::new(provider);
        world.integration.as_mut().expect("an integration").hmac = true;
        let asked = |context_hash: Option<&str>| Link {
            context_hash: context_hash.map(str::to_owned),
            ..link()
        };
        assert!(world.link(&asked(Some(HASH))).is_ok());
        for wrong in [None, Some(""), Some(&HASH[1..]), Some(&HASH.to_uppercase())] {
            refused(world.link(&asked(wrong)), 400, "contextHash");
        }
        let without = Link {
            context: None,
            ..asked(Some(HASH))
        };
        refused(world.link(&without), 400, "requires a context");
        world.api_keys.pop();
        refused(world.link(&asked(Some(HASH))), 400, "contextHash");
    }
}

#[test]
fn webex() {
    let world = World::new(Provider::Webex);
    let url = world.link(&link()).expect("a URL");
    let expected = [
        "state",
        "client_id",
        "response_type",
        "redirect_uri",
        "scope",
    ];
    assert_eq!(names(&url), expected);
    assert!(
        url.as_str()
            .starts_with("https://webexapis.com/v1/authorize?state=")
    );
    assert_eq!(parameter(&url, "scope"), "spark:people_read");
    let nameless = Link {
        connection_identifier: None,
        ..link()
    };
    refused(world.link(&nameless), 400, "connectionIdentifier");
    let url = world.connect(&connect()).expect("a URL");
    assert_eq!(names(&url), expected);
    assert_eq!(
        parameter(&url, "scope"),
        "spark:messages_write spark:rooms_read spark:people_read spark:memberships_read spark:kms"
    );
}

/// Each step takes one hindrance away, so that the next one shows.
#[test]
fn checks_come_in_the_documented_order() {
    let scope = Some(vec!["incoming-webhook".to_owned()]);
    let mode = Some(ConnectionMode::Shared);
    let mut request = Connect {
        subscriber_id: None,
        scope,
        connection_mode: mode,
        ..connect()
    };
    let mut world = World::new(Provider::Slack);
    let mut integration = world.integration.take().expect("an integration");
    let client_id = integration.credentials.client_id.take();
    integration.hmac = true;
    world.key = None;
    world.subscriber_known = false;

    refused(
        world.connect(&request),
        404,
        "No chat integration chat.main",
    );
    world.integration = Some(integration.clone());
    refused(world.connect(&request), 400, "requires a context");
    integration.hmac = false;
    world.integration = Some(integration.clone());
    refused(world.connect(&request), 400, "incoming-webhook");
    request.subscriber_id = Some("subscriber-123".to_owned());
    refused(world.connect(&request), 400, "context is required");
    request.context = Some(context());
    refused(world.connect(&request), 404, "Subscriber subscriber-123");
    world.subscriber_known = true;
    refused(world.connect(&request), 404, "client id");
    integration.credentials.client_id = Some(String::new());
    world.integration = Some(integration.clone());
    refused(world.connect(&request), 404, "client id");
    integration.credentials.client_id = client_id;
    world.integration = Some(integration);
    refused(world.connect(&request), 404, "signing key");
    world.key = Some(Secret::new("sk_test_123"));
    assert!(world.connect(&request).is_ok());
}

#[test]
fn link_checks_come_in_the_documented_order() {
    let mut world = World::new(Provider::MsTeams);
    let mut integration = world.integration.take().expect("an integration");
    let client_id = integration.credentials.client_id.take();
    world.key = None;
    world.subscriber_known = false;

    refused(world.link(&link()), 404, "No chat integration chat.main");
    world.integration = Some(integration.clone());
    refused(world.link(&link()), 404, "Subscriber subscriber-123");
    world.subscriber_known = true;
    refused(world.link(&link()), 404, "client id");
    integration.credentials.client_id = client_id;
    world.integration = Some(integration);
    refused(world.link(&link()), 404, "signing key");
    world.key = Some(Secret::new("sk_test_123"));
    assert!(world.link(&link()).is_ok());
}

#[test]
fn the_state_carries_the_context_as_it_was_sent() {
    let sent = json!({"tenant": "org-acme", "app": {"id": "jira", "data": {"k": [1, 1.5, null]}}});
    let request = Connect {
        context: Some(parsed(sent.clone())),
        ..connect()
    };
    let url = World::new(Provider::Slack)
        .connect(&request)
        .expect("a URL");
    assert_eq!(state(&url).context, Some(parsed(sent)));
}

#[path = "connect_tests.rs"]
mod connect_tests;
