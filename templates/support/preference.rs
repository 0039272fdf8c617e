//! What a request prefers to be answered with: `Prefer: code=404, example=cat` (RFC 7240).

use http::{HeaderMap, StatusCode};

/// What a request prefers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preference {
    /// `code`: the status.
    pub code: Option<StatusCode>,
    /// `example`: the name of an example.
    pub example: Option<String>,
}

impl Preference {
    /// Reads the preferences. The first of a name counts, and others than these two are not looked at.
    pub fn of(headers: &HeaderMap) -> Self {
        let mut found = Self::default();
        for line in headers.get_all("prefer") {
            let Ok(line) = line.to_str() else { continue };
            for preference in unquoted(line, ',') {
                let preference = unquoted(preference, ';').next().unwrap_or_default();
                let Some((name, value)) = preference.split_once('=') else {
                    continue;
                };
                let value = value.trim();
                let bare = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
                let value = bare.map_or(value.to_owned(), |bare| bare.replace('\\', ""));
                let name = name.trim();
                if name.eq_ignore_ascii_case("code") && found.code.is_none() {
                    found.code = value.parse().ok();
                } else if name.eq_ignore_ascii_case("example") {
                    found.example.get_or_insert(value);
                }
            }
        }
        found
    }
}

/// Splits a line where `separator` stands outside of quotes.
fn unquoted(line: &str, separator: char) -> impl Iterator<Item = &str> {
    let (mut quoted, mut escaped) = (false, false);
    line.split(move |c| {
        match c {
            '\\' if quoted && !escaped => escaped = true,
            '"' if !escaped => quoted = !quoted,
            _ => escaped = false,
        }
        c == separator && !quoted
    })
}
