//! JSON pointers and places.

use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::sync::Arc;

use super::FileId;

/// A JSON Pointer (RFC 6901), in its string form: empty for the whole document, else `/a/b~1c/0`.
///
/// Cheap to clone: the text is shared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Pointer(Arc<str>);

impl Pointer {
    /// The pointer to the whole document.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// Reads the string form: empty, or segments that each start with `/`.
    ///
    /// `None` when the text does not start with `/` or holds a `~` that is not part of `~0` or `~1`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let well_formed = (text.is_empty() || text.starts_with('/'))
            && text
                .split('~')
                .skip(1)
                .all(|rest| rest.starts_with(['0', '1']));
        well_formed.then(|| Self(text.into()))
    }

    /// The pointer to the member `key` of this object; `~` and `/` in it are escaped.
    #[must_use]
    pub fn child(&self, key: &str) -> Self {
        let mut text = String::with_capacity(self.0.len() + 1 + key.len());
        text.push_str(&self.0);
        push_segment(&mut text, key);
        Self(text.into())
    }

    /// The pointer to the element `index` of this array.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        let mut text = String::with_capacity(self.0.len() + 4);
        // Writing to a `String` cannot fail.
        let _ = write!(text, "{}/{index}", self.0);
        Self(text.into())
    }

    /// The string form, escaped.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it points at the whole document.
    #[must_use]
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// Its segments from the root, unescaped.
    pub fn segments(&self) -> impl DoubleEndedIterator<Item = Cow<'_, str>> {
        // The text before the first `/` is always empty.
        let mut parts = self.0.split('/');
        parts.next();
        parts.map(unescape)
    }

    /// The pointer to what holds this node; `None` at the root.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        let (parent, _) = self.0.rsplit_once('/')?;
        Some(Self(parent.into()))
    }

    /// The last segment, unescaped; `None` at the root.
    #[must_use]
    pub fn last(&self) -> Option<Cow<'_, str>> {
        let (_, last) = self.0.rsplit_once('/')?;
        Some(unescape(last))
    }

    /// Whether this is `ancestor` or lies under it.
    #[must_use]
    pub fn is_within(&self, ancestor: &Self) -> bool {
        self.0
            .strip_prefix(ancestor.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// Appends `/` and the escaped `key`.
pub(crate) fn push_segment(text: &mut String, key: &str) {
    text.push('/');
    for character in key.chars() {
        match character {
            '~' => text.push_str("~0"),
            '/' => text.push_str("~1"),
            other => text.push(other),
        }
    }
}

fn unescape(segment: &str) -> Cow<'_, str> {
    if segment.contains('~') {
        // `~1` first, so that `~01` becomes `~1` (RFC 6901, section 4).
        Cow::Owned(segment.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(segment)
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Where in which file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The node in it.
    pub pointer: Pointer,
}

impl Place {
    /// The whole of a file.
    #[must_use]
    pub fn root(file: FileId) -> Self {
        Self {
            file,
            pointer: Pointer::root(),
        }
    }

    /// The member `key` of the object at this place.
    #[must_use]
    pub fn child(&self, key: &str) -> Self {
        Self {
            file: self.file,
            pointer: self.pointer.child(key),
        }
    }

    /// What `pointer` leads to from here.
    #[must_use]
    pub fn below(&self, pointer: &Pointer) -> Self {
        if self.pointer.is_root() {
            return Self {
                file: self.file,
                pointer: pointer.clone(),
            };
        }
        Self {
            file: self.file,
            pointer: Pointer(format!("{}{pointer}", self.pointer).into()),
        }
    }

    /// The element `index` of the array at this place.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        Self {
            file: self.file,
            pointer: self.pointer.index(index),
        }
    }
}

#[cfg(test)]
#[path = "pointer_tests.rs"]
mod tests;
