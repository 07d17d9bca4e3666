//! Integers that are not zero.

use super::error::{IntErrorKind, ParseIntError, TryFromIntError};
use crate::fmt;
use crate::ops::{BitOr, BitOrAssign, Div, DivAssign, Neg, Rem, RemAssign};
use crate::prelude::v1::*;
use crate::str::FromStr;

/// The integer types.
pub trait ZeroablePrimitive: Sized + Copy {
    #[doc(hidden)]
    fn __is_zero(self) -> bool;
}

#[lang = "NonZero"]
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NonZero<T: ZeroablePrimitive>(T);

impl<T: ZeroablePrimitive> NonZero<T> {
    pub const fn new(n: T) -> Option<NonZero<T>> {
        if n.__is_zero() { None } else { Some(NonZero(n)) }
    }
    pub const unsafe fn new_unchecked(n: T) -> NonZero<T> {
        NonZero(n)
    }
    pub const fn get(self) -> T {
        self.0
    }
}

macro_rules! show {
    ($($tr:ident)*) => { $(
        impl<T: ZeroablePrimitive + fmt::$tr> fmt::$tr for NonZero<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }
    )* };
}
show! { Debug Display Binary Octal LowerHex UpperHex LowerExp UpperExp }

impl<T: ZeroablePrimitive + BitOr<Output = T>> BitOr for NonZero<T> {
    type Output = NonZero<T>;
    fn bitor(self, rhs: NonZero<T>) -> NonZero<T> {
        NonZero(self.0 | rhs.0)
    }
}
impl<T: ZeroablePrimitive + BitOr<Output = T>> BitOr<T> for NonZero<T> {
    type Output = NonZero<T>;
    fn bitor(self, rhs: T) -> NonZero<T> {
        NonZero(self.0 | rhs)
    }
}
impl<T: ZeroablePrimitive + BitOr<Output = T>> BitOrAssign for NonZero<T> {
    fn bitor_assign(&mut self, rhs: NonZero<T>) {
        *self = *self | rhs;
    }
}
impl<T: ZeroablePrimitive + BitOr<Output = T>> BitOrAssign<T> for NonZero<T> {
    fn bitor_assign(&mut self, rhs: T) {
        *self = *self | rhs;
    }
}

macro_rules! nonzero {
    ($($name:ident $t:ident;)*) => { $(
        pub type $name = NonZero<$t>;
        impl ZeroablePrimitive for $t {
            fn __is_zero(self) -> bool { self == 0 }
        }
        impl NonZero<$t> {
            pub const MAX: NonZero<$t> = NonZero($t::MAX);
            pub const BITS: u32 = $t::BITS;
            pub const fn leading_zeros(self) -> u32 { self.0.leading_zeros() }
            pub const fn trailing_zeros(self) -> u32 { self.0.trailing_zeros() }
            pub const fn count_ones(self) -> NonZero<u32> { NonZero(self.0.count_ones()) }
            pub const fn checked_mul(self, other: NonZero<$t>) -> Option<NonZero<$t>> {
                match self.0.checked_mul(other.0) { Some(n) => Some(NonZero(n)), None => None }
            }
            pub const fn saturating_mul(self, other: NonZero<$t>) -> NonZero<$t> {
                NonZero(self.0.saturating_mul(other.0))
            }
            pub const fn checked_pow(self, exp: u32) -> Option<NonZero<$t>> {
                match self.0.checked_pow(exp) { Some(n) => Some(NonZero(n)), None => None }
            }
            pub const fn saturating_pow(self, exp: u32) -> NonZero<$t> { NonZero(self.0.saturating_pow(exp)) }
        }
        impl From<NonZero<$t>> for $t {
            fn from(n: NonZero<$t>) -> $t { n.0 }
        }
        impl TryFrom<$t> for NonZero<$t> {
            type Error = TryFromIntError;
            fn try_from(n: $t) -> Result<NonZero<$t>, TryFromIntError> {
                NonZero::new(n).ok_or(TryFromIntError(()))
            }
        }
        impl FromStr for NonZero<$t> {
            type Err = ParseIntError;
            fn from_str(s: &str) -> Result<NonZero<$t>, ParseIntError> {
                NonZero::new($t::from_str_radix(s, 10)?).ok_or(ParseIntError { kind: IntErrorKind::Zero })
            }
        }
        impl BitOr<NonZero<$t>> for $t {
            type Output = NonZero<$t>;
            fn bitor(self, rhs: NonZero<$t>) -> NonZero<$t> { NonZero(self | rhs.0) }
        }
    )* };
}
nonzero! {
    NonZeroU8 u8; NonZeroU16 u16; NonZeroU32 u32; NonZeroU64 u64; NonZeroU128 u128; NonZeroUsize usize;
    NonZeroI8 i8; NonZeroI16 i16; NonZeroI32 i32; NonZeroI64 i64; NonZeroI128 i128; NonZeroIsize isize;
}

macro_rules! unsigned {
    ($($t:ident $s:ident;)*) => { $(
        impl NonZero<$t> {
            pub const MIN: NonZero<$t> = NonZero(1);
            pub const fn checked_add(self, other: $t) -> Option<NonZero<$t>> {
                match self.0.checked_add(other) { Some(n) => Some(NonZero(n)), None => None }
            }
            pub const fn saturating_add(self, other: $t) -> NonZero<$t> { NonZero(self.0.saturating_add(other)) }
            pub const fn checked_next_power_of_two(self) -> Option<NonZero<$t>> {
                match self.0.checked_next_power_of_two() { Some(n) => Some(NonZero(n)), None => None }
            }
            pub const fn is_power_of_two(self) -> bool { self.0.is_power_of_two() }
            pub const fn ilog2(self) -> u32 { self.0.ilog2() }
            pub const fn ilog10(self) -> u32 { self.0.ilog10() }
            pub const fn isqrt(self) -> NonZero<$t> { NonZero(self.0.isqrt()) }
            pub const fn midpoint(self, rhs: NonZero<$t>) -> NonZero<$t> { NonZero(self.0.midpoint(rhs.0)) }
            pub const fn div_ceil(self, rhs: NonZero<$t>) -> NonZero<$t> { NonZero(self.0.div_ceil(rhs.0)) }
            pub const fn cast_signed(self) -> NonZero<$s> { NonZero(self.0 as $s) }
        }
        impl Div<NonZero<$t>> for $t {
            type Output = $t;
            fn div(self, rhs: NonZero<$t>) -> $t { self / rhs.0 }
        }
        impl DivAssign<NonZero<$t>> for $t {
            fn div_assign(&mut self, rhs: NonZero<$t>) { *self = *self / rhs.0; }
        }
        impl Rem<NonZero<$t>> for $t {
            type Output = $t;
            fn rem(self, rhs: NonZero<$t>) -> $t { self % rhs.0 }
        }
        impl RemAssign<NonZero<$t>> for $t {
            fn rem_assign(&mut self, rhs: NonZero<$t>) { *self = *self % rhs.0; }
        }
    )* };
}
unsigned! { u8 i8; u16 i16; u32 i32; u64 i64; u128 i128; usize isize; }

macro_rules! signed {
    ($($t:ident $u:ident;)*) => { $(
        impl NonZero<$t> {
            pub const MIN: NonZero<$t> = NonZero($t::MIN);
            #[track_caller]
            pub const fn abs(self) -> NonZero<$t> { NonZero(self.0.abs()) }
            pub const fn checked_abs(self) -> Option<NonZero<$t>> {
                match self.0.checked_abs() { Some(n) => Some(NonZero(n)), None => None }
            }
            pub const fn overflowing_abs(self) -> (NonZero<$t>, bool) {
                (self.wrapping_abs(), self.0 == $t::MIN)
            }
            pub const fn saturating_abs(self) -> NonZero<$t> { NonZero(self.0.saturating_abs()) }
            pub const fn wrapping_abs(self) -> NonZero<$t> { NonZero(self.0.wrapping_abs()) }
            pub const fn unsigned_abs(self) -> NonZero<$u> { NonZero(self.0.unsigned_abs()) }
            pub const fn is_positive(self) -> bool { self.0 > 0 }
            pub const fn is_negative(self) -> bool { self.0 < 0 }
            pub const fn checked_neg(self) -> Option<NonZero<$t>> {
                match self.0.checked_neg() { Some(n) => Some(NonZero(n)), None => None }
            }
            pub const fn overflowing_neg(self) -> (NonZero<$t>, bool) {
                (self.wrapping_neg(), self.0 == $t::MIN)
            }
            pub const fn saturating_neg(self) -> NonZero<$t> { NonZero(self.0.saturating_neg()) }
            pub const fn wrapping_neg(self) -> NonZero<$t> { NonZero(self.0.wrapping_neg()) }
            pub const fn cast_unsigned(self) -> NonZero<$u> { NonZero(self.0 as $u) }
        }
        impl Neg for NonZero<$t> {
            type Output = NonZero<$t>;
            #[track_caller]
            fn neg(self) -> NonZero<$t> { NonZero(-self.0) }
        }
        impl<'a> Neg for &'a NonZero<$t> {
            type Output = NonZero<$t>;
            #[track_caller]
            fn neg(self) -> NonZero<$t> { NonZero(-self.0) }
        }
    )* };
}
signed! { i8 u8; i16 u16; i32 u32; i64 u64; i128 u128; isize usize; }

macro_rules! lossless {
    ($($from:ident => $($to:ident)*;)*) => { $( $(
        impl From<NonZero<$from>> for NonZero<$to> {
            fn from(x: NonZero<$from>) -> NonZero<$to> { NonZero(x.0 as $to) }
        }
    )* )* };
}
lossless! {
    u8 => u16 u32 u64 u128 usize i16 i32 i64 i128 isize;
    u16 => u32 u64 u128 usize i32 i64 i128;
    u32 => u64 u128 i64 i128;
    u64 => u128 i128;
    i8 => i16 i32 i64 i128 isize;
    i16 => i32 i64 i128 isize;
    i32 => i64 i128;
    i64 => i128;
}
macro_rules! checked {
    ($($from:ident => $($to:ident)*;)*) => { $( $(
        impl TryFrom<NonZero<$from>> for NonZero<$to> {
            type Error = TryFromIntError;
            fn try_from(x: NonZero<$from>) -> Result<NonZero<$to>, TryFromIntError> {
                match <$to as TryFrom<$from>>::try_from(x.0) {
                    Ok(y) => Ok(NonZero(y)),
                    Err(e) => Err(e),
                }
            }
        }
    )* )* };
}
narrowing_pairs! { checked }
