//! Module `mock`: a service that answers every operation, and the test that sends each through it.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::model::OperationKind;
use crate::output::{FileJob, Part, Table};
use crate::plan::{OperationItem, RustPlan, SchemeItem, TagItem};

use super::literal::ident;
use super::server;

/// Where the messages stand that the mock answers with.
pub const SAMPLES: &str = "mock.json";

pub(super) fn job(plan: &RustPlan) -> FileJob<'_> {
    let words = "A mock of the API: [`Mock`] answers every operation with what the document shows, or else with values made \
                 up from its schemas.\n\n`axum::serve(listener, mock::router())` serves it.";
    FileJob::new("src/mock.rs", words).chunk(|| {
        let mut parts = vec![Part::Items(service(plan))];
        parts.extend(plan.tags.iter().map(|tag| Part::Table(methods(plan, tag))));
        parts
    })
}

fn service(plan: &RustPlan) -> TokenStream {
    let samples = Literal::string(SAMPLES);
    let schemes = (!plan.schemes.is_empty()).then(|| {
        quote!(
            use std::future::{Future, ready};
        )
    });
    let denied = (!plan.schemes.is_empty()).then(|| quote!(Denied,));
    let basic = server::has_basic(plan).then(|| quote!(BasicCredentials,));
    let table = (!plan.tags.is_empty()).then(|| {
        quote!(
            use crate::support::mock::mock;
        )
    });
    let methods = plan.schemes.iter().map(scheme);
    let calls = |tag: &&TagItem| tag.kind == OperationKind::Call;
    let (calls, others): (Vec<_>, Vec<_>) = plan.tags.iter().partition(calls);
    let [calls, others] = [calls, others].map(|tags| {
        let names: Vec<_> = tags.iter().map(|tag| ident(&tag.ident)).collect();
        names
    });
    let receiver = (!others.is_empty()).then(|| {
        quote! {
            #[doc = " Serves what the API itself sends."]
            #[must_use]
            pub fn receiver(mock: Mock) -> Server<Mock> {
                Server::new(mock) #(.#others())*
            }
        }
    });
    let cases = cases(plan);
    let used = (!plan.operations.is_empty()).then(|| {
        quote! {
            use crate::operations;
        }
    });
    let streamed = plan.operations.iter().filter(|it| it.is_streamed()).count();
    let case = (streamed < plan.operations.len()).then(|| quote!(, case));
    let streamed_case = (streamed > 0).then(|| quote!(, streamed_case));
    quote! {
        #schemes

        use axum::response::Response;

        #used
        use crate::server::{#basic #denied Rejection, RequestHead, Server, Service};
        use crate::support::loopback::{Case #case #streamed_case};
        #table

        pub use crate::support::loopback;
        pub use crate::support::mock::Mock;
        pub use crate::support::unanswered::Unanswered;

        impl Mock {
            #[doc = " A mock that answers with what the document shows."]
            #[must_use]
            pub fn new() -> Self {
                Self::of(include_str!(#samples))
            }
        }

        impl Default for Mock {
            fn default() -> Self {
                Self::new()
            }
        }

        #[doc = " Returns a router that answers every operation."]
        pub fn router() -> axum::Router {
            server(Mock::new()).into_router()
        }

        #[doc = " Serves every operation."]
        #[must_use]
        pub fn server(mock: Mock) -> Server<Mock> {
            Server::new(mock) #(.#calls())*
        }

        #receiver

        #cases

        impl Service for Mock {
            type Principal = ();
            type Error = Unanswered;

            #(#methods)*

            fn reject(&self, rejection: Rejection, head: &RequestHead) -> Response {
                self.refuse(&rejection, head)
            }
        }
    }
}

fn scheme(scheme: &SchemeItem) -> TokenStream {
    let name = ident(&scheme.ident);
    let arguments = server::credential(scheme).into_iter().map(|(_, ty)| ty);
    quote! {
        fn #name(
            &self,
            #(_: #arguments,)*
            _: &RequestHead,
        ) -> impl Future<Output = Result<(), Denied>> + Send {
            ready(Ok(()))
        }
    }
}

fn methods(plan: &RustPlan, tag: &TagItem) -> Table {
    let mut table = Table::new("mock");
    table.push_open(format!("{} {{", tag.trait_name));
    for operation in operations(plan, tag) {
        let access = server::access(operation.access);
        table.push(format!(
            "{} => {access} {},",
            operation.request, operation.ident
        ));
    }
    table.push_close("}");
    table
}

fn operations<'p>(plan: &'p RustPlan, tag: &'p TagItem) -> impl Iterator<Item = &'p OperationItem> {
    let indices = tag.operations.iter();
    indices.filter_map(|index| plan.operations.get(*index))
}

/// The lists of operations that messages are sent for.
fn cases(plan: &RustPlan) -> TokenStream {
    let list = |of: fn(OperationKind) -> bool, name: &str, line: &str| {
        let tags = plan.tags.iter().filter(|tag| of(tag.kind));
        let cases = tags.flat_map(|tag| operations(plan, tag)).map(|operation| {
            let request = ident(&operation.request);
            if operation.is_streamed() {
                quote!(streamed_case::<operations::#request>())
            } else {
                quote!(case::<operations::#request>())
            }
        });
        let name = ident(name);
        quote! {
            #[doc = #line]
            pub const #name: &[Case] = &[#(#cases),*];
        }
    };
    let calls = list(
        |kind| kind == OperationKind::Call,
        "CALLS",
        " Every operation, for [`loopback`] to send its messages.",
    );
    let received = has_receiver(plan).then(|| {
        list(
            |kind| kind != OperationKind::Call,
            "RECEIVED",
            " Every webhook and callback, for [`loopback`] to send its messages.",
        )
    });
    quote!(#calls #received)
}

fn has_receiver(plan: &RustPlan) -> bool {
    let mut tags = plan.tags.iter();
    tags.any(|tag| tag.kind != OperationKind::Call)
}

/// The test that sends every message.
pub(super) fn loopback(plan: &RustPlan) -> FileJob<'_> {
    let words = "Sends every operation through the client to the mock and back: what the handler sees is what was sent, and \
                 what the caller\nsees is what was answered.";
    FileJob::new("tests/loopback.rs", words).chunk(|| vec![Part::Items(tests(plan))])
}

fn tests(plan: &RustPlan) -> TokenStream {
    let krate = ident(&plan.crate_name.replace('-', "_"));
    let (imports, test) = if has_receiver(plan) {
        let test = quote! {
            #[test]
            fn every_message_to_a_receiver_arrives_as_it_was_sent() {
                let report = run(Mock::new(), receiver, RECEIVED);
                println!("{report}");
                assert!(report.is_good(), "{report}");
            }
        };
        (quote!({CALLS, Mock, RECEIVED, receiver, server}), test)
    } else {
        (quote!({CALLS, Mock, server}), quote!())
    };
    quote! {
        use #krate::mock::loopback::run;
        use #krate::mock::#imports;

        #[test]
        fn every_message_arrives_as_it_was_sent() {
            let report = run(Mock::new(), server, CALLS);
            println!("{report}");
            assert!(report.is_good(), "{report}");
        }

        #test
    }
}
