//! `specwright inspect`: what a document becomes.

use std::fmt::Write as _;

use serde_json::{Value, json};
use specwright::config::Verdict;
use specwright::diag::Sink;
use specwright::inspect::{Inspection, UnionEntry};
use specwright::pipeline;

use super::Outcome;
use super::apis;
use super::args::{InspectArgs, InspectFormat};
use super::console::Console;
use super::progress;
use super::run::read;

pub(super) fn run(args: &InspectArgs, console: &mut Console) -> Outcome {
    let mut api = match apis::for_spec(&args.spec, args.config.as_deref()) {
        Ok(api) => api,
        Err(usage) => {
            console.complain(usage);
            return Outcome::Unusable;
        }
    };
    api.allow_remote |= args.allow_remote;
    let mut sink = Sink::new();
    let inspection = read(&api.spec, &mut sink).and_then(|source| {
        progress::during(&format!("reading {}", source.name()), || {
            pipeline::inspect(&source, &api, &mut sink)
        })
    });
    let usable = !sink.has_errors();
    let verdict = api.judge(&mut sink);
    let report = sink.into_report();
    console.report(&report);
    match args.format {
        InspectFormat::Json => console.say(json(inspection.as_ref(), report.json())),
        InspectFormat::Text => {
            if let Some(inspection) = &inspection {
                console.say(text(inspection).trim_end());
            }
        }
    }
    match (inspection, usable, verdict) {
        (Some(_), true, Verdict::Fine) => Outcome::Done,
        (Some(_), true, Verdict::Denied) => Outcome::Denied,
        _ => Outcome::Unusable,
    }
}

/// The keys are a contract with scripts, and are there whether or not the document is usable.
fn json(inspection: Option<&Inspection>, diagnostics: Value) -> String {
    // Strings, lists and string-keyed maps always serialise.
    let mut value = inspection.and_then(|inspection| serde_json::to_value(inspection).ok()).unwrap_or_else(
        || json!({ "openapi": null, "title": null, "types": [], "unions": [], "operations": [] }),
    );
    if let Some(object) = value.as_object_mut() {
        object.insert("diagnostics".to_owned(), diagnostics);
    }
    format!("{value:#}")
}

fn text(inspection: &Inspection) -> String {
    let mut text = format!("{} (OpenAPI {})\n", inspection.title, inspection.openapi);
    // Writing to a `String` cannot fail.
    let _ = writeln!(
        text,
        "\n{}",
        super::counted(inspection.operations.len(), "operation")
    );
    for operation in &inspection.operations {
        let _ = writeln!(
            text,
            "  {} {} ({})",
            operation.method, operation.path, operation.operation_id
        );
        let _ = writeln!(
            text,
            "    client  {}\n    server  {}",
            operation.client, operation.server
        );
    }
    let _ = writeln!(text, "\n{} schemas", inspection.types.len());
    for entry in &inspection.types {
        let _ = writeln!(
            text,
            "  {}\n    {} ({})",
            entry.pointer, entry.rust, entry.shape
        );
    }
    let tried = |union: &&UnionEntry| union.decode.split('+').any(|rung| rung == "trial");
    let _ = writeln!(
        text,
        "\n{}, {} of them with variants that have to be tried",
        super::counted(inspection.unions.len(), "union"),
        inspection.unions.iter().filter(tried).count()
    );
    for union in &inspection.unions {
        let _ = writeln!(
            text,
            "  {}\n    {} = {} (by {})",
            union.pointer,
            union.rust,
            union.variants.join(" | "),
            union.decode
        );
    }
    text
}
