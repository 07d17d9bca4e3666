//! Methods of `f32` and `f64`.

use super::FpCategory;
use super::{libm, libmf};
use crate::cmp::Ordering;
use crate::intrinsics as i;
use crate::panicking::panic_fmt;
use crate::prelude::v1::*;

#[track_caller]
fn clamp_failed<T: crate::fmt::Debug>(min: T, max: T) -> ! {
    let mut s = String::from("min > max, or either was NaN. min = ");
    {
        let mut f = crate::fmt::Formatter::__new(&mut s);
        let _ = min.fmt(&mut f);
        let _ = f.write_str(", max = ");
        let _ = max.fmt(&mut f);
    }
    panic_fmt(s)
}

macro_rules! float {
    ($($t:ident $u:ident $s:ident $m:ident $bits:literal $sign:literal $almost_half:literal;)*) => { $(
impl $t {
    pub const fn is_nan(self) -> bool { self != self }
    pub const fn is_infinite(self) -> bool { (self == $t::INFINITY) | (self == $t::NEG_INFINITY) }
    pub const fn is_finite(self) -> bool { self.abs() < $t::INFINITY }
    pub const fn is_subnormal(self) -> bool { self != 0.0 && self.abs() < $t::MIN_POSITIVE }
    pub const fn is_normal(self) -> bool { self.is_finite() && self.abs() >= $t::MIN_POSITIVE }
    pub const fn classify(self) -> FpCategory {
        if self.is_nan() {
            FpCategory::Nan
        } else if self.is_infinite() {
            FpCategory::Infinite
        } else if self == 0.0 {
            FpCategory::Zero
        } else if self.is_normal() {
            FpCategory::Normal
        } else {
            FpCategory::Subnormal
        }
    }
    pub const fn is_sign_positive(self) -> bool { !self.is_sign_negative() }
    pub const fn is_sign_negative(self) -> bool { self.to_bits() & $sign != 0 }
    pub const fn to_bits(self) -> $u { unsafe { i::transmute(self) } }
    pub const fn from_bits(v: $u) -> $t { unsafe { i::transmute(v) } }
    pub const fn to_be_bytes(self) -> [u8; $bits / 8] { self.to_bits().to_be_bytes() }
    pub const fn to_le_bytes(self) -> [u8; $bits / 8] { self.to_bits().to_le_bytes() }
    pub const fn to_ne_bytes(self) -> [u8; $bits / 8] { self.to_bits().to_ne_bytes() }
    pub const fn from_be_bytes(b: [u8; $bits / 8]) -> $t { $t::from_bits($u::from_be_bytes(b)) }
    pub const fn from_le_bytes(b: [u8; $bits / 8]) -> $t { $t::from_bits($u::from_le_bytes(b)) }
    pub const fn from_ne_bytes(b: [u8; $bits / 8]) -> $t { $t::from_bits($u::from_ne_bytes(b)) }
    pub const fn next_up(self) -> $t {
        let bits = self.to_bits();
        if self.is_nan() || bits == $t::INFINITY.to_bits() { return self; }
        let abs = bits & !$sign;
        $t::from_bits(if abs == 0 { 1 } else if bits == abs { bits + 1 } else { bits - 1 })
    }
    pub const fn next_down(self) -> $t { -(-self).next_up() }

    pub const fn floor(self) -> $t { unsafe { i::ffloor(self) } }
    pub const fn ceil(self) -> $t { unsafe { i::fceil(self) } }
    pub const fn trunc(self) -> $t { unsafe { i::ftrunc(self) } }
    pub const fn round_ties_even(self) -> $t { unsafe { i::froundeven(self) } }
    /// Halves away from zero: what is added is just below a half, so that nothing smaller is carried over.
    pub const fn round(self) -> $t { (self + (($almost_half) as $t).copysign(self)).trunc() }
    pub const fn fract(self) -> $t { self - self.trunc() }
    pub const fn abs(self) -> $t { unsafe { i::fabs(self) } }
    pub const fn copysign(self, sign: $t) -> $t { unsafe { i::fcopysign(self, sign) } }
    pub const fn signum(self) -> $t { if self.is_nan() { $t::NAN } else { (1.0 as $t).copysign(self) } }
    pub const fn mul_add(self, a: $t, b: $t) -> $t { unsafe { i::ffma(self, a, b) } }
    pub fn div_euclid(self, rhs: $t) -> $t {
        let q = (self / rhs).trunc();
        if self % rhs < 0.0 {
            return if rhs > 0.0 { q - 1.0 } else { q + 1.0 };
        }
        q
    }
    pub fn rem_euclid(self, rhs: $t) -> $t {
        let r = self % rhs;
        if r < 0.0 { r + rhs.abs() } else { r }
    }
    /// By squaring from the lowest bit up, the reciprocal last, as compilers' runtimes do.
    pub fn powi(self, n: i32) -> $t {
        let mut a = self;
        let mut left = n.unsigned_abs();
        let mut r: $t = 1.0;
        loop {
            if left & 1 == 1 { r *= a; }
            left >>= 1;
            if left == 0 { break; }
            a *= a;
        }
        if n < 0 { 1.0 / r } else { r }
    }
    pub fn powf(self, n: $t) -> $t { $m::pow(self, n) }
    pub fn sqrt(self) -> $t { unsafe { i::fsqrt(self) } }
    pub fn cbrt(self) -> $t { $m::cbrt(self) }
    pub fn hypot(self, other: $t) -> $t { $m::hypot(self, other) }
    pub fn exp(self) -> $t { $m::exp(self) }
    pub fn exp2(self) -> $t { $m::exp2(self) }
    pub fn exp_m1(self) -> $t { $m::expm1(self) }
    pub fn ln(self) -> $t { $m::log(self) }
    pub fn log(self, base: $t) -> $t { self.ln() / base.ln() }
    pub fn log2(self) -> $t { $m::log2(self) }
    pub fn log10(self) -> $t { $m::log10(self) }
    pub fn ln_1p(self) -> $t { $m::log1p(self) }
    pub fn sin(self) -> $t { $m::sin(self) }
    pub fn cos(self) -> $t { $m::cos(self) }
    pub fn tan(self) -> $t { $m::tan(self) }
    pub fn sin_cos(self) -> ($t, $t) { ($m::sin(self), $m::cos(self)) }
    pub fn asin(self) -> $t { $m::asin(self) }
    pub fn acos(self) -> $t { $m::acos(self) }
    pub fn atan(self) -> $t { $m::atan(self) }
    pub fn atan2(self, other: $t) -> $t { $m::atan2(self, other) }
    pub fn sinh(self) -> $t { $m::sinh(self) }
    pub fn cosh(self) -> $t { $m::cosh(self) }
    pub fn tanh(self) -> $t { $m::tanh(self) }
    pub fn asinh(self) -> $t {
        let ax = self.abs();
        let ix = 1.0 / ax;
        (ax + (ax / ((1.0 as $t).hypot(ix) + ix))).ln_1p().copysign(self)
    }
    pub fn acosh(self) -> $t {
        if self < 1.0 { $t::NAN } else { (self + ((self - 1.0).sqrt() * (self + 1.0).sqrt())).ln() }
    }
    pub fn atanh(self) -> $t { 0.5 * ((2.0 * self) / (1.0 - self)).ln_1p() }
    pub const fn recip(self) -> $t { 1.0 / self }
    pub const fn to_degrees(self) -> $t { self * 57.2957795130823208767981548141051703 }
    pub const fn to_radians(self) -> $t { self * 0.017453292519943295769236907684886 }
    #[skeleton = "greatest"]
    pub const fn max(self, other: $t) -> $t {
        if other > self || self != self { other } else { self }
    }
    #[skeleton = "least"]
    pub const fn min(self, other: $t) -> $t {
        if other < self || self != self { other } else { self }
    }
    pub const fn maximum(self, other: $t) -> $t {
        if self > other {
            self
        } else if other > self {
            other
        } else if self == other {
            if self.is_sign_positive() && other.is_sign_negative() { self } else { other }
        } else {
            self + other
        }
    }
    pub const fn minimum(self, other: $t) -> $t {
        if self < other {
            self
        } else if other < self {
            other
        } else if self == other {
            if self.is_sign_negative() && other.is_sign_positive() { self } else { other }
        } else {
            self + other
        }
    }
    pub const fn midpoint(self, other: $t) -> $t {
        let lo = $t::MIN_POSITIVE * 2.0;
        let hi = $t::MAX / 2.0;
        let (x, y) = (self.abs(), other.abs());
        if x <= hi && y <= hi {
            (self + other) / 2.0
        } else if x < lo {
            self + (other / 2.0)
        } else if y < lo {
            (self / 2.0) + other
        } else {
            (self / 2.0) + (other / 2.0)
        }
    }
    #[track_caller]
    pub fn clamp(self, min: $t, max: $t) -> $t {
        if !(min <= max) { clamp_failed(min, max); }
        let mut x = self;
        if x < min { x = min; }
        if x > max { x = max; }
        x
    }
    pub fn abs_sub(self, other: $t) -> $t { if self <= other { 0.0 } else { self - other } }
    pub const fn total_cmp(&self, other: &$t) -> Ordering {
        let mut a = self.to_bits() as $s;
        let mut b = other.to_bits() as $s;
        a ^= (a.wrapping_shr($bits - 1) as $u).wrapping_shr(1) as $s;
        b ^= (b.wrapping_shr($bits - 1) as $u).wrapping_shr(1) as $s;
        if a < b { Ordering::Less } else if a == b { Ordering::Equal } else { Ordering::Greater }
    }
}
    )* };
}
float! {
    f32 u32 i32 libmf 32 0x8000_0000 0.49999997;
    f64 u64 i64 libm 64 0x8000_0000_0000_0000 0.49999999999999994;
}

impl f32 {
    pub const RADIX: u32 = 2;
    pub const MANTISSA_DIGITS: u32 = 24;
    pub const DIGITS: u32 = 6;
    pub const EPSILON: f32 = 1.19209290e-07;
    pub const MIN: f32 = -3.40282347e+38;
    pub const MIN_POSITIVE: f32 = 1.17549435e-38;
    pub const MAX: f32 = 3.40282347e+38;
    pub const MIN_EXP: i32 = -125;
    pub const MAX_EXP: i32 = 128;
    pub const MIN_10_EXP: i32 = -37;
    pub const MAX_10_EXP: i32 = 38;
    pub const NAN: f32 = f32::from_bits(0x7fc0_0000);
    pub const INFINITY: f32 = 1.0 / 0.0;
    pub const NEG_INFINITY: f32 = -1.0 / 0.0;
}
impl f64 {
    pub const RADIX: u32 = 2;
    pub const MANTISSA_DIGITS: u32 = 53;
    pub const DIGITS: u32 = 15;
    pub const EPSILON: f64 = 2.2204460492503131e-16;
    pub const MIN: f64 = -1.7976931348623157e+308;
    pub const MIN_POSITIVE: f64 = 2.2250738585072014e-308;
    pub const MAX: f64 = 1.7976931348623157e+308;
    pub const MIN_EXP: i32 = -1021;
    pub const MAX_EXP: i32 = 1024;
    pub const MIN_10_EXP: i32 = -307;
    pub const MAX_10_EXP: i32 = 308;
    pub const NAN: f64 = f64::from_bits(0x7ff8_0000_0000_0000);
    pub const INFINITY: f64 = 1.0 / 0.0;
    pub const NEG_INFINITY: f64 = -1.0 / 0.0;
}
