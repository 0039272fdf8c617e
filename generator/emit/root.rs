//! The crate's root: its modules and what it re-exports.

use quote::quote;

use crate::output::{FileJob, Part};
use crate::plan::RustPlan;

use super::operations::Seen;
use super::texts::{self, Texts};
use super::{bodies, docs, types};

pub(super) fn job(plan: &RustPlan) -> FileJob<'_> {
    let mut words = docs::prose(&plan.title);
    if let Some(description) = &plan.description {
        words.push(String::new());
        words.extend(docs::prose(description));
    }
    if words.iter().all(String::is_empty) {
        words = vec!["Types, server traits and client of an API.".to_owned()];
    }
    FileJob::new("src/lib.rs", words.join("\n")).chunk(|| vec![Part::Items(modules(plan))])
}

fn modules(plan: &RustPlan) -> proc_macro2::TokenStream {
    // `rustfmt` would lay the modules out otherwise than they are generated.
    let client = plan.sides.client.then(|| {
        quote! {
            #[cfg(feature = "client")]
            #[rustfmt::skip]
            pub mod client;
        }
    });
    let server = plan.sides.server.then(|| {
        quote! {
            #[cfg(feature = "server")]
            #[rustfmt::skip]
            pub mod server;
        }
    });
    let mock = plan.sides.mock.then(|| {
        quote! {
            #[cfg(feature = "mock")]
            #[rustfmt::skip]
            pub mod mock;
        }
    });
    let [first, second, last] = Texts::of(plan).exports();
    let defaulted = types::has_defaults(plan).then(|| {
        quote! {
            pub use crate::support::defaulted::Defaulted;
        }
    });
    let [before, after] = texts::crates(plan);
    let mut seen = Seen::default();
    for operation in &plan.operations {
        bodies::types(operation).for_each(|ty| seen.see(ty));
    }
    // Files are made of them.
    seen.stream |= seen.multipart;
    seen.bytes |= seen.multipart;
    let content = seen.content.then(|| {
        quote!(
            pub use crate::support::content::Content;
        )
    });
    let stream = seen.stream.then(|| {
        quote!(
            pub use crate::support::byte_stream::ByteStream;
        )
    });
    let event = seen.events.then(|| {
        quote!(
            pub use crate::support::event::Event;
        )
    });
    let items = match (seen.events, seen.lines) {
        (true, true) => Some(quote!(Events, ItemError, ItemStream, Lines)),
        (true, false) => Some(quote!(Events, ItemError, ItemStream)),
        (false, true) => Some(quote!(ItemError, ItemStream, Lines)),
        (false, false) => None,
    };
    let items = items.map(|items| {
        quote!(
            pub use crate::support::items::{#items};
        )
    });
    let multipart = seen.multipart.then(|| {
        quote!(
            pub use crate::support::multipart::Multipart;
            pub use crate::support::multipart_error::MultipartError;
        )
    });
    let bytes = seen.bytes.then(|| {
        quote!(
            pub use bytes::Bytes;
        )
    });
    quote! {
        #[rustfmt::skip]
        #[allow(dead_code, unused_imports, unused_macros, reason = "an API uses a part of what it supports")]
        mod support;

        #[rustfmt::skip]
        pub mod types;

        #[rustfmt::skip]
        pub mod operations;

        #client
        #server
        #mock

        #first
        #stream
        #content
        #defaulted
        #event
        #second
        #items
        pub use crate::support::maybe::Maybe;
        #multipart
        pub use crate::support::read::{DecodeError, ReadError, from_slice, read_json, to_vec};
        pub use crate::support::rules::Validate;
        #last
        pub use crate::support::violation::{Location, Violation};
        // In the order in which `rustfmt` leaves them, since it comes by this file.
        #bytes
        #before
        pub use serde_json::{Map, Value};
        #after
    }
}
