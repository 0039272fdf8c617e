//! Running a command.

use std::error::Error;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::TcpListener;

use super::arguments::{
    Arguments, Command, EnvCommand, IntegrationCommand, KeyCommand, KeyKind, SubscriberCommand,
};
use super::report::Report;
use super::{commands, logging};
use crate::config::Config;
use crate::http::Metrics;
use crate::serve::{asked_to_end, serve_all};
use crate::service::OAuth;
use crate::storage::{self, Storage};

type Outcome<T> = Result<T, Box<dyn Error>>;

impl Arguments {
    /// Does what the command says.
    ///
    /// # Errors
    /// Where it cannot; the text is for people.
    pub async fn run(self) -> Outcome<()> {
        let report = match self.command {
            Command::Demo => {
                println!("{}", crate::demo::run().await?);
                return Ok(());
            }
            Command::Serve => return run_server(&self.configured()?).await,
            _ => {
                let config = self.configured()?;
                let store = storage::open(&config.database, config.keys.ring()?).await?;
                let report = administer(&*store, self.command, &config).await;
                store.close().await;
                report?
            }
        };
        report.print(self.json);
        Ok(())
    }

    fn configured(&self) -> Outcome<Config> {
        let variable = |name: &str| std::env::var(name).ok();
        Ok(Config::load(self.config.as_deref(), &variable)?)
    }
}

async fn administer(store: &dyn Storage, command: Command, config: &Config) -> Outcome<Report> {
    match command {
        Command::Env {
            command: EnvCommand::Create { id, organization },
        } => commands::create_environment(store, id, organization).await,
        Command::Env {
            command: EnvCommand::List,
        } => commands::list_environments(store).await,
        Command::Integration {
            command: IntegrationCommand::Add(arguments),
        } => commands::add_integration(store, arguments).await,
        Command::Subscriber {
            command: SubscriberCommand::Add { environment, ids },
        } => commands::add_subscribers(store, &environment, ids).await,
        Command::Key {
            command: KeyCommand::Rotate { kind },
        } => match kind {
            KeyKind::State { environment } => commands::rotate_state(store, &environment).await,
            KeyKind::Api { environment } => commands::rotate_api(store, &environment).await,
            KeyKind::Storage => commands::rotate_storage(store).await,
        },
        // Opening it has done so.
        Command::Migrate | Command::Serve | Command::Demo => {
            Ok(Report::default().with("migrated", config.database.to_string()))
        }
    }
}

async fn run_server(config: &Config) -> Outcome<()> {
    logging::start(config.json_logs);
    let service = Arc::new(OAuth::open(config).await?);
    let metrics = Arc::new(Metrics::default());
    let listener = bind(config.listen).await?;
    let stop = asked_to_end()?;
    eprintln!("listening on http://{}", listener.local_addr()?);
    let shown = match config.metrics {
        Some(address) => {
            let listener = bind(address).await?;
            eprintln!("metrics at http://{}/metrics", listener.local_addr()?);
            Some(listener)
        }
        None => None,
    };
    serve_all(
        &service,
        &metrics,
        config.request_timeout,
        listener,
        shown,
        stop,
    )
    .await;
    Ok(())
}

async fn bind(address: SocketAddr) -> Outcome<TcpListener> {
    let bound = TcpListener::bind(address).await;
    Ok(bound.map_err(|error| format!("cannot listen on {address}: {error}"))?)
}
