//! Slack: what a code is exchanged for.

use serde_json::Value;

use super::{App, ProviderError, Providers};
use crate::secret::Secret;

/// What Slack gives for a code.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SlackGrant {
    /// The bot's token.
    pub access_token: Option<Secret>,
    /// What renews it.
    pub refresh_token: Option<Secret>,
    /// How long it is good, in seconds.
    pub expires_in: Option<u64>,
    /// The workspace.
    pub team_id: Option<String>,
    /// The workspace's name.
    pub team_name: Option<String>,
    /// The user who has consented.
    pub user_id: Option<String>,
    /// What posts to the channel that the user has chosen.
    pub webhook: Option<Secret>,
}

impl Providers {
    /// Exchanges `code` at Slack's `oauth.v2.access`.
    pub async fn slack(&self, app: App<'_>, code: &str) -> Result<SlackGrant, ProviderError> {
        let url = format!("{}/api/oauth.v2.access", self.urls.slack);
        let fields = [
            ("redirect_uri", app.redirect_uri),
            ("code", code),
            ("client_id", app.client_id),
            ("client_secret", app.client_secret),
        ];
        let reply = self.form(&url, &fields, "Slack").await?;
        match reply.body.get("ok").and_then(Value::as_bool) {
            Some(true) => {}
            Some(false) => {
                let error = reply.text("/error").unwrap_or_default();
                let messages = reply.body.pointer("/response_metadata/messages");
                let messages = messages.and_then(Value::as_array).into_iter().flatten();
                let parts = messages.filter_map(Value::as_str);
                let text: Vec<_> = std::iter::once(error.as_str()).chain(parts).collect();
                let text = format!("Slack refused: {}", text.join("; "));
                return Err(ProviderError::Refused(text));
            }
            None => {
                let status = reply.status;
                return Err(ProviderError::Failed(format!("Slack answered {status}")));
            }
        }
        Ok(SlackGrant {
            access_token: reply.text("/access_token").map(Secret::new),
            refresh_token: reply.text("/refresh_token").map(Secret::new),
            expires_in: reply.seconds("/expires_in"),
            team_id: reply.text("/team/id"),
            team_name: reply.text("/team/name"),
            user_id: reply.text("/authed_user/id"),
            webhook: reply.text("/incoming_webhook/url").map(Secret::new),
        })
    }
}
