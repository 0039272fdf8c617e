//! Writes the README of a generated crate.

use super::package::{Package, PackageError};
use super::template::{Slot, fill, markdown, one_line};
use crate::config::Feature;

const TEMPLATE: &str = include_str!("../../templates/crate/README.md.tmpl");
const CLIENT: &str = include_str!("../../templates/crate/README.client.md.tmpl");
const MOCK: &str = include_str!("../../templates/crate/README.mock.md.tmpl");
const SERVER: &str = include_str!("../../templates/crate/README.server.md.tmpl");

pub(super) fn readme(package: &Package<'_>) -> Result<String, PackageError> {
    let config = package.config;
    let ident = package.name.replace('-', "_");
    let has = |feature| config.features.contains(&feature);
    let (mut modules, mut features) = (String::new(), String::new());
    let (mut client, mut server) = (String::new(), String::new());
    if has(Feature::Client) {
        modules += "| `client` | a client for every operation, over reqwest or a transport of your own |\n";
        features += "- `client` (default): the client. `rustls` (default) lets it speak https.\n";
        let base = package
            .base_url
            .filter(|url| url.starts_with("http"))
            .unwrap_or("https://api.example.com");
        let call = package
            .operations
            .first()
            .map_or("client.group().operation()", |line| line.client.as_str());
        client = fill(
            CLIENT,
            &[
                ("ident", Slot::Made(&ident)),
                ("base", Slot::Made(&format!("{:?}", one_line(base, 200)))),
                ("call", Slot::Made(call)),
            ],
        )
        .ok_or(PackageError::Template)?;
    }
    if has(Feature::Server) {
        modules +=
            "| `server` | a trait for each tag, and the service that calls your implementation |\n";
        features += "- `server` (default): the server traits and their axum service.\n";
        let mut groups = String::new();
        for group in &package.groups {
            groups += &format!(
                "    .{group}()
"
            );
        }
        server = fill(
            SERVER,
            &[
                ("ident", Slot::Made(&ident)),
                ("groups", Slot::Made(&groups)),
            ],
        )
        .ok_or(PackageError::Template)?;
    }
    let mut mock = String::new();
    if config.has_mock() {
        modules +=
            "| `mock` | a service that answers every operation with what the document shows |\n";
        features += "- `mock`: the mock, for tests.\n";
        mock = fill(MOCK, &[("ident", Slot::Made(&ident))]).ok_or(PackageError::Template)?;
    }
    if let Some(tag) = package.tags.first() {
        features += &format!(
            "- `full` (default): the operations of every tag, and the types that no operation names.\n\n\
             Who needs a few tags of many compiles those alone: `default-features = false`, and `features = [\"client\", \
             \"rustls\", \"{}\"]`, or another of these.\n\n| feature | operations |\n|---|---|\n",
            tag.name
        );
        for tag in &package.tags {
            let what = tag.tag.map_or_else(
                || tag.view.to_owned(),
                |name| markdown(&one_line(name, 100)),
            );
            features += &format!("| `{}` | {what} |\n", tag.name);
        }
    }
    let intro = format!(
        "Rust for {} {}, generated from its OpenAPI {} document by specwright. Regenerate it; do not edit it.\n",
        markdown(package.title),
        markdown(package.version),
        markdown(package.openapi),
    );
    let features = if features.is_empty() {
        String::new()
    } else {
        format!("Features:\n\n{features}")
    };
    let text = fill(
        TEMPLATE,
        &[
            ("title", Slot::Markdown(&one_line(package.title, 200))),
            ("intro", Slot::Made(&intro)),
            ("package", Slot::Made(package.name)),
            ("modules", Slot::Made(&modules)),
            ("features", Slot::Made(&features)),
            ("client", Slot::Made(&client)),
            ("server", Slot::Made(&server)),
            ("mock", Slot::Made(&mock)),
            ("operations", Slot::Made(&operations(package))),
        ],
    )
    .ok_or(PackageError::Template)?;
    Ok(format!("{}\n", text.trim_end()))
}

fn operations(package: &Package<'_>) -> String {
    if package.operations.is_empty() {
        return String::new();
    }
    let features = &package.config.features;
    let mut text = "## Operations\n\n| operation |".to_owned();
    for feature in features {
        text += &format!(" {} |", feature.name());
    }
    text += "\n|---|";
    text += &"---|".repeat(features.len());
    text.push('\n');
    for line in &package.operations {
        text += &format!("| {} {} |", markdown(line.method), markdown(line.path));
        for feature in features {
            let cell = match feature {
                Feature::Client => &line.client,
                Feature::Server => &line.server,
                Feature::Mock => continue,
            };
            text += &format!(" `{cell}` |");
        }
        text.push('\n');
    }
    text
}
