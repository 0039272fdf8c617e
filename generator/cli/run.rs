//! What `generate` and `check` share: from settings to files in memory.

use std::path::{Path, PathBuf};

use specwright::config::{ApiConfig, Verdict};
use specwright::diag::Sink;
use specwright::pipeline::{self, Generated};
use specwright::source::Source;

use super::Outcome;
use super::console::Console;
use super::progress;

/// Where crates go unless something else is said.
pub(super) const HOME: &str = "generated";

/// An API in memory, and where it goes.
pub(super) struct Ready {
    pub(super) generated: Generated,
    pub(super) out: PathBuf,
}

/// Reads the document of an API.
pub(super) fn open(api: &ApiConfig, console: &Console) -> Result<Source, Outcome> {
    let mut sink = Sink::new();
    read(&api.spec, &mut sink).ok_or_else(|| {
        console.drain(sink);
        Outcome::Unusable
    })
}

/// Generates in memory and prints the diagnostics. `Err` is how it ended otherwise.
pub(super) fn run(api: &ApiConfig, source: &Source, console: &Console) -> Result<Ready, Outcome> {
    let mut sink = Sink::new();
    let generated = progress::during(&format!("generating from {}", source.name()), || {
        pipeline::generate(source, api, &mut sink)
    });
    let usable = !sink.has_errors();
    let verdict = api.judge(&mut sink);
    console.drain(sink);
    match generated {
        Err(fault) => {
            console.complain(format_args!(
                "a fault of Specwright itself, please report it: {fault}"
            ));
            Err(Outcome::Unusable)
        }
        Ok(Some(generated)) if usable => match verdict {
            Verdict::Fine => {
                let out = api.out.clone();
                let out = out.unwrap_or_else(|| Path::new(HOME).join(&generated.name));
                Ok(Ready { generated, out })
            }
            Verdict::Denied => Err(Outcome::Denied),
        },
        Ok(_) => Err(Outcome::Unusable),
    }
}

/// Reads a document; what goes wrong is in the sink.
pub(super) fn read(spec: &Path, sink: &mut Sink) -> Option<Source> {
    let source = if spec.as_os_str() == "-" {
        Source::stdin()
    } else {
        Source::path(spec)
    };
    source.map_err(|error| sink.push(error.diagnostic())).ok()
}
