//! The HTTP transport, over TCP on the loopback interface.

use std::time::Duration;

use novu_api::client::{Client, ClientBuilder, Error};
use novu_api::operations::{ChatAccessOauthResponse, LocationHeaders};
use novu_api::types::GenerateLinkUserOauthUrlRequestDto;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// Serves one connection: reads until `until`, then answers with `response` and stays silent.
async fn serve(
    until: &'static str,
    response: &'static str,
) -> (ClientBuilder, tokio::task::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/prefix", listener.local_addr().unwrap());
    let served = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut received = Vec::new();
        while !received.ends_with(until.as_bytes()) {
            received.push(stream.read_u8().await.unwrap());
        }
        stream.write_all(response.as_bytes()).await.unwrap();
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_secs(5)).await;
            drop(stream);
        });
        String::from_utf8(received).unwrap()
    });
    (Client::builder().base_url(url).secret_key("k"), served)
}

#[tokio::test]
async fn the_bytes_of_a_request() {
    let response = "HTTP/1.1 201 Created\r\ncontent-type: application/json\r\nretry-after: 1\r\n\
                    content-length: 11\r\n\r\n{\"url\":\"u\"}";
    let (builder, served) = serve("}", response).await;
    let body = GenerateLinkUserOauthUrlRequestDto::new("é", "slack");
    let client = builder.build().unwrap();
    let reply = client
        .integrations()
        .generate_link_user_oauth_url(body)
        .send()
        .await
        .unwrap();
    assert_eq!((reply.status.as_u16(), reply.body.url.as_str()), (201, "u"));
    let received = served.await.unwrap();
    let (head, body) = received.split_once("\r\n\r\n").unwrap();
    let mut lines: Vec<_> = head
        .lines()
        .filter(|line| !line.starts_with("host: "))
        .collect();
    lines[1..].sort_unstable();
    assert_eq!(
        lines,
        [
            "POST /prefix/v1/integrations/channel-endpoints/oauth HTTP/1.1",
            "accept: application/json",
            "authorization: ApiKey k",
            "content-length: 53",
            "content-type: application/json",
            "user-agent: novu-api/3.15.0",
        ]
    );
    assert_eq!(
        body,
        r#"{"subscriberId":"é","integrationIdentifier":"slack"}"#
    );
}

#[tokio::test]
async fn redirects_are_not_followed_whatever_the_settings() {
    let response =
        "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/x\r\ncontent-length: 0\r\n\r\n";
    let (builder, served) = serve("\r\n\r\n", response).await;
    let settings = reqwest::Client::builder().redirect(reqwest::redirect::Policy::limited(5));
    let client = builder.http(settings).build().unwrap();
    let reply = client
        .subscribers()
        .chat_access_oauth("s", "slack", "h", "e")
        .send()
        .await
        .unwrap();
    let location = "http://127.0.0.1:1/x".to_owned();
    assert_eq!(
        reply.body,
        ChatAccessOauthResponse::Found {
            headers: LocationHeaders { location }
        }
    );
    assert!(!served.await.unwrap().contains("authorization"));
}

async fn outcome(until: &'static str, response: &'static str) -> Error<ChatAccessOauthResponse> {
    let (builder, _served) = serve(until, response).await;
    let settings = reqwest::Client::builder().timeout(Duration::from_millis(200));
    let client = builder.http(settings).response_limit(10).build().unwrap();
    client
        .subscribers()
        .chat_access_oauth("s", "slack", "hush", "e")
        .send()
        .await
        .unwrap_err()
}

#[tokio::test]
async fn failures_on_the_way() {
    let silent = outcome("\r\n\r\n", "").await;
    assert!(matches!(silent, Error::Timeout(_)), "{silent:?}");
    let stalled = outcome(
        "\r\n\r\n",
        "HTTP/1.1 409 Conflict\r\ncontent-length: 5\r\n\r\n\"wa",
    )
    .await;
    assert!(matches!(stalled, Error::Timeout(_)), "{stalled:?}");
    let endless = outcome(
        "\r\n\r\n",
        "HTTP/1.1 409 Conflict\r\ncontent-length: 50\r\n\r\n\"waiting for more",
    )
    .await;
    assert!(
        endless.to_string().contains("longer than 10 bytes"),
        "{endless}"
    );
    let nonsense = outcome("\r\n\r\n", "nonsense\r\n\r\n").await;
    assert!(matches!(nonsense, Error::Transport(_)) && nonsense.is_retryable());
    assert!(
        !format!("{nonsense:?} {nonsense}").contains("hush"),
        "{nonsense:?}"
    );

    let client = Client::builder()
        .base_url("http://127.0.0.1:1")
        .build()
        .unwrap();
    let refused = client
        .subscribers()
        .chat_access_oauth("s", "slack", "h", "e")
        .send()
        .await
        .unwrap_err();
    assert!(matches!(refused, Error::Transport(_)), "{refused:?}");
}
