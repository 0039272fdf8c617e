//! Enums of types and their decode trees.

use crate::model::Docs;
use crate::model::union::{Decision, DecodeTree};
use crate::output::{Definition, Table};
use crate::plan::{RustType, UnionItem};

use super::docs;
use super::literal::string;

pub(super) fn item(docs: Vec<String>, name: &str, item: &UnionItem) -> Definition {
    let mut definition = Definition::new("enum", name, docs);
    definition.derive(&["Debug", "Clone", "PartialEq"]);
    for variant in &item.variants {
        let docs = Docs {
            description: variant.docs.clone(),
            ..Docs::default()
        };
        definition.member(
            docs::lines(&docs, &fallback(&variant.ty)),
            format!("{}({})", variant.ident, variant.ty.path("")),
        );
    }
    definition
}

fn fallback(ty: &RustType) -> String {
    let kind = match ty {
        RustType::Null => "`null`.",
        RustType::Bool => "A boolean.",
        RustType::Integer(_) => "An integer.",
        RustType::Number(_) => "A number.",
        RustType::String | RustType::Formatted(_) | RustType::Secret => "A string.",
        RustType::Object | RustType::Map(_) => "An object.",
        RustType::Vec(_) => "An array.",
        RustType::Named(name) => return format!("A [`{name}`]."),
        RustType::Boxed(inner) => return fallback(inner),
        RustType::Bytes | RustType::Content | RustType::ByteStream | RustType::Body(_) => "Bytes.",
        RustType::Lines(_) | RustType::Events(_) => "Items.",
        RustType::File => "A file.",
        RustType::Multipart(_) => "A form.",
        RustType::Value | RustType::Option(_) | RustType::Maybe(_) | RustType::Defaulted(_) => {
            "Any value."
        }
    };
    kind.to_owned()
}

pub(super) fn table(name: &str, item: &UnionItem) -> Table {
    let writer = Writer { item };
    let names: Vec<&str> = item
        .variants
        .iter()
        .map(|variant| variant.ident.as_str())
        .collect();
    let mut table = Table::new("union");
    table.push_open(format!("{name} = {} {{", names.join(" | ")));
    writer.tree(&mut table);
    table.push_close("}");
    if let Some(tag) = &item.tag {
        table.push_open(format!("tag {} {{", string(&tag.property)));
        for (variant, value) in &tag.values {
            table.push(format!("{}: {},", writer.name(*variant), string(value)));
        }
        table.push_close("}");
    }
    let checked = item
        .variants
        .iter()
        .filter(|variant| !variant.rules.is_empty());
    let lines: Vec<String> = checked
        .map(|variant| {
            format!(
                "{}: {};",
                variant.ident,
                super::rules::joined(&variant.rules)
            )
        })
        .collect();
    if !lines.is_empty() {
        table.push_open("where {");
        for line in lines {
            table.push(line);
        }
        table.push_close("}");
    }
    table
}

struct Writer<'a> {
    item: &'a UnionItem,
}

impl Writer<'_> {
    /// A line a kind; whole numbers and others share one where they lead to the same.
    fn kinds(&self, table: &mut Table, tree: &DecodeTree) {
        for (kind, decision) in tree.kinds() {
            if kind == "integer" && tree.number.as_ref() == Some(decision) {
                continue;
            }
            self.decision(table, kind, decision);
        }
    }

    /// The whole tree; an unknown tag leads to the variant that keeps it.
    fn tree(&self, table: &mut Table) {
        let (
            Some(unknown),
            Some(Decision::Tag {
                property, cases, ..
            }),
        ) = (self.item.unknown, &self.item.decode.object)
        else {
            return self.kinds(table, &self.item.decode);
        };
        let scalars = DecodeTree {
            object: None,
            ..self.item.decode.clone()
        };
        self.kinds(table, &scalars);
        table.push_open(format!("object => tag {} {{", string(property)));
        for (values, next) in cases {
            self.decision(table, &patterns(values), next);
        }
        self.several(table, ".. => unknown", &[unknown]);
        table.push_close("},");
    }

    fn name(&self, variant: usize) -> &str {
        self.item
            .variants
            .get(variant)
            .map_or("", |variant| variant.ident.as_str())
    }

    /// `head => decision,`, over as many lines as it takes.
    fn decision(&self, table: &mut Table, head: &str, decision: &Decision) {
        match decision {
            Decision::Variant(index) => table.push(format!("{head} => {},", self.name(*index))),
            Decision::Trial(set) => self.several(table, &format!("{head} => trial"), set),
            Decision::First(set) => self.several(table, &format!("{head} => first"), set),
            Decision::Tag {
                property,
                cases,
                otherwise,
            } => {
                table.push_open(format!("{head} => tag {} {{", string(property)));
                self.cases(table, cases, otherwise.as_deref());
            }
            Decision::Value { cases, otherwise } => {
                table.push_open(format!("{head} => value {{"));
                self.cases(table, cases, otherwise.as_deref());
            }
            Decision::Key { cases, otherwise } => {
                table.push_open(format!("{head} => key {{"));
                let cases: Vec<(Vec<String>, Decision)> = cases
                    .iter()
                    .map(|(key, next)| (vec![key.clone()], next.clone()))
                    .collect();
                self.cases(table, &cases, otherwise.as_deref());
            }
            Decision::KindOf {
                property,
                tree,
                otherwise,
            } => {
                table.push_open(format!("{head} => kind_of {} {{", string(property)));
                self.kinds_or(table, tree, otherwise.as_deref());
            }
            Decision::ItemOf {
                property,
                tree,
                otherwise,
            } => {
                table.push_open(format!("{head} => item_of {} {{", string(property)));
                self.kinds_or(table, tree, otherwise.as_deref());
            }
            Decision::Items { tree, otherwise } => {
                table.push_open(format!("{head} => items {{"));
                self.kinds_or(table, tree, otherwise.as_deref());
            }
        }
    }

    fn several(&self, table: &mut Table, head: &str, set: &[usize]) {
        let names: Vec<&str> = set.iter().map(|index| self.name(*index)).collect();
        table.push(format!("{head} [{}],", names.join(", ")));
    }

    fn kinds_or(&self, table: &mut Table, tree: &DecodeTree, otherwise: Option<&Decision>) {
        self.kinds(table, tree);
        if let Some(otherwise) = otherwise {
            self.decision(table, "..", otherwise);
        }
        table.push_close("},");
    }

    fn cases(
        &self,
        table: &mut Table,
        cases: &[(Vec<String>, Decision)],
        otherwise: Option<&Decision>,
    ) {
        for (values, next) in cases {
            self.decision(table, &patterns(values), next);
        }
        if let Some(otherwise) = otherwise {
            self.decision(table, "..", otherwise);
        }
        table.push_close("},");
    }
}

fn patterns(values: &[String]) -> String {
    let values: Vec<String> = values.iter().map(|value| string(value)).collect();
    values.join(" | ")
}
