//! Unit tests of the support modules, which are compiled here as every generated crate compiles them.

#![allow(
    clippy::expect_used,
    clippy::float_cmp,
    clippy::panic,
    clippy::struct_field_names,
    clippy::unwrap_used,
    reason = "tests: exact numbers, names of documents, and helpers that fail"
)]
#![allow(
    unreachable_pub,
    reason = "the tables make the methods of their types public"
)]

#[allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "the modules are whole; a test needs a part of them"
)]
#[allow(
    missing_docs,
    unreachable_pub,
    reason = "a generated crate decides what is public"
)]
#[path = "../../templates/support"]
mod support {
    pub mod backtracking;
    pub mod base64_text;
    pub mod bound;
    pub mod chrono_text;
    pub mod codec;
    pub mod containers;
    pub mod decimal;
    pub mod decision;
    pub mod defaulted;
    pub mod exact_number;
    pub mod extra;
    pub mod fields;
    pub mod formats;
    pub mod formatted;
    pub mod integer_enum;
    pub mod level;
    pub mod lists;
    pub mod maybe;
    pub mod names;
    pub mod object;
    pub mod object_table;
    pub mod pattern;
    pub mod pointer;
    pub mod properties;
    pub mod read;
    pub mod replay;
    pub mod report;
    pub mod rules;
    pub mod scalar_enum;
    pub mod scalars;
    pub mod secret;
    pub mod string_enum;
    pub mod tree;
    pub mod tuple;
    pub mod union;
    pub mod union_table;
    pub mod uuid_text;
    pub mod violation;
    pub mod whole;
    pub mod wrapper;
}

mod defaults;
mod faults;
mod formats;
mod objects;
mod patterns;
mod scalars;
mod text_formats;
mod tuples;
mod unions;
