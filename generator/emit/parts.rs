//! Modules in parts: the root of each has what is shared, and a file for each part, which a cargo feature turns on.

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::{Parts, PlanPart, RustPlan, SharedFailure};

use super::literal::ident;

/// What of a module is written to a file.
#[derive(Debug, Clone, Copy)]
pub(super) enum Of<'p> {
    /// All of it.
    Whole,
    /// What is shared, and the list of the parts.
    Root(&'p Parts),
    /// A part.
    Part(&'p PlanPart),
}

/// Everything that is written, with the plan of each.
pub(super) fn all<'p>(
    plan: &'p RustPlan,
    parts: Option<&'p Parts>,
) -> impl Iterator<Item = (&'p RustPlan, Of<'p>)> {
    let first = match parts {
        None => (plan, Of::Whole),
        Some(parts) => (&parts.shared, Of::Root(parts)),
    };
    let others = parts.into_iter().flat_map(|parts| &parts.parts);
    std::iter::once(first).chain(others.map(|part| (&part.plan, Of::Part(part))))
}

impl<'p> Of<'p> {
    /// Whether a file is written where its part is `filled` or not.
    pub(super) fn has(self, filled: bool) -> bool {
        filled || !matches!(self, Self::Part(_))
    }

    pub(super) fn is_part(self) -> bool {
        matches!(self, Self::Part(_))
    }

    /// The path of the file of a module.
    pub(super) fn path(self, module: &str) -> String {
        match self {
            Self::Whole | Self::Root(_) => format!("src/{module}.rs"),
            Self::Part(part) => format!("src/{module}/{}.rs", part.file()),
        }
    }

    /// What is said of the file: `words` of the module, or what the part has of it.
    pub(super) fn docs(self, words: &str, what: &str) -> String {
        let Self::Part(part) = self else {
            return words.to_owned();
        };
        let feature = &part.feature;
        if part.plan.tags.is_empty() {
            format!("{what} that no operation names: feature `{feature}`.")
        } else {
            format!("{what} of one tag alone: feature `{feature}`.")
        }
    }

    /// The modules of the parts that `filled` holds for, and their items as those of the root.
    pub(super) fn modules(self, filled: impl Fn(&RustPlan) -> bool) -> TokenStream {
        let Self::Root(parts) = self else {
            return TokenStream::new();
        };
        let parts = parts.parts.iter().filter(|part| filled(&part.plan));
        let modules = parts.map(|part| {
            let (module, feature) = (ident(&part.module), &part.feature);
            quote! {
                #[cfg(feature = #feature)]
                mod #module;
                #[cfg(feature = #feature)]
                pub use self::#module::*;
            }
        });
        quote!(#(#modules)*)
    }

    /// The failures that several parts share.
    pub(super) fn failures(self) -> &'p [SharedFailure] {
        match self {
            Self::Root(parts) => &parts.failures,
            Self::Whole | Self::Part(_) => &[],
        }
    }
}
