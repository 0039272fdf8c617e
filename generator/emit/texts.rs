//! Imports of the types that stand for formats.

use proc_macro2::TokenStream;
use quote::quote;

use crate::config::NumberType;
use crate::output::Table;
use crate::plan::{RustPlan, RustType};

use super::literal::string;

/// Which of them a module names.
#[derive(Debug, Default, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "a set of imports")]
pub(super) struct Texts {
    base64: bool,
    exact: bool,
    formatted: bool,
    secret: bool,
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
        [quote!(#base64), quote!(#exact #formatted), quote!(#secret)]
    }

    /// Takes note of one type, and not of what is inside it.
    pub(super) fn see(&mut self, ty: &RustType) {
        match ty {
            RustType::Formatted(path) => {
                self.formatted = true;
                self.base64 |= path == "Base64";
            }
            RustType::Secret => self.secret = true,
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
        quote!(#base64 #exact #formatted #secret)
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
