//! Printed text: collected on the heap, handed over as one output at the end.

use super::heap::{__rust_alloc, __rust_realloc};
use super::{Buf, abi, state};
use crate::intrinsics as i;
use crate::prelude::v1::*;

pub fn print(text: &str) {
    let s = state();
    let bytes = text.as_bytes();
    let n = bytes.len();
    if n == 0 {
        return;
    }
    let need = s.text_len + n;
    if need > s.text_cap {
        let mut cap = s.text_cap * 2;
        if cap < need {
            cap = need;
        }
        if cap < 4096 {
            cap = 4096;
        }
        s.text = if s.text_cap == 0 {
            __rust_alloc(cap, 1)
        } else {
            __rust_realloc(s.text, s.text_cap, 1, cap)
        };
        s.text_cap = cap;
        s.hand_over_text = Some(hand_over);
    }
    unsafe {
        i::copy_nonoverlapping(i::slice_ptr(bytes as *const [u8]), s.text.add(s.text_len), n);
    }
    s.text_len = need;
}

/// Copies the text into its output. Returning from the entry then commits it; `at_once` makes it known now: the run is about
/// to fail, and the text remains.
fn hand_over(at_once: bool) {
    let s = state();
    if s.text_output == usize::MAX || s.text_len == 0 {
        return;
    }
    super::object::fill_output(s.text_output, s.text as *const u8, s.text_len);
    if at_once {
        let mut name = abi::Name([0; 32]);
        unsafe {
            let out: *mut Buf = (*s.cx).outputs.add(s.text_output);
            let handle = (*out).handle as usize;
            let to = &mut name as *mut abi::Name as usize;
            i::host_call(abi::COMMIT, handle, s.text_len, abi::COMMIT_EAGER, to);
        }
    }
}
