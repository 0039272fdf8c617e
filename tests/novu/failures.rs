//! Answers that the document does not describe, and no answers at all.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use http::{Request, Response};
use novu_api::client::{BoxFuture, Client, Error, Payload, Transport, TransportError};
use novu_api::operations::{ChatAccessOauthResponse, GenerateLinkUserOAuthUrlFailure};
use novu_api::types::GenerateLinkUserOauthUrlRequestDto;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::service::ENVIRONMENT;
use crate::stand_in::{Answer, Script};
use crate::wire;
use crate::world::{Way, listen};

both_ways! {
    undocumented_statuses, bodies_that_do_not_fit, wrapped_successes, time_runs_out, an_answer_is_cut_off,
    an_answer_that_is_no_http,
}

fn link(
    client: &Client,
) -> novu_api::client::Call<'_, novu_api::operations::GenerateLinkUserOAuthUrlRequest> {
    let body = GenerateLinkUserOauthUrlRequestDto::new("s", "i");
    client.integrations().generate_link_user_oauth_url(body)
}

async fn undocumented_statuses(way: Way) {
    let (script, world) = Script::world(way).await;
    for (status, reason, body) in [
        (418, "I'm a teapot", "short and stout"),
        (200, "OK", "{\"url\":\"u\"}"),
        (301, "Moved Permanently", ""),
        (502, "Bad Gateway", "<html>\r\n</html>"),
    ] {
        script.answer(Answer::Raw(status, "text/html; charset=utf-8", body));
        let error = link(&world.client()).send().await.expect_err("an error");
        assert_eq!(error.is_retryable(), status == 502);
        let Error::Undocumented {
            status: found,
            headers,
            bytes,
            ..
        } = error
        else {
            panic!("{error:?}")
        };
        assert_eq!((found.as_u16(), &*bytes), (status, body.as_bytes()));
        assert_eq!(headers["content-type"], "text/html; charset=utf-8");
        world.assert_response(&format!(
            "HTTP/1.1 {status} {reason}\n\
             content-length: RIGHT\n\
             content-type: text/html; charset=utf-8\n\
             date: DATE\n\
             \n\
             {body}"
        ));
    }
}

const JSON: &str = "application/json";

/// Status, content type and body; where the body is at fault, and how.
const MISFITS: &[(u16, &str, &str, &str, &str)] = &[
    (
        201,
        JSON,
        r#"{"url":5}"#,
        "/url",
        "invalid type: integer `5`, expected a string at line 1 column 8",
    ),
    (
        201,
        JSON,
        "{}",
        "",
        "missing field `url` at line 1 column 2",
    ),
    (
        201,
        JSON,
        r#"{"url":"u""#,
        "",
        "EOF while parsing an object at line 1 column 10",
    ),
    (
        201,
        JSON,
        r#"{"url":"u"} x"#,
        "",
        "trailing characters at line 1 column 13",
    ),
    (
        201,
        JSON,
        "",
        "",
        "EOF while parsing a value at line 1 column 0",
    ),
    (
        201,
        "text/html",
        r#"{"url":"u"}"#,
        "",
        "expected application/json, received text/html",
    ),
    (
        404,
        JSON,
        "{\"statusCode\":404,\"timestamp\":\"t\",\"path\":\"/\",\n\"message\":[1,[]]}",
        "/message/1",
        "invalid type: sequence, expected a boolean or a number or a string or an object at line 2 column 15",
    ),
    (
        404,
        "",
        r#"{"statusCode":404,"timestamp":"","path":"","ctx":[]}"#,
        "/ctx",
        "invalid type: sequence, expected an object at line 1 column 49",
    ),
    (
        201,
        JSON,
        r#"{"url":"#,
        "/url",
        "EOF while parsing a value at line 1 column 7",
    ),
    (
        422,
        JSON,
        r#"{"statusCode":422,"timestamp":"t","path":"/","errors":{"a/b":{"messages":["x",1]}}}"#,
        "/errors/a~1b/messages/1",
        "invalid type: integer `1`, expected a string at line 1 column 79",
    ),
    (
        429,
        JSON,
        "API rate limit exceeded",
        "",
        "expected value at line 1 column 1",
    ),
];

async fn bodies_that_do_not_fit(way: Way) {
    let (script, world) = Script::world(way).await;
    for &(status, media, body, place, reason) in MISFITS {
        script.answer(Answer::Raw(status, media, body));
        let error = link(&world.client()).send().await.expect_err("an error");
        let Error::Decode {
            status: found,
            pointer,
            message,
            bytes,
            ..
        } = error
        else {
            panic!("{error:?}")
        };
        assert_eq!((found.as_u16(), &*bytes), (status, body.as_bytes()));
        assert_eq!(
            (pointer.as_str(), message.as_str()),
            (place, reason),
            "{body}"
        );
    }

    // A header that must be there.
    script.answer(Answer::Raw(302, JSON, ""));
    let client = world.client();
    let call = client
        .subscribers()
        .chat_access_oauth("s", "slack", "h", ENVIRONMENT);
    let error = call.send().await.expect_err("an error");
    let Error::Decode {
        pointer, message, ..
    } = error
    else {
        panic!("{error:?}")
    };
    assert_eq!(pointer, "");
    assert!(message.contains("`Location`"), "{message}");
}

/// The live service wraps what its document does not.
async fn wrapped_successes(way: Way) {
    let (script, world) = Script::world(way).await;
    for body in [
        r#"{"url":"u"}"#,
        r#"{"data":{"url":"u"}}"#,
        r#"{"url":"u","data":{}}"#,
    ] {
        script.answer(Answer::Raw(201, JSON, body));
        let reply = link(&world.client()).send().await.expect("a reply");
        assert_eq!(reply.body.url, "u", "{body}");
    }
    for (body, place) in [
        (r#"{"data":{"url":5}}"#, "/data/url"),
        (r#"{"data":{}}"#, "/data"),
        (r#"{"data":{"url":"u"},"x":1}"#, ""),
    ] {
        script.answer(Answer::Raw(201, JSON, body));
        let error = link(&world.client()).send().await.expect_err("an error");
        let Error::Decode { pointer, .. } = error else {
            panic!("{error:?}")
        };
        assert_eq!(pointer, place, "{body}");
    }
}

/// Limits how long an answer from memory may take.
struct Patient<T>(T);

impl<T: Transport> Transport for Patient<T> {
    fn send(
        &self,
        request: Request<Payload>,
    ) -> BoxFuture<'_, Result<Response<Payload>, TransportError>> {
        Box::pin(async move {
            let limit = Duration::from_millis(50);
            match tokio::time::timeout(limit, self.0.send(request)).await {
                Ok(outcome) => outcome,
                Err(elapsed) => Err(TransportError::timeout(elapsed)),
            }
        })
    }
}

async fn time_runs_out(way: Way) {
    // The handler is silent.
    let (script, world) = Script::world(way).await;
    let builder = match way {
        Way::Memory => world.builder().transport(Patient(world.transport())),
        Way::Tcp => {
            let settings = reqwest::Client::builder().timeout(Duration::from_millis(50));
            world.builder().http(settings)
        }
    };
    let client = builder.secret_key("sk_test_123").build().expect("a client");
    let error = link(&client).send().await.expect_err("an error");
    assert!(matches!(error, Error::Timeout(_)), "{error:?}");
    assert!(error.is_retryable() && error.status().is_none());
    drop(script);
}

/// A transport that loses the answer, with the words of HTTP's.
struct Lost(&'static str);

impl Transport for Lost {
    fn send(
        &self,
        _: Request<Payload>,
    ) -> BoxFuture<'_, Result<Response<Payload>, TransportError>> {
        Box::pin(std::future::ready(Err(TransportError::new(self.0))))
    }
}

/// What the client makes of a server that answers with `bytes` and closes the connection.
async fn answered_with(way: Way, bytes: &'static str) -> Error<GenerateLinkUserOAuthUrlFailure> {
    let builder = match way {
        Way::Memory => Client::builder().transport(Lost(bytes)),
        Way::Tcp => {
            let (listener, address) = listen().await;
            tokio::spawn(async move {
                let (mut stream, _) = listener.accept().await?;
                wire::receive(&mut stream).await?;
                stream.write_all(bytes.as_bytes()).await?;
                stream.shutdown().await?;
                // Until the client closes its side too.
                stream.read_to_end(&mut Vec::new()).await
            });
            Client::builder().base_url(format!("http://{address}"))
        }
    };
    let client = builder.build().expect("a client");
    link(&client).send().await.expect_err("an error")
}

async fn an_answer_is_cut_off(way: Way) {
    let answer = "HTTP/1.1 201 Created\r\ncontent-length: 20\r\n\r\n{\"url\":";
    let error = answered_with(way, answer).await;
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert!(error.is_retryable() && error.status().is_none());
}

async fn an_answer_that_is_no_http(way: Way) {
    let error = answered_with(way, "SSH-2.0-OpenSSH_9.6\r\n\r\n").await;
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
}

/// A redirect leads to the server itself, which counts its connections.
#[tokio::test]
async fn a_redirect_is_given_and_not_followed() {
    let (listener, address) = listen().await;
    let location = format!("http://{address}/elsewhere");
    let answer = format!("HTTP/1.1 302 Found\r\nlocation: {location}\r\ncontent-length: 0\r\n\r\n");
    let connections = std::sync::Arc::new(AtomicUsize::new(0));
    let counted = std::sync::Arc::clone(&connections);
    let serving = tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            while let Ok(Some(_)) = wire::receive(&mut stream).await {
                counted.fetch_add(1, Ordering::SeqCst);
                stream.write_all(answer.as_bytes()).await?;
            }
        }
        std::io::Result::Ok(())
    });
    let settings = reqwest::Client::builder().redirect(reqwest::redirect::Policy::limited(3));
    let builder = Client::builder().base_url(format!("http://{address}"));
    let client = builder.http(settings).build().expect("a client");
    let call = client
        .subscribers()
        .chat_access_oauth("s", "slack", "h", ENVIRONMENT);
    let reply = call.send().await.expect("a redirect");
    let ChatAccessOauthResponse::Found { headers } = reply.body else {
        panic!("302")
    };
    assert_eq!(headers.location, location);
    assert_eq!(connections.load(Ordering::SeqCst), 1);
    serving.abort();
}
