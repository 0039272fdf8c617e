//! The generated client against the OAuth service, which is built on the generated server: what
//! goes well.
//!
//! The URLs come from Python; the state in them is `base64url(JSON + "." + hex(HMAC-SHA256(JSON)))`:
//!
//! ```python
//! signature = hmac.new(b"sk_test_123", json.encode(), hashlib.sha256).hexdigest()
//! state = base64.urlsafe_b64encode(f"{json}.{signature}".encode()).rstrip(b"=").decode()
//! print(endpoint + "?" + urllib.parse.urlencode(pairs))  # `state` among the pairs
//! ```

use std::collections::BTreeMap;

use http::StatusCode;
use novu_api::operations::{ChatAccessOauthResponse, RateLimitIdempotencyHeaders};
use novu_api::types::{
    GenerateConnectOauthUrlRequestDto,
    GenerateConnectOauthUrlRequestDtoConnectionMode as ConnectionMode,
    GenerateLinkUserOauthUrlRequestDto, GenerateLinkUserOauthUrlRequestDtoContext as Context,
    GenerateLinkUserOauthUrlRequestDtoContextObject as Rich,
};

use crate::world::{Way, World};

both_ways! {
    link, connect, legacy, legacy_with_a_key,
}

const LINK_URL: &str = "https://slack.com/oauth/v2/authorize?state=eyJpZGVudGlmaWVyIjoic2xhY2stY29ubmVjdGlvbi1hYmMxMjMiLCJzdWJzY3JpYmVySWQiOiJzdWIvMSDDqSIsImNvbnRleHQiOnsiYXBwIjp7ImlkIjoiamlyYSJ9LCJ0ZW5hbnQiOiJvcmctYWNtZSJ9LCJlbnZpcm9ubWVudElkIjoiNjZhMWIyYzNkNGU1ZjYwNzE4MjkzYTRiIiwib3JnYW5pemF0aW9uSWQiOiI2NmExYjJjM2Q0ZTVmNjA3MTgyOTNhNGMiLCJpbnRlZ3JhdGlvbklkZW50aWZpZXIiOiJzbGFjay1tYWluIiwicHJvdmlkZXJJZCI6InNsYWNrIiwidGltZXN0YW1wIjoxNzY3MjI1NjAwMTIzLCJtb2RlIjoibGlua191c2VyIn0uYTk0ZDFmMjk0ZDYxZDU2NmIwYjM5YjJmZmRiM2M5Mjk5MDk2YzZhZDdhZWM1MTU2OWViMDkwOTc5ZDU1OGZhZA&client_id=client-1&redirect_uri=https%3A%2F%2Fnovu.example.com%2Fv1%2Fintegrations%2Fchat%2Foauth%2Fcallback&user_scope=identity.basic";
const CONNECT_URL: &str = "https://login.microsoftonline.com/organizations/v2.0/adminconsent?client_id=client-2&redirect_uri=https%3A%2F%2Fnovu.example.com%2Fv1%2Fintegrations%2Fchat%2Foauth%2Fcallback&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default&state=eyJzdWJzY3JpYmVySWQiOiJzdWJzY3JpYmVyLTEyMyIsImVudmlyb25tZW50SWQiOiI2NmExYjJjM2Q0ZTVmNjA3MTgyOTNhNGIiLCJvcmdhbml6YXRpb25JZCI6IjY2YTFiMmMzZDRlNWY2MDcxODI5M2E0YyIsImludGVncmF0aW9uSWRlbnRpZmllciI6InRlYW1zLW1haW4iLCJwcm92aWRlcklkIjoibXN0ZWFtcyIsInRpbWVzdGFtcCI6MTc2NzIyNTYwMDEyMywibW9kZSI6ImNvbm5lY3QiLCJhdXRvTGlua1VzZXIiOmZhbHNlfS5iMGI5Y2VhNTQwNWZlMDkxNjU0NzVmM2YzODUxYjFlNTFjMDZjMmQwMjAyMWI4ZjViNjAwNjFlMWY1YjJjOTRk";
const LEGACY_URL: &str = "https://slack.com/oauth/v2/authorize?client_id=client-1&scope=incoming-webhook&redirect_uri=https%3A%2F%2Fnovu.example.com%2Fv1%2Fsubscribers%2Fsub%2F1+%C3%A9%2Fcredentials%2Fslack%2Foauth%2Fcallback%3FenvironmentId%3D66a1b2c3d4e5f60718293a4b%26integrationIdentifier%3Dslack-main&state=eyJlbnZpcm9ubWVudElkIjoiNjZhMWIyYzNkNGU1ZjYwNzE4MjkzYTRiIiwic3Vic2NyaWJlcklkIjoic3ViLzEgw6kiLCJwcm92aWRlcklkIjoic2xhY2siLCJpbnRlZ3JhdGlvbklkZW50aWZpZXIiOiJzbGFjay1tYWluIiwidGltZXN0YW1wIjoxNzY3MjI1NjAwMTIzfS4yZDYzMzE3YTdlNDZlZmI0MjRiMmQzYTFmYjM4MTYzZTgwN2FiYTNhMDEzYTMwMWUxMDU3MGQzMzg5OWNmMzJl";
/// `printf '%s' 'sub/1 é' | openssl dgst -sha256 -hmac sk_test_123`
pub(crate) const HASH: &str = "e9995438a3036d0fcc1ab6018ee6a83d2ad1b827706f74d73a3fe85e5bcffb5e";
pub(crate) const ENVIRONMENT: &str = "66a1b2c3d4e5f60718293a4b";

async fn link(way: Way) {
    let world = World::service(way).await;
    let mut body = GenerateLinkUserOauthUrlRequestDto::new("sub/1 é", "slack-main");
    body.connection_identifier = Some("slack-connection-abc123".to_owned());
    body.context = Some(BTreeMap::from([
        ("tenant".to_owned(), Context::String("org-acme".to_owned())),
        ("app".to_owned(), Context::Object(Rich::new("jira"))),
    ]));
    body.user_scope = Some(vec!["identity.basic".to_owned()]);
    let client = world.client();
    let call = client.integrations().generate_link_user_oauth_url(body);
    let reply = call.idempotency_key("key 1").send().await.expect("a URL");

    assert_eq!(reply.status, StatusCode::CREATED);
    assert_eq!(reply.body.url, LINK_URL);
    let expected = RateLimitIdempotencyHeaders {
        idempotency_key: Some("key 1".to_owned()),
        ..RateLimitIdempotencyHeaders::default()
    };
    assert_eq!(reply.headers, expected);
    assert_eq!(reply.raw_headers["content-type"], "application/json");
    world.assert_request(
        "POST /v1/integrations/channel-endpoints/oauth HTTP/1.1\n\
         accept: application/json\n\
         authorization: ApiKey sk_test_123\n\
         content-length: RIGHT\n\
         content-type: application/json\n\
         host: HOST\n\
         idempotency-key: key 1\n\
         user-agent: novu-api/3.15.0\n\
         \n\
         {\"subscriberId\":\"sub/1 é\",\"integrationIdentifier\":\"slack-main\",\"connectionIdentifier\":\"slack-connection-abc123\",\"context\":{\"app\":{\"id\":\"jira\"},\"tenant\":\"org-acme\"},\"userScope\":[\"identity.basic\"]}",
    );
    world.assert_response(&format!(
        "HTTP/1.1 201 Created\n\
         content-length: RIGHT\n\
         content-type: application/json\n\
         date: DATE\n\
         idempotency-key: key 1\n\
         \n\
         {{\"url\":\"{LINK_URL}\"}}"
    ));
}

async fn connect(way: Way) {
    let world = World::service(way).await;
    let mut body = GenerateConnectOauthUrlRequestDto::new("teams-main");
    body.subscriber_id = Some("subscriber-123".to_owned());
    body.connection_mode = Some(ConnectionMode::Subscriber);
    body.auto_link_user = Some(false);
    let client = world.client();
    let call = client.integrations().generate_connect_oauth_url(body);
    let reply = call.send().await.expect("a URL");

    assert_eq!(reply.status, StatusCode::CREATED);
    assert_eq!(reply.body.url, CONNECT_URL);
    world.assert_request(
        "POST /v1/integrations/channel-connections/oauth HTTP/1.1\n\
         accept: application/json\n\
         authorization: ApiKey sk_test_123\n\
         content-length: RIGHT\n\
         content-type: application/json\n\
         host: HOST\n\
         user-agent: novu-api/3.15.0\n\
         \n\
         {\"subscriberId\":\"subscriber-123\",\"integrationIdentifier\":\"teams-main\",\"connectionMode\":\"subscriber\",\"autoLinkUser\":false}",
    );
    world.assert_response(&format!(
        "HTTP/1.1 201 Created\n\
         content-length: RIGHT\n\
         content-type: application/json\n\
         date: DATE\n\
         \n\
         {{\"url\":\"{CONNECT_URL}\"}}"
    ));
}

async fn legacy(way: Way) {
    let world = World::service(way).await;
    let client = world.builder().build().expect("a client");
    let call = client
        .subscribers()
        .chat_access_oauth("sub/1 é", "slack", HASH, ENVIRONMENT);
    let call = call.integration_identifier("slack-main");
    let reply = call.send().await.expect("a redirect");

    assert_eq!(reply.status, StatusCode::FOUND);
    let ChatAccessOauthResponse::Found { headers } = reply.body else {
        panic!("{:?}", reply.body)
    };
    assert_eq!(headers.location, LEGACY_URL);
    // No body, so no type and no length of one; no credential, so none is sent.
    world.assert_request(&format!(
        "GET /v1/subscribers/sub%2F1%20%C3%A9/credentials/slack/oauth?hmacHash={HASH}&environmentId=66a1b2c3d4e5f60718293a4b&integrationIdentifier=slack-main HTTP/1.1\n\
         accept: application/json\n\
         host: HOST\n\
         user-agent: novu-api/3.15.0\n\
         \n"
    ));
    // One response: the redirect was not followed.
    world.assert_response(&format!(
        "HTTP/1.1 302 Found\n\
         content-length: RIGHT\n\
         date: DATE\n\
         location: {LEGACY_URL}\n\
         \n"
    ));
}

async fn legacy_with_a_key(way: Way) {
    let world = World::service(way).await;
    // The key of the other scheme is for other operations.
    let builder = world.builder().api_key("sk_test_123").secret_key("other");
    let client = builder.build().expect("a client");
    let call = client
        .subscribers()
        .chat_access_oauth("sub/1 é", "slack", HASH, ENVIRONMENT);
    assert_eq!(
        call.send().await.expect("a redirect").status,
        StatusCode::FOUND
    );
    world.assert_request(&format!(
        "GET /v1/subscribers/sub%2F1%20%C3%A9/credentials/slack/oauth?hmacHash={HASH}&environmentId=66a1b2c3d4e5f60718293a4b HTTP/1.1\n\
         accept: application/json\n\
         authorization: ApiKey sk_test_123\n\
         host: HOST\n\
         user-agent: novu-api/3.15.0\n\
         \n"
    ));
}
