//! Tuple structs: their items, tables and constructors.

use proc_macro2::TokenStream;
use quote::quote;

use crate::output::{Block, Function, Part, Table, Value};
use crate::plan::TupleItem;

use super::literal::{argument_text, ident, ty};
use super::rules::joined;
use super::{docs, initial};

/// A tuple struct, its table, and how it is made.
pub(super) fn parts(attributes: &TokenStream, name: &str, item: &TupleItem) -> Vec<Part> {
    let mut parts = vec![
        Part::Items(tuple_item(attributes, name, item)),
        Part::Table(table(name, item)),
    ];
    if item.has_constructor() || item.is_default() && !item.derives_default() {
        parts.push(Part::Block(constructor(name, item)));
    }
    parts
}

fn tuple_item(attributes: &TokenStream, name: &str, item: &TupleItem) -> TokenStream {
    let name = ident(name);
    let default = item.derives_default().then(|| quote!(Default,));
    let parts = item.parts.iter().map(|part| {
        let attributes = docs::attributes(&part.docs, "");
        let ty = ty(&part.ty);
        quote!(#attributes pub #ty,)
    });
    let rest = item.rest.as_ref().map(|rest| {
        let ty = ty(&rest.ty);
        quote!(#[doc = " What follows."] pub #ty,)
    });
    quote! {
        #attributes
        #[derive(Debug, Clone, #default PartialEq)]
        pub struct #name(#(#parts)* #rest);
    }
}

fn table(name: &str, item: &TupleItem) -> Table {
    let mut table = Table::new("tuple");
    table.push_open(format!("{name} {{"));
    let parts = item.parts.iter().map(|part| {
        let kind = if part.required {
            "required"
        } else {
            "optional"
        };
        (kind, &part.rules)
    });
    let rest = item.rest.iter().map(|rest| ("rest", &rest.rules));
    for (at, (kind, rules)) in parts.chain(rest).enumerate() {
        let colon = if rules.is_empty() { "" } else { ": " };
        table.push(format!("{at} => {kind}{colon}{};", joined(rules)));
    }
    table.push_close("}");
    if !item.rules.is_empty() {
        table.push(format!("where {{ {} }}", joined(&item.rules)));
    }
    table
}

/// `new`, with an argument for each item that has to be given; `default` where none has.
fn constructor(name: &str, item: &TupleItem) -> Block {
    let mut arguments = Vec::new();
    let mut values = Vec::new();
    for (at, part) in item.parts.iter().enumerate() {
        if let Some(value) = &part.untouched {
            values.push(Value::Text(initial::text(value)));
            continue;
        }
        let name = format!("item_{at}");
        let (argument, value) = argument_text(&name, &part.ty, "");
        arguments.push(argument);
        values.push(Value::Text(value.unwrap_or(name)));
    }
    if item.rest.is_some() {
        values.push(Value::Text("Vec::new()".to_owned()));
    }
    let value = Value::Call("Self".to_owned(), values);
    if item.is_default() {
        let mut block = Block::new(format!("impl Default for {name}"), Vec::new());
        block.push(Function::new("fn default", "Self", Vec::new()).body(Vec::new(), value));
        return block;
    }
    let docs = vec!["With the items that have to be given.".to_owned()];
    let mut new = Function::new("pub fn new", "Self", docs).must_use();
    for argument in arguments {
        new = new.argument(argument);
    }
    let mut block = Block::new(format!("impl {name}"), Vec::new());
    block.push(new.body(Vec::new(), value));
    block
}
