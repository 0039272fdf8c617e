//! How the properties of a form are written, as data, and the tables that say so.

use crate::support::codec::{Decode, Encode};
use crate::support::form_value::{Raw, Spelling};
use crate::support::media::Media;
use crate::support::parameter::{Parameter, Style};
use crate::support::rules::Check;
use crate::support::violation::Violation;

/// A property of a form.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// Its name, and how its value is put into text.
    pub parameter: Parameter,
    /// What it is.
    pub kind: PartKind,
    /// Whether it must be there.
    pub required: bool,
    /// The media types that the document gives it; none where the usual one is meant.
    pub media: Media,
}

/// What a property of a form is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartKind {
    /// A value.
    Value,
    /// A value that may be a list, and then has several parts or pairs.
    Several,
    /// A list of values, each with a part or pair of its own.
    Values,
    /// A file.
    File,
    /// Any number of files.
    Files,
}

/// Writes the words by which tables begin a part.
macro_rules! kinds {
    ($($word:ident $kind:ident,)*) => {$(
        pub(crate) const fn $word(parameter: Parameter) -> Self {
            Self { parameter, kind: PartKind::$kind, required: false, media: &[] }
        }
    )*};
}

impl Part {
    kinds! { value Value, several Several, values Values, file File, files Files, }

    /// Says that it must be there.
    pub(crate) const fn required(mut self, media: Media) -> Self {
        self.required = true;
        self.optional(media)
    }

    /// Says that it may be absent.
    pub(crate) const fn optional(mut self, media: Media) -> Self {
        self.media = media;
        self
    }

    /// Whether it is a file, or files.
    #[must_use]
    pub const fn is_file(&self) -> bool {
        matches!(self.kind, PartKind::File | PartKind::Files)
    }

    /// Whether there may be several of it.
    #[must_use]
    pub const fn is_list(&self) -> bool {
        matches!(self.kind, PartKind::Values | PartKind::Files)
    }

    /// Whether it is put into text in a way of its own, by its style.
    pub(crate) const fn is_styled(&self) -> bool {
        !matches!(self.parameter.style, Style::Form | Style::Json)
            || !self.parameter.explode
            || self.parameter.reserved
            || matches!(self.parameter.style, Style::Json) && matches!(self.kind, PartKind::Value)
            || !matches!(
                self.parameter.names,
                crate::support::parameter::PropertyNames::Declared
            )
    }
}

/// A form whose properties are written as a table says.
pub trait Encoded {
    /// All of it.
    type Whole: Decode + Encode + Check + Send + 'static;

    /// Its properties.
    const PARTS: &'static [Part];
}

/// One property of a form that has files: an enum of them all.
pub trait FormPart: Encoded + Sized + Send + 'static {
    /// Reads what was received.
    ///
    /// # Errors
    ///
    /// Every violation.
    fn read(raw: &Raw) -> Result<Self, Vec<Violation>>;

    /// Writes it; what is at fault is kept.
    fn write(&self, spelling: &mut Spelling<'_>);
}

/// Says how the properties of a form are written.
///
/// ```text
/// encoded! {
///     FindBodyForm of types::FindBody {
///         required value "ids" as (space_delimited) => Ids,
///         optional value "filter" as (json) of "application/json" => Filter,
///     }
/// }
/// ```
macro_rules! encoded {
    ($name:ident of $whole:ty { $(
        $presence:ident $kind:ident $wire:literal
        $(as ($($mode:ident $(($($argument:tt)*))?),+))?
        $(of $($media:literal)+)?
        $(where {$($rule:tt)*})?
        => $variant:ident,
    )* }) => {
        impl $crate::support::parts::Encoded for $name {
            type Whole = $whole;

            const PARTS: &'static [$crate::support::parts::Part] = &[$(
                $crate::support::parts::Part::$kind(
                    $crate::support::parameter::Parameter::body($wire)
                        $($(.$mode($($($argument)*)?))+)?
                        $(.rules(const { &$crate::support::rules::rules!($($rule)*) }))?
                )
                .$presence(&[$($($media),+)?]),
            )*];
        }
    };
}

/// Says the same of a form that has files, of which the named enum has a variant for each property.
macro_rules! parts {
    ($name:ident of $whole:ty { $(
        $presence:ident $kind:ident $wire:literal
        $(as $modes:tt)?
        $(of $($media:literal)+)?
        $(where $rules:tt)?
        => $variant:ident,
    )* }) => {
        $crate::support::parts::encoded! {
            $name of $whole { $(
                $presence $kind $wire $(as $modes)? $(of $($media)+)? $(where $rules)? => $variant,
            )* }
        }

        impl ::core::convert::From<$whole> for $crate::support::multipart::Multipart<$name> {
            fn from(whole: $whole) -> Self {
                Self::new(whole)
            }
        }

        impl $crate::support::parts::FormPart for $name {
            fn read(
                raw: &$crate::support::form_value::Raw,
            ) -> ::core::result::Result<Self, ::std::vec::Vec<$crate::support::violation::Violation>> {
                match raw.name() {
                    $($wire => raw.read().map(Self::$variant),)*
                    _ => ::core::result::Result::Err(::std::vec::Vec::new()),
                }
            }

            fn write(&self, spelling: &mut $crate::support::form_value::Spelling<'_>) {
                match self {
                    $(Self::$variant(value) => spelling.part($wire, value),)*
                }
            }
        }
    };
}

pub(crate) use {encoded, parts};
