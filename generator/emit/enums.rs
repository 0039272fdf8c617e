//! Enums of values and their tables.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Docs, EnumBase, Scalar};
use crate::output::Table;
use crate::plan::{EnumItem, Others, RustPlan, TypeKind};
use crate::text::code_span;

use super::docs;
use super::literal::{ident, number, string};

/// The import of the macro for enums of this kind, where there are any.
pub(super) fn import(plan: &RustPlan, base: EnumBase) -> Option<TokenStream> {
    plan.types
        .iter()
        .any(|item| matches!(&item.kind, TypeKind::Enum(list) if list.base == base))
        .then(|| {
            let name = ident(macro_name(base));
            quote!(use crate::support::#name::#name;)
        })
}

/// The macro of a table, and the module that has it.
fn macro_name(base: EnumBase) -> &'static str {
    match base {
        EnumBase::Strings => "string_enum",
        EnumBase::Integers => "integer_enum",
        EnumBase::Booleans | EnumBase::Scalars => "scalar_enum",
    }
}

pub(super) fn item(attributes: &TokenStream, name: &str, item: &EnumItem) -> TokenStream {
    let name = ident(name);
    let copy = item.others.variant().is_none().then(|| quote!(Copy,));
    let variants = item.variants.iter().map(|variant| {
        let docs = Docs {
            description: variant.docs.clone(),
            ..Docs::default()
        };
        let wire = variant.wire.to_string();
        let attributes = docs::attributes(&docs, &format!("`{}`", code_span(&wire)));
        let name = ident(&variant.ident);
        quote!(#attributes #name,)
    });
    let others = item.others.variant().map(|variant| {
        let of = match item.base {
            EnumBase::Strings => quote!(String),
            EnumBase::Integers => quote!(i64),
            EnumBase::Booleans | EnumBase::Scalars => quote!(serde_json::Value),
        };
        let variant = ident(variant);
        quote! {
            #[doc = " A value that the document does not list."]
            #variant(#of),
        }
    });
    quote! {
        #attributes
        #[derive(Debug, Clone, #copy PartialEq, Eq, Hash)]
        pub enum #name { #(#variants)* #others }
    }
}

pub(super) fn table(name: &str, item: &EnumItem) -> Table {
    let mut table = Table::new(macro_name(item.base));
    table.push_open(format!("{name} {{"));
    for variant in &item.variants {
        let value = match (item.base, &variant.wire) {
            (EnumBase::Strings, wire) => string(&wire.to_string()),
            (EnumBase::Integers, Scalar::Number(value)) => number(*value),
            (_, Scalar::String(text)) => format!("string {}", string(text)),
            (_, Scalar::Bool(value)) => format!("boolean {value}"),
            (_, Scalar::Number(value)) if value.as_i64().is_some() => {
                format!("integer {}", number(*value))
            }
            (_, Scalar::Number(value)) => format!("number {}", number(*value)),
        };
        table.push(format!("{value} => {},", variant.ident));
    }
    if let Some(variant) = item.others.variant() {
        let pattern = match item.others {
            Others::Valid => "_",
            Others::Kept | Others::Refused => "..",
        };
        table.push(format!("{pattern} => {variant},"));
    }
    table.push_close("}");
    table
}
