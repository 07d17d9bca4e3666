//! Ends the run with a failure.
//!
//! In: a cause, as the compiler's checks and the macros give it. Out: nothing; host slot 7 is called with a `Failure`.
//! Every function is `#[track_caller]`, so that the site is the one in the user's program. The messages are those of
//! Rust's `std`, byte for byte.

use crate::fmt::{Debug, Display, Formatter};
use crate::intrinsics;
use crate::prelude::v1::*;
use crate::rt;

/// `panic!("text")` without arguments.
#[lang = "panic"]
#[track_caller]
pub const fn panic(msg: &str) -> ! {
    rt::fail(rt::CODE_PANIC, unsafe { intrinsics::caller_location() }, msg, 0)
}

/// What `panic!("text")` expands to.
#[track_caller]
pub const fn __panic(msg: &str) -> ! {
    rt::fail(rt::CODE_PANIC, unsafe { intrinsics::caller_location() }, msg, 0)
}

/// What `panic!("text {}", x)` expands to.
#[track_caller]
pub fn __panic_fmt(msg: String) -> ! {
    rt::fail(rt::CODE_PANIC, unsafe { intrinsics::caller_location() }, msg.as_str(), 0)
}

/// `panic!("text {}", x)`.
#[lang = "panic_fmt"]
#[track_caller]
pub fn panic_fmt(msg: String) -> ! {
    rt::fail(rt::CODE_PANIC, unsafe { intrinsics::caller_location() }, msg.as_str(), 0)
}

/// An index past the end of an array or slice.
#[lang = "panic_bounds_check"]
#[track_caller]
pub fn panic_bounds_check(index: usize, len: usize) -> ! {
    let mut note = Note::new();
    note.push_str("index out of bounds: the len is ");
    note.push_usize(len);
    note.push_str(" but the index is ");
    note.push_usize(index);
    rt::fail(rt::CODE_BOUNDS, unsafe { intrinsics::caller_location() }, note.as_str(), index as u64)
}

/// A message with numbers in it, made without the heap: what only indexes needs no allocator in its image.
pub(crate) struct Note {
    bytes: [u8; 128],
    len: usize,
}

impl Note {
    pub(crate) fn new() -> Note {
        Note { bytes: [0; 128], len: 0 }
    }
    /// Adds text; what does not fit is left out.
    pub(crate) fn push_str(&mut self, text: &str) {
        for &byte in text.as_bytes() {
            if self.len < 128 {
                self.bytes[self.len] = byte;
                self.len += 1;
            }
        }
    }
    pub(crate) fn push_usize(&mut self, n: usize) {
        let mut place = 1usize;
        while n / place >= 10 {
            place *= 10;
        }
        while place > 0 && self.len < 128 {
            self.bytes[self.len] = b'0' + (n / place % 10) as u8;
            self.len += 1;
            place /= 10;
        }
    }
    pub(crate) fn as_str(&self) -> &str {
        let start = &self.bytes as *const [u8; 128] as *const u8;
        unsafe { crate::str::from_utf8_unchecked(intrinsics::slice_from_raw_parts(start, self.len)) }
    }
    #[track_caller]
    pub(crate) fn panic(&self) -> ! {
        panic(self.as_str())
    }
}

/// What failed checks of operators call: one function each, so that the place is all a caller has to pass.
macro_rules! operator_panics {
    ($($name:ident $lang:literal $code:ident $text:literal)*) => {$(
        #[lang = $lang]
        #[track_caller]
        #[inline(never)]
        const fn $name() -> ! {
            rt::fail(rt::$code, unsafe { intrinsics::caller_location() }, $text, 0)
        }
    )*};
}
operator_panics! {
    add_overflow "panic_add_overflow" CODE_OVERFLOW "attempt to add with overflow"
    sub_overflow "panic_sub_overflow" CODE_OVERFLOW "attempt to subtract with overflow"
    mul_overflow "panic_mul_overflow" CODE_OVERFLOW "attempt to multiply with overflow"
    div_overflow "panic_div_overflow" CODE_OVERFLOW "attempt to divide with overflow"
    rem_overflow "panic_rem_overflow" CODE_OVERFLOW "attempt to calculate the remainder with overflow"
    neg_overflow "panic_neg_overflow" CODE_OVERFLOW "attempt to negate with overflow"
    shl_overflow "panic_shl_overflow" CODE_OVERFLOW "attempt to shift left with overflow"
    shr_overflow "panic_shr_overflow" CODE_OVERFLOW "attempt to shift right with overflow"
    div_by_zero "panic_div_by_zero" CODE_DIVISION "attempt to divide by zero"
    rem_by_zero "panic_rem_by_zero" CODE_DIVISION "attempt to calculate the remainder with a divisor of zero"
}

#[lang = "panic_display"]
#[track_caller]
pub const fn panic_display(msg: &str) -> ! {
    rt::fail(rt::CODE_PANIC, unsafe { intrinsics::caller_location() }, msg, 0)
}

#[track_caller]
pub fn unwrap_failed<E: Debug + ?Sized>(msg: &str, error: &E) -> ! {
    let mut s = String::from(msg);
    s.push_str(": ");
    {
        let mut f = Formatter::__new(&mut s);
        let _ = error.fmt(&mut f);
    }
    panic_fmt(s)
}

/// `assert_eq!` and `assert_ne!`; `op` is `==` or `!=`.
#[track_caller]
pub fn __assert_failed<T: Debug + ?Sized, U: Debug + ?Sized>(
    op: &str,
    left: &T,
    right: &U,
    args: Option<String>,
) -> ! {
    let mut s = String::from("assertion `left ");
    s.push_str(op);
    s.push_str(" right` failed");
    if let Some(text) = args {
        s.push_str(": ");
        s.push_str(text.as_str());
    }
    s.push_str("\n  left: ");
    {
        let mut f = Formatter::__new(&mut s);
        let _ = left.fmt(&mut f);
    }
    s.push_str("\n right: ");
    {
        let mut f = Formatter::__new(&mut s);
        let _ = right.fmt(&mut f);
    }
    panic_fmt(s)
}

/// `unreachable!()` with no text, `todo!`, `unimplemented!` and `panic!` on a value that is only displayed.
#[track_caller]
pub fn __panic_value<T: Display + ?Sized>(value: &T) -> ! {
    let mut s = String::new();
    {
        let mut f = Formatter::__new(&mut s);
        let _ = value.fmt(&mut f);
    }
    panic_fmt(s)
}
/// `format!` met an error that no writer made.
#[track_caller]
pub fn __format_failed() -> ! {
    unwrap_failed(
        "a formatting trait implementation returned an error when the underlying stream did not",
        &crate::fmt::Error,
    )
}
