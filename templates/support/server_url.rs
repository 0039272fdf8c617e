//! URLs of servers with variables.

use std::borrow::Cow;

/// The URL of a server that the document names, with values for its variables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerUrl {
    template: Cow<'static, str>,
    variables: &'static [Variable],
    given: Vec<(&'static str, String)>,
}

/// A variable of a server's URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variable {
    /// Its name.
    pub name: &'static str,
    /// Its value unless another is given.
    pub default: &'static str,
}

impl ServerUrl {
    /// The URL with the defaults of its variables.
    pub(crate) fn new(template: &'static str, variables: &'static [Variable]) -> Self {
        Self {
            template: Cow::Borrowed(template),
            variables,
            given: Vec::new(),
        }
    }

    /// Gives a value to a variable.
    pub(crate) fn with(mut self, name: &'static str, value: String) -> Self {
        self.given.retain(|(given, _)| *given != name);
        self.given.push((name, value));
        self
    }

    /// Returns the URL.
    #[must_use]
    pub fn url(&self) -> String {
        // In one pass: what a value holds is no variable again.
        let mut url = String::new();
        let mut rest = &*self.template;
        while let Some((before, after)) = rest.split_once('{') {
            url.push_str(before);
            let variable = after.split_once('}');
            let value = variable.and_then(|(name, after)| Some((self.value(name)?, after)));
            let (text, after) = value.unwrap_or(("{", after));
            url.push_str(text);
            rest = after;
        }
        url.push_str(rest);
        url
    }

    /// The value of a variable.
    fn value(&self, name: &str) -> Option<&str> {
        let given = self.given.iter().find(|(given, _)| *given == name);
        let default = || self.variables.iter().find(|known| known.name == name);
        given
            .map(|(_, value)| value.as_str())
            .or_else(|| Some(default()?.default))
    }
}

impl From<&'static str> for ServerUrl {
    fn from(url: &'static str) -> Self {
        Self {
            template: Cow::Borrowed(url),
            variables: &[],
            given: Vec::new(),
        }
    }
}

impl From<String> for ServerUrl {
    fn from(url: String) -> Self {
        Self {
            template: Cow::Owned(url),
            variables: &[],
            given: Vec::new(),
        }
    }
}
