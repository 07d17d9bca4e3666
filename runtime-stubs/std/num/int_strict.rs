//! Arithmetic of the integer types that panics on overflow whatever the profile, and the unchecked forms.

use crate::prelude::v1::*;

macro_rules! common {
    ($($t:ident)*) => { $(
impl $t {
    #[track_caller]
    pub const fn strict_add(self, rhs: $t) -> $t { self + rhs }
    #[track_caller]
    pub const fn strict_sub(self, rhs: $t) -> $t { self - rhs }
    #[track_caller]
    pub const fn strict_mul(self, rhs: $t) -> $t { self * rhs }
    #[track_caller]
    pub const fn strict_div(self, rhs: $t) -> $t { self / rhs }
    #[track_caller]
    pub const fn strict_rem(self, rhs: $t) -> $t { self % rhs }
    #[track_caller]
    pub const fn strict_div_euclid(self, rhs: $t) -> $t { self.div_euclid(rhs) }
    #[track_caller]
    pub const fn strict_rem_euclid(self, rhs: $t) -> $t { self.rem_euclid(rhs) }
    #[track_caller]
    pub const fn strict_shl(self, rhs: u32) -> $t { self << rhs }
    #[track_caller]
    pub const fn strict_shr(self, rhs: u32) -> $t { self >> rhs }
    #[track_caller]
    pub const fn strict_pow(self, exp: u32) -> $t { self.pow(exp) }
    pub const unsafe fn unchecked_add(self, rhs: $t) -> $t { self.wrapping_add(rhs) }
    pub const unsafe fn unchecked_sub(self, rhs: $t) -> $t { self.wrapping_sub(rhs) }
    pub const unsafe fn unchecked_mul(self, rhs: $t) -> $t { self.wrapping_mul(rhs) }
}
    )* };
}
common! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }

macro_rules! unsigned {
    ($($t:ident $s:ident;)*) => { $(
impl $t {
    #[track_caller]
    pub const fn strict_neg(self) -> $t {
        if self != 0 { crate::panicking::panic("attempt to negate with overflow") }
        0
    }
    #[track_caller]
    pub const fn strict_add_signed(self, rhs: $s) -> $t {
        match self.checked_add_signed(rhs) {
            Some(x) => x,
            None => crate::panicking::panic("attempt to add with overflow"),
        }
    }
    #[track_caller]
    pub const fn strict_sub_signed(self, rhs: $s) -> $t {
        match self.checked_sub_signed(rhs) {
            Some(x) => x,
            None => crate::panicking::panic("attempt to subtract with overflow"),
        }
    }
}
    )* };
}
unsigned! { u8 i8; u16 i16; u32 i32; u64 i64; u128 i128; usize isize; }

macro_rules! signed {
    ($($t:ident $u:ident;)*) => { $(
impl $t {
    #[track_caller]
    pub const fn strict_neg(self) -> $t { -self }
    #[track_caller]
    pub const fn strict_abs(self) -> $t { if self < 0 { -self } else { self } }
    #[track_caller]
    pub const fn strict_add_unsigned(self, rhs: $u) -> $t {
        match self.checked_add_unsigned(rhs) {
            Some(x) => x,
            None => crate::panicking::panic("attempt to add with overflow"),
        }
    }
    #[track_caller]
    pub const fn strict_sub_unsigned(self, rhs: $u) -> $t {
        match self.checked_sub_unsigned(rhs) {
            Some(x) => x,
            None => crate::panicking::panic("attempt to subtract with overflow"),
        }
    }
}
    )* };
}
signed! { i8 u8; i16 u16; i32 u32; i64 u64; i128 u128; isize usize; }
