//! Formats of strings that stay strings: those of JSON Schema, as the RFCs that it names define them.
//!
//! Each is decided in time linear in the text.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::support::rules::Predicate;

/// Writes a constant for each format, which tables name.
macro_rules! formats {
    ($($(#[$doc:meta])* $constant:ident $name:literal $holds:expr;)*) => {$(
        $(#[$doc])*
        pub const $constant: &Predicate = &Predicate {
            name: $name,
            holds: $holds,
        };
    )*};
}

formats! {
    /// `P3Y6M4DT12H30M5S`: RFC 3339, appendix A.
    DURATION "duration" is_duration;
    /// `a@example.com`: a mailbox of RFC 5321.
    EMAIL "email" is_email;
    /// `www.example.com`: RFC 1123.
    HOSTNAME "hostname" is_hostname;
    /// `https://example.com/straße`: RFC 3987.
    IRI "iri" |text| is_absolute(text) && is_reference(text, true);
    /// `straße#a`: RFC 3987.
    IRI_REFERENCE "iri-reference" |text| is_reference(text, true);
    /// `/a/0`: RFC 6901.
    JSON_POINTER "json-pointer" is_json_pointer;
    /// `1/a`: a JSON Pointer that starts from a value inside the document.
    RELATIVE_JSON_POINTER "relative-json-pointer" is_relative_json_pointer;
    /// `23:20:50.52Z`: RFC 3339, `full-time`.
    TIME "time" |text| time(text) == Some(true);
    /// `https://example.com/a?b#c`: RFC 3986.
    URI "uri" |text| is_absolute(text) && is_reference(text, false);
    /// `a?b#c`: RFC 3986.
    URI_REFERENCE "uri-reference" |text| is_reference(text, false);
    /// `/a/{b}{?c,d}`: RFC 6570.
    URI_TEMPLATE "uri-template" is_uri_template;
}

/// Takes a number of two digits that is no greater than `most`.
fn two_digits(rest: &mut &[u8], most: i32) -> Option<i32> {
    let [tens @ b'0'..=b'9', ones @ b'0'..=b'9', after @ ..] = *rest else {
        return None;
    };
    *rest = after;
    let number = i32::from(tens - b'0') * 10 + i32::from(ones - b'0');
    (number <= most).then_some(number)
}

fn byte(rest: &mut &[u8], byte: u8) -> Option<()> {
    *rest = rest.strip_prefix(&[byte])?;
    Some(())
}

/// Whether a time that is well formed is one that there can be.
fn time(text: &str) -> Option<bool> {
    let rest = &mut text.as_bytes();
    let hour = two_digits(rest, 23)?;
    byte(rest, b':')?;
    let minute = two_digits(rest, 59)?;
    byte(rest, b':')?;
    let second = two_digits(rest, 60)?;
    if byte(rest, b'.').is_some() {
        let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
        *rest = rest.get(digits..).filter(|_| digits > 0)?;
    }
    let mut offset = 0;
    if byte(rest, b'Z').or_else(|| byte(rest, b'z')).is_none() {
        let sign = match byte(rest, b'+') {
            Some(()) => -1,
            None => byte(rest, b'-').map(|()| 1)?,
        };
        let hours = two_digits(rest, 23)?;
        byte(rest, b':')?;
        offset = sign * (hours * 60 + two_digits(rest, 59)?);
    }
    // A leap second is the last one of a day in UTC.
    let in_utc = (hour * 60 + minute + offset).rem_euclid(24 * 60);
    Some(rest.is_empty() && (second < 60 || in_utc == 24 * 60 - 1))
}

fn is_duration(text: &str) -> bool {
    let Some(text) = text.strip_prefix('P') else {
        return false;
    };
    match text.split_once('T') {
        None => is_amounts(text, "W") || is_amounts(text, "YMD"),
        Some((date, time)) => {
            (date.is_empty() || is_amounts(date, "YMD")) && is_amounts(time, "HMS")
        }
    }
}

/// Whether a text is amounts in units that follow each other in this order, with none left out in between.
fn is_amounts(text: &str, order: &str) -> bool {
    let is_unit = |c: char| !c.is_ascii_digit();
    let units: String = text.chars().filter(|c| is_unit(*c)).collect();
    !units.is_empty()
        && order.contains(&units)
        && text
            .split_inclusive(is_unit)
            .all(|amount| amount.len() > 1 && amount.ends_with(is_unit))
}

fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let literal = domain
        .strip_prefix('[')
        .and_then(|domain| domain.strip_suffix(']'));
    let is_domain = match literal {
        None => is_hostname(domain),
        Some(literal) => match literal.split_once(':') {
            Some((tag, address)) => {
                tag.eq_ignore_ascii_case("IPv6") && address.parse::<Ipv6Addr>().is_ok()
            }
            None => literal.parse::<Ipv4Addr>().is_ok(),
        },
    };
    is_domain && local.len() <= 64 && (local.split('.').all(is_atom) || is_quoted(local))
}

fn is_atom(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
    !text.is_empty() && text.chars().all(is_part)
}

fn is_quoted(text: &str) -> bool {
    let inner = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    let Some(inner) = inner else { return false };
    let mut escaped = false;
    for c in inner.chars() {
        if !(' '..='~').contains(&c) || (c == '"' && !escaped) {
            return false;
        }
        escaped = c == '\\' && !escaped;
    }
    !escaped
}

fn is_hostname(text: &str) -> bool {
    text.len() <= 253 && text.split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    let has_extension = label.get(2..4) == Some("--");
    (1..=63).contains(&label.len())
        && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        && !label.starts_with('-')
        && !label.ends_with('-')
        && (!has_extension
            || label
                .get(..2)
                .is_some_and(|tag| tag.eq_ignore_ascii_case("xn")))
}

fn is_json_pointer(text: &str) -> bool {
    let mut escapes = text.split('~').skip(1);
    (text.is_empty() || text.starts_with('/')) && escapes.all(|after| after.starts_with(['0', '1']))
}

fn is_relative_json_pointer(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - rest.len();
    digits > 0 && (digits == 1 || !text.starts_with('0')) && (rest == "#" || is_json_pointer(rest))
}

/// Whether a text has percent-encoded bytes, and characters that are allowed.
fn is_encoded(text: &str, is_allowed: impl Fn(char) -> bool) -> bool {
    let is_code = |after: &str| {
        let code = after.get(..2);
        code.is_some_and(|code| code.chars().all(|c| c.is_ascii_hexdigit()))
    };
    text.chars().all(|c| c == '%' || is_allowed(c)) && text.split('%').skip(1).all(is_code)
}

/// Whether a URI starts with a scheme.
fn is_absolute(text: &str) -> bool {
    text.chars().find(|c| ":/?#".contains(*c)) == Some(':')
}

/// Whether a text is a URI, or a part of one that has a meaning where another URI is known.
fn is_reference(text: &str, international: bool) -> bool {
    let (text, fragment) = text.split_once('#').unwrap_or((text, ""));
    let (text, query) = text.split_once('?').unwrap_or((text, ""));
    let (scheme, text) = match text.split_once(':') {
        Some((scheme, text)) if !scheme.contains('/') => (Some(scheme), text),
        _ => (None, text),
    };
    let (authority, path) = match text.strip_prefix("//") {
        Some(text) => text.split_at(text.find('/').unwrap_or(text.len())),
        None => ("", text),
    };
    let is_segment = |c| is_plain(c, international) || ":@/".contains(c);
    let is_query = |c| is_segment(c) || c == '?';
    scheme.is_none_or(is_scheme)
        && is_authority(authority, international)
        && is_encoded(path, is_segment)
        && is_encoded(query, |c| is_query(c) || (international && is_private(c)))
        && is_encoded(fragment, is_query)
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

fn is_authority(text: &str, international: bool) -> bool {
    let (user, host) = text.split_once('@').unwrap_or(("", text));
    let is_user = |c| is_plain(c, international) || c == ':';
    let (is_host, port) = if let Some(host) = host.strip_prefix('[') {
        let (address, port) = host.split_once(']').unwrap_or((host, "]"));
        (is_address(address), port)
    } else {
        let (host, port) = host.split_at(host.find(':').unwrap_or(host.len()));
        (is_encoded(host, |c| is_plain(c, international)), port)
    };
    let is_port = |port: &str| port.chars().all(|c| c.is_ascii_digit());
    is_encoded(user, is_user)
        && is_host
        && (port.is_empty() || port.strip_prefix(':').is_some_and(is_port))
}

/// What stands in brackets: an IPv6 address, or one of a version to come.
fn is_address(text: &str) -> bool {
    let Some(future) = text.strip_prefix(['v', 'V']) else {
        return text.parse::<Ipv6Addr>().is_ok();
    };
    future.split_once('.').is_some_and(|(version, address)| {
        let is_version = !version.is_empty() && version.chars().all(|c| c.is_ascii_hexdigit());
        let is_part = |c| is_plain(c, false) || c == ':';
        is_version && !address.is_empty() && address.chars().all(is_part)
    })
}

/// The characters that stand for themselves in every part of a URI.
fn is_plain(c: char, international: bool) -> bool {
    c.is_ascii_alphanumeric()
        || "-._~!$&'()*+,;=".contains(c)
        || (international && is_international(c))
}

fn is_international(c: char) -> bool {
    match c {
        '\u{A0}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFEF}' => true,
        '\u{10000}'..='\u{DFFFD}' | '\u{E1000}'..='\u{EFFFD}' => u32::from(c) & 0xFFFF <= 0xFFFD,
        _ => false,
    }
}

fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}')
}

fn is_uri_template(text: &str) -> bool {
    let is_literal = |text| {
        is_encoded(text, |c| {
            !c.is_ascii_control() && !" \"<>\\^`{|}".contains(c)
        })
    };
    let mut rest = text;
    while let Some((literal, after)) = rest.split_once('{') {
        let Some((expression, after)) = after.split_once('}') else {
            return false;
        };
        if !is_literal(literal) || !is_expression(expression) {
            return false;
        }
        rest = after;
    }
    is_literal(rest)
}

/// An operator, if there is one, and variables.
fn is_expression(text: &str) -> bool {
    let operators = |c: char| "+#./;?&=,!@|".contains(c);
    let variables = text.strip_prefix(operators).unwrap_or(text);
    variables.split(',').all(is_variable)
}

fn is_variable(text: &str) -> bool {
    let name = match text.split_once(':') {
        Some((name, length)) => {
            let is_length = (1..=4).contains(&length.len())
                && !length.starts_with('0')
                && length.chars().all(|c| c.is_ascii_digit());
            if !is_length {
                return false;
            }
            name
        }
        None => text.strip_suffix('*').unwrap_or(text),
    };
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    name.split('.')
        .all(|part| !part.is_empty() && is_encoded(part, is_part))
}
