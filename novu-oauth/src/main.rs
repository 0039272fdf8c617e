//! The command line of the service.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use novu_oauth::config::Config;
use novu_oauth::serve::{asked_to_end, serve};
use novu_oauth::service::OAuth;
use tokio::net::TcpListener;

/// Mints Novu's chat OAuth URLs for Slack and Microsoft Teams.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the API until interrupted.
    Serve {
        /// The configuration: environments, keys, integrations, subscribers.
        #[arg(long, value_name = "FILE")]
        config: PathBuf,
    },
    /// Start the service on a free port, call it with the generated client, and print the URL.
    Demo,
}

#[tokio::main]
async fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Serve { config } => run(&config).await,
        Command::Demo => demo().await,
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

async fn run(config: &Path) -> Result<(), Box<dyn Error>> {
    let config = Config::load(config)?;
    let address = config.listen;
    let listener = TcpListener::bind(address)
        .await
        .map_err(|error| format!("cannot listen on {address}: {error}"))?;
    let stop = asked_to_end()?;
    eprintln!("listening on http://{}", listener.local_addr()?);
    serve(
        listener,
        OAuth::new(config).into_server().into_router(),
        stop,
    )
    .await?;
    Ok(())
}

async fn demo() -> Result<(), Box<dyn Error>> {
    println!("{}", novu_oauth::demo::run().await?);
    Ok(())
}
