//! Floats as text.

use super::{Debug, Display, Formatter, LowerExp, Result, UpperExp};
use crate::num::flt2dec::{Decimal, parts32, parts64, to_fixed, to_shortest, to_significant};
use crate::prelude::v1::*;
use crate::str::from_utf8_unchecked;

type Parts = (u64, i32, bool);

fn sign_of(f: &Formatter<'_>, negative: bool) -> &'static str {
    if negative {
        "-"
    } else if f.sign_plus() {
        "+"
    } else {
        ""
    }
}

/// Plain notation with at least `places` digits after the point.
fn plain(d: &Decimal, places: usize) -> String {
    let n = d.digits.len() as i32;
    let mut s = String::new();
    let digits = unsafe { from_utf8_unchecked(d.digits.as_slice()) };
    let mut after = 0usize;
    if n == 0 || d.point <= 0 {
        s.push('0');
        if n > 0 {
            s.push('.');
            let mut k = d.point;
            while k < 0 {
                s.push('0');
                after += 1;
                k += 1;
            }
            s.push_str(digits);
            after += n as usize;
        }
    } else if d.point >= n {
        s.push_str(digits);
        let mut k = n;
        while k < d.point {
            s.push('0');
            k += 1;
        }
    } else {
        // Digits are bytes of their own: slices of them are text.
        let (whole, fraction) = d.digits.as_slice().split_at(d.point as usize);
        s.push_str(unsafe { from_utf8_unchecked(whole) });
        s.push('.');
        s.push_str(unsafe { from_utf8_unchecked(fraction) });
        after = (n - d.point) as usize;
    }
    if after == 0 && places > 0 {
        s.push('.');
    }
    while after < places {
        s.push('0');
        after += 1;
    }
    s
}

/// Notation with an exponent; `count` digits in all if given.
fn scientific(d: &Decimal, count: Option<usize>, letter: char) -> String {
    let mut s = String::new();
    let n = d.digits.len();
    s.push(if n == 0 { '0' } else { d.digits[0] as char });
    let wanted = match count {
        Some(c) => c,
        None => n,
    };
    if wanted > 1 {
        s.push('.');
        let mut k = 1;
        while k < wanted {
            s.push(if k < n { d.digits[k] as char } else { '0' });
            k += 1;
        }
    }
    s.push(letter);
    let e = if n == 0 { 0 } else { d.point - 1 };
    if e < 0 {
        s.push('-');
    }
    super::num::push_usize(&mut s, e.unsigned_abs() as usize);
    s
}

fn show_plain(f: &mut Formatter<'_>, parts: Parts, negative: bool, single: bool, least: usize) -> Result {
    let text = match f.precision() {
        Some(p) => plain(&to_fixed(parts, p as i32), p),
        None => plain(&to_shortest(parts, single), least),
    };
    f.pad_number(sign_of(f, negative), "", text.as_str())
}
fn show_scientific(f: &mut Formatter<'_>, parts: Parts, negative: bool, single: bool, letter: char) -> Result {
    let text = match f.precision() {
        Some(p) => scientific(&to_significant(parts, p + 1), Some(p + 1), letter),
        None => scientific(&to_shortest(parts, single), None, letter),
    };
    f.pad_number(sign_of(f, negative), "", text.as_str())
}

macro_rules! float {
    ($($t:ident $parts:ident $single:literal;)*) => { $(
        impl $t {
            /// Infinities and NaN; `None` if the value is finite.
            fn show_special(&self, f: &mut Formatter<'_>) -> Option<Result> {
                if self.is_nan() {
                    Some(f.pad_number("", "", "NaN"))
                } else if self.is_infinite() {
                    Some(f.pad_number(sign_of(f, *self < 0.0), "", "inf"))
                } else {
                    None
                }
            }
        }
        impl Display for $t {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                match self.show_special(f) {
                    Some(r) => r,
                    None => show_plain(f, $parts(*self), self.is_sign_negative(), $single, 0),
                }
            }
        }
        impl Debug for $t {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                if let Some(r) = self.show_special(f) {
                    return r;
                }
                let x = self.abs();
                if f.precision().is_none() && (x >= 1e16 || (x != 0.0 && x < 1e-4)) {
                    show_scientific(f, $parts(*self), self.is_sign_negative(), $single, 'e')
                } else {
                    show_plain(f, $parts(*self), self.is_sign_negative(), $single, 1)
                }
            }
        }
        impl LowerExp for $t {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                match self.show_special(f) {
                    Some(r) => r,
                    None => show_scientific(f, $parts(*self), self.is_sign_negative(), $single, 'e'),
                }
            }
        }
        impl UpperExp for $t {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                match self.show_special(f) {
                    Some(r) => r,
                    None => show_scientific(f, $parts(*self), self.is_sign_negative(), $single, 'E'),
                }
            }
        }
    )* };
}
float! { f32 parts32 true; f64 parts64 false; }
