//! Which stage may name which: the pipeline runs one way, and a stage can be understood knowing only
//! those before it.

use crate::tree::{code, read, sources};

/// A module of the generator and what its code may name: other modules of the generator, and of the
/// crates in [`GUARDED`] those that are its own business.
struct Stage {
    name: &'static str,
    modules: &'static [&'static str],
    crates: &'static [&'static str],
}

/// Crates that belong to particular stages.
const GUARDED: &[&str] = &[
    "clap",
    "clap_complete",
    "fancy_regex",
    "heck",
    "indicatif",
    "miette",
    "openapiv3",
    "prettyplease",
    "proc_macro2",
    "quote",
    "regex",
    "regex_syntax",
    "saphyr_parser",
    "serde_yaml",
    "similar",
    "syn",
    "toml",
];

const STAGES: &[Stage] = &[
    Stage {
        name: "diag",
        modules: &[],
        crates: &["miette", "saphyr_parser"],
    },
    Stage {
        name: "config",
        modules: &["diag", "hash"],
        crates: &["syn", "toml"],
    },
    Stage {
        name: "source",
        modules: &["diag", "hash"],
        crates: &["openapiv3"],
    },
    Stage {
        name: "document",
        modules: &["diag", "source"],
        crates: &["saphyr_parser", "serde_yaml"],
    },
    Stage {
        name: "model",
        modules: &["diag", "document", "pattern"],
        crates: &[],
    },
    Stage {
        name: "sample",
        modules: &["diag", "document", "model", "pattern"],
        crates: &[],
    },
    // Of `output`, plan and emit name the form in which they hand over; it names neither of them.
    Stage {
        name: "plan",
        modules: &["config", "diag", "model", "output", "pattern", "text"],
        crates: &["heck"],
    },
    Stage {
        name: "emit",
        modules: &["model", "output", "pattern", "plan", "text"],
        crates: &["proc_macro2", "quote"],
    },
    Stage {
        name: "output",
        modules: &["config", "diag", "hash", "text"],
        crates: &[
            "prettyplease",
            "proc_macro2",
            "quote",
            "similar",
            "syn",
            "toml",
        ],
    },
    Stage {
        name: "inspect",
        modules: &["diag", "model", "plan"],
        crates: &[],
    },
    Stage {
        name: "text",
        modules: &[],
        crates: &[],
    },
    Stage {
        name: "pattern",
        modules: &[],
        crates: &["fancy_regex", "regex", "regex_syntax"],
    },
    Stage {
        name: "hash",
        modules: &[],
        crates: &[],
    },
    Stage {
        name: "pipeline",
        modules: &[
            "config", "diag", "document", "emit", "inspect", "model", "output", "plan", "sample",
            "source",
        ],
        crates: &[],
    },
    Stage {
        name: "builder",
        modules: &["config", "diag", "output", "pipeline", "source"],
        crates: &["openapiv3"],
    },
];

#[test]
fn the_stages_depend_one_way() {
    let mut faults = Vec::new();
    for path in sources("generator") {
        let inside = path.trim_start_matches("generator/");
        let module = inside.split(['/', '.']).next().unwrap();
        // The binary, and the list of modules.
        if ["cli", "main", "lib"].contains(&module) {
            continue;
        }
        let Some(stage) = STAGES.iter().find(|stage| stage.name == module) else {
            faults.push(format!(
                "{path}: `{module}` is a stage that this test does not know"
            ));
            continue;
        };
        for (number, line) in code(&read(&path)).lines().enumerate() {
            for fault in stage.faults(line) {
                faults.push(format!("{path}:{}: {fault}", number + 1));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

impl Stage {
    fn faults(&self, line: &str) -> Vec<String> {
        let mut faults = Vec::new();
        for name in after(line, "crate::") {
            let is_stage = STAGES.iter().any(|stage| stage.name == name);
            if is_stage && name != self.name && !self.modules.contains(&name) {
                faults.push(format!("`{}` may not name `crate::{name}`", self.name));
            }
        }
        for name in GUARDED {
            let named = [format!("{name}::"), format!("{name}!")]
                .iter()
                .any(|text| {
                    line.match_indices(text.as_str())
                        .any(|(at, _)| starts_word(line, at))
                });
            if named && !self.crates.contains(name) {
                faults.push(format!("`{}` may not use the crate `{name}`", self.name));
            }
        }
        faults
    }
}

/// The names that follow `prefix` in a line.
fn after<'l>(line: &'l str, prefix: &str) -> Vec<&'l str> {
    let name = |(at, _): (usize, &str)| {
        let rest = &line[at + prefix.len()..];
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        starts_word(line, at).then(|| &rest[..end.unwrap_or(rest.len())])
    };
    line.match_indices(prefix).filter_map(name).collect()
}

fn starts_word(line: &str, at: usize) -> bool {
    !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
}

#[test]
fn a_wrong_direction_is_seen() {
    let stage = |name| STAGES.iter().find(|stage| stage.name == name).unwrap();
    let model = stage("model");
    assert!(model.faults("use crate::document::Schema;").is_empty());
    assert!(model.faults("use crate::model::Api;").is_empty());
    assert_eq!(
        model.faults("let x: crate::plan::RustPlan = quote!();"),
        [
            "`model` may not name `crate::plan`",
            "`model` may not use the crate `quote`"
        ]
    );
    assert_eq!(
        stage("plan").faults("use syn::Ident;"),
        ["`plan` may not use the crate `syn`"]
    );
}
