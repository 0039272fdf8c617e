//! What the benches share: generated types, twins of them with serde's derives, and JSON for both.

pub mod samples;
pub mod twins;

/// Generated from `plain.yaml`.
#[allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "types use a part of what supports them"
)]
pub mod plain {
    include!(concat!(env!("OUT_DIR"), "/plain/mod.rs"));
}
