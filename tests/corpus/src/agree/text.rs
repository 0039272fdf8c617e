//! Strings of a format, of a pattern, or of neither.

use regex_syntax::hir::{Class, Hir, HirKind};

use super::random::Random;

/// Values of the formats that are checked.
const FORMATS: &[(&str, &[&str])] = &[
    (
        "date-time",
        &["2024-02-29T12:30:45Z", "1999-12-31T23:59:59.123+02:00"],
    ),
    ("date", &["2024-02-29", "1970-01-01"]),
    ("time", &["12:30:45Z", "23:59:59.5+01:00"]),
    ("duration", &["P1DT2H", "PT0.5S", "P3W"]),
    ("uuid", &["2b1d0f0e-6d1c-4c0e-8a34-5f2f0c7b9a11"]),
    ("email", &["a@example.com", "first.last@example.org"]),
    ("uri", &["https://example.com/a?b=c", "urn:a:b"]),
    ("url", &["https://example.com"]),
    ("uri-reference", &["/a/b", "https://example.com"]),
    ("hostname", &["example.com"]),
    ("ipv4", &["127.0.0.1"]),
    ("ipv6", &["::1", "2001:db8::8a2e:370:7334"]),
    ("ip", &["127.0.0.1"]),
    ("byte", &["aGVsbG8=", ""]),
    ("regex", &["^a+$"]),
    ("json-pointer", &["/a/0"]),
];

const WORDS: &[&str] = &[
    "",
    "a",
    "zürich",
    "hello world",
    "0",
    "日本",
    "x-y_z",
    "A1",
    "𝄞 clef",
];

pub(super) fn of_format(random: &mut Random, format: &str) -> Option<String> {
    let (_, samples) = FORMATS.iter().find(|(name, _)| *name == format)?;
    random.pick(samples).map(|&sample| sample.to_owned())
}

/// A string that matches the pattern, as far as it is regular.
pub(super) fn of_pattern(random: &mut Random, pattern: &str) -> Option<String> {
    let hir = regex_syntax::parse(pattern).ok()?;
    let mut text = String::new();
    write(random, &hir, &mut text, 0);
    Some(text)
}

/// Any string, of some length between these.
pub(super) fn of_length(random: &mut Random, least: usize, most: Option<usize>) -> String {
    let word = random.pick(WORDS).copied().unwrap_or_default();
    let mut text: String = word.chars().take(most.unwrap_or(usize::MAX)).collect();
    // Beyond this a value is too long to be looked at.
    for _ in text.chars().count()..least.min(5_000) {
        text.push('q');
    }
    text
}

fn write(random: &mut Random, hir: &Hir, text: &mut String, depth: usize) {
    if depth > 40 || text.len() > 2_000 {
        return;
    }
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(Class::Unicode(class)) => {
            let ranges = class.ranges();
            // Readable characters where the class has any.
            let plain: Vec<_> = ranges
                .iter()
                .filter(|range| range.start().is_ascii_graphic())
                .collect();
            let range = match random.pick(&plain) {
                Some(range) => Some(**range),
                None => random.pick(ranges).copied(),
            };
            if let Some(range) = range {
                let width = u32::from(range.end())
                    .saturating_sub(u32::from(range.start()))
                    .min(40);
                let step = u32::try_from(random.below(width as usize + 1)).unwrap_or_default();
                let picked = char::from_u32(u32::from(range.start()) + step);
                text.push(picked.unwrap_or(range.start()));
            }
        }
        HirKind::Class(Class::Bytes(class)) => {
            if let Some(range) = random.pick(class.ranges()) {
                text.push(char::from(range.start()));
            }
        }
        HirKind::Repetition(repetition) => {
            let most = repetition
                .max
                .unwrap_or(repetition.min + 3)
                .min(repetition.min + 4);
            let more = random.below((most - repetition.min) as usize + 1);
            for _ in 0..repetition.min as usize + more {
                write(random, &repetition.sub, text, depth + 1);
            }
        }
        HirKind::Capture(capture) => write(random, &capture.sub, text, depth + 1),
        HirKind::Concat(parts) => {
            for part in parts {
                write(random, part, text, depth + 1);
            }
        }
        HirKind::Alternation(parts) => {
            if let Some(part) = random.pick(parts) {
                write(random, part, text, depth + 1);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        let mut random = Random::of(1, "");
        for _ in 0..50 {
            let text = of_pattern(&mut random, "^(ab|c[0-9]{2,3})-[a-z]+$").unwrap();
            let (head, tail) = text.split_once('-').unwrap();
            assert!(
                head == "ab" || (head.starts_with('c') && (3..=4).contains(&head.len())),
                "{text}"
            );
            assert!(
                !tail.is_empty() && tail.chars().all(|c| c.is_ascii_lowercase()),
                "{text}"
            );
        }
        assert_eq!(of_length(&mut random, 3, Some(3)).chars().count(), 3);
    }
}
