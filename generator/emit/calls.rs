//! What the client knows of how operations are called: retries and idempotency keys.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use crate::model::{PageInput, Pagination, Retries};
use crate::output::Value;
use crate::plan::{Credential, Hint, OperationItem, RustPlan, ServerItem, VariableChoice};
use crate::text::code_span;

use super::literal::ident;
use super::{Of, docs};

/// What the items here, and the setters of credentials, need.
pub(super) fn imports(plan: &RustPlan, of: Of<'_>) -> TokenStream {
    let (duration, hints) = hint_imports(plan);
    let basic = plan
        .schemes
        .iter()
        .any(|scheme| scheme.credential == Credential::Basic);
    let basic = basic.then(|| {
        quote!(
            use crate::support::basic::basic;
        )
    });
    let has_pages = match of {
        Of::Root(parts) => parts.parts.iter().any(|part| part.plan.hints.has_pages()),
        Of::Whole | Of::Part(_) => plan.hints.has_pages(),
    };
    let pages = has_pages.then(|| {
        quote! {
            pub use crate::support::pages::{Items, Paged, Pages};
            pub use crate::support::paging::{Input, Paging};
        }
    });
    let variable = (!plan.server_items.is_empty()).then(|| {
        quote!(
            use crate::support::server_url::Variable;
        )
    });
    quote!(#duration #basic #hints #variable #pages pub use crate::support::server_url::ServerUrl;)
}

/// What the hints of a part, its pages and its methods need.
pub(super) fn part_imports(plan: &RustPlan) -> TokenStream {
    let (duration, hints) = hint_imports(plan);
    let paging: Vec<_> = (0..plan.operations.len())
        .filter_map(|index| plan.hints.pages(index))
        .collect();
    let has_input = paging
        .iter()
        .any(|it| matches!(it, Pagination::Cursor { .. } | Pagination::Count { .. }));
    let input = has_input.then(|| quote!(Input,));
    let paged = (!paging.is_empty()).then(|| quote!(Paged, Paging,));
    let mut all = plan.hints.all.iter();
    let policy = all
        .any(|hint| hint.retries.is_some())
        .then(|| quote!(RetryPolicy,));
    quote!(#duration #hints use crate::client::{Call, Client, #input #paged #policy};)
}

/// What hints are made of: the import of times, and that of hints.
fn hint_imports(plan: &RustPlan) -> (Option<TokenStream>, Option<TokenStream>) {
    let hints = (!plan.hints.all.is_empty()).then(|| {
        quote!(
            use crate::support::hints::Hints;
        )
    });
    let mut policies = plan.retries.iter().chain(
        plan.hints
            .all
            .iter()
            .filter_map(|hint| hint.retries.as_ref()),
    );
    let duration = policies
        .any(|retries| {
            retries
                .first_wait
                .or(retries.longest_wait)
                .or(retries.within)
                .is_some()
        })
        .then(|| {
            quote!(
                use std::time::Duration;
            )
        });
    (duration, hints)
}

/// A static for each combination of hints.
pub(super) fn hints(plan: &RustPlan) -> TokenStream {
    let hints = plan.hints.all.iter().enumerate().map(|(index, hint)| {
        let name = constant(index);
        let value = value(hint);
        quote!(static #name: Hints = #value;)
    });
    quote!(#(#hints)*)
}

/// What the document says of all calls, and of kinds of them.
pub(super) fn items(plan: &RustPlan) -> TokenStream {
    let hints = hints(plan);
    let documented = plan.retries.as_ref().map(|retries| {
        let policy = policy(retries);
        quote! {
            #[doc = " How the document says that calls are retried; a client that retries takes from it what its own policy leaves open."]
            pub const DOCUMENTED_RETRIES: RetryPolicy = #policy;
        }
    });
    let servers = plan.server_items.iter().map(server);
    quote!(#documented #(#servers)* #hints)
}

/// A server whose URL has variables.
fn server(server: &ServerItem) -> TokenStream {
    let name = ident(&server.name);
    let url = &server.url;
    let mut lines = vec![format!("The server `{}`.", code_span(url))];
    if let Some(description) = &server.description {
        lines.push(String::new());
        lines.extend(docs::prose(description));
    }
    let attributes = docs::lines_as_attributes(&lines);
    let variables = server.variables.iter().map(|variable| {
        let (name, default) = (&variable.name, &variable.default);
        quote!(Variable { name: #name, default: #default })
    });
    let setters = server.variables.iter().map(|variable| {
        let mut words = vec![format!(
            "Sets `{}`, which is `{}` otherwise.",
            code_span(&variable.name),
            code_span(&variable.default)
        )];
        if let Some(description) = &variable.description {
            words.push(String::new());
            words.extend(docs::prose(description));
        }
        let attributes = docs::lines_as_attributes(&words);
        let (method, name) = (ident(&variable.ident), &variable.name);
        let (of, value) = match &variable.choice {
            Some(choice) => {
                let of = ident(&choice.name);
                (quote!(#of), quote!(value.as_str().to_owned()))
            }
            None => (quote!(impl Into<String>), quote!(value.into())),
        };
        quote! {
            #attributes
            #[must_use]
            pub fn #method(self, value: #of) -> Self {
                Self(self.0.with(#name, #value))
            }
        }
    });
    let choices = server.variables.iter().filter_map(|variable| {
        let choice = variable.choice.as_ref()?;
        Some(self::choice(choice, &variable.name))
    });
    quote! {
        #attributes
        #[derive(Debug, Clone)]
        pub struct #name(ServerUrl);

        impl #name {
            #[doc = " The server with the defaults of its variables."]
            #[must_use]
            pub fn new() -> Self {
                Self(ServerUrl::new(#url, &[#(#variables),*]))
            }

            #(#setters)*
        }

        impl Default for #name {
            fn default() -> Self {
                Self::new()
            }
        }

        impl From<#name> for ServerUrl {
            fn from(server: #name) -> Self {
                server.0
            }
        }

        #(#choices)*
    }
}

/// The values of a variable.
fn choice(choice: &VariableChoice, variable: &str) -> TokenStream {
    let name = ident(&choice.name);
    let words = format!("What `{}` can be.", code_span(variable));
    let attributes = docs::lines_as_attributes(&[words]);
    let variants = choice.variants.iter().map(|(variant, value)| {
        let words = format!("`{}`.", code_span(value));
        let attributes = docs::lines_as_attributes(&[words]);
        let variant = ident(variant);
        quote!(#attributes #variant,)
    });
    let arms = choice.variants.iter().map(|(variant, value)| {
        let variant = ident(variant);
        quote!(Self::#variant => #value,)
    });
    quote! {
        #attributes
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum #name { #(#variants)* }

        impl #name {
            #[doc = " Its text."]
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { #(#arms)* }
            }
        }
    }
}

/// How the pages of an operation follow each other.
pub(super) fn paged(operation: &OperationItem, pages: &Pagination) -> TokenStream {
    let request = ident(&operation.request);
    let optional = |text: &Option<String>| {
        let given = text.as_ref().map(|text| quote!(Some(#text)));
        given.unwrap_or_else(|| quote!(None))
    };
    let input = |input: &PageInput| match input {
        PageInput::Query(name) => quote!(Input::Query(#name)),
        PageInput::Body(name) => quote!(Input::Body(#name)),
    };
    let paging = match pages {
        Pagination::Cursor { to, from } => {
            let to = input(to);
            quote!(Paging::Cursor { to: #to, from: #from })
        }
        Pagination::Count {
            to,
            first,
            pages,
            items,
            last,
            limit,
        } => {
            let (to, first) = (input(to), Literal::u64_unsuffixed(*first));
            let (items, last, limit) = (optional(items), optional(last), optional(limit));
            quote!(Paging::Count {
                to: #to, first: #first, pages: #pages, items: #items, last: #last, limit: #limit
            })
        }
        Pagination::Url { from } => quote!(Paging::Url { from: #from }),
        Pagination::Link => quote!(Paging::Link),
    };
    quote! {
        impl Paged for #request {
            const PAGING: Paging = #paging;
        }
    }
}

/// What the builder is told of the document.
pub(super) fn documented(plan: &RustPlan) -> Option<TokenStream> {
    plan.retries
        .as_ref()
        .map(|_| quote!(.documented(DOCUMENTED_RETRIES)))
}

/// Starts a call, which is told what is said of its operation.
pub(super) fn start(hint: Option<usize>, request: Value) -> Value {
    let mut arguments = vec![Value::Text("self.client".to_owned()), request];
    let function = match hint {
        Some(hint) => {
            arguments.push(Value::Text(format!("&{}", constant(hint))));
            "Call::with_hints"
        }
        None => "Call::new",
    };
    Value::Call(function.to_owned(), arguments)
}

fn constant(index: usize) -> Ident {
    format_ident!("HINTS_{}", index + 1)
}

fn value(hint: &Hint) -> TokenStream {
    let key = hint
        .idempotency_key
        .as_ref()
        .map(|name| quote!(.idempotency_key(#name)));
    let retries = hint.retries.as_ref().map(|retries| {
        let policy = policy(retries);
        quote!(.retries(#policy))
    });
    let server = hint.server.as_ref().map(|url| quote!(.server(#url)));
    let envelope = hint
        .envelope
        .as_ref()
        .map(|property| quote!(.envelope(#property)));
    quote!(Hints::new()#key #retries #server #envelope)
}

fn policy(retries: &Retries) -> TokenStream {
    let wait = |milliseconds: u64| {
        let units = [
            (3_600_000, quote!(from_hours)),
            (60_000, quote!(from_mins)),
            (1000, quote!(from_secs)),
            (1, quote!(from_millis)),
        ];
        let largest = units
            .into_iter()
            .find(|(unit, _)| milliseconds > 0 && milliseconds.is_multiple_of(*unit));
        largest.map_or(quote!(Duration::ZERO), |(unit, of)| {
            let count = Literal::u64_unsuffixed(milliseconds / unit);
            quote!(Duration::#of(#count))
        })
    };
    let attempts = retries.attempts.map(|attempts| {
        let attempts = Literal::u32_unsuffixed(attempts);
        quote!(.attempts(#attempts))
    });
    let first = retries.first_wait.map(|time| {
        let time = wait(time);
        quote!(.first_wait(#time))
    });
    let longest = retries.longest_wait.map(|time| {
        let time = wait(time);
        quote!(.longest_wait(#time))
    });
    let within = retries.within.map(|time| {
        let time = wait(time);
        quote!(.within(#time))
    });
    let factor = retries.factor.map(|factor| {
        let factor = Literal::f64_unsuffixed(factor);
        quote!(.factor(#factor))
    });
    let statuses = retries.statuses.as_ref().map(|statuses| {
        let ranges = statuses.iter().map(|(first, last)| {
            let (first, last) = (
                Literal::u16_unsuffixed(*first),
                Literal::u16_unsuffixed(*last),
            );
            quote!((#first, #last))
        });
        quote!(.statuses(&[#(#ranges),*]))
    });
    let lost = retries.lost.map(|lost| quote!(.lost(#lost)));
    quote!(RetryPolicy::new()#attempts #first #longest #factor #within #statuses #lost)
}
