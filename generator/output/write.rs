//! Writes a file set into a directory.
//!
//! Each file is written beside its place and renamed into it, so no file is ever half written. The
//! manifest says that a run is under way before the first file changes, and is replaced last.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process;

use super::directory::{self, Entry, hash, inspect, normal};
use super::file_set::FileSet;
use super::manifest::{MANIFEST, Manifest};

/// What [`write`](write()) did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Written {
    /// Files made or replaced, in order of path; the manifest is not counted.
    pub written: Vec<String>,
    /// Files removed because the set has them no longer.
    pub removed: Vec<String>,
    /// How many files were as they should be; the manifest is not counted.
    pub unchanged: usize,
    /// Whether the manifest was written.
    pub manifest: bool,
}

/// Why nothing, or not everything, was written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Something in the directory is not ours to replace; nothing was changed.
    #[error("{}", refusal(directory, reasons))]
    Refused {
        /// The output directory.
        directory: PathBuf,
        /// At least one.
        reasons: Vec<Refusal>,
    },
    /// The file system said no. The next run goes on from there.
    #[error("{path}: {cause}", path = path.display())]
    Io {
        /// The file or directory.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
}

/// Something that is not ours to replace.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The directory holds files (the first is named) and no manifest.
    #[error("Specwright did not make it: it holds `{0}` and no `{MANIFEST}`")]
    Foreign(String),
    /// The manifest cannot be read.
    #[error("its `{MANIFEST}` is damaged")]
    Manifest,
    /// A file that an earlier run wrote was edited since.
    #[error("`{0}` was edited by hand")]
    Edited(String),
    /// A file that no run wrote is in the way.
    #[error("`{0}` is in the way, and Specwright did not write it")]
    InTheWay(String),
    /// A path that must not be written to, and what is there. `force` does not help.
    #[error("`{0}` {1}")]
    Unsafe(String, &'static str),
}

/// Writes `set` into `directory`, which is made if need be: only what changed, and removes what an
/// earlier run wrote and the set has no longer.
///
/// `force` overwrites what was edited by hand and adopts a directory with other files in it (which
/// stay); it never goes through a symbolic link.
///
/// # Errors
/// Refusals, all at once and before anything was changed; or a fault of the file system.
pub fn write(directory: &Path, set: &FileSet, force: bool) -> Result<Written, WriteError> {
    write_stepwise(directory, set, force, &mut || Ok(()))
}

/// [`write`](write()) with `step` called between any two changes to the file system; its error ends the run
/// there and then, as a kill would.
pub(super) fn write_stepwise(
    directory: &Path,
    set: &FileSet,
    force: bool,
    step: &mut dyn FnMut() -> io::Result<()>,
) -> Result<Written, WriteError> {
    fs::create_dir_all(directory).map_err(at(directory))?;
    let _lock = lock(directory);
    let plan = plan(directory, set, force)?;
    let mut writer = Writer {
        root: directory,
        step,
        serial: 0,
    };
    writer.sweep(&plan)?;
    let manifest = writer.carry_out(set, &plan)?;
    Ok(Written {
        manifest,
        unchanged: set.len() - plan.write.len(),
        written: plan.write,
        removed: plan.remove,
    })
}

struct Plan {
    write: Vec<String>,
    remove: Vec<String>,
    /// Left behind by an interrupted run.
    stale: Vec<String>,
    /// The hashes that each file may have until the run is finished.
    states: BTreeMap<String, Vec<String>>,
    /// What the manifest will say.
    manifest: Manifest,
    /// Whether it says so already.
    manifest_is_current: bool,
}

fn plan(directory: &Path, set: &FileSet, force: bool) -> Result<Plan, WriteError> {
    let mut refusals = Vec::new();
    let look = |path: &str| inspect(directory, path).map_err(at(&directory.join(path)));
    let (manifest, manifest_text) = match look(MANIFEST)? {
        Entry::File(bytes) => {
            let manifest = Manifest::parse(&bytes);
            if manifest.is_none() {
                refusals.push(Refusal::Manifest);
            }
            (manifest.unwrap_or_default(), Some(bytes))
        }
        Entry::Absent => {
            if let Some(first) = directory::is_vacant(directory).map_err(at(directory))? {
                refusals.push(Refusal::Foreign(first));
            }
            (Manifest::default(), None)
        }
        Entry::Unsafe(what) => {
            refusals.push(Refusal::Unsafe(MANIFEST.to_owned(), what));
            (Manifest::default(), None)
        }
    };
    let foreign = !refusals.is_empty();

    let finished = Manifest::finished(set);
    let same_build = finished.with_build_of(Some(&manifest)).to_text();
    let mut plan = Plan {
        write: Vec::new(),
        remove: Vec::new(),
        stale: Vec::new(),
        states: BTreeMap::new(),
        manifest_is_current: manifest_text
            .is_some_and(|bytes| *normal(&bytes) == *same_build.as_bytes()),
        manifest: finished,
    };
    let paths: BTreeSet<&str> = set
        .iter()
        .map(|(path, _)| path)
        .chain(manifest.paths())
        .collect();
    for path in &paths {
        let wanted = set.get(path);
        let found = match look(path)? {
            Entry::Unsafe(what) => {
                refusals.push(Refusal::Unsafe((*path).to_owned(), what));
                continue;
            }
            Entry::Absent => None,
            Entry::File(bytes) => Some(bytes),
        };
        let same = match (&found, wanted) {
            (Some(found), Some(wanted)) => normal(found) == normal(wanted),
            (None, None) => true,
            _ => false,
        };
        let known = plan.manifest.files.get(*path);
        let mut states: Vec<String> = known.cloned().into_iter().collect();
        if let Some(found) = found.filter(|_| !same) {
            let hash = hash(&found);
            if !manifest.wrote(path, &hash) {
                let ours = manifest.paths().any(|owned| owned == *path);
                // One reason is enough for a directory that is not ours at all.
                match (ours, foreign) {
                    (true, _) => refusals.push(Refusal::Edited((*path).to_owned())),
                    (false, false) => refusals.push(Refusal::InTheWay((*path).to_owned())),
                    (false, true) => {}
                }
            }
            states.push(hash);
        }
        plan.states.insert((*path).to_owned(), states);
        if !same {
            let list = if wanted.is_some() {
                &mut plan.write
            } else {
                &mut plan.remove
            };
            list.push((*path).to_owned());
        }
    }
    let listed = directory::listing(directory, paths.iter().copied()).map_err(at(directory))?;
    plan.stale = listed
        .into_iter()
        .filter(|path| directory::is_temporary(path))
        .collect();

    // Where every file is as it should be there is nothing to lose: a manifest that was lost, or
    // that a merge left with conflict markers, is just written again.
    let forced = force || (plan.write.is_empty() && plan.remove.is_empty());
    refusals.retain(|refusal| !forced || matches!(refusal, Refusal::Unsafe(..)));
    if refusals.is_empty() {
        Ok(plan)
    } else {
        Err(WriteError::Refused {
            directory: directory.to_owned(),
            reasons: refusals,
        })
    }
}

struct Writer<'a> {
    root: &'a Path,
    step: &'a mut dyn FnMut() -> io::Result<()>,
    serial: u32,
}

impl Writer<'_> {
    /// Removes temporary files that an interrupted run left behind.
    fn sweep(&mut self, plan: &Plan) -> Result<(), WriteError> {
        for path in &plan.stale {
            self.remove(path)?;
        }
        Ok(())
    }

    /// Whether there was anything to do, and so a manifest to write.
    fn carry_out(&mut self, set: &FileSet, plan: &Plan) -> Result<bool, WriteError> {
        let idle = plan.write.is_empty() && plan.remove.is_empty();
        if idle && plan.manifest_is_current {
            return Ok(false);
        }
        if !idle {
            let unfinished = Manifest::unfinished(set, plan.states.clone());
            self.replace(MANIFEST, unfinished.to_text().as_bytes())?;
        }
        for path in &plan.remove {
            self.remove(path)?;
            self.prune(path);
        }
        for path in &plan.write {
            if let Some(bytes) = set.get(path) {
                self.replace(path, bytes)?;
            }
        }
        self.replace(MANIFEST, plan.manifest.to_text().as_bytes())?;
        Ok(true)
    }

    /// Writes a file beside its place, then renames it into it.
    fn replace(&mut self, path: &str, bytes: &[u8]) -> Result<(), WriteError> {
        let target = self.root.join(path);
        let parent = target.parent().unwrap_or(self.root);
        if !parent.is_dir() {
            fs::create_dir_all(parent).map_err(at(parent))?;
            (self.step)().map_err(at(parent))?;
        }
        let (temporary, mut file) = self.temporary(parent)?;
        let half = bytes.len() / 2;
        let write = |part: &[u8], file: &mut fs::File| file.write_all(part).map_err(at(&temporary));
        let written = write(&bytes[..half], &mut file)
            .and_then(|()| (self.step)().map_err(at(&temporary)))
            .and_then(|()| write(&bytes[half..], &mut file));
        drop(file);
        written?;
        (self.step)().map_err(at(&temporary))?;
        if let Err(cause) = fs::rename(&temporary, &target) {
            // Best effort: the next run sweeps it up anyhow.
            let _ = fs::remove_file(&temporary);
            return Err(WriteError::Io {
                path: target,
                cause,
            });
        }
        (self.step)().map_err(at(&target))
    }

    /// A new file with a name of ours; `create_new` follows no link and takes over no file.
    fn temporary(&mut self, parent: &Path) -> Result<(PathBuf, fs::File), WriteError> {
        loop {
            let path = parent.join(format!(".specwright-{}-{}.tmp", process::id(), self.serial));
            self.serial += 1;
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(file) => return Ok((path, file)),
                Err(error)
                    if error.kind() == io::ErrorKind::AlreadyExists && self.serial < 10_000 => {}
                Err(cause) => return Err(WriteError::Io { path, cause }),
            }
        }
    }

    fn remove(&mut self, path: &str) -> Result<(), WriteError> {
        let target = self.root.join(path);
        match fs::remove_file(&target) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(WriteError::Io {
                path: target,
                cause,
            }),
            _ => (self.step)().map_err(at(&target)),
        }
    }

    /// Removes the directories above a removed file that are empty now.
    fn prune(&self, path: &str) {
        let mut path = path;
        while let Some((parent, _)) = path.rsplit_once('/') {
            if fs::remove_dir(self.root.join(parent)).is_err() {
                return;
            }
            path = parent;
        }
    }
}

/// Keeps two runs from writing the same directory at once, where the system can lock a directory.
fn lock(directory: &Path) -> Option<fs::File> {
    if !cfg!(unix) {
        return None;
    }
    let file = fs::File::open(directory).ok()?;
    file.lock().ok()?;
    Some(file)
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> WriteError {
    let path = path.to_owned();
    move |cause| WriteError::Io { path, cause }
}

fn refusal(directory: &Path, reasons: &[Refusal]) -> String {
    let mut text = format!("nothing was written to `{}`:", directory.display());
    let mut forcible = true;
    for reason in reasons {
        text.push_str("\n  ");
        text.push_str(&reason.to_string());
        forcible &= !matches!(reason, Refusal::Unsafe(..));
    }
    text.push_str(if forcible {
        "\n  help: choose another directory, restore what was edited, or overwrite it with `--force`"
    } else {
        "\n  help: choose another directory, or move what is in the way"
    });
    text
}

#[cfg(test)]
#[path = "write_tests.rs"]
mod tests;
