//! Properties of characters beyond ASCII.
//!
//! A set is the sorted list of places where membership changes, so that a lookup is one binary search and the
//! parity of what it finds.

mod tables;

use self::tables::*;
use crate::prelude::v1::*;

/// The places where membership changes: most fit 16 bits.
struct Set<const LOW: usize, const HIGH: usize> {
    low: [u16; LOW],
    high: [u32; HIGH],
}

fn member<const LOW: usize, const HIGH: usize>(set: &Set<LOW, HIGH>, c: char) -> bool {
    member_of(&set.low, &set.high, c as u32)
}

fn member_of(low: &[u16], high: &[u32], x: u32) -> bool {
    let changes = if x < 0x10000 {
        low.partition_point(|&place| place as u32 <= x)
    } else {
        low.len() + high.partition_point(|&place| place <= x)
    };
    changes & 1 == 1
}

pub fn alphabetic(c: char) -> bool {
    member(&ALPHABETIC, c)
}
pub fn numeric(c: char) -> bool {
    member(&NUMERIC, c)
}
pub fn lowercase(c: char) -> bool {
    member(&LOWERCASE, c)
}
pub fn uppercase(c: char) -> bool {
    member(&UPPERCASE, c)
}
pub fn cased(c: char) -> bool {
    member(&CASED, c)
}
pub fn case_ignorable(c: char) -> bool {
    member(&CASE_IGNORABLE, c)
}
pub fn grapheme_extend(c: char) -> bool {
    c as u32 >= 0x300 && member(&GRAPHEME_EXTEND, c)
}
pub fn printable(c: char) -> bool {
    let x = c as u32;
    if x < 0x7f { x >= 0x20 } else { !member(&UNPRINTABLE, c) }
}
pub fn white_space(x: u32) -> bool {
    match x {
        0x85 | 0xa0 | 0x1680 | 0x2028 | 0x2029 | 0x202f | 0x205f | 0x3000 => true,
        _ => x >= 0x2000 && x <= 0x200a,
    }
}

/// One character to one, by the range that holds it.
fn simple(ranges: &[i32], c: char) -> Option<char> {
    let x = c as i32;
    let mut lo = 0;
    let mut hi = ranges.len() / 4;
    while lo < hi {
        let mid = (lo + hi) / 2;
        if ranges[mid * 4 + 1] < x {
            lo = mid + 1;
        } else {
            hi = mid;
        }
    }
    let k = lo * 4;
    if k == ranges.len() || x < ranges[k] || (x - ranges[k]) % ranges[k + 2] != 0 {
        return None;
    }
    char::from_u32((x + ranges[k + 3]) as u32)
}
fn convert(ranges: &[i32], many: &[u32], c: char) -> [char; 3] {
    if let Some(d) = simple(ranges, c) {
        return [d, '\0', '\0'];
    }
    let x = c as u32;
    let mut k = 0;
    while k < many.len() {
        if many[k] == x {
            return unsafe {
                [
                    char::from_u32_unchecked(many[k + 1]),
                    char::from_u32_unchecked(many[k + 2]),
                    char::from_u32_unchecked(many[k + 3]),
                ]
            };
        }
        k += 4;
    }
    [c, '\0', '\0']
}
/// The lower case of a character; unused places are `'\0'`.
pub fn to_lower(c: char) -> [char; 3] {
    if c.is_ascii() { [c.to_ascii_lowercase(), '\0', '\0'] } else { convert(&LOWER, &LOWER_MANY, c) }
}
pub fn to_upper(c: char) -> [char; 3] {
    if c.is_ascii() { [c.to_ascii_uppercase(), '\0', '\0'] } else { convert(&UPPER, &UPPER_MANY, c) }
}
