//! Credentials, retries and idempotency keys, as the document asks for them.

use std::convert::Infallible;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use axum::body::Body;
use futures_core::Stream;
use http::{HeaderMap, Request};
use tower_service::Service as _;

use crate::generated::calls::client::{
    BoxFuture, CachedTokens, Client, ClientBuilder, DOCUMENTED_RETRIES, RetryPolicy, Server1,
    Server1Port, Server2, ServerUrl, Token, TokenError, TokenProvider,
};
use crate::generated::calls::operations::{
    DownloadRequest, DownloadResponse, LinkHeaders, ListByCursorRequest, ListByCursorResponse,
    ListByLinkRequest, ListByLinkResponse, ListThingsRequest, ListThingsResponse, MakeThingRequest,
    MakeThingResponse, OnceRequest, OnceResponse, Operation as _, OperationInfo, Scheme,
    UploadRequest, UploadResponse,
};
use crate::generated::calls::server::{
    BasicCredentials, Caller, Denied, Operations, RequestHead, Server, Service,
};
use crate::generated::calls::types::{ListByCursorStatus200Body, ListByCursorStatus200BodyMeta};

/// Keeps the headers of what arrives.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<HeaderMap>>>);

impl Kept {
    fn keep<P>(&self, caller: &Caller<P>) {
        self.0.lock().unwrap().push(caller.head.headers.clone());
    }

    fn client(&self) -> ClientBuilder {
        let server = Server::new(self.clone()).operations().into_service();
        let router = axum::Router::new().nest_service("/v1", server);
        Client::builder().transport(router)
    }
}

impl Service for Kept {
    type Principal = String;
    type Error = Infallible;

    async fn oauth(
        &self,
        token: &str,
        scopes: &'static [&'static str],
        _: &RequestHead,
    ) -> Result<String, Denied> {
        let Some(granted) = token.strip_prefix("good ") else {
            return Err(Denied::Unauthenticated("too old".to_owned()));
        };
        let granted: Vec<&str> = granted.split('+').collect();
        if scopes.iter().all(|scope| granted.contains(scope)) {
            Ok(token.to_owned())
        } else {
            Err(Denied::Forbidden("too little".to_owned()))
        }
    }

    async fn user(&self, user: &BasicCredentials, _: &RequestHead) -> Result<String, Denied> {
        Ok(format!("{} {}", user.user, user.password.expose()))
    }
}

impl Operations for Kept {
    async fn list_things(
        &self,
        caller: Caller<String>,
        _: ListThingsRequest,
    ) -> Result<ListThingsResponse, Infallible> {
        self.keep(&caller);
        Ok(ListThingsResponse::NoContent {})
    }

    async fn make_thing(
        &self,
        caller: Caller<Option<String>>,
        request: MakeThingRequest,
    ) -> Result<MakeThingResponse, Infallible> {
        assert_eq!(request.timeout, Some(5));
        self.keep(&caller);
        Ok(MakeThingResponse::NoContent {})
    }

    async fn once(&self, caller: Caller<()>, _: OnceRequest) -> Result<OnceResponse, Infallible> {
        self.keep(&caller);
        Ok(OnceResponse::NoContent {})
    }

    async fn upload(
        &self,
        caller: Caller<()>,
        _: UploadRequest,
    ) -> Result<UploadResponse, Infallible> {
        self.keep(&caller);
        Ok(UploadResponse::NoContent {})
    }

    async fn download(
        &self,
        caller: Caller<()>,
        _: DownloadRequest,
    ) -> Result<DownloadResponse, Infallible> {
        self.keep(&caller);
        Ok(DownloadResponse::NoContent {})
    }

    async fn list_by_cursor(
        &self,
        _: Caller<()>,
        request: ListByCursorRequest,
    ) -> Result<ListByCursorResponse, Infallible> {
        let (thing, next) = match request.after.as_deref() {
            None => ("one", Some("2 &")),
            Some("2 &") => ("two", Some("3")),
            Some(_) => ("three", None),
        };
        let mut body = ListByCursorStatus200Body::new(vec![thing.to_owned()]);
        body.meta = Some(ListByCursorStatus200BodyMeta {
            next: next.map(str::to_owned),
        });
        Ok(ListByCursorResponse::Ok { body })
    }

    async fn list_by_link(
        &self,
        caller: Caller<()>,
        _: ListByLinkRequest,
    ) -> Result<ListByLinkResponse, Infallible> {
        let is_first = caller.head.uri.query().is_none();
        let link = is_first.then(|| "</v1/links?page=2>; rel=\"next\"".to_owned());
        Ok(ListByLinkResponse::Ok {
            headers: LinkHeaders { link },
            body: vec![format!("{is_first}")],
        })
    }
}

async fn next<S: Stream + Unpin>(stream: &mut S) -> Option<S::Item> {
    poll_fn(|context| Pin::new(&mut *stream).poll_next(context)).await
}

#[tokio::test]
async fn lists_have_pages() {
    let client = Kept::default().client().build().unwrap();
    let call = client.operations().list_by_cursor().set_items(1);
    let mut things = call.items(|page| page.things);
    let mut found = Vec::new();
    while let Some(thing) = next(&mut things).await {
        found.push(thing.unwrap());
    }
    assert_eq!(found, ["one", "two", "three"]);

    let mut pages = client.operations().list_by_link().pages();
    assert_eq!(next(&mut pages).await.unwrap().unwrap().body, ["true"]);
    assert_eq!(next(&mut pages).await.unwrap().unwrap().body, ["false"]);
    assert!(next(&mut pages).await.is_none());
}

#[test]
fn servers_are_the_documents() {
    let sent = |builder: ClientBuilder| {
        let client = builder.build().unwrap();
        let operations = client.operations();
        [
            operations.list_things().to_http(),
            operations.upload().to_http(),
            operations.download().to_http(),
        ]
        .map(|request| request.unwrap().uri().to_string())
    };
    let kept = Kept::default();
    assert_eq!(
        sent(kept.client()),
        [
            "https://api.test/v1/things",
            "https://uploads.test/v2/uploads",
            "https://api.test/files/uploads"
        ]
    );
    let server = Server1::new().tenant("acme").port(Server1Port::N8443);
    assert_eq!(
        sent(kept.client().server(server)),
        [
            "https://acme.test:8443/v1/things",
            "https://uploads.test/v2/uploads",
            "https://acme.test:8443/files/uploads"
        ]
    );
    assert_eq!(
        sent(kept.client().base_url("http://proxy.test/p")),
        [
            "http://proxy.test/p/things",
            "http://proxy.test/p/uploads",
            "http://proxy.test/p/uploads"
        ]
    );
    let us: ServerUrl = Server2::default().region("us").into();
    let client = kept.client().build().unwrap();
    let call = client.operations().upload().base_url(us.url());
    assert_eq!(
        call.to_http().unwrap().uri(),
        "https://us.uploads.test/uploads"
    );
    assert_eq!(Server1Port::N443.as_str(), "443");
}

/// Gives an old token first, and good ones for the scopes from then on.
#[derive(Default)]
struct Issuer(Mutex<u32>);

impl TokenProvider for Issuer {
    fn token<'a>(
        &'a self,
        scheme: &'a Scheme,
        scopes: &'static [&'static str],
    ) -> BoxFuture<'a, Result<Token, TokenError>> {
        assert_eq!(scheme.name, "oauth");
        let mut issued = self.0.lock().unwrap();
        *issued += 1;
        let word = if *issued == 1 { "old" } else { "good" };
        let token = Token::new(format!("{word} {}", scopes.join("+")));
        Box::pin(std::future::ready(Ok(token)))
    }
}

fn authorization(kept: &Kept) -> String {
    let headers = kept.0.lock().unwrap().pop().unwrap();
    headers["authorization"].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_user_and_a_password_are_a_credential() {
    let kept = Kept::default();
    let client = kept
        .client()
        .user("Aladdin", "open sesame")
        .build()
        .unwrap();
    client.operations().list_things().send().await.unwrap();
    assert_eq!(authorization(&kept), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
}

async fn challenged(method: &str, authorization: &str) -> (u16, String) {
    let request = Request::builder()
        .method(method)
        .uri("/things?timeout=5")
        .header("authorization", authorization)
        .body(Body::empty())
        .unwrap();
    let mut service = Server::new(Kept::default()).operations().into_service();
    let response = service.call(request).await.unwrap();
    let challenge = response.headers().get("www-authenticate");
    let challenge = challenge.map_or("", |value| value.to_str().unwrap());
    (response.status().as_u16(), challenge.to_owned())
}

#[tokio::test]
async fn what_a_credential_lacks_is_said() {
    let basic = r#"Basic realm="api", charset="UTF-8""#;
    for (method, authorization, status, challenge) in [
        ("GET", "bearer good read", 204, ""),
        (
            "GET",
            "Bearer old read",
            401,
            r#"Bearer error="invalid_token""#,
        ),
        (
            "GET",
            "Bearer good write",
            403,
            r#"Bearer error="insufficient_scope", scope="read""#,
        ),
        ("POST", "Bearer good write", 204, ""),
        ("GET", "basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", 204, ""),
        // Neither base64, nor UTF-8, nor a user with a password.
        ("GET", "Basic !", 401, basic),
        ("GET", "Basic /w==", 401, basic),
        ("GET", "Basic QQ==", 401, basic),
        ("GET", "Digest x", 401, "Bearer"),
    ] {
        let told = challenged(method, authorization).await;
        assert_eq!(told, (status, challenge.to_owned()), "{authorization}");
    }
}

#[tokio::test]
async fn tokens_are_asked_for_by_scope_and_renewed() {
    let kept = Kept::default();
    let builder = kept.client().oauth(CachedTokens::new(Issuer::default()));
    let client = builder.user("u", "p").build().unwrap();
    client.operations().list_things().send().await.unwrap();
    assert_eq!(authorization(&kept), "Bearer good read");
    let call = client.operations().make_thing().set_timeout(5);
    call.send().await.unwrap();
    assert_eq!(authorization(&kept), "Bearer good read+write");
}

fn info(info: &'static OperationInfo) -> Vec<Vec<(&'static str, &'static [&'static str])>> {
    let asked = |all: &&[crate::generated::calls::operations::Requirement]| {
        all.iter()
            .map(|one| (one.scheme.name, one.scopes))
            .collect()
    };
    info.security.iter().map(asked).collect()
}

#[test]
fn scopes_are_in_the_requirements() {
    let read: &[&str] = &["read"];
    let both: &[&str] = &["read", "write"];
    let none: &[&str] = &[];
    assert_eq!(
        info(ListThingsRequest::INFO),
        [vec![("oauth", read)], vec![("user", none)]]
    );
    assert_eq!(
        info(MakeThingRequest::INFO),
        [vec![("oauth", both)], vec![]]
    );
    assert!(info(OnceRequest::INFO).is_empty());
}

#[tokio::test]
async fn a_key_is_made_up_only_where_calls_are_retried() {
    let kept = Kept::default();
    for (policy, expected) in [(None, false), (Some(RetryPolicy::new()), true)] {
        let mut builder = kept.client();
        if let Some(policy) = policy {
            builder = builder.retries(policy);
        }
        let client = builder.build().unwrap();
        let call = client.operations().make_thing().set_timeout(5);
        call.send().await.unwrap();
        let headers = kept.0.lock().unwrap().pop().unwrap();
        assert_eq!(headers.contains_key("idempotency-key"), expected);
    }
}

#[test]
fn the_documents_policy_can_be_looked_at() {
    let shown = format!("{DOCUMENTED_RETRIES:?}");
    for part in ["1s", "30s", "3600s", "1.5", "(429, 429), (500, 599)"] {
        assert!(shown.contains(part), "{shown}");
    }
}
