//! What the commands do to the storage.

use std::error::Error;
use std::fs;
use std::io::Read as _;
use std::path::Path;

use super::arguments::IntegrationArguments;
use super::report::Report;
use crate::clock::Timestamp;
use crate::config::redirects;
use crate::domain::{Channel, Credentials, Environment, Integration, Provider};
use crate::legacy::is_object_id;
use crate::random;
use crate::secret::Secret;
use crate::state::LIFE_MS;
use crate::storage::Storage;

type Outcome = Result<Report, Box<dyn Error>>;

/// Adds an environment with an API key and a signing key.
pub(super) async fn create_environment(
    store: &dyn Storage,
    id: Option<String>,
    organization: Option<String>,
) -> Outcome {
    let id = object_id(id)?;
    if store.environment(&id).await?.is_some() {
        return Err(format!("there is an environment {id} already").into());
    }
    let environment = Environment {
        organization_id: object_id(organization)?,
        id,
    };
    let now = Timestamp::now();
    let key = random::digits::<24>()?;
    store.add_environment(&environment, now).await?;
    let secret = Secret::new(key.clone());
    store.add_api_key(&environment.id, &secret, now).await?;
    let signing = Secret::new(random::digits::<32>()?);
    store
        .add_signing_key(&environment.id, &signing, now)
        .await?;
    Ok(Report::default()
        .with("environment", environment.id)
        .with("organization", environment.organization_id)
        .with("api_key", key))
}

/// Lists the environments.
pub(super) async fn list_environments(store: &dyn Storage) -> Outcome {
    let all = store.environments().await?;
    let row = |environment: Environment| {
        Report::default()
            .with("environment", environment.id)
            .with("organization", environment.organization_id)
    };
    Ok(Report::list(all.into_iter().map(row).collect()))
}

/// Adds an integration.
pub(super) async fn add_integration(
    store: &dyn Storage,
    arguments: IntegrationArguments,
) -> Outcome {
    let environment = known(store, &arguments.environment).await?;
    let provider = Provider::from(arguments.provider);
    let secret_key = arguments.secret_key_file.as_deref().map(secret);
    let credentials = Credentials {
        client_id: arguments.client_id,
        secret_key: secret_key.transpose()?,
        tenant_id: arguments.tenant_id,
    };
    if provider == Provider::NovuSlack && credentials != Credentials::default() {
        return Err("an integration of novu-slack has no credentials of its own".into());
    }
    if let Some(url) = &arguments.redirect_url
        && !redirects(url)
    {
        return Err("--redirect-url: expected an http or https URL".into());
    }
    let lacks: Vec<_> = [
        (
            "client_id",
            credentials.client_id.is_none() && provider != Provider::NovuSlack,
        ),
        (
            "secret_key",
            credentials.secret_key.is_none() && provider != Provider::NovuSlack,
        ),
        (
            "tenant_id",
            credentials.tenant_id.is_none() && provider == Provider::MsTeams,
        ),
    ]
    .into_iter()
    .filter_map(|(name, lacks)| lacks.then_some(name))
    .collect();
    let integration = Integration {
        identifier: arguments.identifier,
        provider,
        channel: Channel::Chat,
        credentials,
        redirect_url: arguments.redirect_url,
        hmac: arguments.hmac,
    };
    let now = Timestamp::now();
    store
        .put_integration(&environment, &integration, now)
        .await?;
    let mut report = Report::default()
        .with("environment", environment)
        .with("integration", integration.identifier)
        .with("provider", provider.id());
    if !lacks.is_empty() {
        report = report.with("lacks", lacks);
    }
    Ok(report)
}

/// Adds subscribers.
pub(super) async fn add_subscribers(
    store: &dyn Storage,
    environment: &str,
    ids: Vec<String>,
) -> Outcome {
    let environment = known(store, environment).await?;
    for id in &ids {
        if id.is_empty() || id.chars().count() > 255 || id.chars().any(char::is_control) {
            return Err(
                "a subscriber's id has 1 to 255 characters, none of them a control character"
                    .into(),
            );
        }
        store
            .add_subscriber(&environment, id, Timestamp::now())
            .await?;
    }
    Ok(Report::default()
        .with("environment", environment)
        .with("subscribers", ids))
}

/// Makes a new signing key; those that no state can be of any more are forgotten.
pub(super) async fn rotate_state(store: &dyn Storage, environment: &str) -> Outcome {
    let environment = known(store, environment).await?;
    let now = Timestamp::now();
    let key = Secret::new(random::digits::<32>()?);
    store.add_signing_key(&environment, &key, now).await?;
    let before = Timestamp(now.0.saturating_sub(2 * LIFE_MS));
    let dropped = store.drop_signing_keys(&environment, before).await?;
    let keys = store.signing_keys(&environment).await?.len();
    Ok(Report::default()
        .with("environment", environment)
        .with("signing_keys", keys)
        .with("dropped", dropped))
}

/// Makes another API key.
pub(super) async fn rotate_api(store: &dyn Storage, environment: &str) -> Outcome {
    let environment = known(store, environment).await?;
    let key = random::digits::<24>()?;
    let secret = Secret::new(key.clone());
    store
        .add_api_key(&environment, &secret, Timestamp::now())
        .await?;
    Ok(Report::default()
        .with("environment", environment)
        .with("api_key", key))
}

/// Seals all secrets with the newest key.
pub(super) async fn rotate_storage(store: &dyn Storage) -> Outcome {
    Ok(Report::default().with("sealed_again", store.reseal().await?))
}

async fn known(store: &dyn Storage, id: &str) -> Result<String, Box<dyn Error>> {
    match store.environment(id).await? {
        Some(environment) => Ok(environment.id),
        None => Err(format!("there is no environment {id}").into()),
    }
}

fn object_id(given: Option<String>) -> Result<String, Box<dyn Error>> {
    match given {
        None => Ok(random::digits::<12>()?),
        Some(id) if is_object_id(&id) => Ok(id),
        Some(_) => Err("an id of an environment or organization is 24 hexadecimal digits".into()),
    }
}

fn secret(path: &Path) -> Result<Secret, Box<dyn Error>> {
    let text = if path == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text)?;
        text
    } else {
        fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?
    };
    let text = text.trim();
    if text.is_empty() {
        return Err("the secret key is empty".into());
    }
    Ok(Secret::new(text))
}
