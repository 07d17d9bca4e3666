//! The memory behind a vector, and the failures of its methods: one function for vectors of all types.

use crate::fmt::num::push_usize;
use crate::intrinsics as i;
use crate::panicking::{panic, panic_fmt};
use crate::prelude::v1::*;
use crate::{mem, rt};

/// The contents of a buffer of `cap` elements in one of at least `need`, and how many that holds. It is one function for all
/// types and is not put into its callers: growing is rare.
#[inline(never)]
#[track_caller]
pub(super) fn grown(ptr: *mut u8, cap: usize, need: usize, size: usize, align: usize) -> (*mut u8, usize) {
    if size == 0 {
        if cap != 0 {
            panic("capacity overflow");
        }
        return (ptr, usize::MAX);
    }
    let mut wanted = unsafe { i::wrapping_mul(cap, 2) };
    if wanted < need {
        wanted = need;
    }
    let least = if size == 1 {
        8
    } else if size <= 1024 {
        4
    } else {
        1
    };
    if wanted < least {
        wanted = least;
    }
    (resized(ptr, cap, wanted, size, align), wanted)
}

/// The contents of a buffer of `old` elements in one of `new`.
#[inline(never)]
#[track_caller]
pub(super) fn resized(ptr: *mut u8, old: usize, new: usize, size: usize, align: usize) -> *mut u8 {
    let (bytes, overflow) = unsafe { i::mul_with_overflow(new, size) };
    if overflow || bytes > 0x7fff_ffff_ffff_ffff {
        panic("capacity overflow");
    }
    if old == 0 { rt::__rust_alloc(bytes, align) } else { rt::__rust_realloc(ptr, old * size, align, bytes) }
}

/// Frees a buffer of `cap` elements.
pub(crate) fn release<T>(ptr: *mut T, cap: usize) {
    let size = mem::size_of::<T>();
    if cap != 0 && size != 0 {
        rt::__rust_dealloc(ptr as *mut u8, cap * size, mem::align_of::<T>());
    }
}

/// Ends with two numbers in a message.
#[track_caller]
pub(super) fn failed(text: &str, a: usize, middle: &str, b: usize) -> ! {
    let mut s = String::from(text);
    push_usize(&mut s, a);
    s.push_str(middle);
    push_usize(&mut s, b);
    s.push_str(")");
    panic_fmt(s)
}
