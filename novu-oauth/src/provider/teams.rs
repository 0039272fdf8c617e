//! Microsoft Teams: who signed in, and the app installed for that user, so that it may write.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use form_urlencoded::byte_serialize;
use http::StatusCode;
use serde_json::{Value, json};

use super::authorize::{GRAPH_SCOPE, TEAMS_USER_SCOPE};
use super::{App, ProviderError, Providers};

/// Who signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamsUser {
    /// The user's object id.
    pub user_id: String,
    /// The user's tenant.
    pub tenant_id: String,
}

impl Providers {
    /// Exchanges `code` for the identity of the user.
    pub async fn teams_user(&self, app: App<'_>, code: &str) -> Result<TeamsUser, ProviderError> {
        let url = format!("{}/organizations/oauth2/v2.0/token", self.urls.microsoft);
        let fields = [
            ("grant_type", "authorization_code"),
            ("client_id", app.client_id),
            ("client_secret", app.client_secret),
            ("code", code),
            ("redirect_uri", app.redirect_uri),
            ("scope", TEAMS_USER_SCOPE),
        ];
        let reply = self.form(&url, &fields, "Microsoft").await?;
        let token = reply
            .accepted("Microsoft")?
            .needed("/id_token", "Microsoft")?;
        // It comes from the issuer itself, which its transport vouches for (OpenID Connect Core §3.1.3.7).
        user(&token).ok_or_else(|| ProviderError::Failed("Microsoft sent no identity".to_owned()))
    }

    /// Installs the app for `user`, from the catalog of the user's organization.
    pub async fn install_teams_app(
        &self,
        app: App<'_>,
        user: &TeamsUser,
    ) -> Result<(), ProviderError> {
        let token = self.teams_app_token(app, &user.tenant_id).await?;
        let graph = &self.urls.graph;
        let filter = format!("externalId eq '{}'", app.client_id.replace('\'', "''"));
        let catalog = format!("{graph}/v1.0/appCatalogs/teamsApps");
        let url = format!("{catalog}?$filter={}", segment(&filter));
        let found = self.get(&url, &token, "Microsoft Graph").await?;
        let found = found.accepted("Microsoft Graph")?;
        let Some(id) = found.text("/value/0/id") else {
            let text = "the Teams app is not in the catalog of the organization".to_owned();
            return Err(ProviderError::Refused(text));
        };
        let url = format!(
            "{graph}/v1.0/users/{}/teamwork/installedApps",
            segment(&user.user_id)
        );
        let body = json!({"teamsApp@odata.bind": format!("{catalog}/{}", segment(&id))});
        let installed = self.post(&url, &token, &body, "Microsoft Graph").await?;
        // It was there before.
        if installed.status == StatusCode::CONFLICT {
            return Ok(());
        }
        installed.accepted("Microsoft Graph").map(drop)
    }

    async fn teams_app_token(&self, app: App<'_>, tenant: &str) -> Result<String, ProviderError> {
        let url = format!(
            "{}/{}/oauth2/v2.0/token",
            self.urls.microsoft,
            segment(tenant)
        );
        let fields = [
            ("grant_type", "client_credentials"),
            ("client_id", app.client_id),
            ("client_secret", app.client_secret),
            ("scope", GRAPH_SCOPE),
        ];
        let reply = self.form(&url, &fields, "Microsoft").await?;
        reply
            .accepted("Microsoft")?
            .needed("/access_token", "Microsoft")
    }
}

/// The user and tenant in the payload of an ID token.
fn user(token: &str) -> Option<TeamsUser> {
    let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    let payload: Value = serde_json::from_slice(&payload).ok()?;
    let text = |name: &str| {
        let text = payload.get(name).and_then(Value::as_str)?;
        let legal = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        (!text.is_empty() && text.bytes().all(legal)).then(|| text.to_owned())
    };
    Some(TeamsUser {
        user_id: text("oid")?,
        tenant_id: text("tid")?,
    })
}

/// `text` as a segment of a path or value of a query.
fn segment(text: &str) -> String {
    byte_serialize(text.as_bytes())
        .collect::<String>()
        .replace('+', "%20")
}

#[cfg(test)]
mod tests {
    use super::{TeamsUser, segment, user};

    #[test]
    fn reads_an_id_token() {
        // {"oid":"u","tid":"t"}
        let found = user("e30.eyJvaWQiOiJ1IiwidGlkIjoidCJ9.c2ln");
        let expected = TeamsUser {
            user_id: "u".to_owned(),
            tenant_id: "t".to_owned(),
        };
        assert_eq!(found, Some(expected));
        for token in [
            "",
            "e30",
            "e30.e30.",
            "a.b.c",
            "e30.eyJvaWQiOiJ1IiwidGlkIjoiIn0.",
        ] {
            assert_eq!(user(token), None, "{token}");
        }
    }

    #[test]
    fn a_segment_leads_nowhere_else() {
        assert_eq!(segment("../a b?c#d'"), "..%2Fa%20b%3Fc%23d%27");
    }
}
