//! Fills the templates of `templates/crate`.
//!
//! A slot takes a value together with what kind of text it stands in, so that no text of a document
//! reaches a file without its escaping.

use std::fmt::Write as _;

/// A value as the file's syntax needs it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Slot<'a> {
    /// A TOML basic string, quotes included, of the text on one line.
    Toml(&'a str),
    /// Plain words in Markdown.
    Markdown(&'a str),
    /// Text made by the generator from safe pieces.
    Made(&'a str),
}

/// Replaces each `{{name}}` by its slot; `None` if there is no slot of that name.
pub(super) fn fill(template: &str, slots: &[(&str, Slot<'_>)]) -> Option<String> {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, after) = after.split_once("}}")?;
        let (_, slot) = slots.iter().find(|(known, _)| *known == name)?;
        text.push_str(before);
        match slot {
            Slot::Toml(value) => text.push_str(&toml_string(&one_line(value, usize::MAX))),
            Slot::Markdown(value) => text.push_str(&markdown(value)),
            Slot::Made(value) => text.push_str(value),
        }
        rest = after;
    }
    text.push_str(rest);
    Some(text)
}

/// A TOML basic string (TOML 1.0, section String): on one line whatever is in it.
pub(super) fn toml_string(value: &str) -> String {
    let mut text = String::with_capacity(value.len() + 2);
    text.push('"');
    for c in value.chars() {
        match c {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\t' => text.push_str("\\t"),
            '\r' => text.push_str("\\r"),
            c if is_unseen(c) => {
                // Writing to a `String` cannot fail.
                let _ = write!(text, "\\u{:04X}", u32::from(c));
            }
            c => text.push(c),
        }
    }
    text.push('"');
    text
}

/// Words for Markdown: on one line, and no character of them is markup (`CommonMark`, section 2.4).
pub(super) fn markdown(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for c in one_line(value, usize::MAX).chars() {
        let plain = match c {
            '.' | ',' | ';' | ':' | '\'' | '"' | '/' | '?' | '%' | '(' | ')' | '{' | '}' => true,
            // Markup at the start of a line alone.
            '-' | '+' | '=' => !text.is_empty(),
            _ => !c.is_ascii_punctuation(),
        };
        if !plain {
            text.push('\\');
        }
        text.push(c);
    }
    text
}

/// Text on one line, with an ellipsis where it is longer than `limit` characters.
///
/// Characters that are not seen go: cargo hands a description to the compiler as an environment
/// variable, which cannot hold a NUL.
pub(super) fn one_line(text: &str, limit: usize) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let word: String = word.chars().filter(|c| !is_unseen(*c)).collect();
        if !line.is_empty() && !word.is_empty() {
            line.push(' ');
        }
        line.push_str(&word);
    }
    match line.char_indices().nth(limit) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}

/// Control characters, and marks of direction and the like, which can make text read as what it is
/// not.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_filled_once() {
        let slots = [
            ("a", Slot::Toml("x {{b}} \"y\"")),
            ("b", Slot::Markdown("*z*")),
        ];
        assert_eq!(
            fill("1 {{a}} 2 {{b}} 3", &slots).unwrap(),
            "1 \"x {{b}} \\\"y\\\"\" 2 \\*z\\* 3"
        );
        assert_eq!(fill("{{c}}", &slots), None);
        assert_eq!(fill("{{a", &slots), None);
    }

    #[test]
    fn toml_strings_read_back() {
        for value in [
            "",
            "a\"b\\c\nd\te\r\u{0}\u{7f}\u{85}\u{202e}é😀",
            "\"\"\"",
            "${x} {{y}}",
        ] {
            let text = toml_string(value);
            assert!(!text.contains('\n'));
            let table: toml::Table = toml::from_str(&format!("a = {text}")).unwrap();
            assert_eq!(table["a"].as_str(), Some(value));
        }
    }

    #[test]
    fn markdown_is_words() {
        assert_eq!(
            markdown(" a\n# b <script>|`[x](y)`\u{202e} "),
            "a \\# b \\<script\\>\\|\\`\\[x\\](y)\\`"
        );
        assert_eq!(markdown("- /a-b/{c_d}"), "\\- /a-b/{c\\_d}");
        assert_eq!(
            markdown("Pets & Co. v1.0 (beta)"),
            "Pets \\& Co. v1.0 (beta)"
        );
    }

    #[test]
    fn long_titles_are_cut_at_a_character() {
        assert_eq!(one_line(" a\n b ", 9), "a b");
        assert_eq!(one_line("ééé", 2), "éé…");
    }

    #[test]
    fn what_is_not_seen_reaches_no_slot() {
        let unseen =
            "\0\u{1}\u{1b}\u{7f}\u{61c}\u{200e}\u{200f}\u{202a}\u{202e}\u{2066}\u{2069}\u{feff}";
        let text = format!("{unseen}a{unseen}b {unseen} c{unseen}");
        assert_eq!(one_line(&text, 9), "ab c");
        assert_eq!(markdown(&text), "ab c");
        assert_eq!(
            fill("{{t}}", &[("t", Slot::Toml(&text))]).unwrap(),
            "\"ab c\""
        );
        assert_eq!(one_line(unseen, 9), "");
    }
}
