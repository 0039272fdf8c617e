//! What operations are on the wire, byte by byte, as the specification has it: each request is written by the client and read by
//! the server, each response written by the server and read by the client.

use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use axum::body::Body;
use http::{HeaderMap, Request, Response};
use tower_service::Service as _;

use crate::generated::wire::client::{
    BoxFuture, Call, Client, Payload, Reply, Transport, TransportError,
};
use crate::generated::wire::mock::{Mock, server};
use crate::generated::wire::operations::{ChoiceBody, Operation};
use crate::generated::wire::types::{Color, Form};

/// Answers with a response that was written by hand.
struct Canned(&'static str);

impl Transport for Canned {
    fn send(
        &self,
        _: Request<Payload>,
    ) -> BoxFuture<'_, Result<Response<Payload>, TransportError>> {
        let (status, headers, body) = parsed(self.0);
        let mut response = Response::new(Payload::from(body.to_owned()));
        *response.status_mut() = status.parse().unwrap();
        *response.headers_mut() = headers;
        Box::pin(async move { Ok(response) })
    }
}

/// The first line, the headers and the body of a message.
fn parsed(message: &'static str) -> (&'static str, HeaderMap, &'static str) {
    let (head, body) = message.split_once("\n\n").unwrap();
    let mut lines = head.lines();
    let first = lines.next().unwrap();
    let mut headers = HeaderMap::new();
    for line in lines {
        let (name, value) = line.split_once(": ").unwrap();
        headers.append(name, value.parse().unwrap());
    }
    (first, headers, body)
}

/// A message as it is written here: its headers by name.
fn text(first: &str, headers: &HeaderMap, body: &[u8]) -> String {
    let mut lines: Vec<String> = headers
        .iter()
        .map(|(name, value)| format!("{name}: {}\n", value.to_str().unwrap()))
        .collect();
    lines.sort_by(|a, b| a.split(':').next().cmp(&b.split(':').next()));
    let body = String::from_utf8(body.to_vec()).unwrap();
    format!("{first}\n{}\n{body}", lines.concat())
}

fn client(transport: impl Transport) -> Client {
    let builder = Client::builder().base_url("http://h").transport(transport);
    let builder = builder.in_header("a").in_query("b c").in_cookie("d");
    let builder = builder.basic("user", "pass:word").oauth("t0k3n");
    builder.build().unwrap()
}

/// Holds an operation against its messages.
async fn check<R>(call: fn(&Client) -> Call<'_, R>, request: &'static str, response: &'static str)
where
    R: Operation + Clone + PartialEq + Debug + Sends,
{
    let caller = client(Canned(response));
    let written = call(&caller).to_http().unwrap();
    let sent = call(&caller).request().clone();
    let (parts, body) = written.into_parts();
    let first = format!("{} {}", parts.method, parts.uri.path_and_query().unwrap());
    let body = body.whole(usize::MAX).await.unwrap();
    assert_eq!(text(&first, &parts.headers, &body), request);

    let seen = Arc::new(Mutex::new(None));
    let keep = Arc::clone(&seen);
    let mock = Mock::new().on_request(move |_, request| {
        *keep.lock().unwrap() = request.downcast_ref::<R>().cloned();
    });
    let service = server(mock).into_service();
    let (first, headers, body) = parsed(request);
    let (method, target) = first.split_once(' ').unwrap();
    let mut raw = Request::new(Body::from(body));
    *raw.method_mut() = method.parse().unwrap();
    *raw.uri_mut() = target.parse().unwrap();
    *raw.headers_mut() = headers;
    let (parts, body) = service.clone().call(raw).await.unwrap().into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    assert_eq!(text(parts.status.as_str(), &parts.headers, &body), response);
    assert_eq!(seen.lock().unwrap().take(), Some(sent));

    let ours = client(service);
    assert_eq!(R::reply(call(&caller)).await, R::reply(call(&ours)).await);
}

/// Operations whose replies can be shown.
trait Sends: Sized {
    /// What comes of a call, as text.
    fn reply(call: Call<'_, Self>) -> impl Future<Output = String>;
}

macro_rules! sends {
    ($($request:ident)*) => {$(
        impl Sends for crate::generated::wire::operations::$request {
            async fn reply(call: Call<'_, Self>) -> String {
                match call.send().await {
                    Ok(Reply { status, headers, body, .. }) => format!("{status} {headers:?} {body:?}"),
                    Err(error) => error.to_string(),
                }
            }
        }
    )*};
}

sends! {
    SimpleTextRequest SimpleListRequest SimpleObjectRequest SimpleExplodedRequest LabelTextRequest LabelListRequest
    LabelExplodedRequest LabelObjectRequest MatrixTextRequest MatrixListRequest MatrixExplodedRequest MatrixObjectRequest
    FormTextRequest FormListRequest FormExplodedRequest FormObjectRequest FormObjectExplodedRequest SpaceListRequest
    PipeListRequest DeepObjectRequest ReservedRequest InJsonRequest WholeQueryRequest HeadersRequest CookiesRequest
    LockRequest JsonRequest FormRequest TextRequest BytesRequest ChoiceRequest KeysRequest BasicRequest BearerRequest
}

fn blue() -> String {
    "blue".to_owned()
}

fn list() -> Vec<String> {
    ["blue", "black", "brown"].map(str::to_owned).to_vec()
}

fn color() -> Color {
    Color {
        r: 100,
        g: 200,
        b: 150,
    }
}

/// A response that most have.
const OK: &str = "200\ncontent-type: application/json\n\n\"ok\"";
const NONE: &str = "204\n\n";

macro_rules! wire {
    ($($name:ident: $operation:ident($($argument:expr),*) $(.$more:ident($value:expr))?, [$($request:literal),+] => $response:expr;)*) => {$(
        #[tokio::test]
        async fn $name() {
            check(|client| client.operations().$operation($($argument),*)$(.$more($value))?, concat!($($request),+), $response).await;
        }
    )*};
}

// The values and texts of "Style Examples" (OpenAPI 3.2, Parameter Object).
wire! {
    simple_text: simple_text(blue()), ["GET /simpleText/blue\naccept: application/json\n\n"] => OK;
    simple_list: simple_list(list()), ["GET /simpleList/blue,black,brown\naccept: application/json\n\n"] => OK;
    simple_object: simple_object(color()), ["GET /simpleObject/R,100,G,200,B,150\naccept: application/json\n\n"] => OK;
    simple_exploded: simple_exploded(color()),
        ["GET /simpleExploded/R=100,G=200,B=150\naccept: application/json\n\n"] => OK;
    label_text: label_text(blue()), ["GET /labelText/.blue\naccept: application/json\n\n"] => OK;
    label_list: label_list(list()), ["GET /labelList/.blue,black,brown\naccept: application/json\n\n"] => OK;
    label_exploded: label_exploded(list()), ["GET /labelExploded/.blue.black.brown\naccept: application/json\n\n"] => OK;
    label_object: label_object(color()), ["GET /labelObject/.R=100.G=200.B=150\naccept: application/json\n\n"] => OK;
    matrix_text: matrix_text(blue()), ["GET /matrixText/;color=blue\naccept: application/json\n\n"] => OK;
    matrix_list: matrix_list(list()), ["GET /matrixList/;color=blue,black,brown\naccept: application/json\n\n"] => OK;
    matrix_exploded: matrix_exploded(list()),
        ["GET /matrixExploded/;color=blue;color=black;color=brown\naccept: application/json\n\n"] => OK;
    matrix_object: matrix_object(color()),
        ["GET /matrixObject/;R=100;G=200;B=150\naccept: application/json\n\n"] => OK;
    form_text: form_text(blue()), ["GET /formText?color=blue\naccept: application/json\n\n"] => OK;
    form_list: form_list(list()), ["GET /formList?color=blue,black,brown\naccept: application/json\n\n"] => OK;
    form_exploded: form_exploded(list()),
        ["GET /formExploded?color=blue&color=black&color=brown\naccept: application/json\n\n"] => OK;
    form_object: form_object(color()), ["GET /formObject?color=R,100,G,200,B,150\naccept: application/json\n\n"] => OK;
    form_object_exploded: form_object_exploded(color()),
        ["GET /formObjectExploded?R=100&G=200&B=150\naccept: application/json\n\n"] => OK;
    space_list: space_list(list()), ["GET /spaceList?color=blue%20black%20brown\naccept: application/json\n\n"] => OK;
    pipe_list: pipe_list(list()), ["GET /pipeList?color=blue%7Cblack%7Cbrown\naccept: application/json\n\n"] => OK;
    deep_object: deep_object(color()),
        ["GET /deepObject?color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150\naccept: application/json\n\n"] => OK;
}

// What is reserved, and what is no ASCII (RFC 3986, 2.1 to 2.3); other places than path and query.
wire! {
    percent: simple_text("a/b %+ü~".to_owned()),
        ["GET /simpleText/a%2Fb%20%25%2B%C3%BC~\naccept: application/json\n\n"] => OK;
    no_text: form_text(String::new()), ["GET /formText?color=\naccept: application/json\n\n"] => OK;
    reserved: reserved("a/b?c=d&e+f".to_owned()),
        ["GET /reserved?color=a/b?c%3Dd%26e%2Bf\naccept: application/json\n\n"] => OK;
    in_json: in_json(color()),
        ["GET /inJson?color=%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D\naccept: application/json\n\n"] => OK;
    whole_query: whole_query(color()), ["QUERY /wholeQuery?R=100&G=200&B=150\naccept: application/json\n\n"] => OK;
    headers: headers(list(), color()),
        ["GET /headers\nx-color: blue,black,brown\nx-object: R=100,G=200,B=150\n\n"]
        => "200\nset-cookie: a=1\nset-cookie: b=2\nx-list: a,b\nx-rate: 7\n\n";
    cookies: cookies(blue()).size(3), ["GET /cookies\ncookie: color=blue; size=3\n\n"] => NONE;
    lock: lock("a.tar".to_owned(), "gz".to_owned()), ["POST /files/a.tar.gz:lock\n\n"] => "302\nlocation: /files/1\n\n";
}

// Bodies (OpenAPI 3.2, Media Type Object; of a form, in which a space may be `+` too, Appendix E).
wire! {
    json: json(color()),
        ["POST /json\naccept: application/json\ncontent-type: application/json\n\n", r#"{"R":100,"G":200,"B":150}"#]
        => "201\ncontent-type: application/json\nlocation: /json/1\n\n{\"R\":1,\"G\":2,\"B\":3}";
    form: form(Form { name: "a b&c".to_owned(), tags: Some(vec!["x".to_owned(), "ü".to_owned()]), color: Some(color()) }),
        ["POST /form\naccept: application/problem+json\ncontent-type: application/x-www-form-urlencoded\n\n",
         "name=a%20b%26c&tags=x&tags=%C3%BC&color=%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D"]
        => "200\ncontent-type: application/problem+json\n\n{\"R\":1,\"G\":2,\"B\":3}";
    plain: text("a;b".to_owned()), ["PUT /text\naccept: text/plain\ncontent-type: text/csv\n\na;b"]
        => "200\ncontent-type: text/plain\n\nzürich";
    bytes: bytes("raw"), ["PUT /bytes\naccept: application/pdf\ncontent-type: application/zip\n\nraw"]
        => "200\ncontent-type: application/pdf\n\n%PDF";
    choice: choice(ChoiceBody::Text("a".to_owned())).accept("text/plain"),
        ["POST /choice\naccept: text/plain\ncontent-type: text/plain\n\na"] => "200\ncontent-type: text/plain\n\ntext";
}

// Credentials (OpenAPI 3.2, Security Scheme Object; RFC 7617, 2; RFC 6750, 2.1).
wire! {
    keys: keys(), ["GET /keys?key=b%20c\ncookie: key=d\nx-key: a\n\n"] => NONE;
    basic: basic(), ["GET /basic\nauthorization: Basic dXNlcjpwYXNzOndvcmQ=\n\n"] => NONE;
    bearer: bearer(), ["DELETE /bearer\naccept: application/json\nauthorization: Bearer t0k3n\n\n"]
        => "400\ncontent-type: application/json\n\n\"no\"";
}
