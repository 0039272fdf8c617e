//! Texts of a format: one of each, and whether another is surely one.
//!
//! What generated code takes is said by its support modules, to the letter of the standards. Here only plain forms pass:
//! an example of another form is left for one that is made up.

use std::net::{Ipv4Addr, Ipv6Addr};

/// A text of a format; another for each `turn`. `None` where every text is one, as far as is known.
pub(super) fn text(format: &str, turn: usize) -> Option<String> {
    let turned = |first: &str, other: String| if turn == 0 { first.to_owned() } else { other };
    let day = turn % 28 + 1;
    Some(match format {
        "date-time" => format!("2024-01-{day:02}T12:30:45Z"),
        "date" => format!("2024-01-{day:02}"),
        "time" => format!("12:30:{:02}Z", turn % 60),
        "duration" => format!("P{}D", turn + 1),
        "uuid" => format!("2b1d0f0e-6d1c-4c0e-8a34-{turn:012x}"),
        "email" | "idn-email" => turned("user@example.com", format!("user{turn}@example.com")),
        "uri" | "url" | "iri" => turned(
            "https://example.com/",
            format!("https://example.com/{turn}"),
        ),
        "uri-reference" | "iri-reference" | "uri-template" => {
            turned("/path", format!("/path/{turn}"))
        }
        "hostname" | "idn-hostname" => turned("example.com", format!("host{turn}.example.com")),
        "ip" | "ipv4" => format!("192.0.2.{}", turn % 255),
        "ipv6" => format!("2001:db8::{:x}", turn % 0xffff + 1),
        "byte" => turned("dGV4dA==", base64(turn)),
        "json-pointer" => turned("/a", format!("/a/{turn}")),
        "relative-json-pointer" => turned("0", format!("{turn}")),
        "regex" => turned("^a+$", format!("^a{{{turn}}}$")),
        _ => return None,
    })
}

/// Whether a text is surely one of a format; of those that are not known every text is.
pub(super) fn holds(format: &str, text: &str) -> bool {
    match format {
        "date-time" => text
            .split_once('T')
            .is_some_and(|(date, time)| is_date(date) && is_time(time)),
        "date" => is_date(text),
        "time" => is_time(text),
        "duration" => is_duration(text),
        "uuid" => is_uuid(text),
        "email" | "idn-email" => text.split_once('@').is_some_and(|(name, domain)| {
            let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-' || c == '+';
            let mut parts = name.split('.');
            parts.all(|part| !part.is_empty() && part.chars().all(is_plain)) && is_host(domain)
        }),
        "uri" | "iri" => text.split_once(':').is_some_and(|(scheme, rest)| {
            scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                && scheme.chars().all(|c| c.is_ascii_alphanumeric())
                && !rest.is_empty()
                && is_reference(rest)
        }),
        "uri-reference" | "iri-reference" => {
            is_reference(text) && !text.split('/').next().unwrap_or_default().contains(':')
                || text.starts_with("https://") && holds("uri", text)
        }
        "uri-template" => is_reference(text),
        "hostname" | "idn-hostname" => is_host(text),
        "ip" => text.parse::<Ipv4Addr>().is_ok() || text.parse::<Ipv6Addr>().is_ok(),
        "ipv4" => text.parse::<Ipv4Addr>().is_ok(),
        "ipv6" => text.parse::<Ipv6Addr>().is_ok(),
        "byte" => is_base64(text),
        "json-pointer" => text.is_empty() || text.starts_with('/') && !text.contains('~'),
        "relative-json-pointer" => text == "0" || text.starts_with("0/") && !text.contains('~'),
        _ => true,
    }
}

fn base64(turn: usize) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digit = |at: usize| char::from(DIGITS.get(at % 64).copied().unwrap_or(b'A'));
    ["dGV", &digit(turn).to_string()].concat()
}

/// Whether a text is numbers of so many digits, with these characters after them.
fn digits<'t>(mut text: &'t str, fields: &[(usize, &str, u32)]) -> Option<&'t str> {
    for (count, after, most) in fields {
        let field = text.get(..*count)?;
        if !field.bytes().all(|b| b.is_ascii_digit()) || field.parse::<u32>().ok()? > *most {
            return None;
        }
        text = text.get(*count..)?.strip_prefix(after)?;
    }
    Some(text)
}

fn is_date(text: &str) -> bool {
    let rest =
        digits(text, &[(4, "-", 9999), (2, "-", 12), (2, "", 28)]).is_some_and(str::is_empty);
    // Of the last days of a month, those that every year has.
    let is_late = matches!(
        text.get(4..),
        Some(
            "-01-29"
                | "-01-30"
                | "-01-31"
                | "-03-29"
                | "-03-30"
                | "-03-31"
                | "-04-29"
                | "-04-30"
                | "-05-29"
                | "-05-30"
                | "-05-31"
                | "-06-29"
                | "-06-30"
                | "-07-29"
                | "-07-30"
                | "-07-31"
                | "-08-29"
                | "-08-30"
                | "-08-31"
                | "-09-29"
                | "-09-30"
                | "-10-29"
                | "-10-30"
                | "-10-31"
                | "-11-29"
                | "-11-30"
                | "-12-29"
                | "-12-30"
                | "-12-31"
        )
    );
    (rest || (is_late && digits(text, &[(4, "-", 9999)]).is_some()))
        && !text.contains("-00")
        && !text.starts_with("0000")
}

fn is_time(text: &str) -> bool {
    let Some(mut rest) = digits(text, &[(2, ":", 23), (2, ":", 59), (2, "", 59)]) else {
        return false;
    };
    if let Some(fraction) = rest.strip_prefix('.') {
        let end = fraction.find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
        if end == 0 || end > 9 {
            return false;
        }
        rest = fraction.get(end..).unwrap_or_default();
    }
    let offset = rest.strip_prefix(['+', '-']);
    rest == "Z"
        || offset
            .is_some_and(|it| digits(it, &[(2, ":", 23), (2, "", 59)]).is_some_and(str::is_empty))
}

fn is_duration(text: &str) -> bool {
    let amount = text
        .strip_prefix('P')
        .map(|it| it.strip_prefix('T').unwrap_or(it));
    let (Some(amount), true) = (amount, text.len() > 2) else {
        return false;
    };
    let unit = if text.contains('T') {
        ['H', 'M', 'S']
    } else {
        ['D', 'W', 'Y']
    };
    amount
        .strip_suffix(unit)
        .is_some_and(|it| !it.is_empty() && it.bytes().all(|b| b.is_ascii_digit()))
}

fn is_uuid(text: &str) -> bool {
    let mut parts = text.split('-');
    let lengths = [8, 4, 4, 4, 12];
    lengths.iter().all(|length| {
        parts.next().is_some_and(|part| {
            part.len() == *length && part.bytes().all(|b| b.is_ascii_hexdigit())
        })
    }) && parts.next().is_none()
}

fn is_host(text: &str) -> bool {
    text.len() < 100
        && text.split('.').all(|label| {
            !label.is_empty()
                && label.len() < 64
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-')
        })
}

/// Whether every character is one that stands for itself, and none opens a bracket.
fn is_reference(text: &str) -> bool {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~:/?@!$&'()*+,;=".contains(&b);
    text.split('#').count() < 3 && text.bytes().all(|b| is_plain(b) || b == b'#') && {
        // A port is a number, and nothing else is looked at as one.
        let host = text
            .strip_prefix("//")
            .and_then(|rest| rest.split(['/', '?', '#']).next());
        host.is_none_or(|host| is_host(host.split_once(':').map_or(host, |(host, _)| host)))
            && host
                .and_then(|host| host.split_once(':'))
                .is_none_or(|(_, port)| {
                    !port.is_empty() && port.len() < 6 && port.bytes().all(|b| b.is_ascii_digit())
                })
    }
}

/// Whether a text is the digits of whole bytes, without such as would leave bits over.
fn is_base64(text: &str) -> bool {
    let is_digit = |b: u8| b.is_ascii_alphanumeric() || b == b'+' || b == b'/';
    (text.len().is_multiple_of(4) && text.bytes().all(is_digit)) || text == "dGV4dA=="
}
