//! The table of an object: wire name to field, a line each.

/// Gives a struct its codec.
///
/// ```ignore
/// object! {
///     Subscriber {
///         "_id" => id,                    // required; `null` is a value where the field is an `Option`
///         "firstName" => first_name?,     // optional: `Option` or `Maybe`, not written while absent
///         "limit" => limit? = 10,         // optional with a default: `Defaulted`, written where it is given
///         "order" => order = Order::Up,   // required; the default stands for it when reading leniently
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
            $($name:literal => $field:ident $(? $($optional:lifetime)?)? $(= $default:expr)?,)*
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
            const FIELDS: &'static [&'static str] = &[$($name,)*];
            $(const EXTRA: $crate::support::extra::Extra =
                $crate::support::extra::Extra::kept_in(stringify!($extra));)?
            $($($forbid)? const EXTRA: $crate::support::extra::Extra = $crate::support::extra::Extra::Forbid;)?

            $(const MATCHES: bool = ![$(stringify!($matched)),+].is_empty();)?

            #[inline]
            fn read<'de, A: ::serde::de::MapAccess<'de>>(
                fields: &mut $crate::support::object::Fields<'_, 'de, A>,
            ) -> ::core::result::Result<Self, A::Error> {
                #[allow(dead_code, non_camel_case_types, reason = "has the names of the fields, if there are any")]
                enum At { $($field,)* }
                $(let mut $field = ::core::option::Option::None;)*
                $($(let mut $matched = ::core::default::Default::default();)+)?
                $(let mut $extra = ::core::default::Default::default();)?
                while let ::core::option::Option::Some(index) = fields.next() {
                    match index {
                        $(index if index == At::$field as usize =>
                            $crate::support::object_table::read!(fields $field $(? $($optional)?)? $(= $default)?),)*
                        _ => $crate::support::object_table::other!(
                            fields [$($($predicate => $matched,)+)?] $($extra)? $(! $($forbid)?)?
                        ),
                    }
                }
                $(if fields.is_reporting() {
                    $(fields.check(
                        $key,
                        $checked.as_ref(),
                        const { &$crate::support::rules::rules!($($rule $(($($argument)*))?),+) },
                    );)*
                })?
                #[allow(irrefutable_let_patterns, reason = "an object may declare nothing")]
                let ($(::core::option::Option::Some($field),)*) = ($(
                    $crate::support::object_table::take!(fields $name $field $(? $($optional)?)? $(= $default)?),
                )*) else {
                    return ::core::result::Result::Err(fields.incomplete());
                };
                ::core::result::Result::Ok(Self { $($field,)* $($($matched,)+)? $($extra,)? })
            }
        }

        impl $crate::support::codec::Encode for $type {
            #[allow(unused_variables, reason = "an object may declare nothing")]
            fn write<M: ::serde::ser::SerializeMap>(&self, writer: &mut $crate::support::object::Writer<M>) {
                $($crate::support::object_table::write!(writer $name (&self.$field) $(? $($optional)?)?);)*
                $($(writer.put_extra(&self.$matched, <Self as $crate::support::codec::Decode>::FIELDS);)+)?
                $(writer.put_extra(&self.$extra, <Self as $crate::support::codec::Decode>::FIELDS);)?
            }
        }

        impl $crate::support::rules::Check for $type {
            $(fn check(&self, _: &$crate::support::rules::Rules, report: &$crate::support::report::Report) {
                $crate::support::object::check(report, || {$(
                    report.at(&$key, |report| $crate::support::rules::Check::check(
                        &self.$checked,
                        const { &$crate::support::rules::rules!($($rule $(($($argument)*))?),+) },
                        report,
                    ));
                )*});
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

/// Reads the property that the reader came to.
macro_rules! read {
    ($fields:ident $slot:ident) => {
        $fields.required(&mut $slot)
    };
    ($fields:ident $slot:ident ?) => {
        $fields.optional(&mut $slot)
    };
    ($fields:ident $slot:ident = $default:expr) => {
        $fields.required(&mut $slot)
    };
    ($fields:ident $slot:ident ? = $default:expr) => {
        $fields.defaulted(&mut $slot)
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

/// The value of a property once all have been read.
macro_rules! take {
    ($fields:ident $name:literal $slot:ident) => {
        $fields.require($name, $slot)
    };
    ($fields:ident $name:literal $slot:ident ?) => {
        $crate::support::object::or_absent($slot)
    };
    ($fields:ident $name:literal $slot:ident = $default:expr) => {
        $fields.require_or($name, $slot, || $default)
    };
    ($fields:ident $name:literal $slot:ident ? = $default:expr) => {
        ::core::option::Option::Some($crate::support::defaulted::Defaulted::read($slot, || {
            $default
        }))
    };
}

/// Writes a property.
macro_rules! write {
    ($writer:ident $name:literal ($value:expr)) => {
        $writer.put($name, $value)
    };
    ($writer:ident $name:literal ($value:expr) ?) => {
        $writer.put_present($name, $value)
    };
}

pub(crate) use {object, other, read, rest, take, write};
