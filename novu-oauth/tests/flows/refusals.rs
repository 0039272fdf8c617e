//! What comes back and is refused: each with its documented error, and nothing is kept.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use novu_oauth::secret::Secret;
use novu_oauth::signature::hmac_hex;

use crate::world::{ENVIRONMENT, World};

const CONNECT: &str = r#"{"subscriberId":"subscriber-123","integrationIdentifier":"slack-main"}"#;

/// A state of this JSON, signed with this key.
fn signed(json: &str, key: &str) -> String {
    let signature = hmac_hex(key.as_bytes(), json.as_bytes());
    URL_SAFE_NO_PAD.encode(format!("{json}.{signature}"))
}

fn payload(state: &str) -> String {
    let bytes = URL_SAFE_NO_PAD.decode(state).expect("base64url");
    let text = String::from_utf8(bytes).expect("UTF-8");
    text.rsplit_once('.').expect("a signature").0.to_owned()
}

#[tokio::test]
async fn parameters_that_do_not_do() {
    let world = World::new().await;
    let state = world.state("channel-connections", CONNECT).await;
    for (parameters, keyword) in [
        (
            vec![("error", "access_denied"), ("state", &*state)],
            "access_denied",
        ),
        (
            vec![
                ("error", "access_denied"),
                ("error_description", "not today"),
            ],
            "access_denied: not today",
        ),
        (vec![], "state is required"),
        (vec![("code", "c"), ("state", "")], "state is required"),
        (vec![("state", &*state)], "code or tenant is required"),
        (
            vec![("tenant", "t"), ("state", &*state)],
            "code is required",
        ),
        (vec![("code", ""), ("state", &*state)], "code is required"),
    ] {
        let message = world.back(&parameters).await.message(400);
        assert!(message.contains(keyword), "{message}");
    }
    world.nothing_was_asked();
    world.nothing_is_kept().await;
}

#[tokio::test]
async fn states_that_are_not_ours() {
    let world = World::new().await;
    let state = world.state("channel-connections", CONNECT).await;
    let json = payload(&state);
    let foreign = json.replace(ENVIRONMENT, "66a1b2c3d4e5f60718293a4d");
    let nowhere = json.replace(ENVIRONMENT, "66a1b2c3d4e5f60718293a4e");
    let without = |field: &str| {
        let mut json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        json.as_object_mut().expect("an object").remove(field);
        signed(&json.to_string(), "signing-key")
    };
    let back = async |state: &str| world.back(&[("code", "c"), ("state", state)]).await;
    for wrong in [
        "x",
        "",
        &signed(&json, "sk_test_123"),
        &signed(&json, "other-signing-key"),
        // Of another environment, signed with the key of this one.
        &signed(&foreign, "signing-key"),
        &signed("{", "signing-key"),
        &state.to_uppercase(),
        &without("environmentId"),
        &without("providerId"),
        &without("timestamp"),
        &signed(&json.replacen('{', r#"{"more":1,"#, 1), "signing-key"),
    ] {
        back(wrong).await.message(400);
    }
    back(&signed(&nowhere, "signing-key")).await.message(404);
    let nul = json.replace(ENVIRONMENT, "\\u0000");
    back(&signed(&nul, "signing-key")).await.message(404);
    // Signed with the key of its environment, in which there is no such integration.
    back(&signed(&foreign, "other-signing-key"))
        .await
        .message(404);
    let discord = json.replace("\"slack\"", "\"discord\"");
    back(&signed(&discord, "signing-key")).await.message(400);
    world.nothing_was_asked();
    world.nothing_is_kept().await;
}

#[tokio::test]
async fn a_state_with_one_bit_changed() {
    let world = World::new().await;
    let state = world.state("channel-connections", CONNECT).await;
    world.fake.issue("c");
    for at in 0..state.len() {
        let mut bytes = state.clone().into_bytes();
        bytes[at] ^= 1;
        let changed = String::from_utf8(bytes).expect("ASCII");
        let answer = world.back(&[("code", "c"), ("state", &changed)]).await;
        assert!(
            matches!(answer.status.as_u16(), 400 | 404),
            "{at}: {answer:?}"
        );
    }
    world.nothing_was_asked();
    world.nothing_is_kept().await;
}

#[tokio::test]
async fn a_state_is_good_for_five_minutes_to_the_millisecond() {
    let world = World::new().await;
    let state = world.state("channel-connections", CONNECT).await;
    world.wait(300_001);
    world.fake.issue("c");
    let back = [("code", "c"), ("state", &*state)];
    world.back(&back).await.message(400);
    world.nothing_was_asked();
    world.nothing_is_kept().await;
    let state = world.state("channel-connections", CONNECT).await;
    world.wait(300_000);
    let back = [("code", "c"), ("state", &*state)];
    assert_eq!(world.back(&back).await.status, 200);
}

#[tokio::test]
async fn old_keys_verify_and_the_newest_signs() {
    let world = World::new().await;
    let state = world.state("channel-connections", CONNECT).await;
    assert_eq!(state, signed(&payload(&state), "signing-key"));
    let newest = Secret::new("newest-signing-key");
    let later = novu_oauth::clock::Timestamp(crate::world::NOW + 10);
    let store = world.store();
    let added = store.add_signing_key(ENVIRONMENT, &newest, later);
    added.await.expect("a key");
    let second = world.state("channel-connections", CONNECT).await;
    assert_eq!(second, signed(&payload(&second), "newest-signing-key"));
    let oldest = signed(&payload(&state), "old-signing-key");
    for state in [&state, &second, &oldest] {
        world.fake.issue("c");
        assert_eq!(
            world.back(&[("code", "c"), ("state", state)]).await.status,
            200
        );
    }
}

#[tokio::test]
async fn codes_and_apps_that_the_provider_refuses() {
    let world = World::new().await;
    let state = world.state("channel-connections", CONNECT).await;
    let message = world
        .back(&[("code", "c"), ("state", &state)])
        .await
        .message(400);
    assert!(message.contains("invalid_code; say more"), "{message}");
    world.fake.issue_for("c", "https://elsewhere.example.com");
    let message = world
        .back(&[("code", "c"), ("state", &state)])
        .await
        .message(400);
    assert!(message.contains("bad_redirect_uri"), "{message}");
    let bare = CONNECT.replace("slack-main", "bare");
    let bare = world.state("channel-connections", &bare).await;
    let message = world
        .back(&[("code", "c"), ("state", &bare)])
        .await
        .message(404);
    assert!(message.contains("no secret key"), "{message}");
    world.fake.scene(|scene| scene.broken = Some(500));
    let answer = world.back(&[("code", "c"), ("state", &state)]).await;
    answer.message(502);
    assert!(!answer.text.contains("internals"), "{answer:?}");
    world.nothing_is_kept().await;

    // A code is good once.
    world.fake.scene(|scene| scene.broken = None);
    world.fake.issue("once");
    let back = [("code", "once"), ("state", &*state)];
    assert_eq!(world.back(&back).await.status, 200);
    let kept = (world.connections().await, world.endpoints().await);
    world.back(&back).await.message(400);
    assert_eq!((world.connections().await, world.endpoints().await), kept);
}
