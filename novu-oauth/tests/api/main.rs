//! The service as its callers see it: in memory and over loopback TCP, through the generated client
//! and byte for byte.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "clippy sees only functions marked as tests as tests"
)]

mod administration;
mod command_line;
mod minting;
mod refusals;
mod world;
