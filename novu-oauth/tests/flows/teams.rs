//! Microsoft Teams, with its second redirect.

use novu_oauth::domain::Address;

use crate::world::{World, parameter};

const CONNECT: &str = r#"{"subscriberId":"subscriber-123","integrationIdentifier":"teams-main","context":{"tenant":"acme"}}"#;

#[tokio::test]
async fn consent_then_sign_in() {
    let world = World::new().await;
    let state = world.state("channel-connections", CONNECT).await;
    let back = [
        ("tenant", "tenant-2"),
        ("admin_consent", "True"),
        ("state", &*state),
    ];
    let answer = world.back(&back).await;
    assert_eq!(answer.status, 302, "{answer:?}");
    world.nothing_was_asked();
    let [connection] = &world.connections().await[..] else {
        panic!("one connection")
    };
    assert_eq!(connection.tokens.access.expose(), "app-only");
    assert_eq!(connection.workspace.id.as_deref(), Some("tenant-2"));
    assert_eq!(world.endpoints().await, []);

    let location = answer.headers["location"].to_str().expect("ASCII");
    assert!(
        location.contains("/organizations/oauth2/v2.0/authorize?"),
        "{location}"
    );
    let second = parameter(location, "state");
    world.fake.issue("code-1");
    let answer = world.back(&[("code", "code-1"), ("state", &second)]).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(
        world.fake.asked(),
        [
            "POST /organizations/oauth2/v2.0/token",
            "POST /tenant-2/oauth2/v2.0/token",
            "GET /v1.0/appCatalogs/teamsApps",
            "POST /v1.0/users/user-oid/teamwork/installedApps"
        ]
    );
    let [endpoint] = &world.endpoints().await[..] else {
        panic!("one endpoint")
    };
    let expected = Address::TeamsUser {
        user_id: "user-oid".to_owned(),
        tenant_id: "tenant-2".to_owned(),
    };
    assert_eq!(endpoint.address, expected);
    assert_eq!(endpoint.connection.as_ref(), Some(&connection.identifier));
    assert_eq!(endpoint.context_keys, ["tenant:acme"]);
}

#[tokio::test]
async fn consent_alone() {
    let world = World::new().await;
    let body = CONNECT.replacen('{', r#"{"autoLinkUser":false,"#, 1);
    let state = world.state("channel-connections", &body).await;
    let back = |tenant, consent| {
        [
            ("tenant", tenant),
            ("admin_consent", consent),
            ("state", &*state),
        ]
    };
    for (tenant, consent) in [("", "True"), ("tenant-2", "true"), ("tenant-2", "False")] {
        world.back(&back(tenant, consent)).await.message(400);
    }
    world.nothing_is_kept().await;
    assert_eq!(world.back(&back("tenant-2", "True")).await.status, 200);
    assert_eq!(world.connections().await.len(), 1);
}

#[tokio::test]
async fn an_app_that_is_installed_already_will_do_and_one_that_cannot_be_will_not() {
    let world = World::new().await;
    let body = r#"{"subscriberId":"subscriber-123","integrationIdentifier":"teams-main"}"#;
    let state = world.state("channel-endpoints", body).await;
    for (installed, status) in [(403, 400), (500, 502)] {
        world.fake.scene(|scene| scene.installed = installed);
        world.fake.issue("code-1");
        let answer = world.back(&[("code", "code-1"), ("state", &state)]).await;
        answer.message(status);
        world.nothing_is_kept().await;
    }
    world.fake.scene(|scene| scene.installed = 409);
    world.fake.issue("code-1");
    let answer = world.back(&[("code", "code-1"), ("state", &state)]).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(world.endpoints().await.len(), 1);
}
