//! What is easy to get wrong about this document, a test for each.

mod exchange;
mod types;
