//! The files of a document, read when a reference first leads into them.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;

use super::load;
use super::pointer::{escape, percent_decoded};
use crate::fault::Fault;

/// A place in a document: file and pointer.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Site {
    /// 0 is the file that was asked for.
    pub(crate) file: usize,
    pub(crate) pointer: String,
}

impl Site {
    /// The member `key` of what stands here.
    pub(crate) fn below(&self, key: &str) -> Self {
        Self {
            file: self.file,
            pointer: format!("{}/{}", self.pointer, escape(key)),
        }
    }
}

/// The files of a document.
#[derive(Debug)]
pub(crate) struct Files {
    all: Vec<(PathBuf, Arc<Value>)>,
    /// `None` for one that cannot be read.
    known: HashMap<PathBuf, Option<usize>>,
}

impl Files {
    pub(crate) fn open(path: &Path) -> Result<Self, Fault> {
        let root = load(path)?;
        let path = normal(path);
        Ok(Self {
            known: HashMap::from([(path.clone(), Some(0))]),
            all: vec![(path, Arc::new(root))],
        })
    }

    /// A document that stands in no file.
    pub(crate) fn of(root: Value) -> Self {
        Self {
            all: vec![(PathBuf::from("/document.json"), Arc::new(root))],
            known: HashMap::new(),
        }
    }

    /// The name of a file but the first, which goes without saying.
    pub(crate) fn name(&self, file: usize) -> String {
        let folder = self.all.first().and_then(|(path, _)| path.parent());
        match self.all.get(file).filter(|_| file > 0) {
            Some((path, _)) => {
                let inner = folder.and_then(|folder| path.strip_prefix(folder).ok());
                inner.unwrap_or(path).display().to_string()
            }
            None => String::new(),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    pub(crate) fn tree(&self, file: usize) -> Arc<Value> {
        self.all
            .get(file)
            .map_or_else(Arc::default, |(_, tree)| Arc::clone(tree))
    }

    pub(crate) fn get(&self, site: &Site) -> Option<&Value> {
        self.all.get(site.file)?.1.pointer(&site.pointer)
    }

    /// The index of a file that was read already.
    pub(crate) fn index_of(&self, path: &Path) -> Option<usize> {
        self.known.get(&normal(path)).copied().flatten()
    }

    /// Whether `openapi` says 3.0.
    pub(crate) fn is_3_0(&self) -> bool {
        let version = self.tree(0);
        version
            .get("openapi")
            .and_then(Value::as_str)
            .is_some_and(|version| version.starts_with("3.0"))
    }

    /// Where a reference leads, reading a file if need be. `None` where it leads to the network, to
    /// an anchor, or nowhere.
    pub(crate) fn follow(&mut self, from: usize, reference: &str) -> Option<Site> {
        let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let file = if file.is_empty() {
            from
        } else if file.contains("://") {
            return None;
        } else {
            let folder = self.all.get(from)?.0.parent()?.to_owned();
            self.read(&normal(&folder.join(percent_decoded(file))))?
        };
        self.site(file, fragment)
    }

    /// The same among files that were read already.
    pub(crate) fn followed(&self, from: usize, reference: &str) -> Option<Site> {
        let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let file = if file.is_empty() {
            from
        } else {
            let folder = self.all.get(from)?.0.parent()?;
            self.index_of(&folder.join(percent_decoded(file)))?
        };
        self.site(file, fragment)
    }

    fn site(&self, file: usize, fragment: &str) -> Option<Site> {
        let site = Site {
            file,
            pointer: percent_decoded(fragment),
        };
        self.get(&site).is_some().then_some(site)
    }

    fn read(&mut self, path: &Path) -> Option<usize> {
        if let Some(known) = self.known.get(path) {
            return *known;
        }
        let index = load(path).ok().map(|tree| {
            self.all.push((path.to_owned(), Arc::new(tree)));
            self.all.len() - 1
        });
        self.known.insert(path.to_owned(), index);
        index
    }
}

/// The path without `.` and `..`, so that one file has one name.
fn normal(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if clean.file_name().is_some() => {
                clean.pop();
            }
            other => clean.push(other),
        }
    }
    clean
}
