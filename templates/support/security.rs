//! Security schemes as data: where a credential travels, and what an operation asks for.

use std::borrow::Cow;

/// A security scheme of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Scheme {
    /// The name under `components/securitySchemes`.
    pub name: &'static str,
    /// Where the credential travels.
    pub place: Place,
    /// The text before the credential, such as `Bearer `; compared as it is written.
    pub prefix: &'static str,
}

/// Where a credential travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A header, by name.
    Header(&'static str),
    /// A query parameter, by name.
    Query(&'static str),
    /// A cookie, by name.
    Cookie(&'static str),
}

impl Scheme {
    /// An API key in the header `header`.
    #[must_use]
    pub const fn header(name: &'static str, header: &'static str) -> Self {
        Self {
            name,
            place: Place::Header(header),
            prefix: "",
        }
    }

    /// An API key in the query parameter `parameter`.
    #[must_use]
    pub const fn query(name: &'static str, parameter: &'static str) -> Self {
        Self {
            name,
            place: Place::Query(parameter),
            prefix: "",
        }
    }

    /// An API key in the cookie `cookie`.
    #[must_use]
    pub const fn cookie(name: &'static str, cookie: &'static str) -> Self {
        Self {
            name,
            place: Place::Cookie(cookie),
            prefix: "",
        }
    }

    /// A bearer token (RFC 6750 §2.1), which is also how `OAuth` 2 and `OpenID` Connect tokens travel.
    #[must_use]
    pub const fn bearer(name: &'static str) -> Self {
        Self {
            name,
            place: Place::Header("authorization"),
            prefix: "Bearer ",
        }
    }

    /// HTTP's scheme `Basic` (RFC 7617).
    #[must_use]
    pub const fn basic(name: &'static str) -> Self {
        Self {
            name,
            place: Place::Header("authorization"),
            prefix: "Basic ",
        }
    }

    /// Puts `prefix` before the credential.
    #[must_use]
    pub const fn with_prefix(mut self, prefix: &'static str) -> Self {
        self.prefix = prefix;
        self
    }

    /// Asks for this scheme with the scopes or roles `scopes`.
    #[must_use]
    pub const fn with_scopes(self, scopes: &'static [&'static str]) -> Requirement {
        Requirement {
            scheme: self,
            scopes,
        }
    }

    /// Takes the prefix off `value`; its case counts for an API key but not for HTTP's own schemes (RFC 9110 §11.1).
    #[must_use]
    pub fn strip_prefix<'v>(&self, value: &'v str) -> Option<&'v str> {
        if matches!(self.prefix, "Bearer " | "Basic ") {
            let (scheme, token) = value.split_once(' ')?;
            return scheme
                .eq_ignore_ascii_case(self.prefix.trim_end())
                .then(|| token.trim_start());
        }
        value.strip_prefix(self.prefix)
    }

    /// Whether its credentials are bearer tokens.
    #[must_use]
    pub fn is_bearer(&self) -> bool {
        self.prefix == "Bearer "
    }

    /// Returns the challenge of this scheme for `WWW-Authenticate` (RFC 9110 §11.6.1).
    #[must_use]
    pub fn challenge(&self) -> Cow<'static, str> {
        match self.place {
            Place::Header(_) if self.prefix == "Basic " => {
                Cow::Borrowed(r#"Basic realm="api", charset="UTF-8""#)
            }
            Place::Header(_) if !self.prefix.trim().is_empty() => Cow::Borrowed(self.prefix.trim()),
            Place::Header(name) => Cow::Owned(format!("ApiKey in=\"header\", name=\"{name}\"")),
            Place::Query(name) => Cow::Owned(format!("ApiKey in=\"query\", name=\"{name}\"")),
            Place::Cookie(name) => Cow::Owned(format!("ApiKey in=\"cookie\", name=\"{name}\"")),
        }
    }
}

/// A scheme that an operation asks for, with the scopes it asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Requirement {
    /// The scheme.
    pub scheme: Scheme,
    /// Scopes (`OAuth` 2, `OpenID` Connect) or roles.
    pub scopes: &'static [&'static str],
}
