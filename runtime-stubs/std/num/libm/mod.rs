//! The mathematical functions of `f64`. All operations are IEEE's, so every host gives the same bits.

mod fma;
pub mod exp;
pub mod cbrt;
pub mod circle;
pub mod hypot;
pub mod rem_pio2;
pub mod rem_pio2_large;
pub mod expm1;
pub mod k_expo2;
pub mod sinh;
pub mod cosh;
pub mod tanh;
pub mod log1p;
pub mod log10;

pub use self::cbrt::cbrt;
pub use self::circle::{acos, asin, atan, atan2, cos, sin, tan};
pub use self::cosh::cosh;
pub use self::exp::{exp, exp2, log, log2, pow};
pub use self::expm1::expm1;
pub use self::hypot::hypot;
pub use self::log1p::log1p;
pub use self::log10::log10;
pub use self::sinh::sinh;
pub use self::tanh::tanh;

use crate::prelude::v1::*;

pub(crate) fn floor(x: f64) -> f64 {
    x.floor()
}

/// `x · 2^n`
pub fn scalbn(x: f64, n: i32) -> f64 {
    let mut y = x;
    let mut n = n;
    while n > 1023 {
        y *= 8.98846567431158e+307;
        n -= 1023;
        if n > 4000 {
            n = 4000;
        }
    }
    while n < -969 {
        // Stays clear of subnormals until the last step, so that only one step rounds.
        y *= 2.004168360008973e-292;
        n += 969;
        if n < -4000 {
            n = -4000;
        }
    }
    y * f64::from_bits(((1023 + n) as u64) << 52)
}

/// `x % y` of floats, exactly: subtracts `y · 2^k` bit by bit.
#[lang = "fmod"]
pub fn fmod(x: f64, y: f64) -> f64 {
    let sign = x.to_bits() & 0x8000_0000_0000_0000;
    let mut a = x.to_bits() & 0x7fff_ffff_ffff_ffff;
    let b = y.to_bits() & 0x7fff_ffff_ffff_ffff;
    if b == 0 || a >= 0x7ff0_0000_0000_0000 || b > 0x7ff0_0000_0000_0000 {
        return (x * y) / (x * y);
    }
    if a < b {
        return x;
    }
    let split = |v: u64| {
        let e = (v >> 52) as i32;
        let m = v & 0xf_ffff_ffff_ffff;
        if e == 0 { (m, 1) } else { (m | 1 << 52, e) }
    };
    let (mut m, mut e) = split(a);
    let (d, f) = split(b);
    while e > f {
        // Eleven bits a step fit beside the 53 of the divisor.
        let step = if e - f < 11 { e - f } else { 11 };
        m = (m << step as u32) % d;
        e -= step;
    }
    m %= d;
    if m == 0 {
        return f64::from_bits(sign);
    }
    let up = m.leading_zeros() as i32 - 11;
    if e > up {
        a = (m << up as u32 & 0xf_ffff_ffff_ffff) | ((e - up) as u64) << 52;
    } else {
        a = m << (e - 1) as u32;
    }
    f64::from_bits(a | sign)
}
/// An `f32` remainder is exact in `f64`, and again in `f32`.
#[lang = "fmodf"]
pub fn fmodf(x: f32, y: f32) -> f32 {
    fmod(x as f64, y as f64) as f32
}
