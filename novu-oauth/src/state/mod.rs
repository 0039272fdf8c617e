//! The signed `state` parameter: what the service must know again when the provider sends the user
//! back (RFC 6749, section 10.12).
//!
//! The text is base64url without padding (RFC 4648, section 5) of `JSON.SIGNATURE`, where the
//! signature is the lowercase hexadecimal HMAC-SHA256 of the JSON's bytes. The JSON is compact, its
//! fields come in the order of the struct, and what is absent is not written.
//!
//! The kinds of state refuse each other's fields, so that one cannot be passed off as another.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::context::Context;
use crate::domain::Provider;
use crate::signature::{hmac_hex, hmac_matches};

/// How long a state is good for, in milliseconds; its last millisecond included.
pub const LIFE_MS: u64 = 5 * 60 * 1000;

/// What the flow will do with the user's consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Connect a workspace or tenant.
    Connect,
    /// Link a subscriber to a chat identity.
    LinkUser,
}

/// To what a connection belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ConnectionMode {
    /// To one subscriber.
    Subscriber,
    /// To a context.
    Shared,
}

/// The state of a connect or link flow.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct State {
    /// The connection's identifier, if the caller chose one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identifier: Option<String>,
    /// The subscriber, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subscriber_id: Option<String>,
    /// The context, each entry in the form in which it was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context: Option<Context>,
    /// The environment of the key that asked.
    pub environment_id: String,
    /// The environment's organization.
    pub organization_id: String,
    /// The integration that was asked for.
    pub integration_identifier: String,
    /// The integration's provider.
    pub provider_id: Provider,
    /// When the URL was minted.
    pub timestamp: Timestamp,
    /// What the flow is for.
    pub mode: Mode,
    /// Slack's connect flow only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connection_mode: Option<ConnectionMode>,
    /// Connect flows only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auto_link_user: Option<bool>,
}

/// The state of the older redirect of a subscriber.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LegacyState {
    /// The environment that the URL named.
    pub environment_id: String,
    /// The subscriber that the URL named.
    pub subscriber_id: String,
    /// The provider that the URL named.
    pub provider_id: Provider,
    /// The integration that the URL named, if it did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub integration_identifier: Option<String>,
    /// When the URL was minted.
    pub timestamp: Timestamp,
}

/// A kind of state.
pub trait Payload: Serialize + DeserializeOwned {
    /// When it was minted.
    fn timestamp(&self) -> Timestamp;
}

impl Payload for State {
    fn timestamp(&self) -> Timestamp {
        self.timestamp
    }
}

impl Payload for LegacyState {
    fn timestamp(&self) -> Timestamp {
        self.timestamp
    }
}

/// The state is not one that this key signed in the last five minutes. It does not say why, so that
/// nobody learns how close a forgery came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the OAuth state is invalid or has expired")]
pub struct InvalidState;

/// The text of `payload`, signed with `key`.
///
/// Fails only if serde does, which the payloads of this module give it no cause to.
pub fn sign<P: Payload>(payload: &P, key: &[u8]) -> Result<String, serde_json::Error> {
    let json = serde_json::to_string(payload)?;
    let signature = hmac_hex(key, json.as_bytes());
    Ok(URL_SAFE_NO_PAD.encode(format!("{json}.{signature}")))
}

/// The payload that [`sign`] put into `text` with one of `keys`, no more than [`LIFE_MS`] before `now`.
///
/// Every key is tried, so that the time does not tell which one it is.
pub fn verify<'k, P: Payload>(
    text: &str,
    keys: impl IntoIterator<Item = &'k [u8]>,
    now: Timestamp,
) -> Result<P, InvalidState> {
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| InvalidState)?;
    let (json, signature) = split(&bytes)?;
    let signed = keys.into_iter().fold(false, |signed, key| {
        signed | hmac_matches(key, json.as_bytes(), signature)
    });
    if !signed {
        return Err(InvalidState);
    }
    let payload: P = serde_json::from_str(json).map_err(|_| InvalidState)?;
    if now.since(payload.timestamp()) > LIFE_MS {
        return Err(InvalidState);
    }
    Ok(payload)
}

/// What a state claims, before anything is known of its signature.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Claim {
    /// The environment, whose keys it is to be verified with.
    #[serde(default)]
    pub environment_id: Option<String>,
    /// The provider.
    #[serde(default)]
    pub provider_id: Option<String>,
}

/// What the state `text` claims.
pub fn claim(text: &str) -> Result<Claim, InvalidState> {
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| InvalidState)?;
    let (json, _) = split(&bytes)?;
    serde_json::from_str(json).map_err(|_| InvalidState)
}

/// The JSON and its signature. They part at the last dot: identifiers in the JSON may hold dots, the
/// signature does not.
fn split(bytes: &[u8]) -> Result<(&str, &str), InvalidState> {
    let signed = std::str::from_utf8(bytes).map_err(|_| InvalidState)?;
    signed.rsplit_once('.').ok_or(InvalidState)
}

#[cfg(test)]
mod tests;
