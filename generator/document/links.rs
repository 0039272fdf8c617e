//! From the text of a reference to the place that it names.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Document, Reference};
use crate::diag::{FileId, Place, Pointer};
use crate::source::uri;

/// What the texts of references mean, gathered while the files are read.
#[derive(Debug, Clone, Default)]
pub(super) struct Links {
    /// Files by what names them in which file.
    pub(super) files: HashMap<FileId, HashMap<String, FileId>>,
    /// Schemas and whole files by their own address: `$id`, `$self`.
    pub(super) ids: HashMap<Arc<str>, Place>,
    /// `$anchor` and `$dynamicAnchor`, by the schema or file around them that has an address.
    pub(super) anchors: HashMap<(Place, String), Place>,
    /// What is meant by pointers that go on through a `$ref`.
    pub(super) detours: HashMap<Place, Place>,
}

/// Why a reference names no place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unclear {
    /// What stands before `#` was not read, or not yet.
    File,
    /// What stands after `#` is neither a pointer nor a known anchor.
    Fragment,
}

impl Links {
    /// The place that `target` names in `file`, under a schema of the address `base`.
    pub(super) fn resolve(
        &self,
        file: FileId,
        base: Option<&Arc<str>>,
        target: &str,
    ) -> Result<Place, Unclear> {
        let (uri, fragment) = uri::split(target);
        let fragment = fragment.unwrap_or_default();
        let root = if !uri.is_empty() {
            self.resource(file, base, uri).ok_or(Unclear::File)?
        } else if let Some(base) = base
            // Strictly the components of the schema are meant, which has none.
            && !fragment.starts_with("/components/")
        {
            self.ids
                .get(base)
                .cloned()
                .unwrap_or_else(|| Place::root(file))
        } else {
            Place::root(file)
        };
        let fragment = uri::decoded(fragment).ok_or(Unclear::Fragment)?;
        if !fragment.is_empty() && !fragment.starts_with('/') {
            let whole = Place::root(root.file);
            let anchor = |root: Place| self.anchors.get(&(root, fragment.clone()));
            return (anchor(root).or_else(|| anchor(whole)).cloned()).ok_or(Unclear::Fragment);
        }
        let pointer = Pointer::parse(&fragment).ok_or(Unclear::Fragment)?;
        let place = root.below(&pointer);
        Ok(self.detours.get(&place).cloned().unwrap_or(place))
    }

    fn resource(&self, file: FileId, base: Option<&Arc<str>>, uri: &str) -> Option<Place> {
        let known = match base {
            Some(base) => self.ids.get(uri::join(base, uri).as_str()),
            None => self.ids.get(uri),
        };
        known.cloned().or_else(|| {
            let file = *self.files.get(&file)?.get(uri)?;
            Some(Place::root(file))
        })
    }
}

impl Document {
    /// The place that a discriminator's mapping at `at` names by a reference. A file may be named there alone; then
    /// it goes by its name beside that of the mapping's.
    #[must_use]
    pub fn resolve_mapped(&self, at: &Place, target: &str) -> Option<Place> {
        let named = |place: &Place, target: &str| {
            self.resolve(&Reference {
                place: place.clone(),
                base: None,
                target: target.to_owned(),
                summary: None,
                description: None,
            })
        };
        let by_file = || {
            let (file, fragment) = uri::split(target);
            let name = uri::join(&self.files.get(at.file)?.name, file);
            let (id, _) = self.files.iter().find(|(_, file)| file.name == name)?;
            named(&Place::root(id), &format!("#{}", fragment?))
        };
        named(at, target).or_else(by_file)
    }

    /// The place that a reference names, if what it names was read.
    #[must_use]
    pub fn resolve(&self, reference: &Reference) -> Option<Place> {
        let Reference {
            place,
            base,
            target,
            ..
        } = reference;
        self.links.resolve(place.file, base.as_ref(), target).ok()
    }
}
