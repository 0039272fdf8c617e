//! Looks at an output directory without ever following a symbolic link in it.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use super::manifest::MANIFEST;
pub(super) use crate::hash::normal;
use crate::hash::sha256_of_text;

/// What is at a path.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Entry {
    Absent,
    File(Vec<u8>),
    /// Something that is neither read nor replaced; says what.
    Unsafe(&'static str),
}

/// Looks at `path` below `root`.
pub(super) fn inspect(root: &Path, path: &str) -> io::Result<Entry> {
    let mut at = root.to_path_buf();
    let mut segments = path.split('/').peekable();
    while let Some(segment) = segments.next() {
        at.push(segment);
        let metadata = match fs::symlink_metadata(&at) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Entry::Absent),
            Err(error) => return Err(error),
        };
        let kind = metadata.file_type();
        let last = segments.peek().is_none();
        if kind.is_symlink() {
            return Ok(Entry::Unsafe(if last {
                "is a symbolic link"
            } else {
                "lies behind a symbolic link"
            }));
        }
        if last && kind.is_dir() {
            return Ok(Entry::Unsafe("is a directory"));
        }
        if last && !kind.is_file() {
            return Ok(Entry::Unsafe("is not a regular file"));
        }
        if !last && !kind.is_dir() {
            return Ok(Entry::Unsafe(
                "lies below something that is not a directory",
            ));
        }
    }
    fs::read(&at).map(Entry::File)
}

/// The paths in an output directory that only Specwright should have put there: the files beside
/// the manifest, and everything below the top directories that hold `owned` files. Cargo's
/// `target/` and `Cargo.lock`, and the manifest, are left out.
pub(super) fn listing<'a>(
    root: &Path,
    owned: impl Iterator<Item = &'a str>,
) -> io::Result<BTreeSet<String>> {
    let top: BTreeSet<&str> = owned
        .filter_map(|path| path.split_once('/'))
        .map(|(top, _)| top)
        .collect();
    let mut found = BTreeSet::new();
    let mut pending = vec![String::new()];
    while let Some(prefix) = pending.pop() {
        let entries = match fs::read_dir(root.join(&prefix)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            entries => entries?,
        };
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let is_dir = entry.file_type()?.is_dir();
            if prefix.is_empty() {
                let skipped = if is_dir {
                    !top.contains(name.as_str())
                } else {
                    matches!(name.as_str(), MANIFEST | "Cargo.lock")
                };
                if skipped {
                    continue;
                }
            }
            let path = if prefix.is_empty() {
                name
            } else {
                format!("{prefix}/{name}")
            };
            if is_dir {
                pending.push(path);
            } else {
                found.insert(path);
            }
        }
    }
    Ok(found)
}

/// Whether a directory has nothing in it but what cargo or an interrupted run leaves behind.
pub(super) fn is_vacant(root: &Path) -> io::Result<Option<String>> {
    let entries = match fs::read_dir(root) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        entries => entries?,
    };
    let mut first = None;
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !is_temporary(&name) && !matches!(name.as_str(), "target" | "Cargo.lock") {
            first = first.filter(|first| *first < name).or(Some(name));
        }
    }
    Ok(first)
}

/// Whether a path is that of a temporary file of ours.
pub(super) fn is_temporary(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_prefix(".specwright-")
        .is_some_and(|rest| rest.strip_suffix(".tmp").is_some())
}

/// Hash of a file's contents, whatever its line ends: SHA-256 in hexadecimal.
pub(super) fn hash(bytes: &[u8]) -> String {
    sha256_of_text(bytes)
}
