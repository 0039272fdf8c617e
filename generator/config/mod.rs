//! What a user decides: `specwright.toml`, or the same settings made in code.
//!
//! Every problem of a file is reported with its line and column, all of them at once; unknown keys
//! are errors, since a misspelt setting that is silently ignored is worse than none.

mod api;
mod error;
mod mount;
mod outs;
mod pages;
mod read;
mod read_types;
mod types;
mod unused;

use std::path::{Path, PathBuf};

pub use api::{
    ApiConfig, Feature, KeepUndeclared, Level, NamesConfig, SchemeConfig, SeverityRule, Verdict,
};
pub use error::{ConfigError, Fault};
pub use mount::{Mount, MountError};
pub use pages::PaginationConfig;
pub use types::{CrateConfig, CustomType, FormatType, NumberType, TypesConfig};
pub(crate) use unused::Names;

/// Name of the file that [`Config::find`] looks for.
pub const FILE_NAME: &str = "specwright.toml";

/// A `specwright.toml`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Config {
    /// The APIs, in the order of the file.
    pub apis: Vec<ApiConfig>,
}

impl Config {
    /// Reads a file. Paths in it are taken relative to its directory.
    ///
    /// # Errors
    /// The file cannot be read, or has faults.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path).map_err(|cause| ConfigError::Unreadable {
            file: path.display().to_string(),
            cause,
        })?;
        Self::parse(
            &path.display().to_string(),
            &text,
            path.parent().unwrap_or(Path::new("")),
        )
    }

    /// Reads a text. `name` is what messages call it, `base` the directory that paths start from.
    ///
    /// # Errors
    /// The text has faults; all of them are given.
    pub fn parse(name: &str, text: &str, base: &Path) -> Result<Self, ConfigError> {
        read::config(text, base).map_err(|faults| ConfigError::Faults {
            file: name.to_owned(),
            faults,
        })
    }

    /// The nearest `specwright.toml`, in `start` or a directory above it.
    #[must_use]
    pub fn find(start: &Path) -> Option<PathBuf> {
        start
            .ancestors()
            .map(|dir| dir.join(FILE_NAME))
            .find(|path| path.is_file())
    }
}

/// Whether a text can be the name of a generated crate; the error says what it would have to be.
pub fn check_crate_name(name: &str) -> Result<(), String> {
    read::crate_name(name).map(|_| ())
}

#[cfg(test)]
mod tests;
