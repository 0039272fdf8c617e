//! Reading of requests and replies that are not as they should be.

use http::{HeaderMap, Request};

use super::{FindRequest, TotalHeaders};
use crate::support::operation::Operation as _;
use crate::support::read_request::RequestReader;
use crate::support::rejection::Rejection;
use crate::support::request_head::RequestHead;

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
    assert_eq!(read(&[]).unwrap_err(), "header `X-Total`: it is missing");
    assert_eq!(
        read(&[("x-total", "x")]).unwrap_err(),
        "header `X-Total`: invalid type: string \"x\", expected an integer between 0 and 18446744073709551615"
    );
}
