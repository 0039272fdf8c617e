//! `specwright generate`.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use specwright::config::ApiConfig;
use specwright::output;
use specwright::pipeline::{self, Summary, Unchanged};
use specwright::source::Source;

use super::Outcome;
use super::apis;
use super::args::ApiArgs;
use super::console::Console;
use super::counted;
use super::run::{self, HOME, Ready};

pub(super) fn run(args: &ApiArgs, console: &mut Console) -> Outcome {
    match apis::select(args) {
        Ok(apis) => {
            let outcomes = apis.iter().map(|api| one(api, args, console));
            outcomes.max().unwrap_or(Outcome::Done)
        }
        Err(usage) => {
            console.complain(usage);
            Outcome::Unusable
        }
    }
}

fn one(api: &ApiConfig, args: &ApiArgs, console: &mut Console) -> Outcome {
    let start = Instant::now();
    let source = match run::open(api, console) {
        Ok(source) => source,
        Err(outcome) => return outcome,
    };
    // Scripts that read the diagnostics get them every time.
    if !args.force
        && !args.fresh
        && console.is_for_people()
        && let Some((out, unchanged)) = earlier(api, &source)
    {
        return same(&out, &unchanged, start, console);
    }
    let Ready { generated, out } = match run::run(api, &source, console) {
        Ok(ready) => ready,
        Err(outcome) => return outcome,
    };
    let written = match output::write(&out, &generated.files, args.force) {
        Ok(written) => written,
        Err(error) => {
            console.complain(error);
            return Outcome::Unusable;
        }
    };
    // The manifest is a file of the directory too, as it is for `check`.
    let mut files = format!(
        "{} written, {} unchanged",
        written.written.len() + usize::from(written.manifest),
        written.unchanged + usize::from(!written.manifest)
    );
    if !written.removed.is_empty() {
        files += &format!(", {} removed", written.removed.len());
    }
    say(
        console,
        &generated.name,
        generated.summary,
        &files,
        &out,
        start,
    );
    Outcome::Done
}

fn say(
    console: &mut Console,
    name: &str,
    summary: Summary,
    files: &str,
    out: &Path,
    start: Instant,
) {
    console.say(format_args!(
        "{name}: {}, {}; {files} in {} ({} ms)",
        counted(summary.operations, "operation"),
        counted(summary.types, "type"),
        out.display(),
        start.elapsed().as_millis(),
    ));
}

/// The directory that an API goes to, where what is in it was made from the same.
fn earlier(api: &ApiConfig, source: &Source) -> Option<(PathBuf, Unchanged)> {
    let candidates = match (&api.out, &api.name) {
        (Some(out), _) => vec![out.clone()],
        (None, Some(name)) => vec![Path::new(HOME).join(name)],
        // The document's title decides, and it is not read yet.
        (None, None) => {
            let entries = fs::read_dir(HOME).ok()?.filter_map(Result::ok);
            entries.map(|entry| entry.path()).collect()
        }
    };
    candidates.into_iter().find_map(|out| {
        let unchanged = pipeline::unchanged(source, api, &out)?;
        let named = Path::new(HOME).join(&unchanged.record.name);
        (api.out.is_some() || out == named).then_some((out, unchanged))
    })
}

/// Says that there is nothing to do.
fn same(out: &Path, unchanged: &Unchanged, start: Instant, console: &mut Console) -> Outcome {
    let record = &unchanged.record;
    let found: Vec<String> = [(record.warnings, "warning"), (record.notes, "note")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| counted(count, what))
        .collect();
    if !found.is_empty() {
        console.remark(format_args!(
            "{} as before; `--fresh` shows what they are",
            found.join(", ")
        ));
    }
    let summary = Summary {
        operations: record.operations,
        types: record.types,
    };
    let files = format!("0 written, {} unchanged", unchanged.files);
    say(console, &record.name, summary, &files, out, start);
    Outcome::Done
}
