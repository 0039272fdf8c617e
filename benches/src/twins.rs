//! The generated types once more, as one writes them by hand: serde's derives, and `untagged` for unions.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The twin of `Subscriber` of `plain.yaml`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Subscriber {
    /// Who it is.
    pub subscriber_id: String,
    /// How to call them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    /// How often they came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visits: Option<i64>,
    /// Whether they are there now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_online: Option<bool>,
    /// Where they can be reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channels: Option<Vec<String>>,
    /// How engaged they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// Where to write to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// In which language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
}

/// The twin of Novu's `GenerateLinkUserOauthUrlRequestDto`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LinkRequest {
    /// Whom to link.
    pub subscriber_id: String,
    /// Through what.
    pub integration_identifier: String,
    /// To which connection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection_identifier: Option<String>,
    /// In what context.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub context: Option<BTreeMap<String, Context>>,
    /// With what rights.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_scope: Option<Vec<String>>,
}

/// The twin of a value in its context.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Context {
    /// An id alone.
    String(String),
    /// An id and data.
    Object(ContextObject),
}

/// The twin of the object form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContextObject {
    /// The id.
    pub id: String,
    /// Anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<Map<String, Value>>,
}

/// The twin of Novu's `ErrorDto`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Error {
    /// The HTTP status.
    pub status_code: f64,
    /// When.
    pub timestamp: String,
    /// Where.
    pub path: String,
    /// What.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<Message>,
    /// More of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ctx: Option<Map<String, Value>>,
    /// A mark to search for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_id: Option<String>,
}

/// The twin of its message, with `nullable` where the document has it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Message {
    /// A string, or `null`.
    String(Option<String>),
    /// A number.
    Number(f64),
    /// A boolean.
    Boolean(bool),
    /// An object.
    Object(Map<String, Value>),
    /// An array.
    Array(Vec<MessageItem>),
}

/// The twin of an item of such an array.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum MessageItem {
    /// A string, or `null`.
    String(Option<String>),
    /// A number.
    Number(f64),
    /// A boolean.
    Boolean(bool),
    /// An object.
    Object(Map<String, Value>),
}
