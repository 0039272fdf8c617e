//! Tests of the HTTP half of the support modules by themselves.

#![allow(
    unreachable_pub,
    reason = "the tables make the methods of their types public"
)]

#[allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "a test needs a part of the modules"
)]
#[allow(
    missing_docs,
    unreachable_pub,
    reason = "a generated crate decides what is public"
)]
#[path = "../../templates/support"]
mod support {
    pub mod admission;
    pub mod base_url;
    pub mod basic;
    pub mod basic_credentials;
    pub mod body;
    pub mod bound;
    pub mod byte_stream;
    pub mod call;
    pub mod choice;
    pub mod client;
    pub mod client_builder;
    pub mod codec;
    pub mod containers;
    pub mod content;
    pub mod credentials;
    pub mod decision;
    pub mod deep;
    pub mod defaulted;
    pub mod endpoint;
    pub mod envelope;
    pub mod error;
    pub mod event;
    pub mod exchange;
    pub mod extra;
    pub mod failure;
    pub mod fields;
    pub mod form;
    pub mod future;
    pub mod guard;
    pub mod headers;
    pub mod hints;
    pub mod hooks;
    pub mod items;
    pub mod json_lines;
    pub mod level;
    pub mod lists;
    pub mod maybe;
    pub mod media;
    pub mod memory;
    pub mod names;
    pub mod object;
    pub mod object_table;
    pub mod operation;
    pub mod pages;
    pub mod paging;
    pub mod parameter;
    pub mod params;
    pub mod payload;
    pub mod plain;
    pub mod pointer;
    pub mod prelude;
    pub mod properties;
    pub mod random;
    pub mod read;
    pub mod read_request;
    pub mod read_response;
    pub mod read_text;
    pub mod redirect;
    pub mod rejection;
    pub mod replay;
    pub mod report;
    pub mod request_head;
    pub mod responses;
    pub mod retry;
    pub mod retry_after;
    pub mod route;
    pub mod routing;
    pub mod rules;
    pub mod scalars;
    pub mod secret;
    pub mod security;
    pub mod server;
    pub mod server_url;
    pub mod streams;
    pub mod string_enum;
    pub mod template;
    pub mod to_tree;
    pub mod token_cache;
    pub mod trace;
    pub mod transport;
    pub mod transport_error;
    pub mod tree;
    pub mod union;
    pub mod union_table;
    pub mod violation;
    pub mod write_request;
    pub mod write_response;
    pub mod write_text;
}

#[cfg(test)]
mod api;
#[cfg(test)]
mod form;
#[cfg(test)]
mod items;
#[cfg(test)]
mod media;
#[cfg(test)]
mod params;
#[cfg(test)]
mod payload;
#[cfg(test)]
mod plain;
#[cfg(test)]
mod retry_after;
#[cfg(test)]
mod routing;
#[cfg(test)]
mod security;
#[cfg(test)]
mod styles;
