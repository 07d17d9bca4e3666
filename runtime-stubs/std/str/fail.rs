//! What is said when a string is cut where it cannot be.

use super::{char_after, sub};
use crate::fmt::num::push_usize;
use crate::panicking::panic_fmt;
use crate::prelude::v1::*;

/// The failure of cutting `s` at `lo..hi`.
#[track_caller]
pub(crate) fn slice_failed(s: &str, lo: usize, hi: usize) -> ! {
    let mut out = String::new();
    if lo > s.len() || hi > s.len() {
        out.push_str(if lo > s.len() { "start byte index " } else { "end byte index " });
        push_usize(&mut out, if lo > s.len() { lo } else { hi });
        out.push_str(" is out of bounds of `");
        fail_showing(out, s);
    }
    if lo > hi {
        out.push_str("begin > end (");
        push_usize(&mut out, lo);
        out.push_str(" > ");
        push_usize(&mut out, hi);
        out.push_str(") when slicing `");
        fail_showing(out, s);
    }
    let (what, index) = if s.is_char_boundary(lo) { ("end byte index ", hi) } else { ("start byte index ", lo) };
    let start = s.floor_char_boundary(index);
    let next = match char_after(s, start) {
        Some((_, next)) => next,
        None => index,
    };
    out.push_str(what);
    push_usize(&mut out, index);
    out.push_str(" is not a char boundary; it is inside '");
    // As it is, and not escaped by `Debug`: the tables of what can be printed would be in every image that cuts text.
    out.push_str(unsafe { sub(s, start, next) });
    out.push_str("' (bytes ");
    push_usize(&mut out, start);
    out.push_str("..");
    push_usize(&mut out, next);
    out.push_str(") of `");
    fail_showing(out, s)
}

/// Ends with a message and the beginning of the text it is about.
#[track_caller]
fn fail_showing(message: String, s: &str) -> ! {
    let mut out = message;
    let shown = if s.len() > 256 { s.floor_char_boundary(256) } else { s.len() };
    out.push_str(unsafe { sub(s, 0, shown) });
    out.push_str(if shown < s.len() { "`[...]" } else { "`" });
    panic_fmt(out)
}
