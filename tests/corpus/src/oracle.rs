//! The `openapiv3` crate as a second reader: where it reads a 3.0 document, it finds the same
//! operations, parameters and component schemas.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use clap::Args;
use openapiv3::{OpenAPI, Operation, Parameter, PathItem, ReferenceOr};
use specwright::diag::Sink;
use specwright::source::Source;
use specwright::{document, model};

use crate::arguments::FolderOptions;
use crate::documents;
use crate::fault::Fault;

/// Options of `oracle`.
#[derive(Debug, Args)]
pub(crate) struct Options {
    #[command(flatten)]
    folder: FolderOptions,
}

/// What a reader found, as names.
#[derive(Debug, Default, PartialEq, Eq)]
struct Found {
    operations: BTreeSet<String>,
    parameters: BTreeSet<String>,
    schemas: BTreeSet<String>,
}

/// Compares the two readers on every document; true where they agree.
pub(crate) fn run(options: &Options) -> Result<bool, Fault> {
    let mut faults = Vec::new();
    let (mut read, mut skipped) = (0, 0);
    for document in documents::find(&options.folder)? {
        let Some(theirs) = theirs(&document.path) else {
            skipped += 1;
            continue;
        };
        read += 1;
        let name = &document.name;
        match ours(&document.path) {
            Ok(ours) => {
                for (what, ours, theirs) in [
                    ("operation", &ours.operations, &theirs.operations),
                    ("parameter", &ours.parameters, &theirs.parameters),
                    ("schema", &ours.schemas, &theirs.schemas),
                ] {
                    let missed = theirs
                        .difference(ours)
                        .map(|it| format!("{what} `{it}` is missing"));
                    let extra = ours
                        .difference(theirs)
                        .map(|it| format!("{what} `{it}` is not there"));
                    faults.extend(missed.chain(extra).map(|fault| format!("{name}: {fault}")));
                }
            }
            Err(why) => faults.push(format!("{name}: {why}")),
        }
    }
    println!(
        "{read} documents of 3.0 read by both, {skipped} not by openapiv3 or of another version; {} differences",
        faults.len()
    );
    for fault in &faults {
        println!("- {fault}");
    }
    Ok(faults.is_empty() && read > 0)
}

fn theirs(path: &Path) -> Option<Found> {
    let text = fs::read_to_string(path).ok()?;
    let api: OpenAPI = serde_json::from_str(&text)
        .ok()
        .or_else(|| serde_yaml::from_str(&text).ok())?;
    if !api.openapi.starts_with("3.0") {
        return None;
    }
    let mut found = Found::default();
    if let Some(components) = &api.components {
        found.schemas.extend(components.schemas.keys().cloned());
    }
    for (path, item) in &api.paths.paths {
        let item = match item {
            ReferenceOr::Item(item) => item,
            // Theirs does not follow it, and cannot be asked.
            ReferenceOr::Reference { .. } => return None,
        };
        for (method, operation) in item.iter() {
            let name = format!("{} {path}", method.to_uppercase());
            for parameter in parameters(&api, item, operation)? {
                found.parameters.insert(format!("{name} {parameter}"));
            }
            // A name in the path is a parameter even where nothing describes it.
            for parameter in path.split('{').skip(1).filter_map(|it| it.split_once('}')) {
                found
                    .parameters
                    .insert(format!("{name} path {}", parameter.0));
            }
            found.operations.insert(name);
        }
    }
    Some(found)
}

/// What an operation takes, with what its path says for all; none where a reference leads nowhere.
fn parameters(api: &OpenAPI, item: &PathItem, operation: &Operation) -> Option<BTreeSet<String>> {
    item.parameters
        .iter()
        .chain(&operation.parameters)
        .map(|written| named(api, written))
        .filter(|name| name.as_ref().is_none_or(|name| !is_reserved(name)))
        .collect()
}

fn named(api: &OpenAPI, written: &ReferenceOr<Parameter>) -> Option<String> {
    let mut written = written;
    for _ in 0..8 {
        let reference = match written {
            ReferenceOr::Item(parameter) => {
                let place = match parameter {
                    Parameter::Query { .. } => "query",
                    Parameter::Header { .. } => "header",
                    Parameter::Path { .. } => "path",
                    Parameter::Cookie { .. } => "cookie",
                };
                return Some(format!("{place} {}", parameter.parameter_data_ref().name));
            }
            ReferenceOr::Reference { reference } => reference,
        };
        let name = reference.strip_prefix("#/components/parameters/")?;
        written = api.components.as_ref()?.parameters.get(name)?;
    }
    None
}

/// What the specification tells to ignore (Parameter Object, `name`).
fn is_reserved(name: &str) -> bool {
    name.strip_prefix("header ").is_some_and(|name| {
        ["accept", "content-type", "authorization"].contains(&name.to_ascii_lowercase().as_str())
    })
}

fn ours(path: &Path) -> Result<Found, String> {
    let source = Source::path(path).map_err(|error| error.to_string())?;
    let mut sink = Sink::new();
    let document = document::read(&source, &mut sink).ok_or("it is not read")?;
    let api = model::build(&document, &mut sink);
    let mut found = Found::default();
    found
        .schemas
        .extend(document.components.schemas.keys().cloned());
    // Theirs looks at paths alone, not at callbacks.
    let calls = api.operations.iter();
    for operation in calls.filter(|operation| operation.kind == model::OperationKind::Call) {
        let name = format!("{} {}", operation.method, operation.path);
        for parameter in &operation.parameters {
            let place = parameter.location.as_str();
            found
                .parameters
                .insert(format!("{name} {place} {}", parameter.name));
        }
        found.operations.insert(name);
    }
    Ok(found)
}
