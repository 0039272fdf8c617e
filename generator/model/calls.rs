//! What a document says of how operations are called.

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
    /// The URL with the defaults of its variables.
    #[must_use]
    pub fn expanded(&self) -> String {
        let variables = self.variables.iter();
        variables.fold(self.url.clone(), |url, variable| {
            url.replace(&format!("{{{}}}", variable.name), &variable.default)
        })
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
