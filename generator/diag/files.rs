//! The texts that were read.

use std::path::Path;
use std::sync::Arc;

/// Index of a file in [`Files`]; 0 is the one that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct FileId(pub u32);

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JSON (RFC 8259).
    Json,
    /// YAML 1.2.
    Yaml,
}

impl Format {
    /// JSON when the first character that is not white space opens an object, else YAML.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.trim_ascii_start().starts_with('{') {
            Self::Json
        } else {
            Self::Yaml
        }
    }
}

/// A text that was read, kept so that line and column can be found in it.
#[derive(Debug, Clone)]
pub struct File {
    /// The name to show: a path as the user gave it, or `<stdin>`.
    pub name: String,
    /// The whole text, with its byte order mark if it had one.
    pub text: Arc<str>,
    /// How it is written.
    pub format: Format,
}

/// Every file that was read, indexed by [`FileId`].
#[derive(Debug, Clone, Default)]
pub struct Files(Vec<File>);

impl Files {
    /// Adds a file and gives its index.
    pub fn add(&mut self, file: File) -> FileId {
        let id = FileId(u32::try_from(self.0.len()).unwrap_or(u32::MAX));
        self.0.push(file);
        id
    }

    /// The file with this index, if there is one.
    #[must_use]
    pub fn get(&self, id: FileId) -> Option<&File> {
        self.0.get(id.0 as usize)
    }

    /// The name of a file as references in the first one have it: from the folder that the first is in.
    #[must_use]
    pub fn relative(&self, id: FileId) -> Option<String> {
        let name = &self.get(id)?.name;
        if name.contains("://") {
            return Some(name.clone());
        }
        let folder = Path::new(&self.get(FileId(0))?.name).parent()?;
        let name = Path::new(name);
        let shared = folder.components().zip(name.components());
        let shared = shared.take_while(|(own, other)| own == other).count();
        let up = folder.components().skip(shared).map(|_| "..".into());
        let down = name.components().skip(shared);
        let down = down.map(|part| part.as_os_str().to_string_lossy());
        let parts: Vec<std::borrow::Cow<'_, str>> = up.chain(down).collect();
        Some(parts.join("/"))
    }

    /// All files with their indices, in the order in which they were read.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &File)> {
        (0u32..).map(FileId).zip(&self.0)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether none was read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
