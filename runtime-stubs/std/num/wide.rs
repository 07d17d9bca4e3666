//! 128-bit operations that a target may lack: division and conversion to and from floats.
//!
//! Back ends call these by lang item where they have no instruction; the bodies use 64-bit division only.

use crate::prelude::v1::*;

const fn divide(n: u128, d: u128) -> (u128, u128) {
    if d > n {
        return (0, n);
    }
    let n_hi = n.wrapping_shr(64) as u64;
    let d_hi = d.wrapping_shr(64) as u64;
    if n_hi == 0 {
        let a = n as u64;
        let b = d as u64;
        return ((a / b) as u128, (a % b) as u128);
    }
    if d_hi == 0 && (d as u64) <= 0xffff_ffff {
        // Schoolbook by 32-bit digits.
        let b = d as u64;
        let q3 = n_hi / b;
        let mut r = n_hi % b;
        let lo = n as u64;
        r = r.wrapping_shl(32) | lo.wrapping_shr(32);
        let q1 = r / b;
        r = r % b;
        r = r.wrapping_shl(32) | (lo & 0xffff_ffff);
        let q0 = r / b;
        r = r % b;
        let low = q1.wrapping_shl(32) | q0;
        return ((q3 as u128).wrapping_shl(64) | low as u128, r as u128);
    }
    let mut shift = d.leading_zeros() - n.leading_zeros();
    let mut divisor = d.wrapping_shl(shift);
    let mut rest = n;
    let mut quotient = 0u128;
    loop {
        quotient = quotient.wrapping_shl(1);
        if rest >= divisor {
            rest = rest.wrapping_sub(divisor);
            quotient |= 1;
        }
        if shift == 0 {
            return (quotient, rest);
        }
        shift = shift.wrapping_sub(1);
        divisor = divisor.wrapping_shr(1);
    }
}

#[lang = "udiv128"]
pub const fn udiv128(a: u128, b: u128) -> u128 {
    divide(a, b).0
}
#[lang = "urem128"]
pub const fn urem128(a: u128, b: u128) -> u128 {
    divide(a, b).1
}
#[lang = "sdiv128"]
pub const fn sdiv128(a: i128, b: i128) -> i128 {
    let q = divide(a.unsigned_abs(), b.unsigned_abs()).0 as i128;
    if (a < 0) != (b < 0) { q.wrapping_neg() } else { q }
}
#[lang = "srem128"]
pub const fn srem128(a: i128, b: i128) -> i128 {
    let r = divide(a.unsigned_abs(), b.unsigned_abs()).1 as i128;
    if a < 0 { r.wrapping_neg() } else { r }
}

/// Rounds to nearest, ties to even: the top 64 bits with a sticky bit hold all that a conversion needs.
const fn top_bits(x: u128) -> (u64, u32) {
    let lead = x.leading_zeros();
    let norm = x.wrapping_shl(lead);
    let hi = norm.wrapping_shr(64) as u64;
    let sticky = if (norm as u64) != 0 { 1 } else { 0 };
    (hi | sticky, lead)
}
#[lang = "u128_to_f64"]
pub const fn u128_to_f64(x: u128) -> f64 {
    if x.wrapping_shr(64) as u64 == 0 {
        return x as u64 as f64;
    }
    let (top, lead) = top_bits(x);
    let scale = f64::from_bits(((1023 + 64 - lead) as u64).wrapping_shl(52));
    top as f64 * scale
}
#[lang = "u128_to_f32"]
pub const fn u128_to_f32(x: u128) -> f32 {
    if x.wrapping_shr(64) as u64 == 0 {
        return x as u64 as f32;
    }
    let (top, lead) = top_bits(x);
    let scale = f32::from_bits((127 + 64 - lead).wrapping_shl(23));
    top as f32 * scale
}
#[lang = "i128_to_f64"]
pub const fn i128_to_f64(x: i128) -> f64 {
    let m = u128_to_f64(x.unsigned_abs());
    if x < 0 { -m } else { m }
}
#[lang = "i128_to_f32"]
pub const fn i128_to_f32(x: i128) -> f32 {
    let m = u128_to_f32(x.unsigned_abs());
    if x < 0 { -m } else { m }
}
#[lang = "f64_to_u128"]
pub const fn f64_to_u128(x: f64) -> u128 {
    if !(x >= 1.0) {
        return 0;
    }
    if x >= 340282366920938463463374607431768211456.0 {
        return u128::MAX;
    }
    let bits = x.to_bits();
    let mantissa = ((bits & 0xf_ffff_ffff_ffff) | 0x10_0000_0000_0000) as u128;
    let exp = (bits.wrapping_shr(52) & 0x7ff) as i32 - 1075;
    if exp >= 0 { mantissa.wrapping_shl(exp as u32) } else { mantissa.wrapping_shr((0 - exp) as u32) }
}
#[lang = "f64_to_i128"]
pub const fn f64_to_i128(x: f64) -> i128 {
    let m = f64_to_u128(if x < 0.0 { -x } else { x });
    let limit = 170141183460469231731687303715884105728u128;
    if x < 0.0 {
        if m >= limit { i128::MIN } else { (m as i128).wrapping_neg() }
    } else if m >= limit {
        i128::MAX
    } else {
        m as i128
    }
}
#[lang = "f32_to_u128"]
pub const fn f32_to_u128(x: f32) -> u128 {
    f64_to_u128(x as f64)
}
#[lang = "f32_to_i128"]
pub const fn f32_to_i128(x: f32) -> i128 {
    f64_to_i128(x as f64)
}

/// Whether the product needs more than 128 bits.
#[lang = "umul128_overflows"]
pub const fn umul128_overflows(a: u128, b: u128) -> bool {
    a != 0 && divide(a.wrapping_mul(b), a).0 != b
}
/// Whether the product is outside `i128`.
#[lang = "smul128_overflows"]
pub const fn smul128_overflows(a: i128, b: i128) -> bool {
    let (x, y) = (a.unsigned_abs(), b.unsigned_abs());
    let limit = 0x8000_0000_0000_0000_0000_0000_0000_0000u128.wrapping_sub(if (a < 0) != (b < 0) { 0 } else { 1 });
    umul128_overflows(x, y) || x.wrapping_mul(y) > limit
}
