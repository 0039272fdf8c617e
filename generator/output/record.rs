//! What a run was made from, so that the next one can tell that it would write the same.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::directory::{self, Entry, hash, inspect};
use super::manifest::{MANIFEST, Manifest};

/// Of which sources this generator was built.
const BUILD: &str = env!("SPECWRIGHT_BUILD");

/// What a run was made from, and what it said. The manifest keeps it.
///
/// It is the same from any folder and on any machine: paths start at the document's folder.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Record {
    /// Which build of the generator it was.
    #[serde(default)]
    pub build: String,
    /// SHA-256 of the document's root file.
    pub document: String,
    /// SHA-256 of the other files that it refers to.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub others: BTreeMap<String, String>,
    /// SHA-256 of all settings.
    pub settings: String,
    /// Name of the crate.
    pub name: String,
    /// How many operations there are.
    pub operations: usize,
    /// How many types there are.
    pub types: usize,
    /// How many warnings were given.
    pub warnings: usize,
    /// How many notes were given.
    pub notes: usize,
}

impl Record {
    /// Signs the record as one of this build.
    #[must_use]
    pub fn signed(mut self) -> Self {
        BUILD.clone_into(&mut self.build);
        self
    }
}

/// What an earlier run left in a directory.
#[derive(Debug)]
pub struct Earlier {
    directory: PathBuf,
    manifest: Manifest,
    record: Record,
}

impl Earlier {
    /// What the last run left in `directory`, if it was one of this very build, came to its end, and
    /// was made from what can be looked at again.
    #[must_use]
    pub fn of(directory: &Path) -> Option<Self> {
        let Entry::File(bytes) = inspect(directory, MANIFEST).ok()? else {
            return None;
        };
        let mut manifest = Manifest::parse(&bytes)?;
        let record = manifest.record.take()?;
        let ours = manifest.is_ours() && record.build == BUILD;
        (ours && manifest.unfinished.is_none()).then(|| Self {
            directory: directory.to_owned(),
            manifest,
            record,
        })
    }

    /// What it was made from.
    #[must_use]
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// How many files there are, the manifest included.
    #[must_use]
    pub fn files(&self) -> usize {
        self.manifest.files.len() + 1
    }

    /// Whether every file is still as it was left, and nothing lies about that a run would clear away.
    #[must_use]
    pub fn stands(&self) -> bool {
        let files = &self.manifest.files;
        let same = |(path, known): (&String, &String)| matches!(inspect(&self.directory, path), Ok(Entry::File(bytes)) if hash(&bytes) == *known);
        files.iter().all(same)
            && directory::listing(&self.directory, files.keys().map(String::as_str))
                .is_ok_and(|listed| !listed.iter().any(|path| directory::is_temporary(path)))
    }
}

#[cfg(test)]
#[path = "record_tests.rs"]
mod tests;
