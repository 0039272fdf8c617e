//! Idempotency keys, rate limits, and the headers and forms that go with them.

use std::sync::Arc;

use novu_api::types::{ErrorDto, ValidationErrorDto};
use novu_oauth::clock::Timestamp;
use novu_oauth::storage::{Attempt, Begun};

use crate::world::{Answer, ENVIRONMENT, NOW, World};

const LINK: &str = "/v1/integrations/channel-endpoints/oauth";
const BODY: &str = r#"{"subscriberId":"subscriber-123","integrationIdentifier":"slack-main"}"#;

async fn post(world: &World, key: &str, body: &str) -> Answer {
    let headers = [
        ("authorization", "ApiKey sk_test_123"),
        ("content-type", "application/json"),
        ("Idempotency-Key", key),
    ];
    world.send("POST", LINK, &headers, body).await
}

fn replayed(answer: &Answer) -> bool {
    answer
        .headers
        .get("idempotency-replay")
        .is_some_and(|value| value == "true")
}

#[tokio::test]
async fn the_same_request_has_the_same_answer() {
    let world = World::new().await;
    let first = post(&world, "key-1", BODY).await;
    assert_eq!(first.status, 201);
    assert_eq!(first.headers["idempotency-key"], "key-1");
    assert!(!replayed(&first));
    world.wait(1000);
    // However it is laid out.
    let again = post(&world, "key-1", &BODY.replace(':', " : ")).await;
    assert_eq!((again.status, &again.text), (first.status, &first.text));
    assert_eq!(again.headers["idempotency-key"], "key-1");
    assert_eq!(again.headers["content-type"], "application/json");
    assert!(replayed(&again));
    let other = post(&world, "key-2", BODY).await;
    assert_ne!(other.text, first.text);
    // A day later it is forgotten.
    world.wait(24 * 3600 * 1000);
    let later = post(&world, "key-1", BODY).await;
    assert!(!replayed(&later) && later.text != first.text);
}

#[tokio::test]
async fn refusals_are_kept_too() {
    let world = World::new().await;
    let wrong = BODY.replace("slack-main", "none");
    let first = post(&world, "key-1", &wrong).await;
    first.message(404);
    world.wait(1);
    let again = post(&world, "key-1", &wrong).await;
    assert_eq!(again.text, first.text);
    assert!(replayed(&again));
}

#[tokio::test]
async fn another_request_under_the_same_key() {
    let world = World::new().await;
    assert_eq!(post(&world, "key-1", BODY).await.status, 201);
    let other = BODY.replace("slack-main", "slack-home");
    let answer = post(&world, "key-1", &other).await;
    answer.message(422);
    // It has what the document requires.
    let _: ValidationErrorDto = serde_json::from_str(&answer.text).expect("a ValidationErrorDto");
    assert_eq!(answer.headers["idempotency-key"], "key-1");
    // In another environment the key is another one.
    let headers = [
        ("authorization", "ApiKey sk_other"),
        ("content-type", "application/json"),
        ("idempotency-key", "key-1"),
    ];
    world.send("POST", LINK, &headers, BODY).await.message(404);
}

#[tokio::test]
async fn a_request_under_way() {
    let world = World::new().await;
    let attempt = Attempt {
        environment: ENVIRONMENT,
        key: "key-1",
        fingerprint: "f",
        lock: "l",
        locked_until: Timestamp(NOW + 60_000),
        now: Timestamp(NOW),
    };
    let begun = world.store().begin(&attempt).await.expect("to begin");
    assert_eq!(begun, Begun::Fresh);
    let answer = post(&world, "key-1", BODY).await;
    answer.message(409);
    let _: ErrorDto = serde_json::from_str(&answer.text).expect("an ErrorDto");
    assert_eq!(answer.headers["retry-after"], "1");
    // Its instance has died.
    world.wait(60_000);
    assert_eq!(post(&world, "key-1", BODY).await.status, 201);
}

#[tokio::test]
async fn keys_that_do_not_do() {
    let world = World::new().await;
    post(&world, &"k".repeat(256), BODY).await.message(400);
    assert_eq!(post(&world, &"k".repeat(255), BODY).await.status, 201);
    let empty = post(&world, "", BODY).await;
    assert_eq!(empty.status, 201);
    assert!(!empty.headers.contains_key("idempotency-key"));
    // Nothing is kept of a caller who is not known, nor said to.
    let headers = [
        ("authorization", "ApiKey wrong"),
        ("idempotency-key", "key-1"),
    ];
    let answer = world.send("POST", LINK, &headers, BODY).await;
    answer.message(401);
    assert!(!answer.headers.contains_key("idempotency-key"));
    assert!(!answer.headers.contains_key("ratelimit-limit"));
    let answer = post(&world, "key-3", &" ".repeat(3 << 20)).await;
    answer.message(413);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_at_once_are_one() {
    let world = Arc::new(World::with("rate_limit = { enabled = false }").await);
    let tasks: Vec<_> = (0..50)
        .map(|_| {
            let world = Arc::clone(&world);
            tokio::spawn(async move { post(&world, "key-1", BODY).await })
        })
        .collect();
    let mut fresh = 0;
    for task in tasks {
        let answer = task.await.expect("an answer");
        match answer.status.as_u16() {
            201 => fresh += usize::from(!replayed(&answer)),
            409 => assert_eq!(answer.headers["retry-after"], "1"),
            _ => panic!("{answer:?}"),
        }
    }
    assert_eq!(fresh, 1);
}

#[tokio::test]
async fn a_limit_and_its_headers() {
    let world = World::with("rate_limit = { per_second = 1, burst = 2 }").await;
    for (status, remaining, body) in [(201, "1", BODY), (422, "0", "{}")] {
        let answer = post(&world, "", body).await;
        assert_eq!(answer.status, status);
        assert_eq!(answer.headers["ratelimit-limit"], "1");
        assert_eq!(answer.headers["ratelimit-remaining"], remaining);
        let reset = answer.headers["ratelimit-reset"].to_str().expect("ASCII");
        assert!(
            reset.parse::<u64>().is_ok_and(|reset| reset <= 2),
            "{reset}"
        );
        let policy = answer.headers["ratelimit-policy"].to_str().expect("ASCII");
        assert!(
            policy.starts_with("1;w=1;burst=2;comment=\"token bucket\""),
            "{policy}"
        );
    }
    let answer = post(&world, "key-1", BODY).await;
    assert_eq!(answer.status, 429);
    assert_eq!(answer.json(), "API rate limit exceeded");
    assert_eq!(answer.headers["content-type"], "application/json");
    assert_eq!(answer.headers["retry-after"], "1");
    assert_eq!(answer.headers["ratelimit-remaining"], "0");
    // Another environment has a bucket of its own.
    let headers = [
        ("authorization", "ApiKey sk_other"),
        ("content-type", "application/json"),
    ];
    world.send("POST", LINK, &headers, BODY).await.message(404);
}

#[tokio::test]
async fn a_success_in_the_property_data() {
    let world = World::with("success = \"data\"").await;
    for key in ["", "key-1", "key-1"] {
        let answer = post(&world, key, BODY).await;
        assert_eq!(answer.status, 201);
        let url = answer.json()["data"]["url"]
            .as_str()
            .expect("a URL")
            .to_owned();
        assert!(url.contains("/oauth/v2/authorize?state="), "{url}");
    }
    let answer = post(&world, "", "{}").await;
    assert!(answer.json().get("errors").is_some());
}
