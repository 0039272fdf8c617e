//! Reads an OpenAPI document and writes Rust: types, a server trait per tag for axum, and a client
//! over reqwest.
//!
//! Most users need no more than the binary `specwright`, or [`Builder`] in a build script:
//!
//! ```no_run
//! fn main() -> Result<(), specwright::BuildError> {
//!     specwright::Builder::new("openapi.yaml").name("api").generate()?;
//!     Ok(())
//! }
//! ```
//!
//! The library does the same in memory, for tests and tools of one's own. A document goes in,
//! files and diagnostics come out:
//!
//! ```
//! use specwright::config::ApiConfig;
//! use specwright::diag::Sink;
//! use specwright::pipeline;
//! use specwright::source::Source;
//!
//! let document = "\
//! openapi: 3.1.0
//! info: { title: Pets, version: '1' }
//! paths: {}
//! components:
//!   schemas:
//!     Pet:
//!       type: object
//!       required: [name]
//!       properties:
//!         name: { type: string }
//!         tag: { type: strnig }
//! ";
//! let source = Source::text("pets.yaml", document)?;
//! let mut sink = Sink::new();
//! let generated = pipeline::generate(&source, &ApiConfig::default(), &mut sink)?;
//!
//! let files = generated.ok_or("the document cannot be used")?.files;
//! let types = files.get("src/types.rs").ok_or("there are always types")?;
//! assert!(str::from_utf8(types)?.contains("pub struct Pet {\n    /// The property `name`.\n    pub name: String,"));
//!
//! let report = sink.into_report().plain();
//! assert!(report.contains("unknown-type") && report.contains("pets.yaml:11:22"), "{report}");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Stages
//!
//! [`pipeline::generate`] is the whole way, on one screen. Each stage is a module with types of its own:
//! [`source`] reads the text, [`document`] makes a typed document of it in which every node knows its
//! place, [`model`] resolves references and decides how unions are told apart, [`plan`] decides names
//! and Rust types, [`emit`] makes tokens of the plan, and [`output`] lays them out and writes files. What
//! goes wrong is said in [`diag`], and no stage stops at the first fault. [`config`] has what a user decides,
//! and [`mod@inspect`] what a document becomes.
//!
//! # Features
//!
//! `cli` (default): the command line. A build script takes the crate with `default-features = false`.

mod builder;
pub mod config;
pub mod diag;
pub mod document;
pub mod emit;
mod hash;
pub mod inspect;
pub mod model;
pub mod output;
pub mod pattern;
pub mod pipeline;
pub mod plan;
pub mod sample;
pub mod source;
mod text;

pub use builder::{BuildError, Builder, Built};
#[cfg(test)]
mod catalogue_tests;
