//! The expected texts come from elsewhere. With the JSON of the test in the file `json`:
//!
//! ```sh
//! signature=$(printf '%s' "$(cat json)" | openssl dgst -sha256 -hmac sk_test_123 | cut -d' ' -f2)
//! printf '%s.%s' "$(cat json)" "$signature" | openssl base64 -A | tr '+/' '-_' | tr -d '='
//! ```

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::{
    ConnectionMode, InvalidState, LIFE_MS, LegacyState, Mode, Payload, State, sign, verify,
};
use crate::clock::Timestamp;
use crate::context::Context;
use crate::domain::Provider;
use crate::signature::hmac_hex;

const KEY: &[u8] = b"sk_test_123";
const MINTED: Timestamp = Timestamp(1_767_225_600_123);

const SLACK_JSON: &str = r#"{"identifier":"slack-connection-abc123","subscriberId":"subscriber-123","context":{"tenant":"org-acme"},"environmentId":"66a1b2c3d4e5f60718293a4b","organizationId":"66a1b2c3d4e5f60718293a4c","integrationIdentifier":"slack.main","providerId":"slack","timestamp":1767225600123,"mode":"connect","connectionMode":"subscriber","autoLinkUser":true}"#;
const SLACK_TEXT: &str = "eyJpZGVudGlmaWVyIjoic2xhY2stY29ubmVjdGlvbi1hYmMxMjMiLCJzdWJzY3JpYmVySWQiOiJzdWJzY3JpYmVyLTEyMyIsImNvbnRleHQiOnsidGVuYW50Ijoib3JnLWFjbWUifSwiZW52aXJvbm1lbnRJZCI6IjY2YTFiMmMzZDRlNWY2MDcxODI5M2E0YiIsIm9yZ2FuaXphdGlvbklkIjoiNjZhMWIyYzNkNGU1ZjYwNzE4MjkzYTRjIiwiaW50ZWdyYXRpb25JZGVudGlmaWVyIjoic2xhY2subWFpbiIsInByb3ZpZGVySWQiOiJzbGFjayIsInRpbWVzdGFtcCI6MTc2NzIyNTYwMDEyMywibW9kZSI6ImNvbm5lY3QiLCJjb25uZWN0aW9uTW9kZSI6InN1YnNjcmliZXIiLCJhdXRvTGlua1VzZXIiOnRydWV9LjFjN2UxZmE5YWI3NjI5YTM5YTc0M2M4NjVlOWMyNGMyYTU5OTEzNzAzZmM2ZmNhMjdhODNmZDNkZjU2MTFmNDc";

const RICH_JSON: &str = r#"{"identifier":"slack-connection-abc123","subscriberId":"subscriber-123","context":{"app":{"id":"jira","data":{"plan":"pro","seats":3}},"tenant":"org-acme"},"environmentId":"66a1b2c3d4e5f60718293a4b","organizationId":"66a1b2c3d4e5f60718293a4c","integrationIdentifier":"slack.main","providerId":"slack","timestamp":1767225600123,"mode":"connect","connectionMode":"subscriber","autoLinkUser":true}"#;
const RICH_TEXT: &str = "eyJpZGVudGlmaWVyIjoic2xhY2stY29ubmVjdGlvbi1hYmMxMjMiLCJzdWJzY3JpYmVySWQiOiJzdWJzY3JpYmVyLTEyMyIsImNvbnRleHQiOnsiYXBwIjp7ImlkIjoiamlyYSIsImRhdGEiOnsicGxhbiI6InBybyIsInNlYXRzIjozfX0sInRlbmFudCI6Im9yZy1hY21lIn0sImVudmlyb25tZW50SWQiOiI2NmExYjJjM2Q0ZTVmNjA3MTgyOTNhNGIiLCJvcmdhbml6YXRpb25JZCI6IjY2YTFiMmMzZDRlNWY2MDcxODI5M2E0YyIsImludGVncmF0aW9uSWRlbnRpZmllciI6InNsYWNrLm1haW4iLCJwcm92aWRlcklkIjoic2xhY2siLCJ0aW1lc3RhbXAiOjE3NjcyMjU2MDAxMjMsIm1vZGUiOiJjb25uZWN0IiwiY29ubmVjdGlvbk1vZGUiOiJzdWJzY3JpYmVyIiwiYXV0b0xpbmtVc2VyIjp0cnVlfS5mOWQzY2MxN2YyMTg2YWVhYzY0NzdiYmQwMDM1MDBhMTU0ODljZTY2ZGQ5YzU0MjYzYjE0YWVjZTBiYmNmNjBi";

const TEAMS_JSON: &str = r#"{"subscriberId":"søren.äß-日本","environmentId":"66a1b2c3d4e5f60718293a4b","organizationId":"66a1b2c3d4e5f60718293a4c","integrationIdentifier":"teams","providerId":"msteams","timestamp":1767225600123,"mode":"link_user"}"#;
const TEAMS_TEXT: &str = "eyJzdWJzY3JpYmVySWQiOiJzw7hyZW4uw6TDny3ml6XmnKwiLCJlbnZpcm9ubWVudElkIjoiNjZhMWIyYzNkNGU1ZjYwNzE4MjkzYTRiIiwib3JnYW5pemF0aW9uSWQiOiI2NmExYjJjM2Q0ZTVmNjA3MTgyOTNhNGMiLCJpbnRlZ3JhdGlvbklkZW50aWZpZXIiOiJ0ZWFtcyIsInByb3ZpZGVySWQiOiJtc3RlYW1zIiwidGltZXN0YW1wIjoxNzY3MjI1NjAwMTIzLCJtb2RlIjoibGlua191c2VyIn0uM2IwMmEzZTU2N2Y4OGUzM2E1NDMyYTc5ZTEwYTlkNzAwZWE5Y2U2NjM1YzUxYzJiZWFlOGRmMWU4YjUyODBmYg";

const LEGACY_JSON: &str = r#"{"environmentId":"66a1b2c3d4e5f60718293a4b","subscriberId":"subscriber-123","providerId":"slack","integrationIdentifier":"slack-main","timestamp":1767225600123}"#;
const LEGACY_TEXT: &str = "eyJlbnZpcm9ubWVudElkIjoiNjZhMWIyYzNkNGU1ZjYwNzE4MjkzYTRiIiwic3Vic2NyaWJlcklkIjoic3Vic2NyaWJlci0xMjMiLCJwcm92aWRlcklkIjoic2xhY2siLCJpbnRlZ3JhdGlvbklkZW50aWZpZXIiOiJzbGFjay1tYWluIiwidGltZXN0YW1wIjoxNzY3MjI1NjAwMTIzfS5mM2U4YTMzNmM2OTA4MDVhNzBhZmMwZGY4OTNmZjUxMGY3NmE4NDgxYzY4ZDU5MGEwOWYxZTU5YzI3YTcxZDc4";

fn context(sent: Value) -> Context {
    serde_json::from_value(sent).expect("a context")
}

fn slack() -> State {
    State {
        identifier: Some("slack-connection-abc123".to_owned()),
        subscriber_id: Some("subscriber-123".to_owned()),
        context: Some(context(json!({"tenant": "org-acme"}))),
        environment_id: "66a1b2c3d4e5f60718293a4b".to_owned(),
        organization_id: "66a1b2c3d4e5f60718293a4c".to_owned(),
        integration_identifier: "slack.main".to_owned(),
        provider_id: Provider::Slack,
        timestamp: MINTED,
        mode: Mode::Connect,
        connection_mode: Some(ConnectionMode::Subscriber),
        auto_link_user: Some(true),
    }
}

fn teams() -> State {
    State {
        identifier: None,
        subscriber_id: Some("søren.äß-日本".to_owned()),
        context: None,
        integration_identifier: "teams".to_owned(),
        provider_id: Provider::MsTeams,
        mode: Mode::LinkUser,
        connection_mode: None,
        auto_link_user: None,
        ..slack()
    }
}

fn legacy() -> LegacyState {
    LegacyState {
        environment_id: "66a1b2c3d4e5f60718293a4b".to_owned(),
        subscriber_id: "subscriber-123".to_owned(),
        provider_id: Provider::Slack,
        integration_identifier: Some("slack-main".to_owned()),
        timestamp: MINTED,
    }
}

/// Base64url of `json` and `signature`, whatever they are.
fn text(json: &str, signature: &str) -> String {
    URL_SAFE_NO_PAD.encode(format!("{json}.{signature}"))
}

fn signed(json: &str) -> String {
    text(json, &hmac_hex(KEY, json.as_bytes()))
}

fn check<P: Payload + PartialEq + std::fmt::Debug>(payload: &P, json: &str, expected: &str) {
    assert_eq!(serde_json::to_string(payload).expect("JSON"), json);
    assert_eq!(sign(payload, KEY).expect("JSON"), expected);
    assert_eq!(verify::<P>(expected, [KEY], MINTED).as_ref(), Ok(payload));
}

#[test]
fn agrees_with_openssl() {
    check(&slack(), SLACK_JSON, SLACK_TEXT);
    check(&teams(), TEAMS_JSON, TEAMS_TEXT);
    check(&legacy(), LEGACY_JSON, LEGACY_TEXT);
}

/// By Python, whose dictionaries keep their order:
///
/// ```python
/// import base64, hashlib, hmac, json
/// text = json.dumps(json.loads(RICH_JSON), separators=(",", ":"))
/// signature = hmac.new(b"sk_test_123", text.encode(), hashlib.sha256).hexdigest()
/// print(base64.urlsafe_b64encode(f"{text}.{signature}".encode()).rstrip(b"=").decode())
/// ```
#[test]
fn writes_an_entitys_id_before_its_data() {
    let state = State {
        context: Some(context(json!({
            "tenant": "org-acme",
            "app": {"data": {"plan": "pro", "seats": 3}, "id": "jira"},
        }))),
        ..slack()
    };
    check(&state, RICH_JSON, RICH_TEXT);
}

#[test]
fn lives_five_minutes_to_the_millisecond() {
    let at = |age| verify::<State>(SLACK_TEXT, [KEY], Timestamp(MINTED.0 + age));
    assert_eq!(LIFE_MS, 300_000);
    assert!(at(0).is_ok());
    assert!(at(300_000).is_ok());
    assert_eq!(at(300_001), Err(InvalidState));
    assert_eq!(
        verify::<State>(SLACK_TEXT, [KEY], Timestamp(u64::MAX)),
        Err(InvalidState)
    );
    // Another machine's clock may be behind the one that signed.
    assert!(verify::<State>(SLACK_TEXT, [KEY], Timestamp(MINTED.0 - 1)).is_ok());
}

#[test]
fn rejects_every_flipped_bit_of_the_text() {
    for (state, kind) in [(SLACK_TEXT, 0), (TEAMS_TEXT, 0), (LEGACY_TEXT, 1)] {
        for at in 0..state.len() {
            for bit in 0..8 {
                let mut bytes = state.as_bytes().to_vec();
                bytes[at] ^= 1 << bit;
                let Ok(flipped) = String::from_utf8(bytes) else {
                    continue;
                };
                let refused = match kind {
                    0 => verify::<State>(&flipped, [KEY], MINTED).is_err(),
                    _ => verify::<LegacyState>(&flipped, [KEY], MINTED).is_err(),
                };
                assert!(refused, "bit {bit} of character {at}");
            }
        }
    }
}

#[test]
fn rejects_every_flipped_bit_of_the_signed_bytes() {
    let signed = format!("{SLACK_JSON}.{}", hmac_hex(KEY, SLACK_JSON.as_bytes()));
    for at in 0..signed.len() {
        for bit in 0..8 {
            let mut bytes = signed.as_bytes().to_vec();
            bytes[at] ^= 1 << bit;
            let flipped = URL_SAFE_NO_PAD.encode(bytes);
            let verified = verify::<State>(&flipped, [KEY], MINTED);
            assert_eq!(verified, Err(InvalidState), "bit {bit} of byte {at}");
        }
    }
}

#[test]
fn keeps_any_identifier() {
    for id in [
        "a.b.c",
        ".",
        "..",
        "\"\\\u{0}\u{7f}\n",
        "é",
        "e\u{301}",
        "日本",
        "👩‍👩‍👧",
        "\u{10ffff}",
        "{\"a\":1}",
        "",
    ] {
        let state = State {
            identifier: Some(id.to_owned()),
            subscriber_id: Some(format!("{id}.{id}")),
            context: Some(context(
                json!({id: {"id": "x", "data": {id: [id, 1, 1.5, null, true]}}}),
            )),
            integration_identifier: id.to_owned(),
            ..slack()
        };
        let text = sign(&state, KEY).expect("JSON");
        assert!(
            text.bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'),
            "{text}"
        );
        assert_eq!(verify::<State>(&text, [KEY], MINTED), Ok(state));
    }
}

#[test]
fn rejects_another_key() {
    for key in [&b"sk_test_124"[..], b"", b"sk_test_12"] {
        assert_eq!(
            verify::<State>(SLACK_TEXT, [key], MINTED),
            Err(InvalidState)
        );
    }
}

#[test]
fn rejects_what_is_no_state() {
    let good = hmac_hex(KEY, SLACK_JSON.as_bytes());
    let question_marks = State {
        identifier: Some("???".to_owned()),
        ..slack()
    };
    let question_marks = sign(&question_marks, KEY).expect("JSON");
    assert!(question_marks.contains('_'), "{question_marks}");
    for wrong in [
        String::new(),
        ".".to_owned(),
        "not base64!".to_owned(),
        // Padded, and in the standard alphabet.
        format!("{SLACK_TEXT}="),
        question_marks.replace('_', "/"),
        // No dot, no signature, no JSON, a signature of something else, in upper case or cut short.
        URL_SAFE_NO_PAD.encode(SLACK_JSON.replace('.', "")),
        text(SLACK_JSON, ""),
        text("", &good),
        text(TEAMS_JSON, &good),
        text(SLACK_JSON, &good.to_uppercase()),
        text(SLACK_JSON, &good[..62]),
        // Signed, but not JSON, not an object, not UTF-8, without a field, with one too many.
        signed("not json"),
        signed("[]"),
        URL_SAFE_NO_PAD.encode([&b"\xff."[..], hmac_hex(KEY, b"\xff").as_bytes()].concat()),
        signed(&SLACK_JSON.replace(r#""providerId":"slack","#, "")),
        signed(&SLACK_JSON.replace(r#""providerId":"slack""#, r#""providerId":"discord""#)),
        signed(&SLACK_JSON.replace(r#""mode":"#, r#""admin":true,"mode":"#)),
        signed(&SLACK_JSON.replace("1767225600123", "-1")),
        signed(&SLACK_JSON.replace("1767225600123", "\"1767225600123\"")),
    ] {
        assert_eq!(
            verify::<State>(&wrong, [KEY], MINTED),
            Err(InvalidState),
            "{wrong}"
        );
    }
}

#[test]
fn one_kind_is_not_taken_for_the_other() {
    assert_eq!(
        verify::<LegacyState>(SLACK_TEXT, [KEY], MINTED),
        Err(InvalidState)
    );
    assert_eq!(
        verify::<LegacyState>(TEAMS_TEXT, [KEY], MINTED),
        Err(InvalidState)
    );
    assert_eq!(
        verify::<State>(LEGACY_TEXT, [KEY], MINTED),
        Err(InvalidState)
    );
}

mod properties {
    use proptest::collection::btree_map;
    use proptest::option;
    use proptest::prelude::*;

    use super::super::{ConnectionMode, Mode, State, sign, verify};
    use super::{KEY, MINTED, slack};
    use crate::context::{Entity, Entry};
    use crate::domain::Provider;

    fn entry() -> impl Strategy<Value = Entry> {
        prop_oneof![
            any::<String>().prop_map(Entry::Id),
            any::<String>().prop_map(|id| Entry::Object(Entity { id, data: None })),
        ]
    }

    prop_compose! {
        fn state()(
            identifier in option::of(any::<String>()),
            subscriber_id in option::of(any::<String>()),
            context in option::of(btree_map(any::<String>(), entry(), 0..5)),
            integration_identifier in any::<String>(),
            at in 0..Provider::ALL.len(),
            links in any::<bool>(),
            shared in option::of(any::<bool>()),
            auto_link_user in option::of(any::<bool>()),
        ) -> State {
            State {
                identifier,
                subscriber_id,
                context,
                integration_identifier,
                provider_id: Provider::ALL[at],
                mode: if links { Mode::LinkUser } else { Mode::Connect },
                connection_mode: shared.map(|shared| {
                    if shared { ConnectionMode::Shared } else { ConnectionMode::Subscriber }
                }),
                auto_link_user,
                ..slack()
            }
        }
    }

    proptest! {
        #[test]
        fn comes_back_whatever_is_in_it(state in state()) {
            let text = sign(&state, KEY).expect("JSON");
            prop_assert_eq!(verify::<State>(&text, [KEY], MINTED), Ok(state));
        }

        #[test]
        fn two_that_differ_have_two_texts(one in state(), other in state()) {
            let texts = [&one, &other].map(|state| sign(state, KEY).expect("JSON"));
            prop_assert_eq!(one == other, texts[0] == texts[1]);
        }

        #[test]
        fn no_bit_can_be_changed(state in state(), at in any::<prop::sample::Index>(), bit in 0..8u32) {
            let mut bytes = sign(&state, KEY).expect("JSON").into_bytes();
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
            if let Ok(changed) = String::from_utf8(bytes) {
                prop_assert!(verify::<State>(&changed, [KEY], MINTED).is_err());
            }
        }
    }
}
