//! Text on its way into files that people read.

/// Whether a character is not seen, or changes how what is around it is seen: control characters,
/// and marks that set the direction of text (Unicode Standard Annex 9). rustc refuses the latter in
/// comments and literals, since code can be hidden behind them.
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
        )
}

/// A name for a code span of Markdown: without what is hidden, and without what would end the span.
pub(crate) fn code_span(name: &str) -> String {
    let shown: String = name
        .chars()
        .filter(|c| !is_hidden(*c) && !matches!(c, '`' | '\u{2028}' | '\u{2029}'))
        .collect();
    // An empty span would be two bare backticks.
    if shown.trim().is_empty() {
        " ".to_owned()
    } else {
        shown
    }
}

/// Digits before the point in groups of three, where there are many.
pub(crate) fn grouped(number: &str) -> String {
    let (sign, digits) = number
        .strip_prefix('-')
        .map_or(("", number), |digits| ("-", digits));
    let whole = digits
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(digits.len());
    if whole <= 5 {
        return number.to_owned();
    }
    let mut out = sign.to_owned();
    for (index, digit) in digits[..whole].char_indices() {
        if index > 0 && (whole - index) % 3 == 0 {
            out.push('_');
        }
        out.push(digit);
    }
    out + &digits[whole..]
}

#[cfg(test)]
mod tests {
    use super::code_span;

    #[test]
    fn a_code_span_holds_what_can_be_seen() {
        for (name, span) in [
            ("petId", "petId"),
            ("a`b\nc\u{0}", "abc"),
            ("\u{202e}evil\u{2066}", "evil"),
            ("\n", " "),
            ("", " "),
        ] {
            assert_eq!(code_span(name), span);
        }
    }
}
