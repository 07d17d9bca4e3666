//! Text to integer.

use super::error::{IntErrorKind, ParseIntError};
use crate::prelude::v1::*;
use crate::str::FromStr;

macro_rules! parse {
    ($($t:ident $signed:literal;)*) => { $(
impl $t {
    #[track_caller]
    pub fn from_str_radix(src: &str, radix: u32) -> Result<$t, ParseIntError> {
        if radix < 2 || radix > 36 {
            let mut s = String::from("from_ascii_radix: radix must lie in the range `[2, 36]` - found ");
            crate::fmt::num::push_usize(&mut s, radix as usize);
            crate::panicking::panic_fmt(s);
        }
        let digits = src.as_bytes();
        let n = digits.len();
        if n == 0 {
            return Err(ParseIntError { kind: IntErrorKind::Empty });
        }
        let mut at = 0usize;
        let mut negative = false;
        if digits[0] == b'+' || (digits[0] == b'-' && $signed) {
            if n == 1 {
                return Err(ParseIntError { kind: IntErrorKind::InvalidDigit });
            }
            negative = digits[0] == b'-';
            at = 1;
        } else if digits[0] == b'-' && n == 1 {
            return Err(ParseIntError { kind: IntErrorKind::InvalidDigit });
        }
        let mut result: $t = 0;
        while at < n {
            // A bad digit is reported before the overflow of the product, as Rust does.
            let product = result.overflowing_mul(radix as $t);
            let d = match (digits[at] as char).to_digit(radix) {
                Some(d) => d as $t,
                None => return Err(ParseIntError { kind: IntErrorKind::InvalidDigit }),
            };
            let sum = if negative { product.0.overflowing_sub(d) } else { product.0.overflowing_add(d) };
            if product.1 || sum.1 {
                let kind = if negative { IntErrorKind::NegOverflow } else { IntErrorKind::PosOverflow };
                return Err(ParseIntError { kind });
            }
            result = sum.0;
            at += 1;
        }
        Ok(result)
    }
}
impl FromStr for $t {
    type Err = ParseIntError;
    fn from_str(src: &str) -> Result<$t, ParseIntError> {
        $t::from_str_radix(src, 10)
    }
}
    )* };
}
parse! {
    u8 false; u16 false; u32 false; u64 false; u128 false; usize false;
    i8 true; i16 true; i32 true; i64 true; i128 true; isize true;
}
