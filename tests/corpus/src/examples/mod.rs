//! Examples there and back: what the schema allows has to decode and encode to an equal value.

mod aside;
mod collect;
pub(crate) mod declared;
mod equal;

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::compile;
use crate::driver::{Answer, Driver, Job, Mode};
use crate::fault::Fault;
use crate::generate::Outcome;
use crate::judge::{Judge, Verdict};
use crate::positions::Positions;
use crate::queue;
use crate::raw::Site;

use aside::Asides;
pub(crate) use collect::{Example, collect};

/// What came of a document's examples.
#[derive(Debug, Clone, Default)]
pub(crate) struct Examples {
    pub(crate) valid: usize,
    pub(crate) passed: usize,
    /// Those that their schema forbids, with the reason.
    pub(crate) forbidden: Vec<String>,
    /// Those whose schema is none.
    pub(crate) unjudged: Vec<String>,
    /// Class and text of each at a place that has no JSON type, and rightly so.
    pub(crate) aside: Vec<(&'static str, String)>,
    /// Class and text of each that is valid and does not come back.
    pub(crate) failures: Vec<(&'static str, String)>,
}

/// What is known of a class, be it of those set aside or of those that do not come back.
pub(crate) fn reason(class: &str) -> Option<&'static str> {
    let mut all = aside::CLASSES.iter().chain(FAILURES);
    all.find(|(name, _)| *name == class)
        .map(|(_, reason)| *reason)
}

/// Classes of what does not come back that are as they should be; any other is a fault to mend.
const FAILURES: &[(&str, &str)] = &[(
    BRANCH,
    "the type of a union holds what one branch declares, and the key is declared by another one",
)];

const BRANCH: &str = "loses a key of another branch";

/// A document on its way through the stage.
struct Run<'a> {
    outcome: &'a Outcome,
    examples: Examples,
    driver: Driver,
    /// Those to send, with the index of the job.
    sent: Vec<(Example, usize)>,
}

/// Judges, builds a driver for each document, and sends it the valid ones.
pub(crate) fn run(work: &Path, outcomes: &[&Outcome]) -> Result<Vec<Examples>, Fault> {
    let mut runs = Vec::new();
    for prepared in queue::each(outcomes, |outcome| prepare(work, outcome)) {
        runs.push(prepared?);
    }
    let drivers: Vec<String> = runs
        .iter()
        .filter(|run| !run.sent.is_empty())
        .map(|run| run.driver.package.clone())
        .collect();
    let failed = compile::binaries(work, &drivers)?;
    Ok(queue::each(&runs, |run| {
        let mut examples = run.examples.clone();
        match failed.get(&run.driver.package) {
            Some(reason) => {
                let lost = run
                    .sent
                    .iter()
                    .map(|(example, _)| ("does not compile", line(run.outcome, example, reason)));
                examples.failures.extend(lost);
            }
            None => finish(run, &mut examples),
        }
        examples
    }))
}

fn prepare<'a>(work: &Path, outcome: &'a Outcome) -> Result<Run<'a>, Fault> {
    let mut examples = Examples::default();
    let judge = Judge::new(&outcome.raw, &outcome.nodes, false)?;
    let positions = Positions::of(outcome);
    let asides = Asides::of(outcome);
    let mut jobs: BTreeMap<String, usize> = BTreeMap::new();
    let mut sent = Vec::new();
    for example in &outcome.examples {
        match judge.judge(&example.schema, &example.value) {
            Verdict::Invalid { text, .. } => examples.forbidden.push(line(outcome, example, &text)),
            Verdict::Unjudged(reason) => examples.unjudged.push(line(outcome, example, &reason)),
            Verdict::Valid => {
                examples.valid += 1;
                match positions.around(&example.schema) {
                    Some((whole, _)) if !allows(&judge, &whole, example) => {
                        examples.valid -= 1;
                        examples.forbidden.push(line(
                            outcome,
                            example,
                            "the whole of the `allOf` forbids it",
                        ));
                    }
                    Some((_, rust)) => {
                        let next = jobs.len();
                        let job = *jobs.entry(rust.to_owned()).or_insert(next);
                        sent.push((example.clone(), job));
                    }
                    None => match asides.class(example) {
                        Some(class) => {
                            examples.valid -= 1;
                            examples.aside.push((class, line(outcome, example, "")));
                        }
                        None => examples
                            .failures
                            .push(("has no type", line(outcome, example, ""))),
                    },
                }
            }
        }
    }
    let mut types = vec![String::new(); jobs.len()];
    for (rust, job) in jobs {
        types[job] = rust;
    }
    let driver = Driver::write(work, &outcome.package, &outcome.package, &types)?;
    Ok(Run {
        outcome,
        examples,
        driver,
        sent,
    })
}

/// Whether the schema that the example's own is a part of allows it too.
fn allows(judge: &Judge, whole: &Site, example: &Example) -> bool {
    *whole == example.schema || judge.judge(whole, &example.value) == Verdict::Valid
}

fn finish(run: &Run<'_>, examples: &mut Examples) {
    let jobs = run.sent.iter().map(|(example, job)| Job {
        index: *job,
        mode: Mode::RoundTrip,
        value: &example.value,
    });
    let answers = run.driver.run(jobs);
    for ((example, _), answer) in run.sent.iter().zip(answers) {
        match judged(run.outcome, example, answer) {
            Ok(()) => examples.passed += 1,
            Err((class, text)) => examples
                .failures
                .push((class, line(run.outcome, example, &text))),
        }
    }
}

fn judged(
    outcome: &Outcome,
    example: &Example,
    answer: Answer,
) -> Result<(), (&'static str, String)> {
    let back: Value = match answer {
        Answer::Fine(text) => {
            serde_json::from_str(&text).map_err(|error| ("does not encode", error.to_string()))?
        }
        Answer::Refused(reason) => return Err(("does not decode", reason)),
        Answer::Panicked(reason) => return Err(("panics", reason)),
        Answer::Gone => return Err(("ends the process", String::new())),
    };
    let only = |value: &Value| declared::only(&outcome.raw, &example.schema, value);
    let like = |value| declared::only_like(&outcome.raw, &example.schema, value, &back);
    equal::compare(&only(&example.value), &only(&back)).map_err(|text| {
        let class = match () {
            () if equal::compare(&like(&example.value), &like(&back)).is_ok() => BRANCH,
            () if text.contains(": lost ") => "loses a value",
            () if text.contains(": added ") => "adds a value",
            () => "changes a value",
        };
        (class, text)
    })
}

fn line(outcome: &Outcome, example: &Example, reason: &str) -> String {
    let Site { file, pointer } = &example.at;
    let name = outcome.raw.name(*file);
    let mut text = format!("{name}{pointer} {}", reason.replace('\n', " "));
    if let Some((end, _)) = text.char_indices().nth(300) {
        text.truncate(end);
    }
    text
}
