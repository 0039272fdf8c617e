//! `corpus table`: runs the stages and prints what came of them.

use std::fs;

use crate::arguments::{Stage, TableOptions};
use crate::documents;
use crate::fault::Fault;
use crate::generate::{self, Outcome};
use crate::queue;
use crate::report;
use crate::row::Row;

/// Whether every goal is met.
pub(crate) fn run(options: &TableOptions) -> Result<bool, Fault> {
    let documents = documents::find(&options.folder)?;
    let outcomes = queue::each(&documents, generate::document);
    let mut rows = Vec::with_capacity(documents.len());
    for (document, outcome) in documents.iter().zip(outcomes) {
        rows.push(row(&document.name, &outcome?));
    }
    rows.sort_by(|a, b| a.name.cmp(&b.name));
    let report = report::markdown(&rows);
    match &options.out {
        Some(path) => fs::write(path, &report.text).map_err(Fault::at(path))?,
        None => println!("{}", report.text),
    }
    let _ = Stage::Generate;
    Ok(report.met)
}

fn row(name: &str, outcome: &Outcome) -> Row {
    let unions = outcome.inspection.as_ref().map_or(&[][..], |it| &it.unions);
    let trials = unions.iter().filter(|union| union.decode.contains("trial"));
    Row {
        name: name.to_owned(),
        openapi: outcome
            .inspection
            .as_ref()
            .map(|it| it.openapi.clone())
            .unwrap_or_default(),
        failure: outcome.failure.clone(),
        time: outcome.time,
        items: outcome.items,
        skipped: outcome.skipped,
        codes: outcome.codes.clone(),
        needless: outcome
            .needless
            .iter()
            .map(|(site, rust)| format!("{} ({rust})", site.pointer))
            .collect(),
        unions: unions.len(),
        trials: trials
            .map(|union| format!("{} ({})", union.pointer, union.rust))
            .collect(),
    }
}
