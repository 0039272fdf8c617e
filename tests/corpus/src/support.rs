//! The part of generated crates that routes requests, as it is copied into them.

#![allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    reason = "a generated crate decides what is public, and uses more of it"
)]

#[path = "../../../templates/support/params.rs"]
pub mod params;
#[path = "../../../templates/support/routing.rs"]
pub mod routing;
#[path = "../../../templates/support/template.rs"]
pub mod template;
