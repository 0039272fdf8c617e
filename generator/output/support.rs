//! The support modules: real Rust in `templates/support`, copied into what is generated.
//!
//! Which of them a crate needs is read off the text: a module is needed if generated code, or a
//! module that is needed, names it by `crate::support::…`. So nothing has to be kept in step.

use std::collections::BTreeSet;

use super::named::Named;
use crate::config::Feature;

/// A module of `templates/support`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Module {
    pub(super) name: &'static str,
    /// The halves that it is for; all must be there. None for what they share.
    pub(super) features: &'static [Feature],
    pub(super) text: &'static str,
}

macro_rules! modules {
    ($($features:expr => { $($name:literal),* $(,)? })*) => {
        &[$($(Module {
            name: $name,
            features: $features,
            text: include_str!(concat!("../../templates/support/", $name, ".rs")),
        },)*)*]
    };
}

/// All modules, by the half that they are for.
pub(super) const MODULES: &[Module] = modules! {
    &[] => {
        "backtracking", "base64_text", "body", "bound", "byte_stream", "choice", "chrono_text", "codec", "containers",
        "content", "decimal", "decision", "deep", "defaulted", "event", "exact_number", "extra", "fields", "file_part", "form", "form_files", "form_value", "forms",
        "formats", "formatted", "future", "headers", "integer_enum", "items", "json_lines", "level", "lists", "maybe", "media", "multipart", "multipart_error", "names", "object",
        "object_table", "operation", "parameter", "params", "part_head", "part_splitter", "parts", "pattern", "payload", "plain", "pointer", "prelude", "properties", "read", "read_parts", "read_text", "reading",
        "replay", "report", "responses", "rules", "scalar_enum", "scalars", "secret", "security",
        "streams", "string_enum", "template", "to_tree", "transport_error", "tree", "tuple", "union", "union_table", "uuid_text", "violation",
        "whole", "wrapper", "write_parts", "write_text",
    }
    &[Feature::Client] => {
        "base_url", "basic", "call", "client", "client_builder", "credentials", "envelope", "error", "exchange", "hints",
        "hooks", "pages", "paging", "random", "read_response", "redirect", "retry", "retry_after", "server_url", "token_cache", "trace", "transport", "write_request",
    }
    &[Feature::Server] => {
        "admission", "basic_credentials", "endpoint", "failure", "guard", "multipart_refusal", "read_request", "rejection", "request_head", "route", "routing", "server", "write_response",
    }
    &[Feature::Client, Feature::Server] => { "memory" }
    &[Feature::Mock] => { "loopback", "mock", "preference", "probe", "samples", "unanswered" }
};

/// Modules that nobody names since they hold only implementations of traits: each is needed once
/// all of these modules are, or are crates that generated code names.
const IMPLIED: &[(&str, &[&str])] = &[
    ("chrono_text", &["formatted", "chrono"]),
    ("containers", &["codec"]),
    ("decimal", &["codec", "rust_decimal"]),
    ("scalars", &["codec"]),
    ("memory", &["server", "transport"]),
    ("multipart_refusal", &["multipart_error", "server"]),
    ("uuid_text", &["formatted", "uuid"]),
];

/// A module that is needed, and what it names itself.
#[derive(Debug)]
pub(super) struct Needed {
    pub(super) module: &'static Module,
    pub(super) named: Named<'static>,
}

/// The modules that texts need which name all that, in order of name. Modules of a half that is not in
/// `features` are left out.
pub(super) fn needed(
    modules: &'static [Module],
    texts: &[Named<'_>],
    features: &BTreeSet<Feature>,
) -> Vec<Needed> {
    let mut needed: Vec<Needed> = Vec::new();
    let mut pending: Vec<&str> = Vec::new();
    let mut crates: BTreeSet<&str> = BTreeSet::new();
    for text in texts {
        pending.extend(&text.modules);
        crates.extend(&text.crates);
    }
    let known =
        |needed: &[Needed], name: &str| needed.iter().any(|known| known.module.name == name);
    while let Some(name) = pending.pop() {
        if let Some(module) = available(modules, name, features)
            && !known(&needed, name)
        {
            let named = Named::of(module.text);
            pending.extend(&named.modules);
            needed.push(Needed { module, named });
        }
        if pending.is_empty() {
            let implied = IMPLIED.iter().filter(|(name, by)| {
                !known(&needed, name)
                    && by
                        .iter()
                        .all(|by| known(&needed, by) || crates.contains(by))
            });
            pending.extend(
                implied
                    .map(|(name, _)| *name)
                    .filter(|name| available(modules, name, features).is_some()),
            );
        }
    }
    needed.sort_by_key(|needed| needed.module.name);
    needed
}

/// The module of that name, unless a half that it is for is left out.
fn available(
    modules: &'static [Module],
    name: &str,
    features: &BTreeSet<Feature>,
) -> Option<&'static Module> {
    let module = modules.iter().find(|module| module.name == name)?;
    module
        .features
        .iter()
        .all(|feature| features.contains(feature))
        .then_some(module)
}

/// The text of `support/mod.rs`.
pub(super) fn root(modules: &[Needed]) -> String {
    let mut text =
        "//! The run-time half of this crate: how values are read, written and checked, and how they travel.\n\n"
            .to_owned();
    for Needed { module, .. } in modules {
        match module.features {
            [] => {}
            [one] => text += &format!("#[cfg(feature = \"{}\")]\n", one.name()),
            all => {
                let all: Vec<String> = all
                    .iter()
                    .map(|feature| format!("feature = \"{}\"", feature.name()))
                    .collect();
                text += &format!("#[cfg(all({}))]\n", all.join(", "));
            }
        }
        text += &format!("pub mod {};\n", module.name);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const FAKE: &[Module] = &[
        Module {
            name: "client",
            features: &[Feature::Client],
            text: "use crate::support::{codec::{Decode, x}, wire};",
        },
        Module {
            name: "codec",
            features: &[],
            text: "/// [`crate::support::pointer::P`]\nuse std::fmt;",
        },
        Module {
            name: "object",
            features: &[],
            text: "$crate::support::codec::Decode; #[cfg(feature = \"server\")] crate::support::server::X;",
        },
        Module {
            name: "pointer",
            features: &[],
            text: "",
        },
        Module {
            name: "server",
            features: &[Feature::Server],
            text: "use crate::support::codec; use crate::support::server;",
        },
        Module {
            name: "unused",
            features: &[],
            text: "",
        },
        Module {
            name: "wire",
            features: &[],
            text: "",
        },
    ];

    fn names(text: &str, features: &[Feature]) -> Vec<&'static str> {
        needed(
            FAKE,
            &[Named::of(text)],
            &features.iter().copied().collect(),
        )
        .iter()
        .map(|m| m.module.name)
        .collect()
    }

    #[test]
    fn needs_are_followed() {
        let both = [Feature::Client, Feature::Server];
        assert_eq!(names("struct A;", &both), [""; 0]);
        assert_eq!(
            names("use crate::support::codec;", &both),
            ["codec", "pointer"]
        );
        assert_eq!(
            names("pub use support::object::object;", &both),
            ["codec", "object", "pointer", "server"]
        );
        assert_eq!(
            names("crate::support::object::object! {}", &[Feature::Client]),
            ["codec", "object", "pointer"]
        );
        assert_eq!(
            names("use crate::support::client::C;", &both),
            ["client", "codec", "pointer", "wire"]
        );
        assert_eq!(names("\"crate::support::wire\"", &both), [""; 0]);
    }

    #[test]
    fn the_root_declares_halves_conditionally() {
        let modules = needed(
            FAKE,
            &[Named::of("crate::support::{client, server}")],
            &BTreeSet::from([Feature::Client, Feature::Server]),
        );
        assert_eq!(
            root(&modules).split_once("\n\n").unwrap().1,
            "#[cfg(feature = \"client\")]\npub mod client;\npub mod codec;\npub mod pointer;\n\
             #[cfg(feature = \"server\")]\npub mod server;\npub mod wire;\n"
        );
    }

    #[test]
    fn modules_of_implementations_come_with_what_they_extend() {
        let both = BTreeSet::from([Feature::Client, Feature::Server]);
        let names = |text: &str, features: &BTreeSet<Feature>| -> Vec<&str> {
            needed(MODULES, &[Named::of(text)], features)
                .iter()
                .map(|needed| needed.module.name)
                .collect()
        };
        let types = names("use crate::support::object::object;", &both);
        assert!(
            types.contains(&"scalars") && types.contains(&"containers"),
            "{types:?}"
        );
        assert!(
            !types.contains(&"server") && !types.contains(&"memory"),
            "{types:?}"
        );
        let all = names("use crate::support::{client, server};", &both);
        assert!(all.contains(&"memory"), "{all:?}");
        let client = names(
            "use crate::support::{client, server};",
            &BTreeSet::from([Feature::Client]),
        );
        assert!(
            client.contains(&"transport") && !client.contains(&"memory"),
            "{client:?}"
        );
    }

    /// A module that nobody names would never be generated.
    #[test]
    fn every_module_can_be_reached() {
        // What generated code itself names.
        let roots = "use crate::support::{backtracking, basic, basic_credentials, call, client, failure, formats, guard, pages, pattern, headers, integer_enum, object_table, operation};
            use crate::support::{base64_text, exact_number, form_files, forms, secret};
            use chrono::x; use rust_decimal::x; use uuid::x;
            use crate::support::{loopback, mock, prelude, scalar_enum, server, streams, string_enum, tuple, union_table, wrapper};";
        let both = BTreeSet::from([Feature::Client, Feature::Server, Feature::Mock]);
        let reached = needed(MODULES, &[Named::of(roots)], &both);
        let missed: Vec<&str> = MODULES
            .iter()
            .map(|module| module.name)
            .filter(|name| reached.iter().all(|needed| needed.module.name != *name))
            .collect();
        assert_eq!(missed, [""; 0]);
    }

    /// A module of `templates/support` that is not in the table would never be generated.
    #[test]
    fn the_table_is_the_directory() {
        let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/templates/support");
        let mut found: Vec<String> = std::fs::read_dir(dir)
            .into_iter()
            .flatten()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter_map(|name| name.strip_suffix(".rs").map(str::to_owned))
            .filter(|name| name != "mod")
            .collect();
        found.sort();
        let mut table: Vec<&str> = MODULES.iter().map(|module| module.name).collect();
        table.sort_unstable();
        assert_eq!(table, found);
    }
}
