//! What the generated client sends, and to where.

use std::time::Duration;

use http::{Request, Response};
use novu_api::client::{BoxFuture, Client, Error, Payload, SERVERS, Transport, TransportError};
use novu_api::operations::ChatAccessOauthFailure;
use novu_api::types::GenerateLinkUserOauthUrlRequestDto;
use tokio::io::AsyncWriteExt as _;

use crate::wire;
use crate::world::listen;

fn link(integration: &str) -> GenerateLinkUserOauthUrlRequestDto {
    GenerateLinkUserOauthUrlRequestDto::new("subscriber-123", integration)
}

/// A transport that nothing leaves.
struct Nowhere;

impl Transport for Nowhere {
    fn send(
        &self,
        _: Request<Payload>,
    ) -> BoxFuture<'_, Result<Response<Payload>, TransportError>> {
        Box::pin(std::future::ready(Err(TransportError::new("no way"))))
    }
}

#[test]
fn the_first_server_of_the_document_is_the_default() {
    let client = Client::builder().build().expect("a client");
    assert_eq!(client.base_url(), "https://api.novu.co");
    assert_eq!(SERVERS, ["https://api.novu.co", "https://eu.api.novu.co"]);
}

#[test]
fn the_request_on_the_wire() {
    let client = Client::builder()
        .base_url("https://proxy.test/novu/")
        .transport(Nowhere)
        .secret_key("secret")
        .api_key("ApiKey legacy")
        .build()
        .expect("to build");
    let call = client
        .integrations()
        .generate_link_user_oauth_url(link("slack"))
        .idempotency_key("k");
    let request = call.to_http().expect("to build");
    assert_eq!(request.method(), "POST");
    assert_eq!(
        request.uri(),
        "https://proxy.test/novu/v1/integrations/channel-endpoints/oauth"
    );
    let headers: Vec<_> = request
        .headers()
        .iter()
        .map(|(name, value)| format!("{name}: {}", value.to_str().expect("to build")))
        .collect();
    assert_eq!(
        headers,
        [
            "idempotency-key: k",
            "content-type: application/json",
            "accept: application/json",
            "authorization: ApiKey secret",
        ]
    );
    assert_eq!(
        request.body().as_whole().expect("a body"),
        r#"{"subscriberId":"subscriber-123","integrationIdentifier":"slack"}"#
    );

    let call = client
        .subscribers()
        .chat_access_oauth("a/b c", "slack", "h+", "e")
        .integration_identifier("é");
    let request = call.to_http().expect("to build");
    assert_eq!(
        request.uri(),
        "https://proxy.test/novu/v1/subscribers/a%2Fb%20c/credentials/slack/oauth\
         ?hmacHash=h%2B&environmentId=e&integrationIdentifier=%C3%A9"
    );
    assert_eq!(request.headers()["authorization"], "ApiKey legacy");
    assert!(
        request
            .body()
            .as_whole()
            .is_some_and(bytes::Bytes::is_empty)
            && !request.headers().contains_key("content-type")
    );

    let debug = format!("{client:?} {request:?}");
    assert!(
        !debug.contains("legacy") && debug.contains("secretKey"),
        "{debug}"
    );
    for subscriber in ["", ".", ".."] {
        let call = client
            .subscribers()
            .chat_access_oauth(subscriber, "slack", "h", "e");
        assert!(call.to_http().is_err(), "{subscriber}");
    }
    let call = client
        .integrations()
        .generate_link_user_oauth_url(link("slack"))
        .idempotency_key("a\nb");
    assert_eq!(
        call.to_http().expect_err("a refusal").to_string(),
        "header `idempotency-key` holds a character that no header can"
    );
}

/// The calls can be spawned.
#[test]
fn calls_move_between_threads() {
    fn spawnable<T: Send + 'static>(_: T) {}
    let client = Client::builder().build().expect("a client");
    spawnable(async move {
        let call = client
            .integrations()
            .generate_link_user_oauth_url(link("slack"));
        call.send().await.is_ok()
    });
}

/// What the client, which waits for so long, makes of a server that answers with `bytes` and then
/// falls silent.
async fn answered_with(bytes: &'static str, patience: Duration) -> Error<ChatAccessOauthFailure> {
    let (listener, address) = listen().await;
    let serving = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await?;
        wire::receive(&mut stream).await?;
        stream.write_all(bytes.as_bytes()).await?;
        std::future::pending::<std::io::Result<()>>().await
    });
    let settings = reqwest::Client::builder().timeout(patience);
    let builder = Client::builder().base_url(format!("http://{address}/prefix"));
    let builder = builder.http(settings).response_limit(10);
    let client = builder.build().expect("a client");
    let call = client
        .subscribers()
        .chat_access_oauth("s", "slack", "hush", "e");
    let error = call.send().await.expect_err("an error");
    serving.abort();
    // The address holds what must not be told.
    assert!(!format!("{error:?} {error}").contains("hush"), "{error:?}");
    error
}

#[tokio::test]
async fn an_answer_that_stops_is_a_timeout() {
    let head = "HTTP/1.1 409 Conflict\r\ncontent-length: 5\r\n\r\n\"wa";
    for answer in ["", "HTTP/1.1 409", head] {
        let error = answered_with(answer, Duration::from_millis(100)).await;
        assert!(matches!(error, Error::Timeout(_)), "{error:?}");
    }
}

#[tokio::test]
async fn a_body_that_is_too_long_is_not_waited_for() {
    let answer = "HTTP/1.1 409 Conflict\r\ncontent-length: 50\r\n\r\n\"waiting for more";
    let error = answered_with(answer, Duration::from_secs(30)).await;
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert!(
        error.to_string().contains("longer than 10 bytes"),
        "{error}"
    );
}

#[tokio::test]
async fn a_server_that_is_not_there_is_no_timeout() {
    // A port that was free a moment ago.
    let (_, address) = listen().await;
    let builder = Client::builder().base_url(format!("http://{address}"));
    let client = builder.build().expect("a client");
    let call = client
        .subscribers()
        .chat_access_oauth("s", "slack", "h", "e");
    let error = call.send().await.expect_err("an error");
    assert!(matches!(error, Error::Transport(_)) && error.is_retryable());
}

#[tokio::test]
async fn a_prefix_of_the_base_url_is_kept() {
    let (listener, address) = listen().await;
    let serving = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await?;
        let request = wire::receive(&mut stream).await?;
        let answer = "HTTP/1.1 201 Created\r\ncontent-length: 11\r\n\r\n{\"url\":\"u\"}";
        stream.write_all(answer.as_bytes()).await?;
        std::io::Result::Ok(request.expect("a request"))
    });
    let builder = Client::builder().base_url(format!("http://{address}/a%20b/v0/"));
    let client = builder.build().expect("a client");
    let call = client
        .integrations()
        .generate_link_user_oauth_url(link("i"));
    assert_eq!(call.send().await.expect("a URL").body.url, "u");
    let request = serving.await.expect("to end").expect("a request");
    assert_eq!(
        wire::Message::parse(&request).comparable(),
        "POST /a%20b/v0/v1/integrations/channel-endpoints/oauth HTTP/1.1\n\
         accept: application/json\n\
         content-length: RIGHT\n\
         content-type: application/json\n\
         host: HOST\n\
         user-agent: novu-api/3.15.0\n\
         \n\
         {\"subscriberId\":\"subscriber-123\",\"integrationIdentifier\":\"i\"}"
    );
}
