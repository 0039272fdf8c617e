//! Enums of values and their tables.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Docs, EnumBase, Scalar};
use crate::output::{Definition, Table};
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

pub(super) fn item(docs: Vec<String>, name: &str, item: &EnumItem) -> Definition {
    let mut definition = Definition::new("enum", name, docs);
    definition.derive(if item.others.variant().is_none() {
        &["Debug", "Clone", "Copy", "PartialEq", "Eq", "Hash"]
    } else {
        &["Debug", "Clone", "PartialEq", "Eq", "Hash"]
    });
    for variant in &item.variants {
        let docs = Docs {
            description: variant.docs.clone(),
            ..Docs::default()
        };
        let fallback = format!("`{}`", code_span(&variant.wire.to_string()));
        definition.member(docs::lines(&docs, &fallback), variant.ident.as_str());
    }
    if let Some(variant) = item.others.variant() {
        let of = match item.base {
            EnumBase::Strings => "String",
            EnumBase::Integers => "i64",
            EnumBase::Booleans | EnumBase::Scalars => "serde_json::Value",
        };
        let docs = "A value that the document does not list.".to_owned();
        definition.member(vec![docs], format!("{variant}({of})"));
    }
    definition
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
