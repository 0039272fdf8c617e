//! Variables of the environment, which come before the file.

use std::path::PathBuf;

use toml::Spanned;

use super::ConfigError;
use super::file::File;
use crate::keyring::KeyRing;
use crate::secret::Secret;

/// Every variable, and what it stands for.
pub const VARIABLES: [(&str, &str); 9] = [
    ("NOVU_OAUTH_LISTEN", "listen"),
    ("NOVU_OAUTH_METRICS", "metrics"),
    ("NOVU_OAUTH_API_ROOT", "api_root"),
    ("NOVU_OAUTH_DATABASE", "database"),
    ("NOVU_OAUTH_KEYS_FILE", "keys_file"),
    ("NOVU_OAUTH_KEYS", "the keys themselves, the newest last"),
    ("NOVU_OAUTH_SLACK_CLIENT_ID", "novu_slack.client_id"),
    ("NOVU_OAUTH_SLACK_SECRET_KEY", "novu_slack.secret_key"),
    (
        "NOVU_OAUTH_LOG",
        "what is logged, such as `info` or `novu_oauth=debug`",
    ),
];

type Variables<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Puts what variables say into `file`.
pub(super) fn apply(file: &mut File, variable: Variables<'_>) -> Result<(), ConfigError> {
    let fault = |name: &'static str, message: String| ConfigError::Variable { name, message };
    if let Some(text) = variable("NOVU_OAUTH_LISTEN") {
        let parsed = text.parse();
        file.listen =
            parsed.map_err(|_| fault("NOVU_OAUTH_LISTEN", expected("an address", &text)))?;
    }
    if let Some(text) = variable("NOVU_OAUTH_METRICS") {
        let parsed = text.parse();
        let parsed =
            parsed.map_err(|_| fault("NOVU_OAUTH_METRICS", expected("an address", &text)))?;
        file.metrics = Some(parsed);
    }
    if let Some(text) = variable("NOVU_OAUTH_API_ROOT") {
        file.api_root = Some(Spanned::new(0..0, text));
    }
    if let Some(text) = variable("NOVU_OAUTH_DATABASE") {
        file.database = Some(Spanned::new(0..0, text));
    }
    if let Some(text) = variable("NOVU_OAUTH_KEYS_FILE") {
        file.keys = Some(PathBuf::from(text));
    }
    // What the ring is made of does not matter here, only that there is one.
    if variable("NOVU_OAUTH_KEYS").is_some() && file.keys.is_none() {
        file.keys = Some(PathBuf::new());
    }
    if let Some(text) = variable("NOVU_OAUTH_SLACK_CLIENT_ID") {
        file.novu_slack.client_id = Some(text);
    }
    if let Some(text) = variable("NOVU_OAUTH_SLACK_SECRET_KEY") {
        file.novu_slack.secret_key = Some(Secret::new(text));
    }
    Ok(())
}

/// The keys, if a variable gives them.
pub(super) fn keys(variable: Variables<'_>) -> Result<Option<KeyRing>, ConfigError> {
    let name = "NOVU_OAUTH_KEYS";
    let ring = variable(name).map(|text| KeyRing::parse(&text)).transpose();
    ring.map_err(|error| ConfigError::Variable {
        name,
        message: error.to_string(),
    })
}

fn expected(what: &str, found: &str) -> String {
    format!("expected {what}, found `{found}`")
}
