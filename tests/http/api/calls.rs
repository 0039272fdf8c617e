//! Requests and replies of it.

use http::Request;

use super::{
    FindFailure, FindRequest, FindResponse, KEY, PingRequest, SESSION, TotalHeaders, builder, call,
    client, find,
};
use crate::support::client_builder::ClientBuilder;
use crate::support::error::Error;
use crate::support::operation::OperationInfo;
use crate::support::payload::Payload;
use crate::support::transport::Transport;

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
    assert_eq!(request.body().as_whole().unwrap(), "[7]");
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

fn name(failure: &FindFailure) -> &'static str {
    match failure {
        FindFailure::ClientError { .. } => "ClientError",
        FindFailure::Default { .. } => "Default",
    }
}

#[tokio::test]
async fn ranges_and_default_take_only_their_codes() {
    let client = client();
    let status = |result: Result<crate::support::call::Reply<FindResponse>, _>| match result {
        Ok(reply) => format!("{} {:?}", reply.status.as_u16(), reply.body),
        Err(Error::Failure {
            status, failure, ..
        }) => {
            format!("error {} {}", status.as_u16(), name(&failure))
        }
        Err(other) => format!("{other}"),
    };
    for (limit, expected) in [
        (0, "304 NotModified"),
        (299, "error 299 Default"),
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
        .credential(KEY, "k".into())
        .credential(SESSION, "a\nb".into())
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
        _request: Request<Payload>,
    ) -> crate::support::future::BoxFuture<
        '_,
        Result<http::Response<Payload>, crate::support::error::TransportError>,
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
