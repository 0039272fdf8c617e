//! The URL below which operations are.

use http::Uri;

use crate::support::error::BuildError;

/// Checks a base URL and takes the slash off its end.
pub(crate) fn check(url: &str) -> Result<String, BuildError> {
    let wrong = |reason: &str| BuildError::new(format!("the base URL {reason}"));
    if url.contains('#') {
        return Err(wrong("has a fragment"));
    }
    let parsed: Uri = url
        .parse()
        .map_err(|error| wrong(&format!("is not a URL: {error}")))?;
    match (parsed.scheme_str(), parsed.authority()) {
        (Some("http" | "https"), Some(authority)) if !authority.as_str().contains('@') => {}
        (Some("http" | "https"), Some(_)) => return Err(wrong("holds a user")),
        _ => return Err(wrong("must begin with http:// or https://")),
    }
    if parsed.query().is_some() {
        return Err(wrong("has a query"));
    }
    Ok(url.trim_end_matches('/').to_owned())
}

/// Returns `url` as it stands in a document at `base` (RFC 3986 §5.2); as it is where that makes no sense.
pub(crate) fn joined(base: &str, url: &str) -> String {
    if url.starts_with("http://") || url.starts_with("https://") {
        return url.to_owned();
    }
    let joined = reqwest::Url::parse(base).and_then(|base| base.join(url));
    joined.map_or_else(|_| url.to_owned(), String::from)
}
