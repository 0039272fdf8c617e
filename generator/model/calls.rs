//! What a document says of how operations are called.

use std::collections::HashMap;

/// Bytes that a URL has at most when its variables have their defaults; servers take some 8,000 (RFC 9110 §4.1).
const LONGEST: usize = 64 * 1024;

/// When a call is to be sent again (`x-speakeasy-retries`). What is not stated is `None`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Retries {
    /// How often a call is sent at most.
    pub attempts: Option<u32>,
    /// The first wait, in milliseconds.
    pub first_wait: Option<u64>,
    /// The longest wait, in milliseconds.
    pub longest_wait: Option<u64>,
    /// For how long there are retries, in milliseconds.
    pub within: Option<u64>,
    /// How many times longer each wait is than the one before.
    pub factor: Option<f64>,
    /// The statuses after which there is a retry: the first and the last of ranges.
    pub statuses: Option<Vec<(u16, u16)>>,
    /// Whether there is one where no response came.
    pub lost: Option<bool>,
}

/// A scheme that an operation asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// The scheme's name.
    pub scheme: String,
    /// The scopes or roles that it is asked for with.
    pub scopes: Vec<String>,
}

/// Where operations are sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// As written, perhaps relative, perhaps with `{variables}`.
    pub url: String,
    /// Markdown.
    pub description: Option<String>,
    /// What stands for its variables.
    pub variables: Vec<Variable>,
}

/// A variable of a server's URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// As written.
    pub name: String,
    /// Its value where a caller gives none.
    pub default: String,
    /// The values that are allowed; empty where all are.
    pub values: Vec<String>,
    /// Markdown.
    pub description: Option<String>,
}

impl Server {
    /// The URL with the defaults of its variables. What a default holds is no variable again, and a URL that
    /// would get longer than 64 KiB stays as written.
    #[must_use]
    pub fn expanded(&self) -> String {
        let defaults: HashMap<&str, &str> = self
            .variables
            .iter()
            .map(|variable| (variable.name.as_str(), variable.default.as_str()))
            .collect();
        let mut expanded = String::new();
        let mut rest = self.url.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            expanded.push_str(before);
            let variable = after.split_once('}');
            let default = variable.and_then(|(name, after)| Some((*defaults.get(name)?, after)));
            let (text, after) = default.unwrap_or(("{", after));
            expanded.push_str(text);
            rest = after;
            if expanded.len() > LONGEST {
                return self.url.clone();
            }
        }
        expanded + rest
    }
}

/// How one page of a list leads to the next. Places in a body are JSON pointers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pagination {
    /// By a cursor that the response holds.
    Cursor {
        /// Where the request takes it.
        to: PageInput,
        /// Where the response has it.
        from: String,
    },
    /// By a count of pages or of items.
    Count {
        /// Where the request takes it.
        to: PageInput,
        /// What it is on the first page.
        first: u64,
        /// Whether it counts pages, and not items.
        pages: bool,
        /// Where the response has its items.
        items: Option<String>,
        /// Where the response says how many pages, or items, there are.
        last: Option<String>,
        /// The query parameter that says how many items a page has.
        limit: Option<String>,
    },
    /// By a URL that the response holds.
    Url {
        /// Where.
        from: String,
    },
    /// By the response header `Link` with `rel="next"` (RFC 8288).
    Link,
}

/// Where a request takes what leads to a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageInput {
    /// A query parameter.
    Query(String),
    /// A property of the body.
    Body(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expanded(url: &str, variables: &[(&str, &str)]) -> String {
        let variables = variables.iter().map(|(name, default)| Variable {
            name: (*name).to_owned(),
            default: (*default).to_owned(),
            values: Vec::new(),
            description: None,
        });
        let server = Server {
            url: url.to_owned(),
            description: None,
            variables: variables.collect(),
        };
        server.expanded()
    }

    #[test]
    fn variables_have_their_defaults() {
        let variables = [("a", "1"), ("b", "{a}{b}"), ("", "x")];
        for (url, expected) in [
            ("https://{a}.test/{b}", "https://1.test/{a}{b}"),
            ("{a}{a}{c}{", "11{c}{"),
            ("{}{{a}}", "x{1}"),
            ("plain}", "plain}"),
        ] {
            assert_eq!(expanded(url, &variables), expected, "{url}");
        }
    }

    #[test]
    fn a_short_document_has_no_long_url() {
        let url = "{a}".repeat(1000);
        assert_eq!(expanded(&url, &[("a", &"x".repeat(1000))]), url);
    }
}
