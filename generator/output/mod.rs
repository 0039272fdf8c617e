//! From tokens and templates to files: layout, the manifest, writing and checking.
//!
//! Emission makes [`FileJob`]s; [`render`] runs them on all cores and lays them out. The laid-out
//! files, the support modules and the crate's manifest make a [`FileSet`].

mod block;
mod cargo_toml;
mod check;
mod definition;
mod dependencies;
mod directory;
mod file_set;
mod layout;
mod lexer;
mod manifest;
mod named;
mod package;
mod readme;
mod record;
mod render;
mod rewrite;
mod source_file;
mod spelling;
mod support;
mod template;
mod value;
mod write;

pub use block::{Block, Function};
pub use check::{Drift, DriftKind, check};
pub use definition::Definition;
pub use file_set::{FileSet, Iter, PathError, Provenance};
pub use layout::HEADER;
pub use manifest::MANIFEST;
pub use package::{OperationLine, Package, PackageError, TagFeature, package};
pub use record::{Earlier, Record};
pub use render::{RenderError, RenderedFile, render, render_file};
pub use source_file::{Chunk, FileJob, Line, Part, SourceFile, Table};
pub use value::Value;
pub use write::{Refusal, WriteError, Written, write};
