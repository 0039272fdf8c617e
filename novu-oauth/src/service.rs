//! The generated traits, implemented: what a caller asks for goes to [`Mint`], with what the
//! directory knows about it.

use std::fmt;
use std::sync::Arc;

use axum::response::Response;
use novu_api::operations::{
    ChatAccessOauthRequest, ChatAccessOauthResponse, GenerateConnectOAuthUrlRequest,
    GenerateConnectOAuthUrlResponse, GenerateLinkUserOAuthUrlRequest,
    GenerateLinkUserOAuthUrlResponse, LocationHeaders, RateLimitIdempotencyHeaders,
};
use novu_api::server::{
    Caller, Denied, Integrations, Rejection, RequestHead, Server, Service, Subscribers,
};
use novu_api::types::{
    GenerateChatOAuthUrlResponseDto, GenerateConnectOauthUrlRequestDto,
    GenerateConnectOauthUrlRequestDtoConnectionMode as WireMode,
    GenerateLinkUserOauthUrlRequestDto,
};

use crate::authorize::{ApiRoot, AuthorizeUrl};
use crate::clock::Timestamp;
use crate::config::Config;
use crate::context;
use crate::directory::{Directory, Environment};
use crate::failure::{self, Failure};
use crate::legacy::{LegacyRequest, LegacyView};
use crate::mint::{Connect, Link, Mint, View};
use crate::problem::Problem;
use crate::state::ConnectionMode;

/// The service behind the API.
pub struct OAuth {
    directory: Directory,
    root: ApiRoot,
    clock: Box<dyn Fn() -> Timestamp + Send + Sync>,
}

impl fmt::Debug for OAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuth")
            .field("directory", &self.directory)
            .field("root", &self.root)
            .finish_non_exhaustive()
    }
}

impl OAuth {
    /// The service of `config`, by the machine's clock.
    #[must_use]
    pub fn new(config: Config) -> Self {
        Self::with_clock(config, Timestamp::now)
    }

    /// The service of `config`, by `clock`.
    pub fn with_clock(
        config: Config,
        clock: impl Fn() -> Timestamp + Send + Sync + 'static,
    ) -> Self {
        Self {
            directory: config.directory,
            root: config.api_root,
            clock: Box::new(clock),
        }
    }

    /// Every operation of the API.
    #[must_use]
    pub fn into_server(self) -> Server<Self> {
        Server::new(self).integrations().subscribers()
    }

    fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// Answers with the outcome of `mint`, at this moment.
    fn mint(
        &self,
        mint: impl FnOnce(Mint<'_>) -> Result<AuthorizeUrl, Problem>,
    ) -> Result<String, Failure> {
        let now = self.now();
        match mint(Mint {
            root: &self.root,
            now,
        }) {
            Ok(url) => Ok(url.into()),
            Err(problem) => Err(Failure::new(problem, now)),
        }
    }

    fn authenticate(&self, key: &str) -> Result<Arc<Environment>, Denied> {
        match self.directory.by_key(key) {
            Some(environment) => Ok(Arc::clone(environment)),
            None => Err(Denied::Unauthenticated("API key not found".to_owned())),
        }
    }
}

impl Service for OAuth {
    type Principal = Arc<Environment>;
    type Error = Failure;

    async fn secret_key(&self, key: &str, _: &RequestHead) -> Result<Arc<Environment>, Denied> {
        self.authenticate(key)
    }

    async fn api_key(&self, key: &str, _: &RequestHead) -> Result<Arc<Environment>, Denied> {
        self.authenticate(key)
    }

    fn reject(&self, rejection: Rejection, head: &RequestHead) -> Response {
        failure::reject(rejection, head, self.now())
    }
}

impl Integrations for OAuth {
    async fn generate_link_user_oauth_url(
        &self,
        caller: Caller<Arc<Environment>>,
        request: GenerateLinkUserOAuthUrlRequest,
    ) -> Result<GenerateLinkUserOAuthUrlResponse, Failure> {
        let url = self.mint(|mint| {
            let request = link(request.body);
            let view = view(
                &caller.principal,
                &request.integration_identifier,
                Some(&request.subscriber_id),
            );
            mint.link(&request, view)
        })?;
        Ok(GenerateLinkUserOAuthUrlResponse::Created {
            headers: RateLimitIdempotencyHeaders::default(),
            body: GenerateChatOAuthUrlResponseDto { url },
        })
    }

    async fn generate_connect_oauth_url(
        &self,
        caller: Caller<Arc<Environment>>,
        request: GenerateConnectOAuthUrlRequest,
    ) -> Result<GenerateConnectOAuthUrlResponse, Failure> {
        let url = self.mint(|mint| {
            let request = connect(request.body);
            let view = view(
                &caller.principal,
                &request.integration_identifier,
                request.subscriber_id.as_deref(),
            );
            mint.connect(&request, view)
        })?;
        Ok(GenerateConnectOAuthUrlResponse::Created {
            headers: RateLimitIdempotencyHeaders::default(),
            body: GenerateChatOAuthUrlResponseDto { url },
        })
    }
}

impl Subscribers for OAuth {
    /// The link's own signature is what counts; a key is neither needed nor looked at.
    async fn chat_access_oauth(
        &self,
        _: Caller<Option<Arc<Environment>>>,
        request: ChatAccessOauthRequest,
    ) -> Result<ChatAccessOauthResponse, Failure> {
        let location = self.mint(|mint| {
            let request = LegacyRequest::new(
                &request.subscriber_id,
                &request.provider_id,
                &request.environment_id,
                request.integration_identifier.as_deref(),
                &request.hmac_hash,
            )?;
            let environment = self.directory.by_id(&request.environment_id);
            let view = LegacyView {
                api_keys: environment.map(|environment| environment.api_keys.as_slice()),
                integration: environment.and_then(|environment| {
                    let identifier = request.integration_identifier.as_deref();
                    environment.integration_of(request.provider, identifier)
                }),
            };
            mint.legacy(&request, view)
        })?;
        Ok(ChatAccessOauthResponse::Found {
            headers: LocationHeaders { location },
        })
    }
}

/// What `environment` knows of an integration and a subscriber.
fn view<'a>(environment: &'a Environment, identifier: &str, subscriber: Option<&str>) -> View<'a> {
    View {
        environment_id: &environment.id,
        organization_id: &environment.organization_id,
        signing_key: environment.api_keys.first(),
        integration: environment.chat_integration(identifier),
        subscriber_known: subscriber.is_some_and(|id| environment.subscribers.contains(id)),
    }
}

fn link(body: GenerateLinkUserOauthUrlRequestDto) -> Link {
    Link {
        subscriber_id: body.subscriber_id,
        integration_identifier: body.integration_identifier,
        connection_identifier: body.connection_identifier,
        context: body.context.map(context::received),
        user_scope: body.user_scope,
    }
}

fn connect(body: GenerateConnectOauthUrlRequestDto) -> Connect {
    Connect {
        integration_identifier: body.integration_identifier,
        subscriber_id: body.subscriber_id,
        connection_identifier: body.connection_identifier,
        context: body.context.map(context::received),
        scope: body.scope,
        connection_mode: body.connection_mode.map(|mode| match mode {
            WireMode::Subscriber => ConnectionMode::Subscriber,
            WireMode::Shared => ConnectionMode::Shared,
        }),
        auto_link_user: body.auto_link_user,
    }
}
