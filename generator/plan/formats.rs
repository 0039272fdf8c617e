//! What stands for strings and numbers of a format: what is built in, or what the configuration says.

use std::collections::BTreeSet;

use crate::config::{FormatType, TypesConfig};
use crate::model::{Api, NumberFormat, Shape};

use super::rust_type::RustType;

/// Types of the user's choosing that `api` uses: path, and what their texts are called.
pub(super) fn custom(api: &Api, config: &TypesConfig) -> Vec<(String, String)> {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut found = Vec::new();
    for (_, ty) in api.types.iter() {
        if let Shape::Text(Some(format)) = &ty.shape
            && let Some(FormatType::Rust(custom)) = config.formats.get(format)
            && !BUILT_IN.iter().any(|(_, path)| *path == custom.path)
            && seen.insert(&custom.path)
        {
            found.push((
                custom.path.clone(),
                format!("a string of format `{format}`"),
            ));
        }
    }
    found
}

/// The types that are built in, by format.
const BUILT_IN: &[(&str, &str)] = &[
    ("byte", "Base64"),
    ("date", "chrono::NaiveDate"),
    ("date-time", "chrono::DateTime<chrono::Utc>"),
    ("ip", "std::net::IpAddr"),
    ("ipv4", "std::net::Ipv4Addr"),
    ("ipv6", "std::net::Ipv6Addr"),
    ("uuid", "uuid::Uuid"),
];

/// Formats of strings that stay a `String` and are checked: the constants that do it.
const CHECKED: &[(&str, &str)] = &[
    ("duration", "DURATION"),
    ("email", "EMAIL"),
    ("hostname", "HOSTNAME"),
    ("iri", "IRI"),
    ("iri-reference", "IRI_REFERENCE"),
    ("json-pointer", "JSON_POINTER"),
    ("relative-json-pointer", "RELATIVE_JSON_POINTER"),
    ("time", "TIME"),
    ("uri", "URI"),
    ("uri-reference", "URI_REFERENCE"),
    ("uri-template", "URI_TEMPLATE"),
];

/// The constant that checks strings of a format, unless the configuration says what they are.
pub(super) fn check(format: &str, config: &TypesConfig) -> Option<&'static str> {
    match config.formats.get(format) {
        Some(FormatType::String | FormatType::Rust(_)) => return None,
        Some(FormatType::BuiltIn) | None => {}
    }
    let (_, constant) = CHECKED.iter().find(|(name, _)| *name == format)?;
    Some(constant)
}

/// The type of a string.
pub(super) fn text(format: Option<&str>, config: &TypesConfig) -> RustType {
    let Some(format) = format else {
        return RustType::String;
    };
    match config.formats.get(format) {
        Some(FormatType::String) => return RustType::String,
        Some(FormatType::Rust(custom)) => return RustType::Formatted(custom.path.clone()),
        Some(FormatType::BuiltIn) | None => {}
    }
    if format == "password" {
        return RustType::Secret;
    }
    BUILT_IN
        .iter()
        .find(|(name, _)| *name == format)
        .map_or(RustType::String, |(_, path)| {
            RustType::Formatted((*path).to_owned())
        })
}

/// The type of a number.
pub(super) fn number(format: NumberFormat, config: &TypesConfig) -> RustType {
    let said = match format {
        NumberFormat::Float => config.float,
        NumberFormat::Double => config.double,
        NumberFormat::Any => None,
    };
    RustType::Number(said.unwrap_or(config.number))
}
