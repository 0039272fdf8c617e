//! Webex.

use novu_oauth::clock::Timestamp;
use novu_oauth::domain::Address;

use crate::world::{NOW, World};

#[tokio::test]
async fn a_connection_and_the_person_who_made_it() {
    let world = World::new().await;
    let body = r#"{"subscriberId":"subscriber-123","integrationIdentifier":"webex-main"}"#;
    let state = world.state("channel-connections", body).await;
    world.fake.issue("code-1");
    let answer = world.back(&[("code", "code-1"), ("state", &state)]).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(
        world.fake.asked(),
        ["POST /v1/access_token", "GET /v1/people/me"]
    );
    let [connection] = &world.connections().await[..] else {
        panic!("one connection")
    };
    let tokens = &connection.tokens;
    assert_eq!(tokens.access.expose(), "webex-token");
    let refresh = tokens.refresh.as_ref().expect("a token");
    assert_eq!(refresh.expose(), "webex-refresh");
    assert_eq!(tokens.expires_at, Some(Timestamp(NOW + 60_000)));
    assert_eq!(connection.workspace.id.as_deref(), Some("org-1"));
    let [endpoint] = &world.endpoints().await[..] else {
        panic!("one endpoint")
    };
    let Address::WebexPerson { person_id, .. } = &endpoint.address else {
        panic!("a person")
    };
    assert_eq!(person_id, "person-1");

    // The same person, linked to the same connection.
    let name = &connection.identifier;
    let body = format!(
        r#"{{"subscriberId":"subscriber-123","integrationIdentifier":"webex-main","connectionIdentifier":"{name}"}}"#
    );
    let state = world.state("channel-endpoints", &body).await;
    world.fake.issue("code-2");
    let answer = world.back(&[("code", "code-2"), ("state", &state)]).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(world.endpoints().await.len(), 1);
}
