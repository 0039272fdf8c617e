//! Imports of the types that stand for formats.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::output::Table;
use crate::plan::{NumberType, RustPlan, RustType};

use super::literal::{ident, string};

/// Which of them a module names.
#[derive(Debug, Default, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "a set of imports")]
pub(super) struct Texts {
    base64: bool,
    exact: bool,
    file: bool,
    formatted: bool,
    pub(super) secret: bool,
}

impl Texts {
    /// Those that the crate names anywhere.
    pub(super) fn of(plan: &RustPlan) -> Self {
        let mut texts = Self::default();
        plan.each_type(&mut |ty| ty.walk(&mut |ty| texts.see(ty)));
        texts
    }

    /// The same to be used by those who use the crate, in order of name: those before
    /// `defaulted`, those before `maybe`, and those after `rules`.
    pub(super) fn exports(self) -> [TokenStream; 3] {
        let base64 = self.base64.then(|| {
            quote!(
                pub use crate::support::base64_text::Base64;
            )
        });
        let exact = self.exact.then(|| {
            quote!(
                pub use crate::support::exact_number::ExactNumber;
            )
        });
        let formatted = self.formatted.then(|| {
            quote!(
                pub use crate::support::formatted::{Formatted, NotOfFormat};
            )
        });
        let secret = self.secret.then(|| {
            quote!(
                pub use crate::support::secret::SecretString;
            )
        });
        let file = self.file.then(|| {
            quote!(
                pub use crate::support::file_part::FilePart;
            )
        });
        [
            quote!(#base64),
            quote!(#exact #file #formatted),
            quote!(#secret),
        ]
    }

    /// Takes note of one type, and not of what is inside it.
    pub(super) fn see(&mut self, ty: &RustType) {
        match ty {
            RustType::Formatted(path) => {
                self.formatted = true;
                self.base64 |= path == "Base64";
            }
            RustType::Secret => self.secret = true,
            RustType::File => self.file = true,
            RustType::Number(NumberType::Exact) => self.exact = true,
            _ => {}
        }
    }

    /// Their imports, in order of name.
    pub(super) fn imports(self) -> TokenStream {
        let base64 = self.base64.then(|| {
            quote!(
                use crate::support::base64_text::Base64;
            )
        });
        let exact = self.exact.then(|| {
            quote!(
                use crate::support::exact_number::ExactNumber;
            )
        });
        let formatted = self.formatted.then(|| {
            quote!(
                use crate::support::formatted::Formatted;
            )
        });
        let secret = self.secret.then(|| {
            quote!(
                use crate::support::secret::SecretString;
            )
        });
        let file = self.file.then(|| {
            quote!(
                use crate::support::file_part::FilePart;
            )
        });
        quote!(#base64 #exact #file #formatted #secret)
    }
}

/// The table of the types of the user's choosing.
pub(super) fn custom(plan: &RustPlan) -> Option<Table> {
    if plan.custom.is_empty() {
        return None;
    }
    let mut table = Table::new("textual");
    for (path, expected) in &plan.custom {
        table.push(format!("{path} => {},", string(expected)));
    }
    Some(table)
}

/// The crates whose types are fields, for those who use this one: those before `serde_json` in order of
/// name, and those after it.
pub(super) fn crates(plan: &RustPlan) -> [TokenStream; 2] {
    let mut names = BTreeSet::new();
    plan.each_type(&mut |ty| ty.walk(&mut |ty| names.extend(crate_of(ty).map(str::to_owned))));
    let (before, after): (Vec<_>, Vec<_>) =
        names.iter().partition(|name| name.as_str() < "serde_json");
    [before, after].map(|names| {
        let names = names.into_iter().map(|name| ident(name));
        quote!(#(pub use #names;)*)
    })
}

fn crate_of(ty: &RustType) -> Option<&str> {
    let (first, _) = match ty {
        RustType::Formatted(path) => path.trim_start_matches("::").split_once("::")?,
        RustType::Number(NumberType::Decimal) => ("rust_decimal", ""),
        _ => return None,
    };
    let own = [
        "alloc",
        "core",
        "crate",
        "self",
        "serde_json",
        "std",
        "super",
    ];
    (!own.contains(&first)).then_some(first)
}
