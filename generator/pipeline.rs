//! The whole of the generator on one screen.

use std::borrow::Cow;
use std::path::Path;

use crate::config::{ApiConfig, KeepUndeclared, Names};
use crate::diag::{Place, Severity, Sink};
use crate::document;
use crate::emit;
use crate::inspect::Inspection;
use crate::model::{self, NumberFormat, Shape};
use crate::output::{self, Earlier, FileSet, PackageError, Provenance, Record, RenderError};
use crate::plan;
use crate::sample;
use crate::source::{Library, Source};

/// What a document became.
#[derive(Debug)]
pub struct Generated {
    /// Name of the crate.
    pub name: String,
    /// The files of the crate, or of the module tree.
    pub files: FileSet,
    /// How much there is.
    pub summary: Summary,
}

/// How much a document became.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// Operations.
    pub operations: usize,
    /// Items of module `types`.
    pub types: usize,
}

/// The generator made something that is not Rust. No document should be able to bring this about.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// A file does not lay out.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// The files do not fit together.
    #[error(transparent)]
    Package(#[from] PackageError),
}

/// Generates the Rust of a document. `None` where the document is unusable: the diagnostics in
/// `sink` say why.
///
/// # Errors
/// A fault of the generator itself.
pub fn generate(
    source: &Source,
    config: &ApiConfig,
    sink: &mut Sink,
) -> Result<Option<Generated>, Fault> {
    let Some(document) = document::read(&source.clone().with_remote(config.allow_remote), sink)
    else {
        return Ok(None);
    };
    let api = api(&document, config, sink);
    if sink.has_errors() {
        return Ok(None);
    }
    report_unused(&api, config, sink);
    let mut assets = Vec::new();
    if config.has_mock() {
        let samples = sample::draw(&document, &api, sink);
        assets.push((emit::SAMPLES, sample::write(&samples)));
    }
    let plan = plan::make(&api, config).plan;
    let parts = plan::parts(&plan, config);
    let sources = output::render(emit::jobs(&plan, parts.as_ref()))?;
    let summary = Summary {
        operations: plan.operations.len(),
        types: plan.types.len(),
    };
    let mut provenance = Provenance::new(sink.files(), config);
    if let (Some(others), 0) = (&document.others, sink.dropped()) {
        provenance = provenance.recorded(others, record(config, &plan.crate_name, summary, sink));
    }
    let files = output::package(
        &plan.package(config, parts.as_ref()),
        sources,
        assets,
        provenance,
    )?;
    Ok(Some(Generated {
        name: plan.crate_name,
        files,
        summary,
    }))
}

/// A record of this run, but for the files.
fn record(config: &ApiConfig, name: &str, summary: Summary, sink: &Sink) -> Record {
    let tally = config.tally(sink);
    let count = |severity| tally.get(&severity).copied().unwrap_or_default();
    Record {
        settings: config.hash_of_all(),
        name: name.to_owned(),
        operations: summary.operations,
        types: summary.types,
        warnings: count(Severity::Warning),
        notes: count(Severity::Note),
        ..Record::default()
    }
}

/// What a run has in `directory` that need not be repeated.
#[derive(Debug)]
pub struct Unchanged {
    /// What was said then.
    pub record: Record,
    /// The files that the document refers to, as the user would call them.
    pub others: Vec<String>,
    /// How many files there are, the manifest included.
    pub files: usize,
}

/// Whether an earlier run left in `directory` what [`generate`] would give now: it was this build of the
/// generator, with the same settings, from the same files, and all that it wrote is there as it was.
/// `None` where that is not so or cannot be told, as with documents that refer to URLs.
#[must_use]
pub fn unchanged(source: &Source, config: &ApiConfig, directory: &Path) -> Option<Unchanged> {
    let earlier = Earlier::of(directory)?;
    let record = earlier.record();
    if record.settings != config.hash_of_all() || record.document != source.hash() {
        return None;
    }
    let mut library = Library::of(source);
    let mut others = Vec::new();
    for (path, hash) in &record.others {
        let other = library.read_again(path)?;
        if other.hash() != *hash {
            return None;
        }
        others.push(other.name().to_owned());
    }
    earlier.stands().then(|| Unchanged {
        record: record.clone(),
        others,
        files: earlier.files(),
    })
}

/// Resolves a document and says what it becomes, without writing any of it.
pub fn inspect(source: &Source, config: &ApiConfig, sink: &mut Sink) -> Option<Inspection> {
    let document = document::read(&source.clone().with_remote(config.allow_remote), sink)?;
    let api = api(&document, config, sink);
    report_unused(&api, config, sink);
    if config.has_mock() {
        let _ = sample::draw(&document, &api, sink);
    }
    Some(Inspection::of(
        &api,
        &plan::make(&api, config),
        sink.files(),
    ))
}

/// What the document means, with what the configuration adds to it.
fn api(document: &document::Document, config: &ApiConfig, sink: &mut Sink) -> model::Api {
    let mut api = model::build(document, sink);
    if config.keep_undeclared != KeepUndeclared::None {
        api.keep_undeclared(|place| config.keep_undeclared.covers(place));
    }
    api
}

/// Warns of settings that name nothing in the document.
fn report_unused(api: &model::Api, config: &ApiConfig, sink: &mut Sink) {
    let Some((document, _)) = sink.files().iter().next() else {
        return;
    };
    let mut types = Vec::new();
    if !config.names.pins.is_empty() || matches!(config.keep_undeclared, KeepUndeclared::Under(_)) {
        let components = api.types.iter().filter_map(|(_, ty)| ty.origin.component());
        types.extend(components.map(Cow::Owned));
        types.extend(api.types.iter().map(|(_, ty)| api.call(&ty.place)));
    }
    let shapes = || api.types.iter().map(|(_, ty)| &ty.shape);
    let names = Names {
        schemes: api.schemes.iter().map(|one| one.name.as_str()).collect(),
        operations: api.operations.iter().map(|one| one.id.as_str()).collect(),
        types,
        formats: shapes().filter_map(text_format).collect(),
        numbers: shapes().filter_map(number_format).collect(),
    };
    config.report_unused(&names, &Place::root(document), sink);
}

fn text_format(shape: &Shape) -> Option<&str> {
    match shape {
        Shape::Text(format) => format.as_deref(),
        _ => None,
    }
}

fn number_format(shape: &Shape) -> Option<&'static str> {
    match shape {
        Shape::Number(NumberFormat::Float) => Some("float"),
        Shape::Number(NumberFormat::Double) => Some("double"),
        Shape::Number(NumberFormat::Any) => Some("number"),
        _ => None,
    }
}
