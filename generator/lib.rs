//! Reads an OpenAPI document and writes Rust.

mod builder;
pub mod config;
pub mod diag;
pub mod document;
pub mod emit;
mod hash;
pub mod inspect;
pub mod model;
pub mod output;
pub mod pipeline;
pub mod plan;
pub mod source;

pub use builder::{BuildError, Builder, Built};
#[cfg(test)]
mod catalogue_tests;
