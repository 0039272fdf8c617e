//! Minting the URL of a connect or link flow: the checks in the API's order, then the state, then
//! the URL. Pure: what the store knows comes in as a [`View`].

use crate::canonical;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::domain::{Channel, Integration, Provider};
use crate::problem::Problem;
use crate::provider::ProviderUrls;
use crate::provider::authorize::{ApiRoot, AuthorizeUrl, Flow, INCOMING_WEBHOOK};
use crate::secret::Secret;
use crate::signature::hmac_matches;
use crate::state::{self, ConnectionMode, Mode, State};

/// A request to link a subscriber to a chat identity.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// The subscriber.
    pub subscriber_id: String,
    /// The integration.
    pub integration_identifier: String,
    /// The connection to which the identity belongs.
    pub connection_identifier: Option<String>,
    /// The context of the link.
    pub context: Option<Context>,
    /// What proves the context.
    pub context_hash: Option<String>,
    /// Slack only: what the user is asked for.
    pub user_scope: Option<Vec<String>>,
}

/// A request to connect a workspace or tenant.
#[derive(Debug, Clone, PartialEq)]
pub struct Connect {
    /// The integration.
    pub integration_identifier: String,
    /// The subscriber to whom the connection belongs. An empty one counts as none.
    pub subscriber_id: Option<String>,
    /// The identifier that the connection will have.
    pub connection_identifier: Option<String>,
    /// The context of the connection.
    pub context: Option<Context>,
    /// What proves the context.
    pub context_hash: Option<String>,
    /// Slack only: what the workspace is asked for.
    pub scope: Option<Vec<String>>,
    /// Slack only: to what the connection belongs.
    pub connection_mode: Option<ConnectionMode>,
    /// Whether to link the subscriber too.
    pub auto_link_user: Option<bool>,
    /// Whether an absent `auto_link_user` is true where the mode is `subscriber`, which an absent one
    /// means, and there is a subscriber to link. The document says so of the operation that connects,
    /// and the opposite of the deprecated one.
    pub links_by_default: bool,
}

/// What the store knows about a request.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// The environment of the caller's key.
    pub environment_id: &'a str,
    /// The environment's organization.
    pub organization_id: &'a str,
    /// The key that signs states; without one nothing is minted.
    pub signing_key: Option<&'a Secret>,
    /// The chat integration that the request names.
    pub integration: Option<&'a Integration>,
    /// Whether the subscriber that the request names exists.
    pub subscriber_known: bool,
    /// The environment's API keys, any of which may have signed the context; asked for only where the
    /// integration wants that.
    pub api_keys: &'a [Secret],
}

/// Mints URLs for one moment.
#[derive(Debug, Clone, Copy)]
pub struct Mint<'a> {
    /// Where the providers are.
    pub urls: &'a ProviderUrls,
    /// Where providers send users back to.
    pub root: &'a ApiRoot,
    /// The time that goes into the state.
    pub now: Timestamp,
}

impl Mint<'_> {
    /// The URL that links a subscriber.
    pub fn link(self, request: &Link, view: View<'_>) -> Result<AuthorizeUrl, Problem> {
        let integration = integration(&request.integration_identifier, view)?;
        let hash = request.context_hash.as_deref();
        proven(integration, request.context.as_ref(), hash, view)?;
        if request.subscriber_id.is_empty() {
            let message = "subscriberId is required to link a user";
            return Err(Problem::BadRequest(message.to_owned()));
        }
        if integration.provider == Provider::Webex && request.connection_identifier.is_none() {
            let message = "connectionIdentifier is required to link a Webex user";
            return Err(Problem::BadRequest(message.to_owned()));
        }
        known(Some(&request.subscriber_id), view)?;
        let minted = State {
            identifier: request.connection_identifier.clone(),
            subscriber_id: Some(request.subscriber_id.clone()),
            context: request.context.clone(),
            environment_id: view.environment_id.to_owned(),
            organization_id: view.organization_id.to_owned(),
            integration_identifier: request.integration_identifier.clone(),
            provider_id: integration.provider,
            timestamp: self.now,
            mode: Mode::LinkUser,
            connection_mode: None,
            auto_link_user: None,
        };
        self.url(&minted, integration, view, |flow| {
            match integration.provider {
                Provider::Slack | Provider::NovuSlack => {
                    flow.slack_link(request.user_scope.as_deref())
                }
                Provider::MsTeams => flow.teams_link(),
                Provider::Webex => flow.webex_link(request.user_scope.as_deref()),
            }
        })
    }

    /// The URL that connects a workspace or tenant.
    pub fn connect(self, request: &Connect, view: View<'_>) -> Result<AuthorizeUrl, Problem> {
        let integration = integration(&request.integration_identifier, view)?;
        let hash = request.context_hash.as_deref();
        proven(integration, request.context.as_ref(), hash, view)?;
        let subscriber_id = request.subscriber_id.as_deref().filter(|id| !id.is_empty());
        belongs_to_something(request, subscriber_id, integration.provider)?;
        known(subscriber_id, view)?;
        let has_mode = integration.provider != Provider::MsTeams;
        let links = request.links_by_default
            && subscriber_id.is_some()
            && request
                .connection_mode
                .unwrap_or(ConnectionMode::Subscriber)
                == ConnectionMode::Subscriber;
        let minted = State {
            identifier: request.connection_identifier.clone(),
            subscriber_id: subscriber_id.map(str::to_owned),
            context: request.context.clone(),
            environment_id: view.environment_id.to_owned(),
            organization_id: view.organization_id.to_owned(),
            integration_identifier: request.integration_identifier.clone(),
            provider_id: integration.provider,
            timestamp: self.now,
            mode: Mode::Connect,
            connection_mode: request.connection_mode.filter(|_| has_mode),
            auto_link_user: request.auto_link_user.or(links.then_some(true)),
        };
        self.url(&minted, integration, view, |flow| {
            match integration.provider {
                Provider::Slack | Provider::NovuSlack => {
                    flow.slack_connect(request.scope.as_deref())
                }
                Provider::MsTeams => flow.teams_connect(),
                Provider::Webex => flow.webex_connect(request.scope.as_deref()),
            }
        })
    }

    /// The last checks, then the signature.
    fn url(
        self,
        minted: &State,
        integration: &Integration,
        view: View<'_>,
        write: impl FnOnce(Flow<'_>) -> AuthorizeUrl,
    ) -> Result<AuthorizeUrl, Problem> {
        let client_id = client_id(integration)?;
        let Some(key) = view.signing_key else {
            let message = format!("Environment {} has no signing key", view.environment_id);
            return Err(Problem::NotFound(message));
        };
        let state = state::sign(minted, key.expose().as_bytes())
            .map_err(|error| Problem::Internal(format!("cannot write the state: {error}")))?;
        let redirect_uri = self.root.callback();
        Ok(write(Flow {
            urls: self.urls,
            client_id,
            redirect_uri: &redirect_uri,
            state: &state,
        }))
    }
}

/// The client id of `integration`.
pub(crate) fn client_id(integration: &Integration) -> Result<&str, Problem> {
    integration
        .credentials
        .client_id
        .as_deref()
        .filter(|id| !id.is_empty())
        .ok_or_else(|| {
            Problem::NotFound(format!(
                "Integration {} has no client id",
                integration.identifier
            ))
        })
}

fn integration<'a>(identifier: &str, view: View<'a>) -> Result<&'a Integration, Problem> {
    let chat = |found: &&Integration| found.channel == Channel::Chat;
    let Some(integration) = view.integration.filter(chat) else {
        return Err(Problem::NotFound(format!(
            "No chat integration {identifier} in environment {}",
            view.environment_id
        )));
    };
    Ok(integration)
}

/// An integration may ask for a proof that the caller's own server chose the context.
fn proven(
    integration: &Integration,
    context: Option<&Context>,
    hash: Option<&str>,
    view: View<'_>,
) -> Result<(), Problem> {
    if !integration.hmac {
        return Ok(());
    }
    let Some(context) = context else {
        let message = format!("Integration {} requires a context", integration.identifier);
        return Err(Problem::BadRequest(message));
    };
    let text = canonical::text(context);
    let keys = view.api_keys.iter().map(|key| key.expose().as_bytes());
    let proven = hash.is_some_and(|hash| {
        keys.fold(false, |proven, key| {
            proven | hmac_matches(key, text.as_bytes(), hash)
        })
    });
    if proven {
        return Ok(());
    }
    let message = "A valid contextHash is required".to_owned();
    Err(Problem::BadRequest(message))
}

/// A connection needs a subscriber or a context to belong to.
fn belongs_to_something(
    request: &Connect,
    subscriber_id: Option<&str>,
    provider: Provider,
) -> Result<(), Problem> {
    let refuse = |message: &str| Err(Problem::BadRequest(message.to_owned()));
    let (subscriber, context) = (subscriber_id.is_some(), request.context.is_some());
    // Teams: consent is tenant-wide, whatever the mode says.
    let mode = request
        .connection_mode
        .filter(|_| provider != Provider::MsTeams);
    let webhook = request
        .scope
        .iter()
        .flatten()
        .any(|scope| scope == INCOMING_WEBHOOK);
    let slack = matches!(provider, Provider::Slack | Provider::NovuSlack);
    if slack && webhook && !subscriber {
        return refuse("subscriberId is required with the scope incoming-webhook");
    }
    match mode {
        Some(ConnectionMode::Shared) if !context => {
            refuse("context is required where connectionMode is shared")
        }
        Some(ConnectionMode::Subscriber) if !subscriber => {
            refuse("subscriberId is required where connectionMode is subscriber")
        }
        None if !subscriber && !context => refuse("Either subscriberId or context is required"),
        _ => Ok(()),
    }
}

fn known(subscriber_id: Option<&str>, view: View<'_>) -> Result<(), Problem> {
    match subscriber_id {
        Some(id) if !view.subscriber_known => {
            Err(Problem::NotFound(format!("Subscriber {id} not found")))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
