//! Floats to decimal digits: the shortest that read back (Schubfach), or exactly as many as asked for.

use super::bignum::Big;
use super::pow10;
use crate::prelude::v1::*;

/// `0.d₁d₂… · 10^point`, with no leading and no trailing zeros; no digits at all for zero.
pub struct Decimal {
    pub digits: Vec<u8>,
    pub point: i32,
}

fn log10_pow2(e: i32) -> i32 {
    (e * 1262611) >> 22
}
fn log10_three_quarters_pow2(e: i32) -> i32 {
    (e * 1262611 - 524031) >> 22
}
fn log2_pow10(e: i32) -> i32 {
    (e * 1741647) >> 19
}

fn high(a: u64, b: u64) -> u64 {
    (a as u128 * b as u128 >> 64) as u64
}

/// `g · cp / 2^128`, with the last bit set if anything was cut off.
fn round_to_odd64(g: (u64, u64), cp: u64) -> u64 {
    let x = high(g.1, cp);
    let y = g.0 as u128 * cp as u128 + x as u128;
    (y >> 64) as u64 | if y as u64 > 1 { 1 } else { 0 }
}
fn round_to_odd32(g: u64, cp: u64) -> u64 {
    let p = g as u128 * cp as u128;
    let low = (p >> 32) as u32;
    (p >> 64) as u64 | if low > 1 { 1 } else { 0 }
}

/// Schubfach. `c · 2^q` is the value; `closer` tells that the float below is at half distance.
fn shortest(c: u64, q: i32, closer: bool, single: bool) -> (u64, i32) {
    let k = if closer { log10_three_quarters_pow2(q) } else { log10_pow2(q) };
    let h = (q + log2_pow10(-k) + 1) as u32;
    let (mut hi, mut lo) = pow10::power(-k);
    let exact = k <= 0 && k >= -55;
    if single {
        if !exact || lo != 0 {
            hi += 1;
        }
    } else if !exact {
        // Rounded up; no entry ends in all ones.
        lo += 1;
    }
    let scale = |cp: u64| {
        if single { round_to_odd32(hi, cp << h) } else { round_to_odd64((hi, lo), cp << h) }
    };
    let odd = c & 1;
    let lower = scale(4 * c - if closer { 1 } else { 2 }) + odd;
    let middle = scale(4 * c);
    let upper = scale(4 * c + 2) - odd;
    let s = middle / 4;
    if s >= 10 {
        let sp = s / 10;
        let under = lower <= 40 * sp;
        let over = 40 * sp + 40 <= upper;
        if under != over {
            return (if over { sp + 1 } else { sp }, k + 1);
        }
    }
    let under = lower <= 4 * s;
    let over = 4 * s + 4 <= upper;
    if under != over {
        return (if over { s + 1 } else { s }, k);
    }
    let mid = 4 * s + 2;
    // Halfway between two candidates Rust takes the greater.
    let up = middle >= mid;
    (if up { s + 1 } else { s }, k)
}

fn from_integer(mut s: u64, mut k: i32) -> Decimal {
    let mut digits = Vec::new();
    if s == 0 {
        return Decimal { digits, point: 0 };
    }
    while s % 10 == 0 {
        s /= 10;
        k += 1;
    }
    let mut buf = [0u8; 20];
    let mut at = 20;
    while s != 0 {
        at -= 1;
        buf[at] = b'0' + (s % 10) as u8;
        s /= 10;
    }
    digits.extend_from_slice(&buf[at..]);
    let point = k + digits.len() as i32;
    Decimal { digits, point }
}

/// The parts of a finite `f64`: (mantissa, exponent, whether the float below is closer).
pub fn parts64(x: f64) -> (u64, i32, bool) {
    let bits = x.to_bits();
    let e = (bits >> 52 & 0x7ff) as i32;
    let m = bits & 0xf_ffff_ffff_ffff;
    if e == 0 { (m, -1074, false) } else { (m | 1 << 52, e - 1075, m == 0 && e > 1) }
}
pub fn parts32(x: f32) -> (u64, i32, bool) {
    let bits = x.to_bits();
    let e = (bits >> 23 & 0xff) as i32;
    let m = (bits & 0x7f_ffff) as u64;
    if e == 0 { (m, -149, false) } else { (m | 1 << 23, e - 150, m == 0 && e > 1) }
}

/// The shortest decimal that reads back as the same float, and of those the closest.
pub fn to_shortest(parts: (u64, i32, bool), single: bool) -> Decimal {
    let (c, q, closer) = parts;
    if c == 0 {
        return Decimal { digits: Vec::new(), point: 0 };
    }
    let limit = if single { 24 } else { 53 };
    if q <= 0 && q > -limit && c & ((1u64 << (0 - q) as u32) - 1) == 0 {
        return from_integer(c >> (0 - q) as u32, 0);
    }
    let (s, k) = shortest(c, q, closer, single);
    from_integer(s, k)
}

/// All digits of `c · 2^q`.
fn to_exact(c: u64, q: i32) -> Decimal {
    let mut digits: Vec<u8> = Vec::new();
    if c == 0 {
        return Decimal { digits, point: 0 };
    }
    let mut whole;
    let mut fraction;
    let shift;
    if q >= 0 {
        whole = Big::from_u64(c);
        whole.shl(q as usize);
        fraction = Big::from_u64(0);
        shift = 0;
    } else {
        shift = (0 - q) as usize;
        let w = if shift < 64 { c >> shift } else { 0 };
        whole = Big::from_u64(w);
        fraction = Big::from_u64(if shift < 64 { c - (w << shift) } else { c });
    }
    while !whole.is_zero() {
        let mut group = whole.div_small(1_000_000_000);
        let mut n = 0;
        while n < 9 && (group != 0 || !whole.is_zero()) {
            digits.push(b'0' + (group % 10) as u8);
            group /= 10;
            n += 1;
        }
    }
    digits.reverse();
    let mut point = digits.len() as i32;
    while !fraction.is_zero() {
        fraction.mul_add(1_000_000_000, 0);
        let mut group = fraction.split_high(shift);
        let mut buf = [b'0'; 9];
        let mut n = 9;
        while n > 0 {
            n -= 1;
            buf[n] = b'0' + (group % 10) as u8;
            group /= 10;
        }
        digits.extend_from_slice(&buf);
    }
    let mut zeros = 0;
    while zeros < digits.len() && digits[zeros] == b'0' {
        zeros += 1;
    }
    digits.drain(..zeros);
    point -= zeros as i32;
    while let Some(b'0') = digits.last() {
        digits.pop();
    }
    Decimal { digits, point }
}

/// The digits of `c · 2^q` that stand before place `places` after the point (which may be negative), half to even.
pub fn to_fixed(parts: (u64, i32, bool), places: i32) -> Decimal {
    let mut d = to_exact(parts.0, parts.1);
    let keep = d.point + places;
    round(&mut d, keep);
    d
}
/// `count` significant digits, half to even.
pub fn to_significant(parts: (u64, i32, bool), count: usize) -> Decimal {
    let mut d = to_exact(parts.0, parts.1);
    round(&mut d, count as i32);
    d
}

/// Keeps the first `keep` digits.
fn round(d: &mut Decimal, keep: i32) {
    if keep >= d.digits.len() as i32 {
        return;
    }
    if keep < 0 {
        d.digits.clear();
        d.point = 0;
        return;
    }
    let n = keep as usize;
    let next = d.digits[n];
    let more = d.digits.len() > n + 1;
    let odd = n > 0 && d.digits[n - 1] & 1 == 1;
    let up = next > b'5' || (next == b'5' && (more || odd));
    d.digits.truncate(n);
    if up {
        let mut k = n;
        loop {
            if k == 0 {
                d.digits.clear();
                d.digits.push(b'1');
                d.point += 1;
                break;
            }
            k -= 1;
            if d.digits[k] == b'9' {
                d.digits.pop();
            } else {
                d.digits[k] += 1;
                break;
            }
        }
    }
    while let Some(b'0') = d.digits.last() {
        d.digits.pop();
    }
    if d.digits.is_empty() {
        d.point = 0;
    }
}
