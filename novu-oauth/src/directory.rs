//! What the service knows: environments with their keys, integrations and subscribers.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::secret::{KeyHash, Secret};

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
}

impl Provider {
    /// Every provider.
    pub const ALL: [Self; 3] = [Self::Slack, Self::NovuSlack, Self::MsTeams];

    /// The id on the wire.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Slack => "slack",
            Self::NovuSlack => "novu-slack",
            Self::MsTeams => "msteams",
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
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

/// The access that a provider has granted to an app.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    /// The app's client id. Nothing can be minted without it.
    pub client_id: Option<String>,
    /// The app's client secret. Not needed to mint.
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
    /// Whether a request must prove its context by a hash.
    pub hmac: bool,
}

/// One environment of an organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Environment {
    /// 24 hexadecimal digits.
    pub id: String,
    /// The organization that owns it.
    pub organization_id: String,
    /// Its API keys; the first one signs states.
    pub api_keys: Vec<Secret>,
    /// In the order of creation.
    pub integrations: Vec<Integration>,
    /// The ids of its subscribers.
    pub subscribers: BTreeSet<String>,
}

impl Environment {
    /// The chat integration called `identifier`. One of another channel is as good as none.
    #[must_use]
    pub fn chat_integration(&self, identifier: &str) -> Option<&Integration> {
        self.integrations.iter().find(|integration| {
            integration.identifier == identifier && integration.channel == Channel::Chat
        })
    }

    /// The chat integration of `provider` called `identifier`, or the one that was created last.
    #[must_use]
    pub fn integration_of(
        &self,
        provider: Provider,
        identifier: Option<&str>,
    ) -> Option<&Integration> {
        self.integrations.iter().rev().find(|integration| {
            integration.provider == provider
                && integration.channel == Channel::Chat
                && identifier.is_none_or(|identifier| integration.identifier == identifier)
        })
    }
}

/// Every environment, found by API key or id.
#[derive(Debug, Clone, Default)]
pub struct Directory {
    environments: Vec<Arc<Environment>>,
    keys: Vec<(KeyHash, usize)>,
}

impl Directory {
    /// A directory of `environments`. Where two have the same key, it belongs to the first.
    #[must_use]
    pub fn new(environments: Vec<Environment>) -> Self {
        let keys = environments
            .iter()
            .enumerate()
            .flat_map(|(at, environment)| {
                environment.api_keys.iter().map(move |key| (key.hash(), at))
            })
            .collect();
        Self {
            environments: environments.into_iter().map(Arc::new).collect(),
            keys,
        }
    }

    /// The environment that `api_key` opens.
    ///
    /// All keys are compared, by hash and in constant time, so that the time tells nothing of them.
    #[must_use]
    pub fn by_key(&self, api_key: &str) -> Option<&Arc<Environment>> {
        let presented = KeyHash::of(api_key);
        let found =
            self.keys.iter().rev().fold(
                None,
                |found, (hash, at)| {
                    if *hash == presented { Some(*at) } else { found }
                },
            );
        found.and_then(|at| self.environments.get(at))
    }

    /// The environment with this id.
    #[must_use]
    pub fn by_id(&self, id: &str) -> Option<&Arc<Environment>> {
        self.environments
            .iter()
            .find(|environment| environment.id == id)
    }
}

#[cfg(test)]
#[path = "directory_tests.rs"]
mod tests;
