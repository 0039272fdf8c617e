use std::collections::BTreeSet;

use super::{Channel, Credentials, Directory, Environment, Integration, Provider};
use crate::secret::Secret;

fn integration(identifier: &str, provider: Provider, channel: Channel) -> Integration {
    Integration {
        identifier: identifier.to_owned(),
        provider,
        channel,
        credentials: Credentials::default(),
        hmac: false,
    }
}

fn environment(id: &str, keys: &[&str]) -> Environment {
    Environment {
        id: id.to_owned(),
        organization_id: "org".to_owned(),
        api_keys: keys.iter().map(|&key| Secret::new(key)).collect(),
        integrations: vec![
            integration("old", Provider::Slack, Channel::Chat),
            integration("new", Provider::Slack, Channel::Chat),
            integration("mail", Provider::Slack, Channel::Email),
            integration("teams", Provider::MsTeams, Channel::Chat),
        ],
        subscribers: BTreeSet::new(),
    }
}

#[test]
fn any_key_of_an_environment_opens_it_and_no_other_text_does() {
    let directory = Directory::new(vec![
        environment("a", &["k1", "k2"]),
        environment("b", &["k3", "k1"]),
    ]);
    let id = |key| {
        directory
            .by_key(key)
            .map(|environment| environment.id.as_str())
    };
    assert_eq!(
        [id("k1"), id("k2"), id("k3")],
        [Some("a"), Some("a"), Some("b")]
    );
    for key in ["", "k", "k4", "K1", "k1 ", " k1"] {
        assert_eq!(id(key), None, "{key}");
    }
    assert_eq!(
        directory
            .by_id("b")
            .map(|environment| environment.api_keys.len()),
        Some(2)
    );
    assert_eq!(directory.by_id("c"), None);
    assert!(!format!("{directory:?}").contains("k1"));
}

#[test]
fn only_chat_integrations_are_found() {
    let environment = environment("a", &[]);
    let name =
        |found: Option<&Integration>| found.map(|integration| integration.identifier.clone());
    assert_eq!(
        name(environment.chat_integration("old")).as_deref(),
        Some("old")
    );
    assert_eq!(name(environment.chat_integration("mail")), None);
    assert_eq!(name(environment.chat_integration("none")), None);
    assert_eq!(
        name(environment.integration_of(Provider::Slack, None)).as_deref(),
        Some("new")
    );
    assert_eq!(
        name(environment.integration_of(Provider::Slack, Some("old"))).as_deref(),
        Some("old")
    );
    assert_eq!(
        name(environment.integration_of(Provider::Slack, Some("mail"))),
        None
    );
    assert_eq!(
        name(environment.integration_of(Provider::MsTeams, Some("old"))),
        None
    );
    assert_eq!(
        name(environment.integration_of(Provider::NovuSlack, None)),
        None
    );
}

#[test]
fn provider_ids() {
    for provider in Provider::ALL {
        assert_eq!(provider.id().parse(), Ok(provider));
        assert_eq!(serde_json::to_value(provider).expect("JSON"), provider.id());
    }
    for id in ["", "Slack", "discord", "ms-teams"] {
        assert!(id.parse::<Provider>().is_err(), "{id}");
    }
}
