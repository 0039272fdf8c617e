//! The client: [`Client`], and a view of it per tag.

use crate::operations::{
    API_KEY, ChatAccessOauthRequest, ChatAccessOauthResponse, GenerateConnectOAuthUrlRequest,
    GenerateConnectOAuthUrlResponse, GenerateLinkUserOAuthUrlRequest,
    GenerateLinkUserOAuthUrlResponse, RateLimitIdempotencyHeaders, SECRET_KEY,
};
use crate::support::call::success;
use crate::types::{
    GenerateChatOAuthUrlResponseDto, GenerateConnectOauthUrlRequestDto,
    GenerateLinkUserOauthUrlRequestDto,
};

pub use crate::support::call::{Call, Reply};
pub use crate::support::client::{
    Client, ClientBuilder, DEFAULT_CONNECT_TIMEOUT, DEFAULT_RESPONSE_LIMIT, DEFAULT_TIMEOUT,
};
pub use crate::support::error::{BuildError, Error, TransportError};
pub use crate::support::future::BoxFuture;
pub use crate::support::transport::{HttpTransport, Transport};

/// The servers that the document names; a client uses the first unless it is told otherwise.
pub const SERVERS: &[&str] = &["https://api.novu.co", "https://eu.api.novu.co"];

impl Client {
    /// Starts a client of the first of [`SERVERS`].
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new("https://api.novu.co")
    }

    /// The operations of the tag `Integrations`.
    #[must_use]
    pub fn integrations(&self) -> Integrations<'_> {
        Integrations { client: self }
    }

    /// The operations of the tag `Subscribers`.
    #[must_use]
    pub fn subscribers(&self) -> Subscribers<'_> {
        Subscribers { client: self }
    }
}

impl ClientBuilder {
    /// Sets the credential of the scheme `secretKey`; the prefix `ApiKey ` is added.
    ///
    /// API key authentication. Allowed headers-- "Authorization: ApiKey \<novu_secret_key\>".
    pub fn secret_key(self, key: impl Into<String>) -> Self {
        self.credential(SECRET_KEY, key.into())
    }

    /// Sets the credential of the scheme `api-key`; the prefix `ApiKey ` is added.
    ///
    /// API key authentication. Allowed headers-- "Authorization: ApiKey \<api_key\>".
    pub fn api_key(self, key: impl Into<String>) -> Self {
        self.credential(API_KEY, key.into())
    }
}

/// The operations of the tag `Integrations`.
///
/// With the help of the Integration Store, you can easily integrate your favorite delivery
/// provider. During the runtime of the API, the Integrations Store is responsible for storing the
/// configurations of all the providers.
///
/// See also <https://docs.novu.co/platform/integrations/overview>.
#[derive(Debug, Clone, Copy)]
pub struct Integrations<'c> {
    client: &'c Client,
}

impl<'c> Integrations<'c> {
    /// Generate OAuth URL to link a subscriber user identity
    ///
    /// Generate an OAuth URL that links a specific subscriber to their chat identity (Slack user ID
    /// or MS Teams user OID). The generated URL expires after 5 minutes.
    ///
    /// `POST /v1/integrations/channel-endpoints/oauth`
    pub fn generate_link_user_oauth_url(
        &self,
        body: GenerateLinkUserOauthUrlRequestDto,
    ) -> Call<'c, GenerateLinkUserOAuthUrlRequest> {
        let request = GenerateLinkUserOAuthUrlRequest {
            idempotency_key: None,
            body,
        };
        Call::new(self.client, request)
    }

    /// Generate OAuth URL for a workspace/tenant connection
    ///
    /// Generate an OAuth URL that creates a workspace or tenant-level channel connection (Slack
    /// workspace install or MS Teams admin consent). The generated URL expires after 5 minutes.
    ///
    /// `POST /v1/integrations/channel-connections/oauth`
    pub fn generate_connect_oauth_url(
        &self,
        body: GenerateConnectOauthUrlRequestDto,
    ) -> Call<'c, GenerateConnectOAuthUrlRequest> {
        let request = GenerateConnectOAuthUrlRequest {
            idempotency_key: None,
            body,
        };
        Call::new(self.client, request)
    }
}

impl Call<'_, GenerateLinkUserOAuthUrlRequest> {
    /// A header for idempotency purposes
    pub fn idempotency_key(mut self, value: impl Into<String>) -> Self {
        self.request.idempotency_key = Some(value.into());
        self
    }
}

success! {
    GenerateLinkUserOAuthUrlRequest -> GenerateLinkUserOAuthUrlResponse {
        Created { headers: RateLimitIdempotencyHeaders, body: GenerateChatOAuthUrlResponseDto },
    }
}

impl Call<'_, GenerateConnectOAuthUrlRequest> {
    /// A header for idempotency purposes
    pub fn idempotency_key(mut self, value: impl Into<String>) -> Self {
        self.request.idempotency_key = Some(value.into());
        self
    }
}

success! {
    GenerateConnectOAuthUrlRequest -> GenerateConnectOAuthUrlResponse {
        Created { headers: RateLimitIdempotencyHeaders, body: GenerateChatOAuthUrlResponseDto },
    }
}

/// The operations of the tag `Subscribers`.
///
/// A subscriber in Novu represents someone who should receive a message. A subscriber's profile
/// information contains important attributes about the subscriber that will be used in messages
/// (name, email). The subscriber object can contain other key-value pairs that can be used to
/// further personalize your messages.
///
/// See also <https://docs.novu.co/subscribers/subscribers>.
#[derive(Debug, Clone, Copy)]
pub struct Subscribers<'c> {
    client: &'c Client,
}

impl<'c> Subscribers<'c> {
    /// Handle chat oauth
    ///
    /// `GET /v1/subscribers/{subscriberId}/credentials/{providerId}/oauth`
    pub fn chat_access_oauth(
        &self,
        subscriber_id: impl Into<String>,
        provider_id: impl Into<String>,
        hmac_hash: impl Into<String>,
        environment_id: impl Into<String>,
    ) -> Call<'c, ChatAccessOauthRequest> {
        let request = ChatAccessOauthRequest {
            subscriber_id: subscriber_id.into(),
            provider_id: provider_id.into(),
            hmac_hash: hmac_hash.into(),
            environment_id: environment_id.into(),
            integration_identifier: None,
        };
        Call::new(self.client, request)
    }
}

impl Call<'_, ChatAccessOauthRequest> {
    /// The query parameter `integrationIdentifier`.
    pub fn integration_identifier(mut self, value: impl Into<String>) -> Self {
        self.request.integration_identifier = Some(value.into());
        self
    }
}

success! {
    ChatAccessOauthRequest -> ChatAccessOauthResponse { .. }
}
