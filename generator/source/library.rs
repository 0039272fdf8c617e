//! Other texts that a document refers to: where they are, and whether they may be read.

use std::cell::Cell;
use std::env;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::remote::Remote;
use super::{Source, SourceError, uri};

/// A document may be spread over this many files.
pub const FILES_LIMIT: usize = 10_000;

/// All files of a document together, in bytes: 256 MiB.
pub const TOTAL_LIMIT: u64 = 256 << 20;

/// Where a text is, as far as others can be found from there.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum Address {
    /// Nowhere: it was made in memory.
    #[default]
    Memory,
    /// A file, by its true path.
    File(PathBuf),
    /// A URL, without a fragment.
    Url(String),
}

/// Why a text that is referred to is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The reference is relative, and what holds it was not read from a file.
    NoFolder,
    /// It lies outside the folders that may be read.
    Outside,
    /// It is on another machine, and those were not allowed.
    Remote,
    /// It names a protocol that is not spoken.
    Scheme(String),
    /// It is no reference at all.
    Malformed,
    /// There are too many files, or too much text in them.
    TooMuch,
    /// It could not be read; the reason.
    Unreadable(String),
}

/// Finds and reads what a document refers to, within bounds.
#[derive(Debug)]
pub struct Library {
    /// The folders whose files may be read, by their true paths.
    folders: Vec<PathBuf>,
    /// The folder of the document, and how the user calls it.
    home: Option<(PathBuf, PathBuf)>,
    allows_remote: bool,
    remote: Remote,
    files: usize,
    bytes: u64,
    /// Whether a file was found by way of a symbolic link, or of another spelling of its name.
    astray: Cell<bool>,
}

impl Library {
    /// What may be read for a document: files in its own folder, and those below the folder in which the
    /// generator runs.
    #[must_use]
    pub fn of(source: &Source) -> Self {
        let mut folders = Vec::new();
        let mut home = None;
        if let Address::File(path) = source.address()
            && let Some(folder) = path.parent()
        {
            folders.push(folder.to_owned());
            let called = Path::new(source.name()).parent().unwrap_or(Path::new(""));
            home = Some((folder.to_owned(), called.to_owned()));
        }
        if let Some(here) = env::current_dir().ok().and_then(|d| d.canonicalize().ok())
            && here.parent().is_some()
            && !folders.is_empty()
        {
            folders.push(here);
        }
        Self {
            folders,
            home,
            allows_remote: source.allows_remote(),
            remote: Remote::default(),
            files: 1,
            bytes: source.contents().len() as u64,
            astray: Cell::new(false),
        }
    }

    /// Where `reference` (without a fragment) leads from a text.
    ///
    /// # Errors
    /// When it leads nowhere that may be read.
    pub fn find(&self, from: &Address, reference: &str) -> Result<Address, Refusal> {
        match uri::scheme(reference) {
            Some("http" | "https") => return self.remote(reference.to_owned()),
            Some(other) => return Err(Refusal::Scheme(other.to_owned())),
            None => {}
        }
        match from {
            Address::Memory => Err(Refusal::NoFolder),
            Address::Url(base) => self.remote(uri::join(base, reference)),
            Address::File(base) => self.file(base, reference),
        }
    }

    fn remote(&self, url: String) -> Result<Address, Refusal> {
        if self.allows_remote {
            Ok(Address::Url(url))
        } else {
            Err(Refusal::Remote)
        }
    }

    fn file(&self, base: &Path, reference: &str) -> Result<Address, Refusal> {
        if reference.starts_with("//") {
            return self.remote(format!("https:{reference}"));
        }
        let path = reference.split('?').next().unwrap_or_default();
        let path = uri::decoded(path)
            .filter(|path| !path.contains('\0'))
            .ok_or(Refusal::Malformed)?;
        let folder = base.parent().ok_or(Refusal::NoFolder)?;
        let path = without_dots(&folder.join(path));
        // Twice, so that a document cannot even ask whether a file outside is there.
        self.inside(&path)?;
        let unreadable = |error: io::Error| Refusal::Unreadable(error.to_string());
        let written = path;
        let path = written.canonicalize().map_err(unreadable)?;
        self.inside(&path)?;
        if path != written {
            self.astray.set(true);
        }
        // A pipe would never end.
        if !fs::metadata(&path).map_err(unreadable)?.is_file() {
            return Err(Refusal::Unreadable("it is not a file".to_owned()));
        }
        Ok(Address::File(path))
    }

    fn inside(&self, path: &Path) -> Result<(), Refusal> {
        let within = |folder: &PathBuf| path.starts_with(folder);
        if self.folders.iter().any(within) {
            Ok(())
        } else {
            Err(Refusal::Outside)
        }
    }

    /// Reads what [`find`](Self::find) found.
    ///
    /// # Errors
    /// When it cannot be read, or too much was read before.
    pub fn read(&mut self, address: &Address) -> Result<Source, Refusal> {
        if self.files >= FILES_LIMIT || self.bytes >= TOTAL_LIMIT {
            return Err(Refusal::TooMuch);
        }
        let source = match address {
            Address::Memory => return Err(Refusal::NoFolder),
            Address::File(path) => Source::named(path, self.called(path)).map_err(|error| {
                Refusal::Unreadable(match error {
                    SourceError::Unreadable { error, .. } => error.to_string(),
                    other => other.to_string(),
                })
            })?,
            Address::Url(url) => self.remote.read(url).map_err(Refusal::Unreadable)?,
        };
        self.files += 1;
        self.bytes += source.contents().len() as u64;
        Ok(source)
    }

    /// The path of a file from the document's folder, with `/` between its parts: the same wherever the
    /// whole lies. `None` where reading that path again need not lead there.
    #[must_use]
    pub fn path_of(&self, address: &Address) -> Option<String> {
        let (Address::File(path), Some((folder, _)), false) =
            (address, &self.home, self.astray.get())
        else {
            return None;
        };
        let (up, rest) = from_folder(folder, path)?;
        let rest = rest.to_str()?.replace(std::path::MAIN_SEPARATOR, "/");
        Some("../".repeat(up) + &rest)
    }

    /// Reads the file of such a path again, if it is one that may be read.
    #[must_use]
    pub fn read_again(&mut self, path: &str) -> Option<Source> {
        let (folder, _) = self.home.as_ref()?;
        let path = without_dots(&folder.join(path));
        self.inside(&path).ok()?;
        if path.canonicalize().ok()? != path || !path.is_file() {
            return None;
        }
        self.read(&Address::File(path)).ok()
    }

    /// How the user would call a file: from where the document is, as the user calls that.
    fn called(&self, path: &Path) -> String {
        let Some((folder, called)) = &self.home else {
            return path.display().to_string();
        };
        let Some((up, rest)) = from_folder(folder, path) else {
            return path.display().to_string();
        };
        let mut name = called.clone();
        for _ in 0..up {
            name.push("..");
        }
        name.push(rest);
        without_dots(&name).display().to_string()
    }
}

/// How many folders up from `folder` something holds `path` too, and the path from there.
fn from_folder<'p>(folder: &Path, path: &'p Path) -> Option<(usize, &'p Path)> {
    folder
        .ancestors()
        .enumerate()
        .find_map(|(up, common)| Some((up, path.strip_prefix(common).ok()?)))
}

/// A path with `.` and `..` followed by its letters alone; leading `..` stay.
fn without_dots(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => match plain.components().next_back() {
                Some(Component::Normal(_)) => {
                    plain.pop();
                }
                Some(Component::RootDir | Component::Prefix(_)) => {}
                _ => plain.push(".."),
            },
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
#[path = "library_tests.rs"]
mod tests;
