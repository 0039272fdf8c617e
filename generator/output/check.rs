//! Compares a directory with what would be generated.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use super::directory::{self, Entry, hash, inspect, normal};
use super::file_set::FileSet;
use super::manifest::{MANIFEST, Manifest};

/// A file that is not as it would be generated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drift {
    /// Path from the output directory.
    pub path: String,
    /// How it differs.
    pub kind: DriftKind,
    /// What is there.
    pub found: Option<Vec<u8>>,
    /// What would be generated.
    pub generated: Option<Vec<u8>>,
}

/// How a file differs from what would be generated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DriftKind {
    /// It is not there.
    Missing,
    /// It is as an earlier run wrote it.
    Outdated,
    /// No run wrote it like this.
    Edited,
    /// An earlier run wrote it, and it is generated no longer.
    Stale,
    /// It is beside what is generated, and no run wrote it.
    Extra,
    /// A run was interrupted; the next one goes on from there.
    Unfinished,
    /// It is not a plain file in a plain directory, and says what.
    Unsafe(&'static str),
}

impl DriftKind {
    /// A few words for a report.
    #[must_use]
    pub fn describe(self) -> &'static str {
        match self {
            Self::Missing => "is missing",
            Self::Outdated => "is out of date",
            Self::Edited => "was edited by hand",
            Self::Stale => "is no longer generated",
            Self::Extra => "is not generated",
            Self::Unfinished => "is left from an unfinished run",
            Self::Unsafe(what) => what,
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn advice(self) -> &'static str {
        match self {
            Self::Missing | Self::Outdated | Self::Stale | Self::Unfinished => {
                "`specwright generate` brings it up to date"
            }
            Self::Edited => "restore it, or overwrite it with `generate --force`",
            Self::Extra => "delete it (Specwright does not own it)",
            Self::Unsafe(_) => "move it away (Specwright does not write there)",
        }
    }
}

/// Every file of `directory` that is not as `set` has it, in order of path: files of the set and
/// the manifest, and whatever else is beside them (save cargo's `target/` and `Cargo.lock`, and
/// directories in which nothing is generated). Empty means that [`write`](super::write()) would do nothing.
///
/// # Errors
/// The file system said no.
pub fn check(directory: &Path, set: &FileSet) -> io::Result<Vec<Drift>> {
    let mut drifts = Vec::new();
    let found = inspect(directory, MANIFEST)?;
    let manifest = match &found {
        Entry::File(bytes) => Manifest::parse(bytes),
        _ => None,
    };
    let kind = match &manifest {
        Some(manifest) if manifest.unfinished.is_some() => DriftKind::Unfinished,
        Some(_) => DriftKind::Outdated,
        None => DriftKind::Edited,
    };
    let expected = Manifest::finished(set).with_record_of(manifest.as_ref());
    let expected = expected.to_text();
    drifts.extend(compare(MANIFEST, found, expected.as_bytes(), kind));

    let manifest = manifest.unwrap_or_default();
    for (path, wanted) in set {
        let found = inspect(directory, path)?;
        let kind = match &found {
            Entry::File(bytes) if manifest.wrote(path, &hash(bytes)) => DriftKind::Outdated,
            _ => DriftKind::Edited,
        };
        drifts.extend(compare(path, found, wanted, kind));
    }

    let owned: BTreeSet<&str> = set
        .iter()
        .map(|(path, _)| path)
        .chain(manifest.paths())
        .collect();
    for path in directory::listing(directory, owned.into_iter())? {
        if set.get(&path).is_some() {
            continue;
        }
        let (kind, found) = match inspect(directory, &path)? {
            Entry::Unsafe(what) => (DriftKind::Unsafe(what), None),
            Entry::Absent => continue,
            Entry::File(bytes) => {
                let kind = if directory::is_temporary(&path) {
                    DriftKind::Unfinished
                } else if manifest.wrote(&path, &hash(&bytes)) {
                    DriftKind::Stale
                } else if manifest.paths().any(|owned| owned == path) {
                    DriftKind::Edited
                } else {
                    DriftKind::Extra
                };
                (kind, Some(bytes))
            }
        };
        drifts.push(Drift {
            path,
            kind,
            found,
            generated: None,
        });
    }
    drifts.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(drifts)
}

fn compare(path: &str, found: Entry, wanted: &[u8], kind: DriftKind) -> Option<Drift> {
    let (kind, found) = match found {
        Entry::File(bytes) if normal(&bytes) == normal(wanted) => return None,
        Entry::File(bytes) => (kind, Some(bytes)),
        Entry::Absent => (DriftKind::Missing, None),
        Entry::Unsafe(what) => (DriftKind::Unsafe(what), None),
    };
    Some(Drift {
        path: path.to_owned(),
        kind,
        found,
        generated: Some(wanted.to_vec()),
    })
}

#[cfg(feature = "cli")]
impl Drift {
    /// A unified diff from what is there to what would be generated; `name` is the path to print.
    #[must_use]
    pub fn diff(&self, name: &str) -> String {
        use std::time::Duration;

        use similar::TextDiff;

        /// More than this is not worth reading as a diff.
        const LIMIT: usize = 4 << 20;

        let text = |bytes: &Option<Vec<u8>>| -> Option<String> {
            let bytes = normal(bytes.as_deref().unwrap_or_default());
            (bytes.len() <= LIMIT && !bytes.contains(&0))
                .then(|| String::from_utf8(bytes.into_owned()).ok())?
        };
        let before = if self.found.is_some() {
            name
        } else {
            "/dev/null"
        };
        let after = if self.generated.is_some() {
            name
        } else {
            "/dev/null"
        };
        let (Some(found), Some(generated)) = (text(&self.found), text(&self.generated)) else {
            return format!("--- {before}\n+++ {after}\nBinary or very large files differ\n");
        };
        TextDiff::configure()
            .timeout(Duration::from_secs(2))
            .diff_lines(&found, &generated)
            .unified_diff()
            .header(before, after)
            .to_string()
    }
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
