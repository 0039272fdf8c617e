//! What a server holds for all operations, and for some of them.

use std::future::Future;

use axum::body::{Body, to_bytes};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use http::{Request, StatusCode};
use tower_service::Service as _;

use super::*;
use crate::support::endpoint::Settings;
use crate::support::object_table::object;
use crate::support::operation::OperationInfo;

#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    text: String,
}

object! {
    Note {
        0: "text" => text,
    }
    where {
        "text" => text: max_length(3);
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct EchoRequest {
    body: Vec<String>,
}

request! {
    EchoRequest -> EchoResponse {
        POST "/notes" "echo" in "Notes";
        security [];
        body json => body;
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum EchoResponse {
    Ok { body: Note },
    Failure(EchoFailure),
}

responses! {
    EchoResponse {
        200 => Ok { body: json },
        .. => Failure(EchoFailure),
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum EchoFailure {
    Conflict { body: Note },
}

responses! {
    EchoFailure {
        409 => Conflict { body: json },
    }
}

pub trait Notes: Service {
    fn echo(
        &self,
        caller: Caller<()>,
        request: EchoRequest,
    ) -> impl Future<Output = Result<EchoResponse, Self::Error>> + Send;
}

routes! {
    Notes as notes {
        EchoRequest => open echo,
    }
}

impl Notes for Disk {
    async fn echo(&self, _: Caller<()>, request: EchoRequest) -> Result<EchoResponse, Self::Error> {
        // What is no list of one panics here, after the handler has waited once.
        tokio::task::yield_now().await;
        let [text]: [String; 1] = request.body.try_into().unwrap();
        if let Some(text) = text.strip_prefix("no ") {
            let body = Note {
                text: text.to_owned(),
            };
            return Err(EchoFailure::Conflict { body }.into());
        }
        Ok(EchoResponse::Ok {
            body: Note { text },
        })
    }
}

fn server() -> Server<Disk> {
    Server::new(Disk).files().notes()
}

async fn send(server: Server<Disk>, method: &str, path: &str, body: &str) -> Response {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("content-type", "application/json")
        .body(Body::from(body.to_owned()))
        .unwrap();
    server.into_service().call(request).await.unwrap()
}

async fn text(response: Response) -> String {
    let bytes = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

async fn post(server: Server<Disk>, body: &str) -> Response {
    send(server, "POST", "/notes", body).await
}

#[tokio::test]
async fn an_operation_has_a_limit_of_its_own() {
    let long = format!("[{:?}]", "x".repeat(2000));
    let limited = |bytes| {
        server().body_limit(1000).configure(
            |operation| operation.tag == "Notes",
            |notes| notes.body_limit(bytes),
        )
    };
    assert_eq!(post(limited(5000), &long).await.status(), 200);
    assert_eq!(post(limited(1500), &long).await.status(), 413);
    let other = |server: Server<Disk>| {
        server.configure(
            |operation| operation.id == "ping",
            |ping| ping.body_limit(5000),
        )
    };
    assert_eq!(
        post(other(server().body_limit(1000)), &long).await.status(),
        413
    );
    assert_eq!(post(other(server()), &long).await.status(), 200);
}

/// A layer that tells which operation it is around, and that what it tells is known by then.
fn told(settings: Settings, header: &'static str) -> Settings {
    settings.layer(move |route| {
        route.layer(from_fn(
            move |request: Request<Body>, next: Next| async move {
                let operation = request.extensions().get::<&'static OperationInfo>();
                let told = operation.map_or_else(String::new, |operation| {
                    format!("{} {} {}", operation.id, operation.template, operation.tag)
                });
                let mut response = next.run(request).await;
                response.headers_mut().append(header, told.parse().unwrap());
                response
            },
        ))
    })
}

#[tokio::test]
async fn layers_are_around_the_operations_they_are_for() {
    let layered = || {
        server()
            .configure(
                |operation| operation.tag == "Notes",
                |notes| told(notes, "x-notes"),
            )
            .configure(|_| true, |every| told(every, "x-all"))
            .configure(
                |operation| operation.method == "DELETE",
                |none| told(none, "x-none"),
            )
    };
    let response = post(layered(), r#"["a"]"#).await;
    assert_eq!(response.status(), 200);
    let header = |response: &Response, name| {
        let value = response.headers().get(name);
        value.map(|value| value.to_str().unwrap().to_owned())
    };
    assert_eq!(header(&response, "x-notes").unwrap(), "echo /notes Notes");
    assert_eq!(header(&response, "x-all").unwrap(), "echo /notes Notes");
    assert_eq!(header(&response, "x-none"), None);
    assert_eq!(text(response).await, r#"{"text":"a"}"#);
    let response = send(layered(), "HEAD", "/nowhere", "").await;
    assert_eq!(header(&response, "x-all"), None);
    assert_eq!(response.status(), 404);
    let response = send(layered(), "GET", "/ping", "").await;
    assert_eq!(header(&response, "x-notes"), None);
    assert_eq!(header(&response, "x-all").unwrap(), "ping /ping ");
    assert_eq!(response.status(), 204);
}

#[tokio::test]
async fn path_parameters_pass_layers() {
    let layered = server().configure(|_| true, |every| told(every, "x-all"));
    let client = ClientBuilder::new("http://files.test/")
        .transport(layered.into_service())
        .credential(KEY, "k".into())
        .credential(SESSION, "1".into())
        .build()
        .unwrap();
    let reply = call(&client, find(1)).send().await.unwrap();
    let FindResponse::Ok { body, .. } = reply.body else {
        panic!("{reply:?}")
    };
    assert_eq!(body, ["k".to_owned(), format!("{:?}", find(1))]);
}

#[tokio::test]
async fn a_panic_is_an_answer_where_that_is_chosen() {
    let response = post(server().catch_panics(), "[]").await;
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    let text = text(response).await;
    assert_eq!(
        text,
        r#"{"detail":"the server failed","status":500,"title":"Internal Server Error"}"#
    );
    assert_eq!(
        post(server().catch_panics(), r#"["a"]"#).await.status(),
        200
    );
    let task = tokio::spawn(async { post(server(), "[]").await.status() });
    assert!(task.await.unwrap_err().is_panic());
}

#[tokio::test]
async fn responses_are_checked_where_that_is_chosen() {
    for (check, text, status) in [
        (true, r#"["abc"]"#, 200),
        (true, r#"["abcd"]"#, 500),
        (false, r#"["abcd"]"#, 200),
        (true, r#"["no abc"]"#, 409),
        (true, r#"["no abcd"]"#, 500),
        (false, r#"["no abcd"]"#, 409),
    ] {
        let response = post(server().check_responses(check), text).await;
        assert_eq!(response.status(), status, "{check} {text}");
    }
}

#[test]
fn what_a_server_holds_can_be_seen() {
    let server = server().configure(|_| true, |every| told(every, "x").body_limit(7));
    let text = format!("{server:?}");
    assert!(text.contains("body_limit: Some(7), layers: 1"), "{text}");
}

#[tokio::test]
async fn credentials_that_are_asked_for_together_are_joined() {
    for (key, status, found) in [
        ("both", 200, "both and 1"),
        ("one", 403, "not both"),
        ("key", 200, "[\"key\""),
    ] {
        let request = Request::builder()
            .method("QUERY")
            .uri(format!("/files/a.b?limit=1&key={key}"))
            .header("cookie", "sid=1")
            .body(Body::empty())
            .unwrap();
        let response = server().into_service().call(request).await.unwrap();
        assert_eq!(response.status(), status, "{key}");
        let text = text(response).await;
        assert!(text.contains(found), "{text}");
    }
}
