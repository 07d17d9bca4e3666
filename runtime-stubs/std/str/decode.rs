//! Single characters out of UTF-8 that is known to be valid.

use crate::prelude::v1::*;

/// The character at `at` and the position after it; `None` at the end.
pub(crate) fn char_after(s: &str, at: usize) -> Option<(char, usize)> {
    let b = s.as_bytes();
    if at >= b.len() {
        return None;
    }
    unsafe {
        let p = b.as_ptr().add(at);
        let x = *p as u32;
        if x < 0x80 {
            return Some((char::from_u32_unchecked(x), at + 1));
        }
        let y = (*p.add(1) & 0x3f) as u32;
        if x < 0xe0 {
            return Some((char::from_u32_unchecked((x & 0x1f) << 6 | y), at + 2));
        }
        let z = (*p.add(2) & 0x3f) as u32;
        if x < 0xf0 {
            return Some((char::from_u32_unchecked((x & 0xf) << 12 | y << 6 | z), at + 3));
        }
        let w = (*p.add(3) & 0x3f) as u32;
        Some((char::from_u32_unchecked((x & 7) << 18 | y << 12 | z << 6 | w), at + 4))
    }
}
/// The character that ends at `at` and where it starts; `None` at the start.
pub(crate) fn char_before(s: &str, at: usize) -> Option<(char, usize)> {
    if at == 0 {
        return None;
    }
    let b = s.as_bytes();
    let mut k = at - 1;
    while !b[k].is_utf8_char_boundary() {
        k -= 1;
    }
    match char_after(s, k) {
        Some((c, _)) => Some((c, k)),
        None => None,
    }
}
