//! The process is killed again and again under load: no answer that was given is lost or given otherwise
//! afterwards. `NOVU_OAUTH_CRASH_REQUESTS` says how many requests there are.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "clippy sees only functions marked as tests as tests"
)]

#[path = "../storage/postgres.rs"]
mod postgres;
mod server;

use std::collections::BTreeMap;
use std::env;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use novu_api::client::Client;
use novu_api::types::GenerateLinkUserOauthUrlRequestDto;
use server::Server;
use tokio::time::sleep;

/// How many requests are under way at a time.
const WORKERS: usize = 16;
/// How often the process is killed.
const KILLS: usize = 5;

/// What became of the requests, by number.
#[derive(Default)]
struct Ledger {
    next: AtomicUsize,
    answered: Mutex<BTreeMap<usize, String>>,
    unknown: Mutex<Vec<usize>>,
}

impl Ledger {
    fn count(&self) -> usize {
        self.answered.lock().expect("a lock").len()
    }
}

/// The URL under the key of this number, and whether it was given before; the status if there is none.
async fn ask(client: &Client, number: usize) -> Result<(String, bool), Option<u16>> {
    let body = GenerateLinkUserOauthUrlRequestDto::new("subscriber-123", "slack-main");
    let call = client.integrations().generate_link_user_oauth_url(body);
    match call.idempotency_key(format!("key-{number}")).send().await {
        Ok(reply) => {
            let replayed = reply.headers.idempotency_replay.as_deref() == Some("true");
            Ok((reply.body.url, replayed))
        }
        Err(error) => Err(error.status().map(|status| status.as_u16())),
    }
}

/// Sends requests until there are no more, or the process is gone.
async fn work(client: Client, ledger: Arc<Ledger>, total: usize) {
    loop {
        let number = ledger.next.fetch_add(1, Ordering::SeqCst);
        if number >= total {
            return;
        }
        if let Ok((url, replayed)) = ask(&client, number).await {
            assert!(!replayed, "{number}");
            ledger.answered.lock().expect("a lock").insert(number, url);
        } else {
            ledger.unknown.lock().expect("a lock").push(number);
            return;
        }
    }
}

async fn survives(database: &str) {
    let total =
        env::var("NOVU_OAUTH_CRASH_REQUESTS").map_or(500, |text| text.parse().expect("a number"));
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = Arc::new(Ledger::default());
    for kill in 1..=KILLS {
        let mut server = Server::start(folder.path(), database);
        let client = server.client();
        let workers: Vec<_> = (0..WORKERS)
            .map(|_| tokio::spawn(work(client.clone(), Arc::clone(&ledger), total)))
            .collect();
        while ledger.count() < total * kill / (KILLS + 1) {
            sleep(Duration::from_millis(1)).await;
        }
        server.kill();
        for worker in workers {
            worker.await.expect("no panic");
        }
    }
    let server = Server::start(folder.path(), database);
    let client = server.client();
    let answered = std::mem::take(&mut *ledger.answered.lock().expect("a lock"));
    let unknown = std::mem::take(&mut *ledger.unknown.lock().expect("a lock"));
    for (number, url) in &answered {
        let again = ask(&client, *number).await;
        assert_eq!(again.as_ref(), Ok(&(url.clone(), true)), "{number}");
    }
    // Those without an answer have one now, once their lock has ended, and it stays.
    for number in &unknown {
        let (url, _) = loop {
            match ask(&client, *number).await {
                Ok(answer) => break answer,
                Err(status) => assert_eq!(status, Some(409), "{number}"),
            }
            sleep(Duration::from_millis(100)).await;
        };
        assert_eq!(ask(&client, *number).await, Ok((url, true)), "{number}");
    }
    println!(
        "{} answers kept, {} given later",
        answered.len(),
        unknown.len()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn sqlite() {
    survives("sqlite:novu.db").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn postgres() {
    if let Some(host) = postgres::folder() {
        survives(&format!("postgres://novu@localhost/postgres?host={host}")).await;
    }
}
