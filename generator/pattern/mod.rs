//! `pattern`: from the regular expressions of ECMA-262, which JSON Schema has (2020-12 validation,
//! section 6.3.3), to those of Rust's `regex`, which match in linear time.
//!
//! The two differ in what `\d`, `\s`, `.` and `$` mean, in escapes, and inside brackets. What `regex`
//! cannot do (look-around, back-references) is left to `fancy-regex`, under a limit.

mod class;
mod draw;
mod escape;
mod translate;

pub use draw::Matcher;

use std::fmt;

use thiserror::Error;

/// The most memory that a compiled expression may take, in bytes; generated code uses the same.
const SIZE_LIMIT: usize = 10 << 20;

/// A regular expression in both of its spellings.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Pattern {
    /// As the document has it.
    pub written: String,
    /// As Rust's engines read it.
    pub translated: String,
    /// The engine that it takes.
    pub engine: Engine,
}

/// What runs a regular expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Engine {
    /// `regex`: in time linear in the text.
    Linear,
    /// `fancy-regex`: by backtracking, up to a limit of steps.
    Backtracking,
}

/// Why an expression cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct PatternError(String);

impl Pattern {
    /// Translates an expression and makes sure that its engine takes it.
    pub fn new(written: &str) -> Result<Self, PatternError> {
        let (translated, engine) = translate::translate(written)?;
        let refused = match engine {
            Engine::Linear => regex::RegexBuilder::new(&translated)
                .size_limit(SIZE_LIMIT)
                .build()
                .err()
                .map(|error| last_line(&error)),
            Engine::Backtracking => fancy_regex::Regex::new(&translated)
                .err()
                .map(|error| last_line(&error)),
        };
        match refused {
            Some(why) => Err(PatternError(why)),
            None => Ok(Self {
                written: written.to_owned(),
                translated,
                engine,
            }),
        }
    }
}

/// `^x{1,5000}$`, where `x` is a set of characters, as `^x*$` and how long the text has to be.
pub struct Counted {
    /// What each character has to be.
    pub pattern: Pattern,
    /// The least number of characters.
    pub least: u64,
    /// The greatest number of characters.
    pub most: Option<u64>,
}

impl Counted {
    /// Splits an expression that is too large to be compiled, if it is no more than that.
    #[must_use]
    pub fn new(written: &str) -> Option<Self> {
        let (set, count) = written
            .strip_prefix('^')?
            .strip_suffix("}$")?
            .rsplit_once('{')?;
        let (least, most) = count.split_once(',').unwrap_or((count, count));
        let (translated, Engine::Linear) = translate::translate(set).ok()? else {
            return None;
        };
        let hir = regex_syntax::parse(&translated).ok()?;
        let regex_syntax::hir::HirKind::Class(_) = hir.kind() else {
            return None;
        };
        let most = Some(most).filter(|most| !most.is_empty());
        Some(Self {
            pattern: Pattern::new(&format!("^{set}*$")).ok()?,
            least: least.parse().ok()?,
            most: most.map(str::parse).transpose().ok()?,
        })
    }
}

/// What matters of an error that draws the expression first.
fn last_line(error: &dyn fmt::Display) -> String {
    let text = error.to_string();
    let line = text.lines().last().unwrap_or_default().trim();
    line.strip_prefix("error: ").unwrap_or(line).to_owned()
}

#[cfg(test)]
mod tests;
