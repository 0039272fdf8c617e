//! Puts a crate, or a module tree, together: sources, support modules, manifest and README.

use super::dependencies::Dependencies;
use super::file_set::{FileSet, PathError, Provenance};
use super::layout;
use super::named::Named;
use super::render::RenderedFile;
use super::rewrite::{Fit, as_module};
use super::source_file::Part;
use super::support::{self, Module, Needed};
use super::{cargo_toml, readme};
use crate::config::{ApiConfig, Feature};

/// What a package says of itself; all texts are as the document has them.
#[derive(Debug, Clone)]
pub struct Package<'a> {
    /// The crate's name.
    pub name: &'a str,
    /// `info.title`.
    pub title: &'a str,
    /// `info.version`.
    pub version: &'a str,
    /// The version of the specification that the document claims.
    pub openapi: &'a str,
    /// Base URL for examples; the first of the document's servers.
    pub base_url: Option<&'a str>,
    /// Names of the methods that give the operations of each tag: `integrations`.
    pub groups: Vec<String>,
    /// One line of the README each.
    pub operations: Vec<OperationLine<'a>>,
    /// The features of the tags, where they have any.
    pub tags: Vec<TagFeature<'a>>,
    /// Features and mount.
    pub config: &'a ApiConfig,
}

/// An operation as the README lists it.
#[derive(Debug, Clone)]
pub struct OperationLine<'a> {
    /// `GET`.
    pub method: &'a str,
    /// The path template as written.
    pub path: &'a str,
    /// The call on a client: `client.integrations().generate_connect_oauth_url(body)`.
    pub client: String,
    /// The method of a server trait: `Integrations::generate_connect_oauth_url`.
    pub server: String,
}

/// The cargo feature of a tag.
#[derive(Debug, Clone)]
pub struct TagFeature<'a> {
    /// Its name.
    pub name: &'a str,
    /// The tag as the document has it; none for operations without one.
    pub tag: Option<&'a str>,
    /// The trait of its operations.
    pub view: &'a str,
}

/// A package that cannot be put together: always a fault of the generator.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    /// A file name.
    #[error(transparent)]
    Path(#[from] PathError),
    /// The root module is not Rust.
    #[error("the generated root module is not Rust: {0}")]
    Root(String),
    /// A template of ours asks for what there is not.
    #[error("a template has an unknown slot")]
    Template,
}

/// Puts a package together.
///
/// `sources` are files of a crate: `src/lib.rs`, `src/types.rs` and so on. The support modules that
/// they name are added, and `assets`, by name: files that sources beside them include. Where the configuration mounts the API in another crate, the result is a
/// module tree with `mod.rs` for its root instead, made to be included.
///
/// # Errors
/// Faults of the generator alone.
pub fn package(
    package: &Package<'_>,
    sources: Vec<RenderedFile>,
    assets: Vec<(&'static str, String)>,
    provenance: Provenance,
) -> Result<FileSet, PackageError> {
    with_modules(package, sources, assets, provenance, support::MODULES)
}

fn with_modules(
    package: &Package<'_>,
    sources: Vec<RenderedFile>,
    assets: Vec<(&'static str, String)>,
    provenance: Provenance,
    modules: &'static [Module],
) -> Result<FileSet, PackageError> {
    let features = &package.config.parts();
    let mut dependencies = Dependencies::with(&package.config.types);
    let mut files = Vec::new();

    let named: Vec<Named<'_>> = sources.iter().map(|file| Named::of(&file.text)).collect();
    let modules = support::needed(modules, &named, features);
    for (file, named) in sources.iter().zip(&named) {
        // What tests name is there already.
        if is_test(&file.path) {
            continue;
        }
        dependencies.scan(named, half(&file.path));
    }
    drop(named);
    files.extend(sources.into_iter().map(|file| (file.path, file.text)));
    if !modules.is_empty() {
        files.push((
            "src/support/mod.rs".to_owned(),
            format!("{}{}", layout::HEADER, support::root(&modules)),
        ));
    }
    for Needed { module, named } in modules {
        dependencies.scan(&named, module.features);
        let text = format!("{}{}", layout::HEADER, module.text);
        files.push((format!("src/support/{}.rs", module.name), text));
    }

    let fit = Fit {
        config: package.config,
    };
    let mut set = FileSet::new(provenance);
    for (path, text) in files {
        if is_test(&path) {
            if package.config.mount.is_none() {
                set.insert(path, text)?;
            }
            continue;
        }
        let text = fit.apply(text);
        if package.config.mount.is_none() {
            set.insert(path, text)?;
        } else if path == "src/lib.rs" {
            set.insert("mod.rs", root_module(&text, &dependencies)?)?;
        } else {
            set.insert(path.strip_prefix("src/").unwrap_or(&path), text)?;
        }
    }
    for (name, text) in assets {
        let folder = if package.config.mount.is_none() {
            "src/"
        } else {
            ""
        };
        set.insert(format!("{folder}{name}"), text)?;
    }
    if package.config.mount.is_none() {
        set.insert(
            "Cargo.toml",
            cargo_toml::cargo_toml(package, &dependencies)?,
        )?;
        set.insert("README.md", readme::readme(package)?)?;
    }
    Ok(set)
}

fn is_test(path: &str) -> bool {
    path.starts_with("tests/")
}

/// The halves that a generated file belongs to.
fn half(path: &str) -> &'static [Feature] {
    match path
        .strip_prefix("src/")
        .and_then(|path| path.split(['/', '.']).next())
    {
        Some("client") => &[Feature::Client],
        Some("server") => &[Feature::Server],
        Some("mock") => &[Feature::Mock],
        _ => &[],
    }
}

fn root_module(text: &str, dependencies: &Dependencies) -> Result<String, PackageError> {
    let tokens = as_module(text).map_err(|error| PackageError::Root(error.to_string()))?;
    let body = layout::parts(vec![Part::Items(tokens)]).map_err(PackageError::Root)?;
    let mut head = format!(
        "{}//\n// The crate that includes this needs these dependencies:\n//\n",
        layout::HEADER
    );
    for line in dependencies.lines(false).lines() {
        head += &format!("//     {line}\n");
    }
    Ok(format!("{head}\n{body}"))
}

#[cfg(test)]
#[path = "package_tests.rs"]
mod tests;
