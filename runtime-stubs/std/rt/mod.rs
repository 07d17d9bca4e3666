//! What a task needs at run time: heap, text output, failures, and values between tasks.
//!
//! In: the `State` the entry stub keeps on its stack and passes to every function. Out: effects on the host, all of
//! them through `host_call`.

pub mod abi;
#[wrapping_arithmetic]
pub mod heap;
#[wrapping_arithmetic]
pub mod freeze;
pub mod join;
pub mod kept;
#[wrapping_arithmetic]
pub mod object;
#[wrapping_arithmetic]
pub mod share;
#[wrapping_arithmetic]
pub mod tasks;
#[wrapping_arithmetic]
pub mod text;
#[wrapping_arithmetic]
pub mod window;

pub use self::abi::{Buf, Ctx, Failure, Name, SpawnRequest};
pub use self::freeze::{Freezer, thaw};
pub use self::heap::{__rust_alloc, __rust_dealloc, __rust_realloc, alloc_one, free_one};
pub use self::object::{get, get_bytes, input_bytes, input_count, input_value, put, put_bytes, set_output, spawn};
pub use self::text::print;

use crate::intrinsics;
use crate::prelude::v1::*;

pub const CODE_PANIC: u32 = 1;
pub const CODE_BOUNDS: u32 = 2;
pub const CODE_OVERFLOW: u32 = 3;
pub const CODE_DIVISION: u32 = 4;
pub const CODE_CONVERSION: u32 = 5;
pub const CODE_HEAP: u32 = 6;

/// Regions of heap a run may be granted; each is at least as large as all before it together.
pub const MAX_REGIONS: usize = 40;

/// One run's state. The context comes first, so that back ends find it without knowing the rest.
#[repr(C)]
pub struct State {
    pub cx: *const Ctx,
    pub bump: *mut u8,
    pub end: *mut u8,
    pub text: *mut u8,
    pub text_len: usize,
    pub text_cap: usize,
    /// Output that holds the printed text; `usize::MAX` if the task has none.
    pub text_output: usize,
    /// Input that lists the names of the inputs after it; `usize::MAX` if the task reads none by name.
    pub named_inputs: usize,
    pub stdin_read: usize,
    pub granted: usize,
    pub regions: usize,
    /// Where the last region starts, and its size.
    pub last_low: usize,
    pub last_size: usize,
    pub low: [usize; 40],
    pub high: [usize; 40],
    /// Free lists: 65 of multiples of 16 bytes, then four for every doubling.
    pub free: [usize; 256],
    /// Runs asked for whose success is required.
    pub pending: Vec<tasks::Pending>,
    /// Elements that do not change for now.
    pub regions_shared: Vec<share::Region>,
    /// Shared objects among the inputs, as far as they were looked at.
    pub given_shared: Vec<share::Given>,
    /// Statics made so far, by number.
    pub kept: Vec<(usize, *mut u8)>,
    /// Waits for the runs asked for; set with the first of them, so that only images that ask for runs hold the code.
    pub settle: Option<fn()>,
    /// Copies the text into its output and, if so told, makes it known at once; set with the first print.
    pub hand_over_text: Option<fn(bool)>,
}

/// Prepares `state` for a run; the entry stub calls it before anything else.
#[lang = "rt_start"]
pub unsafe fn start(state: *mut State, cx: *const Ctx, text_output: usize, named_inputs: usize) {
    unsafe {
        intrinsics::write_bytes(state as *mut u8, 0, intrinsics::size_of::<State>());
        (*state).cx = cx;
        (*state).text_output = text_output;
        (*state).named_inputs = named_inputs;
        let heap = (*cx).heap;
        let len = (*cx).heap_len as usize;
        (*state).bump = heap;
        (*state).end = heap.add(len);
        (*state).last_low = heap as usize;
        (*state).last_size = len;
        (*state).low[0] = heap as usize;
        (*state).high[0] = heap as usize + len;
        (*state).granted = len;
        (*state).regions = 1;
    }
}

/// Hands over what was printed; the entry stub calls it after the user's function has returned.
#[lang = "rt_finish"]
pub unsafe fn finish() {
    settle();
    hand_over_text(false)
}

/// Waits for every run asked for.
fn settle() {
    if let Some(settle) = state().settle {
        settle()
    }
}

/// Hands over what was printed, if anything was.
fn hand_over_text(at_once: bool) {
    if let Some(hand_over) = state().hand_over_text {
        hand_over(at_once)
    }
}

pub(crate) fn state() -> &'static mut State {
    unsafe { &mut *intrinsics::rt_state() }
}

/// Ends the run: commits the text printed so far, then reports the failure.
pub const fn fail(code: u32, site: u32, msg: &str, detail: u64) -> ! {
    settle();
    hand_over_text(true);
    let failure = Failure {
        code,
        site,
        msg: unsafe { intrinsics::slice_ptr(msg.as_bytes() as *const [u8]) },
        msg_len: msg.len() as u32,
        reserved: 0,
        detail,
    };
    unsafe {
        intrinsics::host_call(abi::FAIL, &failure as *const Failure as usize, 0, 0, 0);
        intrinsics::abort()
    }
}

/// Ends the run as a success without returning through the callers; `process::exit(0)`.
pub fn exit(code: i32) -> ! {
    settle();
    hand_over_text(true);
    let failure = Failure { code: abi::EXIT, site: 0, msg: 0 as *const u8, msg_len: 0, reserved: 0, detail: code as u64 };
    unsafe {
        intrinsics::host_call(abi::FAIL, &failure as *const Failure as usize, 0, 0, 0);
        intrinsics::abort()
    }
}

/// What a program sees of the room in a buffer. Inference knows this function: a program with it runs as one task, for
/// a value that has been sent has no room to spare.
#[inline(never)]
pub fn room(capacity: usize) -> usize {
    capacity
}
