//! The schemas of the document as Rust types.

use std::collections::BTreeMap;

use crate::{
    Map, Maybe, Value,
    support::{object_table::object, string_enum::string_enum, union_table::union},
};

/// `ConstraintValidation`
#[derive(Debug, Clone, PartialEq)]
pub struct ConstraintValidation {
    /// List of validation error messages
    pub messages: Vec<String>,
    /// Value that failed validation
    pub value: Maybe<ConstraintValidationValue>,
}

object! {
    ConstraintValidation {
        "messages" => messages,
        "value" => value?,
    }
}

impl ConstraintValidation {
    /// With what is required; the rest is absent.
    #[must_use]
    pub fn new(messages: Vec<String>) -> Self {
        Self { messages, value: Maybe::Absent }
    }
}

/// `value` of [`ConstraintValidation`]
#[derive(Debug, Clone, PartialEq)]
pub enum ConstraintValidationValue {
    /// A string.
    String(String),
    /// A number.
    Number(f64),
    /// A boolean.
    Boolean(bool),
    /// An object.
    Object(Map<String, Value>),
    /// An array.
    Array(Vec<Option<ConstraintValidationValueArrayItem>>),
}

union! {
    ConstraintValidationValue = String | Number | Boolean | Object | Array {
        string => String,
        number => Number,
        boolean => Boolean,
        object => Object,
        array => Array,
    }
}

/// An item of [`ConstraintValidationValue::Array`]
#[derive(Debug, Clone, PartialEq)]
pub enum ConstraintValidationValueArrayItem {
    /// A string.
    String(String),
    /// A number.
    Number(f64),
    /// A boolean.
    Boolean(bool),
    /// An object.
    Object(Map<String, Value>),
}

union! {
    ConstraintValidationValueArrayItem = String | Number | Boolean | Object {
        string => String,
        number => Number,
        boolean => Boolean,
        object => Object,
    }
}

/// `ErrorDto`
#[derive(Debug, Clone, PartialEq)]
pub struct ErrorDto {
    /// HTTP status code of the error response.
    pub status_code: f64,
    /// Timestamp of when the error occurred.
    pub timestamp: String,
    /// The path where the error occurred.
    pub path: String,
    /// Value that failed validation
    pub message: Maybe<ErrorDtoMessage>,
    /// Optional context object for additional error details.
    pub ctx: Option<Map<String, Value>>,
    /// Optional unique identifier for the error, useful for tracking using Sentry and
    /// New Relic, only available for 500.
    pub error_id: Option<String>,
}

object! {
    ErrorDto {
        "statusCode" => status_code,
        "timestamp" => timestamp,
        "path" => path,
        "message" => message?,
        "ctx" => ctx?,
        "errorId" => error_id?,
    }
}

impl ErrorDto {
    /// With what is required; the rest is absent.
    #[must_use]
    pub fn new(status_code: f64, timestamp: impl Into<String>, path: impl Into<String>) -> Self {
        Self {
            status_code,
            timestamp: timestamp.into(),
            path: path.into(),
            message: Maybe::Absent,
            ctx: None,
            error_id: None,
        }
    }
}

/// `message` of [`ErrorDto`]
#[derive(Debug, Clone, PartialEq)]
pub enum ErrorDtoMessage {
    /// A string.
    String(String),
    /// A number.
    Number(f64),
    /// A boolean.
    Boolean(bool),
    /// An object.
    Object(Map<String, Value>),
    /// An array.
    Array(Vec<Option<ErrorDtoMessageArrayItem>>),
}

union! {
    ErrorDtoMessage = String | Number | Boolean | Object | Array {
        string => String,
        number => Number,
        boolean => Boolean,
        object => Object,
        array => Array,
    }
}

/// An item of [`ErrorDtoMessage::Array`]
#[derive(Debug, Clone, PartialEq)]
pub enum ErrorDtoMessageArrayItem {
    /// A string.
    String(String),
    /// A number.
    Number(f64),
    /// A boolean.
    Boolean(bool),
    /// An object.
    Object(Map<String, Value>),
}

union! {
    ErrorDtoMessageArrayItem = String | Number | Boolean | Object {
        string => String,
        number => Number,
        boolean => Boolean,
        object => Object,
    }
}

/// `GenerateChatOAuthUrlResponseDto`
#[derive(Debug, Clone, PartialEq)]
pub struct GenerateChatOAuthUrlResponseDto {
    /// The OAuth authorization URL for the chat provider. For Slack: https://slack.com/oauth/v2/authorize?... For MS
    /// Teams: https://login.microsoftonline.com/.../adminconsent?... This URL should be presented to the user to
    /// authorize the integration. Expires after 5 minutes.
    pub url: String,
}

object! {
    GenerateChatOAuthUrlResponseDto {
        "url" => url,
    }
}

/// `GenerateConnectOauthUrlRequestDto`
#[derive(Debug, Clone, PartialEq)]
pub struct GenerateConnectOauthUrlRequestDto {
    /// The subscriber ID to associate with the resulting channel connection.
    pub subscriber_id: Option<String>,
    /// Integration identifier
    pub integration_identifier: String,
    /// Identifier of the channel connection to be created. Generated automatically if not provided.
    pub connection_identifier: Option<String>,
    /// `context`
    pub context: Option<BTreeMap<String, GenerateConnectOauthUrlRequestDtoContextValue>>,
    /// OAuth scopes to request.
    pub scope: Option<Vec<String>>,
    /// Whether the connection belongs to one subscriber or is shared.
    pub connection_mode: Option<GenerateConnectOauthUrlRequestDtoConnectionMode>,
    /// Whether the user who authorizes is linked to the subscriber.
    pub auto_link_user: Option<bool>,
}

object! {
    GenerateConnectOauthUrlRequestDto {
        "subscriberId" => subscriber_id?,
        "integrationIdentifier" => integration_identifier,
        "connectionIdentifier" => connection_identifier?,
        "context" => context?,
        "scope" => scope?,
        "connectionMode" => connection_mode?,
        "autoLinkUser" => auto_link_user?,
    }
}

impl GenerateConnectOauthUrlRequestDto {
    /// With what is required; the rest is absent.
    #[must_use]
    pub fn new(integration_identifier: impl Into<String>) -> Self {
        Self {
            subscriber_id: None,
            integration_identifier: integration_identifier.into(),
            connection_identifier: None,
            context: None,
            scope: None,
            connection_mode: None,
            auto_link_user: None,
        }
    }
}

/// A value of `context` of [`GenerateConnectOauthUrlRequestDto`]
#[derive(Debug, Clone, PartialEq)]
pub enum GenerateConnectOauthUrlRequestDtoContextValue {
    /// Simple context id
    String(String),
    /// Rich context object with id and optional data
    Object(GenerateConnectOauthUrlRequestDtoContextValueObject),
}

union! {
    GenerateConnectOauthUrlRequestDtoContextValue = String | Object {
        string => String,
        object => Object,
    }
}

/// Rich context object with id and optional data
#[derive(Debug, Clone, PartialEq)]
pub struct GenerateConnectOauthUrlRequestDtoContextValueObject {
    /// `id`
    pub id: String,
    /// Optional additional context data
    pub data: Option<Map<String, Value>>,
}

object! {
    GenerateConnectOauthUrlRequestDtoContextValueObject {
        "id" => id,
        "data" => data?,
    }
}

impl GenerateConnectOauthUrlRequestDtoContextValueObject {
    /// With what is required; the rest is absent.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into(), data: None }
    }
}

/// `connectionMode` of [`GenerateConnectOauthUrlRequestDto`]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GenerateConnectOauthUrlRequestDtoConnectionMode {
    /// `subscriber`
    Subscriber,
    /// `shared`
    Shared,
}

string_enum! {
    GenerateConnectOauthUrlRequestDtoConnectionMode {
        "subscriber" => Subscriber,
        "shared" => Shared,
    }
}

/// `GenerateLinkUserOauthUrlRequestDto`
#[derive(Debug, Clone, PartialEq)]
pub struct GenerateLinkUserOauthUrlRequestDto {
    /// The subscriber ID to link to their chat identity. Required — this operation always binds a specific subscriber
    /// to a user identity in the chat provider.
    pub subscriber_id: String,
    /// Integration identifier
    pub integration_identifier: String,
    /// Identifier of the existing channel connection to associate this user endpoint with. Generated automatically if
    /// not provided.
    pub connection_identifier: Option<String>,
    /// `context`
    pub context: Option<BTreeMap<String, GenerateLinkUserOauthUrlRequestDtoContextValue>>,
    /// **Slack only**: User-level OAuth scopes for "Sign in with Slack". Defaults to: identity.basic. **MS Teams**:
    /// ignored — uses delegated OpenID scopes (openid, profile, User.Read).
    pub user_scope: Option<Vec<String>>,
}

object! {
    GenerateLinkUserOauthUrlRequestDto {
        "subscriberId" => subscriber_id,
        "integrationIdentifier" => integration_identifier,
        "connectionIdentifier" => connection_identifier?,
        "context" => context?,
        "userScope" => user_scope?,
    }
}

impl GenerateLinkUserOauthUrlRequestDto {
    /// With what is required; the rest is absent.
    #[must_use]
    pub fn new(subscriber_id: impl Into<String>, integration_identifier: impl Into<String>) -> Self {
        Self {
            subscriber_id: subscriber_id.into(),
            integration_identifier: integration_identifier.into(),
            connection_identifier: None,
            context: None,
            user_scope: None,
        }
    }
}

/// A value of `context` of [`GenerateLinkUserOauthUrlRequestDto`]
#[derive(Debug, Clone, PartialEq)]
pub enum GenerateLinkUserOauthUrlRequestDtoContextValue {
    /// Simple context id
    String(String),
    /// Rich context object with id and optional data
    Object(GenerateLinkUserOauthUrlRequestDtoContextValueObject),
}

union! {
    GenerateLinkUserOauthUrlRequestDtoContextValue = String | Object {
        string => String,
        object => Object,
    }
}

/// Rich context object with id and optional data
#[derive(Debug, Clone, PartialEq)]
pub struct GenerateLinkUserOauthUrlRequestDtoContextValueObject {
    /// `id`
    pub id: String,
    /// Optional additional context data
    pub data: Option<Map<String, Value>>,
}

object! {
    GenerateLinkUserOauthUrlRequestDtoContextValueObject {
        "id" => id,
        "data" => data?,
    }
}

impl GenerateLinkUserOauthUrlRequestDtoContextValueObject {
    /// With what is required; the rest is absent.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into(), data: None }
    }
}

/// `ValidationErrorDto`
#[derive(Debug, Clone, PartialEq)]
pub struct ValidationErrorDto {
    /// HTTP status code of the error response.
    pub status_code: f64,
    /// Timestamp of when the error occurred.
    pub timestamp: String,
    /// The path where the error occurred.
    pub path: String,
    /// Value that failed validation
    pub message: Maybe<ValidationErrorDtoMessage>,
    /// Optional context object for additional error details.
    pub ctx: Option<Map<String, Value>>,
    /// Optional unique identifier for the error, useful for tracking using Sentry and
    /// New Relic, only available for 500.
    pub error_id: Option<String>,
    /// A record of validation errors keyed by field name
    pub errors: BTreeMap<String, ConstraintValidation>,
}

object! {
    ValidationErrorDto {
        "statusCode" => status_code,
        "timestamp" => timestamp,
        "path" => path,
        "message" => message?,
        "ctx" => ctx?,
        "errorId" => error_id?,
        "errors" => errors,
    }
}

impl ValidationErrorDto {
    /// With what is required; the rest is absent.
    #[must_use]
    pub fn new(
        status_code: f64,
        timestamp: impl Into<String>,
        path: impl Into<String>,
        errors: BTreeMap<String, ConstraintValidation>,
    ) -> Self {
        Self {
            status_code,
            timestamp: timestamp.into(),
            path: path.into(),
            message: Maybe::Absent,
            ctx: None,
            error_id: None,
            errors,
        }
    }
}

/// `message` of [`ValidationErrorDto`]
#[derive(Debug, Clone, PartialEq)]
pub enum ValidationErrorDtoMessage {
    /// A string.
    String(String),
    /// A number.
    Number(f64),
    /// A boolean.
    Boolean(bool),
    /// An object.
    Object(Map<String, Value>),
    /// An array.
    Array(Vec<Option<ValidationErrorDtoMessageArrayItem>>),
}

union! {
    ValidationErrorDtoMessage = String | Number | Boolean | Object | Array {
        string => String,
        number => Number,
        boolean => Boolean,
        object => Object,
        array => Array,
    }
}

/// An item of [`ValidationErrorDtoMessage::Array`]
#[derive(Debug, Clone, PartialEq)]
pub enum ValidationErrorDtoMessageArrayItem {
    /// A string.
    String(String),
    /// A number.
    Number(f64),
    /// A boolean.
    Boolean(bool),
    /// An object.
    Object(Map<String, Value>),
}

union! {
    ValidationErrorDtoMessageArrayItem = String | Number | Boolean | Object {
        string => String,
        number => Number,
        boolean => Boolean,
        object => Object,
    }
}
