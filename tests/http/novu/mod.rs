//! The generated Novu crate: a small implementation of its traits, and its client, joined in memory.

mod refusals;
mod replies;
mod wire;

use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use http::Request;
use http::StatusCode;
use novu_api::Maybe;
use novu_api::client::{BoxFuture, Client, Transport, TransportError};
use novu_api::operations::{
    ChatAccessOauthRequest, ChatAccessOauthResponse, GenerateConnectOAuthUrlRequest,
    GenerateConnectOAuthUrlResponse, GenerateLinkUserOAuthUrlRequest,
    GenerateLinkUserOAuthUrlResponse, LocationHeaders, RateLimitIdempotencyHeaders,
    RateLimitIdempotencyRetryAfterHeaders,
};
use novu_api::server::{
    Caller, Denied, Integrations, IntoFailure, Rejection, RequestHead, Server, Service, Subscribers,
};
use novu_api::types::{
    ErrorDto, ErrorDtoMessage, GenerateChatOAuthUrlResponseDto, GenerateLinkUserOauthUrlRequestDto,
};

/// Answers by the integration that a request names, and keeps the last rejection.
#[derive(Default)]
struct Novu {
    rejected: Arc<Mutex<Option<Rejection>>>,
}

/// A failure that no response documents.
struct Teapot;

impl IntoFailure for Teapot {
    fn into_failure(self, _head: &RequestHead) -> Response {
        let mut response = Response::new(Body::from("short and stout"));
        *response.status_mut() = StatusCode::IM_A_TEAPOT;
        response
    }
}

fn error(status: u16, message: &str) -> ErrorDto {
    let mut error = ErrorDto::new(status.into(), "2024-12-12T13:00:00Z", "/x");
    error.message = Maybe::Value(ErrorDtoMessage::String(message.to_owned()));
    error
}

impl Service for Novu {
    type Principal = String;
    type Error = Teapot;

    async fn secret_key(&self, credential: &str, _head: &RequestHead) -> Result<String, Denied> {
        match credential {
            "secret" => Ok("org".to_owned()),
            "frozen" => Err(Denied::Forbidden("the organization is frozen".to_owned())),
            _ => Err(Denied::Unauthenticated("API key not found".to_owned())),
        }
    }

    async fn api_key(&self, credential: &str, head: &RequestHead) -> Result<String, Denied> {
        self.secret_key(credential, head).await
    }

    fn reject(&self, rejection: Rejection, _head: &RequestHead) -> Response {
        let response = match &rejection {
            // Rendered without its headers, which the server then adds.
            Rejection::MethodNotAllowed { .. } | Rejection::Unauthenticated { .. } => {
                let body = error(rejection.status().as_u16(), &rejection.to_string());
                let mut response = Response::new(Body::from(serde_json::to_vec(&body).unwrap()));
                *response.status_mut() = rejection.status();
                response
            }
            _ => rejection.problem(),
        };
        *self.rejected.lock().unwrap() = Some(rejection);
        response
    }
}

impl Integrations for Novu {
    async fn generate_link_user_oauth_url(
        &self,
        caller: Caller<String>,
        request: GenerateLinkUserOAuthUrlRequest,
    ) -> Result<GenerateLinkUserOAuthUrlResponse, Teapot> {
        assert_eq!(
            caller.head.operation.map(|operation| operation.id),
            Some("IntegrationsController_generateLinkUserOAuthUrl")
        );
        Ok(match request.body.integration_identifier.as_str() {
            "missing" => GenerateLinkUserOAuthUrlResponse::NotFound {
                headers: RateLimitIdempotencyHeaders::default(),
                body: error(404, "no such integration"),
            },
            "busy" => GenerateLinkUserOAuthUrlResponse::TooManyRequests {
                headers: RateLimitIdempotencyRetryAfterHeaders {
                    retry_after: Some("8".to_owned()),
                    ..RateLimitIdempotencyRetryAfterHeaders::default()
                },
                body: "API rate limit exceeded".to_owned(),
            },
            "teapot" => return Err(Teapot),
            _ => GenerateLinkUserOAuthUrlResponse::Created {
                headers: RateLimitIdempotencyHeaders {
                    rate_limit_limit: Some("100".to_owned()),
                    idempotency_key: request.idempotency_key,
                    ..RateLimitIdempotencyHeaders::default()
                },
                body: GenerateChatOAuthUrlResponseDto {
                    url: format!(
                        "https://slack.test/?{}&{}",
                        caller.principal, request.body.subscriber_id
                    ),
                },
            },
        })
    }

    async fn generate_connect_oauth_url(
        &self,
        _caller: Caller<String>,
        _request: GenerateConnectOAuthUrlRequest,
    ) -> Result<GenerateConnectOAuthUrlResponse, Teapot> {
        Ok(GenerateConnectOAuthUrlResponse::UriTooLong {
            body: error(414, "too long"),
        })
    }
}

impl Subscribers for Novu {
    async fn chat_access_oauth(
        &self,
        caller: Caller<Option<String>>,
        request: ChatAccessOauthRequest,
    ) -> Result<ChatAccessOauthResponse, Teapot> {
        let caller = caller.principal.unwrap_or_else(|| "anonymous".to_owned());
        let location = format!(
            "https://slack.test/?{caller}&{}&{}",
            request.subscriber_id, request.hmac_hash
        );
        Ok(match request.provider_id.as_str() {
            "slack" => ChatAccessOauthResponse::Found {
                headers: LocationHeaders { location },
            },
            "done" => ChatAccessOauthResponse::Ok {},
            _ => ChatAccessOauthResponse::Conflict {
                body: "wait".to_owned(),
            },
        })
    }
}

fn server() -> Server<Novu> {
    Server::new(Novu::default())
        .integrations()
        .subscribers()
        .body_limit(4096)
}

fn client() -> Client {
    Client::builder()
        .transport(server().into_service())
        .secret_key("secret")
        .build()
        .unwrap()
}

fn link(integration: &str) -> GenerateLinkUserOauthUrlRequestDto {
    GenerateLinkUserOauthUrlRequestDto::new("subscriber-123", integration)
}

/// Answers everything with the same response.
#[derive(Clone)]
struct Canned(
    StatusCode,
    &'static [(&'static str, &'static str)],
    &'static str,
);

impl Transport for Canned {
    fn send(
        &self,
        _: Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        let mut response = http::Response::new(Bytes::from_static(self.2.as_bytes()));
        *response.status_mut() = self.0;
        let headers = self
            .1
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
        *response.headers_mut() = headers.collect::<http::HeaderMap>();
        Box::pin(std::future::ready(Ok(response)))
    }
}
