//! Reads an OpenAPI document and writes Rust.

pub mod diag;
pub mod document;
pub mod model;
pub mod output;
pub mod source;
