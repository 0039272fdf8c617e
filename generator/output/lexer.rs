//! Cuts Rust text into words, comments, literals and the rest, without losing a byte.
//!
//! Support modules are text, and their comments and layout must survive where paths in them are
//! rewritten; a `TokenStream` keeps neither.

/// What a piece of Rust text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// An identifier or keyword.
    Word,
    /// A comment, documentation included.
    Comment,
    /// A string, byte string or character.
    Literal,
    /// White space.
    Space,
    /// One other character; `::` comes as one piece.
    Sign,
}

/// The pieces of `text` in order; put together they are `text`.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = (Kind, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (kind, length) = first(rest)?;
        let (piece, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        rest = after;
        Some((kind, piece))
    })
}

fn first(text: &str) -> Option<(Kind, usize)> {
    let bytes = text.as_bytes();
    // All of a crate passes through here, and nearly all of it is ASCII.
    let found = match bytes.first()? {
        b'/' if bytes.get(1) == Some(&b'/') => {
            (Kind::Comment, text.find('\n').unwrap_or(text.len()))
        }
        b'/' if bytes.get(1) == Some(&b'*') => (Kind::Comment, block_comment(text)),
        b'"' => (Kind::Literal, 1 + quoted(&text[1..])),
        b'\'' => character(text),
        b' ' | b'\n' => (
            Kind::Space,
            length(
                text,
                |byte| matches!(byte, b' ' | b'\n'),
                char::is_whitespace,
            ),
        ),
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' => word(text),
        b':' if bytes.get(1) == Some(&b':') => (Kind::Sign, 2),
        _ => rare(text)?,
    };
    Some(found)
}

/// What starts with a character that is rare in code.
fn rare(text: &str) -> Option<(Kind, usize)> {
    let start = text.chars().next()?;
    Some(if start.is_whitespace() {
        let end = text.find(|c: char| !c.is_whitespace());
        (Kind::Space, end.unwrap_or(text.len()))
    } else if is_word(start) {
        word(text)
    } else {
        (Kind::Sign, start.len_utf8())
    })
}

/// Length of what `of` holds for from the start; `plain` holds for some ASCII that `of` holds for.
fn length(text: &str, plain: impl Fn(u8) -> bool, of: impl Fn(char) -> bool) -> usize {
    let start = text.bytes().position(|byte| !plain(byte));
    let start = start.unwrap_or(text.len());
    let rest = &text[start..];
    start + rest.find(|c| !of(c)).unwrap_or(rest.len())
}

fn is_word(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

/// A word, or the literal that it is the prefix of: `b"…"`, `r#"…"#`.
fn word(text: &str) -> (Kind, usize) {
    let plain = |byte: u8| byte == b'_' || byte.is_ascii_alphanumeric();
    let length = length(text, plain, is_word);
    if length > 2 {
        return (Kind::Word, length);
    }
    let (prefix, after) = text.split_at(length);
    let hashes = after.len() - after.trim_start_matches('#').len();
    let opens = after[hashes..].starts_with('"');
    match prefix {
        "r" | "br" | "cr" if opens => {
            let body = length + hashes + 1;
            let end = format!("\"{}", "#".repeat(hashes));
            let close = text[body..]
                .find(&end)
                .map_or(text.len(), |at| body + at + end.len());
            (Kind::Literal, close)
        }
        "b" | "c" if opens && hashes == 0 => (Kind::Literal, length + 1 + quoted(&after[1..])),
        "b" if after.starts_with('\'') => (Kind::Literal, length + character(after).1),
        _ => (Kind::Word, length),
    }
}

/// Length of what follows an opening quote, the closing one included.
fn quoted(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// A character literal, or the `'` of a lifetime or label.
fn character(text: &str) -> (Kind, usize) {
    let mut inner = text.chars().skip(1);
    match (inner.next(), inner.next()) {
        (Some('\\'), Some(escaped)) => {
            let body = 2 + escaped.len_utf8();
            let close = text[body..]
                .find('\'')
                .map_or(text.len(), |at| body + at + 1);
            (Kind::Literal, close)
        }
        (Some(c), Some('\'')) => (Kind::Literal, 2 + c.len_utf8()),
        _ => (Kind::Sign, 1),
    }
}

fn block_comment(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(found) = text[at..].find(['/', '*']) {
        at += found;
        if text[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if text[at..].starts_with("*/") {
            depth = depth.saturating_sub(1);
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literals(text: &str) -> Vec<&str> {
        pieces(text)
            .filter(|(kind, _)| *kind == Kind::Literal)
            .map(|(_, piece)| piece)
            .collect()
    }

    fn words(text: &str) -> Vec<&str> {
        pieces(text)
            .filter(|(kind, _)| *kind == Kind::Word)
            .map(|(_, piece)| piece)
            .collect()
    }

    #[test]
    fn nothing_is_lost() {
        for text in [
            "",
            "é'",
            "'",
            "\"",
            "r#\"",
            "/*",
            "/* /* */",
            "//",
            "b'",
            "a::b",
            "'\\",
            "r",
            "r#type",
            "'a: loop {}",
            "\"\\",
            include_str!("lexer.rs"),
        ] {
            let whole: String = pieces(text).map(|(_, piece)| piece).collect();
            assert_eq!(whole, text);
        }
    }

    #[test]
    fn literals_hide_what_is_in_them() {
        assert_eq!(
            literals(
                r##"a("x\"crate::", 'c', '\'', '\u{41}', b'x', b"y", r#"q"crate"#, br"z", c"n", 'é')"##
            ),
            [
                r#""x\"crate::""#,
                "'c'",
                r"'\''",
                r"'\u{41}'",
                "b'x'",
                "b\"y\"",
                "r#\"q\"crate\"#",
                "br\"z\"",
                "c\"n\"",
                "'é'"
            ]
        );
        assert_eq!(
            words("fn f<'a>(x: &'a str) { r#type }"),
            ["fn", "f", "a", "x", "a", "str", "r", "type"]
        );
        assert_eq!(words("a /* b /* c */ d */ e // f\n g"), ["a", "e", "g"]);
    }
}
