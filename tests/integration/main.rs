//! Tests of the repository as a whole: what the README claims, how the stages depend on each other,
//! and whole runs over small and real documents.

mod corpus;
mod determinism;
mod direction;
mod files;
mod guide;
mod readme;
mod tree;
