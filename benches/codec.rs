//! Decoding and encoding: generated types against their twins with serde's derives.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput};
use novu_api::types;
use serde::Serialize;
use serde::de::DeserializeOwned;
use specwright_benches::{plain, samples, twins};

fn main() {
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(3))
        .configure_from_args();
    compare::<plain::types::Subscriber, twins::Subscriber>(
        &mut criterion,
        "subscriber",
        samples::SUBSCRIBER,
    );
    compare::<types::GenerateLinkUserOauthUrlRequestDto, twins::LinkRequest>(
        &mut criterion,
        "link-request",
        samples::LINK_REQUEST,
    );
    compare::<
        BTreeMap<String, types::GenerateLinkUserOauthUrlRequestDtoContext>,
        BTreeMap<String, twins::Context>,
    >(&mut criterion, "context", samples::CONTEXT);
    compare::<types::ErrorDto, twins::Error>(&mut criterion, "error-mixed", samples::ERROR_MIXED);
    compare::<types::ErrorDto, twins::Error>(
        &mut criterion,
        "error-sentences",
        samples::ERROR_SENTENCES,
    );
    criterion.final_summary();
}

/// Benches both sides of one case, in both directions.
fn compare<Generated, Derived>(criterion: &mut Criterion, case: &str, json: &str)
where
    Generated: DeserializeOwned + Serialize,
    Derived: DeserializeOwned + Serialize,
{
    decode::<Generated>(criterion, case, "generated", json);
    decode::<Derived>(criterion, case, "derived", json);
    encode::<Generated>(criterion, case, "generated", json);
    encode::<Derived>(criterion, case, "derived", json);
}

fn decode<T: DeserializeOwned>(criterion: &mut Criterion, case: &str, side: &str, json: &str) {
    let mut group = criterion.benchmark_group(format!("{case}/decode"));
    group.throughput(Throughput::Bytes(json.len() as u64));
    group.bench_function(side, |bencher| {
        bencher.iter(|| serde_json::from_slice::<T>(black_box(json.as_bytes())));
    });
    group.finish();
}

fn encode<T: DeserializeOwned + Serialize>(
    criterion: &mut Criterion,
    case: &str,
    side: &str,
    json: &str,
) {
    let value: T = match serde_json::from_str(json) {
        Ok(value) => value,
        Err(error) => {
            eprintln!("{case}: {side} does not read its sample: {error}");
            return;
        }
    };
    let mut group = criterion.benchmark_group(format!("{case}/encode"));
    group.throughput(Throughput::Bytes(json.len() as u64));
    group.bench_function(side, |bencher| {
        bencher.iter(|| serde_json::to_vec(black_box(&value)));
    });
    group.finish();
}
