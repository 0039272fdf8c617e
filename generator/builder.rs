//! The front end for build scripts.

use std::env;
use std::fmt;
use std::path::{Path, PathBuf};

use crate::config::{ApiConfig, Config, ConfigError, Feature, Mount, MountError, Verdict};
use crate::diag::{Report, Severity, Sink};
use crate::output::{self, WriteError, Written};
use crate::pipeline::{self, Fault};
use crate::source::{Source, SourceError};

/// Generates a module tree from a build script, for a crate that does not want generated files in
/// its repository.
///
/// In `build.rs`:
///
/// ```no_run
/// fn main() -> Result<(), specwright::BuildError> {
///     specwright::Builder::new("openapi.yaml").name("api").generate()?;
///     Ok(())
/// }
/// ```
///
/// and in `src/lib.rs` or `src/main.rs`:
///
/// ```ignore
/// mod api {
///     include!(concat!(env!("OUT_DIR"), "/api/mod.rs"));
/// }
/// ```
///
/// The tree names its own modules from the root of the crate, so it has to know where it is: `api`
/// is taken to be `crate::api` unless [`mount`](Self::mount) says otherwise. The crates that the
/// code needs are listed at the top of the generated `mod.rs`; the halves that are generated are
/// chosen by [`features`](Self::features), since the cargo features of the including crate are its own.
#[derive(Debug, Clone)]
pub struct Builder {
    input: Input,
    config: ApiConfig,
    config_file: Option<PathBuf>,
    name: Option<String>,
    mount: Option<String>,
    out_dir: Option<PathBuf>,
}

#[derive(Debug, Clone)]
enum Input {
    Path(PathBuf),
    Text { name: String, text: String },
    Typed(Box<openapiv3::OpenAPI>),
}

/// What a build script generated.
#[derive(Debug, Clone)]
pub struct Built {
    /// The directory of the tree; its root is `mod.rs`.
    pub directory: PathBuf,
    /// What was written; nothing where nothing changed.
    pub written: Written,
}

impl Builder {
    /// From a document in a file; a relative path starts at the package, which is where cargo runs
    /// build scripts.
    #[must_use]
    pub fn new(spec: impl Into<PathBuf>) -> Self {
        Self::of(Input::Path(spec.into()))
    }

    /// From a document in memory (JSON or YAML); messages call it `name`.
    ///
    /// Cargo is told of no file then, and runs the script again when any file of the package
    /// changes.
    #[must_use]
    pub fn text(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self::of(Input::Text {
            name: name.into(),
            text: text.into(),
        })
    }

    /// From a typed document, as code-first servers make it.
    #[must_use]
    pub fn openapi(document: openapiv3::OpenAPI) -> Self {
        Self::of(Input::Typed(Box::new(document)))
    }

    fn of(input: Input) -> Self {
        Self {
            input,
            config: ApiConfig::default(),
            config_file: None,
            name: None,
            mount: None,
            out_dir: None,
        }
    }

    /// Name of the directory below `OUT_DIR`, and of the module unless [`mount`](Self::mount) says
    /// otherwise; `api` by default.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Path of the module that includes the tree, from the root of the crate: `clients::novu`.
    #[must_use]
    pub fn mount(mut self, path: impl Into<String>) -> Self {
        self.mount = Some(path.into());
        self
    }

    /// The directory to write, instead of one of that name below `OUT_DIR`.
    ///
    /// Outside `OUT_DIR` files may be precious: there a directory with other files in it, or a file
    /// that was edited by hand, is refused.
    #[must_use]
    pub fn out_dir(mut self, directory: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(directory.into());
        self
    }

    /// Which halves are generated; both by default.
    #[must_use]
    pub fn features(mut self, features: impl IntoIterator<Item = Feature>) -> Self {
        self.config.features = features.into_iter().collect();
        self
    }

    /// Adds the mock, a service that answers every operation with what the document shows: worth it in tests.
    #[must_use]
    pub fn mock(mut self) -> Self {
        self.config.mock = Some(true);
        self
    }

    /// Follows references to `http` and `https` URLs; needs the feature `remote`.
    #[cfg(feature = "remote")]
    #[must_use]
    pub fn allow_remote(mut self) -> Self {
        self.config.allow_remote = true;
        self
    }

    /// Settings made in code. Its `spec`, `out`, `name` and `mount` are not used.
    #[must_use]
    pub fn config(mut self, config: ApiConfig) -> Self {
        self.config = config;
        self
    }

    /// Settings from a `specwright.toml`: those of the `[[api]]` for the same document, or of its
    /// only one. They replace those of [`config`](Self::config) and [`features`](Self::features).
    #[must_use]
    pub fn config_file(mut self, file: impl Into<PathBuf>) -> Self {
        self.config_file = Some(file.into());
        self
    }

    /// Generates, and tells cargo what it depends on. Warnings become warnings of cargo.
    ///
    /// # Errors
    /// Whatever keeps the tree from being written. The `Debug` form is the message too, as cargo
    /// shows what `main` returns by it.
    pub fn generate(self) -> Result<Built, BuildError> {
        let mut script = Script::default();
        let result = self.generate_into(&mut script);
        for line in script.lines {
            println!("{line}");
        }
        result
    }

    fn generate_into(self, script: &mut Script) -> Result<Built, BuildError> {
        let name = self.name.as_deref().unwrap_or("api");
        let config = self.settings(name, script)?;
        let (directory, private) = match &self.out_dir {
            Some(directory) => (directory.clone(), false),
            None => (
                PathBuf::from(env::var_os("OUT_DIR").ok_or(BuildError::NoOutDir)?).join(name),
                true,
            ),
        };
        let source = match self.input {
            Input::Path(path) => {
                // Before reading, so that mending what cannot be read is seen.
                script.depends_on(&path);
                Source::path(&path)
            }
            Input::Text { name, text } => Source::text(name, text),
            Input::Typed(document) => Source::openapi(&document),
        }?;
        if let Some(built) = unchanged(&source, &config, &directory, script) {
            return Ok(built);
        }
        let mut sink = Sink::new();
        let generated = pipeline::generate(&source, &config, &mut sink);
        for (id, file) in sink.files().iter() {
            let path = Path::new(&file.name);
            if id.0 > 0 && path.exists() {
                script.depends_on(path);
            }
        }
        let usable = !sink.has_errors();
        let verdict = config.judge(&mut sink);
        let report = sink.into_report();
        let generated = match generated? {
            Some(generated) if usable && verdict == Verdict::Fine => generated,
            _ => return Err(BuildError::Document(report.plain())),
        };
        script.warn(report);
        let written = output::write(&directory, &generated.files, private)?;
        Ok(Built { directory, written })
    }

    fn settings(&self, name: &str, script: &mut Script) -> Result<ApiConfig, BuildError> {
        let mut config = self.config.clone();
        if let Some(file) = &self.config_file {
            script.depends_on(file);
            config = self.of_file(file)?;
        }
        config.mount = Some(Mount::parse(self.mount.as_deref().unwrap_or(name))?);
        Ok(config)
    }

    fn of_file(&self, file: &Path) -> Result<ApiConfig, BuildError> {
        let mut apis = Config::load(file)?.apis;
        if let Input::Path(spec) = &self.input {
            let wanted = spec.canonicalize().ok();
            let same = |api: &ApiConfig| wanted.is_some() && api.spec.canonicalize().ok() == wanted;
            if let Some(index) = apis.iter().position(same) {
                return Ok(apis.swap_remove(index));
            }
        }
        match (apis.pop(), apis.is_empty()) {
            (Some(api), true) => Ok(api),
            _ => Err(BuildError::NoApi(file.display().to_string())),
        }
    }
}

/// What is there already, where a run would give the same and say nothing.
fn unchanged(
    source: &Source,
    config: &ApiConfig,
    directory: &Path,
    script: &mut Script,
) -> Option<Built> {
    let unchanged = pipeline::unchanged(source, config, directory)?;
    // Cargo forgets the warnings of an earlier run, and they are not kept.
    if unchanged.record.warnings > 0 {
        return None;
    }
    for other in &unchanged.others {
        script.depends_on(Path::new(other));
    }
    Some(Built {
        directory: directory.to_owned(),
        written: Written {
            unchanged: unchanged.files - 1,
            ..Written::default()
        },
    })
}

/// What the script says to cargo.
#[derive(Debug, Default)]
struct Script {
    lines: Vec<String>,
}

impl Script {
    fn depends_on(&mut self, path: &Path) {
        let path = path.display().to_string();
        // A line of the protocol holds one path; cargo falls back to watching the whole package.
        if !path.contains('\n') {
            self.lines.push(format!("cargo::rerun-if-changed={path}"));
        }
    }

    fn warn(&mut self, mut report: Report) {
        report
            .located
            .retain(|entry| entry.diagnostic.severity > Severity::Note);
        for line in report.plain().lines() {
            self.lines.push(format!("cargo::warning={line}"));
        }
    }
}

/// Why a build script generated nothing.
#[derive(thiserror::Error)]
pub enum BuildError {
    /// The document is missing, too large or not UTF-8.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The document cannot be used, or has what the configuration denies; the diagnostics.
    #[error("the document cannot be used\n{0}")]
    Document(String),
    /// The configuration cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The configuration is for other documents.
    #[error("`{0}` has no `[[api]]` for this document, and not just one")]
    NoApi(String),
    /// The name or mount is not a module path.
    #[error(transparent)]
    Mount(#[from] MountError),
    /// Not run by cargo, and no [`out_dir`](Builder::out_dir) was given.
    #[error("`OUT_DIR` is not set: run this from a build script, or give `out_dir`")]
    NoOutDir,
    /// The files cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// A fault of the generator.
    #[error("a fault of Specwright itself, please report it: {0}")]
    Fault(#[from] Fault),
}

impl fmt::Debug for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
#[path = "builder_tests.rs"]
mod tests;
