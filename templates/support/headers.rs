//! Typed response headers, and the table that describes them.

#[cfg(feature = "client")]
use http::HeaderMap;

#[cfg(feature = "client")]
use crate::support::codec::Decode;
#[cfg(feature = "client")]
use crate::support::parameter::Parameter;
#[cfg(feature = "client")]
use crate::support::read_text::{Source, lenient};

/// The documented headers of a response.
pub trait Headers: Sized {
    /// Writes the headers; what is at fault is kept by the writer.
    #[cfg(feature = "server")]
    fn write(&self, writer: &mut crate::support::write_response::HeaderWriter);

    /// Reads the headers; `None` if anything is at fault, which the reader then knows.
    #[cfg(feature = "client")]
    fn read(reader: &mut HeaderReader<'_>) -> Option<Self>;
}

/// Describes the headers of a response; a `?` marks what is optional (an `Option`), `as` what is not put into text
/// as `style: simple` does.
///
/// ```text
/// headers! {
///     PageHeaders {
///         "Link" => link?,
///         "X-Total" => total,
///         "X-Ranges" as (exploded) => ranges?,
///     }
/// }
/// ```
macro_rules! headers {
    (
        $headers:ident {
            $(
                $name:literal $(as ($($mode:ident),+))? => $field:ident $(? $($optional:lifetime)?)?
            ),* $(,)?
        }
    ) => {
        impl $crate::support::headers::Headers for $headers {
            #[cfg(feature = "server")]
            fn write(&self, writer: &mut $crate::support::write_response::HeaderWriter) {
                $($crate::support::headers::write_header!(
                    writer self.$field; [$name $(as ($($mode),+))?] $(? $($optional)?)?
                );)*
            }

            #[cfg(feature = "client")]
            fn read(reader: &mut $crate::support::headers::HeaderReader<'_>) -> Option<Self> {
                $(let $field = $crate::support::headers::read_header!(
                    reader [$name $(as ($($mode),+))?] $(? $($optional)?)?
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
    ($writer:ident $this:ident.$field:ident; [$($header:tt)*]) => {
        $writer.header(&$crate::support::parameter::parameter!(header $($header)*), &$this.$field)
    };
    ($writer:ident $this:ident.$field:ident; [$($header:tt)*] ?) => {
        if let Some(value) = &$this.$field {
            $writer.header(&$crate::support::parameter::parameter!(header $($header)*), value);
        }
    };
}

macro_rules! read_header {
    ($reader:ident [$($header:tt)*]) => {
        $reader.required(&$crate::support::parameter::parameter!(header $($header)*))
    };
    ($reader:ident [$($header:tt)*] ?) => {
        Some($reader.optional(&$crate::support::parameter::parameter!(header $($header)*)))
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
    pub fn required<T: Decode>(&mut self, header: &Parameter) -> Option<T> {
        let source = Source::header::<T>(header, self.headers).joining();
        let read = if source.is_absent() {
            Err("it is missing".to_owned())
        } else {
            lenient(&source).map_err(|fault| fault.to_string())
        };
        read.map_err(|reason| self.fault = Some(format!("header `{}`: {reason}", header.name)))
            .ok()
    }

    /// Reads a header that may be absent. One that does not parse counts as absent: the reply
    /// matters more, and the raw headers are kept with it.
    pub fn optional<T: Decode>(&mut self, header: &Parameter) -> Option<T> {
        let source = Source::header::<T>(header, self.headers).joining();
        if source.is_absent() {
            return None;
        }
        lenient(&source).ok()
    }
}
