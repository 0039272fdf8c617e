//! Slack comes back from the older redirect of a subscriber, with the webhook of a channel.

use super::{Callback, Outcome, app, bad, done, endpoint_name, refused};
use crate::domain::{Address, Endpoint, Provider};
use crate::legacy::redirect_uri;
use crate::problem::Problem;
use crate::state::LegacyState;
use crate::storage::Completion;

/// What Slack sends the user back with.
#[derive(Debug, Clone)]
pub struct LegacyReturn {
    /// The subscriber in the path.
    pub subscriber_id: String,
    /// The provider in the path.
    pub provider_id: String,
    /// The environment.
    pub environment_id: String,
    /// The integration, if the link named one.
    pub integration_identifier: Option<String>,
    /// The authorization code.
    pub code: Option<String>,
    /// The state of the URL.
    pub state: Option<String>,
    /// Why there is no code.
    pub error: Option<String>,
    /// The same in words.
    pub error_description: Option<String>,
}

impl Callback<'_> {
    /// Completes the flow of an older link.
    pub async fn complete_legacy(self, back: &LegacyReturn) -> Result<Outcome, Problem> {
        refused(back.error.as_deref(), back.error_description.as_deref())?;
        let text = back.state.as_deref().filter(|text| !text.is_empty());
        let text = text.ok_or_else(|| bad("state is required"))?;
        let code = back.code.as_deref().filter(|code| !code.is_empty());
        let code = code.ok_or_else(|| bad("code is required"))?;
        let (state, environment, _) = self.verified::<LegacyState>(text).await?;
        let named = back.integration_identifier.as_deref();
        let named = named.filter(|identifier| !identifier.is_empty());
        let same = state.environment_id == back.environment_id
            && state.subscriber_id == back.subscriber_id
            && state.provider_id.id() == back.provider_id
            && state.integration_identifier.as_deref() == named;
        if !same {
            return Err(bad("the OAuth state is of another link"));
        }
        let provider: Provider = state.provider_id;
        let found = self.store.integration_of(&environment.id, provider, named);
        let integration = found.await?.ok_or_else(|| {
            Problem::NotFound(format!(
                "No chat integration of {provider} in environment {}",
                environment.id
            ))
        })?;
        let integration = self.with_credentials(integration);
        let redirect_uri = redirect_uri(
            self.root,
            &state.subscriber_id,
            provider,
            &environment.id,
            named,
        );
        let app = app(&integration, &redirect_uri)?;
        let grant = self.providers.slack(app, code).await?;
        let url = grant.webhook.ok_or_else(|| bad("Slack gave no webhook"))?;
        let completion = Completion {
            subscriber: Some(state.subscriber_id.clone()),
            endpoints: vec![Endpoint {
                identifier: endpoint_name()?,
                integration: integration.identifier.clone(),
                connection: None,
                subscriber_id: Some(state.subscriber_id),
                context_keys: Vec::new(),
                address: Address::Webhook { url },
            }],
            ..Completion::default()
        };
        let kept = self.store.complete(&environment.id, &completion, self.now);
        kept.await?;
        Ok(done(&integration))
    }
}
