//! The file as it is written, and what makes a configuration of it.

use std::collections::BTreeSet;
use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;
use toml::Spanned;

use super::{Config, Declared, Fault, Idempotency, Keys, RateLimit};
use crate::domain::{Channel, Credentials, Environment, Integration, Provider};
use crate::legacy::is_object_id;
use crate::provider::ProviderUrls;
use crate::provider::authorize::{ApiRoot, InvalidApiRoot};
use crate::secret::Secret;
use crate::storage::DatabaseUrl;

/// Where everything is kept unless the configuration says otherwise.
const DATABASE: &str = "sqlite:novu-oauth.db";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default = "listen")]
    pub(super) listen: SocketAddr,
    pub(super) metrics: Option<SocketAddr>,
    pub(super) api_root: Option<Spanned<String>>,
    pub(super) database: Option<Spanned<String>>,
    #[serde(rename = "keys_file")]
    pub(super) keys: Option<PathBuf>,
    #[serde(default)]
    success: Success,
    #[serde(default)]
    logs: Logs,
    request_timeout_seconds: Option<u64>,
    #[serde(default)]
    rate_limit: FileRateLimit,
    #[serde(default)]
    idempotency: FileIdempotency,
    #[serde(default)]
    providers: FileProviders,
    /// The app behind every integration of the provider `novu-slack`.
    #[serde(default)]
    pub(super) novu_slack: Credentials,
    #[serde(default)]
    environments: Vec<FileEnvironment>,
}

fn listen() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 3000))
}

/// What a success looks like.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Success {
    /// As the document says.
    #[default]
    Bare,
    /// In the property `data`, as Novu's own servers answer.
    Data,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Logs {
    #[default]
    Text,
    Json,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct FileRateLimit {
    enabled: bool,
    per_second: u32,
    burst: Option<u32>,
}

impl Default for FileRateLimit {
    fn default() -> Self {
        Self {
            enabled: true,
            per_second: 100,
            burst: None,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct FileIdempotency {
    hours: u64,
    lock_seconds: u64,
}

impl Default for FileIdempotency {
    fn default() -> Self {
        Self {
            hours: 24,
            lock_seconds: 60,
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileProviders {
    slack: Option<Spanned<String>>,
    microsoft: Option<Spanned<String>>,
    graph: Option<Spanned<String>>,
    webex: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileEnvironment {
    id: Spanned<String>,
    organization_id: String,
    #[serde(default)]
    api_keys: Vec<Spanned<Secret>>,
    #[serde(default)]
    signing_keys: Vec<Secret>,
    #[serde(default)]
    subscribers: BTreeSet<String>,
    #[serde(default)]
    integrations: Vec<FileIntegration>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileIntegration {
    identifier: Spanned<String>,
    provider: Provider,
    #[serde(default)]
    channel: Channel,
    client_id: Option<String>,
    secret_key: Option<Secret>,
    tenant_id: Option<String>,
    redirect_url: Option<Spanned<String>>,
    #[serde(default)]
    hmac: bool,
}

impl File {
    pub(super) fn parse(text: &str) -> Result<Self, Fault> {
        toml::from_str(text).map_err(|error| Fault {
            at: error.span().unwrap_or_default(),
            message: without_value(error.message()),
        })
    }

    pub(super) fn check(self) -> Result<Config, Fault> {
        let Some(api_root) = &self.api_root else {
            return Err(Fault {
                at: 0..0,
                message: "missing field `api_root`, or the variable NOVU_OAUTH_API_ROOT".to_owned(),
            });
        };
        let api_root = url(api_root)?;
        let database = match &self.database {
            Some(text) => DatabaseUrl::parse(text.as_ref())
                .map_err(|error| Fault::new(text, error.to_string()))?,
            None => DatabaseUrl::File(DATABASE.trim_start_matches("sqlite:").to_owned()),
        };
        let keys = match (&self.keys, &database) {
            (Some(path), _) => Keys::File(path.clone()),
            (None, DatabaseUrl::Memory) => Keys::Ephemeral,
            (None, DatabaseUrl::File(file)) => Keys::File(PathBuf::from(format!("{file}.keys"))),
            (None, DatabaseUrl::Postgres(_)) => {
                let message = "with PostgreSQL, `keys_file` or the variable NOVU_OAUTH_KEYS has to give \
                    the keys of secrets, the same to all instances";
                return Err(Fault {
                    at: 0..0,
                    message: message.to_owned(),
                });
            }
        };
        let mut ids = BTreeSet::new();
        let mut keys_seen = BTreeSet::new();
        let mut environments = Vec::with_capacity(self.environments.len());
        for environment in self.environments {
            environment.distinct(&mut ids, &mut keys_seen)?;
            environments.push(environment.check()?);
        }
        Ok(Config {
            listen: self.listen,
            metrics: self.metrics,
            api_root,
            database,
            keys,
            providers: self.providers.check()?,
            novu_slack: self.novu_slack,
            wraps: matches!(self.success, Success::Data),
            rate_limit: self.rate_limit.check()?,
            idempotency: Idempotency {
                keep: Duration::from_secs(self.idempotency.hours.saturating_mul(3600)),
                lock: Duration::from_secs(self.idempotency.lock_seconds),
            },
            request_timeout: Duration::from_secs(self.request_timeout_seconds.unwrap_or(30).max(1)),
            json_logs: matches!(self.logs, Logs::Json),
            environments,
        })
    }
}

impl FileRateLimit {
    fn check(&self) -> Result<Option<RateLimit>, Fault> {
        if !self.enabled {
            return Ok(None);
        }
        let burst = self
            .burst
            .unwrap_or_else(|| self.per_second.saturating_add(self.per_second / 10));
        if self.per_second == 0 || burst == 0 {
            return Err(Fault {
                at: 0..0,
                message: "rate_limit allows nothing; `enabled = false` turns it off".to_owned(),
            });
        }
        Ok(Some(RateLimit {
            per_second: self.per_second,
            burst,
        }))
    }
}

impl FileProviders {
    fn check(self) -> Result<ProviderUrls, Fault> {
        let mut urls = ProviderUrls::default();
        for (given, base) in [
            (self.slack, &mut urls.slack),
            (self.microsoft, &mut urls.microsoft),
            (self.graph, &mut urls.graph),
            (self.webex, &mut urls.webex),
        ] {
            if let Some(given) = given {
                url(&given)?.as_str().clone_into(base);
            }
        }
        Ok(urls)
    }
}

fn url(text: &Spanned<String>) -> Result<ApiRoot, Fault> {
    ApiRoot::parse(text.as_ref())
        .map_err(|error: InvalidApiRoot| Fault::new(text, error.to_string()))
}

/// Writes a new file that only its owner reads.
pub(super) fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}

/// A message of serde's without the value that it quotes, which may be a secret. (`Display` of the
/// error would quote the whole line.)
fn without_value(message: &str) -> String {
    let quotes = message.starts_with("invalid type: ") || message.starts_with("invalid value: ");
    match message.rsplit_once(", expected ") {
        Some((_, expected)) if quotes => format!("expected {expected}"),
        _ => message.to_owned(),
    }
}

impl FileEnvironment {
    fn distinct(
        &self,
        ids: &mut BTreeSet<String>,
        keys: &mut BTreeSet<String>,
    ) -> Result<(), Fault> {
        let id = &self.id;
        if !is_object_id(id.as_ref()) {
            return Err(Fault::new(
                id,
                "an environment's id is 24 hexadecimal digits",
            ));
        }
        if !ids.insert(id.as_ref().clone()) {
            return Err(Fault::new(id, "this environment is already there"));
        }
        for key in &self.api_keys {
            let text = key.as_ref().expose();
            if text.trim() != text || text.is_empty() {
                return Err(Fault::new(
                    key,
                    "an API key has at least one character and no space around it",
                ));
            }
            if !keys.insert(text.to_owned()) {
                return Err(Fault::new(key, "this API key is already there"));
            }
        }
        Ok(())
    }
}

impl FileEnvironment {
    fn check(self) -> Result<Declared, Fault> {
        let mut identifiers = BTreeSet::new();
        let mut integrations = Vec::with_capacity(self.integrations.len());
        for integration in self.integrations {
            let identifier = &integration.identifier;
            if identifier.as_ref().is_empty() {
                return Err(Fault::new(
                    identifier,
                    "an integration's identifier is not empty",
                ));
            }
            if !identifiers.insert(identifier.as_ref().clone()) {
                return Err(Fault::new(
                    identifier,
                    "this environment already has an integration of this name",
                ));
            }
            integrations.push(integration.check()?);
        }
        Ok(Declared {
            environment: Environment {
                id: self.id.into_inner(),
                organization_id: self.organization_id,
            },
            api_keys: self.api_keys.into_iter().map(Spanned::into_inner).collect(),
            signing_keys: self.signing_keys,
            integrations,
            subscribers: self.subscribers.into_iter().collect(),
        })
    }
}

impl FileIntegration {
    fn check(self) -> Result<Integration, Fault> {
        let credentials = Credentials {
            client_id: self.client_id,
            secret_key: self.secret_key,
            tenant_id: self.tenant_id,
        };
        if self.provider == Provider::NovuSlack && credentials != Credentials::default() {
            let message =
                "an integration of novu-slack has no credentials but those of [novu_slack]";
            return Err(Fault::new(&self.identifier, message));
        }
        if let Some(redirect) = &self.redirect_url
            && !redirects(redirect.as_ref())
        {
            return Err(Fault::new(redirect, "expected an http or https URL"));
        }
        Ok(Integration {
            identifier: self.identifier.into_inner(),
            provider: self.provider,
            channel: self.channel,
            credentials,
            redirect_url: self.redirect_url.map(Spanned::into_inner),
            hmac: self.hmac,
        })
    }
}

/// Whether users may be sent to `text`.
pub(crate) fn redirects(text: &str) -> bool {
    let uri: Result<http::Uri, _> = text.parse();
    uri.is_ok_and(|uri| matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some())
}
