//! Words of a name, and the names that Rust makes of them.

use std::fmt::Write as _;

use heck::{ToSnakeCase, ToUpperCamelCase};

/// Names that heck would split, in the spelling of their owners. A configuration adds to them.
const WHOLE: &[&str] = &[
    "OAuth",
    "OpenID",
    "OpenAPI",
    "GraphQL",
    "GitHub",
    "GitLab",
    "PayPal",
    "LinkedIn",
    "YouTube",
    "WhatsApp",
    "JavaScript",
    "TypeScript",
    "PostgreSQL",
    "MySQL",
    "NoSQL",
    "DevOps",
    "SaaS",
    "IPv4",
    "IPv6",
    "iOS",
    "macOS",
    "eBay",
    "mTLS",
    "WiFi",
    "IDs",
    "URLs",
    "URIs",
    "APIs",
    "UUIDs",
    "PDFs",
    "VMs",
    "CPUs",
    "GPUs",
    "IPs",
    "SKUs",
];

/// Splits names into words, keeping acronyms whole.
#[derive(Debug, Clone)]
pub(in crate::plan) struct Words {
    whole: Vec<Whole>,
}

/// A word that is kept whole.
#[derive(Debug, Clone)]
struct Whole {
    text: String,
    /// As one plain word: `Oauth`.
    plain: String,
    /// Whether a type name keeps its spelling.
    brand: bool,
    letters: Letters,
}

impl Whole {
    fn new(text: String) -> Self {
        Self {
            plain: capitalised(&text),
            brand: is_brand(&text),
            letters: Letters::of(&text),
            text,
        }
    }
}

/// Which letters of ASCII a text has: what a word has and a text has not, the text does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Letters(u64);

impl Letters {
    fn of(text: &str) -> Self {
        Self(text.bytes().fold(0, |letters, byte| match byte {
            b'a'..=b'z' => letters | 1 << (byte - b'a'),
            b'A'..=b'Z' => letters | 1 << (32 + byte - b'A'),
            _ => letters,
        }))
    }

    fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

impl Words {
    /// The built-in list and `more`.
    pub(in crate::plan) fn new(more: &[String]) -> Self {
        let mut whole: Vec<String> = WHOLE
            .iter()
            .map(|word| (*word).to_owned())
            .chain(more.iter().cloned())
            .collect();
        // The longest first: `OAuth2` is not `OAuth` and a 2.
        whole.sort_by_key(|word| std::cmp::Reverse(word.len()));
        whole.dedup();
        whole.retain(|word| !word.is_empty());
        let whole = whole.into_iter().map(Whole::new).collect();
        Self { whole }
    }

    /// `generateLinkUserOAuthUrl` as `generate_link_user_oauth_url`.
    pub(in crate::plan) fn snake(&self, name: &str) -> String {
        let snake = self.protected(&spelled(name)).to_snake_case();
        started(snake, 'n')
    }

    /// `generate_chat_OAuth_url` as `GenerateChatOAuthUrl`.
    pub(in crate::plan) fn camel(&self, name: &str) -> String {
        let text = spelled(name);
        let mut camel = self.protected(&text).to_upper_camel_case();
        let letters = Letters::of(&text);
        let brands = self.whole.iter().filter(|word| word.brand);
        for word in brands.filter(|word| letters.has(word.letters)) {
            let mut from = 0;
            for _ in text.matches(word.text.as_str()) {
                let Some(at) = camel[from..].find(&word.plain).map(|at| at + from) else {
                    break;
                };
                camel.replace_range(at..at + word.plain.len(), &word.text);
                from = at + word.text.len();
            }
        }
        started(camel, 'N')
    }

    /// Every whole word as one plain word: `OAuthUrl` as `OauthUrl`.
    fn protected(&self, text: &str) -> String {
        let letters = Letters::of(text);
        let words = || self.whole.iter().filter(|word| letters.has(word.letters));
        if words().next().is_none() {
            return text.to_owned();
        }
        let mut rest = text;
        let mut out = String::with_capacity(text.len());
        let mut last = None;
        'next: while let Some(first) = rest.chars().next() {
            for Whole { text, plain, .. } in words() {
                let Some(after) = rest.strip_prefix(text.as_str()) else {
                    continue;
                };
                if !begins_word(last, first) || !ends_word(text, after) {
                    continue;
                }
                if last.is_some_and(|c: char| c.is_ascii_alphanumeric()) {
                    out.push('_');
                }
                out.push_str(plain);
                if after.starts_with(|c: char| c.is_ascii_uppercase()) {
                    out.push('_');
                }
                last = text.chars().last();
                rest = after;
                continue 'next;
            }
            out.push(first);
            last = Some(first);
            rest = &rest[first.len_utf8()..];
        }
        out
    }
}

/// A word begins after a separator, or where case changes.
fn begins_word(last: Option<char>, first: char) -> bool {
    last.is_none_or(|last| {
        !last.is_ascii_alphanumeric() || (!last.is_ascii_uppercase() && first.is_ascii_uppercase())
    })
}

/// A word ends before a separator, a digit or a capital; `OAuth` is not in `OAuthority`.
fn ends_word(word: &str, after: &str) -> bool {
    !word.is_empty() && !after.starts_with(|c: char| c.is_ascii_lowercase())
}

/// Whether a type name keeps the spelling: `OAuth` does, `IDs` and `iOS` become plain words.
fn is_brand(word: &str) -> bool {
    let stem = word.strip_suffix('s').unwrap_or(word);
    word.starts_with(|c: char| c.is_ascii_uppercase())
        && stem.contains(|c: char| c.is_ascii_lowercase())
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().map(|c| c.to_ascii_uppercase());
    first
        .into_iter()
        .chain(chars.map(|c| c.to_ascii_lowercase()))
        .collect()
}

/// What cannot stand in an identifier, as words: symbols that carry meaning by name, other
/// characters outside ASCII by code point, the rest as separators.
fn spelled(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let bare = !name.contains(|c: char| c.is_ascii_alphanumeric());
    let wordless = !name.contains(char::is_alphanumeric);
    for (index, c) in name.char_indices() {
        let leads_digit = index == 0 && name.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
        let word = match c {
            '+' if index == 0 => "plus",
            '-' if leads_digit => "minus",
            '-' if bare => "dash",
            '<' => "lt",
            '>' => "gt",
            '=' if bare || name.contains(['<', '>', '!']) => "eq",
            '!' => "not",
            '*' if bare => "star",
            '/' if bare => "slash",
            '.' if bare => "dot",
            '_' if bare => "underscore",
            ' ' if bare => "space",
            '%' if bare => "percent",
            '$' if bare => "dollar",
            '&' if bare => "and",
            '|' if bare => "or",
            '#' if bare => "hash",
            '@' if bare => "at",
            ':' if bare => "colon",
            '~' if bare => "tilde",
            '?' if bare => "question",
            '^' if bare => "caret",
            // An apostrophe does not part a word.
            '\'' | '\u{2019}' => continue,
            c if c.is_ascii_alphanumeric() => {
                out.push(c);
                continue;
            }
            c if c.is_ascii() => {
                out.push('_');
                continue;
            }
            c if is_punctuation(c) && !wordless => {
                out.push('_');
                continue;
            }
            c => {
                // Writing to a string cannot fail.
                let _ = write!(out, "_u{:x}_", u32::from(c));
                continue;
            }
        };
        out.push('_');
        out.push_str(word);
        out.push('_');
    }
    out
}

/// Whether a character outside ASCII parts words and says nothing itself: spaces, quotation marks, dashes, brackets.
fn is_punctuation(c: char) -> bool {
    c.is_whitespace()
        || matches!(c,
            '\u{a1}' | '\u{a7}' | '\u{ab}' | '\u{ad}' | '\u{b6}' | '\u{b7}' | '\u{bb}' | '\u{bf}'
            | '\u{200b}'..='\u{206f}'
            | '\u{2308}'..='\u{230b}' | '\u{2329}' | '\u{232a}'
            | '\u{2768}'..='\u{2775}' | '\u{27e6}'..='\u{27ef}' | '\u{2983}'..='\u{2998}'
            | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}' | '\u{30fb}'
            | '\u{feff}' | '\u{ff08}'..='\u{ff09}' | '\u{ff0c}'..='\u{ff0f}' | '\u{ff3b}'..='\u{ff3f}')
}

/// An identifier cannot be empty or start with a digit.
fn started(name: String, letter: char) -> String {
    match name.chars().next() {
        None => if letter.is_ascii_uppercase() {
            "Empty"
        } else {
            "empty"
        }
        .to_owned(),
        Some(first) if first.is_ascii_digit() => format!("{letter}{name}"),
        Some(_) => name,
    }
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn acronyms_stay_whole() {
        let words = Words::new(&["NovuId".to_owned()]);
        for (name, snake, camel) in [
            (
                "generateLinkUserOAuthUrl",
                "generate_link_user_oauth_url",
                "GenerateLinkUserOAuthUrl",
            ),
            (
                "GenerateChatOAuthUrlResponseDto",
                "generate_chat_oauth_url_response_dto",
                "GenerateChatOAuthUrlResponseDto",
            ),
            (
                "GenerateLinkUserOauthUrlRequestDto",
                "generate_link_user_oauth_url_request_dto",
                "GenerateLinkUserOauthUrlRequestDto",
            ),
            ("OAuth2Token", "oauth2_token", "OAuth2Token"),
            ("oauth_app", "oauth_app", "OauthApp"),
            ("userIDs", "user_ids", "UserIds"),
            ("URLs", "urls", "Urls"),
            (
                "listIPv4Addresses",
                "list_ipv4_addresses",
                "ListIPv4Addresses",
            ),
            ("getNovuIdNow", "get_novuid_now", "GetNovuIdNow"),
            ("OAuthority", "o_authority", "OAuthority"),
            ("HTTPError", "http_error", "HttpError"),
            ("statusCode", "status_code", "StatusCode"),
            ("idempotency-key", "idempotency_key", "IdempotencyKey"),
            ("get /v1/pets/{id}", "get_v1_pets_id", "GetV1PetsId"),
        ] {
            assert_eq!(words.snake(name), snake, "{name}");
            assert_eq!(words.camel(name), camel, "{name}");
        }
    }

    #[test]
    fn every_name_becomes_an_identifier() {
        let words = Words::new(&[]);
        for (name, snake, camel) in [
            ("", "empty", "Empty"),
            ("+1", "plus_1", "Plus1"),
            ("-1", "minus_1", "Minus1"),
            ("1st", "n1st", "N1st"),
            ("start_time<", "start_time_lt", "StartTimeLt"),
            ("start_time>", "start_time_gt", "StartTimeGt"),
            ("*", "star", "Star"),
            ("名", "u540d", "U540d"),
            ("it's", "its", "Its"),
            ("Page«Foo»", "page_foo", "PageFoo"),
            ("user’s “key” – new", "users_key_new", "UsersKeyNew"),
            ("名«数»", "u540d_u6570", "U540dU6570"),
            ("«»", "uab_ubb", "UabUbb"),
            ("a.b/c d", "a_b_c_d", "ABCD"),
        ] {
            assert_eq!(words.snake(name), snake, "{name}");
            assert_eq!(words.camel(name), camel, "{name}");
        }
    }
}
