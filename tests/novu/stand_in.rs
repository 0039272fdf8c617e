//! A server that answers what a test tells it to.

use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use axum::body::Body;
use axum::response::Response;
use http::HeaderValue;
use http::header::CONTENT_TYPE;
use novu_api::operations::{
    ChatAccessOauthRequest, ChatAccessOauthResponse, ChatOauthCallbackRequest,
    ChatOauthCallbackResponse, CompleteChatOAuthRequest, CompleteChatOAuthResponse,
    GenerateConnectOAuthUrlRequest, GenerateConnectOAuthUrlResponse,
    GenerateLinkUserOAuthUrlRequest, GenerateLinkUserOAuthUrlResponse, GetChatOAuthUrlRequest,
    GetChatOAuthUrlResponse,
};
use novu_api::server::{
    ApiService, Caller, Denied, Integrations, IntoFailure, Rejection, RequestHead, Server, Service,
    Subscribers,
};

use crate::world::{Way, World};

/// What the server answers next, and what reached it.
#[derive(Clone)]
pub(crate) struct Script(Arc<Mutex<Scene>>);

struct Scene {
    answer: Answer,
    asked: Vec<Asked>,
    rejected: Option<Rejection>,
}

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
    /// With whether the caller showed a good key.
    Legacy(ChatAccessOauthRequest, bool),
}

/// A response that no variant describes.
pub(crate) struct Undocumented(u16, &'static str, &'static str);

/// The server of a [`Script`].
pub(crate) struct StandIn(Script);

impl Script {
    /// A script of silence.
    pub(crate) fn new() -> Self {
        Self(Arc::new(Mutex::new(Scene {
            answer: Answer::Silence,
            asked: Vec::new(),
            rejected: None,
        })))
    }

    /// A server of this script.
    pub(crate) async fn world(way: Way) -> (Self, World) {
        let script = Self::new();
        let world = World::of(Router::new().fallback_service(script.server()), way).await;
        (script, world)
    }

    /// The server, which takes bodies of up to 4 KiB.
    pub(crate) fn server(&self) -> ApiService<StandIn> {
        let server = Server::new(StandIn(self.clone())).body_limit(4096);
        server.integrations().subscribers().into_service()
    }

    /// Answers with `answer` from now on.
    pub(crate) fn answer(&self, answer: Answer) {
        self.lock().answer = answer;
    }

    /// The requests since the last look.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut self.lock().asked)
    }

    /// What was refused last, if anything was since the last look.
    pub(crate) fn rejected(&self) -> Option<Rejection> {
        self.lock().rejected.take()
    }

    fn lock(&self) -> MutexGuard<'_, Scene> {
        self.0.lock().expect("a lock")
    }

    /// The answer to `asked`; `pick` takes the one of its operation.
    async fn respond<R>(
        &self,
        asked: Asked,
        pick: fn(Answer) -> Option<R>,
    ) -> Result<R, Undocumented> {
        let answer = {
            let mut scene = self.lock();
            scene.asked.push(asked);
            scene.answer.clone()
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
        match key {
            "sk_test_123" => Ok(()),
            "frozen" => Err(Denied::Forbidden("the organization is frozen".to_owned())),
            _ => Err(Denied::Unauthenticated("API key not found".to_owned())),
        }
    }

    async fn api_key(&self, key: &str, head: &RequestHead) -> Result<(), Denied> {
        self.secret_key(key, head).await
    }

    fn reject(&self, rejection: Rejection, _: &RequestHead) -> Response {
        let response = rejection.problem();
        self.0.lock().rejected = Some(rejection);
        response
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

    async fn get_chat_oauth_url(
        &self,
        _: Caller<()>,
        _: GetChatOAuthUrlRequest,
    ) -> Result<GetChatOAuthUrlResponse, Undocumented> {
        Err(Undocumented(501, "", ""))
    }

    async fn complete_chat_oauth(
        &self,
        _: Caller<()>,
        _: CompleteChatOAuthRequest,
    ) -> Result<CompleteChatOAuthResponse, Undocumented> {
        Err(Undocumented(501, "", ""))
    }
}

impl Subscribers for StandIn {
    async fn chat_access_oauth(
        &self,
        caller: Caller<Option<()>>,
        request: ChatAccessOauthRequest,
    ) -> Result<ChatAccessOauthResponse, Undocumented> {
        let pick = |answer| match answer {
            Answer::Legacy(response) => Some(response),
            _ => None,
        };
        let asked = Asked::Legacy(request, caller.principal.is_some());
        self.0.respond(asked, pick).await
    }

    async fn chat_oauth_callback(
        &self,
        _: Caller<()>,
        _: ChatOauthCallbackRequest,
    ) -> Result<ChatOauthCallbackResponse, Undocumented> {
        Err(Undocumented(501, "", ""))
    }
}
