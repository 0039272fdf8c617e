//! Webex: what a code is exchanged for, and who consented.

use super::{App, ProviderError, Providers};
use crate::secret::Secret;

/// What Webex gives for a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebexGrant {
    /// The token.
    pub access_token: Secret,
    /// What renews it.
    pub refresh_token: Option<Secret>,
    /// How long it is good, in seconds.
    pub expires_in: Option<u64>,
    /// Who consented.
    pub person_id: String,
    /// The person's organization.
    pub organization_id: Option<String>,
}

impl Providers {
    /// Exchanges `code`, and asks who that is.
    pub async fn webex(&self, app: App<'_>, code: &str) -> Result<WebexGrant, ProviderError> {
        let url = format!("{}/v1/access_token", self.urls.webex);
        let fields = [
            ("grant_type", "authorization_code"),
            ("client_id", app.client_id),
            ("client_secret", app.client_secret),
            ("code", code),
            ("redirect_uri", app.redirect_uri),
        ];
        let grant = self.form(&url, &fields, "Webex").await?.accepted("Webex")?;
        let access = grant.needed("/access_token", "Webex")?;
        let url = format!("{}/v1/people/me", self.urls.webex);
        let person = self.get(&url, &access, "Webex").await?.accepted("Webex")?;
        Ok(WebexGrant {
            access_token: Secret::new(access),
            refresh_token: grant.text("/refresh_token").map(Secret::new),
            expires_in: grant.seconds("/expires_in"),
            person_id: person.needed("/id", "Webex")?,
            organization_id: person.text("/orgId"),
        })
    }
}
