//! What the service mints, against URLs computed by Python:
//!
//! ```python
//! import base64, hashlib, hmac
//! from urllib.parse import urlencode
//! signature = hmac.new(b"sk_test_123", json.encode(), hashlib.sha256).hexdigest()
//! state = base64.urlsafe_b64encode(f"{json}.{signature}".encode()).rstrip(b"=").decode()
//! print(endpoint + "?" + urlencode(pairs))  # `state` among the pairs
//! ```

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::StatusCode;
use novu_api::operations::ChatAccessOauthResponse;
use novu_api::types::{
    GenerateConnectOauthUrlRequestDto,
    GenerateConnectOauthUrlRequestDtoConnectionMode as ConnectionMode,
    GenerateLinkUserOauthUrlRequestDto,
};
use serde_json::json;

use crate::world::{JSON, KEY, LINK, World};

const LINK_SLACK: &str = "https://slack.com/oauth/v2/authorize?state=eyJpZGVudGlmaWVyIjoiY29ubmVjdGlvbi0xIiwic3Vic2NyaWJlcklkIjoic3ViLzEgw6kiLCJjb250ZXh0Ijp7ImFwcCI6eyJpZCI6ImppcmEifSwidGVuYW50Ijoib3JnLWFjbWUifSwiZW52aXJvbm1lbnRJZCI6IjY2YTFiMmMzZDRlNWY2MDcxODI5M2E0YiIsIm9yZ2FuaXphdGlvbklkIjoiNjZhMWIyYzNkNGU1ZjYwNzE4MjkzYTRjIiwiaW50ZWdyYXRpb25JZGVudGlmaWVyIjoic2xhY2stbWFpbiIsInByb3ZpZGVySWQiOiJzbGFjayIsInRpbWVzdGFtcCI6MTc2NzIyNTYwMDEyMywibW9kZSI6ImxpbmtfdXNlciJ9LjU5OWFhY2ZmMzFjY2M5NTE0NmRkODY3YzFmNDFiMzYyZGE5NjcxMzIzMzFjODljYWRmYmFiZWY1N2ViNTAxNWE&client_id=client-1&redirect_uri=https%3A%2F%2Fnovu.example.com%2Fv1%2Fintegrations%2Fchat%2Foauth%2Fcallback&user_scope=identity.basic%2Cidentity.email";
const LINK_TEAMS: &str = "https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize?client_id=client-2&response_type=code&redirect_uri=https%3A%2F%2Fnovu.example.com%2Fv1%2Fintegrations%2Fchat%2Foauth%2Fcallback&scope=openid+profile+User.Read&state=eyJzdWJzY3JpYmVySWQiOiJzdWJzY3JpYmVyLTEyMyIsImVudmlyb25tZW50SWQiOiI2NmExYjJjM2Q0ZTVmNjA3MTgyOTNhNGIiLCJvcmdhbml6YXRpb25JZCI6IjY2YTFiMmMzZDRlNWY2MDcxODI5M2E0YyIsImludGVncmF0aW9uSWRlbnRpZmllciI6InRlYW1zLW1haW4iLCJwcm92aWRlcklkIjoibXN0ZWFtcyIsInRpbWVzdGFtcCI6MTc2NzIyNTYwMDEyMywibW9kZSI6ImxpbmtfdXNlciJ9LmI1OWMzZjRmMTJhNzE2M2U0YzJmOWE1NjU1MjVlZmFhZDFjNDFhMGQ1YWI0MWU3YTU4Y2FhZDAxZjNiODAwYWI&response_mode=query";
const CONNECT_SLACK: &str = "https://slack.com/oauth/v2/authorize?state=eyJjb250ZXh0Ijp7InRlbmFudCI6Im9yZy1hY21lIn0sImVudmlyb25tZW50SWQiOiI2NmExYjJjM2Q0ZTVmNjA3MTgyOTNhNGIiLCJvcmdhbml6YXRpb25JZCI6IjY2YTFiMmMzZDRlNWY2MDcxODI5M2E0YyIsImludGVncmF0aW9uSWRlbnRpZmllciI6InNsYWNrLW1haW4iLCJwcm92aWRlcklkIjoic2xhY2siLCJ0aW1lc3RhbXAiOjE3NjcyMjU2MDAxMjMsIm1vZGUiOiJjb25uZWN0IiwiY29ubmVjdGlvbk1vZGUiOiJzaGFyZWQifS5lN2FlNDY1MjlkODE5MjlmYThhZWM4ZTQ0MDE2OTc2ZWE5MDVjYjY4NDJjYmYwN2ZmMTg1NjAxNzgwMTcyNWM1&client_id=client-1&redirect_uri=https%3A%2F%2Fnovu.example.com%2Fv1%2Fintegrations%2Fchat%2Foauth%2Fcallback&scope=chat%3Awrite%2Cchat%3Awrite.public%2Cchannels%3Aread%2Cgroups%3Aread%2Cusers%3Aread%2Cusers%3Aread.email";
const CONNECT_TEAMS: &str = "https://login.microsoftonline.com/organizations/v2.0/adminconsent?client_id=client-2&redirect_uri=https%3A%2F%2Fnovu.example.com%2Fv1%2Fintegrations%2Fchat%2Foauth%2Fcallback&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default&state=eyJzdWJzY3JpYmVySWQiOiJzdWJzY3JpYmVyLTEyMyIsImVudmlyb25tZW50SWQiOiI2NmExYjJjM2Q0ZTVmNjA3MTgyOTNhNGIiLCJvcmdhbml6YXRpb25JZCI6IjY2YTFiMmMzZDRlNWY2MDcxODI5M2E0YyIsImludGVncmF0aW9uSWRlbnRpZmllciI6InRlYW1zLW1haW4iLCJwcm92aWRlcklkIjoibXN0ZWFtcyIsInRpbWVzdGFtcCI6MTc2NzIyNTYwMDEyMywibW9kZSI6ImNvbm5lY3QiLCJhdXRvTGlua1VzZXIiOnRydWV9LjIwNDFjMzFhNGJjZDhmNjc4YzE0YzVjMDI5NmY0NzI0NDM3ZjU1YTQ5MDM2YTIwNmQ2YmQxZjk2Y2RiZmEyMzE";
const LEGACY: &str = "https://slack.com/oauth/v2/authorize?client_id=client-1&scope=incoming-webhook&redirect_uri=https%3A%2F%2Fnovu.example.com%2Fv1%2Fsubscribers%2Fsub%2F1+%C3%A9%2Fcredentials%2Fslack%2Foauth%2Fcallback%3FenvironmentId%3D66a1b2c3d4e5f60718293a4b%26integrationIdentifier%3Dslack-main&state=eyJlbnZpcm9ubWVudElkIjoiNjZhMWIyYzNkNGU1ZjYwNzE4MjkzYTRiIiwic3Vic2NyaWJlcklkIjoic3ViLzEgw6kiLCJwcm92aWRlcklkIjoic2xhY2siLCJpbnRlZ3JhdGlvbklkZW50aWZpZXIiOiJzbGFjay1tYWluIiwidGltZXN0YW1wIjoxNzY3MjI1NjAwMTIzfS4yZDYzMzE3YTdlNDZlZmI0MjRiMmQzYTFmYjM4MTYzZTgwN2FiYTNhMDEzYTMwMWUxMDU3MGQzMzg5OWNmMzJl";

const ENVIRONMENT: &str = "66a1b2c3d4e5f60718293a4b";
/// `printf '%s' 'sub/1 é' | openssl dgst -sha256 -hmac sk_test_123`
const HASH: &str = "e9995438a3036d0fcc1ab6018ee6a83d2ad1b827706f74d73a3fe85e5bcffb5e";

#[tokio::test]
async fn link_slack() {
    for world in World::both().await {
        let mut body = GenerateLinkUserOauthUrlRequestDto::new("sub/1 é", "slack-main");
        body.connection_identifier = Some("connection-1".to_owned());
        body.user_scope = Some(vec![
            "identity.basic".to_owned(),
            "identity.email".to_owned(),
        ]);
        let context = json!({"app": {"id": "jira"}, "tenant": "org-acme"});
        body.context = Some(serde_json::from_value(context).expect("a context"));
        let client = world.client();
        let call = client.integrations().generate_link_user_oauth_url(body);
        let reply = call.idempotency_key("key-1").send().await.expect("a URL");
        assert_eq!(reply.status, StatusCode::CREATED);
        assert_eq!(reply.body.url, LINK_SLACK);
    }
}

#[tokio::test]
async fn link_teams() {
    for world in World::both().await {
        let body = GenerateLinkUserOauthUrlRequestDto::new("subscriber-123", "teams-main");
        let client = world.client();
        let call = client.integrations().generate_link_user_oauth_url(body);
        assert_eq!(call.send().await.expect("a URL").body.url, LINK_TEAMS);
    }
}

#[tokio::test]
async fn connect_slack() {
    for world in World::both().await {
        let mut body = GenerateConnectOauthUrlRequestDto::new("slack-main");
        body.connection_mode = Some(ConnectionMode::Shared);
        let context = json!({"tenant": "org-acme"});
        body.context = Some(serde_json::from_value::<BTreeMap<_, _>>(context).expect("a context"));
        let client = world.client();
        let call = client.integrations().generate_connect_oauth_url(body);
        assert_eq!(call.send().await.expect("a URL").body.url, CONNECT_SLACK);
    }
}

#[tokio::test]
async fn connect_teams() {
    for world in World::both().await {
        let mut body = GenerateConnectOauthUrlRequestDto::new("teams-main");
        body.subscriber_id = Some("subscriber-123".to_owned());
        let client = world.client();
        let call = client.integrations().generate_connect_oauth_url(body);
        assert_eq!(call.send().await.expect("a URL").body.url, CONNECT_TEAMS);
    }
}

#[tokio::test]
async fn the_success_on_the_wire() {
    for world in World::both().await {
        let body = r#"{"subscriberId":"subscriber-123","integrationIdentifier":"teams-main","unknown":[1]}"#;
        let answer = world.send("POST", LINK, &[KEY, JSON], body).await;
        assert_eq!(answer.status, StatusCode::CREATED);
        assert_eq!(answer.headers["content-type"], "application/json");
        assert_eq!(answer.text, format!(r#"{{"url":"{LINK_TEAMS}"}}"#));
    }
}

#[tokio::test]
async fn the_state_has_an_entitys_id_before_its_data() {
    for world in World::both().await {
        let body = r#"{"subscriberId":"subscriber-123","integrationIdentifier":"slack-main","context":{"tenant":"org-acme","app":{"data":{"a":1},"id":"jira"}}}"#;
        let answer = world.send("POST", LINK, &[KEY, JSON], body).await;
        let url = answer.json()["url"].as_str().expect("a URL").to_owned();
        let state = url.split(['=', '&']).nth(1).expect("a state");
        let state = URL_SAFE_NO_PAD.decode(state).expect("base64url");
        let state = String::from_utf8(state).expect("UTF-8");
        let context = r#","context":{"app":{"id":"jira","data":{"a":1}},"tenant":"org-acme"},"#;
        assert!(state.contains(context), "{state}");
    }
}

#[tokio::test]
async fn the_legacy_redirect_is_given_not_followed() {
    for world in World::both().await {
        // With a key, with a wrong one and without: the link's own signature is what counts.
        let clients = [
            world.builder().build(),
            world.builder().api_key("sk_test_123").build(),
            world.builder().api_key("wrong").build(),
        ];
        for client in clients {
            let client = client.expect("a client");
            let call =
                client
                    .subscribers()
                    .chat_access_oauth("sub/1 é", "slack", HASH, ENVIRONMENT);
            let reply = call
                .integration_identifier("slack-main")
                .send()
                .await
                .expect("a redirect");
            assert_eq!(reply.status, StatusCode::FOUND);
            let ChatAccessOauthResponse::Found { headers } = reply.body else {
                panic!("302")
            };
            assert_eq!(headers.location, LEGACY);
        }
    }
}

#[tokio::test]
async fn the_redirect_on_the_wire() {
    for world in World::both().await {
        let target = format!(
            "/v1/subscribers/sub%2F1%20%C3%A9/credentials/slack/oauth?environmentId={ENVIRONMENT}&hmacHash={HASH}&integrationIdentifier=slack-main"
        );
        let answer = world.send("GET", &target, &[], "").await;
        assert_eq!(answer.status, StatusCode::FOUND);
        assert_eq!(answer.headers["location"], LEGACY);
        assert_eq!(answer.text, "");
    }
}
