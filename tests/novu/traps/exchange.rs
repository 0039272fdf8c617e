//! Statuses, headers and credentials.

use novu_api::client::{Client, Error};
use novu_api::operations::{
    ChatAccessOauthResponse, GenerateLinkUserOAuthUrlFailure as Failure,
    GenerateLinkUserOAuthUrlResponse as Response, RateLimitIdempotencyHeaders,
    RateLimitIdempotencyRetryAfterHeaders,
};
use novu_api::types::{
    ErrorDto, GenerateChatOAuthUrlResponseDto, GenerateLinkUserOauthUrlRequestDto,
    ValidationErrorDto,
};

use crate::service::ENVIRONMENT;
use crate::stand_in::{Answer, Asked, Script};
use crate::world::{Way, World};

both_ways! {
    a_422_is_not_read_as_a_400, api_key_in_authorization_is_not_bearer,
    no_undeclared_headers_are_sent, an_idempotency_key_is_sent, headers_of_a_success_are_typed,
    content_type_is_not_asked_for, uri_too_long_needs_no_headers,
    a_key_is_needed, a_key_is_asked_for_before_the_body_is_read, a_host_is_not_asked_for,
    an_empty_optional_string_reaches_the_handler, an_unknown_property_reaches_the_handler_as_nothing,
    all_three_violations_of_a_bare_context, what_fails_inside_stays_inside, the_request_of_an_official_client_is_understood,
}

async fn call(world: &World) -> Result<String, Error<Failure>> {
    let client = world.client();
    let body = GenerateLinkUserOauthUrlRequestDto::new("s", "i");
    let call = client.integrations().generate_link_user_oauth_url(body);
    call.send().await.map(|reply| reply.body.url)
}

fn created() -> Answer {
    let url = "u".to_owned();
    Answer::Link(Response::Created {
        headers: RateLimitIdempotencyHeaders::default(),
        body: GenerateChatOAuthUrlResponseDto { url },
    })
}

const CREATED: &str = "HTTP/1.1 201 Created\n\
    content-length: RIGHT\n\
    content-type: application/json\n\
    date: DATE\n\
    \n\
    {\"url\":\"u\"}";

/// Every status has its own body: what compiles here is the test. A `NotFound` takes no
/// `ValidationErrorDto`, and a `TooManyRequests` no `ErrorDto`.
#[test]
fn several_error_bodies_per_operation() {
    fn body(failure: Failure) -> (Option<ErrorDto>, Option<ValidationErrorDto>, Option<String>) {
        match failure {
            Failure::BadRequest { body, .. }
            | Failure::Unauthorized { body, .. }
            | Failure::Forbidden { body, .. }
            | Failure::NotFound { body, .. }
            | Failure::MethodNotAllowed { body, .. }
            | Failure::Conflict { body, .. }
            | Failure::PayloadTooLarge { body, .. }
            | Failure::UriTooLong { body }
            | Failure::UnsupportedMediaType { body, .. }
            | Failure::InternalServerError { body, .. } => (Some(body), None, None),
            Failure::UnprocessableEntity { body, .. } => (None, Some(body), None),
            Failure::TooManyRequests { body, .. } | Failure::ServiceUnavailable { body, .. } => {
                (None, None, Some(body))
            }
        }
    }
    let error = ErrorDto::new(414.0, "t", "/x");
    let failure = Failure::UriTooLong {
        body: error.clone(),
    };
    assert_eq!(body(failure), (Some(error), None, None));
}

/// The document lists `Content-Type` among the headers. It says nothing that the media type does
/// not (OpenAPI 3.0.0, Response Object: it "SHALL be ignored"), so there is no field to fill in.
#[test]
fn content_type_is_no_response_header_field() {
    let RateLimitIdempotencyHeaders {
        rate_limit_limit: _,
        rate_limit_remaining: _,
        rate_limit_reset: _,
        rate_limit_policy: _,
        idempotency_key: _,
        idempotency_replay: _,
    } = RateLimitIdempotencyHeaders::default();
}

/// A 400 does not have the `Retry-After` of a 429.
#[test]
fn headers_are_those_of_their_status() {
    let RateLimitIdempotencyRetryAfterHeaders {
        rate_limit_limit: _,
        rate_limit_remaining: _,
        rate_limit_reset: _,
        rate_limit_policy: _,
        idempotency_key: _,
        idempotency_replay: _,
        retry_after: _,
    } = RateLimitIdempotencyRetryAfterHeaders::default();
    let body = ErrorDto::new(400.0, "t", "/x");
    let headers = RateLimitIdempotencyHeaders::default();
    let _ = Failure::BadRequest { headers, body };
}

/// 414 alone has no headers.
#[test]
fn uri_too_long_has_no_headers() {
    let body = ErrorDto::new(414.0, "t", "/x");
    let Failure::UriTooLong { body: _ } = (Failure::UriTooLong { body }) else {
        panic!("414")
    };
}

/// The body of a 422 would do for a 400 too, were it not for its `errors`.
async fn a_422_is_not_read_as_a_400(way: Way) {
    let (script, world) = Script::world(way).await;
    let body =
        r#"{"statusCode":422,"timestamp":"t","path":"/x","errors":{"f":{"messages":["m"]}}}"#;
    script.answer(Answer::Raw(422, "application/json", body));
    let error = call(&world).await.expect_err("a failure");
    let Some(Failure::UnprocessableEntity { body, .. }) = error.into_failure() else {
        panic!("422")
    };
    assert_eq!(body.errors["f"].messages, ["m"]);

    let body =
        r#"{"statusCode":422,"timestamp":"t","path":"/x","errors":{"f":{"messages":["m"]}}}"#;
    script.answer(Answer::Raw(400, "application/json", body));
    let error = call(&world).await.expect_err("a failure");
    let Some(Failure::BadRequest { body, .. }) = error.into_failure() else {
        panic!("400")
    };
    assert_eq!(body, ErrorDto::new(422.0, "t", "/x"));
}

async fn api_key_in_authorization_is_not_bearer(way: Way) {
    let (script, world) = Script::world(way).await;
    script.answer(created());
    // With the prefix and without: it is sent once.
    for key in ["sk_test_123", "ApiKey sk_test_123"] {
        let client = world.builder().secret_key(key).build().expect("a client");
        let body = GenerateLinkUserOauthUrlRequestDto::new("s", "i");
        let call = client.integrations().generate_link_user_oauth_url(body);
        call.send().await.expect("a URL");
        let fields = world.take_request_fields();
        assert_eq!(fields["authorization"], "ApiKey sk_test_123");
    }
    // And no other prefix opens the door.
    for (wrong, status) in [
        ("Bearer sk_test_123", "401 Unauthorized"),
        ("apikey sk_test_123", "401 Unauthorized"),
        ("sk_test_123", "401 Unauthorized"),
        ("ApiKey", "401 Unauthorized"),
    ] {
        world.substitute(&format!(
            "POST /v1/integrations/channel-endpoints/oauth HTTP/1.1\n\
             host: 127.0.0.1:1\n\
             authorization: {wrong}\n\
             content-type: application/json\n\
             content-length: 48\n\
             \n\
             {{\"subscriberId\":\"s\",\"integrationIdentifier\":\"i\"}}"
        ));
        let error = call(&world).await.expect_err("a refusal");
        assert_eq!(
            error.status().expect("a status").to_string(),
            status,
            "{wrong}"
        );
        assert!(!format!("{error:?}").contains("sk_test"), "{error:?}");
    }
}

#[test]
fn a_credential_is_sent_as_it_is_and_not_shown() {
    let client = Client::builder().secret_key("a b%20+/=ApiKey ").build();
    let client = client.expect("a client");
    assert!(!format!("{client:?}").contains("a b"), "{client:?}");
    let body = GenerateLinkUserOauthUrlRequestDto::new("s", "i");
    let call = client.integrations().generate_link_user_oauth_url(body);
    let request = call.to_http().expect("a request");
    assert!(
        !format!("{:?}", request.headers()).contains("a b"),
        "{request:?}"
    );
    assert_eq!(
        request.headers()["authorization"],
        "ApiKey a b%20+/=ApiKey "
    );
}

/// The bytes that `@novu/api` 3.19.1 sends, down to its empty `cookie`.
async fn the_request_of_an_official_client_is_understood(way: Way) {
    let (script, world) = Script::world(way).await;
    script.answer(created());
    world.substitute(
        "POST /v1/integrations/channel-endpoints/oauth HTTP/1.1\n\
         host: 127.0.0.1:1\n\
         accept: application/json\n\
         accept-language: *\n\
         authorization: ApiKey sk_test_123\n\
         content-type: application/json\n\
         cookie: \n\
         user-agent: speakeasy-sdk/typescript 3.19.1 2.933.0 3.19.0 @novu/api\n\
         idempotency-key: 1795304371611kbliq0521\n\
         content-length: 214\n\
         \n\
         {\"subscriberId\":\"subscriber-123\",\"integrationIdentifier\":\"wrapped\",\"connectionIdentifier\":\"slack-connection-abc123\",\"context\":{\"tenant\":\"org-acme\",\"app\":{\"id\":\"jira\",\"data\":{\"a\":1}}},\"userScope\":[\"identity.basic\"]}",
    );
    assert_eq!(call(&world).await.expect("a URL"), "u");
    let [Asked::Link(request)] = &script.asked()[..] else {
        panic!("one request")
    };
    let key = request.idempotency_key.as_deref();
    assert_eq!(key, Some("1795304371611kbliq0521"));
    let context = request.body.context.as_ref().expect("a context");
    assert_eq!(context.len(), 2);
    world.assert_response(CREATED);
}

async fn no_undeclared_headers_are_sent(way: Way) {
    let (script, world) = Script::world(way).await;
    script.answer(created());
    call(&world).await.expect("a URL");
    world.assert_request(
        "POST /v1/integrations/channel-endpoints/oauth HTTP/1.1\n\
         accept: application/json\n\
         authorization: ApiKey sk_test_123\n\
         content-length: RIGHT\n\
         content-type: application/json\n\
         host: HOST\n\
         user-agent: novu-api/3.15.0\n\
         \n\
         {\"subscriberId\":\"s\",\"integrationIdentifier\":\"i\"}",
    );
    world.assert_response(CREATED);
}

async fn an_idempotency_key_is_sent(way: Way) {
    let (script, world) = Script::world(way).await;
    script.answer(created());
    let client = world.client();
    for key in ["k", "", "a b;c=\"d\""] {
        let body = GenerateLinkUserOauthUrlRequestDto::new("s", "i");
        let call = client.integrations().generate_link_user_oauth_url(body);
        call.idempotency_key(key).send().await.expect("a URL");
        assert_eq!(world.take_request_fields()["idempotency-key"], key);
        let [Asked::Link(request)] = &script.asked()[..] else {
            panic!("one request")
        };
        assert_eq!(request.idempotency_key.as_deref(), Some(key));
    }
}

async fn headers_of_a_success_are_typed(way: Way) {
    let (script, world) = Script::world(way).await;
    let headers = RateLimitIdempotencyHeaders {
        rate_limit_remaining: Some("93".to_owned()),
        idempotency_replay: Some("true".to_owned()),
        ..RateLimitIdempotencyHeaders::default()
    };
    let url = "u".to_owned();
    script.answer(Answer::Link(Response::Created {
        headers: headers.clone(),
        body: GenerateChatOAuthUrlResponseDto { url },
    }));
    let client = world.client();
    let body = GenerateLinkUserOauthUrlRequestDto::new("s", "i");
    let call = client.integrations().generate_link_user_oauth_url(body);
    let reply = call.send().await.expect("a URL");
    assert_eq!(reply.headers, headers);
    assert_eq!(reply.raw_headers["ratelimit-remaining"], "93");
}

/// The document requires `Content-Type`; a server that leaves it out is understood all the same.
async fn content_type_is_not_asked_for(way: Way) {
    let (script, world) = Script::world(way).await;
    script.answer(Answer::Raw(201, "", r#"{"url":"u"}"#));
    assert_eq!(call(&world).await.expect("a URL"), "u");
    assert!(!world.take_response_fields().contains_key("content-type"));
}

async fn uri_too_long_needs_no_headers(way: Way) {
    let (script, world) = Script::world(way).await;
    let body = ErrorDto::new(414.0, "t", "/x");
    let failure = Failure::UriTooLong { body };
    script.answer(Answer::Link(failure.clone().into()));
    let error = call(&world).await.expect_err("a failure");
    assert_eq!(error.into_failure(), Some(failure));
    world.assert_response(
        "HTTP/1.1 414 URI Too Long\n\
         content-length: RIGHT\n\
         content-type: application/json\n\
         date: DATE\n\
         \n\
         {\"statusCode\":414,\"timestamp\":\"t\",\"path\":\"/x\"}",
    );
}

async fn a_key_is_needed(way: Way) {
    let (script, world) = Script::world(way).await;
    script.answer(created());
    let client = world.builder().build().expect("a client");
    let body = GenerateLinkUserOauthUrlRequestDto::new("s", "i");
    let call = client.integrations().generate_link_user_oauth_url(body);
    let error = call.send().await.expect_err("a refusal");
    assert_eq!(error.status().expect("a status").as_u16(), 401);
    assert!(script.asked().is_empty());
    assert!(!world.take_request_fields().contains_key("authorization"));

    // The legacy operation does without.
    script.answer(Answer::Legacy(ChatAccessOauthResponse::Ok {}));
    let call = client
        .subscribers()
        .chat_access_oauth("s", "slack", "h", ENVIRONMENT);
    call.send().await.expect("a reply");
    assert_eq!(script.asked().len(), 1);
}

async fn a_key_is_asked_for_before_the_body_is_read(way: Way) {
    let (script, world) = Script::world(way).await;
    script.answer(created());
    // The body never comes to an end, and what there is of it is no JSON.
    world.substitute(
        "POST /v1/integrations/channel-endpoints/oauth HTTP/1.1\n\
         host: 127.0.0.1:1\n\
         content-type: application/json\n\
         content-length: 1000\n\
         \n\
         }",
    );
    let error = call(&world).await.expect_err("a refusal");
    assert_eq!(error.status().expect("a status").as_u16(), 401);
    assert!(script.asked().is_empty());
}

/// HTTP/1.0 has no `Host` (RFC 9112 §3.2 asks for it in 1.1), and no operation declares it.
async fn a_host_is_not_asked_for(way: Way) {
    let (script, world) = Script::world(way).await;
    script.answer(created());
    world.substitute(
        "POST /v1/integrations/channel-endpoints/oauth HTTP/1.0\n\
         authorization: ApiKey sk_test_123\n\
         content-type: application/json\n\
         content-length: 48\n\
         \n\
         {\"subscriberId\":\"s\",\"integrationIdentifier\":\"i\"}",
    );
    assert_eq!(call(&world).await.expect("a URL"), "u");
}

async fn an_empty_optional_string_reaches_the_handler(way: Way) {
    let (script, world) = Script::world(way).await;
    script.answer(created());
    let client = world.client();
    let mut body = GenerateLinkUserOauthUrlRequestDto::new("s", "<b onclick='x()'>&amp;</b>");
    body.user_scope = Some(vec![String::new()]);
    let call = client
        .integrations()
        .generate_link_user_oauth_url(body.clone());
    call.send().await.expect("a URL");
    let [Asked::Link(request)] = &script.asked()[..] else {
        panic!("one request")
    };
    assert_eq!(request.body, body);
}

async fn an_unknown_property_reaches_the_handler_as_nothing(way: Way) {
    let (script, world) = Script::world(way).await;
    script.answer(created());
    world.substitute(
        "POST /v1/integrations/channel-endpoints/oauth HTTP/1.1\n\
         host: 127.0.0.1:1\n\
         authorization: ApiKey sk_test_123\n\
         content-type: application/json; charset=utf-8\n\
         content-length: 109\n\
         \n\
         {\"x\":[{}],\"subscriberId\":\"s\",\"integrationIdentifier\":\"i\",\"context\":{\"a\":{\"id\":\"b\",\"z\":1}},\"contextHash\":null}",
    );
    call(&world).await.expect("a URL");
    let [Asked::Link(request)] = &script.asked()[..] else {
        panic!("one request")
    };
    assert_eq!(
        serde_json::to_string(&request.body).expect("JSON"),
        r#"{"subscriberId":"s","integrationIdentifier":"i","context":{"a":{"id":"b"}},"contextHash":null}"#
    );
}

/// The type names the first fault of this body; the server names all.
async fn all_three_violations_of_a_bare_context(way: Way) {
    let (script, world) = Script::world(way).await;
    world.substitute(
        "POST /v1/integrations/channel-endpoints/oauth HTTP/1.1\n\
         host: 127.0.0.1:1\n\
         authorization: ApiKey sk_test_123\n\
         content-type: application/json\n\
         content-length: 31\n\
         \n\
         {\"context\":{\"app\":{\"data\":{}}}}",
    );
    call(&world).await.expect_err("a refusal");
    assert!(script.asked().is_empty());
    // Problem details (RFC 9457), with the violations in the order of the body, then what is missing.
    world.assert_response(
        "HTTP/1.1 422 Unprocessable Entity\n\
         content-length: RIGHT\n\
         content-type: application/problem+json\n\
         date: DATE\n\
         \n\
         {\"detail\":\"3 violations\",\"errors\":[\
         {\"detail\":\"missing field `id`\",\"in\":\"body\",\"pointer\":\"#/context/app/id\",\"rule\":\"required\"},\
         {\"detail\":\"missing field `subscriberId`\",\"in\":\"body\",\"pointer\":\"#/subscriberId\",\"rule\":\"required\"},\
         {\"detail\":\"missing field `integrationIdentifier`\",\"in\":\"body\",\"pointer\":\"#/integrationIdentifier\",\"rule\":\"required\"}],\
         \"status\":422,\"title\":\"Unprocessable Entity\"}",
    );
}

/// A handler answers with a header that no response can carry: the caller learns nothing of it.
async fn what_fails_inside_stays_inside(way: Way) {
    let (script, world) = Script::world(way).await;
    let headers = RateLimitIdempotencyHeaders {
        rate_limit_limit: Some("secret\r\nset-cookie: a=b".to_owned()),
        ..RateLimitIdempotencyHeaders::default()
    };
    let url = "secret".to_owned();
    script.answer(Answer::Link(Response::Created {
        headers,
        body: GenerateChatOAuthUrlResponseDto { url },
    }));
    call(&world).await.expect_err("a failure");
    world.assert_response(
        "HTTP/1.1 500 Internal Server Error\n\
         content-length: RIGHT\n\
         content-type: application/problem+json\n\
         date: DATE\n\
         \n\
         {\"detail\":\"the server failed\",\"status\":500,\"title\":\"Internal Server Error\"}",
    );
}
