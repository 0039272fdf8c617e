//! The providers' authorization URLs (RFC 6749, section 4.1.1), parameters in a fixed order and
//! encoded as `application/x-www-form-urlencoded`.

use std::fmt;

use form_urlencoded::Serializer;

use super::ProviderUrls;

const SLACK: &str = "/oauth/v2/authorize";
/// `organizations`: users of any tenant sign in, so the app's home tenant has no part in the URL.
const TEAMS_CONSENT: &str = "/organizations/v2.0/adminconsent";
const TEAMS_AUTHORIZE: &str = "/organizations/oauth2/v2.0/authorize";
const WEBEX: &str = "/v1/authorize";
const CALLBACK: &str = "/v1/integrations/chat/oauth/callback";

/// What a Slack workspace is asked for when the caller names no scopes.
pub const SLACK_SCOPES: [&str; 6] = [
    "chat:write",
    "chat:write.public",
    "channels:read",
    "groups:read",
    "users:read",
    "users:read.email",
];
/// What a Slack user is asked for when the caller names no scopes.
pub const SLACK_USER_SCOPES: [&str; 1] = ["identity.basic"];
/// What a Webex organization is asked for when the caller names no scopes.
pub const WEBEX_SCOPES: [&str; 5] = [
    "spark:messages_write",
    "spark:rooms_read",
    "spark:people_read",
    "spark:memberships_read",
    "spark:kms",
];
/// What a Webex user is asked for when the caller names no scopes.
pub const WEBEX_USER_SCOPES: [&str; 1] = ["spark:people_read"];
/// What Teams is asked for to install the app in a tenant.
pub const GRAPH_SCOPE: &str = "https://graph.microsoft.com/.default";
/// What a Teams user is asked for.
pub const TEAMS_USER_SCOPE: &str = "openid profile User.Read";
/// The Slack scope that posts to one channel, chosen by the user.
pub const INCOMING_WEBHOOK: &str = "incoming-webhook";

/// A URL to send the user to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthorizeUrl(String);

impl AuthorizeUrl {
    fn new(base: &str, path: &str, parameters: &[(&str, &str)]) -> Self {
        let endpoint = format!("{base}{path}?");
        let start = endpoint.len();
        let mut query = Serializer::for_suffix(endpoint, start);
        query.extend_pairs(parameters);
        Self(query.finish())
    }

    /// The URL as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AuthorizeUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<AuthorizeUrl> for String {
    fn from(url: AuthorizeUrl) -> Self {
        url.0
    }
}

/// The public address of this API, to which providers send users back: scheme, host and perhaps a
/// path prefix, with no slash at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiRoot(String);

/// The text is no `http` or `https` URL without query and fragment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected an http or https URL without query and fragment")]
pub struct InvalidApiRoot;

impl ApiRoot {
    /// Reads a URL; one slash at its end is dropped.
    pub fn parse(text: &str) -> Result<Self, InvalidApiRoot> {
        let uri: http::Uri = text.parse().map_err(|_| InvalidApiRoot)?;
        let scheme = matches!(uri.scheme_str(), Some("http" | "https"));
        let host = uri.host().is_some_and(|host| !host.is_empty());
        // `http::Uri` drops a fragment, so the text is asked.
        if !scheme || !host || text.contains(['?', '#']) {
            return Err(InvalidApiRoot);
        }
        Ok(Self(text.strip_suffix('/').unwrap_or(text).to_owned()))
    }

    /// Where every provider sends the user back to, in both flows.
    #[must_use]
    pub fn callback(&self) -> String {
        format!("{}{CALLBACK}", self.0)
    }

    /// The root itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Who asks, where the user comes back to, and with what.
#[derive(Debug, Clone, Copy)]
pub struct Flow<'a> {
    /// Where the providers are.
    pub urls: &'a ProviderUrls,
    /// The client id of the app.
    pub client_id: &'a str,
    /// The redirect URI, not encoded.
    pub redirect_uri: &'a str,
    /// The signed state.
    pub state: &'a str,
}

impl Flow<'_> {
    /// Slack: install the app in a workspace. An empty `scopes` is sent as such.
    #[must_use]
    pub fn slack_connect(self, scopes: Option<&[String]>) -> AuthorizeUrl {
        self.slack("scope", &join(scopes, &SLACK_SCOPES, ","))
    }

    /// Slack: sign a user in. An empty `scopes` is sent as such.
    #[must_use]
    pub fn slack_link(self, scopes: Option<&[String]>) -> AuthorizeUrl {
        self.slack("user_scope", &join(scopes, &SLACK_USER_SCOPES, ","))
    }

    fn slack(self, parameter: &str, scopes: &str) -> AuthorizeUrl {
        AuthorizeUrl::new(
            &self.urls.slack,
            SLACK,
            &[
                ("state", self.state),
                ("client_id", self.client_id),
                ("redirect_uri", self.redirect_uri),
                (parameter, scopes),
            ],
        )
    }

    /// Slack: the older flow, for the webhook of one channel.
    #[must_use]
    pub fn slack_webhook(self) -> AuthorizeUrl {
        AuthorizeUrl::new(
            &self.urls.slack,
            SLACK,
            &[
                ("client_id", self.client_id),
                ("scope", INCOMING_WEBHOOK),
                ("redirect_uri", self.redirect_uri),
                ("state", self.state),
            ],
        )
    }

    /// Teams: an administrator consents for the whole tenant.
    #[must_use]
    pub fn teams_connect(self) -> AuthorizeUrl {
        AuthorizeUrl::new(
            &self.urls.microsoft,
            TEAMS_CONSENT,
            &[
                ("client_id", self.client_id),
                ("redirect_uri", self.redirect_uri),
                ("scope", GRAPH_SCOPE),
                ("state", self.state),
            ],
        )
    }

    /// Teams: sign a user in.
    #[must_use]
    pub fn teams_link(self) -> AuthorizeUrl {
        AuthorizeUrl::new(
            &self.urls.microsoft,
            TEAMS_AUTHORIZE,
            &[
                ("client_id", self.client_id),
                ("response_type", "code"),
                ("redirect_uri", self.redirect_uri),
                ("scope", TEAMS_USER_SCOPE),
                ("state", self.state),
                ("response_mode", "query"),
            ],
        )
    }

    /// Webex: let the app into an organization. An empty `scopes` is sent as such.
    #[must_use]
    pub fn webex_connect(self, scopes: Option<&[String]>) -> AuthorizeUrl {
        self.webex(&join(scopes, &WEBEX_SCOPES, " "))
    }

    /// Webex: sign a user in. An empty `scopes` is sent as such.
    #[must_use]
    pub fn webex_link(self, scopes: Option<&[String]>) -> AuthorizeUrl {
        self.webex(&join(scopes, &WEBEX_USER_SCOPES, " "))
    }

    fn webex(self, scopes: &str) -> AuthorizeUrl {
        AuthorizeUrl::new(
            &self.urls.webex,
            WEBEX,
            &[
                ("state", self.state),
                ("client_id", self.client_id),
                ("response_type", "code"),
                ("redirect_uri", self.redirect_uri),
                ("scope", scopes),
            ],
        )
    }
}

fn join(scopes: Option<&[String]>, default: &[&str], separator: &str) -> String {
    scopes.map_or_else(|| default.join(separator), |scopes| scopes.join(separator))
}

#[cfg(test)]
#[path = "authorize_tests.rs"]
mod tests;
