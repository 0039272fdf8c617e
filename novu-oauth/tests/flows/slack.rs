//! Slack.

use novu_oauth::domain::Address;
use serde_json::json;

use crate::world::{ENVIRONMENT, World};

const CONNECT: &str = r#"{"subscriberId":"subscriber-123","integrationIdentifier":"slack-main","connectionIdentifier":"conn-1","context":{"tenant":"acme","app":{"id":"jira","data":{"a":1}}}}"#;

#[tokio::test]
async fn a_connection_and_the_user_who_made_it() {
    let world = World::new().await;
    let state = world.state("channel-connections", CONNECT).await;
    world.fake.issue("code-1");
    let answer = world.back(&[("code", "code-1"), ("state", &state)]).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(answer.headers["content-type"], "text/html");
    let policy = answer.headers["content-security-policy"]
        .to_str()
        .expect("ASCII");
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
    assert!(answer.text.contains("close this window"));
    assert_eq!(world.fake.asked(), ["POST /api/oauth.v2.access"]);

    let [connection] = &world.connections().await[..] else {
        panic!("one connection")
    };
    assert_eq!(connection.identifier, "conn-1");
    assert_eq!(connection.subscriber_id.as_deref(), Some("subscriber-123"));
    assert_eq!(connection.context_keys, ["app:jira", "tenant:acme"]);
    assert_eq!(connection.tokens.access.expose(), "xoxb-token");
    assert_eq!(connection.workspace.id.as_deref(), Some("T1"));
    assert_eq!(connection.workspace.name.as_deref(), Some("Acme"));
    let [endpoint] = &world.endpoints().await[..] else {
        panic!("one endpoint")
    };
    let user_id = "U1".to_owned();
    assert_eq!(endpoint.address, Address::SlackUser { user_id });
    assert_eq!(endpoint.connection.as_deref(), Some("conn-1"));
    assert!(endpoint.identifier.starts_with("chendp_"));

    // Again: brought up to date, not doubled.
    world.fake.issue("code-2");
    world
        .fake
        .scene(|scene| scene.slack = json!({"access_token": "xoxb-new"}));
    let answer = world.back(&[("code", "code-2"), ("state", &state)]).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let [connection] = &world.connections().await[..] else {
        panic!("one connection")
    };
    assert_eq!(connection.tokens.access.expose(), "xoxb-new");
    assert_eq!(world.endpoints().await.len(), 1);
}

#[tokio::test]
async fn a_shared_connection_belongs_to_nobody() {
    let world = World::new().await;
    let body = r#"{"subscriberId":"subscriber-123","integrationIdentifier":"slack-home","connectionMode":"shared","context":{"tenant":"acme"}}"#;
    let state = world.state("channel-connections", body).await;
    world.fake.issue("code-1");
    let answer = world.back(&[("code", "code-1"), ("state", &state)]).await;
    assert_eq!(answer.status, 302, "{answer:?}");
    assert_eq!(
        answer.headers["location"],
        "https://app.example.com/connected?a=b"
    );
    let [connection] = &world.connections().await[..] else {
        panic!("one connection")
    };
    assert_eq!(connection.subscriber_id, None);
    let name = &connection.identifier;
    assert!(name.starts_with("chconn-") && name.len() == 13, "{name}");
    assert_eq!(world.endpoints().await, []);
}

#[tokio::test]
async fn auto_link_is_off_where_the_caller_says_so() {
    let world = World::new().await;
    let body = CONNECT.replacen('{', r#"{"autoLinkUser":false,"#, 1);
    let deprecated = CONNECT.to_owned();
    for (operation, body) in [("channel-connections", body), ("chat", deprecated)] {
        let state = world.state(operation, &body).await;
        world.fake.issue("code-1");
        let answer = world.back(&[("code", "code-1"), ("state", &state)]).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        assert_eq!(world.connections().await.len(), 1);
        assert_eq!(world.endpoints().await, []);
    }
}

#[tokio::test]
async fn a_user_is_linked_to_a_connection_that_is_there() {
    let world = World::new().await;
    let body = r#"{"subscriberId":"subscriber-123","integrationIdentifier":"slack-main","connectionIdentifier":"conn-1"}"#;
    let state = world.state("channel-endpoints", body).await;
    world.fake.issue("code-1");
    let back = [("code", "code-1"), ("state", &*state)];
    let message = world.back(&back).await.message(404);
    assert!(message.contains("Connection conn-1"), "{message}");
    world.nothing_was_asked();
    world.nothing_is_kept().await;

    let connect = world.state("channel-connections", CONNECT).await;
    world.fake.issue("code-2");
    assert_eq!(
        world
            .back(&[("code", "code-2"), ("state", &connect)])
            .await
            .status,
        200
    );
    assert_eq!(world.back(&back).await.status, 200);
    let endpoints = world.endpoints().await;
    // Of the connection with its contexts, and of the link without.
    assert_eq!(endpoints.len(), 2);
    assert!(
        endpoints
            .iter()
            .all(|found| found.connection.as_deref() == Some("conn-1"))
    );
}

#[tokio::test]
async fn the_deprecated_operation_links_too() {
    let world = World::new().await;
    let body = r#"{"subscriberId":"subscriber-123","integrationIdentifier":"slack-demo","mode":"link_user"}"#;
    let state = world.state("chat", body).await;
    world.fake.issue("code-1");
    let answer = world.back(&[("code", "code-1"), ("state", &state)]).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(world.endpoints().await[0].connection, None);
    let body = r#"{"integrationIdentifier":"slack-main","mode":"link_user"}"#;
    let message = world.post("chat", body).await.message(400);
    assert!(message.contains("subscriberId is required"), "{message}");
}

#[tokio::test]
async fn an_incoming_webhook_is_an_endpoint_without_a_connection() {
    let world = World::new().await;
    let body = r#"{"subscriberId":"subscriber-123","integrationIdentifier":"slack-main","scope":["incoming-webhook"]}"#;
    let state = world.state("channel-connections", body).await;
    let url = "https://hooks.slack.test/1";
    world
        .fake
        .scene(|scene| scene.slack = json!({"incoming_webhook": {"url": url}}));
    world.fake.issue("code-1");
    let answer = world.back(&[("code", "code-1"), ("state", &state)]).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(world.connections().await, []);
    let Address::Webhook { url: found } = &world.endpoints().await[0].address else {
        panic!("a webhook")
    };
    assert_eq!(found.expose(), url);
}

#[tokio::test]
async fn a_connection_of_another_integration_is_not_taken_over() {
    let world = World::new().await;
    let mine = world.state("channel-connections", CONNECT).await;
    let other = CONNECT.replace("slack-main", "slack-home");
    let other = world.state("channel-connections", &other).await;
    world.fake.issue("code-1");
    assert_eq!(
        world
            .back(&[("code", "code-1"), ("state", &mine)])
            .await
            .status,
        200
    );
    let before = world.connections().await;
    world.fake.issue("code-2");
    let answer = world.back(&[("code", "code-2"), ("state", &other)]).await;
    let message = answer.message(409);
    assert!(message.contains("another integration"), "{message}");
    assert_eq!(world.connections().await, before);
    assert_eq!(world.endpoints().await.len(), 1);
    assert!(
        world
            .store()
            .has_connection(ENVIRONMENT, "conn-1")
            .await
            .expect("an answer")
    );
}
