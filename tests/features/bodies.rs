//! Bodies of other media types than JSON, over the wire and back.

use std::convert::Infallible;

use axum::response::Response;
use http::StatusCode;

use crate::generated::bodies::Content;
use crate::generated::bodies::client::{Client, Error};
use crate::generated::bodies::operations::{
    GetReportFailure, GetReportOkBody, GetReportRequest, GetReportResponse, PostAnyBody,
    PostAnyRequest, PostAnyResponse, PostFormRequest, PostFormResponse, PostRawRequest,
    PostRawResponse, PutReportRequest, PutReportResponse,
};
use crate::generated::bodies::server::{
    Caller, Operations, Rejection, RequestHead, Server, Service,
};
use crate::generated::bodies::types::{Line, Order, Problem, Report};

struct Reports;

impl Service for Reports {
    type Principal = ();
    type Error = Infallible;

    fn reject(&self, rejection: Rejection, _: &RequestHead) -> Response {
        rejection.problem()
    }
}

fn report(title: &str) -> Report {
    Report {
        title: title.to_owned(),
    }
}

impl Operations for Reports {
    async fn get_report(
        &self,
        _: Caller<()>,
        request: GetReportRequest,
    ) -> Result<GetReportResponse, Infallible> {
        let body = match request.id {
            1 => GetReportOkBody::Json(report("one")),
            2 => GetReportOkBody::Csv("title\none\n".to_owned()),
            3 => GetReportOkBody::Pdf(b"%PDF-\xff".to_vec().into()),
            _ => {
                return Ok(GetReportFailure::Default {
                    status: StatusCode::NOT_FOUND,
                    body: Problem {
                        detail: Some("none".to_owned()),
                    },
                }
                .into());
            }
        };
        Ok(GetReportResponse::Ok { body })
    }

    async fn put_report(
        &self,
        _: Caller<()>,
        request: PutReportRequest,
    ) -> Result<PutReportResponse, Infallible> {
        Ok(match request.body {
            Some(body) => PutReportResponse::Ok {
                body: Content::new(body.title, b"GIF".to_vec()),
            },
            None => PutReportResponse::NoContent {},
        })
    }

    async fn post_raw(
        &self,
        _: Caller<()>,
        request: PostRawRequest,
    ) -> Result<PostRawResponse, Infallible> {
        let body = request.body.whole(1000).await.unwrap_or_default();
        Ok(PostRawResponse::Ok { body })
    }

    async fn post_form(
        &self,
        _: Caller<()>,
        request: PostFormRequest,
    ) -> Result<PostFormResponse, Infallible> {
        Ok(PostFormResponse::Ok { body: request.body })
    }

    async fn post_any(
        &self,
        _: Caller<()>,
        request: PostAnyRequest,
    ) -> Result<PostAnyResponse, Infallible> {
        let title = match request.body {
            PostAnyBody::Text(text) => text,
            PostAnyBody::Json(report) => report.title,
            PostAnyBody::Other(content) => {
                format!("{} of {}", content.bytes.len(), content.media_type)
            }
        };
        Ok(PostAnyResponse::Ok {
            body: report(&title),
        })
    }
}

fn client() -> Client {
    let service = Server::new(Reports).operations().into_service();
    let client = Client::builder().base_url("http://reports.test");
    client.transport(service).build().unwrap()
}

#[tokio::test]
async fn a_response_is_the_variant_of_its_media_type() {
    let client = client();
    let get = async |id| client.operations().get_report(id).send().await;
    assert_eq!(
        get(1).await.unwrap().body,
        GetReportOkBody::Json(report("one"))
    );
    assert_eq!(
        get(2).await.unwrap().body,
        GetReportOkBody::Csv("title\none\n".to_owned())
    );
    assert_eq!(
        get(3).await.unwrap().body,
        GetReportOkBody::Pdf(b"%PDF-\xff".to_vec().into())
    );
    assert!(matches!(get(4).await, Err(Error::Failure { .. })));
}

#[tokio::test]
async fn what_is_asked_for_is_negotiated() {
    let client = client();
    let call = || client.operations().get_report(1);
    let media = |reply: crate::generated::bodies::client::Reply<_>| {
        reply.raw_headers["content-type"]
            .to_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(media(call().send().await.unwrap()), "application/json");
    // The same type under another name.
    let other = call().accept("application/vnd.report+json");
    assert_eq!(
        media(other.send().await.unwrap()),
        "application/vnd.report+json"
    );
    let refused = call().accept("image/png").send().await.unwrap_err();
    assert_eq!(refused.status(), Some(StatusCode::NOT_ACCEPTABLE));
}

#[tokio::test]
async fn bytes_arrive_as_they_are() {
    let client = client();
    let bytes = vec![0, 255, b'\n', b'\r'];
    let reply = client.operations().post_raw(bytes.clone()).send().await;
    assert_eq!(reply.unwrap().body, bytes);
    let image = client.operations().put_report(1).body(report("image/gif"));
    assert_eq!(
        image.send().await.unwrap().body,
        PutReportResponse::Ok {
            body: Content::new("image/gif", b"GIF".to_vec())
        }
    );
    // A type that the document does not give.
    let text = client.operations().put_report(1).body(report("text/plain"));
    assert_eq!(
        text.send().await.unwrap_err().status(),
        Some(StatusCode::INTERNAL_SERVER_ERROR)
    );
    let none = client.operations().put_report(1).send().await.unwrap();
    assert_eq!(none.body, PutReportResponse::NoContent {});
}

#[tokio::test]
async fn the_variant_is_what_is_sent() {
    let client = client();
    for (body, media, title) in [
        (PostAnyBody::Text("plain".to_owned()), "text/plain", "plain"),
        (
            PostAnyBody::Json(report("json")),
            "application/json",
            "json",
        ),
        (
            PostAnyBody::Other(Content::new("image/jpeg", vec![1, 2])),
            "image/jpeg",
            "2 of image/jpeg",
        ),
    ] {
        let call = client.operations().post_any(body);
        assert_eq!(call.to_http().unwrap().headers()["content-type"], media);
        assert_eq!(call.send().await.unwrap().body, report(title));
    }
    // No request can be made of what the document does not give.
    let body = PostAnyBody::Other(Content::new("image/gif", vec![]));
    assert!(client.operations().post_any(body).to_http().is_err());
}

#[tokio::test]
async fn a_form_holds_lists_and_objects() {
    let client = client();
    let order = Order {
        express: Some(true),
        note: Some("a & b = ä".to_owned()),
        expand: Some(vec!["x".to_owned(), "1".to_owned()]),
        metadata: Some([("k[]".to_owned(), "v".to_owned())].into()),
        lines: Some(vec![Line { price: 1.5 }, Line { price: 2.0 }]),
        ..Order::new(7)
    };
    let call = || client.operations().post_form(order.clone());
    let request = call().to_http().unwrap();
    let text = String::from_utf8(request.body().as_whole().unwrap().to_vec()).unwrap();
    assert!(
        text.starts_with("number=7&express=true&note=a%20%26%20b%20%3D%20%C3%A4&expand%5B0%5D=x"),
        "{text}"
    );
    assert!(text.contains("&lines%5B1%5D%5Bprice%5D=2"), "{text}");
    let reply = call().send().await.unwrap();
    assert_eq!(
        reply.raw_headers["content-type"],
        "application/x-www-form-urlencoded"
    );
    let mut sent = order.clone();
    // Of a name in brackets only the first pair of them is a place.
    sent.metadata = reply.body.metadata.clone();
    assert_eq!(reply.body, sent);
}

/// Posts a form as other clients write it.
async fn posted(form: &'static str) -> (StatusCode, String) {
    use tower_service::Service as _;
    let mut service = Server::new(Reports).operations().into_service();
    let request = http::Request::post("/forms")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(axum::body::Body::from(form))
        .unwrap();
    let response = service.call(request).await.unwrap();
    let status = response.status();
    let body = axum::body::to_bytes(response.into_body(), 10_000).await;
    (status, String::from_utf8(body.unwrap().to_vec()).unwrap())
}

#[tokio::test]
async fn a_form_is_read_as_others_write_it() {
    for (form, expected) in [
        (
            "number=1&expand[]=a&expand[]=b",
            "number=1&expand=a&expand=b",
        ),
        ("expand=a&number=1&expand=b", "number=1&expand=a&expand=b"),
        (
            "expand[1]=b&expand[0]=a&number=1",
            "number=1&expand=a&expand=b",
        ),
        ("number=1&expand=a", "number=1&expand=a"),
        ("number=1&note=a+b%2B", "number=1&note=a%20b%2B"),
        ("number=1&discount=", "number=1&discount="),
        ("number=1&discount=0.5", "number=1&discount=0.5"),
        (
            "number=1&lines[0][price]=3",
            "number=1&lines=%7B%22price%22%3A3%7D",
        ),
    ] {
        let answer = posted(form).await;
        assert_eq!(answer, (StatusCode::OK, expected.to_owned()), "{form}");
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_form_is_said() {
    for (form, pointers) in [
        ("", &["/number"] as &[&str]),
        ("number=0", &["/number"]),
        ("number=x&express=2", &["/number", "/express"]),
        ("number=1&lines[0][price]=x", &["/lines/0/price"]),
        ("number=1&note=%FF", &[""]),
        ("number=1&number=2", &["/number"]),
        ("number=1&metadata[a]=1&metadata[a][b]=1", &[""]),
    ] {
        let (status, problem) = posted(form).await;
        assert_eq!(
            status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{form}: {problem}"
        );
        for pointer in pointers {
            let expected = format!("\"pointer\":\"#{pointer}\"");
            assert!(problem.contains(&expected), "{form}: {problem}");
        }
    }
}
