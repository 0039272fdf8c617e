//! HTTP/1.1 messages as text (RFC 9112), for reading and comparing what passes between a client and
//! a server. Knows only messages with `Content-Length`; anything else fails the test.

use std::collections::BTreeMap;
use std::io;

use bytes::Bytes;
use http::{HeaderMap, Request, Response};
use novu_api::client::Payload;
use tokio::io::{AsyncRead, AsyncReadExt as _};

/// Fields that HTTP over TCP adds and a transport in memory does not.
const OF_TCP: [&str; 4] = ["content-length", "date", "host", "user-agent"];

/// A message: its start line, its fields, its body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Message {
    start: String,
    fields: Vec<(String, String)>,
    body: String,
}

impl Message {
    /// Reads the bytes of one message.
    pub(crate) fn parse(bytes: &[u8]) -> Self {
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        let (head, body) = text.split_once("\r\n\r\n").expect("an end of the head");
        let mut lines = head.split("\r\n").map(str::to_owned);
        Self {
            start: lines.next().expect("a start line"),
            fields: lines.map(|line| field(&line)).collect(),
            body: body.to_owned(),
        }
    }

    /// What a request would be on the wire, without what TCP adds.
    pub(crate) fn of_request(request: &Request<Payload>) -> Self {
        let target = request.uri().path_and_query().expect("a target");
        Self {
            start: format!("{} {target} HTTP/1.1", request.method()),
            fields: fields(request.headers()),
            body: text(request.body().as_whole().expect("a whole body")),
        }
    }

    /// What a response would be on the wire, without what TCP adds.
    pub(crate) fn of_response(response: &Response<Bytes>) -> Self {
        Self {
            start: format!("HTTP/1.1 {}", response.status()),
            fields: fields(response.headers()),
            body: text(response.body()),
        }
    }

    /// The request that the text of this one stands for.
    pub(crate) fn into_request(self) -> Request<Payload> {
        let mut start = self.start.split(' ');
        let mut request = Request::builder()
            .method(start.next().expect("a method"))
            .uri(start.next().expect("a target"));
        for (name, value) in &self.fields {
            request = request.header(name, value);
        }
        request.body(Payload::from(self.body)).expect("a request")
    }

    pub(crate) fn into_body(self) -> String {
        self.body
    }

    /// The fields by their names, in lower case.
    pub(crate) fn into_fields(self) -> BTreeMap<String, String> {
        self.fields.into_iter().collect()
    }

    /// The message in the form in which tests write it: lines end in `\n`, fields are sorted (their
    /// order means nothing, RFC 9110 §5.3), and what differs from run to run is checked and named:
    /// `content-length: RIGHT`, `date: DATE`, `host: HOST`.
    pub(crate) fn comparable(&self) -> String {
        let mut lines: Vec<String> = self
            .fields
            .iter()
            .map(|(name, value)| format!("{name}: {}", self.settled(name, value)))
            .collect();
        lines.sort_unstable();
        lines.insert(0, self.start.clone());
        format!("{}\n\n{}", lines.join("\n"), self.body)
    }

    fn settled<'v>(&self, name: &str, value: &'v str) -> &'v str {
        match name {
            "content-length" => {
                assert_eq!(value, self.body.len().to_string(), "{self:?}");
                "RIGHT"
            }
            "date" => {
                assert!(value.len() == 29 && value.ends_with(" GMT"), "{value}");
                "DATE"
            }
            "host" => {
                assert!(value.starts_with("127.0.0.1:"), "{value}");
                "HOST"
            }
            _ => value,
        }
    }
}

/// The expected text without the fields that only TCP has.
pub(crate) fn without_tcp(expected: &str) -> String {
    let (head, body) = expected.split_once("\n\n").expect("an end of the head");
    let of_tcp = |line: &str| {
        OF_TCP
            .iter()
            .any(|name| line.starts_with(&format!("{name}: ")))
    };
    let lines: Vec<_> = head.lines().filter(|line| !of_tcp(line)).collect();
    format!("{}\n\n{body}", lines.join("\n"))
}

/// Turns the text of a message into its bytes.
pub(crate) fn bytes(text: &str) -> Vec<u8> {
    let (head, body) = text.split_once("\n\n").expect("an end of the head");
    format!("{}\r\n\r\n{body}", head.replace('\n', "\r\n")).into_bytes()
}

/// Reads the bytes of one message; `None` where the connection ends before it begins.
pub(crate) async fn receive(source: &mut (impl AsyncRead + Unpin)) -> io::Result<Option<Vec<u8>>> {
    let mut message = Vec::new();
    while !message.ends_with(b"\r\n\r\n") {
        match source.read_u8().await {
            Ok(byte) => message.push(byte),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof && message.is_empty() => {
                return Ok(None);
            }
            Err(error) => return Err(error),
        }
    }
    let fields = Message::parse(&message).fields;
    let chunked = fields.iter().any(|(name, _)| name == "transfer-encoding");
    assert!(!chunked, "a message of unknown length");
    let length = fields.iter().find(|(name, _)| name == "content-length");
    let length: usize = length.map_or(0, |(_, value)| value.parse().expect("a length"));
    let head = message.len();
    message.resize(head + length, 0);
    source.read_exact(&mut message[head..]).await?;
    Ok(Some(message))
}

fn field(line: &str) -> (String, String) {
    let (name, value) = line.split_once(": ").expect("a field");
    (name.to_ascii_lowercase(), value.to_owned())
}

fn fields(headers: &HeaderMap) -> Vec<(String, String)> {
    let value = |value: &http::HeaderValue| text(&Bytes::copy_from_slice(value.as_bytes()));
    headers
        .iter()
        .map(|(name, found)| (name.to_string(), value(found)))
        .collect()
}

fn text(bytes: &Bytes) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}
