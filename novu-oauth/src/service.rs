//! The generated traits, implemented: what a caller asks for goes to [`Mint`] with what the storage
//! knows about it, and what a provider comes back with to [`Callback`].

use std::fmt;
use std::sync::Arc;

use axum::response::Response;
use novu_api::operations::{
    ChatAccessOauthRequest, ChatAccessOauthResponse, ChatOauthCallbackRequest,
    ChatOauthCallbackResponse, CompleteChatOAuthRequest, CompleteChatOAuthResponse,
    ContentSecurityPolicyHeaders, GenerateConnectOAuthUrlRequest, GenerateConnectOAuthUrlResponse,
    GenerateLinkUserOAuthUrlRequest, GenerateLinkUserOAuthUrlResponse, GetChatOAuthUrlRequest,
    GetChatOAuthUrlResponse, LocationHeaders, RateLimitIdempotencyHeaders,
};
use novu_api::server::{
    Caller, Denied, Integrations, Rejection, RequestHead, Server, Service, Subscribers,
};
use novu_api::types::{GenerateChatOAuthUrlResponseDto, GenerateChatOauthUrlRequestDtoMode};

use crate::callback::{Callback, LegacyReturn, Outcome, Return};
use crate::clock::Timestamp;
use crate::config::{Config, ConfigError, Declared, Idempotency};
use crate::domain::{Credentials, Environment, Integration, Provider};
use crate::http::admission::{self, Admitted};
use crate::http::failure::{self, Failure};
use crate::http::limits::Limits;
use crate::http::page;
use crate::keyring::KeyRing;
use crate::legacy::{LegacyRequest, LegacyView};
use crate::mint::{Connect, Link, Mint, View};
use crate::problem::Problem;
use crate::provider::Providers;
use crate::provider::authorize::{ApiRoot, AuthorizeUrl};
use crate::received;
use crate::secret::{KeyHash, Secret};
use crate::storage::{self, Storage, StorageError, Stored};

/// The service cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The configuration is not right.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The storage does not do what it is asked to.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// There is no client to reach providers with.
    #[error("the client of the providers cannot be made: {0}")]
    Client(#[from] reqwest::Error),
}

/// The service behind the API.
pub struct OAuth {
    pub(crate) store: Arc<dyn Storage>,
    pub(crate) limits: Option<Limits>,
    pub(crate) idempotency: Idempotency,
    pub(crate) wraps: bool,
    root: ApiRoot,
    providers: Providers,
    novu_slack: Credentials,
    clock: Clock,
}

type Clock = Box<dyn Fn() -> Timestamp + Send + Sync>;

impl fmt::Debug for OAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuth")
            .field("root", &self.root)
            .finish_non_exhaustive()
    }
}

impl OAuth {
    /// The service of `config`, by the machine's clock.
    pub async fn open(config: &Config) -> Result<Self, StartError> {
        Self::with_clock(config, Timestamp::now).await
    }

    /// The service of `config`, by `clock`.
    pub async fn with_clock(
        config: &Config,
        clock: impl Fn() -> Timestamp + Send + Sync + 'static,
    ) -> Result<Self, StartError> {
        let ring: KeyRing = config.keys.ring()?;
        let store = storage::open(&config.database, ring).await?;
        for declared in &config.environments {
            declare(&*store, declared, clock()).await?;
        }
        Ok(Self {
            store,
            limits: config.rate_limit.map(Limits::new),
            idempotency: config.idempotency,
            wraps: config.wraps,
            root: config.api_root.clone(),
            providers: Providers::new(config.providers.clone())?,
            novu_slack: config.novu_slack.clone(),
            clock: Box::new(clock),
        })
    }

    /// Where everything is kept.
    #[must_use]
    pub fn storage(&self) -> Arc<dyn Storage> {
        Arc::clone(&self.store)
    }

    /// Every operation of the API, with limits and idempotency around those that take a key.
    #[must_use]
    pub fn into_server(self) -> Server<Self> {
        Self::server(&Arc::new(self))
    }

    /// The same, of a service that others hold too.
    #[must_use]
    pub fn server(service: &Arc<Self>) -> Server<Self> {
        Server::shared(Arc::clone(service))
            .integrations()
            .subscribers()
            .body_limit(admission::BODY_LIMIT)
            .catch_panics()
            .configure(
                |operation| operation.method == "POST",
                |minting| admission::around(minting, service),
            )
    }

    /// Forgets what has expired: answers under idempotency keys, and limits that are full again.
    pub async fn forget_expired(&self) {
        if let Some(limits) = &self.limits {
            limits.prune();
        }
        match self.store.prune(self.now()).await {
            Ok(count) => tracing::debug!(count, "idempotency keys forgotten"),
            Err(error) => tracing::warn!(%error, "idempotency keys cannot be forgotten"),
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// The environment that an API key opens.
    pub(crate) async fn authenticate(&self, key: &str) -> Stored<Option<Environment>> {
        let hash = KeyHash::of(key);
        let found = self.store.by_key(hash).await?;
        // The database has found it by its hash; whether it is the same is told in constant time.
        Ok(found.and_then(|(kept, environment)| (kept == hash).then_some(environment)))
    }

    fn mint(&self, now: Timestamp) -> Mint<'_> {
        Mint {
            urls: &self.providers.urls,
            root: &self.root,
            now,
        }
    }

    fn callback(&self, now: Timestamp) -> Callback<'_> {
        Callback {
            store: &*self.store,
            providers: &self.providers,
            root: &self.root,
            novu_slack: &self.novu_slack,
            now,
        }
    }

    fn with_credentials(&self, integration: Option<Integration>) -> Option<Integration> {
        integration.map(|mut integration| {
            if integration.provider == Provider::NovuSlack {
                integration.credentials = self.novu_slack.clone();
            }
            integration
        })
    }

    /// Mints a URL with what the storage knows of the request.
    async fn minted(
        &self,
        caller: &Environment,
        integration: &str,
        subscriber: Option<&str>,
        write: impl FnOnce(Mint<'_>, View<'_>) -> Result<AuthorizeUrl, Problem>,
    ) -> Result<String, Problem> {
        let known = self.store.mint_view(&caller.id, integration, subscriber);
        let known = known.await?;
        let integration = self.with_credentials(known.integration);
        let mut api_keys = Vec::new();
        if integration
            .as_ref()
            .is_some_and(|integration| integration.hmac)
        {
            api_keys = self.store.api_keys(&caller.id).await?;
        }
        let view = View {
            environment_id: &caller.id,
            organization_id: &caller.organization_id,
            signing_key: known.signing_key.as_ref(),
            integration: integration.as_ref(),
            subscriber_known: known.subscriber_known,
            api_keys: &api_keys,
        };
        write(self.mint(self.now()), view).map(String::from)
    }

    async fn link(&self, caller: &Environment, link: Link) -> Result<String, Problem> {
        let (integration, subscriber) = (&link.integration_identifier, &link.subscriber_id);
        let write = |mint: Mint<'_>, view: View<'_>| mint.link(&link, view);
        self.minted(caller, integration, Some(subscriber), write)
            .await
    }

    async fn connect(&self, caller: &Environment, connect: Connect) -> Result<String, Problem> {
        let integration = &connect.integration_identifier;
        let subscriber = connect.subscriber_id.as_deref();
        let write = |mint: Mint<'_>, view: View<'_>| mint.connect(&connect, view);
        self.minted(caller, integration, subscriber, write).await
    }

    async fn legacy(&self, request: &ChatAccessOauthRequest) -> Result<String, Problem> {
        // The document allows no other.
        let provider: Provider =
            request
                .provider_id
                .parse()
                .map_err(|error: crate::domain::UnknownProvider| {
                    Problem::Internal(error.to_string())
                })?;
        let asked = LegacyRequest {
            subscriber_id: request.subscriber_id.clone(),
            provider,
            environment_id: request.environment_id.clone(),
            integration_identifier: request
                .integration_identifier
                .clone()
                .filter(|identifier| !identifier.is_empty()),
            hmac_hash: request.hmac_hash.clone(),
        };
        let id = &asked.environment_id;
        let environment = self.store.environment(id).await?;
        let (mut api_keys, mut signing_keys, mut integration) = (None, Vec::new(), None);
        if environment.is_some() {
            api_keys = Some(self.store.api_keys(id).await?);
            signing_keys = self.store.signing_keys(id).await?;
            let identifier = asked.integration_identifier.as_deref();
            let found = self.store.integration_of(id, provider, identifier).await?;
            integration = self.with_credentials(found);
        }
        let view = LegacyView {
            api_keys: api_keys.as_deref(),
            signing_key: signing_keys.first(),
            integration: integration.as_ref(),
        };
        self.mint(self.now()).legacy(&asked, view).map(String::from)
    }

    fn failed(&self, problem: Problem) -> Failure {
        Failure::new(problem, self.now())
    }
}

/// Adds to the storage what the configuration declares. What it declared before, and does no more,
/// stays.
async fn declare(store: &dyn Storage, declared: &Declared, now: Timestamp) -> Stored<()> {
    let environment = &declared.environment;
    let id = &environment.id;
    store.add_environment(environment, now).await?;
    for key in &declared.api_keys {
        store.add_api_key(id, key, now).await?;
    }
    let known = store.signing_keys(id).await?;
    for (at, key) in (0..).zip(&declared.signing_keys) {
        if !known.contains(key) {
            let later = Timestamp(now.0.saturating_add(at));
            store.add_signing_key(id, key, later).await?;
        }
    }
    if known.is_empty() && declared.signing_keys.is_empty() {
        let key = Secret::new(crate::random::digits::<32>()?);
        store.add_signing_key(id, &key, now).await?;
    }
    for integration in &declared.integrations {
        store.put_integration(id, integration, now).await?;
    }
    for subscriber in &declared.subscribers {
        store.add_subscriber(id, subscriber, now).await?;
    }
    Ok(())
}

impl Service for OAuth {
    type Principal = Environment;
    type Error = Failure;

    async fn secret_key(&self, key: &str, head: &RequestHead) -> Result<Environment, Denied> {
        // The layer around the operation has looked it up.
        if let Some(Admitted(environment)) = head.extensions.get() {
            return Ok(environment.clone());
        }
        match self.authenticate(key).await {
            Ok(Some(environment)) => Ok(environment),
            _ => Err(Denied::Unauthenticated("API key not found".to_owned())),
        }
    }

    /// Where it may be absent, a key says nothing.
    async fn api_key(&self, _: &str, _: &RequestHead) -> Result<Environment, Denied> {
        Err(Denied::Unauthenticated("API key not found".to_owned()))
    }

    fn reject(&self, rejection: Rejection, head: &RequestHead) -> Response {
        failure::reject(rejection, head, self.now())
    }
}

impl Integrations for OAuth {
    async fn generate_link_user_oauth_url(
        &self,
        caller: Caller<Environment>,
        request: GenerateLinkUserOAuthUrlRequest,
    ) -> Result<GenerateLinkUserOAuthUrlResponse, Failure> {
        let minted = self
            .link(&caller.principal, received::link(request.body))
            .await;
        let url = minted.map_err(|problem| self.failed(problem))?;
        Ok(GenerateLinkUserOAuthUrlResponse::Created {
            headers: RateLimitIdempotencyHeaders::default(),
            body: GenerateChatOAuthUrlResponseDto { url },
        })
    }

    async fn generate_connect_oauth_url(
        &self,
        caller: Caller<Environment>,
        request: GenerateConnectOAuthUrlRequest,
    ) -> Result<GenerateConnectOAuthUrlResponse, Failure> {
        let minted = self
            .connect(&caller.principal, received::connect(request.body))
            .await;
        let url = minted.map_err(|problem| self.failed(problem))?;
        Ok(GenerateConnectOAuthUrlResponse::Created {
            headers: RateLimitIdempotencyHeaders::default(),
            body: GenerateChatOAuthUrlResponseDto { url },
        })
    }

    async fn get_chat_oauth_url(
        &self,
        caller: Caller<Environment>,
        request: GetChatOAuthUrlRequest,
    ) -> Result<GetChatOAuthUrlResponse, Failure> {
        let links = request.body.mode == Some(GenerateChatOauthUrlRequestDtoMode::LinkUser);
        let minted = if links {
            let link = received::chat_link(request.body);
            self.link(&caller.principal, link).await
        } else {
            let connect = received::chat_connect(request.body);
            self.connect(&caller.principal, connect).await
        };
        let url = minted.map_err(|problem| self.failed(problem))?;
        Ok(GetChatOAuthUrlResponse::Created {
            headers: RateLimitIdempotencyHeaders::default(),
            body: GenerateChatOAuthUrlResponseDto { url },
        })
    }

    async fn complete_chat_oauth(
        &self,
        _: Caller<()>,
        request: CompleteChatOAuthRequest,
    ) -> Result<CompleteChatOAuthResponse, Failure> {
        let back = Return {
            code: request.code,
            tenant: request.tenant,
            admin_consent: request.admin_consent,
            state: request.state,
            error: request.error,
            error_description: request.error_description,
        };
        let outcome = self.callback(self.now()).complete(&back).await;
        let outcome = outcome.map_err(|problem| self.failed(problem))?;
        Ok(match outcome {
            Outcome::Redirect(location) => CompleteChatOAuthResponse::Found {
                headers: LocationHeaders { location },
            },
            Outcome::Page => CompleteChatOAuthResponse::Ok {
                headers: policy(),
                body: page::COMPLETE.to_owned(),
            },
        })
    }
}

impl Subscribers for OAuth {
    /// The link's own signature is what counts; a key is neither needed nor looked at.
    async fn chat_access_oauth(
        &self,
        _: Caller<Option<Environment>>,
        request: ChatAccessOauthRequest,
    ) -> Result<ChatAccessOauthResponse, Failure> {
        let minted = self.legacy(&request).await;
        let location = minted.map_err(|problem| self.failed(problem))?;
        Ok(ChatAccessOauthResponse::Found {
            headers: LocationHeaders { location },
        })
    }

    async fn chat_oauth_callback(
        &self,
        _: Caller<()>,
        request: ChatOauthCallbackRequest,
    ) -> Result<ChatOauthCallbackResponse, Failure> {
        let back = LegacyReturn {
            subscriber_id: request.subscriber_id,
            provider_id: request.provider_id,
            environment_id: request.environment_id,
            integration_identifier: request.integration_identifier,
            code: request.code,
            state: request.state,
            error: request.error,
            error_description: request.error_description,
        };
        let outcome = self.callback(self.now()).complete_legacy(&back).await;
        let outcome = outcome.map_err(|problem| self.failed(problem))?;
        Ok(match outcome {
            Outcome::Redirect(location) => ChatOauthCallbackResponse::Found {
                headers: LocationHeaders { location },
            },
            Outcome::Page => ChatOauthCallbackResponse::Ok {
                headers: policy(),
                body: page::COMPLETE.to_owned(),
            },
        })
    }
}

fn policy() -> ContentSecurityPolicyHeaders {
    ContentSecurityPolicyHeaders {
        content_security_policy: Some(page::POLICY.to_owned()),
    }
}
