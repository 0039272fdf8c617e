use std::collections::BTreeSet;

use super::*;
use crate::config::Mount;

const MODULES: &[Module] = &[
    Module {
        name: "codec",
        features: &[],
        text: "//! Codec.\nuse serde::de;\n",
    },
    Module {
        name: "client",
        features: &[Feature::Client],
        text: "//! Client.\nuse reqwest::Client;\nuse crate::support::codec;\n",
    },
    Module {
        name: "server",
        features: &[Feature::Server],
        text: "//! Server.\nuse axum::Router;\nuse http::Method;\nuse crate::support::codec;\n",
    },
];

fn sources(config: &ApiConfig) -> Vec<RenderedFile> {
    let file = |path: &str, text: &str| RenderedFile {
        path: path.to_owned(),
        text: format!("{}//! Docs.\n\n{text}", layout::HEADER),
    };
    let mut files = vec![
        file(
            "src/lib.rs",
            "mod support;\npub mod types;\n#[cfg(feature = \"client\")]\npub mod client;\n#[cfg(feature = \"server\")]\npub mod server;\n\npub use serde_json::Value;\n",
        ),
        file("src/types.rs", "use crate::support::codec;\n"),
    ];
    if config.features.contains(&Feature::Client) {
        files.push(file(
            "src/client.rs",
            "use crate::support::client;\nuse http::Method;\n",
        ));
    }
    if config.features.contains(&Feature::Server) {
        files.push(file("src/server.rs", "use crate::support::server;\n"));
    }
    files
}

fn build(config: &ApiConfig, title: &str, version: &str) -> FileSet {
    let package = Package {
        name: "novu-api",
        title,
        version,
        openapi: "3.0.3",
        base_url: Some("https://api.novu.co"),
        groups: vec!["integrations".into(), "subscribers".into()],
        operations: vec![OperationLine {
            method: "POST",
            path: "/v1/{a|b}/oauth",
            client: "client.integrations().link(body)".into(),
            server: "Integrations::link".into(),
        }],
        tags: Vec::new(),
        config,
    };
    with_modules(
        &package,
        sources(config),
        Vec::new(),
        Provenance::default(),
        MODULES,
    )
    .unwrap()
}

fn text<'s>(set: &'s FileSet, path: &str) -> &'s str {
    std::str::from_utf8(set.get(path).unwrap_or_else(|| panic!("no {path}"))).unwrap()
}

fn paths(set: &FileSet) -> Vec<&str> {
    set.iter().map(|(path, _)| path).collect()
}

#[test]
fn a_crate() {
    let set = build(&ApiConfig::default(), "Novu API", "3.19.0-beta.1+x");
    assert_eq!(
        paths(&set),
        [
            "Cargo.toml",
            "README.md",
            "src/client.rs",
            "src/lib.rs",
            "src/server.rs",
            "src/support/client.rs",
            "src/support/codec.rs",
            "src/support/mod.rs",
            "src/support/server.rs",
            "src/types.rs",
        ]
    );
    assert_eq!(
        text(&set, "src/support/codec.rs"),
        format!("{}//! Codec.\nuse serde::de;\n", layout::HEADER)
    );
    let manifest: toml::Table = toml::from_str(text(&set, "Cargo.toml")).unwrap();
    let package = manifest["package"].as_table().unwrap();
    assert_eq!(package["name"].as_str(), Some("novu-api"));
    assert_eq!(package["version"].as_str(), Some("3.19.0-beta.1+x"));
    assert_eq!(
        package["description"].as_str(),
        Some("Types, client and server of Novu API 3.19.0-beta.1+x")
    );
    let expected: toml::Table = toml::from_str(
        "default = [\"client\", \"server\", \"rustls\"]\nclient = [\"dep:http\", \"dep:reqwest\"]\n\
         server = [\"dep:axum\", \"dep:http\"]\nrustls = [\"reqwest?/rustls\"]\nmock = [\"client\", \"server\"]",
    )
    .unwrap();
    assert_eq!(manifest["features"].as_table(), Some(&expected));
    let names: BTreeSet<&str> = manifest["dependencies"]
        .as_table()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(
        names,
        BTreeSet::from(["axum", "http", "reqwest", "serde", "serde_json"])
    );
    assert!(manifest["lints"]["clippy"]["pedantic"].is_table());
    let readme = text(&set, "README.md");
    assert!(
        readme.contains("let reply = client.integrations().link(body).send().await?;"),
        "{readme}"
    );
    assert!(
        readme.contains("    .integrations()\n    .subscribers()\n    .into_router();"),
        "{readme}"
    );
    assert!(
        readme.contains(
            "| POST /v1/{a\\|b}/oauth | `client.integrations().link(body)` | `Integrations::link` |"
        ),
        "{readme}"
    );
    assert!(
        !readme.contains("{{") && !readme.contains("\n\n\n"),
        "{readme}"
    );
}

#[test]
fn one_half() {
    let config = ApiConfig {
        features: BTreeSet::from([Feature::Client]),
        ..ApiConfig::default()
    };
    let set = build(&config, "T", "1");
    assert!(set.get("src/support/server.rs").is_none());
    assert!(
        text(&set, "src/lib.rs")
            .contains("#[cfg(feature = \"client\")]\npub mod client;\n#[cfg(false)]\n")
    );
    let manifest: toml::Table = toml::from_str(text(&set, "Cargo.toml")).unwrap();
    assert_eq!(manifest["features"]["default"].as_array().unwrap().len(), 2);
    assert!(manifest["features"].get("server").is_none());
    assert!(!text(&set, "README.md").contains("Serving it"));
}

#[test]
fn names_of_operations_are_no_lint() {
    let set = build(&ApiConfig::default(), "T", "1");
    let manifest: toml::Table = toml::from_str(text(&set, "Cargo.toml")).unwrap();
    for lint in ["new_ret_no_self", "wrong_self_convention"] {
        assert_eq!(
            manifest["lints"]["clippy"][lint].as_str(),
            Some("allow"),
            "{lint}"
        );
    }
}

#[test]
fn texts_of_the_document_stay_text() {
    let title = "A\"\n[dependencies]\nevil = \"1\"\n``` <b> {{name}} \\u0000 \u{0}";
    let set = build(&ApiConfig::default(), title, "v1 \"x\"\n[x]");
    let manifest: toml::Table = toml::from_str(text(&set, "Cargo.toml")).unwrap();
    assert_eq!(manifest["package"]["version"].as_str(), Some("0.1.0"));
    assert_eq!(
        manifest["package"]["metadata"]["specwright"]["title"].as_str(),
        Some("A\" [dependencies] evil = \"1\" ``` <b> {{name}} \\u0000")
    );
    let description = manifest["package"]["description"].as_str().unwrap();
    assert!(!description.contains(char::is_control), "{description:?}");
    assert_eq!(
        manifest["package"]["metadata"]["specwright"]["api-version"].as_str(),
        Some("v1 \"x\" [x]")
    );
    assert!(manifest["dependencies"].get("evil").is_none());
    let readme = text(&set, "README.md");
    assert!(
        !readme.contains("<b>") && !readme.contains("``` "),
        "{readme}"
    );
}

#[test]
fn a_module_tree() {
    let config = ApiConfig {
        mount: Some(Mount::parse("api").unwrap()),
        features: BTreeSet::from([Feature::Client]),
        ..ApiConfig::default()
    };
    let set = build(&config, "T", "1");
    assert_eq!(
        paths(&set),
        [
            "client.rs",
            "mod.rs",
            "support/client.rs",
            "support/codec.rs",
            "support/mod.rs",
            "types.rs"
        ]
    );
    let root = text(&set, "mod.rs");
    assert!(!root.contains("//!") && !root.contains("#!["), "{root}");
    assert!(!root.contains("server") && !root.contains("cfg"), "{root}");
    assert!(
        root.contains("//     reqwest = { version = \"0.13\", default-features = false }\n"),
        "{root}"
    );
    assert_eq!(
        text(&set, "types.rs").lines().last(),
        Some("use crate::api::support::codec;")
    );
    assert!(text(&set, "support/mod.rs").contains("#[cfg(true)]\npub mod client;"));
}
