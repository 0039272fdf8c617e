//! References to resources: taken apart, joined and decoded (RFC 3986).

/// A reference without its fragment, and the fragment.
pub(crate) fn split(reference: &str) -> (&str, Option<&str>) {
    match reference.split_once('#') {
        Some((uri, fragment)) => (uri, Some(fragment)),
        None => (reference, None),
    }
}

/// The scheme in front, such as `https`. One letter is a drive of Windows, not a scheme.
pub(crate) fn scheme(uri: &str) -> Option<&str> {
    let (scheme, _) = uri.split_once(':')?;
    let rest = scheme.strip_prefix(|first: char| first.is_ascii_alphabetic())?;
    let inner = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    (!rest.is_empty() && rest.chars().all(inner)).then_some(scheme)
}

/// What `reference` means in a resource at `base` (section 5.2), without the fragment.
pub(crate) fn join(base: &str, reference: &str) -> String {
    let (reference, _) = split(reference);
    if scheme(reference).is_some() {
        return reference.to_owned();
    }
    let (base, _) = split(base);
    let (front, path) = front(base);
    if reference.starts_with("//") {
        let scheme = scheme(base).unwrap_or("https");
        return format!("{scheme}:{reference}");
    }
    if reference.is_empty() {
        return base.to_owned();
    }
    let (own, query) = match reference.split_once('?') {
        Some((own, query)) => (own, Some(query)),
        None => (reference, None),
    };
    let path = path.split('?').next().unwrap_or_default();
    let joined = if own.is_empty() {
        path.to_owned()
    } else if own.starts_with('/') {
        without_dots(own)
    } else {
        let folder = path.rfind('/').map_or("", |slash| &path[..=slash]);
        let folder = if folder.is_empty() && !front.is_empty() {
            "/"
        } else {
            folder
        };
        without_dots(&format!("{folder}{own}"))
    };
    match query {
        Some(query) => format!("{front}{joined}?{query}"),
        None => format!("{front}{joined}"),
    }
}

/// Scheme and authority, and the rest.
fn front(uri: &str) -> (&str, &str) {
    let after = scheme(uri).map_or(0, |scheme| scheme.len() + 1);
    let end = match uri[after..].strip_prefix("//") {
        Some(rest) => uri.len() - rest.len() + rest.find(['/', '?']).unwrap_or(rest.len()),
        None => after,
    };
    uri.split_at(end)
}

/// A path with `.` and `..` followed (section 5.2.4); what would lead above the root stays there.
pub(crate) fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.split('/').peekable();
    let rooted = path.starts_with('/');
    while let Some(segment) = segments.next() {
        let last = segments.peek().is_none();
        match segment {
            "." if last => kept.push(""),
            "." => {}
            ".." => {
                if kept.len() > usize::from(rooted) {
                    kept.pop();
                }
                if last {
                    kept.push("");
                }
            }
            other => kept.push(other),
        }
    }
    kept.join("/")
}

/// Percent-encoding undone; `None` where it is not well formed, or not UTF-8.
pub(crate) fn decoded(text: &str) -> Option<String> {
    if !text.contains('%') {
        return Some(text.to_owned());
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let hex = [rest.next()?, rest.next()?];
        // Not `from_str_radix` alone: it would take a sign.
        if !hex.iter().all(u8::is_ascii_hexdigit) {
            return None;
        }
        bytes.push(u8::from_str_radix(std::str::from_utf8(&hex).ok()?, 16).ok()?);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
#[path = "uri_tests.rs"]
mod tests;
