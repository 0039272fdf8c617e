//! Bodies that have several media types: an enum, and the table that says which variant is which.

use crate::support::body::{ReadBody, WriteBody};
use crate::support::media::Media;

/// One of several bodies, told apart by media type.
pub trait Choice: Sized {
    /// The media types of all.
    const MEDIA: Media;

    /// Those of them that are read as they come, and never held whole.
    const STREAMED: Media;

    /// Writes the body of the variant.
    fn write<W: WriteBody>(&self, writer: &mut W);

    /// Reads the body whose media type is `chosen`, one of [`Self::MEDIA`].
    fn read<R: ReadBody>(reader: &mut R, chosen: &str) -> Option<Self>;
}

/// Says what each variant of an enum of bodies is.
///
/// ```text
/// choice! {
///     ReportBody {
///         json "application/json" "application/problem+json" => Json,
///         text "text/csv" => Csv,
///         bytes "application/pdf" => Pdf,
///         content "image/*" => Image,
///     }
/// }
/// ```
///
/// What is read as it comes is named once more: `ReportBody streaming "application/octet-stream" {`.
macro_rules! choice {
    ($choice:ident $(streaming $($streamed:literal)+)? { $($kind:ident $($media:literal)+ => $variant:ident),+ $(,)? }) => {
        impl $crate::support::choice::Choice for $choice {
            const MEDIA: $crate::support::media::Media = &[$($($media),+),+];

            const STREAMED: $crate::support::media::Media = &[$($($streamed),+)?];

            fn write<W: $crate::support::body::WriteBody>(&self, writer: &mut W) {
                match self {
                    $(Self::$variant(body) => writer.$kind(&[$($media),+], body),)+
                }
            }

            fn read<R: $crate::support::body::ReadBody>(
                reader: &mut R,
                chosen: &str,
            ) -> Option<Self> {
                match chosen {
                    $($($media)|+ => reader.$kind(&[$($media),+]).map(Self::$variant),)+
                    _ => None,
                }
            }
        }
    };
}

pub(crate) use choice;
