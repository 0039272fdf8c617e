//! Strings of a format as parameters.

use std::borrow::Cow;

use crate::support::{
    formatted::{Formatted, Textual},
    params::{Mismatch, Parameter},
};

impl<T: Textual> Parameter for Formatted<T> {
    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.as_str())
    }

    fn parse(text: &str, strict: bool) -> Result<Self, Mismatch> {
        if strict && T::parse(text).is_none() {
            return Err(Mismatch {
                rule: "format",
                message: format!("expected {}", T::EXPECTED),
            });
        }
        Ok(Self::from_text(text))
    }
}
