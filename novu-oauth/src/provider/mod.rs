//! The providers: where they are, the URLs that users are sent to, and what is asked of them for a code.

pub mod authorize;
mod call;
pub mod slack;
pub mod teams;
pub mod webex;

use std::time::Duration;

pub use call::ProviderError;

/// Where the providers are, without a slash at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderUrls {
    /// Slack.
    pub slack: String,
    /// Microsoft's identity platform.
    pub microsoft: String,
    /// Microsoft Graph.
    pub graph: String,
    /// Webex.
    pub webex: String,
}

impl Default for ProviderUrls {
    fn default() -> Self {
        Self {
            slack: "https://slack.com".to_owned(),
            microsoft: "https://login.microsoftonline.com".to_owned(),
            graph: "https://graph.microsoft.com".to_owned(),
            webex: "https://webexapis.com".to_owned(),
        }
    }
}

/// A client of the providers.
#[derive(Debug, Clone)]
pub struct Providers {
    /// Where they are.
    pub urls: ProviderUrls,
    http: reqwest::Client,
}

/// How long a provider may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

impl Providers {
    /// A client of the providers at `urls`.
    pub fn new(urls: ProviderUrls) -> Result<Self, reqwest::Error> {
        let http = reqwest::Client::builder()
            .timeout(PATIENCE)
            // A provider's answer is never elsewhere, and a secret must not go there.
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("novu-oauth/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { urls, http })
    }
}

/// An app, as it shows itself where it exchanges a code.
#[derive(Debug, Clone, Copy)]
pub struct App<'a> {
    /// Its id.
    pub client_id: &'a str,
    /// Its secret.
    pub client_secret: &'a str,
    /// The redirect URI of the URL that led to the code.
    pub redirect_uri: &'a str,
}
