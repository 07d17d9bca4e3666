//! Integers whose operators wrap or saturate.

use crate::fmt;
use crate::iter::{Product, Sum};
use crate::ops::*;
use crate::prelude::v1::*;

#[derive(PartialEq, PartialOrd, Eq, Ord, Clone, Copy, Default, Hash)]
pub struct Wrapping<T>(pub T);
#[derive(PartialEq, PartialOrd, Eq, Ord, Clone, Copy, Default, Hash)]
pub struct Saturating<T>(pub T);

macro_rules! show {
    ($w:ident: $($tr:ident)*) => { $(
        impl<T: fmt::$tr> fmt::$tr for $w<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }
    )* };
}
show! { Wrapping: Debug Display Binary Octal LowerHex UpperHex }
show! { Saturating: Debug Display Binary Octal LowerHex UpperHex }

macro_rules! op {
    ($w:ident $t:ident: $($tr:ident $m:ident $trs:ident $ms:ident |$a:ident, $b:ident| $e:expr;)*) => { $(
        impl $tr for $w<$t> {
            type Output = $w<$t>;
            #[track_caller]
            fn $m(self, other: $w<$t>) -> $w<$t> {
                let $a = self.0;
                let $b = other.0;
                $w($e)
            }
        }
        impl<'a> $tr<&'a $w<$t>> for $w<$t> {
            type Output = $w<$t>;
            #[track_caller]
            fn $m(self, other: &'a $w<$t>) -> $w<$t> { $tr::$m(self, *other) }
        }
        impl<'a> $tr<$w<$t>> for &'a $w<$t> {
            type Output = $w<$t>;
            #[track_caller]
            fn $m(self, other: $w<$t>) -> $w<$t> { $tr::$m(*self, other) }
        }
        impl<'a, 'b> $tr<&'a $w<$t>> for &'b $w<$t> {
            type Output = $w<$t>;
            #[track_caller]
            fn $m(self, other: &'a $w<$t>) -> $w<$t> { $tr::$m(*self, *other) }
        }
        impl $trs for $w<$t> {
            #[track_caller]
            fn $ms(&mut self, other: $w<$t>) { *self = $tr::$m(*self, other); }
        }
        impl<'a> $trs<&'a $w<$t>> for $w<$t> {
            #[track_caller]
            fn $ms(&mut self, other: &'a $w<$t>) { *self = $tr::$m(*self, *other); }
        }
        impl $trs<$t> for $w<$t> {
            #[track_caller]
            fn $ms(&mut self, other: $t) { *self = $tr::$m(*self, $w(other)); }
        }
    )* };
}
macro_rules! wrapping {
    ($($t:ident)*) => { $(
        op! { Wrapping $t:
            Add add AddAssign add_assign |a, b| a.wrapping_add(b);
            Sub sub SubAssign sub_assign |a, b| a.wrapping_sub(b);
            Mul mul MulAssign mul_assign |a, b| a.wrapping_mul(b);
            Div div DivAssign div_assign |a, b| a.wrapping_div(b);
            Rem rem RemAssign rem_assign |a, b| a.wrapping_rem(b);
            BitAnd bitand BitAndAssign bitand_assign |a, b| a & b;
            BitOr bitor BitOrAssign bitor_assign |a, b| a | b;
            BitXor bitxor BitXorAssign bitxor_assign |a, b| a ^ b;
        }
        op! { Saturating $t:
            Add add AddAssign add_assign |a, b| a.saturating_add(b);
            Sub sub SubAssign sub_assign |a, b| a.saturating_sub(b);
            Mul mul MulAssign mul_assign |a, b| a.saturating_mul(b);
            Div div DivAssign div_assign |a, b| a.saturating_div(b);
            Rem rem RemAssign rem_assign |a, b| a % b;
            BitAnd bitand BitAndAssign bitand_assign |a, b| a & b;
            BitOr bitor BitOrAssign bitor_assign |a, b| a | b;
            BitXor bitxor BitXorAssign bitxor_assign |a, b| a ^ b;
        }
        impl Neg for Wrapping<$t> {
            type Output = Wrapping<$t>;
            fn neg(self) -> Wrapping<$t> { Wrapping(self.0.wrapping_neg()) }
        }
        impl Not for Wrapping<$t> {
            type Output = Wrapping<$t>;
            fn not(self) -> Wrapping<$t> { Wrapping(!self.0) }
        }
        impl Not for Saturating<$t> {
            type Output = Saturating<$t>;
            fn not(self) -> Saturating<$t> { Saturating(!self.0) }
        }
        impl Shl<usize> for Wrapping<$t> {
            type Output = Wrapping<$t>;
            fn shl(self, n: usize) -> Wrapping<$t> { Wrapping(self.0.wrapping_shl(n as u32)) }
        }
        impl Shr<usize> for Wrapping<$t> {
            type Output = Wrapping<$t>;
            fn shr(self, n: usize) -> Wrapping<$t> { Wrapping(self.0.wrapping_shr(n as u32)) }
        }
        impl ShlAssign<usize> for Wrapping<$t> {
            fn shl_assign(&mut self, n: usize) { *self = *self << n; }
        }
        impl ShrAssign<usize> for Wrapping<$t> {
            fn shr_assign(&mut self, n: usize) { *self = *self >> n; }
        }
        impl Sum for Wrapping<$t> {
            fn sum<I: Iterator<Item = Self>>(iter: I) -> Self { iter.fold(Wrapping(0), |a, b| a + b) }
        }
        impl Product for Wrapping<$t> {
            fn product<I: Iterator<Item = Self>>(iter: I) -> Self { iter.fold(Wrapping(1), |a, b| a * b) }
        }
        impl<'a> Sum<&'a Wrapping<$t>> for Wrapping<$t> {
            fn sum<I: Iterator<Item = &'a Self>>(iter: I) -> Self { iter.fold(Wrapping(0), |a, b| a + *b) }
        }
        impl Wrapping<$t> {
            pub const MIN: Wrapping<$t> = Wrapping($t::MIN);
            pub const MAX: Wrapping<$t> = Wrapping($t::MAX);
            pub const BITS: u32 = $t::BITS;
            pub fn count_ones(self) -> u32 { self.0.count_ones() }
            pub fn leading_zeros(self) -> u32 { self.0.leading_zeros() }
            pub fn trailing_zeros(self) -> u32 { self.0.trailing_zeros() }
            pub fn rotate_left(self, n: u32) -> Wrapping<$t> { Wrapping(self.0.rotate_left(n)) }
            pub fn rotate_right(self, n: u32) -> Wrapping<$t> { Wrapping(self.0.rotate_right(n)) }
            pub fn pow(self, exp: u32) -> Wrapping<$t> { Wrapping(self.0.wrapping_pow(exp)) }
        }
        impl Saturating<$t> {
            pub const MIN: Saturating<$t> = Saturating($t::MIN);
            pub const MAX: Saturating<$t> = Saturating($t::MAX);
            pub fn pow(self, exp: u32) -> Saturating<$t> { Saturating(self.0.saturating_pow(exp)) }
        }
    )* };
}
wrapping! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }
