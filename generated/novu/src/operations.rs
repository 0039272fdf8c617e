//! The operations: a request and a response type for each, and the tables that put them on the wire.

use crate::support::headers::headers;
use crate::support::operation::request;
use crate::support::responses::responses;
use crate::types::{
    ErrorDto, GenerateChatOAuthUrlResponseDto, GenerateConnectOauthUrlRequestDto,
    GenerateLinkUserOauthUrlRequestDto, ValidationErrorDto,
};

pub use crate::support::operation::{BodyInfo, Operation, OperationInfo, ResponseInfo};
pub use crate::support::security::{Place, Requirement, Scheme};

/// Security scheme `secretKey`.
///
/// API key authentication. Allowed headers-- "Authorization: ApiKey \<novu_secret_key\>".
pub const SECRET_KEY: Scheme = Scheme::header("secretKey", "Authorization").with_prefix("ApiKey ");

/// Security scheme `api-key`.
///
/// API key authentication. Allowed headers-- "Authorization: ApiKey \<api_key\>".
pub const API_KEY: Scheme = Scheme::header("api-key", "Authorization").with_prefix("ApiKey ");

/// Generate OAuth URL to link a subscriber user identity
///
/// Generate an OAuth URL that links a specific subscriber to their chat identity (Slack user ID or
/// MS Teams user OID). The generated URL expires after 5 minutes.
///
/// The request of `POST /v1/integrations/channel-endpoints/oauth`.
#[derive(Debug, Clone, PartialEq)]
pub struct GenerateLinkUserOAuthUrlRequest {
    /// A header for idempotency purposes
    pub idempotency_key: Option<String>,
    /// The JSON body.
    pub body: GenerateLinkUserOauthUrlRequestDto,
}

request! {
    GenerateLinkUserOAuthUrlRequest -> GenerateLinkUserOAuthUrlResponse {
        POST "/v1/integrations/channel-endpoints/oauth" "IntegrationsController_generateLinkUserOAuthUrl";
        security [[SECRET_KEY]];
        header "idempotency-key" => idempotency_key?;
        body json => body;
    }
}

/// The responses of [`GenerateLinkUserOAuthUrlRequest`].
#[derive(Debug, Clone, PartialEq)]
pub enum GenerateLinkUserOAuthUrlResponse {
    /// 201: Created
    Created {
        /// The headers.
        headers: RateLimitIdempotencyHeaders,
        /// The JSON body.
        body: GenerateChatOAuthUrlResponseDto,
    },
    /// 400: Bad Request
    BadRequest {
        /// The headers.
        headers: RateLimitIdempotencyHeaders,
        /// The JSON body.
        body: ErrorDto,
    },
    /// 401: Unauthorized
    Unauthorized {
        /// The headers.
        headers: RateLimitIdempotencyHeaders,
        /// The JSON body.
        body: ErrorDto,
    },
    /// 403: Forbidden
    Forbidden {
        /// The headers.
        headers: RateLimitIdempotencyHeaders,
        /// The JSON body.
        body: ErrorDto,
    },
    /// 404: Not Found
    NotFound {
        /// The headers.
        headers: RateLimitIdempotencyHeaders,
        /// The JSON body.
        body: ErrorDto,
    },
    /// 405: Method Not Allowed
    MethodNotAllowed {
        /// The headers.
        headers: RateLimitIdempotencyHeaders,
        /// The JSON body.
        body: ErrorDto,
    },
    /// 409: Conflict
    Conflict {
        /// The headers.
        headers: RateLimitIdempotencyHeaders,
        /// The JSON body.
        body: ErrorDto,
    },
    /// 413: Payload Too Large
    PayloadTooLarge {
        /// The headers.
        headers: RateLimitIdempotencyHeaders,
        /// The JSON body.
        body: ErrorDto,
    },
    /// 414: URI Too Long
    UriTooLong {
        /// The JSON body.
        body: ErrorDto,
    },
    /// 415: Unsupported Media Type
    UnsupportedMediaType {
        /// The headers.
        headers: RateLimitIdempotencyHeaders,
        /// The JSON body.
        body: ErrorDto,
    },
    /// 422: Unprocessable Entity
    UnprocessableEntity {
        /// The headers.
        headers: RateLimitIdempotencyHeaders,
        /// The JSON body.
        body: ValidationErrorDto,
    },
    /// 429: The client has sent too many requests in a given amount of time.
    TooManyRequests {
        /// The headers.
        headers: RateLimitIdempotencyRetryAfterHeaders,
        /// The JSON body.
        body: String,
    },
    /// 500: Internal Server Error
    InternalServerError {
        /// The headers.
        headers: RateLimitIdempotencyHeaders,
        /// The JSON body.
        body: ErrorDto,
    },
    /// 503: The server is currently unable to handle the request due to a temporary overload or
    /// scheduled maintenance, which will likely be alleviated after some delay.
    ServiceUnavailable {
        /// The headers.
        headers: RateLimitIdempotencyRetryAfterHeaders,
        /// The JSON body.
        body: String,
    },
}

responses! {
    GenerateLinkUserOAuthUrlResponse {
        201 => Created { headers, body: json },
        400 => BadRequest { headers, body: json },
        401 => Unauthorized { headers, body: json },
        403 => Forbidden { headers, body: json },
        404 => NotFound { headers, body: json },
        405 => MethodNotAllowed { headers, body: json },
        409 => Conflict { headers, body: json },
        413 => PayloadTooLarge { headers, body: json },
        414 => UriTooLong { body: json },
        415 => UnsupportedMediaType { headers, body: json },
        422 => UnprocessableEntity { headers, body: json },
        429 => TooManyRequests { headers, body: json },
        500 => InternalServerError { headers, body: json },
        503 => ServiceUnavailable { headers, body: json },
    }
}

/// Generate OAuth URL for a workspace/tenant connection
///
/// Generate an OAuth URL that creates a workspace or tenant-level channel connection (Slack
/// workspace install or MS Teams admin consent). The generated URL expires after 5 minutes.
///
/// The request of `POST /v1/integrations/channel-connections/oauth`.
#[derive(Debug, Clone, PartialEq)]
pub struct GenerateConnectOAuthUrlRequest {
    /// A header for idempotency purposes
    pub idempotency_key: Option<String>,
    /// The JSON body.
    pub body: GenerateConnectOauthUrlRequestDto,
}

request! {
    GenerateConnectOAuthUrlRequest -> GenerateConnectOAuthUrlResponse {
        POST "/v1/integrations/channel-connections/oauth" "IntegrationsController_generateConnectOAuthUrl";
        security [[SECRET_KEY]];
        header "idempotency-key" => idempotency_key?;
        body json => body;
    }
}

/// The responses of [`GenerateConnectOAuthUrlRequest`].
#[derive(Debug, Clone, PartialEq)]
pub enum GenerateConnectOAuthUrlResponse {
    /// 201: Created
    Created {
        /// The headers.
        headers: RateLimitIdempotencyHeaders,
        /// The JSON body.
        body: GenerateChatOAuthUrlResponseDto,
    },
    /// 400: Bad Request
    BadRequest {
        /// The headers.
        headers: RateLimitIdempotencyHeaders,
        /// The JSON body.
        body: ErrorDto,
    },
    /// 401: Unauthorized
    Unauthorized {
        /// The headers.
        headers: RateLimitIdempotencyHeaders,
        /// The JSON body.
        body: ErrorDto,
    },
    /// 403: Forbidden
    Forbidden {
        /// The headers.
        headers: RateLimitIdempotencyHeaders,
        /// The JSON body.
        body: ErrorDto,
    },
    /// 404: Not Found
    NotFound {
        /// The headers.
        headers: RateLimitIdempotencyHeaders,
        /// The JSON body.
        body: ErrorDto,
    },
    /// 405: Method Not Allowed
    MethodNotAllowed {
        /// The headers.
        headers: RateLimitIdempotencyHeaders,
        /// The JSON body.
        body: ErrorDto,
    },
    /// 409: Conflict
    Conflict {
        /// The headers.
        headers: RateLimitIdempotencyHeaders,
        /// The JSON body.
        body: ErrorDto,
    },
    /// 413: Payload Too Large
    PayloadTooLarge {
        /// The headers.
        headers: RateLimitIdempotencyHeaders,
        /// The JSON body.
        body: ErrorDto,
    },
    /// 414: URI Too Long
    UriTooLong {
        /// The JSON body.
        body: ErrorDto,
    },
    /// 415: Unsupported Media Type
    UnsupportedMediaType {
        /// The headers.
        headers: RateLimitIdempotencyHeaders,
        /// The JSON body.
        body: ErrorDto,
    },
    /// 422: Unprocessable Entity
    UnprocessableEntity {
        /// The headers.
        headers: RateLimitIdempotencyHeaders,
        /// The JSON body.
        body: ValidationErrorDto,
    },
    /// 429: The client has sent too many requests in a given amount of time.
    TooManyRequests {
        /// The headers.
        headers: RateLimitIdempotencyRetryAfterHeaders,
        /// The JSON body.
        body: String,
    },
    /// 500: Internal Server Error
    InternalServerError {
        /// The headers.
        headers: RateLimitIdempotencyHeaders,
        /// The JSON body.
        body: ErrorDto,
    },
    /// 503: The server is currently unable to handle the request due to a temporary overload or
    /// scheduled maintenance, which will likely be alleviated after some delay.
    ServiceUnavailable {
        /// The headers.
        headers: RateLimitIdempotencyRetryAfterHeaders,
        /// The JSON body.
        body: String,
    },
}

responses! {
    GenerateConnectOAuthUrlResponse {
        201 => Created { headers, body: json },
        400 => BadRequest { headers, body: json },
        401 => Unauthorized { headers, body: json },
        403 => Forbidden { headers, body: json },
        404 => NotFound { headers, body: json },
        405 => MethodNotAllowed { headers, body: json },
        409 => Conflict { headers, body: json },
        413 => PayloadTooLarge { headers, body: json },
        414 => UriTooLong { body: json },
        415 => UnsupportedMediaType { headers, body: json },
        422 => UnprocessableEntity { headers, body: json },
        429 => TooManyRequests { headers, body: json },
        500 => InternalServerError { headers, body: json },
        503 => ServiceUnavailable { headers, body: json },
    }
}

/// Handle chat oauth
///
/// The request of `GET /v1/subscribers/{subscriberId}/credentials/{providerId}/oauth`.
#[derive(Debug, Clone, PartialEq)]
pub struct ChatAccessOauthRequest {
    /// The path parameter `subscriberId`.
    pub subscriber_id: String,
    /// The path parameter `providerId`.
    pub provider_id: String,
    /// The query parameter `hmacHash`.
    pub hmac_hash: String,
    /// The query parameter `environmentId`.
    pub environment_id: String,
    /// The query parameter `integrationIdentifier`.
    pub integration_identifier: Option<String>,
}

request! {
    ChatAccessOauthRequest -> ChatAccessOauthResponse {
        GET "/v1/subscribers/{subscriberId}/credentials/{providerId}/oauth" "SubscribersController_chatAccessOauth";
        security [[API_KEY], []];
        path "subscriberId" => subscriber_id;
        path "providerId" => provider_id;
        query "hmacHash" => hmac_hash;
        query "environmentId" => environment_id;
        query "integrationIdentifier" => integration_identifier?;
    }
}

/// The responses of [`ChatAccessOauthRequest`].
#[derive(Debug, Clone, PartialEq)]
pub enum ChatAccessOauthResponse {
    /// 200
    Ok {},
    /// 302: The chat provider's authorization page.
    Found {
        /// The headers.
        headers: LocationHeaders,
    },
    /// 400: Bad Request
    BadRequest {
        /// The JSON body.
        body: ErrorDto,
    },
    /// 404: Not Found
    NotFound {
        /// The JSON body.
        body: ErrorDto,
    },
    /// 409: The request could not be completed due to a conflict with the current state of the
    /// target resource.
    Conflict {
        /// The JSON body.
        body: String,
    },
    /// 422: Unprocessable Entity
    UnprocessableEntity {
        /// The JSON body.
        body: ValidationErrorDto,
    },
    /// 429: The client has sent too many requests in a given amount of time.
    TooManyRequests {
        /// The JSON body.
        body: String,
    },
    /// 503: The server is currently unable to handle the request due to a temporary overload or
    /// scheduled maintenance, which will likely be alleviated after some delay.
    ServiceUnavailable {
        /// The JSON body.
        body: String,
    },
}

responses! {
    ChatAccessOauthResponse {
        200 => Ok {},
        302 => Found { headers },
        400 => BadRequest { body: json },
        404 => NotFound { body: json },
        409 => Conflict { body: json },
        422 => UnprocessableEntity { body: json },
        429 => TooManyRequests { body: json },
        503 => ServiceUnavailable { body: json },
    }
}

/// The headers `RateLimit-*` and `Idempotency-*`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RateLimitIdempotencyHeaders {
    /// The number of requests that the client is permitted to make per second. The actual maximum
    /// may differ when burst is enabled.
    pub rate_limit_limit: Option<String>,
    /// The number of requests remaining until the next window.
    pub rate_limit_remaining: Option<String>,
    /// The remaining seconds until a request of the same cost will be refreshed.
    pub rate_limit_reset: Option<String>,
    /// The rate limit policy that was used to evaluate the request.
    pub rate_limit_policy: Option<String>,
    /// The idempotency key used to evaluate the request.
    pub idempotency_key: Option<String>,
    /// Whether the request was a replay of a previous request.
    pub idempotency_replay: Option<String>,
}

headers! {
    RateLimitIdempotencyHeaders {
        "RateLimit-Limit" => rate_limit_limit?,
        "RateLimit-Remaining" => rate_limit_remaining?,
        "RateLimit-Reset" => rate_limit_reset?,
        "RateLimit-Policy" => rate_limit_policy?,
        "Idempotency-Key" => idempotency_key?,
        "Idempotency-Replay" => idempotency_replay?,
    }
}

/// The headers `RateLimit-*`, `Idempotency-*` and `Retry-After`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RateLimitIdempotencyRetryAfterHeaders {
    /// The number of requests that the client is permitted to make per second. The actual maximum
    /// may differ when burst is enabled.
    pub rate_limit_limit: Option<String>,
    /// The number of requests remaining until the next window.
    pub rate_limit_remaining: Option<String>,
    /// The remaining seconds until a request of the same cost will be refreshed.
    pub rate_limit_reset: Option<String>,
    /// The rate limit policy that was used to evaluate the request.
    pub rate_limit_policy: Option<String>,
    /// The idempotency key used to evaluate the request.
    pub idempotency_key: Option<String>,
    /// Whether the request was a replay of a previous request.
    pub idempotency_replay: Option<String>,
    /// The number of seconds after which the client may retry the request that was previously
    /// rejected.
    pub retry_after: Option<String>,
}

headers! {
    RateLimitIdempotencyRetryAfterHeaders {
        "RateLimit-Limit" => rate_limit_limit?,
        "RateLimit-Remaining" => rate_limit_remaining?,
        "RateLimit-Reset" => rate_limit_reset?,
        "RateLimit-Policy" => rate_limit_policy?,
        "Idempotency-Key" => idempotency_key?,
        "Idempotency-Replay" => idempotency_replay?,
        "Retry-After" => retry_after?,
    }
}

/// The header `Location`.
#[derive(Debug, Clone, PartialEq)]
pub struct LocationHeaders {
    /// The authorization page of the chat provider.
    pub location: String,
}

headers! {
    LocationHeaders {
        "Location" => location,
    }
}
