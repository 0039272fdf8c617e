//! Lists in pages.

use std::future::poll_fn;
use std::pin::Pin;

use bytes::Bytes;
use futures_core::Stream;
use http::{Request, Response};

use super::call;
use super::script::Script;
use crate::support::call::{Outcome, Succeeds, success};
use crate::support::error::Error;
use crate::support::pages::Paged;
use crate::support::paging::{Input, Paging};
use crate::support::payload::Payload;
use crate::support::prelude::*;

#[derive(Debug, Clone, PartialEq)]
pub struct ListRequest {
    from: Option<i64>,
}

request! {
    ListRequest -> ListResponse {
        GET "/list" "list";
        security [];
        parameters {
            optional query "from" => from;
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum ListResponse {
    Ok { body: Vec<i64> },
}

responses! {
    ListResponse {
        200 => Ok { body: json },
    }
}

success! {
    ListRequest -> ListResponse {
        Ok { body: Vec<i64> },
    }
}

impl Paged for ListRequest {
    const PAGING: Paging = Paging::Link;
}

async fn next<S: Stream + Unpin>(stream: &mut S) -> Option<S::Item> {
    poll_fn(|context| Pin::new(&mut *stream).poll_next(context)).await
}

fn script() -> Script {
    Script::new([
        (
            200,
            &[("link", "</l?p=2>; rel=\"next\", </l?p=9>; rel=last")][..],
            "[1,2]",
        ),
        (
            200,
            &[
                ("link", "<http://a.test/l?p=1>; rel=prev"),
                ("link", "<?p=3>; rel=\"x NEXT\""),
            ],
            "[]",
        ),
        (200, &[], "[3]"),
    ])
}

#[tokio::test]
async fn pages_are_asked_for_one_by_one() {
    let script = script();
    let client = script.builder().build().unwrap();
    let mut pages = call(&client, ListRequest { from: Some(0) }).pages();
    assert_eq!(script.asked().len(), 0);
    let mut lists = Vec::new();
    while let Some(page) = next(&mut pages).await {
        lists.push(page.unwrap().body);
    }
    assert_eq!(lists, [vec![1, 2], vec![], vec![3]]);
    assert!(next(&mut pages).await.is_none());
    let lines: Vec<String> = script.asked().into_iter().map(|asked| asked.line).collect();
    assert_eq!(
        lines,
        [
            "GET http://a.test/base/list?from=0 b\"\"",
            "GET http://a.test/l?p=2 b\"\"",
            "GET http://a.test/l?p=3 b\"\"",
        ]
    );
}

#[tokio::test]
async fn items_of_all_pages() {
    let client = script().builder().build().unwrap();
    let mut items = call(&client, ListRequest { from: None }).items(|page| page);
    drop(client);
    let mut found = Vec::new();
    while let Some(item) = next(&mut items).await {
        found.push(item.unwrap());
    }
    assert_eq!(found, [1, 2, 3]);
}

#[tokio::test]
async fn an_error_ends_the_pages() {
    let script = Script::new([
        (200, &[("link", "</l?p=2>; rel=\"next\"")][..], "[1]"),
        (500, &[("link", "</l?p=3>; rel=\"next\"")], ""),
    ]);
    let client = script.builder().build().unwrap();
    let mut items = call(&client, ListRequest { from: None }).items(|page| page);
    assert_eq!(next(&mut items).await.unwrap().unwrap(), 1);
    let error = next(&mut items).await.unwrap().unwrap_err();
    assert!(matches!(error, Error::Undocumented { .. }), "{error:?}");
    assert!(next(&mut items).await.is_none());
}

/// A list that goes on where the client does not is not at its end.
#[tokio::test]
async fn pages_elsewhere_are_an_error() {
    let link = &[("link", "<https://b.test/l>; rel=next")];
    let script = Script::new([(200, &link[..], "[1]")]);
    let client = script.builder().build().unwrap();
    let mut pages = call(&client, ListRequest { from: None }).pages();
    assert!(next(&mut pages).await.unwrap().is_ok());
    assert!(matches!(
        next(&mut pages).await.unwrap(),
        Err(Error::Build(_))
    ));
    assert!(next(&mut pages).await.is_none());
    assert_eq!(script.asked().len(), 1);
}

/// Where `paging` leads from a request and its response: a target and a body.
fn leads(
    paging: Paging,
    (target, body): (&str, &'static str),
    (link, response): (&'static str, &'static str),
) -> Option<String> {
    let uri = format!("http://a.test{target}");
    let request = Request::builder().uri(uri).body(()).unwrap();
    let (parts, ()) = request.into_parts();
    let response = Response::builder()
        .header("link", link)
        .body(Bytes::from_static(response.as_bytes()))
        .unwrap();
    let next = paging.next(parts, &Payload::from(body), &response.map(Payload::from))?;
    let (parts, body) = match next {
        Ok(next) => next,
        Err(error) => return Some(error.to_string()),
    };
    let body = String::from_utf8(body.as_whole().unwrap().to_vec()).unwrap();
    Some(format!("{}{body}", parts.uri.path_and_query().unwrap()))
}

#[test]
fn cursors_lead_on() {
    let paging = Paging::Cursor {
        to: Input::Query("page token"),
        from: "/meta/next",
    };
    for (target, response, expected) in [
        (
            "/l",
            r#"{"meta":{"next":"a b"}}"#,
            Some("/l?page%20token=a%20b"),
        ),
        (
            "/l?x=1&page%20token=a&y=",
            r#"{"meta":{"next":7}}"#,
            Some("/l?x=1&y=&page%20token=7"),
        ),
        ("/l?page%20token=a%20b", r#"{"meta":{"next":"a b"}}"#, None),
        ("/l", r#"{"meta":{"next":""}}"#, None),
        ("/l", r#"{"meta":{"next":null}}"#, None),
        ("/l", r#"{"meta":[]}"#, None),
        ("/l", "<html>", None),
    ] {
        let found = leads(paging, (target, ""), ("", response));
        assert_eq!(found.as_deref(), expected, "{response}");
    }
    let paging = Paging::Cursor {
        to: Input::Body("after"),
        from: "/next",
    };
    let found = leads(paging, ("/l", r#"{"n":1}"#), ("", r#"{"next":"c"}"#));
    assert_eq!(found.unwrap(), r#"/l{"after":"c","n":1}"#);
    assert_eq!(leads(paging, ("/l", "[]"), ("", r#"{"next":"c"}"#)), None);
}

#[test]
fn counts_lead_on() {
    let offset = Paging::Count {
        to: Input::Query("offset"),
        first: 0,
        pages: false,
        items: Some("/items"),
        last: None,
        limit: Some("limit"),
    };
    for (target, response, expected) in [
        ("/l", r#"{"items":[1,2]}"#, Some("/l?offset=2")),
        ("/l?offset=2", r#"{"items":[3]}"#, Some("/l?offset=3")),
        ("/l?offset=3", r#"{"items":[]}"#, None),
        (
            "/l?limit=2",
            r#"{"items":[1,2]}"#,
            Some("/l?limit=2&offset=2"),
        ),
        ("/l?limit=2&offset=2", r#"{"items":[3]}"#, None),
        ("/l?offset=x", r#"{"items":[3]}"#, None),
        ("/l?offset=18446744073709551615", r#"{"items":[3]}"#, None),
        ("/l", r#"{"items":{}}"#, None),
    ] {
        let found = leads(offset, (target, ""), ("", response));
        assert_eq!(found.as_deref(), expected, "{target} {response}");
    }
    for (first, second, last) in [(0, 1, 2), (1, 2, 3)] {
        let page = Paging::Count {
            to: Input::Query("page"),
            first,
            pages: true,
            items: None,
            last: Some("/pages"),
            limit: None,
        };
        let response = ("", r#"{"pages":3}"#);
        let second = format!("/l?page={second}");
        assert_eq!(leads(page, ("/l", ""), response), Some(second.clone()));
        assert_eq!(
            leads(page, (&second, ""), response),
            Some(format!("/l?page={last}"))
        );
        assert_eq!(
            leads(page, (&format!("/l?page={last}"), ""), response),
            None
        );
        assert_eq!(leads(page, ("/l", ""), ("", "{}")), None);
    }
}

#[test]
fn urls_lead_on_within_the_origin() {
    let paging = Paging::Url { from: "/next" };
    for (response, expected) in [
        (r#"{"next":"/l?c=2"}"#, Some("/l?c=2")),
        (r#"{"next":"http://a.test/l?c=2"}"#, Some("/l?c=2")),
        (
            r#"{"next":"http://b.test/l?c=2"}"#,
            Some("the next page is at another origin"),
        ),
        (r#"{"next":""}"#, None),
        (r#"{"next":5}"#, None),
    ] {
        let found = leads(paging, ("/l?d=1", "body"), ("", response));
        assert_eq!(found.as_deref(), expected, "{response}");
    }
    for (link, expected) in [
        ("</m>; rel=next", Some("/m")),
        ("</m>;title=\"a, <b>; rel=next\" ; rel=\"next\"", Some("/m")),
        ("</a>; rel=prev, </m>; REL=\"Next\"", Some("/m")),
        ("</m>; rel=prev; rel=next", None),
        ("</m>; rel=nextish", None),
        ("</m; rel=next", None),
        (
            "<https://a.test/m>; rel=next",
            Some("the next page is at another origin"),
        ),
        ("</m>", None),
        ("", None),
    ] {
        let found = leads(Paging::Link, ("/l", ""), (link, ""));
        assert_eq!(found.as_deref(), expected, "{link}");
    }
}
