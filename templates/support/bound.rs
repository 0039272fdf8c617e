//! Numbers and bounds, compared exactly: a float holds no whole number beyond 2^53 but some.

use std::{cmp::Ordering, fmt};

/// A number, or what bounds one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Bound {
    /// A whole number.
    Whole(i128),
    /// Any number.
    Float(f64),
}

impl Bound {
    pub(crate) fn is_less(self, than: Self) -> bool {
        self.compare(than) == Some(Ordering::Less)
    }

    pub(crate) fn is_greater(self, than: Self) -> bool {
        self.compare(than) == Some(Ordering::Greater)
    }

    pub(crate) fn compare(self, other: Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Whole(a), Self::Whole(b)) => Some(a.cmp(&b)),
            (Self::Float(a), Self::Float(b)) => a.partial_cmp(&b),
            (Self::Whole(a), Self::Float(b)) => compare_float(a, b),
            (Self::Float(a), Self::Whole(b)) => compare_float(b, a).map(Ordering::reverse),
        }
    }

    /// Whether it is a multiple of `factor`, within the rounding that decimal fractions such as 0.01 bring.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "exact where the factor is a whole number, and else as floats go"
    )]
    pub(crate) fn is_multiple(self, factor: f64) -> bool {
        let number = match self {
            Self::Whole(number) if factor.fract() == 0.0 && factor.abs() < TWO_TO_THE_63 => {
                return number.checked_rem(factor as i128) == Some(0);
            }
            Self::Whole(number) => number as f64,
            Self::Float(number) => number,
        };
        let quotient = number / factor;
        quotient.is_finite()
            && (quotient - quotient.round()).abs() <= quotient.abs().max(1.0) * 4.0 * f64::EPSILON
    }
}

const TWO_TO_THE_63: f64 = 9_223_372_036_854_775_808.0;

/// Compares without rounding the whole number.
#[allow(
    clippy::cast_possible_truncation,
    reason = "a float out of range becomes the end of it, beyond every number of 64 bits"
)]
fn compare_float(whole: i128, float: f64) -> Option<Ordering> {
    let floor = float.floor();
    let rest = floor.partial_cmp(&float)?;
    Some(whole.cmp(&(floor as i128)).then(rest))
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(number) => number.fmt(f),
            Self::Float(number) => number.fmt(f),
        }
    }
}

macro_rules! bounds {
    ($($type:ident => $kind:ident)*) => {$(
        impl From<$type> for Bound {
            fn from(value: $type) -> Self {
                Self::$kind(value.into())
            }
        }
    )*};
}

bounds! {
    i8 => Whole i16 => Whole i32 => Whole i64 => Whole
    u8 => Whole u16 => Whole u32 => Whole u64 => Whole
    f32 => Float f64 => Float
}
