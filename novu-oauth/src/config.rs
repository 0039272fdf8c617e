//! The configuration file: where to listen, and the environments that the service knows.
//!
//! TOML; `example.toml` shows every setting. A fault names its file, line and column, and never
//! quotes a secret.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io;
use std::net::SocketAddr;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;

use crate::authorize::{ApiRoot, InvalidApiRoot};
use crate::directory::{Channel, Credentials, Directory, Environment, Integration, Provider};
use crate::legacy::is_object_id;
use crate::secret::Secret;

/// What the service runs with.
#[derive(Debug, Clone)]
pub struct Config {
    /// The address to listen on.
    pub listen: SocketAddr,
    /// The public address of the service.
    pub api_root: ApiRoot,
    /// Environments, integrations and subscribers.
    pub directory: Directory,
}

/// The file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// It cannot be read.
    #[error("{}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It says something wrong.
    #[error("{}{position}: {message}", path.display())]
    Invalid {
        /// The file.
        path: PathBuf,
        /// Where.
        position: Position,
        /// What is wrong.
        message: String,
    },
}

/// Line and column, both from 1, the column in characters. Printed as `:LINE:COLUMN`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, ":{}:{}", self.line, self.column)
    }
}

impl Position {
    fn of(text: &str, offset: usize) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let line = before.rsplit('\n').next().unwrap_or_default();
        Self {
            line: before.matches('\n').count() + 1,
            column: line.chars().count() + 1,
        }
    }
}

impl Config {
    /// Reads and checks the file at `path`.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let text = fs::read_to_string(path).map_err(|source| ConfigError::Read {
            path: path.to_owned(),
            source,
        })?;
        Self::read(&text, path)
    }

    /// The configuration of `example.toml`, which is built in.
    pub fn example() -> Result<Self, ConfigError> {
        Self::read(include_str!("../example.toml"), Path::new("example.toml"))
    }

    /// Checks `text`, which a fault names `path`.
    pub fn read(text: &str, path: &Path) -> Result<Self, ConfigError> {
        Self::parse(text).map_err(|fault| ConfigError::Invalid {
            path: path.to_owned(),
            position: Position::of(text, fault.at.start),
            message: fault.message,
        })
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        let file: File = toml::from_str(text).map_err(|error| Fault {
            at: error.span().unwrap_or_default(),
            message: without_value(error.message()),
        })?;
        file.check()
    }
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

/// What is wrong, and where in the text.
#[derive(Debug)]
struct Fault {
    at: Range<usize>,
    message: String,
}

impl Fault {
    fn new<T>(at: &Spanned<T>, message: impl Into<String>) -> Self {
        Self {
            at: at.span(),
            message: message.into(),
        }
    }
}

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    listen: SocketAddr,
    api_root: Spanned<String>,
    /// The app behind every integration of the provider `novu-slack`.
    #[serde(default)]
    novu_slack: Credentials,
    #[serde(default)]
    environments: Vec<FileEnvironment>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileEnvironment {
    id: Spanned<String>,
    organization_id: String,
    #[serde(default)]
    api_keys: Vec<Spanned<Secret>>,
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
    #[serde(default)]
    hmac: bool,
}

impl File {
    fn check(self) -> Result<Config, Fault> {
        let api_root = ApiRoot::parse(self.api_root.as_ref())
            .map_err(|error: InvalidApiRoot| Fault::new(&self.api_root, error.to_string()))?;
        let mut ids = BTreeSet::new();
        let mut keys = BTreeSet::new();
        let mut environments = Vec::with_capacity(self.environments.len());
        for environment in self.environments {
            let id = &environment.id;
            if !is_object_id(id.as_ref()) {
                return Err(Fault::new(
                    id,
                    "an environment's id is 24 hexadecimal digits",
                ));
            }
            if !ids.insert(id.as_ref().clone()) {
                return Err(Fault::new(id, "this environment is already there"));
            }
            for key in &environment.api_keys {
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
            environments.push(environment.check(&self.novu_slack)?);
        }
        Ok(Config {
            listen: self.listen,
            api_root,
            directory: Directory::new(environments),
        })
    }
}

impl FileEnvironment {
    fn check(self, novu_slack: &Credentials) -> Result<Environment, Fault> {
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
            integrations.push(integration.check(novu_slack)?);
        }
        Ok(Environment {
            id: self.id.into_inner(),
            organization_id: self.organization_id,
            api_keys: self.api_keys.into_iter().map(Spanned::into_inner).collect(),
            integrations,
            subscribers: self.subscribers,
        })
    }
}

impl FileIntegration {
    fn check(self, novu_slack: &Credentials) -> Result<Integration, Fault> {
        let own = Credentials {
            client_id: self.client_id,
            secret_key: self.secret_key,
            tenant_id: self.tenant_id,
        };
        let credentials = match self.provider {
            Provider::NovuSlack if own != Credentials::default() => {
                let message =
                    "an integration of novu-slack has no credentials but those of [novu_slack]";
                return Err(Fault::new(&self.identifier, message));
            }
            Provider::NovuSlack => novu_slack.clone(),
            Provider::Slack | Provider::MsTeams => own,
        };
        Ok(Integration {
            identifier: self.identifier.into_inner(),
            provider: self.provider,
            channel: self.channel,
            credentials,
            hmac: self.hmac,
        })
    }
}

#[cfg(test)]
#[path = "config_tests.rs"]
mod tests;
