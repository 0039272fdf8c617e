//! The table of an object: wire name to field, a line each.

/// Gives a struct its codec. Rows are numbered from 0, since a macro cannot count, and naming the positions for it
/// costs more to compile than all the rest of a row.
///
/// ```ignore
/// object! {
///     Subscriber {
///         0: "_id" => id,                 // required; `null` is a value where the field is an `Option`
///         1: "firstName" => first_name?,  // optional: `Option` or `Maybe`, not written while absent
///         2: "limit" => limit? = 10,      // optional with a default: `Defaulted`, written where it is given
///         3: "order" => order = Order::Up,    // required; the default stands for it when reading leniently
///         match {
///             regex!("^x-") => extensions,    // keeps properties whose names match in a map
///         }
///         .. => extra                     // keeps undeclared properties in a map; `.. => !` forbids them
///     }
///     where {
///         "firstName" => first_name: min_length(1), max_length(100);
///         .. => extra: each(max_length(5));   // of properties that a map keeps
///         ..: min_properties(1);              // of the object as a whole
///     }
/// }
/// ```
macro_rules! object {
    (
        $type:ident {
            $($at:literal: $name:literal => $field:ident $(? $($optional:lifetime)?)? $(= $default:expr)?,)*
            $(match { $($predicate:expr => $matched:ident,)+ })?
            $(.. => $extra:ident $(,)?)?
            $(.. => ! $($forbid:lifetime)? $(,)?)?
        }
        $(where {
            $($key:literal => $checked:ident : $($rule:ident $(($($argument:tt)*))?),+ ;)*
            $(.. => $kept:ident : $($each:ident $(($($of_each:tt)*))?),+ ;)*
            $(.. : $($whole:ident $(($($of_whole:tt)*))?),+ ;)?
        })?
    ) => {
        impl $crate::support::codec::Decode for $type {
            const TABLE: &'static $crate::support::object::Table = &$crate::support::object::Table {
                names: &[$($name),*],
                presence: &[$($crate::support::object_table::presence!($(? $($optional)?)? $(= $default)?)),*],
                rules: &[$($(($key, $crate::support::rules::rules!($($rule $(($($argument)*))?),+))),*)?],
                matched: &[$($(stringify!($matched)),+)?],
                extra: $crate::support::object_table::extra!($($extra)? $(! $($forbid)?)?),
            };

            #[inline]
            #[allow(irrefutable_let_patterns, clippy::let_unit_value, reason = "an object may declare nothing")]
            fn read<'de, A: ::serde::de::MapAccess<'de>>(
                fields: &mut $crate::support::fields::Fields<'_, 'de, A>,
            ) -> Result<Self, A::Error> {
                let mut slots = ($($crate::support::object_table::slot!(fields $(? $($optional)?)? $(= $default)?),)*);
                $($(let mut $matched = Default::default();)+)?
                $(let mut $extra = Default::default();)?
                let ($($field,)*) = &mut slots;
                while let Some(at) = fields.next() {
                    match at {
                        $($at =>
                            $crate::support::object_table::read!(fields $field $(? $($optional)?)? $(= $default)?),)*
                        _ => $crate::support::object_table::other!(
                            fields [$($($predicate => $matched,)+)?] $($extra)? $(! $($forbid)?)?
                        ),
                    }
                }
                fields.complete(&mut [$($field),*]);
                let ($(Some($field),)*) = slots else {
                    return Err(fields.incomplete());
                };
                $($crate::support::object_table::given!($field $(? $($optional)?)? $(= $default)?);)*
                Ok(Self { $($field,)* $($($matched,)+)? $($extra)? })
            }
        }

        impl $crate::support::codec::Encode for $type {
            fn write<M: ::serde::ser::SerializeMap>(&self, writer: &mut $crate::support::object::Writer<M>) {
                let table = <Self as $crate::support::codec::Decode>::TABLE;
                writer.put(table, &[$(&self.$field),*]);
                $($(writer.put_extra(table, &self.$matched);)+)?
                $(writer.put_extra(table, &self.$extra);)?
            }
        }

        impl $crate::support::rules::Check for $type {
            $(fn check(&self, _: &$crate::support::rules::Rules, report: &$crate::support::report::Report) {
                let table = <Self as $crate::support::codec::Decode>::TABLE;
                $crate::support::object::check(report, table, &[$(&self.$checked),*]);
                $($crate::support::rules::Check::check(
                    &self.$kept,
                    const { &$crate::support::rules::rules!($($each $(($($of_each)*))?),+) },
                    report,
                );)*
                $($crate::support::whole::check(
                    self,
                    const { &$crate::support::rules::rules!($($whole $(($($of_whole)*))?),+) },
                    report,
                );)?
            })?
        }

        $crate::support::codec::serde!($type);
    };
}

/// How a property may be missing.
macro_rules! presence {
    () => {
        $crate::support::object::Presence::Required
    };
    (?) => {
        $crate::support::object::Presence::Optional
    };
    (= $default:expr) => {
        $crate::support::object::Presence::Assumed
    };
    (? = $default:expr) => {
        $crate::support::object::Presence::Optional
    };
}

/// What becomes of undeclared properties.
macro_rules! extra {
    () => {
        $crate::support::extra::Extra::Drop
    };
    (!) => {
        $crate::support::extra::Extra::Forbid
    };
    ($extra:ident) => {
        $crate::support::extra::Extra::Keep
    };
}

/// Reads the property that the reader came to.
macro_rules! read {
    ($fields:ident $slot:ident ? $(= $default:expr)?) => {
        $fields.optional($slot)
    };
    ($fields:ident $slot:ident $(= $default:expr)?) => {
        $fields.required($slot)
    };
}

/// Reads an undeclared property.
macro_rules! other {
    ($fields:ident [] $(!)?) => {
        $fields.undeclared()
    };
    ($fields:ident [] $extra:ident) => {
        $fields.extra(&mut $extra)
    };
    ($fields:ident [$($predicate:expr => $matched:ident,)+] $($rest:tt)*) => {
        $(if $fields.matches(const { &$predicate }) {
            $fields.extra(&mut $matched)
        } else)+ {
            $crate::support::object_table::rest!($fields $($rest)*)
        }
    };
}

/// Reads an undeclared property that matches no pattern.
macro_rules! rest {
    ($fields:ident) => {
        $fields.skip()
    };
    ($fields:ident !) => {
        $fields.undeclared()
    };
    ($fields:ident $extra:ident) => {
        $fields.extra(&mut $extra)
    };
}

/// The slot of a property, still empty unless a default may stand for it.
macro_rules! slot {
    ($fields:ident = $default:expr) => {
        if $fields.is_lenient() {
            Some($default)
        } else {
            None
        }
    };
    ($($optional:tt)*) => {
        None
    };
}

/// Puts the default of an optional property that has one where nothing is given.
macro_rules! given {
    ($field:ident ? = $default:expr) => {
        let $field = $crate::support::defaulted::Defaulted::read($field, || $default);
    };
    ($($other:tt)*) => {};
}

pub(crate) use {extra, given, object, other, presence, read, rest, slot};
