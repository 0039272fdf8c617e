//! `serve` serves the mock on a free port and says where. `ask URL` has the client call every operation there, once for each
//! status that the document gives, and says what was not as the document has it.

mod excuses;

use std::env;
use std::error::Error;
use std::process::ExitCode;

use excuses::Excuses;
use http::StatusCode;
use novu_api::client::Client;
use novu_api::mock::loopback::probe;
use novu_api::mock::{self, CALLS, Mock};
use tokio::net::TcpListener;

const USAGE: &str = "expected `serve`, or `ask URL [--no-redirects] [--but FILE]`";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let outcome = match arguments.split_first() {
        Some((command, [])) if command == "serve" => serve().await,
        Some((command, [url, options @ ..])) if command == "ask" => ask(url, options).await,
        _ => Err(USAGE.into()),
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("error: {error}");
        ExitCode::from(2)
    })
}

async fn serve() -> Result<ExitCode, Box<dyn Error>> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    println!("http://{}", listener.local_addr()?);
    axum::serve(listener, mock::router()).await?;
    Ok(ExitCode::SUCCESS)
}

async fn ask(url: &str, mut options: &[String]) -> Result<ExitCode, Box<dyn Error>> {
    let mut wanted: fn(StatusCode) -> bool = |_| true;
    let mut excuses = Excuses::default();
    while let Some((option, rest)) = options.split_first() {
        options = match (option.as_str(), rest) {
            ("--no-redirects", rest) => {
                wanted = |status| !status.is_redirection();
                rest
            }
            ("--but", [path, rest @ ..]) => {
                excuses = Excuses::load(path)?;
                rest
            }
            _ => return Err(USAGE.into()),
        };
    }
    let client = Client::builder().base_url(url);
    let mut report = probe(Mock::new(), mock::server, client, CALLS, wanted).await;
    report.faults.retain(|fault| !excuses.excuse(fault));
    print!("{report}{excuses}");
    Ok(if report.is_good() && report.responses > 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
