//! `corpus table`: runs the stages and prints what came of them.

use std::collections::BTreeMap;
use std::fs;

use crate::arguments::{Stage, TableOptions, Tier};
use crate::compile;
use crate::documents::{self, Document};
use crate::examples;
use crate::fault::Fault;
use crate::floor;
use crate::generate::{self, Outcome};
use crate::queue;
use crate::report;
use crate::row::{Row, Totals};
use crate::smoke;

/// Documents that between them use most of what there is, and are checked more closely.
pub(crate) const TEN: &[&str] = &[
    "clerk-backend",
    "digitalocean-api",
    "jellyfin-api",
    "meilisearch-api",
    "mistral-api",
    "novu-api",
    "oxide-nexus",
    "qdrant-api",
    "readme-schema-types",
    "speakeasy-test32",
];

/// Whether every goal is met.
pub(crate) fn run(options: &TableOptions) -> Result<bool, Fault> {
    let documents = documents::find(&options.folder)?;
    let mut outcomes = Vec::with_capacity(documents.len());
    for outcome in queue::each(&documents, generate::document) {
        outcomes.push(outcome?);
    }
    let names = documents.iter().map(|document| document.name.as_str());
    let mut rows: Vec<Row> = names
        .zip(&outcomes)
        .map(|(name, outcome)| row(name, outcome))
        .collect();
    let few = |document: &Document| TEN.contains(&document.name.as_str());
    let runs = |stage| options.stages.contains(&stage);
    let work = &options.folder.work;
    let generated: Vec<(usize, &Outcome)> = outcomes
        .iter()
        .enumerate()
        .filter(|(_, outcome)| outcome.crate_files.is_some())
        .filter(|(index, _)| options.tier == Tier::Full || few(&documents[*index]))
        .collect();
    let crates: Vec<&Outcome> = generated.iter().map(|(_, outcome)| *outcome).collect();
    if runs(Stage::Check) || runs(Stage::Examples) {
        compile::write(work, &crates)?;
    }
    if runs(Stage::Check) {
        let packages: Vec<String> = crates
            .iter()
            .map(|outcome| outcome.package.clone())
            .collect();
        let mut found = compile::check(work, "check", &packages)?;
        let few: Vec<String> = generated
            .iter()
            .filter(|(index, _)| few(&documents[*index]))
            .map(|(_, outcome)| outcome.package.clone())
            .collect();
        let (mut clippy, mut smoke) = (BTreeMap::new(), BTreeMap::new());
        if !few.is_empty() {
            clippy = compile::check(work, "clippy", &few)?;
            smoke = smoke::run(work, &few)?;
        }
        for (index, outcome) in &generated {
            rows[*index].check = found.remove(&outcome.package);
            rows[*index].clippy = clippy.remove(&outcome.package);
            rows[*index].smoke = smoke.remove(&outcome.package);
        }
    }
    if runs(Stage::Examples) {
        let found = examples::run(work, &crates)?;
        for ((index, _), found) in generated.iter().zip(found) {
            rows[*index].examples = Some(found);
        }
    }
    rows.sort_by(|a, b| a.name.cmp(&b.name));
    let report = report::markdown(&rows);
    match &options.out {
        Some(path) => {
            fs::write(path, &report.text).map_err(Fault::at(path))?;
            let details = path.with_extension("txt");
            fs::write(&details, report::details(&rows)).map_err(Fault::at(&details))?;
        }
        None => println!("{}", report.text),
    }
    if options.tier == Tier::Full {
        return Ok(report.met);
    }
    let mut lost = floor::lost(&Totals::of(&rows));
    lost.extend(rows.iter().filter_map(broken));
    for line in &lost {
        eprintln!("worse than it was: {line}");
    }
    Ok(lost.is_empty())
}

/// What a document that is compiled in every tier must not do.
fn broken(row: &Row) -> Option<String> {
    let findings = row.check.iter().chain(&row.clippy);
    let said: usize = findings.map(|it| it.warnings + it.errors).sum();
    match &row.smoke {
        Some(Err(reason)) => Some(format!("{} does not run: {reason}", row.name)),
        _ if said > 0 => Some(format!("{}: the compiler complains {said} times", row.name)),
        _ => None,
    }
}

fn row(name: &str, outcome: &Outcome) -> Row {
    let unions = outcome.inspection.as_ref().map_or(&[][..], |it| &it.unions);
    let trials = unions.iter().filter(|union| union.decode.contains("trial"));
    let openapi = outcome.inspection.as_ref().map(|it| it.openapi.clone());
    let needless = outcome.needless.iter();
    Row {
        name: name.to_owned(),
        openapi: openapi.unwrap_or_default(),
        failure: outcome.failure.clone(),
        time: outcome.time,
        items: outcome.items,
        skipped: outcome.skipped,
        codes: outcome.codes.clone(),
        needless: needless
            .map(|(site, rust)| format!("{} ({rust})", site.pointer))
            .collect(),
        unions: unions.len(),
        trials: trials
            .map(|union| format!("{} ({})", union.pointer, union.rust))
            .collect(),
        check: None,
        clippy: None,
        smoke: None,
        examples: None,
    }
}
