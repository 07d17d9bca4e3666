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
        impl<'a> $trs<&'a $t> for $w<$t> {
            #[track_caller]
            fn $ms(&mut self, other: &'a $t) { *self = $tr::$m(*self, $w(*other)); }
        }
    )* };
}
macro_rules! unary {
    ($w:ident $t:ident: $($tr:ident $m:ident |$a:ident| $e:expr;)*) => { $(
        impl $tr for $w<$t> {
            type Output = $w<$t>;
            fn $m(self) -> $w<$t> {
                let $a = self.0;
                $w($e)
            }
        }
        impl<'a> $tr for &'a $w<$t> {
            type Output = $w<$t>;
            fn $m(self) -> $w<$t> { $tr::$m(*self) }
        }
    )* };
}
macro_rules! shift {
    ($t:ident: $($tr:ident $m:ident $trs:ident $ms:ident $f:ident;)*) => { $(
        impl $tr<usize> for Wrapping<$t> {
            type Output = Wrapping<$t>;
            fn $m(self, n: usize) -> Wrapping<$t> { Wrapping(self.0.$f(n as u32)) }
        }
        impl<'a> $tr<&'a usize> for Wrapping<$t> {
            type Output = Wrapping<$t>;
            fn $m(self, n: &'a usize) -> Wrapping<$t> { $tr::$m(self, *n) }
        }
        impl<'a> $tr<usize> for &'a Wrapping<$t> {
            type Output = Wrapping<$t>;
            fn $m(self, n: usize) -> Wrapping<$t> { $tr::$m(*self, n) }
        }
        impl<'a, 'b> $tr<&'a usize> for &'b Wrapping<$t> {
            type Output = Wrapping<$t>;
            fn $m(self, n: &'a usize) -> Wrapping<$t> { $tr::$m(*self, *n) }
        }
        impl $trs<usize> for Wrapping<$t> {
            fn $ms(&mut self, n: usize) { *self = $tr::$m(*self, n); }
        }
        impl<'a> $trs<&'a usize> for Wrapping<$t> {
            fn $ms(&mut self, n: &'a usize) { *self = $tr::$m(*self, *n); }
        }
    )* };
}
macro_rules! accumulate {
    ($t:ident: $($w:ident)*) => { $(
        impl Sum for $w<$t> {
            fn sum<I: Iterator<Item = Self>>(iter: I) -> Self { iter.fold($w(0), |a, b| a + b) }
        }
        impl Product for $w<$t> {
            fn product<I: Iterator<Item = Self>>(iter: I) -> Self { iter.fold($w(1), |a, b| a * b) }
        }
        impl<'a> Sum<&'a $w<$t>> for $w<$t> {
            fn sum<I: Iterator<Item = &'a Self>>(iter: I) -> Self { iter.fold($w(0), |a, b| a + *b) }
        }
        impl<'a> Product<&'a $w<$t>> for $w<$t> {
            fn product<I: Iterator<Item = &'a Self>>(iter: I) -> Self { iter.fold($w(1), |a, b| a * *b) }
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
        unary! { Wrapping $t: Neg neg |a| a.wrapping_neg(); Not not |a| !a; }
        unary! { Saturating $t: Not not |a| !a; }
        shift! { $t: Shl shl ShlAssign shl_assign wrapping_shl; Shr shr ShrAssign shr_assign wrapping_shr; }
        accumulate! { $t: Wrapping }
        impl Wrapping<$t> {
            pub const fn reverse_bits(self) -> Wrapping<$t> { Wrapping(self.0.reverse_bits()) }
        }
        impl Saturating<$t> {
            pub const MIN: Saturating<$t> = Saturating($t::MIN);
            pub const MAX: Saturating<$t> = Saturating($t::MAX);
            pub const BITS: u32 = $t::BITS;
            pub const fn count_ones(self) -> u32 { self.0.count_ones() }
            pub const fn count_zeros(self) -> u32 { self.0.count_zeros() }
            pub const fn leading_zeros(self) -> u32 { self.0.leading_zeros() }
            pub const fn trailing_zeros(self) -> u32 { self.0.trailing_zeros() }
            pub const fn rotate_left(self, n: u32) -> Saturating<$t> { Saturating(self.0.rotate_left(n)) }
            pub const fn rotate_right(self, n: u32) -> Saturating<$t> { Saturating(self.0.rotate_right(n)) }
            pub const fn swap_bytes(self) -> Saturating<$t> { Saturating(self.0.swap_bytes()) }
            pub const fn reverse_bits(self) -> Saturating<$t> { Saturating(self.0.reverse_bits()) }
            pub const fn from_be(x: Saturating<$t>) -> Saturating<$t> { Saturating($t::from_be(x.0)) }
            pub const fn from_le(x: Saturating<$t>) -> Saturating<$t> { Saturating($t::from_le(x.0)) }
            pub const fn to_be(self) -> Saturating<$t> { Saturating(self.0.to_be()) }
            pub const fn to_le(self) -> Saturating<$t> { Saturating(self.0.to_le()) }
            pub const fn pow(self, exp: u32) -> Saturating<$t> { Saturating(self.0.saturating_pow(exp)) }
        }
    )* };
}
wrapping! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }

macro_rules! saturating_unsigned {
    ($($t:ident)*) => { $(
        accumulate! { $t: Saturating }
        impl Saturating<$t> {
            pub const fn is_power_of_two(self) -> bool { self.0.is_power_of_two() }
        }
    )* };
}
saturating_unsigned! { u8 u16 u32 u64 u128 usize }

macro_rules! saturating_signed {
    ($($t:ident)*) => { $(
        unary! { Saturating $t: Neg neg |a| a.saturating_neg(); }
        impl Saturating<$t> {
            pub const fn abs(self) -> Saturating<$t> { Saturating(self.0.saturating_abs()) }
            pub const fn signum(self) -> Saturating<$t> { Saturating(self.0.signum()) }
            pub const fn is_positive(self) -> bool { self.0 > 0 }
            pub const fn is_negative(self) -> bool { self.0 < 0 }
        }
    )* };
}
saturating_signed! { i8 i16 i32 i64 i128 isize }
