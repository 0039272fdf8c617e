//! URLs of servers with variables.

use std::borrow::Cow;

use crate::support::error::BuildError;

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
    /// The values that it can have; empty where any will do.
    pub values: &'static [&'static str],
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
    ///
    /// # Errors
    ///
    /// If a variable has a value that the document does not allow.
    pub fn url(&self) -> Result<String, BuildError> {
        let mut url = self.template.clone().into_owned();
        for variable in self.variables {
            let given = self.given.iter().find(|(name, _)| *name == variable.name);
            let value = given.map_or(variable.default, |(_, value)| value.as_str());
            if given.is_some() && !variable.values.is_empty() && !variable.values.contains(&value) {
                return Err(BuildError::new(format!(
                    "the server variable `{}` is `{value}`, and not one of {}",
                    variable.name,
                    variable.values.join(", ")
                )));
            }
            url = url.replace(&format!("{{{}}}", variable.name), value);
        }
        Ok(url)
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
