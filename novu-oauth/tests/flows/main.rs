//! Whole flows: a URL, the provider, the callback, and what is kept afterwards.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "clippy sees only functions marked as tests as tests"
)]

mod fake;
mod idempotency;
mod legacy;
mod operation;
mod refusals;
mod slack;
mod teams;
mod webex;
mod world;
