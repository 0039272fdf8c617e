//! Tests of the repository as a whole: what the README claims, how the stages depend on each other,
//! and whole runs over small and real documents.

#[cfg(test)]
mod bounds;
#[cfg(test)]
mod corpus;
#[cfg(test)]
mod determinism;
#[cfg(test)]
mod direction;
#[cfg(test)]
mod files;
#[cfg(test)]
mod guide;
#[cfg(test)]
mod readme;
#[cfg(test)]
mod tree;
