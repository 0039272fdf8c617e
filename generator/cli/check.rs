//! `specwright check`: the drift gate.

use std::time::Instant;

use specwright::config::ApiConfig;
use specwright::output::{self, Drift};

use super::Outcome;
use super::apis;
use super::args::ApiArgs;
use super::console::Console;
use super::counted;
use super::run::{self, Ready};

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
    let ready = run::open(api, console).and_then(|source| run::run(api, &source, console));
    let Ready { generated, out } = match ready {
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
    // The manifest is one more.
    let total = generated.files.len() + 1;
    if drifts.is_empty() {
        console.say(format_args!(
            "{name}: {}, {}; {} up to date in {} ({} ms)",
            counted(generated.summary.operations, "operation"),
            counted(generated.summary.types, "type"),
            counted(total, "file"),
            out.display(),
            start.elapsed().as_millis(),
        ));
        return Outcome::Done;
    }
    let differ = if drifts.len() == 1 {
        "differs"
    } else {
        "differ"
    };
    console.say(format_args!(
        "{name}: {} {differ} in {}{}",
        counted(drifts.len(), "file"),
        out.display(),
        advice(&drifts),
    ));
    Outcome::Denied
}

/// What to do, once for each cause: beside the count where there is one cause, else a line each.
fn advice(drifts: &[Drift]) -> String {
    let mut causes: Vec<(&str, Vec<&str>)> = Vec::new();
    for drift in drifts {
        let advice = drift.kind.advice();
        match causes.iter_mut().find(|(known, _)| *known == advice) {
            Some((_, paths)) => paths.push(&drift.path),
            None => causes.push((advice, vec![&drift.path])),
        }
    }
    if let [(advice, _)] = causes.as_slice() {
        return format!("; {advice}");
    }
    let mut text = ":".to_owned();
    for (advice, paths) in causes {
        let first = paths.first().copied().unwrap_or_default();
        text += &match paths.len() - 1 {
            0 => format!("\n  `{first}`: {advice}"),
            more => format!("\n  `{first}` and {more} more: {advice}"),
        };
    }
    text
}
