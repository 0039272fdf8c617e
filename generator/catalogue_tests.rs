//! Every code of the catalogue is raised by its rejected examples and not by its accepted ones.

use std::fmt::Write as _;

use crate::config::ApiConfig;
use crate::diag::{Code, Example, Sink, codes};
use crate::pipeline;
use crate::source::Source;

/// The codes that a fragment raises.
fn raised(fragment: &str) -> Vec<Code> {
    let mut sink = Sink::new();
    let source = Source::text("example.yaml", Example::complete(fragment)).unwrap();
    let _ = pipeline::inspect(&source, &ApiConfig::default(), &mut sink);
    let diagnostics = sink.diagnostics().iter();
    diagnostics.map(|diagnostic| diagnostic.code).collect()
}

#[test]
fn examples_raise_what_they_explain() {
    let mut faults = String::new();
    for code in Code::all() {
        for example in code.entry().examples {
            let rejected = raised(example.rejected);
            if !rejected.contains(&code) {
                let _ = writeln!(faults, "{code}: its rejected example raises {rejected:?}");
            }
            let accepted = raised(example.accepted);
            if accepted.contains(&code) {
                let _ = writeln!(faults, "{code}: its accepted example raises it");
            }
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn accepted_examples_of_the_document_stage_raise_nothing_at_all() {
    for code in codes::DOCUMENT {
        for example in code.entry().examples {
            assert_eq!(raised(example.accepted), [], "{code}");
        }
    }
}

/// What no short text can show has its tests beside the limits (in `source` and `document`) and the
/// settings (in `config`).
#[test]
fn only_limits_files_and_settings_lack_an_example() {
    let without = Code::all().filter(|code| code.entry().examples.is_empty());
    let names: Vec<_> = without.map(Code::name).collect();
    assert_eq!(
        names,
        [
            "unreadable",
            "too-large",
            "not-utf8",
            "too-deep",
            "unused-configuration"
        ]
    );
}
