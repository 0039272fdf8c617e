//! Where providers send the user back to: the state is verified, the code exchanged, and what was
//! granted is kept, all of it or nothing.

mod legacy;
mod slack;
mod teams;
mod webex;

use crate::clock::Timestamp;
use crate::context;
use crate::domain::{Channel, Credentials, Environment, Integration, Provider};
use crate::problem::Problem;
use crate::provider::authorize::ApiRoot;
use crate::provider::{App, ProviderError, Providers};
use crate::random::{self, NoRandomness};
use crate::secret::Secret;
use crate::state::{self, Claim, Payload, State};
use crate::storage::{Completion, ContextRow, Storage};

pub use legacy::LegacyReturn;

/// What a provider sends the user back with.
#[derive(Debug, Clone, Default)]
pub struct Return {
    /// The authorization code.
    pub code: Option<String>,
    /// Teams: the tenant that has consented.
    pub tenant: Option<String>,
    /// Teams: whether it has.
    pub admin_consent: Option<String>,
    /// The state of the URL.
    pub state: Option<String>,
    /// Why there is no code.
    pub error: Option<String>,
    /// The same in words.
    pub error_description: Option<String>,
}

/// How a flow goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is complete; a page says so.
    Page,
    /// The user goes on to this URL.
    Redirect(String),
}

/// Completes flows, for one moment.
#[derive(Clone, Copy)]
pub struct Callback<'a> {
    /// Where what is granted is kept.
    pub store: &'a dyn Storage,
    /// Whom codes are exchanged with.
    pub providers: &'a Providers,
    /// Where providers send users back to.
    pub root: &'a ApiRoot,
    /// The app behind every integration of `novu-slack`.
    pub novu_slack: &'a Credentials,
    /// Now.
    pub now: Timestamp,
}

/// A flow that has come back, and whose state is good.
struct Flow {
    state: State,
    environment: Environment,
    /// Newest first.
    signing_keys: Vec<Secret>,
    integration: Integration,
}

impl Callback<'_> {
    /// Completes a flow.
    pub async fn complete(self, back: &Return) -> Result<Outcome, Problem> {
        refused(back.error.as_deref(), back.error_description.as_deref())?;
        let text = back.state.as_deref().filter(|text| !text.is_empty());
        let text = text.ok_or_else(|| bad("state is required"))?;
        if back.code.is_none() && back.tenant.is_none() {
            return Err(bad("code or tenant is required"));
        }
        let (state, environment, signing_keys) = self.verified::<State>(text).await?;
        let identifier = &state.integration_identifier;
        let integration = self.store.integration(&environment.id, identifier).await?;
        let integration = integration
            .filter(|found| found.channel == Channel::Chat && found.provider == state.provider_id)
            .ok_or_else(|| {
                let message = format!(
                    "No chat integration {identifier} in environment {}",
                    environment.id
                );
                Problem::NotFound(message)
            })?;
        let flow = Flow {
            integration: self.with_credentials(integration),
            state,
            environment,
            signing_keys,
        };
        match flow.state.provider_id {
            Provider::Slack | Provider::NovuSlack => self.slack(&flow, back).await,
            Provider::MsTeams => self.teams(&flow, back).await,
            Provider::Webex => self.webex(&flow, back).await,
        }
    }

    /// The state in `text`, its environment and that environment's signing keys.
    async fn verified<P: Payload>(
        self,
        text: &str,
    ) -> Result<(P, Environment, Vec<Secret>), Problem> {
        let invalid = |error: state::InvalidState| bad(&error.to_string());
        let claim = state::claim(text).map_err(invalid)?;
        let Claim {
            environment_id: Some(id),
            provider_id: Some(_),
        } = claim
        else {
            return Err(bad("the OAuth state has no environment or no provider"));
        };
        let missing =
            || Problem::NotFound("the environment of the OAuth state does not exist".to_owned());
        // No database has such an id, and not every one can be asked for it.
        if !crate::legacy::is_object_id(&id) {
            return Err(missing());
        }
        let environment = self.store.environment(&id).await?.ok_or_else(missing)?;
        let keys = self.store.signing_keys(&id).await?;
        if keys.is_empty() {
            return Err(missing());
        }
        let verified = state::verify(
            text,
            keys.iter().map(|key| key.expose().as_bytes()),
            self.now,
        );
        Ok((verified.map_err(invalid)?, environment, keys))
    }

    fn with_credentials(self, integration: Integration) -> Integration {
        if integration.provider == Provider::NovuSlack {
            let credentials = self.novu_slack.clone();
            return Integration {
                credentials,
                ..integration
            };
        }
        integration
    }

    /// The context entries of a flow, and their keys.
    fn contexts(flow: &Flow) -> (Vec<ContextRow>, Vec<String>) {
        let Some(context) = &flow.state.context else {
            return (Vec::new(), Vec::new());
        };
        let entries = context.iter().map(|(kind, entry)| {
            let data = entry
                .data()
                .and_then(|data| serde_json::to_string(data).ok());
            (kind.clone(), entry.id().to_owned(), data)
        });
        (entries.collect(), context::keys(context))
    }

    /// An endpoint of a link flow names its connection, which has to be there.
    async fn known_connection(self, flow: &Flow) -> Result<(), Problem> {
        let Some(name) = flow.state.identifier.as_deref() else {
            return Ok(());
        };
        if self
            .store
            .has_connection(&flow.environment.id, name)
            .await?
        {
            return Ok(());
        }
        Err(Problem::NotFound(format!("Connection {name} not found")))
    }

    /// Keeps what was granted; returns the name of the connection.
    async fn keep(self, flow: &Flow, completion: &Completion) -> Result<Option<String>, Problem> {
        let kept = self
            .store
            .complete(&flow.environment.id, completion, self.now);
        Ok(kept.await?)
    }

    /// When something ends that is good for some seconds.
    fn ends(self, seconds: Option<u64>) -> Option<Timestamp> {
        seconds.map(|seconds| Timestamp(self.now.0.saturating_add(seconds.saturating_mul(1000))))
    }
}

/// The provider, or the user, has said no.
fn refused(error: Option<&str>, description: Option<&str>) -> Result<(), Problem> {
    match (error.filter(|error| !error.is_empty()), description) {
        (None, _) => Ok(()),
        (Some(error), None) => Err(bad(error)),
        (Some(error), Some(description)) => Err(bad(&format!("{error}: {description}"))),
    }
}

/// Where the user goes from a flow that is complete.
fn done(integration: &Integration) -> Outcome {
    match &integration.redirect_url {
        Some(url) => Outcome::Redirect(url.clone()),
        None => Outcome::Page,
    }
}

/// The app of an integration, which exchanges a code.
fn app<'a>(integration: &'a Integration, redirect_uri: &'a str) -> Result<App<'a>, Problem> {
    let client_id = crate::mint::client_id(integration)?;
    let Some(secret) = &integration.credentials.secret_key else {
        let message = format!("Integration {} has no secret key", integration.identifier);
        return Err(Problem::NotFound(message));
    };
    Ok(App {
        client_id,
        client_secret: secret.expose(),
        redirect_uri,
    })
}

fn code(back: &Return) -> Result<&str, Problem> {
    let code = back.code.as_deref().filter(|code| !code.is_empty());
    code.ok_or_else(|| bad("code is required"))
}

fn connection_name(flow: &Flow) -> Result<String, NoRandomness> {
    match &flow.state.identifier {
        Some(name) => Ok(name.clone()),
        None => Ok(format!("chconn-{}", random::short_id::<6>()?)),
    }
}

fn endpoint_name() -> Result<String, NoRandomness> {
    Ok(format!("chendp_{}", random::short_id::<12>()?))
}

fn bad(message: &str) -> Problem {
    Problem::BadRequest(message.to_owned())
}

impl From<ProviderError> for Problem {
    fn from(error: ProviderError) -> Self {
        match error {
            ProviderError::Refused(text) => Self::BadRequest(text),
            ProviderError::Failed(text) => Self::Provider(text),
        }
    }
}

impl From<NoRandomness> for Problem {
    fn from(error: NoRandomness) -> Self {
        Self::Internal(error.to_string())
    }
}
