//! Properties of characters beyond ASCII.
//!
//! A set is the sorted list of places where membership changes, so that a lookup is one binary search and the
//! parity of what it finds.

mod tables;

use self::tables::*;
use crate::prelude::v1::*;

/// The places where membership changes, those of the first two planes as 16 bits.
struct Set<const BASIC: usize, const SUPPLEMENTARY: usize, const REST: usize> {
    basic: [u16; BASIC],
    /// From 0x10000 on.
    supplementary: [u16; SUPPLEMENTARY],
    rest: [u32; REST],
}

fn member<const BASIC: usize, const SUPPLEMENTARY: usize, const REST: usize>(
    set: &Set<BASIC, SUPPLEMENTARY, REST>,
    c: char,
) -> bool {
    member_of(&set.basic, &set.supplementary, &set.rest, c as u32)
}

fn member_of(basic: &[u16], supplementary: &[u16], rest: &[u32], x: u32) -> bool {
    let changes = match x >> 16 {
        0 => basic.partition_point(|&place| place as u32 <= x),
        1 => basic.len() + supplementary.partition_point(|&place| place as u32 <= x - 0x10000),
        _ => basic.len() + supplementary.len() + rest.partition_point(|&place| place <= x),
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

/// Where characters of the first two planes become others of their plane: sorted ranges of three numbers each, the first
/// character, twice the distance of the last one with a bit for "every other", and what is added.
struct Case<const BASIC: usize, const SUPPLEMENTARY: usize> {
    basic: [u16; BASIC],
    /// From 0x10000 on.
    supplementary: [u16; SUPPLEMENTARY],
}

/// One character to one, by the range that holds it.
fn simple(basic: &[u16], supplementary: &[u16], c: char) -> Option<char> {
    let ranges = match c as u32 >> 16 {
        0 => basic,
        1 => supplementary,
        _ => return None,
    };
    let x = c as u16;
    let mut lo = 0;
    let mut hi = ranges.len() / 3;
    while lo < hi {
        let mid = (lo + hi) / 2;
        if ranges[mid * 3] <= x {
            lo = mid + 1;
        } else {
            hi = mid;
        }
    }
    if lo == 0 {
        return None;
    }
    let k = (lo - 1) * 3;
    let (distance, shape) = (x - ranges[k], ranges[k + 1]);
    if distance > shape >> 1 || distance & shape & 1 != 0 {
        return None;
    }
    char::from_u32(c as u32 & 0x10000 | x.wrapping_add(ranges[k + 2]) as u32)
}
fn convert<const BASIC: usize, const SUPPLEMENTARY: usize>(
    case: &Case<BASIC, SUPPLEMENTARY>,
    many: &[u16],
    c: char,
) -> [char; 3] {
    if let Some(d) = simple(&case.basic, &case.supplementary, c) {
        return [d, '\0', '\0'];
    }
    let x = c as u32;
    let mut k = 0;
    while k < many.len() {
        if many[k] as u32 == x {
            return unsafe {
                [
                    char::from_u32_unchecked(many[k + 1] as u32),
                    char::from_u32_unchecked(many[k + 2] as u32),
                    char::from_u32_unchecked(many[k + 3] as u32),
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
