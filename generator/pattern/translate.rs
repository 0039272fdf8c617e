//! The walk over an expression outside its brackets.

use super::class::class;
use super::escape::{Escape, escape};
use super::{Engine, PatternError};

/// Longer expressions are refused: no real one comes near.
const MAX_LENGTH: usize = 10_000;

/// The characters of an expression, and how far the walk has come.
pub(super) struct Cursor {
    chars: Vec<char>,
    at: usize,
}

impl Cursor {
    pub(super) fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let next = self.peek();
        self.at += usize::from(next.is_some());
        next
    }

    /// Steps over `text` if it comes next.
    pub(super) fn eat(&mut self, text: &str) -> bool {
        let length = text.chars().count();
        let found = self.rest().take(length).eq(text.chars());
        if found {
            self.at += length;
        }
        found
    }

    /// What is left.
    pub(super) fn rest(&self) -> impl Iterator<Item = char> + '_ {
        self.chars
            .get(self.at..)
            .unwrap_or_default()
            .iter()
            .copied()
    }

    pub(super) fn skip(&mut self, count: usize) {
        self.at = (self.at + count).min(self.chars.len());
    }
}

/// The expression as Rust's engines read it, and which of them can.
pub(super) fn translate(written: &str) -> Result<(String, Engine), PatternError> {
    if written.len() > MAX_LENGTH {
        return Err(PatternError(format!(
            "it is longer than {MAX_LENGTH} bytes"
        )));
    }
    let mut cursor = Cursor {
        chars: written.chars().collect(),
        at: 0,
    };
    let mut out = String::with_capacity(written.len());
    let mut engine = Engine::Linear;
    // Where the groups start that are open, and whether they only look around.
    let mut open: Vec<(usize, bool)> = Vec::new();
    while let Some(next) = cursor.next() {
        match next {
            '\\' => match escape(&mut cursor, false)? {
                Escape::Char(c) => literal(c, &mut out),
                Escape::Set(set) => out.push_str(&set),
                Escape::Assertion(text) => out.push_str(text),
                Escape::Reference(text) => {
                    engine = Engine::Backtracking;
                    out.push_str(&text);
                }
                Escape::Nothing => out.push_str("[a&&b]"),
            },
            '[' => class(&mut cursor, &mut out)?,
            '(' => {
                let start = out.len();
                let looks = group(&mut cursor, &mut out, &mut engine);
                open.push((start, looks));
            }
            ')' => {
                out.push(')');
                if let Some((start, true)) = open.pop() {
                    settle(&mut cursor, &mut out, start);
                }
            }
            // What ends a line in ECMA-262 (section 12.3).
            '.' => out.push_str(r"[^\n\r\u{2028}\u{2029}]"),
            '{' => match quantifier(&cursor) {
                Some(text) => {
                    cursor.skip(text.chars().count());
                    out.push('{');
                    let at_end = cursor.peek().is_none() && open.is_empty();
                    match least_of(&text).filter(|_| at_end) {
                        Some(least) => out.push_str(&format!("{least}}}")),
                        None => out.push_str(&text),
                    }
                }
                None => out.push_str(r"\{"),
            },
            '}' => out.push_str(r"\}"),
            ']' => out.push_str(r"\]"),
            other => out.push(other),
        }
    }
    Ok((out, engine))
}

/// How often the last repetition of an expression has to be there, where it may be there some thousand times: more need
/// not be looked at, since anything may follow.
fn least_of(text: &str) -> Option<&str> {
    let (least, most) = text.trim_end_matches('}').split_once(',')?;
    (most.len() > 3 && least.len() <= 3).then_some(least)
}

/// A group that only looks around holds once or not at all: repeating it changes nothing, and where it need not be there
/// it says nothing (ECMA-262, annex B, lets it be repeated).
fn settle(cursor: &mut Cursor, out: &mut String, start: usize) {
    let optional = match cursor.peek() {
        Some('?' | '*') => {
            cursor.skip(1);
            true
        }
        Some('+') => {
            cursor.skip(1);
            false
        }
        _ => return,
    };
    cursor.eat("?");
    if optional {
        out.truncate(start);
    }
}

/// What follows the parenthesis of a group that does more than capture; whether it only looks around.
fn group(cursor: &mut Cursor, out: &mut String, engine: &mut Engine) -> bool {
    out.push('(');
    for mark in ["?=", "?!", "?<=", "?<!", "?>"] {
        if cursor.eat(mark) {
            *engine = Engine::Backtracking;
            out.push_str(mark);
            return mark != "?>";
        }
    }
    false
}

/// The rest of `{2}`, `{2,}` or `{2,5}`; other braces stand for themselves (ECMA-262, annex B).
fn quantifier(cursor: &Cursor) -> Option<String> {
    let mut text = String::new();
    for c in cursor.rest().take(24) {
        text.push(c);
        if c == '}' {
            let (least, most) = text
                .trim_end_matches('}')
                .split_once(',')
                .unwrap_or((text.trim_end_matches('}'), ""));
            let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
            return (!least.is_empty() && digits(least) && digits(most)).then_some(text);
        }
    }
    None
}

/// A character that stands for itself.
pub(super) fn literal(c: char, out: &mut String) {
    if c.is_control() {
        out.push_str(&format!("\\x{{{:X}}}", c as u32));
        return;
    }
    if r"\.+*?()|[]{}^$#&-~".contains(c) {
        out.push('\\');
    }
    out.push(c);
}
