//! Secrets as parameters.

use std::borrow::Cow;

use crate::support::{
    params::{Mismatch, Parameter},
    secret::SecretString,
};

impl Parameter for SecretString {
    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.expose())
    }

    fn parse(text: &str, _strict: bool) -> Result<Self, Mismatch> {
        Ok(text.into())
    }
}
