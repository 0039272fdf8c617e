//! Two APIs must not write one directory.

use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

use super::ApiConfig;

/// How the directory of one API lies to that of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Overlap {
    Same,
    /// The first is inside the second.
    Inside,
    /// The second is inside the first.
    Around,
}

/// Where an API goes: `out`, or the default for its name. `None` where that takes the document.
pub(super) fn directory(api: &ApiConfig, base: &Path) -> Option<PathBuf> {
    match (&api.out, &api.name) {
        (Some(out), _) => Some(out.clone()),
        (None, Some(name)) => Some(base.join("generated").join(name)),
        (None, None) => None,
    }
}

/// Compares two directories by their text, with `.` and `..` resolved; links are not followed.
pub(super) fn overlap(one: &Path, other: &Path) -> Option<Overlap> {
    let (one, other) = (normal(one), normal(other));
    if one == other {
        Some(Overlap::Same)
    } else if one.starts_with(&other) {
        Some(Overlap::Inside)
    } else if other.starts_with(&one) {
        Some(Overlap::Around)
    } else {
        None
    }
}

fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            // Above the root there is nothing; above a relative path's start, `..` has to stay.
            Component::ParentDir if normal.has_root() && normal.parent().is_none() => {}
            Component::ParentDir
                if normal
                    .file_name()
                    .is_some_and(|name| name != OsStr::new("..")) =>
            {
                normal.pop();
            }
            other => normal.push(other),
        }
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlaps() {
        for (one, other, expected) in [
            ("a", "a", Some(Overlap::Same)),
            ("a/./b/", "a/c/../b", Some(Overlap::Same)),
            ("/../a", "/a", Some(Overlap::Same)),
            ("../a", "./../a", Some(Overlap::Same)),
            ("a/b", "a", Some(Overlap::Inside)),
            ("a", "", Some(Overlap::Inside)),
            (".", "a", Some(Overlap::Around)),
            ("a", "ab", None),
            ("../a", "a", None),
            ("../../a", "../a", None),
        ] {
            assert_eq!(
                overlap(Path::new(one), Path::new(other)),
                expected,
                "{one} {other}"
            );
        }
    }
}
