//! Methods of the integer types.

use crate::intrinsics as i;
use crate::panicking::panic;
use crate::prelude::v1::*;

macro_rules! int_common {
    ($($t:ident $u:ident $s:ident $bits:literal $min:expr, $max:expr;)*) => { $(
impl $t {
    pub const MIN: $t = $min;
    pub const MAX: $t = $max;
    pub const BITS: u32 = $bits;
    pub const fn min_value() -> $t { $min }
    pub const fn max_value() -> $t { $max }

    pub const fn count_ones(self) -> u32 { unsafe { i::ctpop(self) } }
    pub const fn count_zeros(self) -> u32 { unsafe { i::ctpop(!self) } }
    pub const fn leading_zeros(self) -> u32 { unsafe { i::ctlz(self) } }
    pub const fn trailing_zeros(self) -> u32 { unsafe { i::cttz(self) } }
    pub const fn leading_ones(self) -> u32 { unsafe { i::ctlz(!self) } }
    pub const fn trailing_ones(self) -> u32 { unsafe { i::cttz(!self) } }
    pub const fn rotate_left(self, n: u32) -> $t { unsafe { i::rotate_left(self, n) } }
    pub const fn rotate_right(self, n: u32) -> $t { unsafe { i::rotate_right(self, n) } }
    pub const fn swap_bytes(self) -> $t { unsafe { i::bswap(self) } }
    pub const fn reverse_bits(self) -> $t { unsafe { i::bitreverse(self) } }
    pub const fn from_be(x: $t) -> $t { x.swap_bytes() }
    pub const fn from_le(x: $t) -> $t { x }
    pub const fn to_be(self) -> $t { self.swap_bytes() }
    pub const fn to_le(self) -> $t { self }
    pub const fn to_ne_bytes(self) -> [u8; $bits / 8] { unsafe { i::transmute(self) } }
    pub const fn to_le_bytes(self) -> [u8; $bits / 8] { unsafe { i::transmute(self) } }
    pub const fn to_be_bytes(self) -> [u8; $bits / 8] { unsafe { i::transmute(self.swap_bytes()) } }
    pub const fn from_ne_bytes(bytes: [u8; $bits / 8]) -> $t { unsafe { i::transmute(bytes) } }
    pub const fn from_le_bytes(bytes: [u8; $bits / 8]) -> $t { unsafe { i::transmute(bytes) } }
    pub const fn from_be_bytes(bytes: [u8; $bits / 8]) -> $t {
        let x: $t = unsafe { i::transmute(bytes) };
        x.swap_bytes()
    }

    pub const fn wrapping_add(self, rhs: $t) -> $t { unsafe { i::wrapping_add(self, rhs) } }
    pub const fn wrapping_sub(self, rhs: $t) -> $t { unsafe { i::wrapping_sub(self, rhs) } }
    pub const fn wrapping_mul(self, rhs: $t) -> $t { unsafe { i::wrapping_mul(self, rhs) } }
    pub const fn wrapping_neg(self) -> $t { unsafe { i::wrapping_sub(0, self) } }
    pub const fn wrapping_shl(self, rhs: u32) -> $t { unsafe { i::unchecked_shl(self, rhs) } }
    pub const fn wrapping_shr(self, rhs: u32) -> $t { unsafe { i::unchecked_shr(self, rhs) } }
    pub const fn wrapping_pow(self, mut exp: u32) -> $t {
        if exp == 0 { return 1; }
        let mut base = self;
        let mut acc: $t = 1;
        loop {
            if (exp & 1) == 1 {
                acc = acc.wrapping_mul(base);
                if exp == 1 { return acc; }
            }
            exp = exp >> 1;
            base = base.wrapping_mul(base);
        }
    }

    pub const fn overflowing_add(self, rhs: $t) -> ($t, bool) { unsafe { i::add_with_overflow(self, rhs) } }
    pub const fn overflowing_sub(self, rhs: $t) -> ($t, bool) { unsafe { i::sub_with_overflow(self, rhs) } }
    pub const fn overflowing_mul(self, rhs: $t) -> ($t, bool) { unsafe { i::mul_with_overflow(self, rhs) } }
    pub const fn overflowing_neg(self) -> ($t, bool) { unsafe { i::sub_with_overflow(0, self) } }
    pub const fn overflowing_shl(self, rhs: u32) -> ($t, bool) { (self.wrapping_shl(rhs), rhs >= $bits) }
    pub const fn overflowing_shr(self, rhs: u32) -> ($t, bool) { (self.wrapping_shr(rhs), rhs >= $bits) }
    pub const fn overflowing_pow(self, mut exp: u32) -> ($t, bool) {
        if exp == 0 { return (1, false); }
        let mut base = self;
        let mut acc: $t = 1;
        let mut overflown = false;
        loop {
            if (exp & 1) == 1 {
                let r = acc.overflowing_mul(base);
                acc = r.0;
                overflown |= r.1;
                if exp == 1 { return (acc, overflown); }
            }
            exp = exp >> 1;
            let r = base.overflowing_mul(base);
            base = r.0;
            overflown |= r.1;
        }
    }

    pub const fn checked_add(self, rhs: $t) -> Option<$t> {
        let (v, o) = self.overflowing_add(rhs);
        if o { None } else { Some(v) }
    }
    pub const fn checked_sub(self, rhs: $t) -> Option<$t> {
        let (v, o) = self.overflowing_sub(rhs);
        if o { None } else { Some(v) }
    }
    pub const fn checked_mul(self, rhs: $t) -> Option<$t> {
        let (v, o) = self.overflowing_mul(rhs);
        if o { None } else { Some(v) }
    }
    pub const fn checked_neg(self) -> Option<$t> {
        let (v, o) = self.overflowing_neg();
        if o { None } else { Some(v) }
    }
    pub const fn checked_shl(self, rhs: u32) -> Option<$t> {
        if rhs < $bits { Some(self.wrapping_shl(rhs)) } else { None }
    }
    pub const fn checked_shr(self, rhs: u32) -> Option<$t> {
        if rhs < $bits { Some(self.wrapping_shr(rhs)) } else { None }
    }
    pub const fn unbounded_shl(self, rhs: u32) -> $t {
        if rhs < $bits { self.wrapping_shl(rhs) } else { 0 }
    }
    pub const fn checked_pow(self, mut exp: u32) -> Option<$t> {
        if exp == 0 { return Some(1); }
        let mut base = self;
        let mut acc: $t = 1;
        loop {
            if (exp & 1) == 1 {
                match acc.checked_mul(base) {
                    Some(x) => acc = x,
                    None => return None,
                }
                if exp == 1 { return Some(acc); }
            }
            exp = exp >> 1;
            match base.checked_mul(base) {
                Some(x) => base = x,
                None => return None,
            }
        }
    }
    #[track_caller]
    pub const fn pow(self, mut exp: u32) -> $t {
        if exp == 0 { return 1; }
        let mut base = self;
        let mut acc: $t = 1;
        loop {
            if (exp & 1) == 1 {
                acc = acc * base;
                if exp == 1 { return acc; }
            }
            exp = exp >> 1;
            base = base * base;
        }
    }
    #[track_caller]
    pub const fn ilog(self, base: $t) -> u32 {
        if base < 2 { panic("base of integer logarithm must be at least 2"); }
        match self.checked_ilog(base) {
            Some(n) => n,
            None => panic("argument of integer logarithm must be positive"),
        }
    }
    #[track_caller]
    pub const fn ilog2(self) -> u32 {
        match self.checked_ilog2() {
            Some(n) => n,
            None => panic("argument of integer logarithm must be positive"),
        }
    }
    #[track_caller]
    pub const fn ilog10(self) -> u32 {
        match self.checked_ilog10() {
            Some(n) => n,
            None => panic("argument of integer logarithm must be positive"),
        }
    }
    pub const fn checked_ilog(self, base: $t) -> Option<u32> {
        if self <= 0 || base <= 1 { return None; }
        let mut n = 0u32;
        let mut r = self;
        while r >= base {
            r = r / base;
            n += 1;
        }
        Some(n)
    }
    pub const fn checked_ilog2(self) -> Option<u32> {
        if self <= 0 { None } else { Some($bits - 1 - self.leading_zeros()) }
    }
    pub const fn checked_ilog10(self) -> Option<u32> { self.checked_ilog(10) }
}
    )* };
}
int_common! {
    u8 u8 i8 8 0, 255;
    u16 u16 i16 16 0, 65535;
    u32 u32 i32 32 0, 4294967295;
    u64 u64 i64 64 0, 18446744073709551615;
    u128 u128 i128 128 0, 340282366920938463463374607431768211455;
    usize usize isize 64 0, 18446744073709551615;
    i8 u8 i8 8 -128, 127;
    i16 u16 i16 16 -32768, 32767;
    i32 u32 i32 32 -2147483648, 2147483647;
    i64 u64 i64 64 -9223372036854775808, 9223372036854775807;
    i128 u128 i128 128 -170141183460469231731687303715884105728, 170141183460469231731687303715884105727;
    isize usize isize 64 -9223372036854775808, 9223372036854775807;
}

macro_rules! unsigned {
    ($($t:ident $s:ident $bits:literal;)*) => { $(
impl $t {
    pub const fn cast_signed(self) -> $s { self as $s }
    pub const fn wrapping_div(self, rhs: $t) -> $t { self / rhs }
    pub const fn wrapping_rem(self, rhs: $t) -> $t { self % rhs }
    pub const fn wrapping_div_euclid(self, rhs: $t) -> $t { self / rhs }
    pub const fn wrapping_rem_euclid(self, rhs: $t) -> $t { self % rhs }
    pub const fn overflowing_div(self, rhs: $t) -> ($t, bool) { (self / rhs, false) }
    pub const fn overflowing_rem(self, rhs: $t) -> ($t, bool) { (self % rhs, false) }
    pub const fn overflowing_div_euclid(self, rhs: $t) -> ($t, bool) { (self / rhs, false) }
    pub const fn overflowing_rem_euclid(self, rhs: $t) -> ($t, bool) { (self % rhs, false) }
    #[track_caller]
    pub const fn div_euclid(self, rhs: $t) -> $t { self / rhs }
    #[track_caller]
    pub const fn rem_euclid(self, rhs: $t) -> $t { self % rhs }
    pub const fn checked_div(self, rhs: $t) -> Option<$t> {
        if rhs == 0 { None } else { Some(unsafe { i::unchecked_div(self, rhs) }) }
    }
    pub const fn checked_rem(self, rhs: $t) -> Option<$t> {
        if rhs == 0 { None } else { Some(unsafe { i::unchecked_rem(self, rhs) }) }
    }
    pub const fn checked_div_euclid(self, rhs: $t) -> Option<$t> { self.checked_div(rhs) }
    pub const fn checked_rem_euclid(self, rhs: $t) -> Option<$t> { self.checked_rem(rhs) }
    pub const fn saturating_add(self, rhs: $t) -> $t {
        let (v, o) = self.overflowing_add(rhs);
        if o { $t::MAX } else { v }
    }
    pub const fn saturating_sub(self, rhs: $t) -> $t {
        if self < rhs { 0 } else { self.wrapping_sub(rhs) }
    }
    pub const fn saturating_mul(self, rhs: $t) -> $t {
        let (v, o) = self.overflowing_mul(rhs);
        if o { $t::MAX } else { v }
    }
    #[track_caller]
    pub const fn saturating_div(self, rhs: $t) -> $t { self / rhs }
    pub const fn saturating_pow(self, exp: u32) -> $t {
        match self.checked_pow(exp) {
            Some(x) => x,
            None => $t::MAX,
        }
    }
    pub const fn unbounded_shr(self, rhs: u32) -> $t {
        if rhs < $bits { self.wrapping_shr(rhs) } else { 0 }
    }
    pub const fn abs_diff(self, other: $t) -> $t {
        if self < other { other.wrapping_sub(self) } else { self.wrapping_sub(other) }
    }
    pub const fn checked_add_signed(self, rhs: $s) -> Option<$t> {
        let (v, o) = self.overflowing_add_signed(rhs);
        if o { None } else { Some(v) }
    }
    pub const fn overflowing_add_signed(self, rhs: $s) -> ($t, bool) {
        let (v, o) = self.overflowing_add(rhs as $t);
        (v, o != (rhs < 0))
    }
    pub const fn wrapping_add_signed(self, rhs: $s) -> $t { self.wrapping_add(rhs as $t) }
    pub const fn saturating_add_signed(self, rhs: $s) -> $t {
        let (v, o) = self.overflowing_add_signed(rhs);
        if !o { v } else if rhs < 0 { 0 } else { $t::MAX }
    }
    pub const fn checked_sub_signed(self, rhs: $s) -> Option<$t> {
        let (v, o) = self.overflowing_sub_signed(rhs);
        if o { None } else { Some(v) }
    }
    pub const fn overflowing_sub_signed(self, rhs: $s) -> ($t, bool) {
        let (v, o) = self.overflowing_sub(rhs as $t);
        (v, o != (rhs < 0))
    }
    pub const fn wrapping_sub_signed(self, rhs: $s) -> $t { self.wrapping_sub(rhs as $t) }
    pub const fn saturating_sub_signed(self, rhs: $s) -> $t {
        let (v, o) = self.overflowing_sub_signed(rhs);
        if !o { v } else if rhs < 0 { $t::MAX } else { 0 }
    }
    pub const fn checked_signed_diff(self, rhs: $t) -> Option<$s> {
        let r = self.wrapping_sub(rhs) as $s;
        if (self >= rhs) == (r < 0) { None } else { Some(r) }
    }
    #[track_caller]
    pub const fn div_ceil(self, rhs: $t) -> $t {
        let d = self / rhs;
        let r = self % rhs;
        if r > 0 { d + 1 } else { d }
    }
    #[track_caller]
    pub const fn next_multiple_of(self, rhs: $t) -> $t {
        match self % rhs {
            0 => self,
            r => self + (rhs - r),
        }
    }
    pub const fn checked_next_multiple_of(self, rhs: $t) -> Option<$t> {
        if rhs == 0 { return None; }
        match self % rhs {
            0 => Some(self),
            r => self.checked_add(rhs - r),
        }
    }
    pub const fn is_multiple_of(self, rhs: $t) -> bool {
        if rhs == 0 { self == 0 } else { self % rhs == 0 }
    }
    pub const fn is_power_of_two(self) -> bool { self.count_ones() == 1 }
    const fn one_less_than_next_power_of_two(self) -> $t {
        if self <= 1 { return 0; }
        $t::MAX.wrapping_shr((self - 1).leading_zeros())
    }
    #[track_caller]
    pub const fn next_power_of_two(self) -> $t { self.one_less_than_next_power_of_two() + 1 }
    pub const fn checked_next_power_of_two(self) -> Option<$t> {
        self.one_less_than_next_power_of_two().checked_add(1)
    }
    pub const fn isqrt(self) -> $t {
        if self < 2 { return self; }
        let mut x: $t = self;
        let mut result: $t = 0;
        let mut bit: $t = (1 as $t).wrapping_shl(($bits - 1 - self.leading_zeros()) & !1);
        while bit != 0 {
            if x >= result + bit {
                x = x - (result + bit);
                result = result.wrapping_shr(1) + bit;
            } else {
                result = result.wrapping_shr(1);
            }
            bit = bit.wrapping_shr(2);
        }
        result
    }
    pub const fn midpoint(self, rhs: $t) -> $t {
        ((self ^ rhs).wrapping_shr(1)) + (self & rhs)
    }
}
    )* };
}
unsigned! { u8 i8 8; u16 i16 16; u32 i32 32; u64 i64 64; u128 i128 128; usize isize 64; }

macro_rules! signed {
    ($($t:ident $u:ident $bits:literal;)*) => { $(
impl $t {
    pub const fn cast_unsigned(self) -> $u { self as $u }
    #[track_caller]
    pub const fn abs(self) -> $t { if self < 0 { -self } else { self } }
    pub const fn unsigned_abs(self) -> $u { self.wrapping_abs() as $u }
    pub const fn signum(self) -> $t {
        if self < 0 { -1 } else if self == 0 { 0 } else { 1 }
    }
    pub const fn is_positive(self) -> bool { self > 0 }
    pub const fn is_negative(self) -> bool { self < 0 }
    pub const fn wrapping_abs(self) -> $t { if self < 0 { self.wrapping_neg() } else { self } }
    pub const fn overflowing_abs(self) -> ($t, bool) { (self.wrapping_abs(), self == $t::MIN) }
    pub const fn checked_abs(self) -> Option<$t> { if self < 0 { self.checked_neg() } else { Some(self) } }
    pub const fn saturating_abs(self) -> $t { if self < 0 { self.saturating_neg() } else { self } }
    pub const fn saturating_neg(self) -> $t { if self == $t::MIN { $t::MAX } else { self.wrapping_neg() } }
    pub const fn overflowing_div(self, rhs: $t) -> ($t, bool) {
        if rhs == -1 && self == $t::MIN { (self, true) } else { (self / rhs, false) }
    }
    pub const fn overflowing_rem(self, rhs: $t) -> ($t, bool) {
        if rhs == -1 { (0, self == $t::MIN) } else { (self % rhs, false) }
    }
    pub const fn overflowing_div_euclid(self, rhs: $t) -> ($t, bool) {
        if rhs == -1 && self == $t::MIN { (self, true) } else { (self.div_euclid(rhs), false) }
    }
    pub const fn overflowing_rem_euclid(self, rhs: $t) -> ($t, bool) {
        if rhs == -1 { (0, self == $t::MIN) } else { (self.rem_euclid(rhs), false) }
    }
    pub const fn wrapping_div(self, rhs: $t) -> $t { self.overflowing_div(rhs).0 }
    pub const fn wrapping_rem(self, rhs: $t) -> $t { self.overflowing_rem(rhs).0 }
    pub const fn wrapping_div_euclid(self, rhs: $t) -> $t { self.overflowing_div_euclid(rhs).0 }
    pub const fn wrapping_rem_euclid(self, rhs: $t) -> $t { self.overflowing_rem_euclid(rhs).0 }
    pub const fn checked_div(self, rhs: $t) -> Option<$t> {
        if rhs == 0 || (rhs == -1 && self == $t::MIN) { None } else { Some(unsafe { i::unchecked_div(self, rhs) }) }
    }
    pub const fn checked_rem(self, rhs: $t) -> Option<$t> {
        if rhs == 0 || (rhs == -1 && self == $t::MIN) { None } else { Some(unsafe { i::unchecked_rem(self, rhs) }) }
    }
    pub const fn checked_div_euclid(self, rhs: $t) -> Option<$t> {
        if rhs == 0 || (rhs == -1 && self == $t::MIN) { None } else { Some(self.div_euclid(rhs)) }
    }
    pub const fn checked_rem_euclid(self, rhs: $t) -> Option<$t> {
        if rhs == 0 || (rhs == -1 && self == $t::MIN) { None } else { Some(self.rem_euclid(rhs)) }
    }
    #[track_caller]
    pub const fn div_euclid(self, rhs: $t) -> $t {
        let q = self / rhs;
        if self % rhs < 0 {
            return if rhs > 0 { q - 1 } else { q + 1 };
        }
        q
    }
    #[track_caller]
    pub const fn rem_euclid(self, rhs: $t) -> $t {
        let r = self % rhs;
        if r < 0 { r.wrapping_add(rhs.wrapping_abs()) } else { r }
    }
    pub const fn saturating_add(self, rhs: $t) -> $t {
        let (v, o) = self.overflowing_add(rhs);
        if !o { v } else if self < 0 { $t::MIN } else { $t::MAX }
    }
    pub const fn saturating_sub(self, rhs: $t) -> $t {
        let (v, o) = self.overflowing_sub(rhs);
        if !o { v } else if self < 0 { $t::MIN } else { $t::MAX }
    }
    pub const fn saturating_mul(self, rhs: $t) -> $t {
        let (v, o) = self.overflowing_mul(rhs);
        if !o { v } else if (self < 0) == (rhs < 0) { $t::MAX } else { $t::MIN }
    }
    #[track_caller]
    pub const fn saturating_div(self, rhs: $t) -> $t {
        let (v, o) = self.overflowing_div(rhs);
        if o { $t::MAX } else { v }
    }
    pub const fn saturating_pow(self, exp: u32) -> $t {
        match self.checked_pow(exp) {
            Some(x) => x,
            None => if self < 0 && exp % 2 == 1 { $t::MIN } else { $t::MAX },
        }
    }
    pub const fn unbounded_shr(self, rhs: u32) -> $t {
        if rhs < $bits { self.wrapping_shr(rhs) } else if self < 0 { -1 } else { 0 }
    }
    pub const fn abs_diff(self, other: $t) -> $u {
        if self < other {
            (other as $u).wrapping_sub(self as $u)
        } else {
            (self as $u).wrapping_sub(other as $u)
        }
    }
    pub const fn checked_add_unsigned(self, rhs: $u) -> Option<$t> {
        let (v, o) = self.overflowing_add_unsigned(rhs);
        if o { None } else { Some(v) }
    }
    pub const fn overflowing_add_unsigned(self, rhs: $u) -> ($t, bool) {
        let rhs = rhs as $t;
        let (v, o) = self.overflowing_add(rhs);
        (v, o != (rhs < 0))
    }
    pub const fn wrapping_add_unsigned(self, rhs: $u) -> $t { self.wrapping_add(rhs as $t) }
    pub const fn saturating_add_unsigned(self, rhs: $u) -> $t {
        match self.checked_add_unsigned(rhs) {
            Some(x) => x,
            None => $t::MAX,
        }
    }
    pub const fn checked_sub_unsigned(self, rhs: $u) -> Option<$t> {
        let (v, o) = self.overflowing_sub_unsigned(rhs);
        if o { None } else { Some(v) }
    }
    pub const fn overflowing_sub_unsigned(self, rhs: $u) -> ($t, bool) {
        let rhs = rhs as $t;
        let (v, o) = self.overflowing_sub(rhs);
        (v, o != (rhs < 0))
    }
    pub const fn wrapping_sub_unsigned(self, rhs: $u) -> $t { self.wrapping_sub(rhs as $t) }
    pub const fn saturating_sub_unsigned(self, rhs: $u) -> $t {
        match self.checked_sub_unsigned(rhs) {
            Some(x) => x,
            None => $t::MIN,
        }
    }
    #[track_caller]
    pub const fn isqrt(self) -> $t {
        if self < 0 {
            panic("argument of integer square root cannot be negative");
        }
        (self as $u).isqrt() as $t
    }
    pub const fn checked_isqrt(self) -> Option<$t> {
        if self < 0 { None } else { Some((self as $u).isqrt() as $t) }
    }
    /// Rounds towards zero, unlike a shift.
    pub const fn midpoint(self, rhs: $t) -> $t {
        let t = ((self ^ rhs).wrapping_shr(1)) + (self & rhs);
        if t < 0 && ((self ^ rhs) & 1) == 1 { t + 1 } else { t }
    }
}
    )* };
}
signed! { i8 u8 8; i16 u16 16; i32 u32 32; i64 u64 64; i128 u128 128; isize usize 64; }
