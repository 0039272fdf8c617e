//! What `prettyplease` leaves on one line and spells as it is.
//!
//! Making tokens of a text, parsing those and laying the tree out takes ten times as long as writing the
//! text. So most of a crate is written as text; what the printer might break, or spell in another
//! way, still goes through it.

use std::fmt;

/// Lines as long as this are not broken by the printer.
pub(super) const WIDTH: usize = 89;

/// Whether a text, after a name and a colon or not, is a type of names, paths and their arguments, with space only
/// where the printer puts it.
pub(super) fn is_plain_type(text: &str) -> bool {
    let bytes = text.as_bytes();
    let at = |index: usize| bytes.get(index).copied();
    bytes.iter().enumerate().all(|(index, byte)| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'#' | b'<' | b'>' | b'(' | b')' => true,
        // `name: Type` or `path::Type`.
        b':' => {
            matches!(at(index + 1), Some(b':' | b' ')) || index > 0 && at(index - 1) == Some(b':')
        }
        b',' => at(index + 1) == Some(b' '),
        b' ' => text.get(..index).is_some_and(|before| {
            before.ends_with([',', ':'])
                || matches!(before.rsplit(' ').next(), Some("pub" | "impl"))
        }),
        _ => false,
    })
}

/// Whether a text is an expression of literals, paths, and calls of functions and methods.
pub(super) fn is_plain_value(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut index = 0;
    while let Some(byte) = bytes.get(index) {
        let next = bytes.get(index + 1);
        index += match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'#' | b'(' | b')' | b'.' | b'&' => 1,
            b':' if next == Some(&b':') => 2,
            b',' if next == Some(&b' ') => 2,
            b'-' if next.is_some_and(u8::is_ascii_digit) => 1,
            b'"' => match string(bytes.get(index..).unwrap_or_default()) {
                Some(length) => length,
                None => return false,
            },
            _ => return false,
        };
    }
    true
}

/// How long the string literal is that starts here.
pub(super) fn string(bytes: &[u8]) -> Option<usize> {
    let mut escaped = false;
    for (index, byte) in bytes.iter().enumerate().skip(1) {
        match byte {
            b'\n' => return None,
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Some(index + 1),
            _ => {}
        }
    }
    None
}

/// Documentation: a line each.
pub(super) fn docs(f: &mut impl fmt::Write, indent: usize, lines: &[String]) -> fmt::Result {
    for line in lines {
        write!(f, "{:indent$}///", "")?;
        let line = line.trim_end_matches(' ');
        if !line.is_empty() {
            f.write_char(' ')?;
            f.write_str(line)?;
        }
        f.write_char('\n')?;
    }
    Ok(())
}
