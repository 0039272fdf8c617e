//! `[…]`: sets of characters.

use super::PatternError;
use super::escape::{Escape, escape};
use super::translate::Cursor;

/// One member of a set, or one end of a range.
enum Member {
    Char(char),
    Set(String),
    Nothing,
}

/// Translates a set, after its opening bracket.
pub(super) fn class(cursor: &mut Cursor, out: &mut String) -> Result<(), PatternError> {
    let negated = cursor.eat("^");
    let mut inside = String::new();
    while let Some(first) = member(cursor)? {
        let is_range = cursor.peek() == Some('-') && cursor.rest().nth(1).is_some_and(|c| c != ']');
        if !is_range {
            match &first {
                // At the end it can only stand for itself.
                Member::Char('-') if cursor.peek() == Some(']') && !inside.ends_with('-') => {
                    inside.push('-');
                }
                _ => push(&first, &mut inside),
            }
            continue;
        }
        cursor.skip(1);
        let Some(last) = member(cursor)? else { break };
        match (&first, &last) {
            (Member::Char(low), Member::Char(high)) => {
                if low > high {
                    return Err(PatternError(format!("the range `{low}-{high}` is empty")));
                }
                push(&first, &mut inside);
                inside.push('-');
                push(&last, &mut inside);
            }
            // Within the surrogates there is no character.
            (Member::Nothing, Member::Nothing) => {}
            // A range that starts or ends at a set is the set, a hyphen and the other end
            // (ECMA-262, annex B).
            _ => {
                push(&first, &mut inside);
                inside.push_str(r"\-");
                push(&last, &mut inside);
            }
        }
    }
    match (inside.as_str(), negated) {
        ("", false) => out.push_str("[a&&b]"),
        ("", true) => out.push_str("(?s:.)"),
        (_, negated) => {
            out.push('[');
            if negated {
                out.push('^');
            }
            out.push_str(&inside);
            out.push(']');
        }
    }
    Ok(())
}

/// The next member; none at the closing bracket.
fn member(cursor: &mut Cursor) -> Result<Option<Member>, PatternError> {
    Ok(Some(match cursor.next() {
        None => return Err(PatternError("a `[` is not closed".to_owned())),
        Some(']') => return Ok(None),
        Some('\\') => match escape(cursor, true)? {
            Escape::Char(c) => Member::Char(c),
            Escape::Set(set) => Member::Set(set),
            Escape::Assertion(_) | Escape::Reference(_) | Escape::Nothing => Member::Nothing,
        },
        Some(c) => Member::Char(c),
    }))
}

fn push(member: &Member, inside: &mut String) {
    match member {
        Member::Nothing => {}
        // A set within brackets needs none of its own, unless it is negated or a difference.
        Member::Set(set) => match set
            .strip_prefix('[')
            .filter(|rest| !rest.starts_with('^') && !rest.contains("--"))
        {
            Some(rest) => inside.push_str(rest.trim_end_matches(']')),
            None => inside.push_str(set),
        },
        Member::Char(c) => {
            if c.is_control() {
                inside.push_str(&format!("\\x{{{:X}}}", *c as u32));
                return;
            }
            // `&&`, `--` and `~~` are operators of sets in Rust's dialect.
            if matches!(c, '[' | ']' | '\\' | '^' | '-' | '&' | '~') {
                inside.push('\\');
            }
            inside.push(*c);
        }
    }
}
