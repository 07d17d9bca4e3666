//! Text to float, correctly rounded: exact arithmetic if it fits, then Eisel and Lemire's method, then long division.

use super::bignum::Big;
use super::error::{FloatErrorKind, ParseFloatError};
use super::pow10;
use crate::cmp::Ordering;
use crate::prelude::v1::*;
use crate::str::FromStr;

/// What distinguishes `f32` from `f64` here.
struct Format {
    mantissa_bits: u32,
    /// Exponent field of infinity.
    infinite: i32,
    bias: i32,
}
const SINGLE: Format = Format { mantissa_bits: 23, infinite: 255, bias: 127 };
const DOUBLE: Format = Format { mantissa_bits: 52, infinite: 2047, bias: 1023 };

/// `digits · 10^exponent`; `mantissa` holds the first 19 significant digits, `cut` tells that there are more.
struct Number {
    negative: bool,
    mantissa: u64,
    exponent: i64,
    cut: bool,
    /// Where the digits lie in the text, for the exact path.
    first: usize,
    last: usize,
}

/// Bits of the result without its sign, or `None` for what is no number.
enum Parsed {
    Number(Number),
    Infinite(bool),
    Nan(bool),
}

fn parse(b: &[u8]) -> Option<Parsed> {
    let mut at = 0;
    let mut negative = false;
    if at < b.len() && (b[at] == b'-' || b[at] == b'+') {
        negative = b[at] == b'-';
        at += 1;
    }
    let rest = &b[at..];
    if rest.eq_ignore_ascii_case(b"inf") || rest.eq_ignore_ascii_case(b"infinity") {
        return Some(Parsed::Infinite(negative));
    }
    if rest.eq_ignore_ascii_case(b"nan") {
        return Some(Parsed::Nan(negative));
    }
    let first = at;
    let mut mantissa = 0u64;
    let mut significant = 0;
    let mut digits = 0;
    let mut exponent = 0i64;
    let mut cut = false;
    let mut fraction = false;
    while at < b.len() {
        let c = b[at];
        if c == b'.' && !fraction {
            fraction = true;
        } else if c >= b'0' && c <= b'9' {
            digits += 1;
            if significant > 0 || c != b'0' {
                if significant < 19 {
                    mantissa = mantissa * 10 + (c - b'0') as u64;
                    significant += 1;
                    if fraction {
                        exponent -= 1;
                    }
                } else {
                    cut |= c != b'0';
                    if !fraction {
                        exponent += 1;
                    }
                }
            } else if fraction {
                exponent -= 1;
            }
        } else {
            break;
        }
        at += 1;
    }
    if digits == 0 {
        return None;
    }
    let last = at;
    if at < b.len() && (b[at] == b'e' || b[at] == b'E') {
        at += 1;
        let mut down = false;
        if at < b.len() && (b[at] == b'-' || b[at] == b'+') {
            down = b[at] == b'-';
            at += 1;
        }
        if at == b.len() {
            return None;
        }
        let mut e = 0i64;
        while at < b.len() && b[at] >= b'0' && b[at] <= b'9' {
            if e < 100_000_000 {
                e = e * 10 + (b[at] - b'0') as i64;
            }
            at += 1;
        }
        exponent += if down { 0 - e } else { e };
    }
    if at != b.len() {
        return None;
    }
    Some(Parsed::Number(Number { negative, mantissa, exponent, cut, first, last }))
}

/// Eisel and Lemire: (mantissa field, exponent field), or `None` if 128 bits do not decide it.
fn lemire(f: &Format, w: u64, q: i64) -> Option<(u64, i32)> {
    if w == 0 || q < -342 {
        return Some((0, 0));
    }
    if q > 308 {
        return Some((0, f.infinite));
    }
    let lz = w.leading_zeros();
    let w = w << lz;
    let (hi5, lo5) = pow10::power(q as i32);
    let mask = 0xffff_ffff_ffff_ffffu64 >> (f.mantissa_bits + 3);
    let product = w as u128 * hi5 as u128;
    let mut hi = (product >> 64) as u64;
    let mut lo = product as u64;
    if hi & mask == mask {
        let second = (w as u128 * lo5 as u128 >> 64) as u64;
        let (sum, carry) = lo.overflowing_add(second);
        lo = sum;
        if carry {
            hi += 1;
        }
    }
    if lo == 0xffff_ffff_ffff_ffff && !(q >= -27 && q <= 55) {
        return None;
    }
    let upper = (hi >> 63) as u32;
    let shift = upper + 64 - f.mantissa_bits - 3;
    let mut m = hi >> shift;
    let mut e = ((q as i32 * 217706) >> 16) + 63 + upper as i32 - lz as i32 + f.bias;
    if e <= 0 {
        if 1 - e >= 64 {
            return Some((0, 0));
        }
        m >>= (1 - e) as u32;
        m += m & 1;
        m >>= 1;
        e = if m < 1u64 << f.mantissa_bits { 0 } else { 1 };
        return Some((m & ((1u64 << f.mantissa_bits) - 1), e));
    }
    // A tie needs a look at what was cut off; powers in this range may be exact.
    let (min_even, max_even) = if f.mantissa_bits == 52 { (-4, 23) } else { (-17, 10) };
    if lo <= 1 && q >= min_even && q <= max_even && m & 3 == 1 && m << shift == hi {
        m &= !1;
    }
    m += m & 1;
    m >>= 1;
    if m >= 2u64 << f.mantissa_bits {
        m = 1u64 << f.mantissa_bits;
        e += 1;
    }
    m &= !(1u64 << f.mantissa_bits);
    if e >= f.infinite {
        return Some((0, f.infinite));
    }
    Some((m, e))
}

/// The exact path: the quotient of two big numbers to 64 bits and a sticky bit.
fn divide(f: &Format, b: &[u8], n: &Number) -> (u64, i32) {
    let mut num = Big::from_u64(0);
    let mut exponent = n.exponent;
    let mut count = 0;
    let mut at = n.first;
    let mut sticky = false;
    let mut started = false;
    // Undo the exponent of the first 19 digits as the others are taken in.
    while at < n.last {
        let c = b[at];
        at += 1;
        if c == b'.' {
            continue;
        }
        if !started && c == b'0' {
            continue;
        }
        started = true;
        if count < 800 {
            num.mul_add(10, (c - b'0') as u32);
            if count >= 19 {
                exponent -= 1;
            }
            count += 1;
        } else if c != b'0' {
            sticky = true;
        }
    }
    // More than 340 powers beyond the digits are out of range for good.
    if exponent + count as i64 > 400 {
        return (0, f.infinite);
    }
    if exponent + (count as i64) < -400 {
        return (0, 0);
    }
    let mut den = Big::from_u64(1);
    if exponent >= 0 {
        num.mul_pow10(exponent as usize);
    } else {
        den.mul_pow10((0 - exponent) as usize);
    }
    // Shift so that the quotient has its first bit at 2^63.
    let mut e2 = num.bits() as i32 - den.bits() as i32;
    if e2 < 0 {
        num.shl((0 - e2) as usize);
    } else {
        den.shl(e2 as usize);
    }
    if num.compare(&den) == Ordering::Less {
        num.shl(1);
        e2 -= 1;
    }
    let mut quotient = 0u64;
    let mut k = 0;
    while k < 64 {
        quotient <<= 1;
        if num.compare(&den) != Ordering::Less {
            num.sub(&den);
            quotient |= 1;
        }
        num.shl(1);
        k += 1;
    }
    if !num.is_zero() {
        sticky = true;
    }
    // The value is quotient · 2^(e2 - 63), the quotient's first bit being set.
    let mut e = e2 + f.bias;
    let mut drop = 63 - f.mantissa_bits;
    if e <= 0 {
        let extra = (1 - e) as u32;
        if extra > f.mantissa_bits + 1 {
            return (0, 0);
        }
        drop += extra;
        e = 0;
    }
    let (mut m, rest, half) = if drop >= 64 {
        (0, quotient, 1u128 << (drop - 1))
    } else {
        (quotient >> drop, quotient & ((1u64 << drop) - 1), 1u128 << (drop - 1))
    };
    let rest = rest as u128;
    if rest > half || (rest == half && (sticky || m & 1 == 1)) {
        m += 1;
    }
    if e == 0 {
        if m >= 1u64 << f.mantissa_bits {
            e = 1;
        }
    } else if m >= 2u64 << f.mantissa_bits {
        m >>= 1;
        e += 1;
    }
    if e >= f.infinite {
        return (0, f.infinite);
    }
    (m & ((1u64 << f.mantissa_bits) - 1), e)
}

fn fields(f: &Format, b: &[u8], n: &Number) -> (u64, i32) {
    if n.mantissa == 0 {
        return (0, 0);
    }
    match lemire(f, n.mantissa, n.exponent) {
        Some(r) => {
            if !n.cut {
                return r;
            }
            if let Some(above) = lemire(f, n.mantissa + 1, n.exponent) {
                if above == r {
                    return r;
                }
            }
        }
        None => {}
    }
    divide(f, b, n)
}

static POWERS_EXACT: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
];

fn error(s: &str) -> ParseFloatError {
    ParseFloatError { kind: if s.is_empty() { FloatErrorKind::Empty } else { FloatErrorKind::Invalid } }
}

impl FromStr for f64 {
    type Err = ParseFloatError;
    fn from_str(s: &str) -> Result<f64, ParseFloatError> {
        let b = s.as_bytes();
        let (negative, magnitude) = match parse(b) {
            None => return Err(error(s)),
            Some(Parsed::Infinite(negative)) => (negative, f64::INFINITY),
            Some(Parsed::Nan(negative)) => (negative, f64::NAN),
            Some(Parsed::Number(n)) => {
                let x = if !n.cut && n.mantissa <= 1 << 53 && n.exponent >= -22 && n.exponent <= 22 {
                    if n.exponent < 0 {
                        n.mantissa as f64 / POWERS_EXACT[(0 - n.exponent) as usize]
                    } else {
                        n.mantissa as f64 * POWERS_EXACT[n.exponent as usize]
                    }
                } else {
                    let (m, e) = fields(&DOUBLE, b, &n);
                    f64::from_bits(m | (e as u64) << 52)
                };
                (n.negative, x)
            }
        };
        Ok(if negative { -magnitude } else { magnitude })
    }
}
impl FromStr for f32 {
    type Err = ParseFloatError;
    fn from_str(s: &str) -> Result<f32, ParseFloatError> {
        let b = s.as_bytes();
        let (negative, magnitude) = match parse(b) {
            None => return Err(error(s)),
            Some(Parsed::Infinite(negative)) => (negative, f32::INFINITY),
            Some(Parsed::Nan(negative)) => (negative, f32::NAN),
            Some(Parsed::Number(n)) => {
                let (m, e) = fields(&SINGLE, b, &n);
                (n.negative, f32::from_bits(m as u32 | (e as u32) << 23))
            }
        };
        Ok(if negative { -magnitude } else { magnitude })
    }
}
