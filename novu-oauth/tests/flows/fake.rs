//! Slack, Microsoft and Webex on loopback, in one. A code is good once, for the app and redirect URI that
//! it was made for, byte for byte.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use tokio::net::TcpListener;

pub(crate) const CALLBACK: &str =
    "https://novu.example.com/base/v1/integrations/chat/oauth/callback";

/// What the providers do next, and what was asked of them.
#[derive(Clone, Default)]
pub(crate) struct Fake(Arc<Mutex<Scene>>);

#[derive(Default)]
pub(crate) struct Scene {
    /// Codes that are good, with the redirect URI of each.
    pub(crate) codes: BTreeMap<String, String>,
    /// What is added to a success of Slack's.
    pub(crate) slack: Value,
    /// The status of the answer, instead of everything else.
    pub(crate) broken: Option<u16>,
    /// The status of an installation of the Teams app.
    pub(crate) installed: u16,
    /// The requests, as `METHOD PATH`.
    pub(crate) asked: Vec<String>,
}

impl Fake {
    /// Starts the providers; returns their URL.
    pub(crate) async fn start() -> (Self, String) {
        let fake = Self::default();
        fake.scene(|scene| {
            scene.slack = json!({});
            scene.installed = 201;
        });
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
        let listener = listener.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let router = Router::new().fallback(answer).with_state(fake.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        (fake, url)
    }

    pub(crate) fn scene<T>(&self, change: impl FnOnce(&mut Scene) -> T) -> T {
        change(&mut self.0.lock().expect("a lock"))
    }

    /// Makes a code good, once.
    pub(crate) fn issue(&self, code: &str) {
        self.issue_for(code, CALLBACK);
    }

    pub(crate) fn issue_for(&self, code: &str, redirect_uri: &str) {
        let (code, uri) = (code.to_owned(), redirect_uri.to_owned());
        self.scene(|scene| scene.codes.insert(code, uri));
    }

    pub(crate) fn asked(&self) -> Vec<String> {
        self.scene(|scene| std::mem::take(&mut scene.asked))
    }

    /// Whether the app shows itself as it should, with a code of its own.
    fn redeem(&self, form: &BTreeMap<String, String>, secret: &str) -> Result<(), &'static str> {
        let field = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
        if field("client_secret") != secret {
            return Err("bad_client_secret");
        }
        let issued = self.scene(|scene| scene.codes.remove(field("code")));
        match issued {
            None => Err("invalid_code"),
            Some(uri) if uri != field("redirect_uri") => Err("bad_redirect_uri"),
            Some(_) => Ok(()),
        }
    }

    fn token(&self, form: &BTreeMap<String, String>, path: &str) -> (u16, Value) {
        if path == "/tenant-2/oauth2/v2.0/token" {
            assert_eq!(form["grant_type"], "client_credentials");
            assert_eq!(form["scope"], "https://graph.microsoft.com/.default");
            return (200, json!({"access_token": "graph-token"}));
        }
        assert_eq!(path, "/organizations/oauth2/v2.0/token");
        assert_eq!(form["scope"], "openid profile User.Read");
        assert_eq!(form["client_id"], "client-2");
        if let Err(error) = self.redeem(form, "teams-secret") {
            let body = json!({"error": "invalid_grant", "error_description": error});
            return (400, body);
        }
        let claims = json!({"oid": "user-oid", "tid": "tenant-2"}).to_string();
        let token = format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims));
        (200, json!({"id_token": token}))
    }

    fn slack(&self, form: &BTreeMap<String, String>) -> (u16, Value) {
        let secret = match form["client_id"].as_str() {
            "client-1" => "slack-secret",
            "novu-client" => "novu-secret",
            other => panic!("{other}"),
        };
        if let Err(error) = self.redeem(form, secret) {
            let messages = json!({"messages": ["say more"]});
            return (
                200,
                json!({"ok": false, "error": error, "response_metadata": messages}),
            );
        }
        let mut answer = json!({
            "ok": true,
            "access_token": "xoxb-token",
            "team": {"id": "T1", "name": "Acme"},
            "authed_user": {"id": "U1"},
        });
        let more = self.scene(|scene| scene.slack.clone());
        let object = answer.as_object_mut().expect("an object");
        object.extend(more.as_object().expect("an object").clone());
        (200, answer)
    }

    fn webex(&self, form: &BTreeMap<String, String>) -> (u16, Value) {
        assert_eq!(form["client_id"], "client-3");
        if let Err(error) = self.redeem(form, "webex-secret") {
            return (401, json!({"message": error}));
        }
        let body = json!({
            "access_token": "webex-token",
            "refresh_token": "webex-refresh",
            "expires_in": 60,
        });
        (200, body)
    }
}

async fn answer(State(fake): State<Fake>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, 1 << 20).await.expect("a body");
    let form: BTreeMap<String, String> = form_urlencoded::parse(&body).into_owned().collect();
    let path = parts.uri.path();
    let bearer = parts.headers.get("authorization");
    let bearer = bearer.map(|value| value.to_str().expect("ASCII"));
    let broken = fake.scene(|scene| {
        scene.asked.push(format!("{} {path}", parts.method));
        scene.broken
    });
    let (status, answer) = match (parts.method.as_str(), path) {
        _ if broken.is_some() => (broken.expect("a status"), json!({"secret": "internals"})),
        ("POST", "/api/oauth.v2.access") => fake.slack(&form),
        ("POST", path) if path.ends_with("/oauth2/v2.0/token") => fake.token(&form, path),
        ("GET", "/v1.0/appCatalogs/teamsApps") => {
            assert_eq!(bearer, Some("Bearer graph-token"));
            let query = parts.uri.query().expect("a query");
            assert_eq!(query, "$filter=externalId%20eq%20%27client-2%27");
            (200, json!({"value": [{"id": "catalog-app"}]}))
        }
        ("POST", "/v1.0/users/user-oid/teamwork/installedApps") => {
            assert_eq!(bearer, Some("Bearer graph-token"));
            (fake.scene(|scene| scene.installed), json!({}))
        }
        ("POST", "/v1/access_token") => fake.webex(&form),
        ("GET", "/v1/people/me") => {
            assert_eq!(bearer, Some("Bearer webex-token"));
            (
                200,
                json!({"id": "person-1", "orgId": "org-1", "displayName": "A"}),
            )
        }
        other => panic!("{other:?}"),
    };
    let response = Response::builder().status(status);
    let response = response.header("content-type", "application/json");
    response
        .body(Body::from(answer.to_string()))
        .expect("a response")
}
