//! The run-time half of this crate: how values are read, written and checked.

pub mod codec;
pub mod containers;
pub mod decision;
pub mod level;
pub mod maybe;
pub mod object;
pub mod object_table;
pub mod pointer;
pub mod read;
pub mod replay;
pub mod report;
pub mod rules;
pub mod scalars;
pub mod string_enum;
pub mod tree;
pub mod union;
pub mod union_table;
pub mod violation;
