//! Integers that are not zero.

use super::error::{IntErrorKind, ParseIntError, TryFromIntError};
use crate::fmt;
use crate::prelude::v1::*;
use crate::str::FromStr;

#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NonZero<T>(T);

impl<T: fmt::Debug> fmt::Debug for NonZero<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
impl<T: fmt::Display> fmt::Display for NonZero<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

macro_rules! nonzero {
    ($($name:ident $t:ident;)*) => { $(
        pub type $name = NonZero<$t>;
        impl NonZero<$t> {
            pub const MAX: NonZero<$t> = NonZero($t::MAX);
            pub const BITS: u32 = $t::BITS;
            pub const fn new(n: $t) -> Option<NonZero<$t>> { if n != 0 { Some(NonZero(n)) } else { None } }
            pub const unsafe fn new_unchecked(n: $t) -> NonZero<$t> { NonZero(n) }
            pub const fn get(self) -> $t { self.0 }
            pub const fn leading_zeros(self) -> u32 { self.0.leading_zeros() }
            pub const fn trailing_zeros(self) -> u32 { self.0.trailing_zeros() }
            pub fn checked_mul(self, other: NonZero<$t>) -> Option<NonZero<$t>> {
                match self.0.checked_mul(other.0) { Some(n) => Some(NonZero(n)), None => None }
            }
            pub fn saturating_mul(self, other: NonZero<$t>) -> NonZero<$t> { NonZero(self.0.saturating_mul(other.0)) }
            pub fn checked_pow(self, exp: u32) -> Option<NonZero<$t>> {
                match self.0.checked_pow(exp) { Some(n) => Some(NonZero(n)), None => None }
            }
        }
        impl From<NonZero<$t>> for $t {
            fn from(n: NonZero<$t>) -> $t { n.0 }
        }
        impl TryFrom<$t> for NonZero<$t> {
            type Error = TryFromIntError;
            fn try_from(n: $t) -> Result<NonZero<$t>, TryFromIntError> {
                NonZero::<$t>::new(n).ok_or(TryFromIntError(()))
            }
        }
        impl FromStr for NonZero<$t> {
            type Err = ParseIntError;
            fn from_str(s: &str) -> Result<NonZero<$t>, ParseIntError> {
                NonZero::<$t>::new($t::from_str_radix(s, 10)?).ok_or(ParseIntError { kind: IntErrorKind::Zero })
            }
        }
    )* };
}
nonzero! {
    NonZeroU8 u8; NonZeroU16 u16; NonZeroU32 u32; NonZeroU64 u64; NonZeroU128 u128; NonZeroUsize usize;
    NonZeroI8 i8; NonZeroI16 i16; NonZeroI32 i32; NonZeroI64 i64; NonZeroI128 i128; NonZeroIsize isize;
}
macro_rules! nonzero_unsigned {
    ($($t:ident)*) => { $(
        impl NonZero<$t> {
            pub const MIN: NonZero<$t> = NonZero(1);
            pub fn checked_add(self, other: $t) -> Option<NonZero<$t>> {
                match self.0.checked_add(other) { Some(n) => Some(NonZero(n)), None => None }
            }
            pub fn saturating_add(self, other: $t) -> NonZero<$t> { NonZero(self.0.saturating_add(other)) }
            pub fn is_power_of_two(self) -> bool { self.0.is_power_of_two() }
            pub fn ilog2(self) -> u32 { self.0.ilog2() }
            pub fn ilog10(self) -> u32 { self.0.ilog10() }
        }
    )* };
}
nonzero_unsigned! { u8 u16 u32 u64 u128 usize }
macro_rules! nonzero_signed {
    ($($t:ident)*) => { $(
        impl NonZero<$t> {
            pub const MIN: NonZero<$t> = NonZero($t::MIN);
            pub fn abs(self) -> NonZero<$t> { NonZero(self.0.abs()) }
            pub fn is_positive(self) -> bool { self.0 > 0 }
            pub fn is_negative(self) -> bool { self.0 < 0 }
        }
    )* };
}
nonzero_signed! { i8 i16 i32 i64 i128 isize }
