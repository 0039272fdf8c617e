//! Bodies that have several media types: an enum, and the table that says which variant is which.

use crate::support::body::{ReadBody, WriteBody};
use crate::support::media::Media;
use crate::support::operation::Peek;

/// One of several bodies, told apart by media type.
pub trait Choice: Sized {
    /// The media types of all.
    const MEDIA: Media;

    /// Those of them that are read as they come, and never held whole.
    const STREAMED: Media;

    /// How much of one of parts is read before its handler is called.
    const PEEK: Option<Peek> = None;

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
/// What is read as it comes is named once more: `ReportBody streaming "application/octet-stream" {`. A form names the enum
/// that describes it, `multipart ReportPart "multipart/form-data" => Form`, and one with files does so at the head too:
/// `ReportBody streaming "multipart/form-data" peeking ReportPart {`.
macro_rules! choice {
    ($choice:ident $(streaming $($streamed:literal)+)? $(peeking $peeking:ident)? {
        $($kind:ident $($form:ident)? $($media:literal)+ => $variant:ident),+ $(,)?
    }) => {
        impl $crate::support::choice::Choice for $choice {
            const MEDIA: $crate::support::media::Media = &[$($($media),+),+];

            const STREAMED: $crate::support::media::Media = &[$($($streamed),+)?];

            $(const PEEK: Option<$crate::support::operation::Peek> =
                Some(peek::<$peeking>());)?

            fn write<W: $crate::support::body::WriteBody>(&self, writer: &mut W) {
                match self {
                    $(Self::$variant(body) => writer.$kind$(::<$form>)?(&[$($media),+], body),)+
                }
            }

            fn read<R: $crate::support::body::ReadBody>(
                reader: &mut R,
                chosen: &str,
            ) -> Option<Self> {
                match chosen {
                    $($($media)|+ => reader.$kind$(::<$form>)?(&[$($media),+]).map(Self::$variant),)+
                    _ => None,
                }
            }
        }
    };
}

pub(crate) use choice;
