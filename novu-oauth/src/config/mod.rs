//! The configuration file: where to listen, and the environments that the service knows.
//!
//! TOML; `example.toml` shows every setting. A fault names its file, line and column, and never
//! quotes a secret. Variables of the environment come before the file.

mod environment;
mod file;

pub use environment::VARIABLES;
pub(crate) use file::redirects;

use std::fmt;
use std::fs;
use std::io;
use std::net::SocketAddr;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Duration;

use toml::Spanned;

use crate::domain::{Credentials, Environment, Integration};
use crate::keyring::{InvalidKeyRing, KeyRing};
use crate::provider::ProviderUrls;
use crate::provider::authorize::ApiRoot;
use crate::random::NoRandomness;
use crate::secret::Secret;
use crate::storage::DatabaseUrl;

/// What the service runs with.
#[derive(Debug, Clone)]
pub struct Config {
    /// The address to listen on.
    pub listen: SocketAddr,
    /// The address at which metrics are shown, if they are.
    pub metrics: Option<SocketAddr>,
    /// The public address of the service.
    pub api_root: ApiRoot,
    /// Where everything is kept.
    pub database: DatabaseUrl,
    /// The keys under which secrets are kept.
    pub keys: Keys,
    /// Where the providers are.
    pub providers: ProviderUrls,
    /// The app behind every integration of `novu-slack`.
    pub novu_slack: Credentials,
    /// Whether a success is wrapped: `{"data":…}`.
    pub wraps: bool,
    /// How many requests an environment may send, if there is a limit.
    pub rate_limit: Option<RateLimit>,
    /// For how long answers are kept under their idempotency keys.
    pub idempotency: Idempotency,
    /// How long a request may take.
    pub request_timeout: Duration,
    /// Whether logs are JSON.
    pub json_logs: bool,
    /// Environments that the file declares; they are added to the storage when the service starts.
    pub environments: Vec<Declared>,
}

/// An environment that the file declares.
#[derive(Debug, Clone)]
pub struct Declared {
    /// Its ids.
    pub environment: Environment,
    /// Its API keys.
    pub api_keys: Vec<Secret>,
    /// The keys that sign its states, oldest first. Without one, a key is made up.
    pub signing_keys: Vec<Secret>,
    /// Its integrations.
    pub integrations: Vec<Integration>,
    /// Its subscribers.
    pub subscribers: Vec<String>,
}

/// Where the keys of secrets come from.
#[derive(Debug, Clone)]
pub enum Keys {
    /// They are given.
    Given(KeyRing),
    /// They are in this file, which is made if it is not there.
    File(PathBuf),
    /// Nobody keeps them: the storage is in memory.
    Ephemeral,
}

/// How many requests an environment may send to one instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimit {
    /// How many per second.
    pub per_second: u32,
    /// How many at once, after a pause.
    pub burst: u32,
}

/// For how long idempotency keys are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Idempotency {
    /// An answer.
    pub keep: Duration,
    /// A request that is under way, after which others take it that its instance has died.
    pub lock: Duration,
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
    /// A variable of the environment says something wrong.
    #[error("{name}: {message}")]
    Variable {
        /// The variable.
        name: &'static str,
        /// What is wrong.
        message: String,
    },
    /// The file of keys cannot be used.
    #[error("{}: {message}", path.display())]
    Keys {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        message: String,
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
    /// Reads and checks the file at `path`, if there is one, and the variables that `variable` gives.
    pub fn load(
        path: Option<&Path>,
        variable: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, ConfigError> {
        let text = path.map_or(Ok(String::new()), |path| {
            fs::read_to_string(path).map_err(|source| ConfigError::Read {
                path: path.to_owned(),
                source,
            })
        })?;
        let path = path.unwrap_or(Path::new("no configuration file"));
        let invalid = |fault: Fault| fault.at(path, &text);
        let mut file = file::File::parse(&text).map_err(invalid)?;
        environment::apply(&mut file, variable)?;
        let mut config = file.check().map_err(invalid)?;
        if let Some(ring) = environment::keys(variable)? {
            config.keys = Keys::Given(ring);
        }
        Ok(config)
    }

    /// The configuration of `example.toml`, which is built in.
    pub fn example() -> Result<Self, ConfigError> {
        Self::read(
            include_str!("../../example.toml"),
            Path::new("example.toml"),
        )
    }

    /// Checks `text`, which a fault names `path`.
    pub fn read(text: &str, path: &Path) -> Result<Self, ConfigError> {
        file::File::parse(text)
            .and_then(file::File::check)
            .map_err(|fault| fault.at(path, text))
    }
}

impl Keys {
    /// The keys, read from their file or made.
    pub fn ring(&self) -> Result<KeyRing, ConfigError> {
        let made = |error: NoRandomness, path: &Path| ConfigError::Keys {
            path: path.to_owned(),
            message: error.to_string(),
        };
        match self {
            Self::Given(ring) => Ok(ring.clone()),
            Self::Ephemeral => KeyRing::ephemeral().map_err(|error| made(error, Path::new("keys"))),
            Self::File(path) => {
                let fault = |error: &dyn fmt::Display| ConfigError::Keys {
                    path: path.clone(),
                    message: error.to_string(),
                };
                let text = match fs::read_to_string(path) {
                    Ok(text) => text,
                    Err(error) if error.kind() == io::ErrorKind::NotFound => {
                        let key = KeyRing::generate().map_err(|error| made(error, path))?;
                        let text = format!("{key}\n");
                        file::write_private(path, &text).map_err(|error| fault(&error))?;
                        text
                    }
                    Err(error) => return Err(fault(&error)),
                };
                KeyRing::parse(&text).map_err(|error: InvalidKeyRing| fault(&error))
            }
        }
    }
}

/// What is wrong, and where in the text.
#[derive(Debug)]
struct Fault {
    at: Range<usize>,
    message: String,
}

impl Fault {
    fn at(self, path: &Path, text: &str) -> ConfigError {
        ConfigError::Invalid {
            path: path.to_owned(),
            position: Position::of(text, self.at.start),
            message: self.message,
        }
    }

    fn new<T>(at: &Spanned<T>, message: impl Into<String>) -> Self {
        Self {
            at: at.span(),
            message: message.into(),
        }
    }
}

#[cfg(test)]
mod tests;
