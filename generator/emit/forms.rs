//! Forms: the enum of the parts of one that has files, and the tables that say how properties are written.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Codec, PartKind};
use crate::output::{Definition, Part, Table};
use crate::plan::{FormItem, FormPartItem, RustPlan};
use crate::text::code_span;

use super::literal::string;
use super::operations::Seen;
use super::rules::{Macros, joined};
use super::{bodies, docs, parameters};

/// What the forms of all operations name.
pub(super) fn imports(plan: &RustPlan, seen: &mut Seen, macros: &mut Macros) -> TokenStream {
    let bodies = || plan.operations.iter().flat_map(bodies::forms);
    for form in bodies().flat_map(bodies::tables) {
        seen.see(&form.whole);
        for part in form.parts.iter().filter(|_| form.files) {
            seen.see(&part.ty);
            macros.see(&part.rules);
        }
    }
    let is_form = |codec: Codec| matches!(codec, Codec::Encoded | Codec::Parts { files: false });
    let has = |wanted: &dyn Fn(Codec) -> bool| {
        let mut ways = bodies().flat_map(bodies::ways);
        ways.any(|written| wanted(written.codec))
    };
    let forms = has(&is_form).then(|| {
        quote!(
            #[allow(unused_imports, reason = "each half reads or writes")]
            use crate::support::forms::{ReadForms, WriteForms};
        )
    });
    let files = has(&|codec| codec == Codec::Parts { files: true }).then(|| {
        quote!(
            #[allow(unused_imports, reason = "each half reads or writes")]
            use crate::support::form_files::{ReadFiles, WriteFiles, peek};
            use crate::support::parts::parts;
        )
    });
    let encoded = has(&|codec| codec == Codec::Encoded).then(|| {
        quote!(
            use crate::support::parts::encoded;
        )
    });
    quote!(#forms #files #encoded)
}

/// The items of a form.
pub(super) fn items(form: &FormItem) -> Vec<Part> {
    let mut parts = vec![Part::Definition(definition(form))];
    let mut table = Table::new(if form.files { "parts" } else { "encoded" });
    table.push_open(format!(
        "{} of {} {{",
        form.name,
        form.whole.path("types::")
    ));
    for part in &form.parts {
        table.push(line(part));
    }
    table.push_close("}");
    parts.push(table.into());
    parts
}

fn definition(form: &FormItem) -> Definition {
    let of = &form.of;
    let whole = form.whole.path("types::");
    if !form.files {
        let words = format!("How the form of [`{of}`] is written.");
        let mut definition = Definition::new("struct", &form.name, vec![words]);
        definition.derive(&["Debug", "Clone", "Copy"]);
        return definition;
    }
    let words = format!("A part of the form of [`{of}`]: one property of [`{whole}`].");
    let mut definition = Definition::new("enum", &form.name, vec![words]);
    definition.derive(&["Debug", "Clone", "PartialEq"]);
    for part in &form.parts {
        let fallback = match part.kind {
            PartKind::Value | PartKind::Several => format!("`{}`.", code_span(&part.wire)),
            PartKind::Values => format!("An item of `{}`.", code_span(&part.wire)),
            PartKind::File => format!("The file `{}`.", code_span(&part.wire)),
            PartKind::Files => format!("One of the files `{}`.", code_span(&part.wire)),
        };
        let ty = part.ty.path("types::");
        let docs = docs::lines(&part.docs, &fallback);
        definition.member(docs, format!("{}({ty})", part.ident));
    }
    definition
}

/// `required value "ids" as (joined) of "text/plain" where { max_items(9) } => Ids,`
fn line(part: &FormPartItem) -> String {
    let presence = if part.required {
        "required"
    } else {
        "optional"
    };
    let kind = match part.kind {
        PartKind::Value => "value",
        PartKind::Several => "several",
        PartKind::Values => "values",
        PartKind::File => "file",
        PartKind::Files => "files",
    };
    let modes = parameters::modes(&part.modes);
    let media: Vec<String> = part.media_types.iter().map(|name| string(name)).collect();
    let media = if media.is_empty() {
        String::new()
    } else {
        format!(" of {}", media.join(" "))
    };
    let rules = if part.rules.is_empty() {
        String::new()
    } else {
        format!(" where {{ {} }}", joined(&part.rules))
    };
    format!(
        "{presence} {kind} {}{modes}{media}{rules} => {},",
        string(&part.wire),
        part.ident
    )
}
