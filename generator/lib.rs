//! Reads an OpenAPI document and writes Rust.

pub mod config;
pub mod diag;
pub mod document;
mod hash;
pub mod model;
pub mod output;
pub mod source;
