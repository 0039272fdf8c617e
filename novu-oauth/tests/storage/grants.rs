//! What flows leave behind: all of it or nothing.

use novu_oauth::clock::Timestamp;
use novu_oauth::domain::{Address, Connection, Endpoint, Provider, Tokens, Workspace};
use novu_oauth::secret::Secret;
use novu_oauth::storage::{Completion, StorageError};

use crate::database::{Database, ENVIRONMENT, NOW, OTHER};

both! { a_completion_is_kept, what_is_there_is_brought_up_to_date, a_conflict_keeps_nothing }

fn connection(identifier: &str, integration: &str) -> Connection {
    Connection {
        identifier: identifier.to_owned(),
        integration: integration.to_owned(),
        provider: Provider::Webex,
        subscriber_id: Some("s".to_owned()),
        context_keys: vec!["app:jira".to_owned(), "tenant:acme".to_owned()],
        tokens: Tokens {
            access: Secret::new("access"),
            refresh: Some(Secret::new("refresh")),
            expires_at: Some(Timestamp(NOW.0 + 1)),
        },
        workspace: Workspace {
            id: Some("w".to_owned()),
            name: Some("Ä\u{1f600}".to_owned()),
        },
    }
}

fn endpoint(identifier: &str, address: Address) -> Endpoint {
    Endpoint {
        identifier: identifier.to_owned(),
        integration: "main".to_owned(),
        connection: None,
        subscriber_id: Some("s".to_owned()),
        context_keys: Vec::new(),
        address,
    }
}

fn addresses() -> [Address; 4] {
    let text = str::to_owned;
    [
        Address::SlackUser { user_id: text("u") },
        Address::Webhook {
            url: Secret::new("https://hooks.example.com"),
        },
        Address::TeamsUser {
            user_id: text("u"),
            tenant_id: text("t"),
        },
        Address::WebexPerson {
            person_id: text("p"),
            tokens: connection("", "").tokens,
        },
    ]
}

fn whole() -> Completion {
    Completion {
        subscriber: Some("s".to_owned()),
        contexts: vec![
            ("app".to_owned(), "jira".to_owned(), Some("{}".to_owned())),
            ("tenant\0".to_owned(), "acme".to_owned(), None),
        ],
        connection: Some(connection("c", "main")),
        endpoints: (0..)
            .zip(addresses())
            .map(|(at, address)| endpoint(&format!("e{at}"), address))
            .collect(),
        tied: true,
    }
}

async fn a_completion_is_kept(database: &Database) {
    let store = database.open().await;
    let kept = store
        .complete(ENVIRONMENT, &whole(), NOW)
        .await
        .expect("to be kept");
    assert_eq!(kept.as_deref(), Some("c"));
    assert_eq!(
        store.connections(ENVIRONMENT).await.expect("connections"),
        [connection("c", "main")]
    );
    let endpoints = store.endpoints(ENVIRONMENT).await.expect("endpoints");
    let expected = whole().endpoints.into_iter().map(|endpoint| Endpoint {
        connection: Some("c".to_owned()),
        ..endpoint
    });
    assert_eq!(endpoints, expected.collect::<Vec<_>>());
    assert!(
        store
            .has_connection(ENVIRONMENT, "c")
            .await
            .expect("an answer")
    );
    assert!(!store.has_connection(OTHER, "c").await.expect("an answer"));
    assert_eq!(store.connections(OTHER).await.expect("connections"), []);
    let view = store
        .mint_view(ENVIRONMENT, "", Some("s"))
        .await
        .expect("a view");
    assert!(view.subscriber_known);
}

async fn what_is_there_is_brought_up_to_date(database: &Database) {
    let store = database.open().await;
    store
        .complete(ENVIRONMENT, &whole(), NOW)
        .await
        .expect("to be kept");
    // By its name, then by its owner under another name, which it does not take.
    for name in ["c", "d"] {
        let mut again = whole();
        let renewed = again.connection.as_mut().expect("a connection");
        name.clone_into(&mut renewed.identifier);
        renewed.tokens.access = Secret::new(format!("access of {name}"));
        renewed.tokens.refresh = None;
        let kept = store
            .complete(ENVIRONMENT, &again, Timestamp(NOW.0 + 9))
            .await;
        assert_eq!(kept.expect("to be kept").as_deref(), Some("c"));
        let [found] = &store.connections(ENVIRONMENT).await.expect("connections")[..] else {
            panic!("one connection")
        };
        assert_eq!(found.tokens.access.expose(), format!("access of {name}"));
        assert_eq!(found.tokens.refresh, None);
        assert_eq!(
            store.endpoints(ENVIRONMENT).await.expect("endpoints").len(),
            4
        );
    }
}

async fn a_conflict_keeps_nothing(database: &Database) {
    let store = database.open().await;
    let first = Completion {
        connection: Some(connection("c", "other")),
        ..Completion::default()
    };
    store
        .complete(ENVIRONMENT, &first, NOW)
        .await
        .expect("to be kept");
    let refused = store.complete(ENVIRONMENT, &whole(), NOW).await;
    assert!(
        matches!(refused, Err(StorageError::Conflict(_))),
        "{refused:?}"
    );
    assert_eq!(
        store
            .connections(ENVIRONMENT)
            .await
            .expect("connections")
            .len(),
        1
    );
    assert_eq!(store.endpoints(ENVIRONMENT).await.expect("endpoints"), []);
    let view = store
        .mint_view(ENVIRONMENT, "", Some("s"))
        .await
        .expect("a view");
    assert!(!view.subscriber_known);
}
