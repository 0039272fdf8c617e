//! The settings of one API.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde::Serialize;

use super::read::crate_name;
use super::{Mount, PaginationConfig, TypesConfig};
use crate::diag::{Diagnostic, Pointer, Severity, Sink};
use crate::hash::sha256;

/// The settings of one API; an `[[api]]` table of `specwright.toml`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ApiConfig {
    /// The document. Not part of [`hash`](Self::hash).
    #[serde(skip)]
    pub spec: PathBuf,
    /// The directory to write. Not part of [`hash`](Self::hash).
    #[serde(skip)]
    pub out: Option<PathBuf>,
    /// Follow references to `http` and `https` URLs. Not part of [`hash`](Self::hash), as what they lead to
    /// is.
    #[serde(skip)]
    pub allow_remote: bool,
    /// Name of the generated crate; see [`crate_name`](Self::crate_name) for the default.
    pub name: Option<String>,
    /// Which halves are generated; both unless said otherwise.
    pub features: BTreeSet<Feature>,
    /// Write a module tree for this path of an existing crate instead of a crate.
    pub mount: Option<Mount>,
    /// Whether there is a mock; see [`has_mock`](Self::has_mock) for the default.
    pub mock: Option<bool>,
    /// Whether each tag has a cargo feature; where nothing is said, those of an API of more than a hundred operations do.
    pub tag_features: Option<bool>,
    /// How things are named.
    pub names: NamesConfig,
    /// Settings by name of security scheme.
    pub security: BTreeMap<String, SchemeConfig>,
    /// Which objects keep the properties that they do not declare.
    pub keep_undeclared: KeepUndeclared,
    /// Which Rust types stand for formats.
    pub types: TypesConfig,
    /// The property that successes may be wrapped in though the document does not say so, such as `data`.
    pub envelope: Option<String>,
    /// How the pages of lists follow each other, by operation id.
    pub pagination: BTreeMap<String, PaginationConfig>,
    /// Severity overrides; of those that match, the last one counts.
    pub diagnostics: Vec<SeverityRule>,
}

/// Which objects keep the properties that they neither declare nor forbid: without it, those are dropped on decode.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum KeepUndeclared {
    /// None.
    #[default]
    None,
    /// All of the document.
    All,
    /// Those at these places, and those inside them; a place is written as that of a pinned name is.
    Under(Vec<String>),
}

impl KeepUndeclared {
    /// Whether the object at this place keeps them.
    #[must_use]
    pub fn covers(&self, place: &str) -> bool {
        match self {
            Self::None => false,
            Self::All => true,
            Self::Under(under) => under.iter().any(|under| is_within(place, under)),
        }
    }
}

/// A half of the generated code that can be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Feature {
    /// The reqwest client.
    Client,
    /// The server traits and their service.
    Server,
    /// The mock, which needs both halves. It has a setting of its own: [`ApiConfig::mock`].
    Mock,
}

/// How things are named.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct NamesConfig {
    /// Prefixes taken off operation ids before they become names, such as `UsersController_`.
    pub operation_prefixes: Vec<String>,
    /// Words kept whole, such as `OAuth`, besides those that are built in.
    pub acronyms: Vec<String>,
    /// Rust names by place; a pinned name never moves. A place is a JSON pointer into the document, such as
    /// `/components/schemas/Pet`, or into another file of it: `schemas/pet.yaml#/Pet`.
    pub pins: BTreeMap<String, String>,
}

/// Settings of a security scheme.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct SchemeConfig {
    /// Text before the credential that the document states only in prose, such as `ApiKey `.
    pub prefix: Option<String>,
}

/// Changes the severity of a code, in the whole document or below a pointer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SeverityRule {
    /// The code, such as `unknown-keyword`.
    pub code: String,
    /// A JSON pointer; the rule is for it and all below it. `None` is the whole document.
    pub under: Option<String>,
    /// What becomes of the diagnostic.
    pub level: Level,
}

/// What a [`SeverityRule`] makes of a diagnostic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Not reported.
    Allow,
    /// A note.
    Note,
    /// A warning.
    Warn,
    /// An error: nothing is written and the exit code is 1.
    Deny,
}

/// What the severity rules make of everything that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing is denied.
    Fine,
    /// Something is denied: nothing is to be written.
    Denied,
}

impl Feature {
    /// Its name in the configuration and in `Cargo.toml`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Server => "server",
            Self::Mock => "mock",
        }
    }
}

impl Default for ApiConfig {
    fn default() -> Self {
        Self {
            spec: PathBuf::new(),
            out: None,
            allow_remote: false,
            name: None,
            features: BTreeSet::from([Feature::Client, Feature::Server]),
            mount: None,
            mock: None,
            tag_features: None,
            names: NamesConfig::default(),
            security: BTreeMap::new(),
            keep_undeclared: KeepUndeclared::None,
            types: TypesConfig::default(),
            envelope: None,
            pagination: BTreeMap::new(),
            diagnostics: Vec::new(),
        }
    }
}

impl ApiConfig {
    /// The name of the generated crate: the one that is set, or one made of the document's title.
    #[must_use]
    pub fn crate_name(&self, title: &str) -> String {
        if let Some(name) = &self.name {
            return name.clone();
        }
        let mut name = String::new();
        for c in title.chars() {
            if c.is_ascii_alphanumeric() {
                name.push(c.to_ascii_lowercase());
            } else if !name.is_empty() && !name.ends_with('-') {
                name.push('-');
            }
        }
        name.truncate(60);
        let name = name.trim_end_matches('-');
        let name = crate_name(name)
            .or_else(|_| crate_name(&format!("{name}-api")))
            .or_else(|_| crate_name(format!("api-{name}").trim_end_matches('-')));
        name.unwrap_or_else(|_| "api".to_owned())
    }

    /// Whether there is a mock: in a crate of its own unless [`mock`](Self::mock) says otherwise, where cargo's feature
    /// of that name turns it on, and elsewhere only where that asks for it. It needs both halves.
    #[must_use]
    pub fn has_mock(&self) -> bool {
        let halves = [Feature::Client, Feature::Server];
        halves.iter().all(|half| self.features.contains(half))
            && self.mock.unwrap_or(self.mount.is_none())
    }

    /// The halves that are generated, and the mock if there is one.
    #[must_use]
    pub fn parts(&self) -> BTreeSet<Feature> {
        let halves = self.features.iter().copied();
        let halves = halves.filter(|feature| *feature != Feature::Mock);
        halves
            .chain(self.has_mock().then_some(Feature::Mock))
            .collect()
    }

    /// SHA-256, in hexadecimal, of all settings that bear on the output; where the document and the
    /// output lie is not part of it, nor are severities.
    #[must_use]
    pub fn hash(&self) -> String {
        let relevant = Self {
            diagnostics: Vec::new(),
            ..self.clone()
        };
        // Strings, lists and string-keyed maps always serialise.
        let json = serde_json::to_vec(&relevant).unwrap_or_default();
        sha256(&json)
    }

    /// SHA-256, in hexadecimal, of all settings save where the document and the output lie: severities
    /// and leave to read URLs bear on what a run says.
    #[must_use]
    pub fn hash_of_all(&self) -> String {
        // As in `hash`.
        let json = serde_json::to_vec(&(self, self.allow_remote)).unwrap_or_default();
        sha256(&json)
    }

    /// How many diagnostics of each severity the rules leave.
    #[must_use]
    pub fn tally(&self, sink: &Sink) -> BTreeMap<Severity, usize> {
        let mut tally = BTreeMap::new();
        for diagnostic in sink.diagnostics() {
            let severity = match self.level(diagnostic) {
                Some(Level::Allow) => continue,
                Some(Level::Note) => Severity::Note,
                Some(Level::Warn) => Severity::Warning,
                Some(Level::Deny) => Severity::Error,
                None => diagnostic.severity,
            };
            *tally.entry(severity).or_default() += 1;
        }
        tally
    }

    /// Applies the severity rules: what is allowed goes, what is denied becomes an error. An error
    /// stays an error, since what it is about cannot be generated whatever a rule says.
    pub fn judge(&self, sink: &mut Sink) -> Verdict {
        let mut verdict = Verdict::Fine;
        sink.retain(|diagnostic| {
            match self.level(diagnostic) {
                Some(Level::Allow) => return false,
                Some(Level::Note) => diagnostic.severity = Severity::Note,
                Some(Level::Warn) => diagnostic.severity = Severity::Warning,
                Some(Level::Deny) => {
                    diagnostic.severity = Severity::Error;
                    verdict = Verdict::Denied;
                }
                None => {}
            }
            true
        });
        verdict
    }

    /// The level that the last matching rule gives.
    fn level(&self, diagnostic: &Diagnostic) -> Option<Level> {
        if diagnostic.severity == Severity::Error {
            return None;
        }
        let pointer = &diagnostic.place.pointer;
        let matches = |rule: &&SeverityRule| {
            let under = rule.under.as_deref().and_then(Pointer::parse);
            rule.code == diagnostic.code.name()
                && under.is_none_or(|under| pointer.is_within(&under))
        };
        Some(self.diagnostics.iter().rfind(matches)?.level)
    }
}

/// Whether a place is another, or inside it.
pub(super) fn is_within(place: &str, outer: &str) -> bool {
    let rest = place.strip_prefix(outer);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
