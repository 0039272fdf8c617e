//! `specwright check`: the drift gate.

use std::time::Instant;

use specwright::config::ApiConfig;
use specwright::output;

use super::Outcome;
use super::apis;
use super::args::ApiArgs;
use super::console::Console;
use super::run::{Ready, run as ready};

pub(super) fn run(args: &ApiArgs, console: &mut Console) -> Outcome {
    match apis::select(args) {
        Ok(apis) => {
            let outcomes = apis.iter().map(|api| one(api, console));
            outcomes.max().unwrap_or(Outcome::Done)
        }
        Err(usage) => {
            console.complain(usage);
            Outcome::Unusable
        }
    }
}

fn one(api: &ApiConfig, console: &mut Console) -> Outcome {
    let start = Instant::now();
    let Ready { generated, out } = match ready(api, console) {
        Ok(ready) => ready,
        Err(outcome) => return outcome,
    };
    let drifts = match output::check(&out, &generated.files) {
        Ok(drifts) => drifts,
        Err(error) => {
            console.complain(format_args!("{}: {error}", out.display()));
            return Outcome::Unusable;
        }
    };
    for drift in &drifts {
        // The same separator on every system: diffs are pasted into reviews.
        let path = format!(
            "{}/{}",
            out.display().to_string().replace('\\', "/"),
            drift.path
        );
        console.say(format_args!("{path} {}", drift.kind.describe()));
        console.say(drift.diff(&path).trim_end_matches('\n'));
    }
    let name = &generated.name;
    let total = generated.files.len() + 1;
    if drifts.is_empty() {
        console.say(format_args!(
            "{name}: {} operations, {} types; {total} files up to date in {} ({} ms)",
            generated.summary.operations,
            generated.summary.types,
            out.display(),
            start.elapsed().as_millis(),
        ));
        return Outcome::Done;
    }
    let plural = if drifts.len() == 1 {
        "file differs"
    } else {
        "files differ"
    };
    console.say(format_args!(
        "{name}: {} {plural} in {}; `specwright generate` brings it up to date",
        drifts.len(),
        out.display(),
    ));
    Outcome::Denied
}
