//! A small API in the shapes that Novu's document lacks: ranges of statuses, `default`, cookies, a
//! key in the query, optional bodies, several parameters in a segment.

use std::convert::Infallible;
use std::future::Future;

use http::{HeaderMap, Request, StatusCode};

use crate::support::call::{Call, success};
use crate::support::client::{Client, ClientBuilder};
use crate::support::error::Error;
use crate::support::guard::schemes;
use crate::support::headers::headers;
use crate::support::operation::{Operation, OperationInfo, request};
use crate::support::read_request::RequestReader;
use crate::support::rejection::{Denied, Rejection};
use crate::support::request_head::{Caller, RequestHead};
use crate::support::responses::responses;
use crate::support::route::routes;
use crate::support::security::Scheme;
use crate::support::server::Server;
use crate::support::string_enum::string_enum;
use crate::support::transport::Transport;

const KEY: Scheme = Scheme::query("key", "key");
const SESSION: Scheme = Scheme::cookie("session", "sid");

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Small,
    Big,
}

string_enum! { Kind { "small" => Small, "big" => Big } }

#[derive(Debug, Clone, PartialEq)]
pub struct FindRequest {
    name: String,
    extension: String,
    kind: Option<Kind>,
    limit: i64,
    trace: Option<String>,
    theme: Option<String>,
    body: Option<Vec<i64>>,
}

request! {
    FindRequest -> FindResponse {
        QUERY "/files/{name}.{extension}" "find";
        security [[KEY, SESSION]];
        path "name" => name;
        path "extension" => extension;
        query "kind[of]" => kind?;
        query "limit" => limit;
        header "X-Trace" => trace?;
        cookie "theme" => theme?;
        body json "application/vnd.ids+json" => body?;
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum FindResponse {
    Ok {
        headers: TotalHeaders,
        body: Vec<String>,
    },
    NotModified {},
    ClientError {
        status: StatusCode,
        body: String,
    },
    Default {
        status: StatusCode,
    },
}

responses! {
    FindResponse {
        200 => Ok { headers, body: json },
        304 => NotModified {},
        4XX => ClientError { status, body: json "application/problem+json" },
        default => Default { status },
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct TotalHeaders {
    total: u64,
    link: Option<String>,
}

headers! {
    TotalHeaders {
        "X-Total" => total,
        "Link" => link?,
    }
}

success! {
    FindRequest -> FindResponse { .. }
}

#[derive(Debug, Clone, PartialEq)]
pub struct PingRequest {}

request! {
    PingRequest -> PingResponse {
        GET "/ping" "ping";
        security [];
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum PingResponse {
    NoContent {},
}

responses! {
    PingResponse {
        204 => NoContent {},
    }
}

success! {
    PingRequest -> PingResponse {
        NoContent {},
    }
}

pub trait Service: Send + Sync + 'static {
    type Principal: Send + Sync + 'static;
    type Error: crate::support::rejection::IntoFailure + Send;
    fn key(
        &self,
        key: &str,
        head: &RequestHead,
    ) -> impl Future<Output = Result<Self::Principal, Denied>> + Send;
    fn session(
        &self,
        id: &str,
        head: &RequestHead,
    ) -> impl Future<Output = Result<Self::Principal, Denied>> + Send;
    fn reject(&self, rejection: Rejection, head: &RequestHead) -> axum::response::Response {
        let _ = head;
        rejection.problem()
    }
}

schemes! {
    Service {
        KEY => key,
        SESSION => session,
    }
}

pub trait Files: Service {
    fn find(
        &self,
        caller: Caller<Self::Principal>,
        request: FindRequest,
    ) -> impl Future<Output = Result<FindResponse, Self::Error>> + Send;
    fn ping(
        &self,
        caller: Caller<()>,
        request: PingRequest,
    ) -> impl Future<Output = Result<PingResponse, Self::Error>> + Send;
}

routes! {
    Files as files {
        FindRequest => required find,
        PingRequest => open ping,
    }
}

/// Answers by `limit`: a status, or 200 with what it received.
pub struct Disk;

impl Service for Disk {
    type Principal = String;
    type Error = Infallible;

    async fn key(&self, key: &str, _head: &RequestHead) -> Result<String, Denied> {
        Ok(key.to_owned())
    }

    async fn session(&self, id: &str, _head: &RequestHead) -> Result<String, Denied> {
        if id == "1" {
            Ok(id.to_owned())
        } else {
            Err(Denied::Forbidden("not you".to_owned()))
        }
    }
}

impl Files for Disk {
    async fn find(
        &self,
        caller: Caller<String>,
        request: FindRequest,
    ) -> Result<FindResponse, Infallible> {
        let status = |code| StatusCode::from_u16(code).unwrap();
        Ok(match request.limit {
            code @ (304 | 299) => FindResponse::Default {
                status: status(u16::try_from(code).unwrap()),
            },
            0 => FindResponse::NotModified {},
            500 => FindResponse::ClientError {
                status: status(500),
                body: String::new(),
            },
            code @ 400..500 => FindResponse::ClientError {
                status: status(u16::try_from(code).unwrap()),
                body: "no".to_owned(),
            },
            -1 => FindResponse::Ok {
                headers: TotalHeaders {
                    total: 1,
                    link: Some("a\nb".to_owned()),
                },
                body: vec!["secret".to_owned()],
            },
            _ => FindResponse::Ok {
                headers: TotalHeaders {
                    total: u64::MAX,
                    link: None,
                },
                body: vec![caller.principal, format!("{request:?}")],
            },
        })
    }

    async fn ping(
        &self,
        _caller: Caller<()>,
        _request: PingRequest,
    ) -> Result<PingResponse, Infallible> {
        Ok(PingResponse::NoContent {})
    }
}

fn client() -> Client {
    builder()
        .credential(KEY, "a&b".to_owned())
        .credential(SESSION, "1".to_owned())
        .build()
        .unwrap()
}

fn builder() -> ClientBuilder {
    ClientBuilder::new("http://files.test/").transport(Server::new(Disk).files().into_service())
}

fn find(limit: i64) -> FindRequest {
    FindRequest {
        name: "a.b/c".to_owned(),
        extension: "d e".to_owned(),
        kind: Some(Kind::Big),
        limit,
        trace: Some("t".to_owned()),
        theme: Some("dark; é".to_owned()),
        body: None,
    }
}

fn call<R>(client: &Client, request: R) -> Call<'_, R> {
    Call::new(client, request)
}

#[tokio::test]
async fn every_part_arrives_as_it_was_sent() {
    for body in [None, Some(vec![]), Some(vec![1, 2])] {
        let request = FindRequest { body, ..find(1) };
        let client = client();
        let reply = call(&client, request.clone()).send().await.unwrap();
        assert_eq!(
            reply.body,
            FindResponse::Ok {
                headers: TotalHeaders {
                    total: u64::MAX,
                    link: None
                },
                body: vec!["a&b".to_owned(), format!("{request:?}")],
            }
        );
    }
}

#[test]
fn the_request_on_the_wire() {
    let request = call(
        &client(),
        FindRequest {
            body: Some(vec![7]),
            ..find(5)
        },
    )
    .to_http()
    .unwrap();
    assert_eq!(request.method(), "QUERY");
    assert_eq!(
        request.uri(),
        "http://files.test/files/a.b%2Fc.d%20e?kind%5Bof%5D=big&limit=5&key=a%26b"
    );
    let headers: Vec<_> = request
        .headers()
        .iter()
        .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
        .collect();
    assert_eq!(
        headers,
        [
            "x-trace: t",
            "content-type: application/vnd.ids+json",
            "accept: application/json, application/problem+json",
            "cookie: theme=dark%3B%20%C3%A9; sid=1",
        ]
    );
    assert_eq!(request.body(), "[7]");
    let debug = format!("{:?} {:?}", request.headers(), client());
    assert!(
        !debug.contains("sid=1") && !debug.contains("a&b"),
        "{debug}"
    );
    let info = request.extensions().get::<&'static OperationInfo>();
    assert_eq!(
        info.map(|info| (info.id, info.template)),
        Some(("find", "/files/{name}.{extension}"))
    );
}

fn name(response: &FindResponse) -> &'static str {
    match response {
        FindResponse::Ok { .. } => "Ok",
        FindResponse::NotModified {} => "NotModified",
        FindResponse::ClientError { .. } => "ClientError",
        FindResponse::Default { .. } => "Default",
    }
}

#[tokio::test]
async fn ranges_and_default_take_only_their_codes() {
    let client = client();
    let status = |result: Result<crate::support::call::Reply<FindResponse>, _>| match result {
        Ok(reply) => format!("{} {}", reply.status.as_u16(), name(&reply.body)),
        Err(Error::Failure {
            status, response, ..
        }) => {
            format!("error {} {}", status.as_u16(), name(&response))
        }
        Err(other) => format!("{other}"),
    };
    for (limit, expected) in [
        (0, "304 NotModified"),
        (299, "299 Default"),
        (404, "error 404 ClientError"),
        (451, "error 451 ClientError"),
        // The handler chose a code that belongs to another variant.
        (500, "error 500 Default"),
        (304, "error 500 Default"),
        // A value that no header can hold: the server answers 500 and says no more.
        (-1, "error 500 Default"),
    ] {
        assert_eq!(
            status(call(&client, find(limit)).send().await),
            expected,
            "{limit}"
        );
    }
}

#[tokio::test]
async fn a_success_without_content() {
    let client = client();
    let reply = call(&client, PingRequest {}).send().await.unwrap();
    assert_eq!(
        (reply.status.as_u16(), reply.body, reply.headers),
        (204, (), ())
    );
}

#[test]
fn what_has_no_place_in_a_request_is_not_sent() {
    let client = client();
    let message = |request: FindRequest| call(&client, request).to_http().unwrap_err().to_string();
    let mut empty = find(1);
    empty.name = String::new();
    assert!(message(empty).contains("`name` is empty"));
    let mut line = find(1);
    line.trace = Some("a\r\nx-admin: 1".to_owned());
    assert_eq!(
        message(line),
        "header `X-Trace` holds a character that no header can"
    );

    let secret = builder()
        .credential(KEY, "k".to_owned())
        .credential(SESSION, "a\nb".to_owned())
        .build()
        .unwrap();
    let error = call(&secret, find(1)).to_http().unwrap_err().to_string();
    assert!(!error.contains('\n'), "{error}");
}

#[test]
fn base_urls() {
    let build = |url: &str| ClientBuilder::new(url).transport(Nowhere).build();
    assert_eq!(
        build("https://a.test/v1/").unwrap().base_url(),
        "https://a.test/v1"
    );
    assert_eq!(
        build("http://[::1]:8080").unwrap().base_url(),
        "http://[::1]:8080"
    );
    for url in [
        "",
        "/v1",
        "a.test",
        "ftp://a.test",
        "https://u:p@a.test",
        "https://a.test/?x=1",
        "https://a.test/#x",
        "https://",
    ] {
        assert!(build(url).is_err(), "{url}");
    }
    assert!(
        !build("https://user:hush@a.test")
            .unwrap_err()
            .to_string()
            .contains("hush")
    );
}

/// A transport that nothing leaves.
pub struct Nowhere;

impl Transport for Nowhere {
    fn send(
        &self,
        _request: Request<bytes::Bytes>,
    ) -> crate::support::future::BoxFuture<
        '_,
        Result<http::Response<bytes::Bytes>, crate::support::error::TransportError>,
    > {
        Box::pin(std::future::ready(Err(
            crate::support::error::TransportError::timeout("no one is there"),
        )))
    }
}

#[tokio::test]
async fn a_timeout_is_told_apart() {
    let client = ClientBuilder::new("http://a.test")
        .transport(Nowhere)
        .build()
        .unwrap();
    let error = call(&client, PingRequest {}).send().await.unwrap_err();
    assert!(matches!(error, Error::Timeout(_)) && error.is_retryable());
    assert_eq!(error.to_string(), "the request timed out: no one is there");
}

/// Reads a request from its raw parts, and lists its violations as `location pointer rule`.
fn violations(target: &str, headers: &[(&str, &str)], body: Option<&str>) -> Vec<String> {
    let mut request = Request::builder().uri(target);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let head = RequestHead::new(request.body(()).unwrap().into_parts().0);
    let body = body.map(|body| bytes::Bytes::from(body.to_owned()));
    let path = vec![("name", 1..2), ("extension", 3..4)];
    let mut reader = RequestReader::new(head.into(), path, body);
    match FindRequest::read(&mut reader) {
        Some(_) => Vec::new(),
        None => match reader.into_rejection() {
            Rejection::Invalid { violations } => violations
                .iter()
                .map(|found| format!("{} {} {}", found.location, found.pointer, found.rule))
                .collect(),
            other => vec![format!("{other:?}")],
        },
    }
}

#[test]
fn all_violations_are_gathered() {
    let none: &[(&str, &str)] = &[];
    for (target, headers, body, expected) in [
        ("/a.b?limit=1", none, None, vec![]),
        ("/a.b?limit=1&unknown=2&unknown=3", none, Some(""), vec![]),
        ("/a.b", none, None, vec!["query /limit required"]),
        ("/a.b?limit=", none, None, vec!["query /limit type"]),
        (
            "/a.b?limit=1&limit=1",
            none,
            None,
            vec!["query /limit type"],
        ),
        ("/a.b?limit=%ff", none, None, vec!["query /limit type"]),
        ("/a.b?%6cimit=%31", none, None, vec![]),
        (
            "/a.b?limit=1&kind%5Bof%5D=huge",
            none,
            None,
            vec!["query /kind[of] enum"],
        ),
        ("/a.b?limit=1&kind[of]=big", none, None, vec![]),
        (
            "/a.b?limit=1",
            &[("x-trace", "1"), ("X-Trace", "2")],
            None,
            vec!["header /X-Trace type"],
        ),
        (
            "/a.b?limit=1",
            &[("cookie", "theme=1; theme=2")],
            None,
            vec!["cookie /theme type"],
        ),
        (
            "/a.b?limit=x&kind[of]=",
            &[("cookie", "theme=%ff")],
            Some("[1,\"a\",2,null]"),
            vec![
                "query /kind[of] enum",
                "query /limit type",
                "cookie /theme type",
                "body /1 type",
                "body /3 type",
            ],
        ),
    ] {
        assert_eq!(violations(target, headers, body), expected, "{target}");
    }
    let malformed = violations("/a.b", none, Some("[1,\n 2,"));
    assert!(
        malformed[0].starts_with("Malformed") && malformed[0].contains("line: 2"),
        "{malformed:?}"
    );
}

#[test]
fn headers_of_a_response_read_leniently_where_they_may_be_absent() {
    use crate::support::headers::{HeaderReader, Headers};
    let read = |headers: &[(&'static str, &'static str)]| {
        let map: HeaderMap = headers
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect();
        let mut reader = HeaderReader::new(&map);
        TotalHeaders::read(&mut reader).ok_or_else(|| reader.into_fault().unwrap())
    };
    assert_eq!(
        read(&[("x-total", "7")]).unwrap(),
        TotalHeaders {
            total: 7,
            link: None
        }
    );
    assert_eq!(
        read(&[]).unwrap_err(),
        "header `X-Total`: it is missing or not text"
    );
    assert_eq!(
        read(&[("x-total", "x")]).unwrap_err(),
        "header `X-Total`: expected an integer (u64)"
    );
}
