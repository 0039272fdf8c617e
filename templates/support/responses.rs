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

/// Describes the responses of an operation, exact statuses first, then ranges, then `default`.
///
/// ```text
/// responses! {
///     FindPetsResponse {
///         200 => Ok { headers, body: json },
///         204 => NoContent {},
///         302 => Found { headers },
///         4XX => ClientError { status, body: json "application/problem+json" },
///         default => Default { status, body: json },
///     }
/// }
/// ```
macro_rules! responses {
    // No response is documented: there is no value of the type, and every status is undocumented.
    ($response:ident {}) => {
        impl $crate::support::responses::Responses for $response {
            const INFO: &'static [$crate::support::operation::ResponseInfo] = &[];

            #[cfg(feature = "server")]
            fn write(&self, _: &mut $crate::support::write_response::ResponseWriter) {
                match *self {}
            }

            #[cfg(feature = "client")]
            fn read(
                reader: &mut $crate::support::read_response::ResponseReader<'_>,
            ) -> Option<Self> {
                reader.undocumented()
            }
        }
    };
    (
        $response:ident {
            $($code:tt => $variant:ident {
                $($part:ident $(: $kind:ident $($media:literal)*)?),*
            }),* $(,)?
        }
    ) => {
        impl $crate::support::responses::Responses for $response {
            const INFO: &'static [$crate::support::operation::ResponseInfo] = &[
                $($crate::support::operation::ResponseInfo {
                    statuses: $crate::support::responses::statuses!($code),
                    media: $crate::support::responses::media!($($part $(: $kind $($media)*)?),*),
                }),*
            ];

            #[cfg(feature = "server")]
            fn write(&self, writer: &mut $crate::support::write_response::ResponseWriter) {
                match self {
                    $(Self::$variant { $($part),* } => {
                        $crate::support::responses::write_status!(writer $code);
                        $($crate::support::responses::write_part!(
                            writer $code $part $part $(: $kind $($media)*)?
                        );)*
                    })*
                }
            }

            #[cfg(feature = "client")]
            #[allow(clippy::question_mark, reason = "`?` solves a trait for each part, and compiles slower")]
            fn read(
                reader: &mut $crate::support::read_response::ResponseReader<'_>,
            ) -> Option<Self> {
                match reader.status().as_u16() {
                    $($crate::support::responses::pattern!($code) => {
                        $(let Some($part) = $crate::support::responses::read_part!(
                            reader $part $(: $kind $($media)*)?
                        ) else {
                            return None;
                        };)*
                        Some(Self::$variant { $($part),* })
                    })*
                    #[allow(unreachable_patterns, reason = "`default` is documented")]
                    _ => reader.undocumented(),
                }
            }
        }
    };
}

macro_rules! statuses {
    (1XX) => {
        (100, 199)
    };
    (2XX) => {
        (200, 299)
    };
    (3XX) => {
        (300, 399)
    };
    (4XX) => {
        (400, 499)
    };
    (5XX) => {
        (500, 599)
    };
    (default) => {
        (100, 599)
    };
    ($code:literal) => {
        ($code, $code)
    };
}

macro_rules! pattern {
    (1XX) => {
        100..=199
    };
    (2XX) => {
        200..=299
    };
    (3XX) => {
        300..=399
    };
    (4XX) => {
        400..=499
    };
    (5XX) => {
        500..=599
    };
    (default) => {
        _
    };
    ($code:literal) => {
        $code
    };
}

/// The body is the last part.
macro_rules! media {
    (body: $kind:ident $($media:literal)*) => {
        $crate::support::body::body_media!($kind $($media)*)
    };
    ($other:ident $(, $($rest:tt)*)?) => {
        $crate::support::responses::media!($($($rest)*)?)
    };
    () => {
        &[]
    };
}

macro_rules! write_status {
    ($writer:ident $code:tt) => {
        $writer.status($crate::support::responses::statuses!($code).0)
    };
}

macro_rules! write_part {
    ($writer:ident $code:tt $status:ident status) => {
        $writer.status_within(*$status, $crate::support::responses::statuses!($code), Self::INFO)
    };
    ($writer:ident $code:tt $headers:ident headers) => {
        $crate::support::headers::Headers::write($headers, $writer.headers())
    };
    ($writer:ident $code:tt $body:ident body: $kind:ident $($media:literal)*) => {
        $crate::support::body::write_body!($writer $body; $kind $($media)*)
    };
}

macro_rules! read_part {
    ($reader:ident status) => {
        Some($reader.status())
    };
    ($reader:ident headers) => {
        $reader.headers()
    };
    ($reader:ident body: $kind:ident $($media:literal)*) => {
        $crate::support::body::read_body!($reader $kind $($media)*)
    };
}

pub(crate) use {media, pattern, read_part, responses, statuses, write_part, write_status};
