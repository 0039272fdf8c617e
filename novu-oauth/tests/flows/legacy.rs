//! The older redirect of a subscriber.

use novu_oauth::domain::Address;
use serde_json::json;

use crate::world::{ENVIRONMENT, World, parameter};

/// `printf '%s' newcomer | openssl dgst -sha256 -hmac sk_test_123`
const HASH: &str = "c53466f121d6a409fdec0feb13ec4b66b0fa05897217ccbd098249915c356fa8";
const ROUTE: &str = "/v1/subscribers/newcomer/credentials/slack/oauth";

async fn minted(world: &World) -> String {
    let target = format!(
        "{ROUTE}?hmacHash={HASH}&environmentId={ENVIRONMENT}&integrationIdentifier=slack-main"
    );
    let answer = world.send("GET", &target, &[], "").await;
    assert_eq!(answer.status, 302, "{answer:?}");
    answer.headers["location"]
        .to_str()
        .expect("ASCII")
        .to_owned()
}

#[tokio::test]
async fn a_webhook_of_a_subscriber_who_need_not_exist() {
    let world = World::new().await;
    let url = minted(&world).await;
    let (state, redirect) = (parameter(&url, "state"), parameter(&url, "redirect_uri"));
    let target = redirect
        .strip_prefix("https://novu.example.com/base")
        .expect("our own");
    world.fake.scene(|scene| {
        scene.slack = json!({"incoming_webhook": {"url": "https://hooks.slack.test/1"}});
    });
    world.fake.issue_for("code-1", &redirect);
    let answer = world
        .send(
            "GET",
            &format!("{target}&code=code-1&state={state}"),
            &[],
            "",
        )
        .await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let [endpoint] = &world.endpoints().await[..] else {
        panic!("one endpoint")
    };
    assert_eq!(endpoint.subscriber_id.as_deref(), Some("newcomer"));
    assert!(matches!(endpoint.address, Address::Webhook { .. }));
    let body = r#"{"subscriberId":"newcomer","integrationIdentifier":"slack-main"}"#;
    assert_eq!(world.post("channel-endpoints", body).await.status, 201);
}

#[tokio::test]
async fn what_ends_without_a_webhook() {
    let world = World::new().await;
    let url = minted(&world).await;
    let (state, redirect) = (parameter(&url, "state"), parameter(&url, "redirect_uri"));
    let whole =
        format!("{ROUTE}/callback?environmentId={ENVIRONMENT}&integrationIdentifier=slack-main");
    let other = whole.replace("newcomer", "other");
    let without = format!("{ROUTE}/callback?environmentId={ENVIRONMENT}");
    let cookie = world.state(
        "channel-endpoints",
        r#"{"subscriberId":"subscriber-123","integrationIdentifier":"slack-main"}"#,
    );
    let cookie = cookie.await;
    for (target, keyword) in [
        (
            format!("{whole}&error=access_denied&error_description=no"),
            "access_denied: no",
        ),
        (format!("{whole}&code=c"), "state is required"),
        (format!("{whole}&state={state}"), "code is required"),
        (format!("{other}&code=c&state={state}"), "another link"),
        (format!("{without}&code=c&state={state}"), "another link"),
        (
            format!("{whole}&code=c&state={cookie}"),
            "invalid or has expired",
        ),
        (format!("{whole}&code=c&state=x"), "invalid or has expired"),
    ] {
        let message = world.send("GET", &target, &[], "").await.message(400);
        assert!(message.contains(keyword), "{message}");
        world.nothing_was_asked();
    }
    world.fake.issue_for("code-1", &redirect);
    let target = format!("{whole}&code=code-1&state={state}");
    let message = world.send("GET", &target, &[], "").await.message(400);
    assert!(message.contains("no webhook"), "{message}");
    world.wait(300_001);
    world.send("GET", &target, &[], "").await.message(400);
    world.nothing_is_kept().await;
}
