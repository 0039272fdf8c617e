//! Properties that have a default.

use std::ops::{Deref, DerefMut};

use serde::Serializer;

use crate::support::{
    codec::Encode,
    report::Report,
    rules::{Check, Rules},
};

/// An optional property for which the document gives a default.
///
/// It reads as its value: what was given, else the default. Only what was given is written.
///
/// ```ignore
/// let page: Page = from_slice(b"{}")?;
/// assert_eq!(*page.limit, 10);                // the default
/// assert!(page.limit.is_absent());            // and not written again
/// let page = Page { limit: 20.into(), ..Page::default() };
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Defaulted<T> {
    value: T,
    given: bool,
}

impl<T> Defaulted<T> {
    /// A property that is not there, and the default that stands for it.
    #[must_use]
    pub const fn absent(default: T) -> Self {
        Self {
            value: default,
            given: false,
        }
    }

    /// What was read, else the default.
    #[inline]
    #[must_use]
    pub(crate) fn read(value: Option<T>, default: impl FnOnce() -> T) -> Self {
        match value {
            Some(value) => value.into(),
            None => Self::absent(default()),
        }
    }

    /// Whether the property is not there, so that its value is the default.
    #[must_use]
    pub const fn is_absent(&self) -> bool {
        !self.given
    }

    /// The value if it was given, and not the default.
    #[must_use]
    pub const fn as_option(&self) -> Option<&T> {
        if self.given { Some(&self.value) } else { None }
    }

    /// The value, be it given or the default.
    #[must_use]
    pub fn into_value(self) -> T {
        self.value
    }
}

impl<T> From<T> for Defaulted<T> {
    /// A property that is given.
    fn from(value: T) -> Self {
        Self { value, given: true }
    }
}

impl<T> Deref for Defaulted<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Defaulted<T> {
    /// The value to be changed, which makes it one that is given.
    fn deref_mut(&mut self) -> &mut T {
        self.given = true;
        &mut self.value
    }
}

impl<T: Encode> Encode for Defaulted<T> {
    #[inline]
    fn encode<S: Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
        self.value.encode(target)
    }

    #[inline]
    fn is_absent(&self) -> bool {
        !self.given
    }
}

impl<T: Check> Check for Defaulted<T> {
    fn check(&self, rules: &Rules, report: &Report) {
        if self.given {
            self.value.check(rules, report);
        }
    }
}
