//! Where a document comes from: a path, standard input, or a value in memory.

mod library;
mod remote;
pub(crate) mod uri;

use std::env;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

pub use crate::diag::Format;
pub use library::{Address, FILES_LIMIT, Library, Refusal, TOTAL_LIMIT};

use crate::diag::{self, Code, Diagnostic, Place};
use crate::hash::sha256_of_text;

/// The longest text that is read, in bytes: 64 MiB.
pub const SIZE_LIMIT: u64 = 64 << 20;

/// A text to read a document from.
#[derive(Debug, Clone)]
pub struct Source {
    name: String,
    text: Arc<str>,
    format: Format,
    address: Address,
    remote: bool,
}

/// Why a text could not be had.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The operating system refused.
    #[error("cannot read `{name}`: {error}")]
    Unreadable {
        /// What was to be read.
        name: String,
        /// Its reason.
        #[source]
        error: io::Error,
    },
    /// It is longer than [`SIZE_LIMIT`].
    #[error("`{name}` is larger than {} MiB", SIZE_LIMIT >> 20)]
    TooLarge {
        /// What was to be read.
        name: String,
    },
    /// It is not UTF-8.
    #[error("`{name}` is not UTF-8: {remark} (byte {offset})")]
    NotUtf8 {
        /// What was to be read.
        name: String,
        /// The first byte that is not, from 0.
        offset: usize,
        /// What it looks like instead.
        remark: &'static str,
    },
    /// A typed document could not be turned into JSON.
    #[error("the typed document cannot be written as JSON: {0}")]
    Unserializable(#[source] serde_json::Error),
}

impl SourceError {
    /// The same as a diagnostic without a position.
    #[must_use]
    pub fn diagnostic(&self) -> Diagnostic {
        let (code, help) = match self {
            Self::Unreadable { .. } | Self::Unserializable(_) => (Code::UNREADABLE, None),
            Self::TooLarge { .. } => (
                Code::TOO_LARGE,
                Some("split the document into several files"),
            ),
            Self::NotUtf8 { .. } => (
                Code::NOT_UTF8,
                Some("convert the file, for example with `iconv -t UTF-8`"),
            ),
        };
        let diagnostic = Diagnostic::new(code, Place::default(), self.to_string());
        match help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }
}

impl Source {
    /// Reads a file.
    pub fn path(path: &Path) -> Result<Self, SourceError> {
        Self::named(path, path.display().to_string())
    }

    fn named(path: &Path, name: String) -> Result<Self, SourceError> {
        let mut source = match File::open(path) {
            Ok(file) => {
                // One more, so that reading to the end need not ask for more room to see the end.
                let length = file.metadata().map_or(0, |metadata| metadata.len());
                Self::sized(name, file, length.min(SIZE_LIMIT) + 1)?
            }
            Err(error) => return Err(SourceError::Unreadable { name, error }),
        };
        if let Ok(path) = path.canonicalize() {
            source.address = Address::File(path);
        }
        Ok(source)
    }

    /// Reads standard input to its end; the name is `<stdin>`. It is taken for a file of the current
    /// directory by what it refers to.
    pub fn stdin() -> Result<Self, SourceError> {
        let mut source = Self::reader("<stdin>".to_owned(), io::stdin().lock())?;
        if let Ok(here) = env::current_dir().and_then(|here| here.canonicalize()) {
            source.address = Address::File(here.join("<stdin>"));
        }
        Ok(source)
    }

    /// Takes a text that is in memory already.
    pub fn text(name: impl Into<String>, text: impl Into<String>) -> Result<Self, SourceError> {
        let (name, text) = (name.into(), text.into());
        if text.len() as u64 > SIZE_LIMIT {
            return Err(SourceError::TooLarge { name });
        }
        Ok(Self::new(name, text))
    }

    /// Takes a typed document, as servers make that write their routes first. It is written as JSON
    /// under the name `openapi`, so that diagnostics can show lines of it.
    pub fn openapi(document: &openapiv3::OpenAPI) -> Result<Self, SourceError> {
        let text = serde_json::to_string_pretty(document).map_err(SourceError::Unserializable)?;
        Self::text("openapi", text)
    }

    fn reader(name: String, input: impl Read) -> Result<Self, SourceError> {
        Self::sized(name, input, 0)
    }

    /// Reads what is thought to be `length` bytes long.
    fn sized(name: String, input: impl Read, length: u64) -> Result<Self, SourceError> {
        let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
        // One byte more than allowed, to tell a text of just that length from a longer one.
        if let Err(error) = input.take(SIZE_LIMIT + 1).read_to_end(&mut bytes) {
            return Err(SourceError::Unreadable { name, error });
        }
        if bytes.len() as u64 > SIZE_LIMIT {
            return Err(SourceError::TooLarge { name });
        }
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Self::new(name, text)),
            Err(error) => {
                let offset = error.utf8_error().valid_up_to();
                let remark = encoding_of(error.as_bytes());
                Err(SourceError::NotUtf8 {
                    name,
                    offset,
                    remark,
                })
            }
        }
    }

    fn new(name: String, text: String) -> Self {
        Self {
            format: Format::of(&text),
            name,
            text: text.into(),
            address: Address::Memory,
            remote: false,
        }
    }

    /// Allows references to `http` and `https` URLs to be followed.
    #[must_use]
    pub fn with_remote(mut self, allowed: bool) -> Self {
        self.remote = allowed;
        self
    }

    /// Whether references to `http` and `https` URLs are followed.
    #[must_use]
    pub fn allows_remote(&self) -> bool {
        self.remote
    }

    /// Where it is, for what it refers to.
    #[must_use]
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// The name to show: the path as given, `<stdin>`, or the name given with a text.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    #[must_use]
    pub fn contents(&self) -> &str {
        &self.text
    }

    /// How it is written.
    #[must_use]
    pub fn format(&self) -> Format {
        self.format
    }

    /// The SHA-256 of the text, whatever its line ends, in lower-case hexadecimal.
    #[must_use]
    pub fn hash(&self) -> String {
        sha256_of_text(self.text.as_bytes())
    }

    /// The text as a file that diagnostics can point into.
    #[must_use]
    pub fn to_file(&self) -> diag::File {
        diag::File {
            name: self.name.clone(),
            text: Arc::clone(&self.text),
            format: self.format,
        }
    }
}

/// What a text that is not UTF-8 looks like.
fn encoding_of(bytes: &[u8]) -> &'static str {
    match bytes {
        [0xff, 0xfe, ..] => "it starts like UTF-16, little-endian",
        [0xfe, 0xff, ..] => "it starts like UTF-16, big-endian",
        [0x1f, 0x8b, ..] => "it is compressed with gzip",
        _ => "it has a byte that no UTF-8 text has there",
    }
}

#[cfg(test)]
#[path = "source_tests.rs"]
mod tests;
