//! `corpus routers`: the router that a generated server has, built of each document, answers each of its templates.
//!
//! Routes are data, so no crate has to be compiled: the router is the module that generated crates have.

use std::fmt::Write as _;

use clap::Args;
use specwright::diag::Sink;
use specwright::model::{self, OperationKind};
use specwright::source::Source;

use crate::arguments::FolderOptions;
use crate::documents::{self, Document};
use crate::fault::Fault;
use crate::queue;
use crate::support::routing::{Match, Router};
use crate::support::template::{self, Piece};

/// Options of `routers`.
#[derive(Debug, Args)]
pub(crate) struct Options {
    #[command(flatten)]
    folder: FolderOptions,
}

/// What came of the router of a document.
#[derive(Debug, Default)]
struct Routed {
    operations: usize,
    /// Operations that have method and path of an earlier one, which answers.
    shared: usize,
    faults: Vec<String>,
}

/// Builds every router; true where each answers all of its templates.
pub(crate) fn run(options: &Options) -> Result<bool, Fault> {
    let documents = documents::find(&options.folder)?;
    let mut whole = Routed::default();
    for (document, routed) in documents.iter().zip(queue::each(&documents, routed)) {
        let routed = routed?;
        whole.operations += routed.operations;
        whole.shared += routed.shared;
        let faults = routed.faults.iter();
        whole
            .faults
            .extend(faults.map(|fault| format!("{}: {fault}", document.name)));
    }
    for fault in &whole.faults {
        println!("{fault}");
    }
    println!(
        "{} documents, {} operations, {} share method and path with another, {} are not answered",
        documents.len(),
        whole.operations,
        whole.shared,
        whole.faults.len()
    );
    Ok(whole.faults.is_empty())
}

fn routed(document: &Document) -> Result<Routed, Fault> {
    let source = Source::path(&document.path).map_err(Fault::at(&document.path))?;
    let mut sink = Sink::new();
    let Some(read) = specwright::document::read(&source, &mut sink) else {
        return Err(Fault::new(format!("{} cannot be read", document.name)));
    };
    let api = model::build(&read, &mut sink);
    let mut whole = Routed::default();
    // Webhooks and callbacks are received by a server of their own.
    for is_call in [true, false] {
        let operations = api.operations.iter();
        let routes: Vec<(&'static str, &'static str)> = operations
            .filter(|operation| (operation.kind == OperationKind::Call) == is_call)
            .map(|operation| (kept(&operation.method), kept(&operation.path)))
            .collect();
        answer(&routes, &mut whole);
    }
    Ok(whole)
}

/// A text that lives as long as the program, as those of generated crates do.
fn kept(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

fn answer(routes: &[(&'static str, &'static str)], whole: &mut Routed) {
    let mut built = Router::default();
    for (index, (method, template)) in routes.iter().enumerate() {
        built.insert(method, template, index);
    }
    for (index, (method, template)) in routes.iter().enumerate() {
        whole.operations += 1;
        let (path, values) = filled(template);
        match built.find(method, &path) {
            Match::Route(found, ranges) => {
                let read: Vec<&str> = ranges
                    .iter()
                    .filter_map(|(_, range)| path.get(range.clone()))
                    .collect();
                if read != values {
                    whole
                        .faults
                        .push(format!("{method} {template} reads {read:?} of {path}"));
                }
                let same = |index: usize| {
                    routes
                        .get(index)
                        .map(|(method, path)| (*method, bare(path)))
                };
                if *found != index && same(*found) == same(index) {
                    whole.shared += 1;
                } else if *found != index {
                    let other = routes.get(*found).map_or("", |(_, template)| template);
                    whole
                        .faults
                        .push(format!("{method} {template} is answered by {other}"));
                }
            }
            other => whole.faults.push(format!("{method} {template}: {other:?}")),
        }
    }
}

/// A path of the template, and the values in it.
fn filled(template: &str) -> (String, Vec<String>) {
    let mut path = String::new();
    let mut values = Vec::new();
    for piece in template::pieces(template::path(template)) {
        match piece {
            Piece::Literal(text) => path.push_str(text),
            Piece::Parameter(_) => {
                let value = format!("value{}", values.len());
                path.push_str(&value);
                values.push(value);
            }
        }
    }
    (path, values)
}

/// The template without the names of its parameters.
fn bare(template: &str) -> String {
    let mut text = String::new();
    for piece in template::pieces(template::path(template)) {
        match piece {
            Piece::Literal(literal) => text.push_str(literal),
            Piece::Parameter(_) => {
                // Writing to a `String` cannot fail.
                let _ = write!(text, "{{}}");
            }
        }
    }
    text
}
