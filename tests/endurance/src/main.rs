//! What a generated server lives through. `stream [MEBIBYTES]` sends it a body and has it send one, each of a gibibyte unless
//! told otherwise, and looks at the memory of the process. `malformed [COUNT [SEED]]` sends it requests that are malformed at
//! random, and counts panics, hangs and answers that blame the server.

mod malformed;
mod stream;

use std::env;
use std::error::Error;
use std::process::ExitCode;

/// A server and a client that stream.
#[allow(dead_code, clippy::pedantic, reason = "a part of it is used")]
mod files {
    include!(concat!(env!("OUT_DIR"), "/files/mod.rs"));
}

/// The server that is sent malformed requests.
#[allow(dead_code, clippy::pedantic, reason = "a part of it is used")]
mod api {
    include!(concat!(env!("OUT_DIR"), "/api/mod.rs"));
}

const USAGE: &str = "expected `stream [MEBIBYTES]`, or `malformed [COUNT [SEED]]`";

/// Why the server did not live through it.
type Fault = Box<dyn Error + Send + Sync>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        ["stream"] => stream::run(1024).await,
        ["stream", mebibytes] => with(mebibytes, stream::run).await,
        ["malformed"] => malformed::run(10_000, 1).await,
        ["malformed", count] => with(count, |count| malformed::run(count, 1)).await,
        ["malformed", count, seed] => match (count.parse(), seed.parse()) {
            (Ok(count), Ok(seed)) => malformed::run(count, seed).await,
            _ => Err(USAGE.into()),
        },
        _ => Err(USAGE.into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}

async fn with<F: Future<Output = Result<(), Fault>>>(
    number: &str,
    run: impl FnOnce(u64) -> F,
) -> Result<(), Fault> {
    run(number.parse().map_err(|_| USAGE)?).await
}
