//! `specwright generate`.

use std::time::Instant;

use specwright::config::ApiConfig;
use specwright::output;

use super::Outcome;
use super::apis;
use super::args::ApiArgs;
use super::console::Console;
use super::counted;
use super::run::{Ready, run as ready};

pub(super) fn run(args: &ApiArgs, console: &mut Console) -> Outcome {
    match apis::select(args) {
        Ok(apis) => {
            let outcomes = apis.iter().map(|api| one(api, args.force, console));
            outcomes.max().unwrap_or(Outcome::Done)
        }
        Err(usage) => {
            console.complain(usage);
            Outcome::Unusable
        }
    }
}

fn one(api: &ApiConfig, force: bool, console: &mut Console) -> Outcome {
    let start = Instant::now();
    let Ready { generated, out } = match ready(api, console) {
        Ok(ready) => ready,
        Err(outcome) => return outcome,
    };
    let written = match output::write(&out, &generated.files, force) {
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
    console.say(format_args!(
        "{}: {}, {}; {files} in {} ({} ms)",
        generated.name,
        counted(generated.summary.operations, "operation"),
        counted(generated.summary.types, "type"),
        out.display(),
        start.elapsed().as_millis(),
    ));
    Outcome::Done
}
