//! The crates that generated code may use.

use std::collections::BTreeSet;

use super::named::Named;
use crate::config::{CrateConfig, CustomType, Feature, FormatType, TypesConfig};

/// A crate that support modules or generated code may name.
#[derive(Debug, Clone, Copy)]
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
    /// The feature that turns it on, if it is not the half's.
    gate: Option<&'static str>,
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
        gate: None,
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
    Dependency {
        features: &["std"],
        ..lean("base64", "base64", "0.23")
    },
    dependency("bytes", "bytes", "1"),
    Dependency {
        features: &["std"],
        ..lean("chrono", "chrono", "0.4")
    },
    Dependency {
        features: &["std"],
        ..lean("fancy_regex", "fancy-regex", "0.20")
    },
    lean("futures_core", "futures-core", "0.3"),
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
    Dependency {
        features: &["std"],
        ..lean("rust_decimal", "rust_decimal", "1")
    },
    dependency("serde", "serde", "1"),
    Dependency {
        // Without it the last digit of a number may change on its way.
        features: &["float_roundtrip"],
        ..dependency("serde_json", "serde_json", "1")
    },
    only(
        Feature::Client,
        Dependency {
            features: &["sync", "time"],
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
    Dependency {
        features: &["std"],
        gate: Some("tracing"),
        ..only(Feature::Client, lean("tracing", "tracing", "0.1"))
    },
    Dependency {
        features: &["std"],
        ..lean("uuid", "uuid", "1")
    },
];

/// A crate as `Cargo.toml` asks for it.
#[derive(Debug)]
struct Requirement {
    ident: String,
    config: CrateConfig,
    only: Option<Feature>,
    gate: Option<&'static str>,
    /// The halves that use it; none means both and what they share. `None` where nothing uses it.
    users: Option<BTreeSet<Feature>>,
}

/// The crates that some code uses.
#[derive(Debug)]
pub(super) struct Dependencies(Vec<Requirement>);

impl Default for Dependencies {
    fn default() -> Self {
        Self::with(&TypesConfig::default())
    }
}

impl Dependencies {
    /// Those that are built in, and those of `types`, which take precedence.
    pub(super) fn with(types: &TypesConfig) -> Self {
        let built_in = DEPENDENCIES.iter().map(|dependency| Requirement {
            ident: dependency.ident.to_owned(),
            config: CrateConfig {
                name: dependency.package.to_owned(),
                version: dependency.version.to_owned(),
                features: dependency
                    .features
                    .iter()
                    .map(|f| (*f).to_owned())
                    .collect(),
                default_features: dependency.default_features,
            },
            only: dependency.only,
            gate: dependency.gate,
            users: None,
        });
        let mut all: Vec<Requirement> = built_in.collect();
        for of in types.formats.values() {
            let FormatType::Rust(CustomType {
                krate: Some(config),
                ..
            }) = of
            else {
                continue;
            };
            let ident = config.ident();
            all.retain(|other| other.ident != ident);
            all.push(Requirement {
                ident,
                config: config.clone(),
                only: None,
                gate: None,
                users: None,
            });
        }
        all.sort_by(|a, b| a.config.name.cmp(&b.config.name));
        Self(all)
    }

    /// Takes note of what a text names. `features` are the halves that the text belongs to.
    pub(super) fn scan(&mut self, named: &Named<'_>, features: &[Feature]) {
        for crate_ in &mut self.0 {
            if !named.crates.contains(crate_.ident.as_str()) {
                continue;
            }
            let by = crate_.only.as_ref().map_or(features, std::slice::from_ref);
            match &mut crate_.users {
                users @ None => *users = Some(by.iter().copied().collect()),
                Some(users) if by.is_empty() => users.clear(),
                Some(users) if !users.is_empty() => users.extend(by),
                Some(_) => {}
            }
        }
    }

    /// The lines of `[dependencies]`. With `optional`, what one half alone uses is optional.
    pub(super) fn lines(&self, optional: bool) -> String {
        let mut text = String::new();
        for (config, users, gate) in self.used() {
            // A module tree has no features of its own, and does without what one would turn on.
            if gate.is_some() && !optional {
                continue;
            }
            let mut parts = Vec::new();
            if !config.default_features {
                parts.push("default-features = false".to_owned());
            }
            if !config.features.is_empty() {
                let quoted: Vec<String> =
                    config.features.iter().map(|f| format!("\"{f}\"")).collect();
                parts.push(format!("features = [{}]", quoted.join(", ")));
            }
            if optional && !users.is_empty() {
                parts.push("optional = true".to_owned());
            }
            let CrateConfig { name, version, .. } = config;
            text += &if parts.is_empty() {
                format!("{name} = \"{version}\"\n")
            } else {
                format!(
                    "{name} = {{ version = \"{version}\", {} }}\n",
                    parts.join(", ")
                )
            };
        }
        text
    }

    /// What the feature of a half turns on: `"dep:axum"`.
    pub(super) fn of(&self, feature: Feature) -> Vec<String> {
        let used = self
            .used()
            .filter(|(_, users, gate)| users.contains(&feature) && gate.is_none());
        used.map(|(config, ..)| format!("\"dep:{}\"", config.name))
            .collect()
    }

    /// The features that turn on a crate each: their names, and the crates.
    pub(super) fn gates(&self) -> Vec<(&'static str, &str)> {
        self.used()
            .filter_map(|(config, _, gate)| Some((gate?, config.name.as_str())))
            .collect()
    }

    fn used(
        &self,
    ) -> impl Iterator<Item = (&CrateConfig, &BTreeSet<Feature>, Option<&'static str>)> {
        self.0
            .iter()
            .filter_map(|one| Some((&one.config, one.users.as_ref()?, one.gate)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Vec<&str> {
        Named::of(text).crates.into_iter().collect()
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
        all.scan(
            &Named::of("use http::Method; use bytes::Bytes;"),
            &[Feature::Client],
        );
        all.scan(
            &Named::of("use http::Method; use axum::Router;"),
            &[Feature::Server],
        );
        all.scan(
            &Named::of("use serde_json::Value; use serde::de; fn f(x: &axum::Router) {}"),
            &[],
        );
        all.scan(&Named::of("use serde::ser;"), &[Feature::Client]);
        assert_eq!(
            all.lines(true),
            "axum = { version = \"0.8\", default-features = false, optional = true }\n\
             bytes = { version = \"1\", optional = true }\n\
             http = { version = \"1\", optional = true }\n\
             serde = \"1\"\n\
             serde_json = { version = \"1\", features = [\"float_roundtrip\"] }\n"
        );
        assert_eq!(all.of(Feature::Client), ["\"dep:bytes\"", "\"dep:http\""]);
        assert_eq!(all.of(Feature::Server), ["\"dep:axum\"", "\"dep:http\""]);
        all.scan(&Named::of("http::x"), &[]);
        all.scan(&Named::of("http::x"), &[Feature::Client]);
        assert!(all.lines(true).contains("http = \"1\"\n"));
        assert!(!all.lines(false).contains("optional"));
    }

    #[test]
    fn the_table_is_sorted() {
        assert!(DEPENDENCIES.is_sorted_by_key(|dependency| dependency.package));
    }
}
