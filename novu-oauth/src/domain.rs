//! What the service knows of: environments, integrations, and what their users have granted.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::secret::Secret;

/// A chat provider that has an OAuth flow here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Provider {
    /// A Slack app of one's own.
    Slack,
    /// The Slack app of the server, shared by its environments; for demonstrations.
    NovuSlack,
    /// Microsoft Teams.
    #[serde(rename = "msteams")]
    MsTeams,
    /// Cisco Webex.
    #[serde(rename = "webex-messaging")]
    Webex,
}

impl Provider {
    /// Every provider.
    pub const ALL: [Self; 4] = [Self::Slack, Self::NovuSlack, Self::MsTeams, Self::Webex];

    /// The id on the wire.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Slack => "slack",
            Self::NovuSlack => "novu-slack",
            Self::MsTeams => "msteams",
            Self::Webex => "webex-messaging",
        }
    }
}

impl fmt::Display for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// The text is no provider's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a provider with an OAuth flow")]
pub struct UnknownProvider;

impl FromStr for Provider {
    type Err = UnknownProvider;

    fn from_str(text: &str) -> Result<Self, UnknownProvider> {
        Self::ALL
            .into_iter()
            .find(|provider| provider.id() == text)
            .ok_or(UnknownProvider)
    }
}

/// What an integration delivers. Only chat has an OAuth flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Chat messages.
    #[default]
    Chat,
    /// E-mail.
    Email,
    /// Text messages.
    Sms,
    /// Push notifications.
    Push,
    /// The inbox inside an application.
    InApp,
}

impl Channel {
    const ALL: [Self; 5] = [Self::Chat, Self::Email, Self::Sms, Self::Push, Self::InApp];

    /// The name, as configuration and storage have it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chat => "chat",
            Self::Email => "email",
            Self::Sms => "sms",
            Self::Push => "push",
            Self::InApp => "in_app",
        }
    }

    /// The channel of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.name() == name)
    }
}

/// The access that a provider has granted to an app.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    /// The app's client id. Nothing can be minted without it.
    pub client_id: Option<String>,
    /// The app's client secret. Needed where a code is exchanged, not to mint.
    pub secret_key: Option<Secret>,
    /// The home tenant of a Teams app. Not needed to mint: the flow is multi-tenant.
    pub tenant_id: Option<String>,
}

/// A provider's app as one environment uses it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Integration {
    /// The name by which requests refer to it; unique in its environment.
    pub identifier: String,
    /// Whose app it is.
    pub provider: Provider,
    /// What it delivers.
    pub channel: Channel,
    /// The app's credentials.
    pub credentials: Credentials,
    /// Where the user goes when a flow is complete; a page of this service where there is none.
    pub redirect_url: Option<String>,
    /// Whether a request must prove its context by a hash.
    pub hmac: bool,
}

/// One environment of an organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Environment {
    /// 24 hexadecimal digits.
    pub id: String,
    /// The organization that owns it.
    pub organization_id: String,
}

/// A workspace or tenant that has let an app in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// The name by which requests refer to it; unique in its environment.
    pub identifier: String,
    /// The integration whose app it is.
    pub integration: String,
    /// Its provider.
    pub provider: Provider,
    /// To whom it belongs; nobody, if it is shared.
    pub subscriber_id: Option<String>,
    /// The contexts to which it belongs, as `type:id`, in order.
    pub context_keys: Vec<String>,
    /// What it lets the app do.
    pub tokens: Tokens,
    /// The workspace or tenant.
    pub workspace: Workspace,
}

/// What a provider gives for a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tokens {
    /// The token.
    pub access: Secret,
    /// What renews it, if anything does.
    pub refresh: Option<Secret>,
    /// When it ends, if it does.
    pub expires_at: Option<Timestamp>,
}

/// A workspace or tenant.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Workspace {
    /// Its id.
    pub id: Option<String>,
    /// Its name.
    pub name: Option<String>,
}

/// Where a subscriber can be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// Unique in its environment.
    pub identifier: String,
    /// The integration by which it is reached.
    pub integration: String,
    /// The connection to which it belongs, if there is one.
    pub connection: Option<String>,
    /// Whose it is.
    pub subscriber_id: Option<String>,
    /// The contexts in which it is used, as `type:id`, in order.
    pub context_keys: Vec<String>,
    /// Where it is.
    pub address: Address,
}

/// An endpoint's place with its provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// A Slack user.
    SlackUser {
        /// The user's id.
        user_id: String,
    },
    /// A Slack channel, by a URL that posts to it.
    Webhook {
        /// The URL, which is a secret.
        url: Secret,
    },
    /// A Teams user.
    TeamsUser {
        /// The user's object id.
        user_id: String,
        /// The user's tenant.
        tenant_id: String,
    },
    /// A Webex person.
    WebexPerson {
        /// The person's id.
        person_id: String,
        /// What reaches the person.
        tokens: Tokens,
    },
}

impl Address {
    /// The type of the endpoint, as the API names it.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::SlackUser { .. } => "slack_user",
            Self::Webhook { .. } => "webhook",
            Self::TeamsUser { .. } => "ms_teams_user",
            Self::WebexPerson { .. } => "webex_person",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Channel, Provider};

    #[test]
    fn provider_ids() {
        for provider in Provider::ALL {
            assert_eq!(provider.id().parse(), Ok(provider));
            assert_eq!(serde_json::to_value(provider).expect("JSON"), provider.id());
        }
        for id in ["", "Slack", "discord", "ms-teams"] {
            assert!(id.parse::<Provider>().is_err(), "{id}");
        }
    }

    #[test]
    fn channel_names() {
        for channel in Channel::ALL {
            assert_eq!(Channel::named(channel.name()), Some(channel));
            assert_eq!(serde_json::to_value(channel).expect("JSON"), channel.name());
        }
    }
}
