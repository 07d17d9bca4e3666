//! Fused multiply-add in integers: one rounding, to nearest, ties to even (IEEE 754-2019 §5.4.1).
//!
//! Both summands are brought to 126 significant bits of a `u128`; what is shifted out is remembered as one sticky bit.

use crate::prelude::v1::*;

/// `a * b + c` for `f64`.
#[lang = "fma"]
pub const fn fma(a: f64, b: f64, c: f64) -> f64 {
    fused(a, b, c, 53, -1022)
}

/// `a * b + c` for `f32`; the result of `fused` is exact in an `f32`, or too large for it.
#[lang = "fmaf"]
pub const fn fmaf(a: f32, b: f32, c: f32) -> f32 {
    fused(a as f64, b as f64, c as f64, 24, -126) as f32
}

/// The result rounded to `precision` bits, with `lowest` the least exponent of a normal number.
const fn fused(a: f64, b: f64, c: f64, precision: i32, lowest: i32) -> f64 {
    if !a.is_finite() || !b.is_finite() || !c.is_finite() || a == 0.0 || b == 0.0 {
        return a * b + c;
    }
    let (ma, ea) = parts(a);
    let (mb, eb) = parts(b);
    let negative = (a < 0.0) != (b < 0.0);
    let (mut big, mut big_e, mut big_negative) =
        ((ma as u128).wrapping_mul(mb as u128).wrapping_shl(20), ea + eb - 20, negative);
    let (mut small, mut small_e, mut small_negative) = (0u128, big_e, negative);
    if c != 0.0 {
        let (mc, ec) = parts(c);
        small = (mc as u128).wrapping_shl(73);
        small_e = ec - 73;
        small_negative = c < 0.0;
    }
    if small_e > big_e || (small_e == big_e && small > big) {
        crate::mem::swap(&mut big, &mut small);
        crate::mem::swap(&mut big_e, &mut small_e);
        crate::mem::swap(&mut big_negative, &mut small_negative);
    }
    let distance = big_e - small_e;
    let mut sticky = false;
    if distance >= 128 {
        sticky = small != 0;
        small = 0;
    } else if distance > 0 {
        let kept = small.wrapping_shr(distance as u32);
        sticky = kept.wrapping_shl(distance as u32) != small;
        small = kept;
    }
    let mut sign = big_negative;
    let sum = if big_negative == small_negative {
        big.wrapping_add(small)
    } else if small > big {
        // Equal exponents only up to one place of difference: then nothing was shifted out.
        sign = small_negative;
        small.wrapping_sub(big)
    } else {
        big.wrapping_sub(small).wrapping_sub(if sticky { 1 } else { 0 })
    };
    if sum == 0 && !sticky {
        return 0.0;
    }
    let value = round(sum, sticky, big_e, precision, lowest);
    if sign { -value } else { value }
}

/// `sum * 2^exponent`, a little more if `sticky`, rounded.
const fn round(sum: u128, sticky: bool, exponent: i32, precision: i32, lowest: i32) -> f64 {
    let top = 127 - sum.leading_zeros() as i32;
    let mut keep = precision;
    if exponent + top < lowest {
        keep = precision - (lowest - (exponent + top));
    }
    if keep < 0 {
        return 0.0;
    }
    let drop = top + 1 - keep;
    if drop <= 0 {
        return scaled(sum as u64, exponent);
    }
    let mut mantissa = if drop >= 128 { 0 } else { sum.wrapping_shr(drop as u32) };
    let rest = sum.wrapping_sub(if drop >= 128 { 0 } else { mantissa.wrapping_shl(drop as u32) });
    let half = 1u128.wrapping_shl(drop as u32 - 1);
    if rest > half || (rest == half && (sticky || mantissa & 1 == 1)) {
        mantissa = mantissa.wrapping_add(1);
    }
    scaled(mantissa as u64, exponent + drop)
}

/// `mantissa * 2^exponent`, which an `f64` holds exactly, or infinity. `mantissa` is at most 2^53.
const fn scaled(mantissa: u64, exponent: i32) -> f64 {
    if mantissa == 0 {
        return 0.0;
    }
    let top = 63 - mantissa.leading_zeros() as i32;
    let e = exponent + top;
    if e > 1023 {
        return f64::INFINITY;
    }
    if e < -1022 {
        return f64::from_bits(mantissa.wrapping_shl((exponent + 1074) as u32));
    }
    let fraction = if top <= 52 { mantissa.wrapping_shl((52 - top) as u32) } else { mantissa.wrapping_shr((top - 52) as u32) };
    f64::from_bits(((e + 1023) as u64).wrapping_shl(52) | (fraction & 0xf_ffff_ffff_ffff))
}

/// A finite number other than 0 as `mantissa * 2^exponent` with bit 52 of the mantissa set.
const fn parts(x: f64) -> (u64, i32) {
    let bits = x.to_bits() & 0x7fff_ffff_ffff_ffff;
    let exponent = bits.wrapping_shr(52) as i32;
    let fraction = bits & 0xf_ffff_ffff_ffff;
    if exponent == 0 {
        let shift = fraction.leading_zeros() - 11;
        return (fraction.wrapping_shl(shift), -1074 - shift as i32);
    }
    (fraction | 0x10_0000_0000_0000, exponent - 1075)
}
