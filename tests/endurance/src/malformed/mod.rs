//! Sends requests that are malformed at random to the mock of a document, over connections in memory.

mod body;
mod connection;
mod head;
mod message;
mod random;
mod recorder;

use std::collections::BTreeMap;
use std::panic;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use connection::{Answer, Connections};
use message::Message;
use random::Random;

use crate::Fault;
use crate::api::mock::{Mock, server};

/// What is done to a request.
type Malform = fn(&mut Message, &mut Random);

const KINDS: &[(&str, Malform)] = &[
    ("request line", head::line),
    ("target", head::target),
    ("query", head::query),
    ("headers", head::headers),
    ("credentials", head::credentials),
    ("negotiation", head::negotiation),
    ("length", body::length),
    ("chunks", body::chunks),
    ("content type", body::content_type),
    ("text", body::text),
    ("JSON", body::json),
    ("multipart", body::multipart),
];

/// How often the program panicked.
static PANICS: AtomicU64 = AtomicU64::new(0);

/// Sends `count` requests.
pub(crate) async fn run(count: u64, seed: u64) -> Result<(), Fault> {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        PANICS.fetch_add(1, Ordering::Relaxed);
        before(panic);
    }));
    let good = recorder::requests().await;
    if good.is_empty() {
        return Err("the document shows no request".into());
    }
    let mut server = Connections::serve(server(Mock::new()).into_router());
    let start = Instant::now();
    for message in &good {
        let answer = server.send(&message.bytes()).await;
        if !matches!(answer, Answer::Statuses(ref all) if all.iter().all(|status| status / 100 < 4))
        {
            return Err(format!(
                "a good request is refused: {answer:?}\n{}",
                shown(&message.bytes())
            )
            .into());
        }
    }

    let mut faults = 0;
    let mut told: BTreeMap<String, u64> = BTreeMap::new();
    for round in 0..count {
        // A request of its own seed each, so that one that fails can be sent alone.
        let mut random = Random(seed.wrapping_mul(1 << 32).wrapping_add(round));
        let mut message = random.of(&good);
        let mut names = Vec::new();
        for _ in 0..=random.below(3) {
            if let Some((name, malform)) = KINDS.get(random.below(KINDS.len())) {
                malform(&mut message, &mut random);
                names.push(*name);
            }
        }
        let mut bytes = message.bytes();
        if random.one_in(12) {
            names.push("bytes");
            body::mutate(&mut bytes, &mut random);
        }
        let panics = PANICS.load(Ordering::Relaxed);
        let answer = server.send(&bytes).await;
        let panicked = PANICS.load(Ordering::Relaxed) > panics;
        if panicked || answer.is_fault() {
            faults += 1;
            if faults <= 10 {
                let names = names.join(", ");
                println!(
                    "fault in round {round} ({names}): {answer:?}\n{}",
                    shown(&bytes)
                );
            }
        }
        for one in answer.words() {
            *told.entry(one).or_default() += 1;
        }
    }
    let told: Vec<String> = told
        .iter()
        .map(|(answer, times)| format!("{answer}: {times}"))
        .collect();
    println!(
        "{} kinds of good requests; {count} malformed in {:.1} s; {faults} faults\n{}",
        good.len(),
        start.elapsed().as_secs_f32(),
        told.join(", ")
    );
    if faults > 0 {
        return Err("a request has no panic, no hang and no 5xx for an answer".into());
    }
    Ok(())
}

fn shown(bytes: &[u8]) -> String {
    let start = bytes.get(..2000).unwrap_or(bytes);
    start.escape_ascii().to_string().replace("\\r\\n", "\n")
}
