//! The server: a trait per tag, to be implemented over [`Service`], and [`Server`], which serves them.

use std::future::Future;

use axum::response::Response;

use crate::operations::{
    API_KEY, ChatAccessOauthRequest, ChatAccessOauthResponse, GenerateConnectOAuthUrlRequest,
    GenerateConnectOAuthUrlResponse, GenerateLinkUserOAuthUrlRequest,
    GenerateLinkUserOAuthUrlResponse, SECRET_KEY,
};
use crate::support::guard::schemes;
use crate::support::route::routes;

pub use crate::support::operation::OperationInfo;
pub use crate::support::rejection::{Cause, Denied, IntoFailure, Rejection};
pub use crate::support::request_head::{Caller, RequestHead};
pub use crate::support::server::{ApiService, DEFAULT_BODY_LIMIT, Server};

/// What all tags share: who may call, and how failures look.
pub trait Service: Send + Sync + 'static {
    /// What a good credential turns into, such as a user; handlers get it with the [`Caller`].
    type Principal: Send + Sync + 'static;

    /// The error of the handlers, for what is no documented response.
    type Error: IntoFailure + Send;

    /// Checks a credential of the scheme `secretKey`, with the prefix `ApiKey ` taken off.
    ///
    /// API key authentication. Allowed headers-- "Authorization: ApiKey \<novu_secret_key\>".
    fn secret_key(
        &self,
        credential: &str,
        head: &RequestHead,
    ) -> impl Future<Output = Result<Self::Principal, Denied>> + Send;

    /// Checks a credential of the scheme `api-key`, with the prefix `ApiKey ` taken off.
    ///
    /// API key authentication. Allowed headers-- "Authorization: ApiKey \<api_key\>".
    fn api_key(
        &self,
        credential: &str,
        head: &RequestHead,
    ) -> impl Future<Output = Result<Self::Principal, Denied>> + Send;

    /// Renders what the server refuses before a handler runs; as problem details unless overridden.
    fn reject(&self, rejection: Rejection, head: &RequestHead) -> Response {
        let _ = head;
        rejection.problem()
    }
}

schemes! {
    Service {
        SECRET_KEY => secret_key,
        API_KEY => api_key,
    }
}

/// The operations of the tag `Integrations`.
///
/// With the help of the Integration Store, you can easily integrate your favorite delivery
/// provider. During the runtime of the API, the Integrations Store is responsible for storing the
/// configurations of all the providers.
///
/// See also <https://docs.novu.co/platform/integrations/overview>.
pub trait Integrations: Service {
    /// Generate OAuth URL to link a subscriber user identity
    ///
    /// Generate an OAuth URL that links a specific subscriber to their chat identity (Slack user ID
    /// or MS Teams user OID). The generated URL expires after 5 minutes.
    ///
    /// `POST /v1/integrations/channel-endpoints/oauth`
    fn generate_link_user_oauth_url(
        &self,
        caller: Caller<Self::Principal>,
        request: GenerateLinkUserOAuthUrlRequest,
    ) -> impl Future<Output = Result<GenerateLinkUserOAuthUrlResponse, Self::Error>> + Send;

    /// Generate OAuth URL for a workspace/tenant connection
    ///
    /// Generate an OAuth URL that creates a workspace or tenant-level channel connection (Slack
    /// workspace install or MS Teams admin consent). The generated URL expires after 5 minutes.
    ///
    /// `POST /v1/integrations/channel-connections/oauth`
    fn generate_connect_oauth_url(
        &self,
        caller: Caller<Self::Principal>,
        request: GenerateConnectOAuthUrlRequest,
    ) -> impl Future<Output = Result<GenerateConnectOAuthUrlResponse, Self::Error>> + Send;
}

routes! {
    Integrations as integrations {
        GenerateLinkUserOAuthUrlRequest => required generate_link_user_oauth_url,
        GenerateConnectOAuthUrlRequest => required generate_connect_oauth_url,
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
pub trait Subscribers: Service {
    /// Handle chat oauth
    ///
    /// `GET /v1/subscribers/{subscriberId}/credentials/{providerId}/oauth`
    fn chat_access_oauth(
        &self,
        caller: Caller<Option<Self::Principal>>,
        request: ChatAccessOauthRequest,
    ) -> impl Future<Output = Result<ChatAccessOauthResponse, Self::Error>> + Send;
}

routes! {
    Subscribers as subscribers {
        ChatAccessOauthRequest => optional chat_access_oauth,
    }
}
