//! The responses of an operation, a variant for each, and the table that describes them.

use crate::support::operation::ResponseInfo;

/// The documented responses of an operation.
pub trait Responses: Sized {
    /// What the document says of each.
    const INFO: &'static [ResponseInfo];

    /// Writes the response; what is at fault is kept by the writer.
    #[cfg(feature = "server")]
    fn write(&self, writer: &mut crate::support::write_response::ResponseWriter);

    /// Reads the response; `None` if anything is at fault, which the reader then knows.
    #[cfg(feature = "client")]
    fn read(reader: &mut crate::support::read_response::ResponseReader<'_>) -> Option<Self>;
}

/// Describes the responses of an operation, exact statuses first, then ranges, then `default`, which is every status.
///
/// ```text
/// responses! {
///     FindPetsResponse {
///         200 => Ok { headers, body: json },
///         204 => NoContent {},
///         302 => Found { headers },
///         400..=499 => ClientError { status, body: json "application/problem+json" },
///         0..=999 => Default { status, body: choice FindPetsBody },
///     }
/// }
/// ```
macro_rules! responses {
    // No response is documented: there is no value of the type, and every status is undocumented.
    ($response:ident {}) => {
        impl Responses for $response {
            const INFO: &'static [ResponseInfo] = &[];

            #[cfg(feature = "server")]
            fn write(&self, _: &mut ResponseWriter) {
                match *self {}
            }

            #[cfg(feature = "client")]
            fn read(reader: &mut ResponseReader<'_>) -> Option<Self> {
                reader.undocumented()
            }
        }
    };
    (
        $response:ident {
            $($first:literal $(..= $last:literal)? => $variant:ident {
                $(status $($status:lifetime)? $(,)?)?
                $(headers $($headers:lifetime)? $(,)?)?
                $(body $($body:lifetime)? : $kind:ident $($choice:ident)? $($media:literal)*)?
            }),* $(,)?
        }
    ) => {
        impl Responses for $response {
            const INFO: &'static [ResponseInfo] = &[
                $(ResponseInfo::at($first)$(.to($last))?$(.$kind$(::<$choice>)?(&[$($media),*]))?),*
            ];

            #[cfg(feature = "server")]
            fn write(&self, writer: &mut ResponseWriter) {
                match self {
                    $(Self::$variant {
                        $(status $($status)?,)? $(headers $($headers)?,)? $(body $($body)?)?
                    } => {
                        writer.status($first);
                        $(writer.status_within(*status, ($first, $last), Self::INFO);)?
                        $(writer.headers(headers $($headers)?);)?
                        $(writer.$kind(&[$($media),*], body);)?
                    })*
                }
            }

            #[cfg(feature = "client")]
            #[allow(irrefutable_let_patterns, reason = "a response may have neither headers nor a body")]
            fn read(reader: &mut ResponseReader<'_>) -> Option<Self> {
                match reader.status().as_u16() {
                    $($first $(..= $last)? => {
                        if let ($(Some(headers $($headers)?),)? $(Some(body $($body)?),)?) = (
                            $(reader.headers($($headers)?),)?
                            $(reader.$kind(&[$($media),*]),)?
                        ) {
                            return Some(Self::$variant {
                                $(status $($status)?: reader.status(),)?
                                $(headers $($headers)?,)?
                                $(body $($body)?)?
                            });
                        }
                    })*
                    _ => return reader.undocumented(),
                }
                None
            }
        }
    };
}

pub(crate) use responses;
