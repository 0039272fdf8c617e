//! Media types: what a body is, and whether it is wanted (RFC 9110 §8.3 and §12.5.1).

/// JSON (RFC 8259).
pub const JSON: &str = "application/json";

/// Text (RFC 2046 §4.1.3).
pub const TEXT: &str = "text/plain";

/// A form (WHATWG URL Standard, "application/x-www-form-urlencoded").
pub const FORM: &str = "application/x-www-form-urlencoded";

/// Bytes of which nothing is known (RFC 2046 §4.5.1).
pub const BYTES: &str = "application/octet-stream";

/// JSON texts on lines of their own (<https://jsonlines.org>).
pub const JSON_LINES: &str = "application/jsonl";

/// Server-sent events (WHATWG HTML, §9.2).
pub const EVENTS: &str = "text/event-stream";

/// Problem details (RFC 9457).
pub const PROBLEM_JSON: &str = "application/problem+json";

/// The media types that the document gives a body; some may be ranges such as `image/*`.
pub type Media = &'static [&'static str];

/// Returns `media`, or JSON where a table names none.
pub const fn or_json(media: Media) -> Media {
    if media.is_empty() { &[JSON] } else { media }
}

/// Returns `value` without its parameters: `application/json` of `application/json; charset=utf-8`.
pub fn essence(value: &str) -> &str {
    value
        .split_once(';')
        .map_or(value, |(essence, _)| essence)
        .trim()
}

/// Whether `value` is JSON: `application/json`, or any type with the suffix `+json` (RFC 6839 §3.1).
pub fn is_json(value: &str) -> bool {
    let essence = essence(value);
    essence.eq_ignore_ascii_case(JSON) || ends_with(essence, "+json")
}

/// Whether a body sent as `received` can be read where the document says `documented`.
///
/// Parameters and case do not count, `documented` may be a range such as `image/*`, and every
/// JSON type reads as JSON.
pub fn matches(received: &str, documented: &str) -> bool {
    in_range(essence(received), essence(documented)) || (is_json(received) && is_json(documented))
}

/// Whether a body sent as `received` can be read as one of `documented`.
pub fn matches_any(received: &str, documented: Media) -> bool {
    documented
        .iter()
        .any(|known| received == *known || matches(received, known))
}

/// Returns which of `documented` describes `received` best.
pub fn choose(received: &str, documented: Media) -> Option<&'static str> {
    let found = essence(received);
    let fit = |known: &str| {
        let name = essence(known);
        if received.eq_ignore_ascii_case(known) {
            Some(5)
        } else if found.eq_ignore_ascii_case(name) {
            Some(4)
        } else if name != "*/*" && in_range(found, name) {
            Some(3)
        } else if is_json(found) && is_json(name) {
            Some(2)
        } else {
            (name == "*/*").then_some(1)
        }
    };
    let mut best: Option<(u8, &'static str)> = None;
    for known in documented {
        if let Some(fit) = fit(known)
            && best.is_none_or(|(most, _)| fit > most)
        {
            best = Some((fit, known));
        }
    }
    best.map(|(_, known)| known)
}

/// Returns the first of `documented` that is no range, or else `otherwise`.
pub fn written(documented: Media, otherwise: &'static str) -> &'static str {
    let mut concrete = documented.iter().filter(|known| !known.contains('*'));
    concrete.next().copied().unwrap_or(otherwise)
}

/// Whether the `Accept` header `accept` allows a response of type `produced`, which may be a range.
///
/// The most specific range that covers `produced` decides; a weight of 0 refuses.
pub fn accepts(accept: &str, produced: &str) -> bool {
    let produced = essence(produced);
    let mut best: Option<(u8, bool)> = None;
    let mut empty = true;
    for range in accept
        .split(',')
        .map(str::trim)
        .filter(|range| !range.is_empty())
    {
        empty = false;
        let name = essence(range);
        if !in_range(produced, name) && !in_range(name, produced) {
            continue;
        }
        let specific = match name {
            "*/*" => 0,
            _ if name.ends_with("/*") => 1,
            _ => 2,
        };
        if best.is_none_or(|(known, _)| specific > known) {
            best = Some((specific, !refused(range)));
        }
    }
    empty || best.is_some_and(|(_, wanted)| wanted)
}

/// Whether the range carries the weight 0 (`q=0`, `q=0.000`).
fn refused(range: &str) -> bool {
    range.split(';').skip(1).any(|parameter| {
        parameter.split_once('=').is_some_and(|(name, weight)| {
            name.trim().eq_ignore_ascii_case("q")
                && weight
                    .trim()
                    .parse::<f32>()
                    .is_ok_and(|weight| weight <= 0.0)
        })
    })
}

fn in_range(essence: &str, range: &str) -> bool {
    if range == "*/*" || essence.eq_ignore_ascii_case(range) {
        return true;
    }
    if let Some(suffix) = range
        .strip_prefix("application/*")
        .filter(|it| it.starts_with('+'))
    {
        return ends_with(essence, suffix);
    }
    let Some(kind) = range.strip_suffix("/*") else {
        return false;
    };
    essence
        .split_once('/')
        .is_some_and(|(found, _)| found.eq_ignore_ascii_case(kind))
}

fn ends_with(text: &str, suffix: &str) -> bool {
    text.len()
        .checked_sub(suffix.len())
        .and_then(|start| text.get(start..))
        .is_some_and(|end| end.eq_ignore_ascii_case(suffix))
}
