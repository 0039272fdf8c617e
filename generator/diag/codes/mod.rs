//! The codes, one file per stage.
//!
//! To add one, add an entry to the list of its stage. The entry's example is a test: the rejected
//! fragment must raise the code and the accepted one must not.

mod configuration;
mod document;
mod model;
mod sample;
mod source;

use super::Code;

pub use configuration::CONFIGURATION;
pub use document::DOCUMENT;
pub use model::MODEL;
pub use sample::SAMPLE;
pub use source::SOURCE;

/// The codes of each stage.
pub const AREAS: &[&[Code]] = &[SOURCE, DOCUMENT, MODEL, SAMPLE, CONFIGURATION];

/// Declares the codes of one stage: an associated constant of [`Code`] each, and the list of them.
macro_rules! catalogue {
    (
        $(#[$meta:meta])* $list:ident
        $($constant:ident = $name:literal, $severity:ident {
            summary: $summary:literal,
            meaning: $meaning:literal,
            examples: [$($rejected:literal, $accepted:literal)?],
            mend: $mend:literal,
        })*
    ) => {
        impl $crate::diag::Code {
            $(
                #[doc = $summary]
                pub const $constant: Self = Self(&$crate::diag::Entry {
                    name: $name,
                    severity: $crate::diag::Severity::$severity,
                    summary: $summary,
                    meaning: $meaning,
                    examples: &[$($crate::diag::Example { rejected: $rejected, accepted: $accepted })?],
                    mend: $mend,
                });
            )*
        }
        $(#[$meta])*
        pub const $list: &[$crate::diag::Code] = &[$($crate::diag::Code::$constant),*];
    };
}
use catalogue;
