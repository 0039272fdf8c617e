//! Parameters of every kind, from the client to the server and as bytes.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use http::{Request, StatusCode};

use crate::generated::parameters::Defaulted;
use crate::generated::parameters::client::{Client, Error, Payload, Transport};
use crate::generated::parameters::operations::{
    CountWordsColorAndMoreHeaders, DrawRequest, DrawResponse, RestRequest, RestResponse,
    SearchRequest, SearchResponse, WholeFormRequest, WholeFormResponse, WholeJsonRequest,
    WholeJsonResponse,
};
use crate::generated::parameters::server::{ApiService, Caller, Operations, Server, Service};
use crate::generated::parameters::types::{
    Color, DrawFormat, Filter, SearchCreated, SearchEither, SearchOrder, Span,
};

/// Keeps what arrives.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<String>>>);

impl Kept {
    fn keep(&self, request: &dyn std::fmt::Debug) {
        self.0.lock().unwrap().push(format!("{request:?}"));
    }
}

impl Service for Kept {
    type Principal = ();
    type Error = Infallible;
}

fn headers() -> CountWordsColorAndMoreHeaders {
    CountWordsColorAndMoreHeaders {
        x_count: 7,
        x_words: Some(vec!["a".to_owned(), "b c".to_owned()]),
        x_color: Some(COLOR),
        x_json: Some(Filter {
            text: Some("é".to_owned()),
            ..Filter::default()
        }),
        set_cookie: Some(vec!["a=1, 2; Path=/".to_owned(), "b=2".to_owned()]),
    }
}

impl Operations for Kept {
    async fn draw(&self, _: Caller<()>, request: DrawRequest) -> Result<DrawResponse, Infallible> {
        self.keep(&request);
        Ok(DrawResponse::NoContent {})
    }

    async fn search(
        &self,
        _: Caller<()>,
        request: SearchRequest,
    ) -> Result<SearchResponse, Infallible> {
        self.keep(&request);
        let body = String::new();
        let headers = headers();
        Ok(SearchResponse::Ok { headers, body })
    }

    async fn rest(&self, _: Caller<()>, request: RestRequest) -> Result<RestResponse, Infallible> {
        self.keep(&request);
        Ok(RestResponse::NoContent {})
    }

    async fn whole_form(
        &self,
        _: Caller<()>,
        request: WholeFormRequest,
    ) -> Result<WholeFormResponse, Infallible> {
        self.keep(&request);
        Ok(WholeFormResponse::NoContent {})
    }

    async fn whole_json(
        &self,
        _: Caller<()>,
        request: WholeJsonRequest,
    ) -> Result<WholeJsonResponse, Infallible> {
        self.keep(&request);
        Ok(WholeJsonResponse::NoContent {})
    }
}

const COLOR: Color = Color {
    r: 100,
    g: 200,
    b: 150,
};

fn ready<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(value) = future
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()))
        {
            return value;
        }
    }
}

fn world() -> (Kept, ApiService<Kept>, Client) {
    let kept = Kept::default();
    let service = Server::new(kept.clone()).operations().into_service();
    let client = Client::builder()
        .transport(service.clone())
        .build()
        .unwrap();
    (kept, service, client)
}

fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(|text| (*text).to_owned()).collect()
}

#[test]
fn what_is_sent_arrives() {
    let (kept, _, client) = world();
    let api = client.operations();
    let span = Span {
        gte: Some(1),
        lt: None,
    };
    let filter = Filter {
        text: Some("a&b=c/ü".to_owned()),
        any: Some(texts(&["x", "y,z"])),
        span: Some(span.clone()),
    };
    let draw = api.draw(
        "a.b/c",
        DrawFormat::Svg,
        COLOR,
        vec![1, 2],
        texts(&["x,y", ":draw"]),
    );
    let search = api
        .search()
        .limit(5)
        .tags(texts(&["ab", "c+d"]))
        .ids(vec![3, -4])
        .words(texts(&["a", "b,c"]))
        .pipes(texts(&["a b", "c"]))
        .filter(filter.clone())
        .created(SearchCreated::Span(span.clone()))
        .color(COLOR)
        .path("/a?b,c#d")
        .order(SearchOrder::Desc)
        .either(SearchEither::Integer(7))
        .flag(true)
        .json(filter)
        .x_ids(vec![1, 2])
        .x_color(COLOR)
        .theme(texts(&["dark", "é;"]))
        .prefs(span.clone());
    let rest = api.rest().page(2).params(BTreeMap::from([
        ("a".to_owned(), "1".to_owned()),
        ("b c".to_owned(), "&".to_owned()),
    ]));
    let form = api.whole_form().form(span.clone());
    let json = api.whole_json().json(span);
    let urls = [
        draw.to_http().unwrap(),
        search.to_http().unwrap(),
        rest.to_http().unwrap(),
        form.to_http().unwrap(),
        json.to_http().unwrap(),
    ]
    .map(|request| request.uri().path_and_query().unwrap().to_string());
    assert_eq!(
        urls,
        [
            "/shapes/a.b%2Fc.svg/R=100,G=200,B=150/;matrix=1;matrix=2/.x%2Cy,%3Adraw:draw",
            "/search?limit=5&tags=ab&tags=c%2Bd&ids=3,-4&words=a%20b%2Cc&pipes=a%20b%7Cc\
         &filter%5Btext%5D=a%26b%3Dc%2F%C3%BC&filter%5Bany%5D%5B0%5D=x&filter%5Bany%5D%5B1%5D=y%2Cz\
         &filter%5Bspan%5D%5Bgte%5D=1&created%5Bgte%5D=1&R=100&G=200&B=150&path=/a?b,c%23d&order=desc&either=7\
         &flag=true&json=%7B%22text%22%3A%22a%26b%3Dc%2F%C3%BC%22%2C%22any%22%3A%5B%22x%22%2C%22y%2Cz%22%5D%2C%22span%22%3A%7B%22gte%22%3A1%7D%7D",
            "/rest?page=2&a=1&b%20c=%26",
            "/whole?gte=1",
            "/whole?%7B%22gte%22%3A1%7D",
        ]
    );
    let http = search.to_http().unwrap();
    let header = |name: &str| http.headers()[name].to_str().unwrap();
    assert_eq!(header("x-ids"), "1,2");
    assert_eq!(header("x-color"), "R=100,G=200,B=150");
    assert_eq!(header("cookie"), "theme=dark,%C3%A9%3B; gte=1");

    let sent = [
        format!("{:?}", draw.request()),
        format!("{:?}", search.request()),
        format!("{:?}", rest.request()),
        format!("{:?}", form.request()),
        format!("{:?}", json.request()),
    ];
    ready(draw.send()).unwrap();
    let reply = ready(search.send()).unwrap();
    ready(rest.send()).unwrap();
    ready(form.send()).unwrap();
    ready(json.send()).unwrap();
    assert_eq!(*kept.0.lock().unwrap(), sent);
    assert_eq!(reply.headers, headers());
    let lines: Vec<_> = reply.raw_headers.get_all("set-cookie").iter().collect();
    assert_eq!(lines, ["a=1, 2; Path=/", "b=2"]);
}

#[test]
fn a_default_is_filled_in_and_not_sent() {
    let (kept, _, client) = world();
    let call = client.operations().search();
    assert_eq!(*call.request().limit, 10);
    assert_eq!(call.request().order, Defaulted::absent(SearchOrder::Asc));
    assert_eq!(call.to_http().unwrap().uri().query(), None);
    let sent = format!("{:?}", call.request());
    ready(call.send()).unwrap();
    assert_eq!(*kept.0.lock().unwrap(), [sent]);
}

fn answer(service: &ApiService<Kept>, target: &str, cookie: &str) -> (StatusCode, String) {
    let mut request = Request::new(Payload::default());
    *request.uri_mut() = format!("http://a.test{target}").parse().unwrap();
    request
        .headers_mut()
        .insert("cookie", cookie.parse().unwrap());
    let response = ready(service.send(request)).unwrap();
    let status = response.status();
    let body = ready(response.into_body().whole(usize::MAX)).unwrap();
    let body = String::from_utf8(body.to_vec()).unwrap();
    (status, body)
}

#[test]
fn what_breaks_the_document_is_refused_whole() {
    let (_, service, _) = world();
    let (status, body) = answer(
        &service,
        "/search?limit=0&tags=a&tags=b&tags=cc&tags=dd&ids=1,x&filter[span][gte]=x&created=soon&R=1&order=up\
         &flag=2&json=%7B&unknown=1",
        "prefs=1; gte=x",
    );
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    for pointer in [
        "/limit",
        "/tags",
        "/tags/0",
        "/tags/1",
        "/ids/1",
        "/filter/span/gte",
        "/created",
        "/color/G",
        "/color/B",
        "/order",
        "/flag",
        "/json",
        "/prefs/gte",
    ] {
        assert!(
            body.contains(&format!("\"#{pointer}\"")),
            "{pointer}: {body}"
        );
    }
    let good = "/search?flag=&ids=&created=5&filter[any][]=a&filter[any][]=b&unknown=1";
    assert_eq!(answer(&service, good, "a=1").0, StatusCode::OK);
    for (target, status) in [
        ("/shapes/a.svg/R=1,G=2,B=3/;matrix=1/.a:draw", 204),
        ("/shapes/a.gif/R=1,G=2,B=3/;matrix=1/.a:draw", 422),
        ("/shapes/a.svg/R=1,G=2/;matrix=1/.a:draw", 422),
        ("/shapes/a.svg/R=1,G=2,B=3/;matrix=x/.a:draw", 422),
        ("/shapes/a.svg/R=1,G=2,B=3/;matrix=1/a:draw", 422),
        ("/shapes/a.svg/R=1,G=2,B=3/;matrix=1/.a", 404),
        ("/whole?gte=x", 422),
        ("/whole?other=x", 204),
    ] {
        assert_eq!(
            answer(&service, target, "a=1").0.as_u16(),
            status,
            "{target}"
        );
    }
}

#[test]
fn what_cannot_be_told_on_the_wire_is_not_sent() {
    let (_, _, client) = world();
    let words = client.operations().search().words(texts(&["a b"]));
    let error = ready(words.send()).unwrap_err();
    assert!(matches!(error, Error::Build(_)), "{error}");
}
