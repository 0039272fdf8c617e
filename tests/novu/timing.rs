//! What the client does over TCP when a server is slow, moves, or takes a stream.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::Request;
use http_body::{Body, Frame};
use novu_api::client::{
    Client, ClientBuilder, Error, HttpTransport, Payload, RetryPolicy, Transport as _,
};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;

use crate::service::ENVIRONMENT;
use crate::wire;
use crate::world::listen;

/// The lines of the requests, and the connections, which are open for as long as they are there.
type Serving = JoinHandle<(Vec<String>, Vec<TcpStream>)>;

/// A server that gives each connection its answer, and keeps it open.
async fn server(answers: &'static [&'static str]) -> (ClientBuilder, Serving) {
    let (listener, address) = listen().await;
    let serving = tokio::spawn(async move {
        let mut lines = Vec::new();
        let mut open = Vec::new();
        for answer in answers {
            let (mut stream, _) = listener.accept().await.expect("a connection");
            let request = wire::receive(&mut stream).await.expect("a request");
            let text = String::from_utf8_lossy(&request.expect("a request")).into_owned();
            let authorized = text.contains("authorization: ApiKey k");
            let line = text.lines().next().unwrap_or_default();
            lines.push(format!("{line} {authorized}"));
            stream
                .write_all(answer.as_bytes())
                .await
                .expect("to answer");
            open.push(stream);
        }
        (lines, open)
    });
    let builder = Client::builder().base_url(format!("http://{address}"));
    (builder.api_key("k"), serving)
}

async fn call(client: &Client) -> Result<(), Error<novu_api::operations::ChatAccessOauthFailure>> {
    let call = client
        .subscribers()
        .chat_access_oauth("s", "slack", "h", ENVIRONMENT);
    call.send().await.map(|_| ())
}

const SHORT: Duration = Duration::from_millis(100);
const PART: &str = "HTTP/1.1 409 Conflict\r\ncontent-length: 5\r\n\r\n\"wa";
const FOUND: &str = "HTTP/1.1 302 Found\r\nconnection: close\r\nlocation: https://slack.test/\r\ncontent-length: 0\r\n\r\n";

#[tokio::test]
async fn silence_is_not_waited_for() {
    for answer in [&[""][..], &[PART]] {
        let (builder, serving) = server(answer).await;
        let client = builder.read_timeout(SHORT).build().expect("a client");
        let error = call(&client).await.expect_err("an error");
        assert!(matches!(error, Error::Timeout(_)), "{error:?}");
        serving.abort();

        let (builder, serving) = server(answer).await;
        let client = builder.build().expect("a client");
        let call = client
            .subscribers()
            .chat_access_oauth("s", "slack", "h", ENVIRONMENT);
        let error = call.timeout(SHORT).send().await.expect_err("an error");
        assert!(matches!(error, Error::Timeout(_)), "{error:?}");
        assert_eq!(
            error.to_string(),
            "the request timed out: no response within 100ms"
        );
        serving.abort();
    }
}

#[tokio::test]
async fn a_slow_attempt_is_followed_by_another() {
    let (builder, serving) = server(&["", FOUND]).await;
    let policy = RetryPolicy::new().longest_wait(Duration::ZERO);
    let client = builder.timeout(SHORT).retries(policy).build();
    call(&client.expect("a client")).await.expect("a reply");
    assert_eq!(serving.await.expect("to end").0.len(), 2);
}

#[tokio::test]
async fn a_move_within_the_origin_keeps_the_credential() {
    let moved = &[
        "HTTP/1.1 307 Temporary Redirect\r\nconnection: close\r\nlocation: /elsewhere?x=1\r\ncontent-length: 0\r\n\r\n",
        FOUND,
    ];
    let (builder, serving) = server(moved).await;
    let client = builder.follow_redirects(1).build().expect("a client");
    // The second redirect is a documented response, and is not followed.
    call(&client).await.expect("a reply");
    assert_eq!(
        serving.await.expect("to end").0,
        [
            "GET /v1/subscribers/s/credentials/slack/oauth?hmacHash=h&environmentId=66a1b2c3d4e5f60718293a4b HTTP/1.1 true",
            "GET /elsewhere?x=1 HTTP/1.1 true",
        ]
    );
}

/// Pieces of a body.
struct Pieces(VecDeque<&'static str>);

impl Body for Pieces {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let piece = self.0.pop_front();
        Poll::Ready(piece.map(|piece| Ok(Frame::data(Bytes::from_static(piece.as_bytes())))))
    }
}

#[tokio::test]
async fn bodies_are_streamed_both_ways() {
    let (listener, address) = listen().await;
    let serving = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        let mut request = Vec::new();
        while !request.ends_with(b"0\r\n\r\n") {
            let read = stream.read_buf(&mut request).await;
            assert_ne!(read.expect("a request"), 0);
        }
        let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\none\r\n";
        stream.write_all(head.as_bytes()).await.expect("to answer");
        // The first piece has to arrive before the second is sent.
        let (go, went) = tokio::sync::oneshot::channel::<()>();
        let rest = tokio::spawn(async move {
            went.await.expect("to go on");
            stream.write_all(b"3\r\ntwo\r\n0\r\n\r\n").await
        });
        (String::from_utf8(request).expect("UTF-8"), go, rest)
    });
    let transport = HttpTransport::new(reqwest::Client::new());
    let body = Payload::streamed(Pieces(["a", "", "bc"].into()));
    let request = Request::put(format!("http://{address}/")).body(body);
    let response = transport.send(request.expect("a request")).await;
    let mut body = response.expect("a response").into_body();
    let first = body.next().await.expect("a piece").expect("a piece");
    assert_eq!(first, "one");
    let (request, go, rest) = serving.await.expect("a request");
    assert!(request.contains("transfer-encoding: chunked"), "{request}");
    assert!(
        request.ends_with("\r\n1\r\na\r\n2\r\nbc\r\n0\r\n\r\n"),
        "{request}"
    );
    go.send(()).expect("to go on");
    assert_eq!(body.whole(3).await.expect("the rest"), "two");
    rest.await.expect("to end").expect("to write");
}
