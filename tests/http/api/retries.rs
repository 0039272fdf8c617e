//! Calls that are sent again, on a clock that stands still until all wait.

use std::time::Duration;

use super::script::Script;
use super::{PingRequest, StoreRequest, call};
use crate::support::client::Client;
use crate::support::error::Error;
use crate::support::hints::Hints;
use crate::support::random;
use crate::support::retry::RetryPolicy;

const FIXED: RetryPolicy = RetryPolicy::new().longest_wait(Duration::ZERO);
static KEYED: Hints = Hints::new().idempotency_key("Idempotency-Key");

fn client(script: &Script, policy: RetryPolicy) -> Client {
    script.builder().retries(policy).build().unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_call_is_sent_once_unless_asked() {
    for (builder, own) in [
        (None, None),
        (Some(RetryPolicy::never()), None),
        (Some(RetryPolicy::new()), Some(RetryPolicy::never())),
    ] {
        let script = Script::new([(503, &[][..], "")]);
        let mut client = script.builder();
        if let Some(policy) = builder {
            client = client.retries(policy);
        }
        let client = client.build().unwrap();
        let mut call = call(&client, PingRequest {});
        if let Some(policy) = own {
            call = call.retries(policy);
        }
        let error = call.send().await.unwrap_err();
        assert_eq!(error.status().unwrap(), 503);
        assert_eq!(script.asked().len(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn what_may_pass_is_sent_again() {
    for (status, times) in [
        (408, 2),
        (425, 2),
        (429, 2),
        (500, 1),
        (503, 2),
        (404, 1),
        (0, 2),
    ] {
        let script = Script::new([(status, &[][..], "")]);
        let outcome = call(&client(&script, RetryPolicy::new()), PingRequest {})
            .send()
            .await;
        assert_eq!(outcome.is_ok(), times == 2, "{status}");
        assert_eq!(script.asked().len(), times, "{status}");
    }
    let chosen = RetryPolicy::new().statuses(&[(500, 599)]).lost(false);
    for (status, times) in [(500, 2), (429, 1), (0, 1)] {
        let script = Script::new([(status, &[][..], "")]);
        let _ = call(&client(&script, chosen), PingRequest {}).send().await;
        assert_eq!(script.asked().len(), times, "{status}");
    }
}

#[tokio::test(start_paused = true)]
async fn attempts_end() {
    let script = Script::new([(0, &[][..], ""); 9]);
    let error = call(&client(&script, FIXED), PingRequest {})
        .send()
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Transport(_)));
    assert_eq!(script.asked().len(), 4);
}

/// Each wait is at most the one that the policy gives, and is random.
#[tokio::test(start_paused = true)]
async fn waits_grow_with_full_jitter() {
    let policy = RetryPolicy::new()
        .attempts(6)
        .first_wait(Duration::from_secs(1))
        .factor(3.0)
        .longest_wait(Duration::from_secs(5));
    let mut seen = Vec::new();
    for _ in 0..20 {
        let script = Script::new([(503, &[][..], ""); 5]);
        call(&client(&script, policy), PingRequest {})
            .send()
            .await
            .unwrap();
        let asked = script.asked();
        for (pair, longest) in asked.windows(2).zip([1, 3, 5, 5, 5]) {
            let wait = pair[1].at.saturating_sub(pair[0].at);
            assert!(
                wait <= Duration::from_secs(longest) + Duration::from_millis(1),
                "{wait:?}"
            );
            seen.push(wait);
        }
    }
    assert_eq!(seen.len(), 100);
    let long = seen
        .iter()
        .filter(|wait| **wait > Duration::from_secs(1))
        .count();
    assert!((30..90).contains(&long), "{long} of 100");
}

#[tokio::test(start_paused = true)]
async fn the_server_says_how_long_to_wait() {
    for (headers, seconds) in [
        (&[("retry-after", "7")][..], 7),
        (&[("retry-after", "7"), ("ratelimit-reset", "9")], 7),
        (&[("RateLimit-Reset", "9")], 9),
        (&[("Retry-After", "0")], 0),
    ] {
        let script = Script::new([(429, headers, "")]);
        let policy = RetryPolicy::new().longest_wait(Duration::from_secs(1));
        call(&client(&script, policy), PingRequest {})
            .send()
            .await
            .unwrap();
        let wait = script.asked()[1].at;
        assert_eq!(wait.as_secs(), seconds, "{headers:?}");
    }
    // Longer than there is time: the answer is the answer, at once.
    let script = Script::new([(429, &[("retry-after", "61")][..], "")]);
    let client = client(&script, RetryPolicy::new());
    let error = call(&client, PingRequest {}).send().await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(61)));
    assert_eq!(script.asked().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn what_is_not_idempotent_needs_a_key() {
    let lost = || Script::new([(503, &[][..], "")]);
    let store = |key: Option<&str>| StoreRequest {
        key: key.map(str::to_owned),
        body: 5,
    };

    // The operation takes no key.
    let script = lost();
    let client_ = client(&script, FIXED);
    assert!(call(&client_, store(None)).send().await.is_err());
    assert_eq!(script.asked().len(), 1);

    // It takes one, and has none: one is made up, the same for all attempts.
    let script = lost();
    let client_ = client(&script, FIXED);
    call(&client_, store(None))
        .hinted(&KEYED)
        .send()
        .await
        .unwrap();
    let asked = script.asked();
    let keys: Vec<_> = asked
        .iter()
        .map(|asked| &asked.headers["idempotency-key"])
        .collect();
    assert_eq!(keys.len(), 2);
    assert_eq!(keys[0], keys[1]);
    assert_eq!(keys[0].len(), 36);
    assert!(asked.iter().all(|asked| asked.line.ends_with("b\"5\"")));

    // It has one.
    let script = lost();
    let client_ = client(&script, FIXED);
    call(&client_, store(Some("mine")))
        .hinted(&KEYED)
        .send()
        .await
        .unwrap();
    assert!(
        script
            .asked()
            .iter()
            .all(|asked| asked.headers["idempotency-key"] == "mine")
    );

    // Without retries nothing is made up.
    let script = Script::new([]);
    let client_ = script.builder().build().unwrap();
    call(&client_, store(None))
        .hinted(&KEYED)
        .send()
        .await
        .unwrap();
    assert!(!script.asked()[0].headers.contains_key("idempotency-key"));
}

/// What a policy leaves open is as the operation says, then as the document says of all.
#[tokio::test(start_paused = true)]
async fn the_document_gives_defaults() {
    static OWN: Hints = Hints::new().retries(RetryPolicy::new().attempts(2));
    let documented = RetryPolicy::new()
        .attempts(3)
        .statuses(&[(404, 404)])
        .longest_wait(Duration::ZERO);
    for (policy, hints, times) in [
        (RetryPolicy::new(), None, 3),
        (RetryPolicy::new(), Some(&OWN), 2),
        (RetryPolicy::new().attempts(5), Some(&OWN), 5),
    ] {
        let script = Script::new([(404, &[][..], ""); 9]);
        let client = script
            .builder()
            .documented(documented)
            .retries(policy)
            .build()
            .unwrap();
        let mut call = call(&client, PingRequest {});
        if let Some(hints) = hints {
            call = call.hinted(hints);
        }
        assert!(call.send().await.is_err());
        assert_eq!(script.asked().len(), times);
    }
}

/// A server that is down does not get many times the load.
#[tokio::test(start_paused = true)]
async fn retries_have_a_budget() {
    let script = Script::new([(503, &[][..], ""); 100]);
    let client = client(&script, FIXED.attempts(2));
    for _ in 0..30 {
        assert!(call(&client, PingRequest {}).send().await.is_err());
    }
    let count = script.asked().len();
    assert!((40..=43).contains(&count), "{count}");
}

#[tokio::test(start_paused = true)]
async fn attempts_time_out() {
    let script = Script::new([(1, &[][..], ""), (1, &[], "")]);
    let builder = script.builder().timeout(Duration::from_secs(3));
    let client = builder.retries(FIXED).build().unwrap();
    call(&client, PingRequest {}).send().await.unwrap();
    let at: Vec<u64> = script
        .asked()
        .iter()
        .map(|asked| asked.at.as_secs())
        .collect();
    assert_eq!(at, [0, 3, 6]);

    let script = Script::new([(1, &[][..], "")]);
    let client = script.builder().build().unwrap();
    let call = call(&client, PingRequest {}).timeout(Duration::from_millis(1500));
    let error = call.send().await.unwrap_err();
    assert!(matches!(error, Error::Timeout(_)), "{error:?}");
    assert_eq!(
        error.to_string(),
        "the request timed out: no response within 1.5s"
    );
}

#[test]
fn keys_are_uuids() {
    let keys: std::collections::BTreeSet<String> = (0..1000).map(|_| random::uuid()).collect();
    assert_eq!(keys.len(), 1000);
    for key in &keys {
        let lengths: Vec<usize> = key.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12], "{key}");
        assert!(
            key[14..].starts_with('4') && "89ab".contains(&key[19..20]),
            "{key}"
        );
    }
    let mean = (0..1000).map(|_| random::fraction()).sum::<f64>() / 1000.0;
    assert!((0.4..0.6).contains(&mean), "{mean}");
}
