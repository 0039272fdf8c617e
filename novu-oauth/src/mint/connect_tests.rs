use super::{World, connect, context, names, parameter, refused, state};
use crate::domain::Provider;
use crate::mint::Connect;
use crate::state::{ConnectionMode, Mode};

#[test]
fn connect_slack() {
    let url = World::new(Provider::Slack)
        .connect(&connect())
        .expect("a URL");
    assert_eq!(names(&url), ["state", "client_id", "redirect_uri", "scope"]);
    assert_eq!(
        parameter(&url, "scope"),
        "chat:write,chat:write.public,channels:read,groups:read,users:read,users:read.email"
    );
    let state = state(&url);
    assert_eq!(
        (state.mode, state.identifier, state.connection_mode),
        (Mode::Connect, None, None)
    );
}

#[test]
fn connect_teams() {
    let request = Connect {
        connection_mode: Some(ConnectionMode::Shared),
        ..connect()
    };
    let url = World::new(Provider::MsTeams)
        .connect(&request)
        .expect("a URL");
    assert_eq!(names(&url), ["client_id", "redirect_uri", "scope", "state"]);
    assert_eq!(state(&url).connection_mode, None);
}

#[test]
fn auto_link_is_on_where_a_subscriber_connects_and_nothing_was_said() {
    use ConnectionMode::{Shared, Subscriber};
    let subscriber = || Some("subscriber-123".to_owned());
    for provider in [Provider::Slack, Provider::Webex, Provider::MsTeams] {
        let world = World::new(provider);
        for (mode, subscriber_id, sent, expected) in [
            (None, subscriber(), None, Some(true)),
            (Some(Subscriber), subscriber(), None, Some(true)),
            (Some(Shared), subscriber(), None, None),
            (None, None, None, None),
            (None, Some(String::new()), None, None),
            (Some(Shared), None, None, None),
            (None, subscriber(), Some(false), Some(false)),
            (Some(Subscriber), subscriber(), Some(false), Some(false)),
            (Some(Shared), subscriber(), Some(true), Some(true)),
            (None, None, Some(true), Some(true)),
            (None, None, Some(false), Some(false)),
        ] {
            let request = Connect {
                connection_mode: mode,
                subscriber_id,
                auto_link_user: sent,
                context: Some(context()),
                ..connect()
            };
            let state = state(&world.connect(&request).expect("a URL"));
            assert_eq!(state.auto_link_user, expected, "{provider} {request:?}");
            let mode = mode.filter(|_| provider != Provider::MsTeams);
            assert_eq!(state.connection_mode, mode, "{provider} {request:?}");
        }
    }
}

#[test]
fn connect_needs_someone_to_belong_to() {
    use ConnectionMode::{Shared, Subscriber};
    let some = || Some("subscriber-123".to_owned());
    let empty = || Some(String::new());
    for (mode, subscriber_id, has_context, slack, teams) in [
        (
            None,
            None,
            false,
            Some("subscriberId or context"),
            Some("subscriberId or context"),
        ),
        (
            None,
            empty(),
            false,
            Some("subscriberId or context"),
            Some("subscriberId or context"),
        ),
        (None, some(), false, None, None),
        (None, None, true, None, None),
        (
            Some(Subscriber),
            None,
            true,
            Some("subscriberId is required"),
            None,
        ),
        (
            Some(Subscriber),
            empty(),
            true,
            Some("subscriberId is required"),
            None,
        ),
        (Some(Subscriber), some(), false, None, None),
        (
            Some(Subscriber),
            None,
            false,
            Some("subscriberId is required"),
            Some("subscriberId or"),
        ),
        (
            Some(Shared),
            some(),
            false,
            Some("context is required"),
            None,
        ),
        (Some(Shared), None, true, None, None),
        (Some(Shared), some(), true, None, None),
    ] {
        let request = Connect {
            connection_mode: mode,
            subscriber_id,
            context: has_context.then(context),
            ..connect()
        };
        for (provider, expected) in [
            (Provider::Slack, slack),
            (Provider::NovuSlack, slack),
            (Provider::Webex, slack),
            (Provider::MsTeams, teams),
        ] {
            let result = World::new(provider).connect(&request);
            match expected {
                Some(keyword) => refused(result, 400, keyword),
                None => assert!(result.is_ok(), "{provider} {request:?}: {result:?}"),
            }
        }
    }
}

#[test]
fn an_empty_subscriber_is_not_in_the_state() {
    let request = Connect {
        subscriber_id: Some(String::new()),
        context: Some(context()),
        ..connect()
    };
    let url = World::new(Provider::Slack)
        .connect(&request)
        .expect("a URL");
    assert_eq!(state(&url).subscriber_id, None);
}

#[test]
fn an_incoming_webhook_needs_a_subscriber() {
    let scope = Some(vec!["chat:write".to_owned(), "incoming-webhook".to_owned()]);
    let request = Connect {
        scope,
        context: Some(context()),
        subscriber_id: None,
        ..connect()
    };
    refused(
        World::new(Provider::Slack).connect(&request),
        400,
        "incoming-webhook",
    );
    assert!(World::new(Provider::MsTeams).connect(&request).is_ok());
    let request = Connect {
        subscriber_id: connect().subscriber_id,
        ..request
    };
    assert!(World::new(Provider::Slack).connect(&request).is_ok());
}

#[test]
fn the_deprecated_operation_links_only_where_it_is_asked_to() {
    let request = Connect {
        links_by_default: false,
        ..connect()
    };
    let url = World::new(Provider::Slack).connect(&request);
    assert_eq!(state(&url.expect("a URL")).auto_link_user, None);
}
