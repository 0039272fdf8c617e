//! The older redirect: a link, signed for one subscriber by the caller's own server, that sends the
//! browser on to Slack. The signature takes the place of an API key.

use std::borrow::Cow;
use std::str::FromStr as _;

use http::Uri;
use serde_json::Value;

use crate::authorize::{ApiRoot, AuthorizeUrl, Flow};
use crate::clock::Timestamp;
use crate::directory::{Integration, Provider};
use crate::mint::{Mint, client_id};
use crate::problem::{Fault, Problem};
use crate::secret::Secret;
use crate::signature::hmac_matches;
use crate::state::{self, LegacyState};

/// A request whose parts have the right form.
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

impl LegacyRequest {
    /// Checks the form of each part, and names all that are wrong.
    pub fn new(
        subscriber_id: &str,
        provider_id: &str,
        environment_id: &str,
        integration_identifier: Option<&str>,
        hmac_hash: &str,
    ) -> Result<Self, Problem> {
        let faults: Vec<_> = [
            ("subscriberId", subscriber_id),
            ("providerId", provider_id),
            ("hmacHash", hmac_hash),
            ("environmentId", environment_id),
        ]
        .into_iter()
        .filter_map(|(field, value)| fault(field, value))
        .collect();
        match Provider::from_str(provider_id) {
            Ok(provider) if faults.is_empty() => Ok(Self {
                subscriber_id: subscriber_id.to_owned(),
                provider,
                environment_id: environment_id.to_owned(),
                integration_identifier: integration_identifier
                    .filter(|identifier| !identifier.is_empty())
                    .map(str::to_owned),
                hmac_hash: hmac_hash.to_owned(),
            }),
            _ => Err(Problem::Invalid(faults)),
        }
    }
}

/// What is wrong with the form of `value`, sent as `field`.
fn fault(field: &str, value: &str) -> Option<Fault> {
    let message = match field {
        "subscriberId" | "hmacHash" if value.is_empty() => "must not be empty".to_owned(),
        "providerId" if Provider::from_str(value).is_err() => {
            let ids = Provider::ALL.map(Provider::id).join(", ");
            format!("must be one of {ids}")
        }
        "environmentId" if !is_object_id(value) => "must be 24 hexadecimal digits".to_owned(),
        _ => return None,
    };
    let value = Value::String(value.to_owned());
    Some(Fault::new(field, message, Some(value)))
}

/// Every part of a wrong form in a request that is refused before it becomes a [`LegacyRequest`], say
/// because another part is missing. Parts that are not there are not faults here.
///
/// `template` is the operation's path, with which that of `target` ends.
pub(crate) fn faults(template: &str, target: &Uri) -> Vec<Fault> {
    let segments = template.rsplit('/').zip(target.path().rsplit('/'));
    let path = segments.filter_map(|(name, segment)| {
        let name = name.strip_prefix('{')?.strip_suffix('}')?;
        Some((Cow::Borrowed(name), decoded(segment)))
    });
    let query = form_urlencoded::parse(target.query().unwrap_or_default().as_bytes());
    path.chain(query)
        .filter_map(|(field, value)| fault(&field, &value))
        .collect()
}

/// A segment of a path, in which nothing but `%` has a meaning.
fn decoded(segment: &str) -> Cow<'static, str> {
    let value = segment
        .replace('+', "%2B")
        .replace('&', "%26")
        .replace('=', "%3D");
    form_urlencoded::parse(value.as_bytes())
        .next()
        .map_or(Cow::Borrowed(""), |(text, _)| Cow::Owned(text.into_owned()))
}

/// Whether `text` has the form of an environment's id.
pub(crate) fn is_object_id(text: &str) -> bool {
    text.len() == 24 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// What the store knows about a request.
#[derive(Debug, Clone, Copy)]
pub struct LegacyView<'a> {
    /// The environment's API keys, each of which may have signed the link; the first one signs the
    /// state. `None` if there is no such environment.
    pub api_keys: Option<&'a [Secret]>,
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
        let Some(signing_key) = api_keys.first() else {
            let message = format!("Environment {} has no API key", request.environment_id);
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
        let redirect_uri = redirect_uri(request, self.root);
        Ok(Flow {
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
fn redirect_uri(request: &LegacyRequest, root: &ApiRoot) -> String {
    let mut uri = format!(
        "{}/v1/subscribers/{}/credentials/{}/oauth/callback?environmentId={}",
        root.as_str(),
        request.subscriber_id,
        request.provider,
        request.environment_id
    );
    if let Some(identifier) = &request.integration_identifier {
        uri.push_str("&integrationIdentifier=");
        uri.push_str(identifier);
    }
    uri
}

#[cfg(test)]
#[path = "legacy_tests.rs"]
mod tests;
