//! What HTTP adds to the operations: who may call and how often, idempotency, failures, and what those
//! who run the service want to see.

pub(crate) mod admission;
pub mod failure;
mod health;
mod idempotency;
pub mod limits;
mod metrics;
mod observe;
pub(crate) mod page;

pub use health::app;
pub use metrics::Metrics;
