//! The responses of an operation, a variant for each, and the table that describes them.

use crate::support::operation::ResponseInfo;

/// The documented responses of an operation, or of several the failures.
pub trait Responses: Sized {
    /// What the document says of each, but for [`FAILURES`](Self::FAILURES).
    const INFO: &'static [ResponseInfo];

    /// What the document says of the failures, where a type of their own has them.
    const FAILURES: &'static [ResponseInfo] = &[];

    /// Writes the response; what is at fault is kept by the writer.
    #[cfg(feature = "server")]
    fn write(&self, writer: &mut crate::support::write_response::ResponseWriter);

    /// Reads the response; `None` if anything is at fault, which the reader then knows, or the status is not
    /// documented.
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
///         .. => Failure(FindPetsFailure),
///     }
/// }
/// ```
///
/// Failures have a table of the same form, and share it with those of other operations that are the same:
/// ```text
/// responses! {
///     FindPetsFailure {
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
            fn read(_: &mut ResponseReader<'_>) -> Option<Self> {
                None
            }
        }
    };
    (
        $response:ident {
            $($first:literal $(..= $last:literal)? => $variant:ident {
                $(status $($status:lifetime)? $(,)?)?
                $(headers $($headers:lifetime)? $(,)?)?
                $(body $($body:lifetime)? : $kind:ident $($choice:ident)? $($media:literal)*)?
            },)*
            $(.. => Failure($failure:ident),)?
        }
    ) => {
        impl Responses for $response {
            const INFO: &'static [ResponseInfo] = &[
                $(ResponseInfo::at($first)$(.to($last))?$(.$kind$(::<$choice>)?(&[$($media),*]))?),*
            ];

            $(const FAILURES: &'static [ResponseInfo] = $failure::INFO;)?

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
                    $(Self::Failure(failure) => writer.failure::<$failure>(failure, Self::INFO),)?
                }
            }

            #[cfg(feature = "client")]
            #[allow(irrefutable_let_patterns, reason = "a response may have neither headers nor a body")]
            #[allow(unreachable_patterns, reason = "failures take what is left")]
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
                        None
                    })*
                    $(_ => $failure::read(reader).map(Self::Failure),)?
                    _ => None,
                }
            }
        }

        $(impl From<$failure> for $response {
            fn from(failure: $failure) -> Self {
                Self::Failure(failure)
            }
        })?
    };
}

pub(crate) use responses;
