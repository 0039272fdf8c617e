//! Structs: their fields, tables and constructors.

use crate::output::{Block, Definition, Function, Part, Table, Value};
use crate::plan::{ExtraItem, FieldItem, Rule, RustType, StructItem};
use crate::text::code_span;

use super::literal::{argument_text, string};
use super::rules::{joined, predicate};
use super::{docs, initial};

/// A struct, its table, and how it is made.
pub(super) fn parts(docs: Vec<String>, name: &str, item: &StructItem) -> Vec<Part> {
    let mut parts = vec![
        Part::Definition(struct_item(docs, name, item)),
        Part::Table(object_table(name, item)),
    ];
    parts.extend(constructor(name, item).map(Part::Block));
    parts
}

fn struct_item(docs: Vec<String>, name: &str, item: &StructItem) -> Definition {
    let mut definition = Definition::new("struct", name, docs);
    definition.derive(if item.derives_default() {
        &["Debug", "Clone", "Default", "PartialEq"]
    } else {
        &["Debug", "Clone", "PartialEq"]
    });
    let mut member = |docs: Vec<String>, ident: &str, ty: &RustType| {
        definition.member(docs, format!("pub {ident}: {}", ty.path("")));
    };
    for field in &item.fields {
        let fallback = format!("The property `{}`.", code_span(&field.wire));
        member(docs::lines(&field.docs, &fallback), &field.ident, &field.ty);
    }
    for matching in &item.matching {
        let docs = format!(
            "Properties whose names match `{}`.",
            code_span(&matching.pattern.written)
        );
        member(vec![docs], &matching.ident, &matching.ty);
    }
    if let ExtraItem::Keep(field, map) = &item.extra {
        let docs = "Properties that are not declared.".to_owned();
        member(vec![docs], field, map);
    }
    definition
}

fn object_table(name: &str, item: &StructItem) -> Table {
    let mut table = Table::new("object");
    table.push_open(format!("{name} {{"));
    let tag = item.tag.and_then(|index| item.fields.get(index));
    let others = item
        .fields
        .iter()
        .enumerate()
        .filter(|(index, _)| Some(*index) != item.tag);
    let fields = tag.into_iter().chain(others.map(|(_, field)| field));
    for (at, field) in fields.enumerate() {
        let mark = if field.required { "" } else { "?" };
        let default = field.default.as_ref().map(initial::text);
        let default = default.map_or_else(String::new, |value| format!(" = {value}"));
        table.push(format!(
            "{at}: {} => {}{mark}{default},",
            string(&field.wire),
            field.ident
        ));
    }
    if !item.matching.is_empty() {
        table.push_open("match {");
        for matching in &item.matching {
            let pattern = predicate(&matching.pattern);
            table.push(format!("{pattern} => {},", matching.ident));
        }
        table.push_close("}");
    }
    match &item.extra {
        ExtraItem::Drop => {}
        ExtraItem::Forbid => table.push(".. => !"),
        ExtraItem::Keep(field, _) => table.push(format!(".. => {field}")),
    }
    table.push_close("}");
    let rules: Vec<&FieldItem> = item
        .fields
        .iter()
        .filter(|field| !field.rules.is_empty())
        .collect();
    let mut kept: Vec<(&str, &[Rule])> = item
        .matching
        .iter()
        .map(|matching| (matching.ident.as_str(), matching.rules.as_slice()))
        .collect();
    if let ExtraItem::Keep(field, _) = &item.extra {
        kept.push((field, &item.extra_rules));
    }
    kept.retain(|(_, rules)| !rules.is_empty());
    if !(rules.is_empty() && kept.is_empty() && item.rules.is_empty()) {
        table.push_open("where {");
        for field in rules {
            table.push(format!(
                "{} => {}: {};",
                string(&field.wire),
                field.ident,
                joined(&field.rules)
            ));
        }
        for (field, rules) in kept {
            table.push(format!(".. => {field}: {};", joined(rules)));
        }
        if !item.rules.is_empty() {
            table.push(format!("..: {};", joined(&item.rules)));
        }
        table.push_close("}");
    }
    table
}

/// A struct around a list or map that holds itself.
pub(super) fn wrapper(
    docs: Vec<String>,
    name: &str,
    inner: &RustType,
    rules: &[Rule],
) -> Vec<Part> {
    let mut table = Table::new("wrapper");
    table.push(format!("{name}({})", inner.path("")));
    if !rules.is_empty() {
        table.push(format!("where {{ {} }}", joined(rules)));
    }
    let mut definition = Definition::wrapper(name, inner.path(""), docs);
    definition.derive(&["Debug", "Clone", "Default", "PartialEq"]);
    vec![definition.into(), table.into()]
}

/// `new`, with an argument for each field that needs one; `default` where none does.
fn constructor(name: &str, item: &StructItem) -> Option<Block> {
    let is_default = item.is_default();
    if item.derives_default() || !(is_default || item.has_constructor()) {
        return None;
    }
    let mut arguments = Vec::new();
    let mut fields = Vec::new();
    for field in &item.fields {
        if let Some(value) = &field.untouched {
            fields.push((field.ident.clone(), Some(initial::text(value))));
            continue;
        }
        let (argument, value) = argument_text(&field.ident, &field.ty, "");
        arguments.push(argument);
        fields.push((field.ident.clone(), value));
    }
    let matching = item.matching.iter().map(|it| (&it.ident, &it.ty));
    let extra = match &item.extra {
        ExtraItem::Keep(field, map) => Some((field, map)),
        ExtraItem::Drop | ExtraItem::Forbid => None,
    };
    for (field, map) in matching.chain(extra) {
        let new = if *map == RustType::Object {
            "Map::new()"
        } else {
            "BTreeMap::new()"
        };
        fields.push((field.clone(), Some(new.to_owned())));
    }
    let value = Value::Struct("Self".to_owned(), fields);
    if is_default {
        let mut block = Block::new(format!("impl Default for {name}"), Vec::new());
        block.push(Function::new("fn default", "Self", Vec::new()).body(Vec::new(), value));
        return Some(block);
    }
    let has_values = item.fields.iter().any(|field| {
        (field.required && field.untouched.is_some())
            || (!field.required && field.default.is_some())
    });
    let docs = if has_values {
        "With what has to be given; the rest is as the document has it, or absent."
    } else {
        "With what is required; the rest is absent."
    };
    let mut new = Function::new("pub fn new", "Self", vec![docs.to_owned()]).must_use();
    for argument in arguments {
        new = new.argument(argument);
    }
    let mut block = Block::new(format!("impl {name}"), Vec::new());
    block.push(new.body(Vec::new(), value));
    Some(block)
}
