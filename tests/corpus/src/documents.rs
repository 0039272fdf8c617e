//! Which documents there are in a folder.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::arguments::FolderOptions;
use crate::fault::Fault;
use crate::raw;

/// One document.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    /// Name of the file without its extension; of its folder where it has one to itself.
    pub(crate) name: String,
    pub(crate) path: PathBuf,
    pub(crate) bytes: u64,
}

/// The documents, the largest first, so that none of them is left for one core at the end.
pub(crate) fn find(options: &FolderOptions) -> Result<Vec<Document>, Fault> {
    let folder = folder(options)?;
    let mut documents = match listed(&folder)? {
        Some(listed) => listed,
        None => searched(&folder)?,
    };
    if !options.only.is_empty() {
        documents.retain(|document| {
            options
                .only
                .iter()
                .any(|name| document.name.starts_with(name.as_str()))
        });
    }
    if documents.is_empty() {
        return Err(Fault::new(format!("no document in {}", folder.display())));
    }
    documents.sort_by(|a, b| (b.bytes, &a.name).cmp(&(a.bytes, &b.name)));
    Ok(documents)
}

/// The folder that was given, else `corpus` in `$SPECWRIGHT_DATA`.
pub(crate) fn folder(options: &FolderOptions) -> Result<PathBuf, Fault> {
    if let Some(folder) = &options.folder {
        return Ok(folder.clone());
    }
    match std::env::var_os("SPECWRIGHT_DATA") {
        Some(data) if !data.is_empty() => Ok(Path::new(&data).join("corpus")),
        _ => Err(Fault::new(
            "give --folder, or set SPECWRIGHT_DATA to the directory that holds `corpus`",
        )),
    }
}

/// Those that `manifest.json` lists, where there is one.
fn listed(folder: &Path) -> Result<Option<Vec<Document>>, Fault> {
    let manifest = folder.join("manifest.json");
    let Ok(text) = fs::read_to_string(&manifest) else {
        return Ok(None);
    };
    let manifest_value: Value = serde_json::from_str(&text).map_err(Fault::at(&manifest))?;
    let files = manifest_value
        .get("documents")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.get("file")?.as_str());
    let documents: Result<Vec<Document>, Fault> = files
        .map(|file| document(folder, &folder.join(file)))
        .collect();
    documents.map(Some)
}

/// Every file of the folder, and of folders in it, whose root has the field `openapi`.
fn searched(folder: &Path) -> Result<Vec<Document>, Fault> {
    let mut documents = Vec::new();
    for entry in entries(folder)? {
        let files = if entry.is_dir() {
            entries(&entry)?
        } else {
            vec![entry]
        };
        for file in files {
            let readable = file
                .extension()
                .is_some_and(|it| it == "json" || it == "yaml" || it == "yml");
            if readable && raw::load(&file).is_ok_and(|root| root.get("openapi").is_some()) {
                documents.push(document(folder, &file)?);
            }
        }
    }
    Ok(documents)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, Fault> {
    let listing = fs::read_dir(folder).map_err(Fault::at(folder))?;
    let mut paths: Vec<PathBuf> = listing.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    Ok(paths)
}

fn document(folder: &Path, path: &Path) -> Result<Document, Fault> {
    let bytes = fs::metadata(path).map_err(Fault::at(path))?.len();
    let inner = path.strip_prefix(folder).unwrap_or(path);
    let name = match inner.parent().and_then(Path::file_name) {
        Some(parent) => parent,
        None => inner.file_stem().unwrap_or(OsStr::new("document")),
    };
    Ok(Document {
        name: name.to_string_lossy().into_owned(),
        path: path.to_owned(),
        bytes,
    })
}
