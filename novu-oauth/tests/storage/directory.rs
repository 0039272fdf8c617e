//! Environments, keys and integrations.

use novu_oauth::clock::Timestamp;
use novu_oauth::domain::{Channel, Credentials, Integration, Provider};
use novu_oauth::secret::{KeyHash, Secret};
use novu_oauth::storage::StorageError;

use crate::database::{Database, ENVIRONMENT, NEW, NOW, OLD, OTHER, integration};

both! {
    keys_open_their_environment, signing_keys_are_in_order, integrations_are_found,
    minting_asks_once, secrets_are_sealed_again, it_is_there_after_it_was_closed,
}

async fn keys_open_their_environment(database: &Database) {
    let store = database.open().await;
    for (environment, key) in [
        (ENVIRONMENT, "k1"),
        (ENVIRONMENT, "k2"),
        (OTHER, "k3"),
        (ENVIRONMENT, "k1"),
    ] {
        store
            .add_api_key(environment, &Secret::new(key), NOW)
            .await
            .expect("a key");
    }
    for (key, expected) in [
        ("k1", Some(ENVIRONMENT)),
        ("k2", Some(ENVIRONMENT)),
        ("k3", Some(OTHER)),
        ("k4", None),
        ("", None),
        ("K1", None),
        ("k1 ", None),
    ] {
        let found = store.by_key(KeyHash::of(key)).await.expect("an answer");
        assert_eq!(
            found.as_ref().map(|(_, found)| &*found.id),
            expected,
            "{key}"
        );
        assert!(found.is_none_or(|(hash, _)| hash == KeyHash::of(key)));
    }
    let mut keys = store.api_keys(ENVIRONMENT).await.expect("keys");
    keys.sort_by(|a, b| a.expose().cmp(b.expose()));
    assert_eq!(keys, [Secret::new("k1"), Secret::new("k2")]);
    let taken = store.add_api_key(OTHER, &Secret::new("k1"), NOW).await;
    assert!(matches!(taken, Err(StorageError::Conflict(_))), "{taken:?}");
    let nowhere = store.add_api_key("none", &Secret::new("k9"), NOW).await;
    assert!(
        matches!(nowhere, Err(StorageError::Conflict(_))),
        "{nowhere:?}"
    );
    assert_eq!(store.environments().await.expect("environments").len(), 2);
    assert_eq!(store.environment("none").await.expect("an answer"), None);
}

async fn signing_keys_are_in_order(database: &Database) {
    let store = database.open().await;
    for (at, key) in [(0, "a"), (2, "c"), (1, "b")] {
        let at = Timestamp(NOW.0 + at);
        store
            .add_signing_key(ENVIRONMENT, &Secret::new(key), at)
            .await
            .expect("a key");
    }
    let keys = store.signing_keys(ENVIRONMENT).await.expect("keys");
    assert_eq!(keys, ["c", "b", "a"].map(Secret::new));
    // `a` was superseded by `b` at 1, and `b` by `c` at 2.
    let before = Timestamp(NOW.0 + 2);
    assert_eq!(
        store
            .drop_signing_keys(ENVIRONMENT, before)
            .await
            .expect("a count"),
        1
    );
    let keys = store.signing_keys(ENVIRONMENT).await.expect("keys");
    assert_eq!(keys, ["c", "b"].map(Secret::new));
    assert_eq!(store.signing_keys(OTHER).await.expect("keys"), []);
}

async fn integrations_are_found(database: &Database) {
    let store = database.open().await;
    let mail = Integration {
        channel: Channel::Email,
        ..integration("mail", Provider::Slack)
    };
    let bare = Integration {
        credentials: Credentials::default(),
        redirect_url: None,
        hmac: false,
        ..integration("bare", Provider::MsTeams)
    };
    let all = [
        integration("old", Provider::Slack),
        integration("new", Provider::Slack),
        mail,
        bare,
    ];
    for one in &all {
        store
            .put_integration(ENVIRONMENT, one, NOW)
            .await
            .expect("an integration");
        let found = store
            .integration(ENVIRONMENT, &one.identifier)
            .await
            .expect("an answer");
        assert_eq!(found.as_ref(), Some(one));
        assert_eq!(
            store
                .integration(OTHER, &one.identifier)
                .await
                .expect("an answer"),
            None
        );
    }
    let of = async |provider, identifier| {
        let found = store
            .integration_of(ENVIRONMENT, provider, identifier)
            .await;
        found.expect("an answer").map(|found| found.identifier)
    };
    assert_eq!(of(Provider::Slack, None).await.as_deref(), Some("new"));
    assert_eq!(
        of(Provider::Slack, Some("old")).await.as_deref(),
        Some("old")
    );
    assert_eq!(of(Provider::Slack, Some("mail")).await, None);
    assert_eq!(of(Provider::MsTeams, Some("old")).await, None);
    assert_eq!(of(Provider::NovuSlack, None).await, None);
    // One that is brought up to date keeps its place.
    let renewed = integration("old", Provider::Slack);
    store
        .put_integration(ENVIRONMENT, &renewed, NOW)
        .await
        .expect("an integration");
    assert_eq!(of(Provider::Slack, None).await.as_deref(), Some("new"));
}

async fn minting_asks_once(database: &Database) {
    let store = database.open().await;
    let view = store
        .mint_view(ENVIRONMENT, "main", Some("s"))
        .await
        .expect("a view");
    assert!(view.signing_key.is_none() && view.integration.is_none() && !view.subscriber_known);
    let main = integration("main", Provider::Webex);
    store
        .put_integration(ENVIRONMENT, &main, NOW)
        .await
        .expect("an integration");
    for (at, key) in [(0, "a"), (1, "b")] {
        let at = Timestamp(NOW.0 + at);
        store
            .add_signing_key(ENVIRONMENT, &Secret::new(key), at)
            .await
            .expect("a key");
    }
    store
        .add_subscriber(ENVIRONMENT, "s", NOW)
        .await
        .expect("a subscriber");
    store
        .add_subscriber(ENVIRONMENT, "s", NOW)
        .await
        .expect("a subscriber");
    let view = store
        .mint_view(ENVIRONMENT, "main", Some("s"))
        .await
        .expect("a view");
    assert_eq!(view.signing_key, Some(Secret::new("b")));
    assert_eq!(view.integration, Some(main));
    assert!(view.subscriber_known);
    for (environment, subscriber) in [
        (ENVIRONMENT, Some("S")),
        (ENVIRONMENT, None),
        (OTHER, Some("s")),
    ] {
        let view = store
            .mint_view(environment, "main", subscriber)
            .await
            .expect("a view");
        assert!(!view.subscriber_known);
    }
}

async fn secrets_are_sealed_again(database: &Database) {
    let store = database.open().await;
    store
        .add_api_key(ENVIRONMENT, &Secret::new("k"), NOW)
        .await
        .expect("a key");
    store
        .add_signing_key(ENVIRONMENT, &Secret::new("s"), NOW)
        .await
        .expect("a key");
    let main = integration("main", Provider::Slack);
    store
        .put_integration(ENVIRONMENT, &main, NOW)
        .await
        .expect("an integration");
    let both = database.open_with(&format!("{OLD} {NEW}")).await;
    assert_eq!(both.reseal().await.expect("a count"), 3);
    assert_eq!(both.reseal().await.expect("a count"), 0);
    let new = database.open_with(NEW).await;
    assert_eq!(
        new.integration(ENVIRONMENT, "main")
            .await
            .expect("an answer"),
        Some(main)
    );
    assert_eq!(
        new.api_keys(ENVIRONMENT).await.expect("keys"),
        [Secret::new("k")]
    );
    let sealed = store.api_keys(ENVIRONMENT).await;
    assert!(matches!(sealed, Err(StorageError::Sealed(_))), "{sealed:?}");
}

async fn it_is_there_after_it_was_closed(database: &Database) {
    let store = database.open().await;
    store.ping().await.expect("an answer");
    store.close().await;
    let closed = store.ping().await;
    assert!(
        matches!(closed, Err(StorageError::Unavailable(_))),
        "{closed:?}"
    );
    let again = database.open_with(OLD).await;
    assert_eq!(again.environments().await.expect("environments").len(), 2);
}
