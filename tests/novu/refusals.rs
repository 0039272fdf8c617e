//! The generated client against the OAuth service: what is refused. Requests that the client cannot
//! make are put in place of its own on the way, and it reads the answers.

use novu_api::Maybe;
use novu_api::client::Error;
use novu_api::operations::{
    ChatAccessOauthFailure, GenerateConnectOAuthUrlFailure, GenerateLinkUserOAuthUrlFailure,
    RateLimitIdempotencyHeaders,
};
use novu_api::types::{
    ErrorDto, ErrorDtoMessage, GenerateConnectOauthUrlRequestDto,
    GenerateConnectOauthUrlRequestDtoConnectionMode as ConnectionMode,
    GenerateLinkUserOauthUrlRequestDto,
};

use crate::service::{ENVIRONMENT, HASH};
use crate::world::{CONNECT, LINK, Way, World};

both_ways! {
    bad_request, unauthorized, not_found, all_violations,
    method_not_allowed, payload_too_large, unsupported_media_type, malformed_json,
    legacy_bad_request, legacy_not_found, legacy_violations, no_such_path,
}

/// A request that the service likes, to be sent or to be replaced on the way.
fn good() -> GenerateLinkUserOauthUrlRequestDto {
    GenerateLinkUserOauthUrlRequestDto::new("subscriber-123", "slack-main")
}

/// The response with this start line and `ErrorDto`; `ctx` is the same for all but the status.
fn error_response(start: &str, more: &str, path: &str, message: &str) -> String {
    let (_, status) = start.split_once(' ').expect("a status");
    let (code, reason) = status.split_once(' ').expect("a code");
    format!(
        "{start}\n\
         {more}content-length: RIGHT\n\
         content-type: application/json\n\
         date: DATE\n\
         \n\
         {{\"statusCode\":{code},\"timestamp\":\"2026-01-01T00:00:00.123Z\",\"path\":\"{path}\",\"message\":\"{message}\",\"ctx\":{{\"error\":\"{reason}\",\"statusCode\":{code}}}}}"
    )
}

#[track_caller]
fn assert_message(body: &ErrorDto, status: f64, message: &str) {
    let message = ErrorDtoMessage::String(message.to_owned());
    assert_eq!(
        (body.status_code, &body.message),
        (status, &Maybe::Value(message))
    );
}

async fn bad_request(way: Way) {
    let world = World::service(way).await;
    let mut body = GenerateConnectOauthUrlRequestDto::new("slack-main");
    body.connection_mode = Some(ConnectionMode::Shared);
    let client = world.client();
    let call = client.integrations().generate_connect_oauth_url(body);
    let error = call.send().await.expect_err("a refusal");

    assert!(!error.is_retryable());
    let Some(GenerateConnectOAuthUrlFailure::BadRequest { headers, body }) = error.into_failure()
    else {
        panic!("400")
    };
    assert_eq!(headers, RateLimitIdempotencyHeaders::default());
    let message = "context is required where connectionMode is shared";
    assert_message(&body, 400.0, message);
    assert_eq!(body.path, CONNECT);
    world.assert_request(
        "POST /v1/integrations/channel-connections/oauth HTTP/1.1\n\
         accept: application/json\n\
         authorization: ApiKey sk_test_123\n\
         content-length: RIGHT\n\
         content-type: application/json\n\
         host: HOST\n\
         user-agent: novu-api/3.15.0\n\
         \n\
         {\"integrationIdentifier\":\"slack-main\",\"connectionMode\":\"shared\"}",
    );
    world.assert_response(&error_response(
        "HTTP/1.1 400 Bad Request",
        "",
        CONNECT,
        message,
    ));
}

async fn unauthorized(way: Way) {
    let world = World::service(way).await;
    for (key, sent, message) in [
        (None, "", "Missing authorization header"),
        (
            Some("sk_test_124"),
            "authorization: ApiKey sk_test_124\n",
            "API key not found",
        ),
    ] {
        let builder = match key {
            Some(key) => world.builder().secret_key(key),
            None => world.builder(),
        };
        let client = builder.build().expect("a client");
        let call = client.integrations().generate_link_user_oauth_url(good());
        let error = call.send().await.expect_err("a refusal");

        let challenge = error.headers().expect("headers")["www-authenticate"].clone();
        assert_eq!(challenge, "ApiKey");
        let Some(GenerateLinkUserOAuthUrlFailure::Unauthorized { body, .. }) = error.into_failure()
        else {
            panic!("401")
        };
        assert_message(&body, 401.0, message);
        world.assert_request(&format!(
            "POST /v1/integrations/channel-endpoints/oauth HTTP/1.1\n\
             accept: application/json\n\
             {sent}content-length: RIGHT\n\
             content-type: application/json\n\
             host: HOST\n\
             user-agent: novu-api/3.15.0\n\
             \n\
             {{\"subscriberId\":\"subscriber-123\",\"integrationIdentifier\":\"slack-main\"}}"
        ));
        let expected = error_response("HTTP/1.1 401 Unauthorized", "", LINK, message);
        let expected = expected.replace("DATE\n", "DATE\nwww-authenticate: ApiKey\n");
        world.assert_response(&expected);
    }
}

async fn not_found(way: Way) {
    let world = World::service(way).await;
    let client = world.client();
    let body = GenerateLinkUserOauthUrlRequestDto::new("subscriber-123", "no\"where");
    let call = client.integrations().generate_link_user_oauth_url(body);
    let error = call.send().await.expect_err("a refusal");

    let Some(GenerateLinkUserOAuthUrlFailure::NotFound { body, .. }) = error.into_failure() else {
        panic!("404")
    };
    let message = "No chat integration no\"where in environment 66a1b2c3d4e5f60718293a4b";
    assert_message(&body, 404.0, message);
    world.assert_request(
        "POST /v1/integrations/channel-endpoints/oauth HTTP/1.1\n\
         accept: application/json\n\
         authorization: ApiKey sk_test_123\n\
         content-length: RIGHT\n\
         content-type: application/json\n\
         host: HOST\n\
         user-agent: novu-api/3.15.0\n\
         \n\
         {\"subscriberId\":\"subscriber-123\",\"integrationIdentifier\":\"no\\\"where\"}",
    );
    let message = message.replace('"', "\\\"");
    world.assert_response(&error_response(
        "HTTP/1.1 404 Not Found",
        "",
        LINK,
        &message,
    ));
}

/// Sends `request` in place of one that the client can make, and returns what the client makes of
/// the service's answer.
async fn substituted(world: &World, request: &str) -> Error<GenerateLinkUserOAuthUrlFailure> {
    world.substitute(request);
    let client = world.client();
    let call = client.integrations().generate_link_user_oauth_url(good());
    call.send().await.expect_err("a refusal")
}

async fn all_violations(way: Way) {
    let world = World::service(way).await;
    // A number for a string, a number among strings, a mode that is none, and no integration.
    world.substitute(
        "POST /v1/integrations/channel-connections/oauth HTTP/1.1\n\
         host: 127.0.0.1:1\n\
         authorization: ApiKey sk_test_123\n\
         content-type: application/json\n\
         content-length: 67\n\
         \n\
         {\"subscriberId\":5,\"scope\":[\"chat:write\",7],\"connectionMode\":\"both\"}",
    );
    let client = world.client();
    let body = GenerateConnectOauthUrlRequestDto::new("slack-main");
    let call = client.integrations().generate_connect_oauth_url(body);
    let error = call.send().await.expect_err("a refusal");

    let Some(GenerateConnectOAuthUrlFailure::UnprocessableEntity { headers, body }) =
        error.into_failure()
    else {
        panic!("422")
    };
    assert_eq!(headers, RateLimitIdempotencyHeaders::default());
    let fields: Vec<_> = body.errors.keys().map(String::as_str).collect();
    assert_eq!(
        fields,
        [
            "connectionMode",
            "integrationIdentifier",
            "scope.1",
            "subscriberId"
        ]
    );
    world.assert_response(
        "HTTP/1.1 422 Unprocessable Entity\n\
         content-length: RIGHT\n\
         content-type: application/json\n\
         date: DATE\n\
         \n\
         {\"statusCode\":422,\"timestamp\":\"2026-01-01T00:00:00.123Z\",\"path\":\"/v1/integrations/channel-connections/oauth\",\"message\":\"Validation Error\",\"ctx\":{},\"errors\":{\
         \"connectionMode\":{\"messages\":[\"unknown variant `both`, expected `subscriber` or `shared`\"],\"value\":\"both\"},\
         \"integrationIdentifier\":{\"messages\":[\"missing field `integrationIdentifier`\"]},\
         \"scope.1\":{\"messages\":[\"invalid type: integer `7`, expected a string\"],\"value\":7},\
         \"subscriberId\":{\"messages\":[\"invalid type: integer `5`, expected a string\"],\"value\":5}}}",
    );
}

async fn method_not_allowed(way: Way) {
    let world = World::service(way).await;
    let error = substituted(
        &world,
        "DELETE /v1/integrations/channel-endpoints/oauth HTTP/1.1\n\
         host: 127.0.0.1:1\n\
         authorization: ApiKey sk_test_123\n\
         \n",
    )
    .await;

    assert_eq!(error.headers().expect("headers")["allow"], "POST, OPTIONS");
    let Some(GenerateLinkUserOAuthUrlFailure::MethodNotAllowed { body, .. }) = error.into_failure()
    else {
        panic!("405")
    };
    let message = "/v1/integrations/channel-endpoints/oauth takes POST, OPTIONS, not DELETE";
    assert_message(&body, 405.0, message);
    let allow = "allow: POST, OPTIONS\n";
    world.assert_response(&error_response(
        "HTTP/1.1 405 Method Not Allowed",
        allow,
        LINK,
        message,
    ));
}

async fn payload_too_large(way: Way) {
    let world = World::service(way).await;
    // 2 MiB and a byte are announced; the refusal does not wait for them.
    let error = substituted(
        &world,
        "POST /v1/integrations/channel-endpoints/oauth HTTP/1.1\n\
         host: 127.0.0.1:1\n\
         authorization: ApiKey sk_test_123\n\
         content-type: application/json\n\
         content-length: 2097153\n\
         \n\
         {",
    )
    .await;

    let Some(GenerateLinkUserOAuthUrlFailure::PayloadTooLarge { body, .. }) = error.into_failure()
    else {
        panic!("413")
    };
    let message = "The body is longer than 2097152 bytes";
    assert_message(&body, 413.0, message);
    world.assert_response(&error_response(
        "HTTP/1.1 413 Payload Too Large",
        "",
        LINK,
        message,
    ));
}

async fn unsupported_media_type(way: Way) {
    let world = World::service(way).await;
    let error = substituted(
        &world,
        "POST /v1/integrations/channel-endpoints/oauth HTTP/1.1\n\
         host: 127.0.0.1:1\n\
         authorization: ApiKey sk_test_123\n\
         content-type: text/plain\n\
         content-length: 2\n\
         \n\
         {}",
    )
    .await;

    let Some(GenerateLinkUserOAuthUrlFailure::UnsupportedMediaType { body, .. }) =
        error.into_failure()
    else {
        panic!("415")
    };
    let message = "Content type text/plain is not supported; send application/json";
    assert_message(&body, 415.0, message);
    world.assert_response(&error_response(
        "HTTP/1.1 415 Unsupported Media Type",
        "",
        LINK,
        message,
    ));
}

async fn malformed_json(way: Way) {
    let world = World::service(way).await;
    let error = substituted(
        &world,
        "POST /v1/integrations/channel-endpoints/oauth HTTP/1.1\n\
         host: 127.0.0.1:1\n\
         authorization: ApiKey sk_test_123\n\
         content-type: application/json\n\
         content-length: 25\n\
         \n\
         {\n  \"subscriberId\": \"a\",,",
    )
    .await;

    let Some(GenerateLinkUserOAuthUrlFailure::BadRequest { body, .. }) = error.into_failure()
    else {
        panic!("400")
    };
    let message = "The body is not JSON: key must be a string at line 2 column 23";
    assert_message(&body, 400.0, message);
    world.assert_response(&error_response(
        "HTTP/1.1 400 Bad Request",
        "",
        LINK,
        message,
    ));
}

/// Calls the legacy operation and returns its documented refusal.
async fn refused(world: &World, hash: &str, environment: &str) -> ChatAccessOauthFailure {
    let client = world.builder().build().expect("a client");
    let call = client
        .subscribers()
        .chat_access_oauth("subscriber-123", "slack", hash, environment);
    let error = call.send().await.expect_err("a refusal");
    error.into_failure().expect("a documented one")
}

async fn legacy_bad_request(way: Way) {
    let world = World::service(way).await;
    let ChatAccessOauthFailure::BadRequest { body } = refused(&world, HASH, ENVIRONMENT).await
    else {
        panic!("400")
    };
    let message = "hmacHash does not match the subscriber";
    assert_message(&body, 400.0, message);
    let path = format!(
        "/v1/subscribers/subscriber-123/credentials/slack/oauth?hmacHash={HASH}&environmentId=66a1b2c3d4e5f60718293a4b"
    );
    world.assert_request(&format!(
        "GET {path} HTTP/1.1\n\
         accept: application/json\n\
         host: HOST\n\
         user-agent: novu-api/3.15.0\n\
         \n"
    ));
    world.assert_response(&error_response(
        "HTTP/1.1 400 Bad Request",
        "",
        &path,
        message,
    ));
}

async fn legacy_not_found(way: Way) {
    let world = World::service(way).await;
    let other = "66a1b2c3d4e5f60718293a4f";
    let ChatAccessOauthFailure::NotFound { body } = refused(&world, HASH, other).await else {
        panic!("404")
    };
    let message = "No chat integration of slack in environment 66a1b2c3d4e5f60718293a4f";
    assert_message(&body, 404.0, message);
    let path = format!(
        "/v1/subscribers/subscriber-123/credentials/slack/oauth?hmacHash={HASH}&environmentId=66a1b2c3d4e5f60718293a4f"
    );
    world.assert_response(&error_response(
        "HTTP/1.1 404 Not Found",
        "",
        &path,
        message,
    ));
}

async fn legacy_violations(way: Way) {
    let world = World::service(way).await;
    // `%ff` is no UTF-8, and the environment is missing.
    world.substitute(
        "GET /v1/subscribers/s/credentials/slack/oauth?hmacHash=%ff&other=1 HTTP/1.1\n\
         host: 127.0.0.1:1\n\
         \n",
    );
    let ChatAccessOauthFailure::UnprocessableEntity { body } =
        refused(&world, HASH, ENVIRONMENT).await
    else {
        panic!("422")
    };
    let fields: Vec<_> = body.errors.keys().map(String::as_str).collect();
    assert_eq!(fields, ["environmentId", "hmacHash"]);
    world.assert_response(
        "HTTP/1.1 422 Unprocessable Entity\n\
         content-length: RIGHT\n\
         content-type: application/json\n\
         date: DATE\n\
         \n\
         {\"statusCode\":422,\"timestamp\":\"2026-01-01T00:00:00.123Z\",\"path\":\"/v1/subscribers/s/credentials/slack/oauth?hmacHash=%ff&other=1\",\"message\":\"Validation Error\",\"ctx\":{},\"errors\":{\
         \"environmentId\":{\"messages\":[\"is required\"]},\
         \"hmacHash\":{\"messages\":[\"expected UTF-8\"]}}}",
    );
}

async fn no_such_path(way: Way) {
    let world = World::service(way).await;
    let error = substituted(
        &world,
        "POST /v1/integrations/channel-endpoints/oauth/ HTTP/1.1\n\
         host: 127.0.0.1:1\n\
         \n",
    )
    .await;
    let Some(GenerateLinkUserOAuthUrlFailure::NotFound { body, .. }) = error.into_failure() else {
        panic!("404")
    };
    let path = "/v1/integrations/channel-endpoints/oauth/";
    let message = format!("Cannot POST {path}");
    assert_message(&body, 404.0, &message);
    world.assert_response(&error_response(
        "HTTP/1.1 404 Not Found",
        "",
        path,
        &message,
    ));
}
