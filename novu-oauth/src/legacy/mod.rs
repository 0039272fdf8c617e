//! The older redirect: a link, signed for one subscriber by the caller's own server, that sends the
//! browser on to Slack. The signature takes the place of an API key.

use crate::clock::Timestamp;
use crate::domain::{Integration, Provider};
use crate::mint::{Mint, client_id};
use crate::problem::Problem;
use crate::provider::authorize::{ApiRoot, AuthorizeUrl, Flow};
use crate::secret::Secret;
use crate::signature::hmac_matches;
use crate::state::{self, LegacyState};

/// A request of the older redirect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegacyRequest {
    /// The subscriber that the link was made for. It need not exist yet.
    pub subscriber_id: String,
    /// The provider that the link names.
    pub provider: Provider,
    /// The environment, 24 hexadecimal digits.
    pub environment_id: String,
    /// The integration; without one, the newest of the provider.
    pub integration_identifier: Option<String>,
    /// HMAC-SHA256 of the subscriber's id under an API key of the environment.
    pub hmac_hash: String,
}

/// Whether `text` has the form of an environment's id.
pub(crate) fn is_object_id(text: &str) -> bool {
    text.len() == 24 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// What the store knows about a request.
#[derive(Debug, Clone, Copy)]
pub struct LegacyView<'a> {
    /// The environment's API keys, each of which may have signed the link. `None` if there is no such
    /// environment.
    pub api_keys: Option<&'a [Secret]>,
    /// The key that signs the state.
    pub signing_key: Option<&'a Secret>,
    /// The integration that the request names, or the newest of its provider.
    pub integration: Option<&'a Integration>,
}

impl Mint<'_> {
    /// The URL to which the browser is redirected. It is Slack's, whatever the provider.
    ///
    /// The integration is looked up before the signature is checked, as Novu does.
    pub fn legacy(
        self,
        request: &LegacyRequest,
        view: LegacyView<'_>,
    ) -> Result<AuthorizeUrl, Problem> {
        let (Some(api_keys), Some(integration)) = (view.api_keys, view.integration) else {
            return Err(Problem::NotFound(format!(
                "No chat integration of {} in environment {}",
                request.provider, request.environment_id
            )));
        };
        let client_id = client_id(integration)?;
        let Some(signing_key) = view.signing_key else {
            let message = format!("Environment {} has no signing key", request.environment_id);
            return Err(Problem::NotFound(message));
        };
        let signed = api_keys.iter().fold(false, |signed, key| {
            let (key, message) = (key.expose().as_bytes(), request.subscriber_id.as_bytes());
            signed | hmac_matches(key, message, &request.hmac_hash)
        });
        if !signed {
            return Err(Problem::BadRequest(
                "hmacHash does not match the subscriber".to_owned(),
            ));
        }
        let state = sign(request, signing_key, self.now)?;
        let redirect_uri = redirect_uri(
            self.root,
            &request.subscriber_id,
            request.provider,
            &request.environment_id,
            request.integration_identifier.as_deref(),
        );
        Ok(Flow {
            urls: self.urls,
            client_id,
            redirect_uri: &redirect_uri,
            state: &state,
        }
        .slack_webhook())
    }
}

fn sign(request: &LegacyRequest, key: &Secret, now: Timestamp) -> Result<String, Problem> {
    let payload = LegacyState {
        environment_id: request.environment_id.clone(),
        subscriber_id: request.subscriber_id.clone(),
        provider_id: request.provider,
        integration_identifier: request.integration_identifier.clone(),
        timestamp: now,
    };
    state::sign(&payload, key.expose().as_bytes())
        .map_err(|error| Problem::Internal(format!("cannot write the state: {error}")))
}

/// Where Slack sends the user back to. Its parts are inserted as they are, and only the whole is
/// encoded as a parameter; links of this form are in use, so the form stays.
pub(crate) fn redirect_uri(
    root: &ApiRoot,
    subscriber_id: &str,
    provider: Provider,
    environment_id: &str,
    integration: Option<&str>,
) -> String {
    let mut uri = format!(
        "{}/v1/subscribers/{subscriber_id}/credentials/{provider}/oauth/callback?environmentId={environment_id}",
        root.as_str(),
    );
    if let Some(identifier) = integration {
        uri.push_str("&integrationIdentifier=");
        uri.push_str(identifier);
    }
    uri
}

#[cfg(test)]
mod tests;
