//! The service with a fixed clock, in memory or on a port of its own.

use std::net::Ipv4Addr;
use std::path::Path;

use axum::Router;
use http::{HeaderMap, HeaderName, HeaderValue, Request, StatusCode};
use novu_api::client::{Client, ClientBuilder, Payload, Transport as _};
use novu_api::types::ErrorDto;
use novu_oauth::clock::Timestamp;
use novu_oauth::config::Config;
use novu_oauth::service::OAuth;
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

pub(crate) const LINK: &str = "/v1/integrations/channel-endpoints/oauth";
pub(crate) const CONNECT: &str = "/v1/integrations/channel-connections/oauth";
pub(crate) const KEY: (&str, &str) = ("authorization", "ApiKey sk_test_123");
pub(crate) const JSON: (&str, &str) = ("content-type", "application/json");

/// The service, and how to reach it.
pub(crate) struct World {
    router: Router,
    /// Where it listens, if it does.
    port: Option<u16>,
}

/// A response as it came.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl World {
    /// The service both ways.
    pub(crate) async fn both() -> [Self; 2] {
        let config = Config::read(include_str!("config.toml"), Path::new("config.toml"));
        let clock = || Timestamp(1_767_225_600_123);
        let config = config.expect("a configuration");
        let service = OAuth::with_clock(&config, clock).await.expect("a service");
        let router = service.into_server().into_router();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let server = axum::serve(listener, router.clone());
        tokio::spawn(async move { server.await });
        [
            Self {
                router: router.clone(),
                port: None,
            },
            Self {
                router,
                port: Some(port),
            },
        ]
    }

    /// A client without a key.
    pub(crate) fn builder(&self) -> ClientBuilder {
        match self.port {
            Some(port) => Client::builder().base_url(format!("http://127.0.0.1:{port}")),
            None => Client::builder()
                .base_url("http://novu.test")
                .transport(self.router.clone()),
        }
    }

    /// A client with a good key.
    pub(crate) fn client(&self) -> Client {
        self.builder()
            .secret_key("sk_test_123")
            .build()
            .expect("a client")
    }

    /// Sends what no generated client would.
    pub(crate) async fn send(
        &self,
        method: &str,
        target: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        match self.port {
            Some(port) => over_tcp(port, method, target, headers, body).await,
            None => self.in_memory(method, target, headers, body).await,
        }
    }

    async fn in_memory(
        &self,
        method: &str,
        target: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("http://novu.test{target}"));
        for &(name, value) in headers {
            request = request.header(name, value);
        }
        let request = request
            .body(Payload::from(body.to_owned()))
            .expect("a request");
        let (parts, body) = self
            .router
            .send(request)
            .await
            .expect("a response")
            .into_parts();
        let body = body.whole(usize::MAX).await.expect("a body");
        let text = String::from_utf8(body.to_vec()).expect("UTF-8");
        Answer {
            status: parts.status,
            headers: parts.headers,
            text,
        }
    }
}

/// Writes the request by hand, and reads to the end of the connection.
async fn over_tcp(
    port: u16,
    method: &str,
    target: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Answer {
    let headers = headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}\r\n"));
    let headers = headers.collect::<Vec<_>>().concat();
    let length = body.len();
    let request = format!(
        "{method} {target} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nconnection: close\r\n{headers}content-length: {length}\r\n\r\n{body}"
    );
    let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))
        .await
        .expect("a connection");
    let (mut reader, mut writer) = stream.into_split();
    // A server that refuses a long body need not read it to its end.
    let writing = tokio::spawn(async move {
        let _ = writer.write_all(request.as_bytes()).await;
        writer
    });
    let mut bytes = Vec::new();
    let _ = reader.read_to_end(&mut bytes).await;
    drop(writing);
    let text = String::from_utf8(bytes).expect("UTF-8");
    let (head, text) = text.split_once("\r\n\r\n").expect("a head");
    let mut lines = head.lines();
    let status = lines
        .next()
        .and_then(|line| line.split(' ').nth(1))
        .expect("a status");
    let headers = lines.map(|line| {
        let (name, value) = line.split_once(": ").expect("a header");
        (
            HeaderName::try_from(name).expect("a name"),
            HeaderValue::try_from(value).expect("a value"),
        )
    });
    Answer {
        status: status.parse().expect("a status"),
        headers: headers.collect(),
        text: text.to_owned(),
    }
}

impl Answer {
    /// The body as JSON, which its content type must say it is.
    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.headers["content-type"], "application/json", "{self:?}");
        serde_json::from_str(&self.text).expect("JSON")
    }

    /// The message of the `ErrorDto`, after a look at everything else in it.
    #[track_caller]
    pub(crate) fn message(&self, status: u16, target: &str) -> String {
        assert_eq!(self.status, status, "{self:?}");
        let body = self.json();
        assert_eq!(body["statusCode"], status, "{body}");
        assert!(
            self.text.contains(&format!("\"statusCode\":{status},")),
            "{}",
            self.text
        );
        assert_eq!(body["timestamp"], "2026-01-01T00:00:00.123Z");
        assert_eq!(body["path"], target);
        let _: ErrorDto = serde_json::from_value(body.clone()).expect("an ErrorDto");
        body["message"].as_str().expect("a message").to_owned()
    }
}
