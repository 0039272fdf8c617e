//! Which Rust types stand for formats.

use std::collections::BTreeMap;

use serde::Serialize;

/// Rust types by format, and those of numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct TypesConfig {
    /// The type of `type: number`.
    pub number: NumberType,
    /// The type of numbers of format `float`; as other numbers where it is not said.
    pub float: Option<NumberType>,
    /// The type of numbers of format `double`; as other numbers where it is not said.
    pub double: Option<NumberType>,
    /// By format of strings, such as `date-time`. Others are as they are built in.
    pub formats: BTreeMap<String, FormatType>,
}

/// What stands for numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum NumberType {
    /// `f32`.
    F32,
    /// `f64`.
    #[default]
    F64,
    /// `rust_decimal::Decimal`.
    Decimal,
    /// Whole numbers of 64 bits as they are, others as `f64`.
    Exact,
}

/// What stands for strings of a format.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FormatType {
    /// `String`.
    String,
    /// What is built in for the format.
    BuiltIn,
    /// `Formatted` of a type of the user's choosing.
    Rust(CustomType),
}

/// A type of the user's choosing. It is read by `FromStr` and written by `Display`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CustomType {
    /// Its path, such as `time::Date`.
    pub path: String,
    /// The crate that has it; none for the standard library.
    pub krate: Option<CrateConfig>,
}

/// A crate that generated code depends on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CrateConfig {
    /// As `Cargo.toml` names it.
    pub name: String,
    /// As `Cargo.toml` has it: `1.2`.
    pub version: String,
    /// What of it is turned on.
    pub features: Vec<String>,
    /// Whether its default features are.
    pub default_features: bool,
}

impl CrateConfig {
    /// As paths name it.
    #[must_use]
    pub fn ident(&self) -> String {
        self.name.replace('-', "_")
    }
}

/// Whether a text is a path of Rust as a setting may have it: names, `::`, `<`, `>` and `,`.
pub(super) fn rust_path(text: &str) -> Result<String, String> {
    let spaced = text.replace("::", " ").replace(['<', '>', ','], " ");
    let names = spaced.split_whitespace().all(super::mount::is_identifier);
    let mut depth = 0_i32;
    let balanced = text.chars().all(|c| {
        depth += match c {
            '<' => 1,
            '>' => -1,
            _ => 0,
        };
        depth >= 0
    }) && depth == 0;
    let starts = text.contains("::") && !text.starts_with(':') && !text.ends_with(':');
    let single = text.replace("::", "").contains(':');
    if names && balanced && starts && !single && !text.contains("<>") {
        Ok(text.to_owned())
    } else {
        Err(format!(
            "`{text}` is not the path of a type with its crate, such as `time::Date`"
        ))
    }
}

/// Whether cargo takes a text for what a dependency's version must be.
pub(super) fn version(text: &str) -> Result<String, String> {
    let known = |c: char| c.is_ascii_alphanumeric() || " .,*<>=^~+-".contains(c);
    if text.contains(|c: char| c.is_ascii_digit()) && text.chars().all(known) {
        Ok(text.to_owned())
    } else {
        Err(format!("`{text}` is not a version, such as `1.2`"))
    }
}

/// The name of a feature, or of a crate that is not ours.
pub(super) fn word(text: &str) -> Result<String, String> {
    let known = |c: char| c.is_ascii_alphanumeric() || "_-+./?:".contains(c);
    if text.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_') && text.chars().all(known)
    {
        Ok(text.to_owned())
    } else {
        Err(format!("`{text}` is not a name that cargo takes"))
    }
}
