//! Structs around a list or map that holds itself.

/// Lets a struct around one value read, write and check as that value does.
///
/// ```ignore
/// wrapper! {
///     Tree(Vec<Tree>)
///     where { max_items(10), each(nested) }
/// }
/// ```
macro_rules! wrapper {
    ($type:ident($inner:ty) $(where { $($rule:ident $(($($argument:tt)*))?),+ })?) => {
        impl $crate::support::codec::Decode for $type {
            fn decode<'de, D: ::serde::Deserializer<'de>>(
                source: D,
                cx: $crate::support::codec::Cx<'_>,
            ) -> ::core::result::Result<Self, D::Error> {
                <$inner as $crate::support::codec::Decode>::decode(source, cx).map(Self)
            }
        }

        impl $crate::support::codec::Encode for $type {
            fn encode<S: ::serde::Serializer>(&self, target: S) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::support::codec::Encode::encode(&self.0, target)
            }
        }

        impl $crate::support::rules::Check for $type {
            $(fn check(&self, _: &$crate::support::rules::Rules, report: &$crate::support::report::Report) {
                $crate::support::rules::Check::check(
                    &self.0,
                    const { &$crate::support::rules::rules!($($rule $(($($argument)*))?),+) },
                    report,
                );
            })?
        }

        impl ::core::ops::Deref for $type {
            type Target = $inner;

            fn deref(&self) -> &$inner {
                &self.0
            }
        }

        impl ::core::ops::DerefMut for $type {
            fn deref_mut(&mut self) -> &mut $inner {
                &mut self.0
            }
        }

        impl ::core::convert::From<$inner> for $type {
            fn from(inner: $inner) -> Self {
                Self(inner)
            }
        }

        $crate::support::codec::serde!($type);
    };
}

pub(crate) use wrapper;
