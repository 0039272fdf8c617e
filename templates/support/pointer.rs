//! JSON pointers (RFC 6901), plain and in the URI-fragment form that decode errors carry.

use std::fmt::Display;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde::de;

/// What a key keeps in an error's pointer: RFC 3986's unreserved characters, `$` and `@`. Everything else,
/// above all `:`, is percent-encoded, so that the pointer ends at the first colon.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'$')
    .remove(b'@');

/// Appends `/` and one reference token, with `~` and `/` escaped (RFC 6901, section 3).
pub(crate) fn push(pointer: &mut String, token: &str) {
    pointer.push('/');
    for c in token.chars() {
        match c {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            c => pointer.push(c),
        }
    }
}

/// The error of a value as the object or array around it reports it: the place of the fault grows by `token`
/// in front. `serde_json` reads the line and column at the end of the text back into the error.
#[cold]
#[inline(never)]
pub(crate) fn locate<E: de::Error>(token: &dyn Display, error: &dyn Display) -> E {
    let mut pointer = String::new();
    push(&mut pointer, &token.to_string());
    let text = error.to_string();
    let separator = if text.starts_with("#/") { "" } else { ": " };
    let inner = if separator.is_empty() {
        &text[1..]
    } else {
        &text
    };
    let located = format!(
        "#/{}{separator}{inner}",
        utf8_percent_encode(&pointer[1..], KEPT)
    );
    E::custom(located)
}

/// Parts the text of a decode error into the pointer of the fault, plain, and the message.
pub(crate) fn split(text: &str) -> (String, &str) {
    if text.starts_with("#/")
        && let Some((pointer, message)) = text.split_once(": ")
    {
        (
            percent_decode_str(&pointer[1..])
                .decode_utf8_lossy()
                .into_owned(),
            message,
        )
    } else {
        (String::new(), text)
    }
}
