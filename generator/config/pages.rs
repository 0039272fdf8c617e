//! How the pages of a list follow each other, where the document does not say.

use serde::Serialize;

use super::read::{Reader, Value};

/// How the pages of an operation's list follow each other. Places in a response are JSON pointers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum PaginationConfig {
    /// The response holds a cursor for the request's query.
    Cursor {
        /// The query parameter.
        parameter: String,
        /// Where the response has it.
        next: String,
    },
    /// The request's query counts pages or items.
    Count {
        /// The query parameter.
        parameter: String,
        /// Whether it counts pages, and not items.
        pages: bool,
        /// What it is on the first page.
        first: u64,
        /// Where the response has its items.
        items: Option<String>,
        /// Where the response says how many pages, or items, there are.
        last: Option<String>,
        /// The query parameter that says how many items a page has.
        limit: Option<String>,
    },
    /// The response holds the URL of the next page.
    Url {
        /// Where.
        next: String,
    },
    /// The response has a header `Link` (RFC 8288).
    Link,
}

impl<'t> Reader<'t> {
    pub(super) fn pagination(&mut self, value: &Value<'t>) -> Option<PaginationConfig> {
        let known = &["by", "parameter", "next", "items", "last", "limit", "first"];
        let kinds = [
            ("cursor", 0_u8),
            ("offset", 1),
            ("page", 2),
            ("url", 3),
            ("link", 4),
        ];
        let (mut by, mut parameter, mut next) = (None, None, None);
        let (mut items, mut last, mut limit, mut first) = (None, None, None, None);
        self.value_table(value, known, |reader, key, value| match key {
            "by" => by = reader.choice(value, &kinds),
            "parameter" => parameter = reader.owned_string(value),
            "next" => next = reader.place(value),
            "items" => items = reader.place(value),
            "last" => last = reader.place(value),
            "limit" => limit = reader.owned_string(value),
            _ => match value
                .get_ref()
                .as_integer()
                .map(|number| number.as_str().parse())
            {
                Some(Ok(number)) => first = Some(number),
                _ => reader.wrong_kind(value, "a whole number"),
            },
        });
        let start = value.span().start;
        let mut needs = |what: &str| {
            self.fault(start, format!("a `pagination` entry needs {what}"), None);
        };
        match by {
            None => needs("`by`: cursor, offset, page, url or link"),
            Some(0..=2) if parameter.is_none() => needs("`parameter`, the query parameter"),
            Some(0 | 3) if next.is_none() => needs("`next`, where the response has it"),
            Some(1) if items.is_none() => needs("`items`, where the response has them"),
            Some(2) if items.is_none() && last.is_none() => needs("`items` or `last`"),
            _ => {}
        }
        Some(match by? {
            0 => PaginationConfig::Cursor {
                parameter: parameter?,
                next: next?,
            },
            3 => PaginationConfig::Url { next: next? },
            4 => PaginationConfig::Link,
            kind => PaginationConfig::Count {
                parameter: parameter?,
                pages: kind == 2,
                first: first.unwrap_or(u64::from(kind == 2)),
                items,
                last,
                limit,
            },
        })
    }

    /// A JSON pointer.
    fn place(&mut self, value: &Value<'t>) -> Option<String> {
        let text = self.owned_string(value)?;
        self.pointer(value.span().start, &text);
        Some(text)
    }
}
