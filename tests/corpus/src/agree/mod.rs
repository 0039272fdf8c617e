//! `corpus agree`: whether strict reading and `jsonschema` accept the same values.

mod classes;
mod draw;
mod judges;
mod mutate;
mod random;
mod readings;
mod text;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::arguments::AgreeOptions;
use crate::compile;
use crate::documents;
use crate::driver::{Driver, Job, Mode};
use crate::fault::Fault;
use crate::generate::{self, Outcome, site};
use crate::judge::{Judge, Verdict};
use crate::queue;
use crate::raw::Site;
use crate::report::percent;
use crate::table::TEN;

use draw::Draw;
use judges::{Judges, same};
use random::Random;

/// What came of a document.
#[derive(Debug, Default)]
struct Agreement {
    schemas: usize,
    valid: usize,
    values: usize,
    /// By class: how many, and a few of them.
    disagreements: BTreeMap<String, (usize, Vec<String>)>,
}

const INTRODUCTION: &str = "\
# Agreement

Whether a generated server takes the values that a schema allows, and refuses the others. Printed by

```sh
SPECWRIGHT_DATA=DATA cargo run --release -p corpus -- agree --out docs/agreement.md
```

From each schema of ten documents values are drawn, and each is changed at one place; `read_json` of the generated
type and the `jsonschema` crate over the raw schema should agree on all of them. At most 0.5 % may differ, and every
class of difference needs a reason.

| document | schemas | values | valid | disagree | % |
|---|--:|--:|--:|--:|--:|
";

/// Examples of a class that are shown for each document.
const SHOWN: usize = 3;

/// Whether the goal is met.
pub(crate) fn run(options: &AgreeOptions) -> Result<bool, Fault> {
    let mut documents = documents::find(&options.folder)?;
    if options.folder.only.is_empty() {
        documents.retain(|document| TEN.contains(&document.name.as_str()));
    }
    let mut outcomes = Vec::new();
    for outcome in queue::each(&documents, generate::document) {
        outcomes.push(outcome?);
    }
    outcomes.retain(|outcome| outcome.crate_files.is_some());
    let work = &options.folder.work;
    compile::write(work, &outcomes.iter().collect::<Vec<_>>())?;
    let mut runs = Vec::new();
    for outcome in &outcomes {
        let schemas = spread(schemas(outcome), options.schemas);
        let types: Vec<String> = schemas.iter().map(|(_, rust)| rust.clone()).collect();
        // A program of its own, beside that for the examples.
        let package = format!("{}-agree", outcome.package);
        let driver = Driver::write(work, &package, &outcome.package, &types)?;
        runs.push((outcome, schemas, driver));
    }
    let packages: Vec<String> = runs
        .iter()
        .map(|(.., driver)| driver.package.clone())
        .collect();
    let failed = compile::binaries(work, &packages)?;
    for (package, reason) in &failed {
        eprintln!("{package}: {reason}");
    }
    let results = queue::each(&runs, |(outcome, schemas, driver)| {
        if failed.contains_key(&driver.package) {
            return Ok(Agreement::default());
        }
        compare(outcome, schemas, driver, options)
    });
    let mut found = Vec::new();
    for ((outcome, ..), result) in runs.iter().zip(results) {
        found.push((outcome.package.as_str(), result?));
    }
    let (text, met) = report(&found);
    write(options.out.as_deref(), &text)?;
    Ok(met && failed.is_empty())
}

fn write(out: Option<&Path>, text: &str) -> Result<(), Fault> {
    if let Some(path) = out {
        return fs::write(path, text).map_err(Fault::at(path));
    }
    println!("{text}");
    Ok(())
}

/// The schemas with a type of their own: constraints of others are checked by what holds them.
fn schemas(outcome: &Outcome) -> Vec<(Site, String)> {
    let entries = outcome.inspection.iter().flat_map(|it| &it.types);
    entries
        .filter(|entry| {
            matches!(entry.shape, "object" | "union" | "enum") && entry.rust.starts_with("types::")
        })
        .filter_map(|entry| Some((site(&outcome.raw, entry)?, entry.rust.clone())))
        .filter(|(site, _)| {
            outcome
                .raw
                .get(site)
                .is_some_and(|schema| schema.get("$ref").is_none())
        })
        .collect()
}

/// At most so many of the schemas, from all over the document.
fn spread<T>(schemas: Vec<T>, most: Option<usize>) -> Vec<T> {
    let step = most.map_or(1, |most| schemas.len().div_ceil(most.max(1)).max(1));
    schemas.into_iter().step_by(step).collect()
}

fn compare(
    outcome: &Outcome,
    schemas: &[(Site, String)],
    driver: &Driver,
    options: &AgreeOptions,
) -> Result<Agreement, Fault> {
    let judge = Judge::new(&outcome.raw, &outcome.nodes, true)?;
    let taken = Judges::of(outcome);
    let mut agreement = Agreement {
        schemas: schemas.len(),
        ..Agreement::default()
    };
    let mut values: Vec<(usize, Value)> = Vec::new();
    for (index, (site, _)) in schemas.iter().enumerate() {
        let random = Random::of(options.seed, &site.pointer);
        let mut draw = Draw {
            files: &outcome.raw,
            random,
        };
        for _ in 0..options.values {
            let drawn = draw.value(site);
            let mut mutated = drawn.clone();
            mutate::mutate(&mut draw.random, &mut mutated);
            values.extend([(index, drawn), (index, mutated)]);
        }
    }
    let jobs = values.iter().map(|(index, value)| Job {
        index: *index,
        mode: Mode::Strict,
        value,
    });
    let answers = driver.run(jobs);
    for ((index, value), answer) in values.iter().zip(answers) {
        let Some((site, _)) = schemas.get(*index) else {
            continue;
        };
        let verdict = judge.judge(site, value);
        if matches!(verdict, Verdict::Unjudged(_)) {
            continue;
        }
        agreement.values += 1;
        agreement.valid += usize::from(verdict == Verdict::Valid);
        if same(&verdict, &answer) {
            continue;
        }
        let class = match (taken.class(site, value, &answer)?, &verdict) {
            (Some(class), _) => class.to_owned(),
            (None, Verdict::Invalid { keyword, .. }) => classes::accepted(keyword),
            (None, _) => classes::refused(&answer),
        };
        let (count, shown) = agreement.disagreements.entry(class).or_default();
        *count += 1;
        if shown.len() < SHOWN {
            shown.push(shorter(&format!(
                "{} {value} -> {verdict:?} / {answer:?}",
                site.pointer
            )));
        }
    }
    Ok(agreement)
}

fn shorter(text: &str) -> String {
    text.chars().take(420).collect()
}

fn report(found: &[(&str, Agreement)]) -> (String, bool) {
    let mut text = String::from(INTRODUCTION);
    let (mut values, mut disagree) = (0, 0);
    let mut classes: BTreeMap<&str, (usize, Vec<&str>)> = BTreeMap::new();
    for (name, it) in found {
        let count: usize = it.disagreements.values().map(|(count, _)| count).sum();
        let _ = writeln!(
            text,
            "| {name} | {} | {} | {} | {count} | {} |",
            it.schemas,
            it.values,
            it.valid,
            percent(count, it.values)
        );
        values += it.values;
        disagree += count;
        for (class, (count, shown)) in &it.disagreements {
            let entry = classes.entry(class).or_default();
            entry.0 += count;
            entry.1.extend(shown.iter().map(String::as_str));
        }
    }
    let _ = writeln!(
        text,
        "| **all** | | {values} | | {disagree} | {} |",
        percent(disagree, values)
    );
    text.push_str("\n## Classes\n\n");
    let mut listed = true;
    let mut by_count: Vec<_> = classes.iter().collect();
    by_count.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
    for (class, (count, shown)) in by_count {
        let reason = classes::reason(class);
        listed &= reason.is_some();
        let _ = writeln!(
            text,
            "- {class}: {count}; {}",
            reason.unwrap_or("**not explained**")
        );
        for line in shown.iter().take(6) {
            let _ = writeln!(text, "  - `{}`", line.replace('`', "'"));
        }
    }
    (text, listed && values > 0 && disagree * 200 <= values)
}
