//! Generates a document in memory and counts what is carried.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

use specwright::config::ApiConfig;
use specwright::diag::{Code, Sink};
use specwright::inspect::{Inspection, TypeEntry};
use specwright::output::FileSet;
use specwright::pipeline;
use specwright::source::Source;

use crate::documents::Document;
use crate::examples::{self, Example};
use crate::fault::Fault;
use crate::items::{self, Count};
use crate::raw::{self, Files, Node, Site};
use crate::skips;
use crate::values;

/// What a document became.
pub(crate) struct Outcome {
    /// Name of the crate.
    pub(crate) package: String,
    /// The files of the crate; `None` where there are none, with the reason in `failure`.
    pub(crate) crate_files: Option<FileSet>,
    pub(crate) failure: Option<String>,
    pub(crate) inspection: Option<Inspection>,
    pub(crate) time: Duration,
    pub(crate) items: Count,
    pub(crate) skipped: Count,
    /// The codes of what is skipped, one a skip.
    pub(crate) codes: Vec<&'static str>,
    pub(crate) needless: Vec<(Site, String)>,
    /// Pointers of schemas of which it was said that no value is valid.
    pub(crate) impossible: HashSet<String>,
    /// The document as written, and everything in it that means something.
    pub(crate) raw: Files,
    pub(crate) nodes: Vec<Node>,
    pub(crate) examples: Vec<Example>,
}

/// Generates, inspects and counts.
pub(crate) fn document(document: &Document) -> Result<Outcome, Fault> {
    // What cannot be read here may still be read by the generator, but there is nothing to hold it against.
    let (mut raw, unread) = match Files::open(&document.path) {
        Ok(raw) => (raw, None),
        Err(fault) => (Files::of(serde_json::Value::Null), Some(fault.to_string())),
    };
    let nodes = raw::walk(&mut raw);
    let examples = examples::collect(&mut raw, &nodes);
    let package = crate_name(&document.name);
    let config = ApiConfig {
        name: Some(package.clone()),
        ..ApiConfig::default()
    };
    let start = Instant::now();
    let mut sink = Sink::new();
    let source = Source::path(&document.path).map_err(Fault::at(&document.path))?;
    let generated = catch_unwind(AssertUnwindSafe(|| {
        pipeline::generate(&source, &config, &mut sink)
    }));
    let time = start.elapsed();
    let (crate_files, failure) = match generated {
        Ok(Ok(Some(generated))) => (Some(generated.files), None),
        Ok(Ok(None)) => (None, Some(first_error(&sink))),
        Ok(Err(fault)) => (None, Some(fault.to_string())),
        Err(_) => (None, Some("panicked".to_owned())),
    };
    let inspection = crate_files
        .as_ref()
        .and_then(|_| pipeline::inspect(&source, &config, &mut Sink::new()));
    let (skipped, codes) = skips::count(sink.diagnostics(), &nodes);
    let impossible: HashSet<String> = sink
        .diagnostics()
        .iter()
        .filter(|it| it.code == Code::CONTRADICTORY_ALL_OF || it.code == Code::FALSE_SCHEMA)
        .map(|it| it.place.pointer.as_str().to_owned())
        .collect();
    let needless = inspection.as_ref().map_or_else(Vec::new, |inspection| {
        // What no value satisfies has no type; it is counted among what is skipped.
        let entries = inspection
            .types
            .iter()
            .filter(|entry| !impossible.contains(&entry.pointer));
        values::needless(
            &raw,
            entries.filter_map(|entry| Some((site(&raw, entry)?, entry))),
        )
    });
    Ok(Outcome {
        package,
        crate_files,
        failure: failure.or(unread),
        inspection,
        time,
        items: items::count(&raw, &nodes),
        skipped,
        codes,
        needless,
        impossible,
        raw,
        nodes,
        examples,
    })
}

/// Where a schema of the inspection stands in the raw document.
pub(crate) fn site(raw: &Files, entry: &TypeEntry) -> Option<Site> {
    let file = match &entry.file {
        None => 0,
        Some(name) => raw.index_of(Path::new(name))?,
    };
    Some(Site {
        file,
        pointer: entry.pointer.clone(),
    })
}

fn first_error(sink: &Sink) -> String {
    sink.diagnostics()
        .iter()
        .find(|it| it.severity == specwright::diag::Severity::Error)
        .map_or_else(
            || "nothing was said".to_owned(),
            |it| format!("{}: {}", it.code, it.message),
        )
}

/// A name that cargo takes, for the crate of a document.
pub(crate) fn crate_name(document: &str) -> String {
    let word = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '-'
        }
    };
    let words: String = document.chars().map(word).collect();
    format!("api-{}", words.trim_matches('-'))
}
