//! Integers as text.

use super::{Binary, Debug, Display, Formatter, LowerExp, LowerHex, Octal, Result, UpperExp, UpperHex};
use crate::prelude::v1::*;
use crate::str::from_utf8_unchecked;

/// Writes the decimal digits of `n` at the end of `buf` and gives where they start.
fn digits64(mut n: u64, buf: &mut [u8; 40]) -> usize {
    let mut at = 40;
    loop {
        at -= 1;
        buf[at] = b'0' + (n % 10) as u8;
        n = n / 10;
        if n == 0 {
            return at;
        }
    }
}
fn digits128(n: u128, buf: &mut [u8; 40]) -> usize {
    let mut rest = n;
    let mut at = 40;
    while rest > 0xffff_ffff_ffff_ffff {
        // Nineteen digits at a time, so that only one wide division is done for them.
        let mut low = (rest % 10_000_000_000_000_000_000) as u64;
        rest = rest / 10_000_000_000_000_000_000;
        let mut k = 0;
        while k < 19 {
            at -= 1;
            buf[at] = b'0' + (low % 10) as u8;
            low = low / 10;
            k += 1;
        }
    }
    let mut low = rest as u64;
    while low != 0 || at == 40 {
        at -= 1;
        buf[at] = b'0' + (low % 10) as u8;
        low = low / 10;
    }
    at
}

pub(crate) fn push_usize(s: &mut String, n: usize) {
    let mut buf = [0u8; 40];
    let at = digits64(n as u64, &mut buf);
    s.push_str(unsafe { from_utf8_unchecked(&buf[at..]) });
}

fn show_radix(f: &mut Formatter<'_>, n: u128, shift: u32, upper: bool, prefix: &str) -> Result {
    let mut buf = [0u8; 128];
    let mut at = 128;
    let mut rest = n;
    let mask = (1u8 << shift) - 1;
    loop {
        let d = rest as u8 & mask;
        at -= 1;
        buf[at] = if d < 10 {
            b'0' + d
        } else if upper {
            b'A' + d - 10
        } else {
            b'a' + d - 10
        };
        rest = rest >> shift;
        if rest == 0 {
            break;
        }
    }
    f.pad_integral(true, prefix, unsafe { from_utf8_unchecked(&buf[at..]) })
}

/// `{:e}` of an integer: significant digits, trailing zeros into the exponent, rounded half to even under a precision.
fn show_exp(f: &mut Formatter<'_>, n: u128, nonnegative: bool, letter: char) -> Result {
    let mut buf = [0u8; 40];
    let start = digits128(n, &mut buf);
    let mut digits: Vec<u8> = buf[start..].to_vec();
    let mut exponent = digits.len() - 1;
    let mut zeros = 0;
    while digits.len() > 1 && digits[digits.len() - 1] == b'0' {
        digits.pop();
    }
    if let Some(p) = f.precision() {
        if digits.len() - 1 > p {
            let half = digits[p + 1];
            let mut more = false;
            let mut k = p + 2;
            while k < digits.len() {
                more |= digits[k] != b'0';
                k += 1;
            }
            digits.truncate(p + 1);
            if half > b'5' || (half == b'5' && (more || digits[p] % 2 == 1)) {
                let mut k = p + 1;
                loop {
                    if k == 0 {
                        digits.insert(0, b'1');
                        digits.pop();
                        exponent += 1;
                        break;
                    }
                    k -= 1;
                    if digits[k] == b'9' {
                        digits[k] = b'0';
                    } else {
                        digits[k] += 1;
                        break;
                    }
                }
            }
        }
        zeros = p + 1 - digits.len();
    }
    let mut text = String::new();
    text.push(digits[0] as char);
    if digits.len() > 1 || zeros > 0 {
        text.push('.');
        text.push_str(unsafe { from_utf8_unchecked(&digits[1..]) });
        while zeros > 0 {
            text.push('0');
            zeros -= 1;
        }
    }
    text.push(letter);
    push_usize(&mut text, exponent);
    let sign = if !nonnegative {
        "-"
    } else if f.sign_plus() {
        "+"
    } else {
        ""
    };
    f.pad_number(sign, "", text.as_str())
}

macro_rules! integer {
    ($($t:ident $u:ident $wide:ident $digits:ident;)*) => { $(
        impl Display for $t {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                let n = *self;
                let nonnegative = n >= 0;
                let magnitude = if nonnegative { n as $wide } else { (n as $wide).wrapping_neg() };
                let mut buf = [0u8; 40];
                let at = $digits(magnitude, &mut buf);
                f.pad_integral(nonnegative, "", unsafe { from_utf8_unchecked(&buf[at..]) })
            }
        }
        impl Debug for $t {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                if f.debug_lower_hex() {
                    LowerHex::fmt(self, f)
                } else if f.debug_upper_hex() {
                    UpperHex::fmt(self, f)
                } else {
                    Display::fmt(self, f)
                }
            }
        }
        impl LowerHex for $t {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result { show_radix(f, *self as $u as u128, 4, false, "0x") }
        }
        impl UpperHex for $t {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result { show_radix(f, *self as $u as u128, 4, true, "0x") }
        }
        impl Octal for $t {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result { show_radix(f, *self as $u as u128, 3, false, "0o") }
        }
        impl Binary for $t {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result { show_radix(f, *self as $u as u128, 1, false, "0b") }
        }
        impl LowerExp for $t {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                let n = *self;
                let wide = n as u128;
                show_exp(f, if n >= 0 { wide } else { wide.wrapping_neg() }, n >= 0, 'e')
            }
        }
        impl UpperExp for $t {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                let n = *self;
                let wide = n as u128;
                show_exp(f, if n >= 0 { wide } else { wide.wrapping_neg() }, n >= 0, 'E')
            }
        }
    )* };
}
integer! {
    u8 u8 u64 digits64; u16 u16 u64 digits64; u32 u32 u64 digits64; u64 u64 u64 digits64; usize usize u64 digits64;
    i8 u8 u64 digits64; i16 u16 u64 digits64; i32 u32 u64 digits64; i64 u64 u64 digits64; isize usize u64 digits64;
    u128 u128 u128 digits128; i128 u128 u128 digits128;
}
