//! Writes the `Cargo.toml` of a generated crate.

use super::dependencies::Dependencies;
use super::package::{Package, PackageError};
use super::template::{Slot, fill, one_line};
use crate::config::Feature;

const TEMPLATE: &str = include_str!("../../templates/crate/Cargo.toml.tmpl");

const TESTS: &str = r#"[[test]]
name = "loopback"
required-features = ["mock"]

"#;

pub(super) fn cargo_toml(
    package: &Package<'_>,
    dependencies: &Dependencies,
) -> Result<String, PackageError> {
    let config = package.config;
    let mut halves: Vec<&str> = config
        .features
        .iter()
        .map(|feature| feature.name())
        .collect();
    let mut lines = String::new();
    for feature in &config.features {
        let turns_on = dependencies.of(*feature).join(", ");
        let what = match feature {
            Feature::Client => "# The client, over `reqwest`.",
            Feature::Server => "# The server traits, and their service and router for `axum`.",
            Feature::Mock => continue,
        };
        lines += &format!("{what}\n{} = [{turns_on}]\n", feature.name());
    }
    if config.features.contains(&Feature::Client) {
        halves.push("rustls");
        // An API without operations has no client, and so no `reqwest`.
        let reqwest = dependencies
            .of(Feature::Client)
            .contains(&"\"dep:reqwest\"".to_owned());
        let tls = if reqwest { "\"reqwest?/rustls\"" } else { "" };
        lines += &format!("# TLS for the client, by `rustls`.\nrustls = [{tls}]\n");
    }
    for (name, package) in dependencies.gates() {
        lines += &format!("# Spans around the client's calls.\n{name} = [\"dep:{package}\"]\n");
    }
    let mut tests = "";
    if config.has_mock() {
        let mut turns_on = vec!["\"client\"".to_owned(), "\"server\"".to_owned()];
        if !package.tags.is_empty() {
            turns_on.push("\"full\"".to_owned());
        }
        turns_on.extend(dependencies.of(Feature::Mock));
        lines += &format!(
            "# A service that answers every operation with what the document shows.\nmock = [{}]\n",
            turns_on.join(", ")
        );
        tests = TESTS;
    }
    if !package.tags.is_empty() {
        halves.push("full");
        lines += &tags(package);
    }
    let default: Vec<String> = halves.iter().map(|half| format!("\"{half}\"")).collect();
    let features = format!("default = [{}]\n{lines}", default.join(", "));

    let parts: Vec<&str> = ["types"]
        .into_iter()
        .chain(config.features.iter().map(|feature| feature.name()))
        .collect();
    let description = format!(
        "{} of {} {}",
        list(&parts),
        one_line(package.title, 120),
        one_line(package.version, 60)
    );
    fill(
        TEMPLATE,
        &[
            ("name", Slot::Toml(package.name)),
            (
                "version",
                Slot::Toml(if is_semver(package.version) {
                    package.version
                } else {
                    "0.1.0"
                }),
            ),
            ("description", Slot::Toml(&capital(&description))),
            ("title", Slot::Toml(package.title)),
            ("api-version", Slot::Toml(package.version)),
            ("openapi", Slot::Toml(package.openapi)),
            ("features", Slot::Made(&features)),
            ("tests", Slot::Made(tests)),
            ("dependencies", Slot::Made(&dependencies.lines(true))),
        ],
    )
    .ok_or(PackageError::Template)
}

/// The features of the tags, and that of all of them.
fn tags(package: &Package<'_>) -> String {
    let mut lines =
        "# The operations of every tag, and the types that no operation names.\nfull = [\n"
            .to_owned();
    for tag in &package.tags {
        lines += &format!("    \"{}\",\n", tag.name);
    }
    lines += "]\n# The operations of one tag, and the types that they name.\n";
    for tag in &package.tags {
        lines += &format!("{} = []\n", tag.name);
    }
    lines
}

fn list(words: &[&str]) -> String {
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => words.concat(),
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// Whether cargo takes a text for a version: Semantic Versioning 2.0.0, section 2, 9 and 10.
fn is_semver(text: &str) -> bool {
    let identifier = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let number = |part: &str| {
        part.bytes().all(|b| b.is_ascii_digit()) && !(part.len() > 1 && part.starts_with('0'))
    };
    let (text, build) = text
        .split_once('+')
        .map_or((text, None), |(text, build)| (text, Some(build)));
    let (core, pre) = text
        .split_once('-')
        .map_or((text, None), |(core, pre)| (core, Some(pre)));
    let core: Vec<&str> = core.split('.').collect();
    core.len() == 3
        && core
            .iter()
            .all(|part| number(part) && part.parse::<u64>().is_ok())
        && build.is_none_or(|build| build.split('.').all(identifier))
        && pre.is_none_or(|pre| {
            pre.split('.').all(|part| {
                identifier(part) && (part.bytes().any(|b| !b.is_ascii_digit()) || number(part))
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions() {
        for version in [
            "0.0.0",
            "1.2.3",
            "1.0.0-alpha.1",
            "1.0.0+001",
            "1.0.0-0a.b-c+d.e",
            "10.20.30",
        ] {
            assert!(is_semver(version), "{version}");
        }
        for version in [
            "",
            "1",
            "1.0",
            "v1.0.0",
            "1.0.0.0",
            "01.0.0",
            "1.0.0-",
            "1.0.0-01",
            "1.0.0+",
            "1..0",
            "1.0.x",
            "99999999999999999999.0.0",
            "1.0.0 ",
        ] {
            assert!(!is_semver(version), "{version}");
        }
    }
}
