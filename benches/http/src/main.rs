//! Calls the generated server or client, or their twins written by hand, again and again, for a profiler to
//! count what that takes.
//!
//! - `http-loop server generated|written CASE ROUNDS`: requests over a connection in memory, HTTP included.
//! - `http-loop listen generated|written`: the same server on a free port, which it prints.
//! - `http-loop lua CASE`: the script with which `wrk` sends the same request.
//! - `http-loop canned`: answers every request with the same bytes, on a free port, which it prints.
//! - `http-loop client generated|written CASE ROUNDS PORT`: calls to such a port.
//!
//! With 0 rounds, `server` prints what comes back, so that both sides can be compared.

mod canned;
mod drive;
mod generated;
mod samples;
mod types;
mod written_client;
mod written_server;

use std::error::Error;
use std::io::Write as _;

use tokio::net::TcpListener;

/// Generated from `shop.yaml`.
#[allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "a service uses a part of what is generated"
)]
mod shop {
    include!(concat!(env!("OUT_DIR"), "/shop/mod.rs"));
}

type Outcome<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["server", side, case, rounds] => {
            let request = samples::request(case)?;
            drive::requests(router(side)?, &request, rounds.parse()?).await
        }
        ["listen", side] => {
            let listener = listener().await?;
            Ok(axum::serve(listener, router(side)?).await?)
        }
        ["lua", case] => Ok(print(&samples::lua(case)?)?),
        ["canned"] => canned::serve(listener().await?).await,
        ["client", "generated", case, rounds, port] => {
            generated::calls(case, rounds.parse()?, port).await
        }
        ["client", "written", case, rounds, port] => {
            written_client::calls(case, rounds.parse()?, port).await
        }
        _ => Err("see the top of `main.rs` for how this is called".into()),
    }
}

fn router(side: &str) -> Outcome<axum::Router> {
    match side {
        "generated" => Ok(generated::router()?),
        "written" => Ok(written_server::router()?),
        _ => Err(format!("no side `{side}`").into()),
    }
}

async fn listener() -> Outcome<TcpListener> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    print(&format!("{}\n", listener.local_addr()?.port()))?;
    Ok(listener)
}

fn print(text: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout();
    out.write_all(text.as_bytes())?;
    out.flush()
}
