//! What the command line takes.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::domain::Provider;

/// Mints Novu's chat OAuth URLs for Slack, Microsoft Teams and Webex, and completes the flows.
#[derive(Debug, Parser)]
#[command(version)]
pub struct Arguments {
    /// The configuration. Variables `NOVU_OAUTH_…` come before it; without it, they have to say enough.
    #[arg(long, value_name = "FILE", global = true)]
    pub(super) config: Option<PathBuf>,
    /// Print JSON.
    #[arg(long, global = true)]
    pub(super) json: bool,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Serve the API until asked to end.
    Serve,
    /// Bring the tables of the database up to date, which `serve` does too.
    Migrate,
    /// Environments.
    Env {
        #[command(subcommand)]
        command: EnvCommand,
    },
    /// Integrations of an environment.
    Integration {
        #[command(subcommand)]
        command: IntegrationCommand,
    },
    /// Subscribers of an environment.
    Subscriber {
        #[command(subcommand)]
        command: SubscriberCommand,
    },
    /// Keys.
    Key {
        #[command(subcommand)]
        command: KeyCommand,
    },
    /// Start the service on a free port, call it with the generated client, and print the URL.
    Demo,
}

#[derive(Debug, Subcommand)]
pub(super) enum EnvCommand {
    /// Add an environment, and print its API key, which is not shown again.
    Create {
        /// 24 hexadecimal digits; made up if absent.
        #[arg(long)]
        id: Option<String>,
        /// The organization that owns it, 24 hexadecimal digits; made up if absent.
        #[arg(long)]
        organization: Option<String>,
    },
    /// List the environments.
    List,
}

#[derive(Debug, Subcommand)]
pub(super) enum IntegrationCommand {
    /// Add an integration, or bring it up to date.
    Add(IntegrationArguments),
}

#[derive(Debug, Args)]
pub(super) struct IntegrationArguments {
    pub(super) provider: ProviderName,
    #[arg(long, value_name = "ID")]
    pub(super) environment: String,
    /// The name by which requests refer to it.
    #[arg(long)]
    pub(super) identifier: String,
    #[arg(long)]
    pub(super) client_id: Option<String>,
    /// The file with the app's client secret; `-` is standard input.
    #[arg(long, value_name = "FILE")]
    pub(super) secret_key_file: Option<PathBuf>,
    /// The home tenant of a Teams app.
    #[arg(long)]
    pub(super) tenant_id: Option<String>,
    /// Where users go when a flow is complete.
    #[arg(long, value_name = "URL")]
    pub(super) redirect_url: Option<String>,
    /// Ask for a hash that proves the context of a request.
    #[arg(long)]
    pub(super) hmac: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum ProviderName {
    Slack,
    NovuSlack,
    Msteams,
    Webex,
}

impl From<ProviderName> for Provider {
    fn from(name: ProviderName) -> Self {
        match name {
            ProviderName::Slack => Self::Slack,
            ProviderName::NovuSlack => Self::NovuSlack,
            ProviderName::Msteams => Self::MsTeams,
            ProviderName::Webex => Self::Webex,
        }
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum SubscriberCommand {
    /// Add subscribers.
    Add {
        #[arg(long, value_name = "ID")]
        environment: String,
        /// Their ids.
        #[arg(required = true)]
        ids: Vec<String>,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum KeyCommand {
    /// Put a new key in the place of an old one.
    Rotate {
        #[command(subcommand)]
        kind: KeyKind,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum KeyKind {
    /// The key that signs states. States that are under way stay good.
    State {
        #[arg(long, value_name = "ID")]
        environment: String,
    },
    /// Add an API key, and print it. The others stay good.
    Api {
        #[arg(long, value_name = "ID")]
        environment: String,
    },
    /// Seal all secrets with the newest of the keys, after which older ones can be taken out.
    Storage,
}
