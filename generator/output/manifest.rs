//! `.specwright.json`: what Specwright wrote into a directory, and from what.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::directory::hash;
use super::file_set::{FileSet, is_portable};
use super::record::Record;

/// Name of the manifest in an output directory.
pub const MANIFEST: &str = ".specwright.json";

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The manifest as read and written.
///
/// While a run is under way the manifest lists, as `unfinished`, every state in which a file may be
/// found: as it was before, and as it will be. That is written before the first file changes and
/// taken away with the last step. So after a kill at any moment each file can still be told from
/// one that was edited by hand, and the state is visible as unfinished.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// For whoever opens the file.
    #[serde(default)]
    about: String,
    /// Version of the generator.
    pub(super) generator: String,
    /// SHA-256 of the document.
    pub(super) spec: String,
    /// SHA-256 of the configuration.
    pub(super) config: String,
    /// What the run was made from, where the next one can look at it again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) record: Option<Record>,
    /// SHA-256 of each file by path.
    pub(super) files: BTreeMap<String, String>,
    /// Where a run is under way: the hashes that each file may have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) unfinished: Option<BTreeMap<String, Vec<String>>>,
}

impl Manifest {
    /// What the manifest of a finished run says.
    pub(super) fn finished(set: &FileSet) -> Self {
        Self {
            record: set.provenance.record.clone(),
            files: set
                .iter()
                .map(|(path, bytes)| (path.to_owned(), hash(bytes)))
                .collect(),
            ..Self::head(set)
        }
    }

    /// Whether this version of the generator wrote it.
    pub(super) fn is_ours(&self) -> bool {
        self.generator == VERSION
    }

    /// This one as it reads with `found` for a record. A record says how a run came about and not
    /// what it wrote: no file is out of date because of it.
    pub(super) fn with_record_of(&self, found: Option<&Self>) -> Self {
        Self {
            record: found.map_or_else(|| self.record.clone(), |found| found.record.clone()),
            ..self.clone()
        }
    }

    /// This one as it reads where another build of the same version had signed the record.
    pub(super) fn with_build_of(&self, found: Option<&Self>) -> Self {
        let mut manifest = self.clone();
        let build = found.and_then(|found| Some(&found.record.as_ref()?.build));
        if let (Some(record), Some(build)) = (&mut manifest.record, build) {
            record.build.clone_from(build);
        }
        manifest
    }

    /// What the manifest says while a run is under way.
    pub(super) fn unfinished(set: &FileSet, states: BTreeMap<String, Vec<String>>) -> Self {
        Self {
            unfinished: Some(states),
            ..Self::head(set)
        }
    }

    fn head(set: &FileSet) -> Self {
        Self {
            about:
                "Written by specwright: the files it owns, by SHA-256. Commit it; do not edit it."
                    .to_owned(),
            generator: VERSION.to_owned(),
            spec: set.provenance.spec.clone(),
            config: set.provenance.config.clone(),
            ..Self::default()
        }
    }

    /// Reads a manifest; `None` if it is not one. A path that leaves the directory makes it none.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        let manifest: Self = serde_json::from_slice(bytes).ok()?;
        let portable = manifest.paths().all(is_portable);
        portable.then_some(manifest)
    }

    pub(super) fn to_text(&self) -> String {
        // Strings and string-keyed maps always serialise.
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Every path that is ours, finished or not.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        let unfinished = self.unfinished.iter().flat_map(BTreeMap::keys);
        self.files.keys().chain(unfinished).map(String::as_str)
    }

    /// Whether a file of that hash at that path is as some run left it.
    pub(super) fn wrote(&self, path: &str, hash: &str) -> bool {
        self.files.get(path).is_some_and(|known| known == hash)
            || self
                .unfinished
                .as_ref()
                .and_then(|states| states.get(path))
                .is_some_and(|known| known.iter().any(|known| known == hash))
    }
}
