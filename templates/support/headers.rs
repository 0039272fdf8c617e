//! Typed response headers, and the table that describes them.

#[cfg(feature = "client")]
use http::HeaderMap;

#[cfg(feature = "client")]
use crate::support::params::Parameter;

/// The documented headers of a response.
pub trait Headers: Sized {
    /// Writes the headers; what is at fault is kept by the writer.
    #[cfg(feature = "server")]
    fn write(&self, writer: &mut crate::support::write_response::HeaderWriter);

    /// Reads the headers; `None` if anything is at fault, which the reader then knows.
    #[cfg(feature = "client")]
    fn read(reader: &mut HeaderReader<'_>) -> Option<Self>;
}

/// Describes the headers of a response; a `?` marks what is optional (an `Option`).
///
/// ```text
/// headers! {
///     PageHeaders {
///         "Link" => link?,
///         "X-Total" => total,
///     }
/// }
/// ```
macro_rules! headers {
    (
        $headers:ident {
            $($name:literal => $field:ident $(? $($optional:lifetime)?)?),* $(,)?
        }
    ) => {
        impl $crate::support::headers::Headers for $headers {
            #[cfg(feature = "server")]
            fn write(&self, writer: &mut $crate::support::write_response::HeaderWriter) {
                $($crate::support::headers::write_header!(
                    writer self.$field; $name $(? $($optional)?)?
                );)*
            }

            #[cfg(feature = "client")]
            fn read(reader: &mut $crate::support::headers::HeaderReader<'_>) -> Option<Self> {
                $(let $field = $crate::support::headers::read_header!(
                    reader $name $(? $($optional)?)?
                );)*
                match ($($field,)*) {
                    ($(Some($field),)*) => Some(Self { $($field),* }),
                    _ => None,
                }
            }
        }
    };
}

macro_rules! write_header {
    ($writer:ident $this:ident.$field:ident; $name:literal) => {
        $writer.header($name, &$this.$field)
    };
    ($writer:ident $this:ident.$field:ident; $name:literal ?) => {
        if let Some(value) = &$this.$field {
            $writer.header($name, value);
        }
    };
}

macro_rules! read_header {
    ($reader:ident $name:literal) => {
        $reader.required($name)
    };
    ($reader:ident $name:literal ?) => {
        Some($reader.optional($name))
    };
}

pub(crate) use {headers, read_header, write_header};

/// Reads typed headers from a response.
#[cfg(feature = "client")]
#[derive(Debug)]
pub struct HeaderReader<'a> {
    headers: &'a HeaderMap,
    fault: Option<String>,
}

#[cfg(feature = "client")]
impl<'a> HeaderReader<'a> {
    /// Reads from `headers`.
    pub fn new(headers: &'a HeaderMap) -> Self {
        Self {
            headers,
            fault: None,
        }
    }

    /// Returns what is at fault.
    pub fn into_fault(self) -> Option<String> {
        self.fault
    }

    /// Reads a header that must be there.
    pub fn required<T: Parameter>(&mut self, name: &str) -> Option<T> {
        let parsed = match self.text(name) {
            Some(text) => T::parse(&text, false).map_err(|mismatch| mismatch.message),
            None => Err("it is missing or not text".to_owned()),
        };
        parsed
            .map_err(|reason| self.fault = Some(format!("header `{name}`: {reason}")))
            .ok()
    }

    /// Reads a header that may be absent. One that does not parse counts as absent: the reply
    /// matters more, and the raw headers are kept with it.
    pub fn optional<T: Parameter>(&mut self, name: &str) -> Option<T> {
        T::parse(&self.text(name)?, false).ok()
    }

    /// Returns the text of a header; one that is sent several times is a list (RFC 9110 §5.3).
    fn text(&self, name: &str) -> Option<String> {
        let mut text: Option<String> = None;
        for value in self.headers.get_all(name) {
            let value = std::str::from_utf8(value.as_bytes()).ok()?;
            match &mut text {
                Some(text) => {
                    text.push_str(", ");
                    text.push_str(value);
                }
                None => text = Some(value.to_owned()),
            }
        }
        text
    }
}
