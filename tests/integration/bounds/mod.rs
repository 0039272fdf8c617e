//! Documents made to cost much: twice the text has to cost about twice the work, and whatever is too much has to end in a
//! diagnostic that says so.

mod documents;
mod texts;

use std::fs;
use std::time::Instant;

use serde_json::Value;
use specwright::config::ApiConfig;
use specwright::diag::Sink;
use specwright::pipeline;
use specwright::source::Source;

/// Several times the size may cost as many times as much, and as much again for maps that outgrow a cache. Work
/// that grows with the square costs [`TIMES`] times that.
const TIMES: usize = 8;
const LIMIT: f64 = 4.0;

/// How often what seems too dear is measured again: a busy machine can only add to a cost.
const ROUNDS: usize = 5;

/// Processor time of this thread in seconds, which other tests do not add to; the time of day where the system does not
/// tell.
fn clock(start: Instant) -> f64 {
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| start.elapsed().as_secs_f64(), |count| count / 1e9)
}

/// What it costs to read, resolve and plan a document, and the codes that it raises.
fn cost(document: &Value) -> (f64, Vec<&'static str>) {
    let source = Source::text("large.json", document.to_string()).unwrap();
    let mut sink = Sink::new();
    let day = Instant::now();
    let start = clock(day);
    let inspection = pipeline::inspect(&source, &ApiConfig::default(), &mut sink);
    let time = clock(day) - start;
    drop(inspection);
    (time, codes(&sink))
}

fn codes(sink: &Sink) -> Vec<&'static str> {
    let mut codes: Vec<&'static str> = sink
        .diagnostics()
        .iter()
        .map(|found| found.code.name())
        .collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

#[test]
fn work_grows_as_the_document_does() {
    let mut faults = Vec::new();
    for (name, size, expected, make) in documents::ALL {
        let (small_document, large_document) = (make(*size), make(TIMES * size));
        let (small, _) = cost(&small_document);
        let (mut large, codes) = cost(&large_document);
        #[expect(clippy::cast_precision_loss, reason = "a small number")]
        let most = small * TIMES as f64 * LIMIT + 0.1;
        for _ in 1..ROUNDS {
            if large <= most {
                break;
            }
            large = large.min(cost(&large_document).0);
        }
        eprintln!("{name}: {:.0} ms, {:.0} ms", small * 1e3, large * 1e3);
        if large > most {
            faults.push(format!(
                "{name}: {TIMES} times the size took {:.0} ms after {:.0} ms",
                large * 1e3,
                small * 1e3
            ));
        }
        if codes != *expected {
            faults.push(format!("{name}: {codes:?} instead of {expected:?}"));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn what_is_accepted_becomes_rust() {
    for (name, size, _, make) in documents::ALL {
        let text = make(size / 50 + 2).to_string();
        let source = Source::text("small.json", text).unwrap();
        let mut sink = Sink::new();
        let generated = pipeline::generate(&source, &ApiConfig::default(), &mut sink);
        let generated = generated.unwrap_or_else(|fault| panic!("{name}: {fault}"));
        assert!(generated.is_some(), "{name}: {:?}", codes(&sink));
    }
}
