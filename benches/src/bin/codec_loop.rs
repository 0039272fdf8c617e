//! Decodes or encodes one value again and again, for a profiler to count what that takes:
//! `codec-loop CASE generated|derived decode|encode ROUNDS`.

use std::collections::BTreeMap;
use std::error::Error;
use std::hint::black_box;

use novu_api::types;
use serde::Serialize;
use serde::de::DeserializeOwned;
use specwright_benches::{plain, samples, twins};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [case, side, direction, rounds] = arguments.as_slice() else {
        return Err("usage: codec-loop CASE generated|derived decode|encode ROUNDS".into());
    };
    let rounds: u32 = rounds.parse()?;
    let run = match (case.as_str(), side.as_str()) {
        ("subscriber", "generated") => Run::of::<plain::types::Subscriber>(samples::SUBSCRIBER),
        ("subscriber", "derived") => Run::of::<twins::Subscriber>(samples::SUBSCRIBER),
        ("link-request", "generated") => {
            Run::of::<types::GenerateLinkUserOauthUrlRequestDto>(samples::LINK_REQUEST)
        }
        ("link-request", "derived") => Run::of::<twins::LinkRequest>(samples::LINK_REQUEST),
        ("context", "generated") => Run::of::<
            BTreeMap<String, types::GenerateLinkUserOauthUrlRequestDtoContext>,
        >(samples::CONTEXT),
        ("context", "derived") => Run::of::<BTreeMap<String, twins::Context>>(samples::CONTEXT),
        ("error-mixed", "generated") => Run::of::<types::ErrorDto>(samples::ERROR_MIXED),
        ("error-mixed", "derived") => Run::of::<twins::Error>(samples::ERROR_MIXED),
        ("error-sentences", "generated") => Run::of::<types::ErrorDto>(samples::ERROR_SENTENCES),
        ("error-sentences", "derived") => Run::of::<twins::Error>(samples::ERROR_SENTENCES),
        _ => return Err(format!("no case `{case}` of side `{side}`").into()),
    };
    match direction.as_str() {
        "decode" => (run.decode)(run.json, rounds)?,
        "encode" => (run.encode)(run.json, rounds)?,
        _ => return Err(format!("no direction `{direction}`").into()),
    }
    Ok(())
}

struct Run {
    json: &'static str,
    decode: fn(&str, u32) -> serde_json::Result<()>,
    encode: fn(&str, u32) -> serde_json::Result<()>,
}

impl Run {
    fn of<T: DeserializeOwned + Serialize>(json: &'static str) -> Self {
        Self {
            json,
            decode: decode::<T>,
            encode: encode::<T>,
        }
    }
}

#[inline(never)]
fn decode<T: DeserializeOwned>(json: &str, rounds: u32) -> serde_json::Result<()> {
    for _ in 0..rounds {
        black_box(serde_json::from_slice::<T>(black_box(json.as_bytes()))?);
    }
    Ok(())
}

#[inline(never)]
fn encode<T: DeserializeOwned + Serialize>(json: &str, rounds: u32) -> serde_json::Result<()> {
    let value: T = serde_json::from_str(json)?;
    for _ in 0..rounds {
        black_box(serde_json::to_vec(black_box(&value))?);
    }
    Ok(())
}
