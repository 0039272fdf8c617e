//! A server that answers what a test tells it to.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::response::Response;
use http::HeaderValue;
use http::header::CONTENT_TYPE;
use novu_api::operations::{
    ChatAccessOauthRequest, ChatAccessOauthResponse, GenerateConnectOAuthUrlRequest,
    GenerateConnectOAuthUrlResponse, GenerateLinkUserOAuthUrlRequest,
    GenerateLinkUserOAuthUrlResponse,
};
use novu_api::server::{
    Caller, Denied, Integrations, IntoFailure, RequestHead, Server, Service, Subscribers,
};

use crate::world::{Way, World};

/// What the server answers next, and the requests that reached a handler.
#[derive(Clone)]
pub(crate) struct Script(Arc<Mutex<(Answer, Vec<Asked>)>>);

/// An answer.
#[derive(Debug, Clone)]
pub(crate) enum Answer {
    Link(GenerateLinkUserOAuthUrlResponse),
    Connect(GenerateConnectOAuthUrlResponse),
    Legacy(ChatAccessOauthResponse),
    /// Status, content type (none if empty) and body, whatever the document says.
    Raw(u16, &'static str, &'static str),
    /// None, ever.
    Silence,
}

/// A request that reached its handler.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Asked {
    Link(GenerateLinkUserOAuthUrlRequest),
    Connect(GenerateConnectOAuthUrlRequest),
    Legacy(ChatAccessOauthRequest),
}

/// A response that no variant describes.
pub(crate) struct Undocumented(u16, &'static str, &'static str);

struct StandIn(Script);

impl Script {
    /// A server of this script.
    pub(crate) async fn world(way: Way) -> (Self, World) {
        let script = Self(Arc::new(Mutex::new((Answer::Silence, Vec::new()))));
        let world = World::of(script.router(), way).await;
        (script, world)
    }

    fn router(&self) -> Router {
        let server = Server::new(StandIn(self.clone()));
        server.integrations().subscribers().into_router()
    }

    /// Answers with `answer` from now on.
    pub(crate) fn answer(&self, answer: Answer) {
        self.0.lock().expect("a lock").0 = answer;
    }

    /// The requests since the last look.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut self.0.lock().expect("a lock").1)
    }

    /// The answer to `asked`; `pick` takes the one of its operation.
    async fn respond<R>(
        &self,
        asked: Asked,
        pick: fn(Answer) -> Option<R>,
    ) -> Result<R, Undocumented> {
        let answer = {
            let mut script = self.0.lock().expect("a lock");
            script.1.push(asked);
            script.0.clone()
        };
        match answer {
            Answer::Raw(status, media, body) => Err(Undocumented(status, media, body)),
            Answer::Silence => std::future::pending().await,
            other => Ok(pick(other).expect("an answer of this operation")),
        }
    }
}

impl IntoFailure for Undocumented {
    fn into_failure(self, _: &RequestHead) -> Response {
        let Self(status, media, body) = self;
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = status.try_into().expect("a status");
        if !media.is_empty() {
            let media = HeaderValue::from_static(media);
            response.headers_mut().insert(CONTENT_TYPE, media);
        }
        response
    }
}

impl Service for StandIn {
    type Principal = ();
    type Error = Undocumented;

    async fn secret_key(&self, key: &str, _: &RequestHead) -> Result<(), Denied> {
        if key == "sk_test_123" {
            Ok(())
        } else {
            Err(Denied::Unauthenticated("API key not found".to_owned()))
        }
    }

    async fn api_key(&self, key: &str, head: &RequestHead) -> Result<(), Denied> {
        self.secret_key(key, head).await
    }
}

impl Integrations for StandIn {
    async fn generate_link_user_oauth_url(
        &self,
        _: Caller<()>,
        request: GenerateLinkUserOAuthUrlRequest,
    ) -> Result<GenerateLinkUserOAuthUrlResponse, Undocumented> {
        let pick = |answer| match answer {
            Answer::Link(response) => Some(response),
            _ => None,
        };
        self.0.respond(Asked::Link(request), pick).await
    }

    async fn generate_connect_oauth_url(
        &self,
        _: Caller<()>,
        request: GenerateConnectOAuthUrlRequest,
    ) -> Result<GenerateConnectOAuthUrlResponse, Undocumented> {
        let pick = |answer| match answer {
            Answer::Connect(response) => Some(response),
            _ => None,
        };
        self.0.respond(Asked::Connect(request), pick).await
    }
}

impl Subscribers for StandIn {
    async fn chat_access_oauth(
        &self,
        _: Caller<Option<()>>,
        request: ChatAccessOauthRequest,
    ) -> Result<ChatAccessOauthResponse, Undocumented> {
        let pick = |answer| match answer {
            Answer::Legacy(response) => Some(response),
            _ => None,
        };
        self.0.respond(Asked::Legacy(request), pick).await
    }
}
