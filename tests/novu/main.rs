//! The generated Novu crate on the document's own values, and its client against servers: over
//! loopback TCP and in memory, with the bytes of every exchange written out by hand.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "clippy sees only functions marked as tests as tests"
)]

/// Runs each test in memory and over TCP. A test that is not listed is dead code, which is denied.
macro_rules! both_ways {
    ($($test:ident),* $(,)?) => {
        mod in_memory {
            $(#[tokio::test]
            async fn $test() {
                $crate::world::in_time(super::$test($crate::world::Way::Memory)).await;
            })*
        }

        mod over_tcp {
            $(#[tokio::test]
            async fn $test() {
                $crate::world::in_time(super::$test($crate::world::Way::Tcp)).await;
            })*
        }
    };
}

mod answers;
mod bodies;
mod client;
mod examples;
mod failures;
mod refusals;
mod server;
mod service;
mod stand_in;
mod timing;
mod traps;
mod wire;
mod world;
