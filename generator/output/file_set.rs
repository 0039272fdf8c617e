//! The files of one output directory, in memory.

use std::collections::BTreeMap;
use std::collections::btree_map;

use super::directory::hash;
use super::record::Record;
use crate::config::ApiConfig;
use crate::diag::{FileId, Files};

/// Where files came from; recorded in the manifest so that a later run can tell what changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Provenance {
    /// SHA-256 of the document (of all its files, where it has several), in hexadecimal.
    pub spec: String,
    /// SHA-256 of the configuration that bears on the output, in hexadecimal.
    pub config: String,
    /// What the next run needs to tell that nothing changed, where it can be told.
    pub record: Option<Record>,
    pub(super) hashes: Vec<String>,
}

impl Provenance {
    /// The hashes of a document's files, whatever their line ends, and of a configuration.
    #[must_use]
    pub fn new(files: &Files, config: &ApiConfig) -> Self {
        let hashes: Vec<String> = files
            .iter()
            .map(|(_, file)| hash(file.text.as_bytes()))
            .collect();
        let spec = match hashes.as_slice() {
            [only] => only.clone(),
            all => hash(all.concat().as_bytes()),
        };
        Self {
            spec,
            config: config.hash(),
            record: None,
            hashes,
        }
    }

    /// Adds a record with the hashes of the files: the first, and those that `others` names by their paths
    /// from it.
    #[must_use]
    pub fn recorded(mut self, others: &[(String, FileId)], record: Record) -> Self {
        let of = |file: FileId| {
            self.hashes
                .get(file.0 as usize)
                .cloned()
                .unwrap_or_default()
        };
        let record = Record {
            document: of(FileId(0)),
            others: others
                .iter()
                .map(|(path, file)| (path.clone(), of(*file)))
                .collect(),
            ..record
        };
        self.record = Some(record.signed());
        self
    }
}

/// Files by path, in order of path; the same set gives the same bytes on every machine.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileSet {
    files: BTreeMap<String, Vec<u8>>,
    /// What the files were made from.
    pub provenance: Provenance,
}

/// A path that cannot be part of a [`FileSet`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    /// Not relative, not of the safe alphabet, or a name that a file system reserves.
    #[error(
        "`{0}` is not a portable relative path (ASCII letters, digits, `_`, `-` and `.` between `/`)"
    )]
    Unsafe(String),
    /// Two paths that are one file where case does not count.
    #[error("`{0}` and `{1}` differ at most in case")]
    Twice(String, String),
}

impl FileSet {
    /// A set without files.
    #[must_use]
    pub fn new(provenance: Provenance) -> Self {
        Self {
            files: BTreeMap::new(),
            provenance,
        }
    }

    /// Adds a file.
    ///
    /// # Errors
    /// A path that is not portable, or that is in the set already (letter case aside).
    pub fn insert(
        &mut self,
        path: impl Into<String>,
        contents: impl Into<Vec<u8>>,
    ) -> Result<(), PathError> {
        let path = path.into();
        if !is_portable(&path) {
            return Err(PathError::Unsafe(path));
        }
        if let Some(other) = self.files.keys().find(|k| k.eq_ignore_ascii_case(&path)) {
            return Err(PathError::Twice(other.clone(), path));
        }
        self.files.insert(path, contents.into());
        Ok(())
    }

    /// The contents of a file.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(Vec::as_slice)
    }

    /// The files in order of path.
    #[must_use]
    pub fn iter(&self) -> Iter<'_> {
        Iter(self.files.iter())
    }

    /// How many files there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

impl<'a> IntoIterator for &'a FileSet {
    type Item = (&'a str, &'a [u8]);
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

/// Iterator over the files of a [`FileSet`].
#[derive(Debug)]
pub struct Iter<'a>(btree_map::Iter<'a, String, Vec<u8>>);

impl<'a> Iterator for Iter<'a> {
    type Item = (&'a str, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        self.0
            .next()
            .map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }
}

/// Whether a path can be created under a directory on every common file system and never leaves it:
/// `/`-separated segments of ASCII letters, digits, `_`, `-` and `.`, none starting or ending with
/// a dot, none a device name of Windows.
///
/// Names that start with a dot are left to the manifest and to temporary files.
pub(crate) fn is_portable(path: &str) -> bool {
    path.len() <= 240 && path.split('/').all(is_portable_segment)
}

fn is_portable_segment(segment: &str) -> bool {
    let safe = segment
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'));
    let stem = segment.split('.').next().unwrap_or_default();
    safe && !segment.is_empty()
        && !segment.starts_with(['.', '-'])
        && !segment.ends_with('.')
        && !is_device(stem)
}

/// The device names of Windows, which are reserved with any extension.
fn is_device(stem: &str) -> bool {
    let stem = stem.to_ascii_lowercase();
    let numbered = |prefix: &str| {
        stem.strip_prefix(prefix)
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_digit()))
    };
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn portable_paths() {
        for path in [
            "Cargo.toml",
            "src/types.rs",
            "src/support/mod.rs",
            "a-b_c.1",
        ] {
            assert!(is_portable(path), "{path}");
        }
        let long = "a".repeat(300);
        for path in [
            "",
            "/etc/passwd",
            "../x",
            "a/../b",
            "a//b",
            "a/",
            "./a",
            "a\\b",
            "C:a",
            "con",
            "src/NUL.rs",
            "com1.txt",
            "lpt9",
            "a.",
            ".git/config",
            ".specwright.json",
            "a b",
            "a\nb",
            "é",
            "a\0",
            "-rf",
            &long,
        ] {
            assert!(!is_portable(path), "{path}");
        }
        assert!(is_portable("console.rs") && is_portable("com10") && is_portable("nullable.rs"));
    }

    #[test]
    fn provenance_is_of_every_file() {
        let of = |texts: &[&str]| {
            let mut files = Files::default();
            for text in texts {
                files.add(crate::diag::File {
                    name: "x".into(),
                    text: (*text).into(),
                    format: crate::diag::Format::Yaml,
                });
            }
            Provenance::new(&files, &ApiConfig::default())
        };
        assert_eq!(of(&["a\n"]).spec, hash(b"a\n"));
        assert_eq!(of(&["a\r\n"]), of(&["a\n"]));
        assert_ne!(of(&["a", "b"]).spec, of(&["a"]).spec);
        assert_ne!(of(&["a", "b"]).spec, of(&["a", "c"]).spec);
    }

    #[test]
    fn a_set_refuses_what_would_collide_without_case() {
        let mut set = FileSet::default();
        set.insert("src/a.rs", "x").unwrap();
        assert_eq!(
            set.insert("src/A.rs", "y"),
            Err(PathError::Twice("src/a.rs".into(), "src/A.rs".into()))
        );
        assert_eq!(
            set.insert("../a", "y"),
            Err(PathError::Unsafe("../a".into()))
        );
        assert_eq!(set.get("src/a.rs"), Some(b"x".as_slice()));
        assert_eq!(set.len(), 1);
    }
}
