//! What follows a backslash.

use super::PatternError;
use super::translate::Cursor;

/// White space and line ends of ECMA-262 (sections 12.2 and 12.3), as the inside of brackets: Unicode's,
/// with the byte order mark and without the next-line control.
const SPACE: &str = r"\s\u{FEFF}--\u{85}";

/// What an escape stands for.
pub(super) enum Escape {
    /// One character.
    Char(char),
    /// A set, with its brackets or as `\p{…}`; inside brackets it can stand as it is.
    Set(String),
    /// A place in the text.
    Assertion(&'static str),
    /// What a group matched before.
    Reference(String),
    /// A code point that is no character: half of a surrogate pair.
    Nothing,
}

/// Reads the escape after a backslash, outside or inside brackets.
pub(super) fn escape(cursor: &mut Cursor, bracketed: bool) -> Result<Escape, PatternError> {
    let Some(letter) = cursor.next() else {
        return Err(PatternError("it ends in a backslash".to_owned()));
    };
    let set = |inside: &str, negated: bool| {
        let mark = if negated { "^" } else { "" };
        Escape::Set(format!("[{mark}{inside}]"))
    };
    Ok(match letter {
        'd' | 'D' => set("0-9", letter == 'D'),
        'w' | 'W' => set("0-9A-Za-z_", letter == 'W'),
        's' | 'S' => set(SPACE, letter == 'S'),
        'b' if bracketed => Escape::Char('\u{8}'),
        'b' => Escape::Assertion(r"(?-u:\b)"),
        'B' if !bracketed => Escape::Assertion(r"(?-u:\B)"),
        // Not in ECMA-262; written by those who think in other dialects, where it is the whole text.
        'A' if !bracketed => Escape::Assertion(r"\A"),
        'z' | 'Z' if !bracketed => Escape::Assertion(r"\z"),
        't' => Escape::Char('\t'),
        'n' => Escape::Char('\n'),
        'r' => Escape::Char('\r'),
        'v' => Escape::Char('\u{B}'),
        'f' => Escape::Char('\u{C}'),
        '0' => octal(cursor, 0),
        // ECMA-262, annex B.
        '1'..='7' if bracketed => octal(cursor, letter as u32 - '0' as u32),
        'c' => match cursor.peek().filter(char::is_ascii_alphabetic) {
            Some(control) => {
                cursor.skip(1);
                Escape::Char(char::from(control as u8 % 32))
            }
            None => Escape::Char('c'),
        },
        'x' => hex(cursor, 2).map_or(Escape::Char('x'), code_point),
        'u' => unicode(cursor),
        'p' | 'P' => property(cursor, letter)?,
        'k' if !bracketed && cursor.peek() == Some('<') => {
            let name: String = cursor.rest().take_while(|c| *c != '>').collect();
            cursor.skip(name.chars().count() + 1);
            Escape::Reference(format!(r"\k{name}>"))
        }
        '1'..='9' if !bracketed => {
            let more: String = cursor.rest().take_while(char::is_ascii_digit).collect();
            cursor.skip(more.len());
            // A group around it keeps digits that follow apart from it.
            Escape::Reference(format!(r"(?:\{letter}{more})"))
        }
        other => Escape::Char(other),
    })
}

/// The rest of a character's octal code, up to `\377` (ECMA-262, annex B).
fn octal(cursor: &mut Cursor, first: u32) -> Escape {
    let mut value = first;
    for _ in 0..2 {
        let digit = cursor.peek().and_then(|next| next.to_digit(8));
        let Some(more) = digit.map(|digit| value * 8 + digit).filter(|it| *it < 256) else {
            break;
        };
        value = more;
        cursor.skip(1);
    }
    code_point(value)
}

/// Sets that Java and POSIX know by name and Unicode does not, of the characters of ASCII.
const POSIX: &[(&str, &str)] = &[
    ("Alnum", "0-9A-Za-z"),
    ("Blank", r"\x20\t"),
    ("Graph", "!-~"),
    ("LD", r"\p{L}\p{Nd}"),
    ("Print", r"\x20-~"),
    ("XDigit", "0-9A-Fa-f"),
    ("all", r"\x{0}-\x{10FFFF}"),
];

fn code_point(value: u32) -> Escape {
    char::from_u32(value).map_or(Escape::Nothing, Escape::Char)
}

/// The value of exactly `count` hexadecimal digits, if they come next.
fn hex(cursor: &mut Cursor, count: usize) -> Option<u32> {
    let digits: String = cursor
        .rest()
        .take(count)
        .take_while(char::is_ascii_hexdigit)
        .collect();
    if digits.len() != count {
        return None;
    }
    cursor.skip(count);
    u32::from_str_radix(&digits, 16).ok()
}

/// `\u0041`, `\u{1F600}`, or a surrogate pair `\uD83D\uDE00`.
fn unicode(cursor: &mut Cursor) -> Escape {
    if cursor.peek() == Some('{') {
        let digits: String = cursor.rest().skip(1).take_while(|c| *c != '}').collect();
        if let Ok(value) = u32::from_str_radix(&digits, 16) {
            cursor.skip(digits.chars().count() + 2);
            return code_point(value);
        }
        return Escape::Char('u');
    }
    let Some(high) = hex(cursor, 4) else {
        return Escape::Char('u');
    };
    if (0xD800..0xDC00).contains(&high) && cursor.eat("\\u") {
        return match hex(cursor, 4) {
            Some(low) if (0xDC00..0xE000).contains(&low) => {
                code_point(0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00))
            }
            _ => Escape::Nothing,
        };
    }
    code_point(high)
}

/// `\p{…}`: the names of general categories and scripts are the same in both.
fn property(cursor: &mut Cursor, letter: char) -> Result<Escape, PatternError> {
    if cursor.peek() != Some('{') {
        return Ok(Escape::Char(letter));
    }
    let name: String = cursor.rest().skip(1).take_while(|c| *c != '}').collect();
    cursor.skip(name.chars().count() + 2);
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '=');
    if name.is_empty() || !name.chars().all(plain) {
        return Err(PatternError(format!(
            "`\\{letter}{{{name}}}` is no Unicode property"
        )));
    }
    if let Some((_, inside)) = POSIX.iter().find(|(known, _)| *known == name) {
        let mark = if letter == 'P' { "^" } else { "" };
        return Ok(Escape::Set(format!("[{mark}{inside}]")));
    }
    Ok(Escape::Set(format!("\\{letter}{{{name}}}")))
}
