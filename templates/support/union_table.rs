//! The table of a union: which variant a value is.

/// Gives an enum whose variants each hold one payload its codec.
///
/// ```ignore
/// union! {
///     Step = Regular | Timed | Digest | Other | Id {
///         string => Id,
///         object => tag "type" {
///             "regular" | "backoff" => key { "digestKey" => Digest, .. => Regular },
///             "timed" => Timed,
///             .. => Other,
///         },
///     }
///     tag "type" {
///         Digest: "regular",
///     }
///     where {
///         Id: min_length(1);
///     }
/// }
/// ```
///
/// A kind (`boolean`, `integer`, `number`, `string`, `array`, `object`) leads to a decision: a variant;
/// `tag "p" { "v" | "w" => .., .. => .. }`, the value of a property; `key { "p" => .., .. => .. }`, a property that
/// is there; `kind_of "p" { string => .., .. => .. }`, the kind of a property's value; `item_of "p" { .. }`, that of the
/// first item of a property's array; `value { "v" => .., .. => .. }`, the string itself; `items { string => .., }`, the
/// first item of the array itself; `first [A, B]`, the first whose format and constraints the value satisfies; or
/// `trial [A, B]`. A decision inside one of these is any of them again. `unknown [A]` keeps for a client what has an
/// unknown tag. After `tag`, the variants that do not declare the property that tells them apart: it is written with
/// that value.
macro_rules! union {
    (
        $type:ident = $($variant:ident)|+ {
            $($kind:ident => $head:ident $($property:literal)? $({ $($body:tt)* })? $([ $($tried:ident),* $(,)? ])?),+
            $(,)?
        }
        $(tag $tag:literal { $($tagged:ident : $value:literal),+ $(,)? })?
        $(where {
            $($checked:ident : $($rule:ident $(($($argument:tt)*))?),+ ;)*
        })?
    ) => {
        impl $crate::support::union::Union for $type {
            #[allow(clippy::needless_update, reason = "a union may list every kind")]
            const KINDS: &'static $crate::support::decision::Kinds = &$crate::support::decision::Kinds {
                $($kind: ::core::option::Option::Some($crate::support::union_table::decision!(
                    $head $($property)? $({ $($body)* })? $([ $($tried)* ])?
                )),)+
                ..$crate::support::decision::Kinds::NONE
            };

            fn read<'de, D: ::serde::Deserializer<'de>>(
                variant: &'static str,
                source: D,
                cx: $crate::support::codec::Cx<'_>,
            ) -> ::core::result::Result<Self, D::Error> {
                $(if variant == stringify!($variant) {
                    return $crate::support::codec::Decode::decode(source, cx).map(Self::$variant);
                })+
                ::core::result::Result::Err(::serde::de::Error::custom("no variant"))
            }
        }

        impl $crate::support::codec::Decode for $type {
            fn decode<'de, D: ::serde::Deserializer<'de>>(
                source: D,
                cx: $crate::support::codec::Cx<'_>,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::support::union::decode(source, cx)
            }
        }

        impl $crate::support::codec::Encode for $type {
            fn encode<S: ::serde::Serializer>(&self, target: S) -> ::core::result::Result<S::Ok, S::Error> {
                $($(if let Self::$tagged(payload) = self {
                    return $crate::support::union::tagged($tag, $value, payload, target);
                })+)?
                match self {
                    $(Self::$variant(payload) => $crate::support::codec::Encode::encode(payload, target),)+
                }
            }
        }

        impl $crate::support::rules::Check for $type {
            fn check(&self, _: &$crate::support::rules::Rules, report: &$crate::support::report::Report) {
                $($(if let Self::$checked(payload) = self {
                    return $crate::support::rules::Check::check(
                        payload,
                        const { &$crate::support::rules::rules!($($rule $(($($argument)*))?),+) },
                        report,
                    );
                })*)?
                match self {
                    $(Self::$variant(payload) => $crate::support::rules::Check::check(
                        payload,
                        &$crate::support::rules::Rules::NONE,
                        report,
                    ),)+
                }
            }
        }

        $crate::support::codec::serde!($type);
    };
}

/// One decision, as data.
macro_rules! decision {
    (trial [ $($variant:ident)+ ]) => {
        $crate::support::decision::Decision::Trial(&[$(stringify!($variant)),+])
    };
    (tag $property:literal $cases:tt) => {
        $crate::support::union_table::decision!(@ Value { property: ::core::option::Option::Some($property) } $cases)
    };
    (value $cases:tt) => {
        $crate::support::union_table::decision!(@ Value { property: ::core::option::Option::None } $cases)
    };
    (key $cases:tt) => {
        $crate::support::union_table::decision!(@ Key {} $cases)
    };
    (kind_of $of:literal $kinds:tt) => {
        $crate::support::union_table::decision!(@@ Kind { property: $of } $kinds)
    };
    (item_of $of:literal $kinds:tt) => {
        $crate::support::union_table::decision!(@@ Item { property: $of } $kinds)
    };
    (items $kinds:tt) => {
        $crate::support::union_table::decision!(@@ Items {} $kinds)
    };
    (first [ $($variant:ident)+ ]) => {
        $crate::support::decision::Decision::First(&[$(stringify!($variant)),+])
    };
    (unknown [ $variant:ident ]) => {
        $crate::support::decision::Decision::Unknown(stringify!($variant))
    };
    ($variant:ident) => {
        $crate::support::decision::Decision::Variant(stringify!($variant))
    };
    (@ $form:ident { $($fields:tt)* } {
        $($($value:literal)|+ => $head:ident $($property:literal)? $({ $($body:tt)* })? $([ $($tried:ident),* ])?),+
        $(, .. => $else:ident $($else_property:literal)? $({ $($else_body:tt)* })? $([ $($else_tried:ident),* ])?)?
        $(,)?
    }) => {
        $crate::support::decision::Decision::$form {
            cases: &[$((&[$($value),+], $crate::support::union_table::decision!(
                $head $($property)? $({ $($body)* })? $([ $($tried)* ])?
            )),)+],
            otherwise: $crate::support::union_table::otherwise!(
                $($else $($else_property)? $({ $($else_body)* })? $([ $($else_tried)* ])?)?
            ),
            $($fields)*
        }
    };
    (@@ $form:ident { $($fields:tt)* } {
        $($kind:ident => $head:ident $($property:literal)? $({ $($body:tt)* })? $([ $($tried:ident),* $(,)? ])?),+
        $(, .. => $else:ident $($else_property:literal)? $({ $($else_body:tt)* })? $([ $($else_tried:ident),* ])?)?
        $(,)?
    }) => {
        $crate::support::decision::Decision::$form {
            kinds: &$crate::support::decision::Kinds {
                $($kind: ::core::option::Option::Some($crate::support::union_table::decision!(
                    $head $($property)? $({ $($body)* })? $([ $($tried)* ])?
                )),)+
                ..$crate::support::decision::Kinds::NONE
            },
            otherwise: $crate::support::union_table::otherwise!(
                $($else $($else_property)? $({ $($else_body)* })? $([ $($else_tried)* ])?)?
            ),
            $($fields)*
        }
    };
}

/// The decision where no case applies.
macro_rules! otherwise {
    () => {
        ::core::option::Option::None
    };
    ($($decision:tt)+) => {
        ::core::option::Option::Some(&$crate::support::union_table::decision!($($decision)+))
    };
}

pub(crate) use {decision, otherwise, union};
