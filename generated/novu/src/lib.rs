//! Novu REST API.

#[rustfmt::skip]
#[allow(dead_code, unused_imports, unused_macros, reason = "the same in every generated crate; none needs all of it")]
mod support;

#[rustfmt::skip]
pub mod types;

#[rustfmt::skip]
pub mod operations;

#[cfg(feature = "client")]
#[rustfmt::skip]
pub mod client;

#[cfg(feature = "server")]
#[rustfmt::skip]
pub mod server;

pub use serde_json::{Map, Value};

pub use crate::support::{
    maybe::Maybe,
    read::{DecodeError, from_slice},
    rules::Validate,
    violation::{Location, Violation},
};
