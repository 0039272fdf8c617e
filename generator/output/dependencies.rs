//! The crates that generated code may use.

use std::collections::{BTreeMap, BTreeSet};

use super::lexer::{Kind, pieces};
use crate::config::Feature;

/// A crate that support modules or generated code may name.
#[derive(Clone, Copy)]
struct Dependency {
    /// As paths name it.
    ident: &'static str,
    /// As `Cargo.toml` names it.
    package: &'static str,
    version: &'static str,
    default_features: bool,
    features: &'static [&'static str],
    /// The half that it is for, if only one.
    only: Option<Feature>,
}

const fn dependency(
    ident: &'static str,
    package: &'static str,
    version: &'static str,
) -> Dependency {
    Dependency {
        ident,
        package,
        version,
        default_features: true,
        features: &[],
        only: None,
    }
}

const fn lean(ident: &'static str, package: &'static str, version: &'static str) -> Dependency {
    Dependency {
        default_features: false,
        ..dependency(ident, package, version)
    }
}

const fn only(feature: Feature, dependency: Dependency) -> Dependency {
    Dependency {
        only: Some(feature),
        ..dependency
    }
}

/// All of them, in the order of their package names.
const DEPENDENCIES: &[Dependency] = &[
    only(Feature::Server, lean("axum", "axum", "0.8")),
    dependency("bytes", "bytes", "1"),
    Dependency {
        features: &["std"],
        ..lean("fancy_regex", "fancy-regex", "0.20")
    },
    dependency("http", "http", "1"),
    dependency("http_body", "http-body", "1"),
    dependency("percent_encoding", "percent-encoding", "2"),
    Dependency {
        features: &[
            "std",
            "perf",
            "unicode-case",
            "unicode-perl",
            "unicode-gencat",
            "unicode-script",
        ],
        ..lean("regex", "regex", "1")
    },
    only(Feature::Client, lean("reqwest", "reqwest", "0.13")),
    dependency("serde", "serde", "1"),
    dependency("serde_json", "serde_json", "1"),
    only(
        Feature::Client,
        Dependency {
            features: &["time"],
            ..lean("tokio", "tokio", "1")
        },
    ),
    only(
        Feature::Server,
        dependency("tower_layer", "tower-layer", "0.3"),
    ),
    only(
        Feature::Server,
        dependency("tower_service", "tower-service", "0.3"),
    ),
];

/// The crates that some code uses, each with the halves that use it; no half means both and what
/// they share.
#[derive(Debug, Default)]
pub(super) struct Dependencies(BTreeMap<&'static str, BTreeSet<Feature>>);

impl Dependencies {
    /// Takes note of what `text` names. `features` are the halves that the text belongs to.
    pub(super) fn scan(&mut self, text: &str, features: &[Feature]) {
        let mut named = BTreeSet::new();
        crates(text, &mut named);
        for dependency in DEPENDENCIES
            .iter()
            .filter(|dependency| named.contains(dependency.ident))
        {
            let known = self.0.contains_key(dependency.ident);
            let users = self.0.entry(dependency.ident).or_default();
            let by = dependency
                .only
                .as_ref()
                .map_or(features, std::slice::from_ref);
            if by.is_empty() {
                users.clear();
            } else if !known || !users.is_empty() {
                users.extend(by);
            }
        }
    }

    /// The lines of `[dependencies]`. With `optional`, what one half alone uses is optional.
    pub(super) fn lines(&self, optional: bool) -> String {
        let mut text = String::new();
        for (dependency, users) in self.used() {
            let mut parts = Vec::new();
            if !dependency.default_features {
                parts.push("default-features = false".to_owned());
            }
            if !dependency.features.is_empty() {
                let quoted: Vec<String> = dependency
                    .features
                    .iter()
                    .map(|f| format!("\"{f}\""))
                    .collect();
                parts.push(format!("features = [{}]", quoted.join(", ")));
            }
            if optional && !users.is_empty() {
                parts.push("optional = true".to_owned());
            }
            text += &if parts.is_empty() {
                format!("{} = \"{}\"\n", dependency.package, dependency.version)
            } else {
                format!(
                    "{} = {{ version = \"{}\", {} }}\n",
                    dependency.package,
                    dependency.version,
                    parts.join(", ")
                )
            };
        }
        text
    }

    /// What the feature of a half turns on: `"dep:axum"`.
    pub(super) fn of(&self, feature: Feature) -> Vec<String> {
        let used = self.used().filter(|(_, users)| users.contains(&feature));
        used.map(|(dependency, _)| format!("\"dep:{}\"", dependency.package))
            .collect()
    }

    fn used(&self) -> impl Iterator<Item = (&'static Dependency, &BTreeSet<Feature>)> {
        DEPENDENCIES
            .iter()
            .filter_map(|dependency| Some((dependency, self.0.get(dependency.ident)?)))
    }
}

/// The first segments of paths in `text`: crates, among other things.
fn crates<'t>(text: &'t str, named: &mut BTreeSet<&'t str>) {
    // The two pieces before the present one that are not space.
    let mut before = [(Kind::Space, ""); 2];
    let mut pieces = pieces(text)
        .filter(|(kind, _)| *kind != Kind::Comment && *kind != Kind::Space)
        .peekable();
    while let Some(piece) = pieces.next() {
        let (kind, word) = piece;
        if kind == Kind::Word && matches!(pieces.peek(), Some((_, "::"))) {
            // `::serde::de` starts with a crate too, `axum::http::Method` has none in its middle.
            let continues = before[1].1 == "::"
                && (before[0].0 == Kind::Word && !is_keyword(before[0].1) || before[0].1 == ">");
            if !continues && !is_keyword(word) {
                named.insert(word);
            }
        }
        before = [before[1], piece];
    }
}

/// Words that stand before a path without being part of it.
fn is_keyword(word: &str) -> bool {
    matches!(
        word,
        "use"
            | "impl"
            | "for"
            | "as"
            | "in"
            | "dyn"
            | "mut"
            | "return"
            | "match"
            | "if"
            | "else"
            | "move"
            | "where"
            | "const"
            | "ref"
            | "break"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Vec<&str> {
        let mut named = BTreeSet::new();
        crates(text, &mut named);
        named.into_iter().collect()
    }

    #[test]
    fn crates_are_found_at_the_start_of_paths() {
        assert_eq!(
            named("use serde::de; // http::x\n impl ::bytes::Buf for X {}"),
            ["bytes", "serde"]
        );
        assert_eq!(
            named("use axum::http::Method; fn f() -> <T as A::B>::http::C {}"),
            ["A", "axum"]
        );
        assert_eq!(
            named("\"regex::x\"; $crate::support::y; Vec::<u8>::new()"),
            ["Vec", "crate"]
        );
    }

    #[test]
    fn what_one_half_uses_is_optional() {
        let mut all = Dependencies::default();
        all.scan("use http::Method; use bytes::Bytes;", &[Feature::Client]);
        all.scan("use http::Method; use axum::Router;", &[Feature::Server]);
        all.scan(
            "use serde_json::Value; use serde::de; fn f(x: &axum::Router) {}",
            &[],
        );
        all.scan("use serde::ser;", &[Feature::Client]);
        assert_eq!(
            all.lines(true),
            "axum = { version = \"0.8\", default-features = false, optional = true }\n\
             bytes = { version = \"1\", optional = true }\n\
             http = { version = \"1\", optional = true }\n\
             serde = \"1\"\nserde_json = \"1\"\n"
        );
        assert_eq!(all.of(Feature::Client), ["\"dep:bytes\"", "\"dep:http\""]);
        assert_eq!(all.of(Feature::Server), ["\"dep:axum\"", "\"dep:http\""]);
        all.scan("http::x", &[]);
        all.scan("http::x", &[Feature::Client]);
        assert!(all.lines(true).contains("http = \"1\"\n"));
        assert!(!all.lines(false).contains("optional"));
    }

    #[test]
    fn the_table_is_sorted() {
        assert!(DEPENDENCIES.is_sorted_by_key(|dependency| dependency.package));
    }
}
